import type { Knowledge } from '../../knowledge/types.ts';
import { somePair } from '../../text/near-signs.ts';
import type { Span } from '../../text/span.ts';
import { addressed, mayAddress } from '../addresses.ts';
import { dataAt, dataAtAddress, dataVia, takesData } from '../data-files.ts';
import { datasetWork, hasDataTerms, hasModelTerms, hubReference, modelWork } from '../hub-id.ts';
import { here } from '../types.ts';
import type { WorkId } from '../types.ts';
import { namedSetting } from '../via.ts';
import { byFileName, longestChoice, mayNameWeights, modelOfFolder, weightsAt } from '../weights-paths.ts';
import { isOne, listed, placeKey, state, valuesOf } from './facts.ts';
import type { Told } from './facts.ts';
import { endings } from './resolve.ts';
import type { Argument } from './resolve.ts';
import { mayNameWorks } from './table.ts';

/** Arguments, and values of options, but for what is written and what is measured with. */
const givenTo = ({ args }: Told): readonly { readonly argument: Argument; readonly setting: string }[] => [
  ...args.positional.map((argument) => ({ argument, setting: '' })),
  ...args.options.filter(({ name }) => takesData(name)).flatMap(({ name, values }) => values.map((argument) => ({ argument, setting: name }))),
];

/** How a word ends whose head nobody can tell: `$ROOT/x.json`. */
const tailOf = ({ word }: Argument): { readonly text: string; readonly span: Span } | undefined => {
  const last = word.parts.at(-1);
  const slash = last?.kind === 'text' && word.parts.length > 1 ? last.text.lastIndexOf('/') : -1;
  return last?.kind === 'text' && slash >= 0 ? { text: last.text.slice(slash), span: { start: last.start + slash + 1, end: last.end } } : undefined;
};

/** Known files of data among what a script is given, but for what it writes and what it measures with. */
export const dataFiles = (told: Told): void => {
  const { telling } = told;
  if (told.role !== 'decision') return;
  for (const { argument, setting } of givenTo(told)) {
    const values = valuesOf(told, argument);
    const tail = values.length === 0 ? tailOf(argument) : undefined;
    for (const { text, span } of tail ? [tail] : values.flatMap((resolved) => listed(told, resolved))) {
      const to = telling.told.has(placeKey(telling, span)) ? undefined : dataAt(text, telling.draft.knowledge, setting);
      if (to !== undefined) state(telling, { from: here, to, type: 'loads', via: byFileName, span, role: told.role });
    }
  }
};

/** A command that fetches what an address leads to. */
const fetching = /^(?:wget|curl|aria2c|axel|gdown)$/;

interface Fetched {
  readonly to: WorkId;
  readonly via: string;
}

/** What an address leads to: known data or weights by the name of the file, or a model by the place that it is handed out at. */
const fetchedFrom = (address: string, knowledge: Knowledge): Fetched | undefined => {
  if (!address.includes('://')) return undefined;
  const data = dataAtAddress(address, knowledge);
  if (data !== undefined) return { to: data, via: dataVia(address) };
  const weights = weightsAt(address, knowledge);
  return weights === undefined ? addressed(address, knowledge) : { to: weights, via: byFileName };
};

/** Where an address does not tell, as those of gdown do not, the name under which something is stored does. */
const storedAs = (path: string, knowledge: Knowledge): Fetched | undefined => {
  const to = dataAt(path, knowledge) ?? weightsAt(path, knowledge);
  return to === undefined ? undefined : { to, via: byFileName };
};

/** An archive that is unpacked was fetched before, by an address that told nothing. */
export const unpacking = /^(?:unzip|tar|bsdtar|7z|7za|unrar)$/;
const storing = /^(?:o|O|output|output-document|out|dir)$/;

const weightsStored = (path: string, knowledge: Knowledge): Fetched | undefined => {
  const to = weightsAt(path, knowledge);
  return to === undefined ? undefined : { to, via: byFileName };
};

/** Known files of data and of weights that a command fetches, wherever they lie: anybody may put them up. */
export const fetchedFiles = (told: Told): void => {
  const { telling, name, args } = told;
  const isUnpacking = unpacking.test(name);
  if (told.role !== 'decision' || !(isUnpacking || fetching.test(name))) return;
  const stored = args.options.filter((option) => storing.test(option.name));
  const addresses = isUnpacking ? [] : [...args.positional, ...args.options.flatMap(({ values }) => values)];
  const places = [
    ...addresses.map((argument) => ({ argument, find: fetchedFrom })),
    ...(isUnpacking ? args.positional : stored.flatMap(({ values }) => values)).map((argument) => ({
      argument,
      find: name === 'gdown' ? storedAs : weightsStored,
    })),
  ];
  for (const { argument, find } of places) {
    for (const { value, span } of valuesOf(told, argument)) {
      const found = telling.told.has(placeKey(telling, span)) ? undefined : find(value, telling.draft.knowledge);
      if (found) state(telling, { from: here, to: found.to, type: 'loads', via: found.via, span, role: told.role, isPreset: true });
    }
  }
};

/** A known work by its id: a model, else a set of data. */
const knownWork = (text: string, knowledge: Knowledge): WorkId | undefined => {
  const reference = hubReference(text);
  if (reference?.type !== null) return undefined;
  const { id } = reference;
  return hasModelTerms(id, knowledge) ? modelWork(id) : hasDataTerms(id, knowledge) ? datasetWork(id) : undefined;
};

/** Folders with the name of a known model among what a command takes for one, wherever they lie: a guess. */
export const namedFolders = (told: Told, models: readonly Argument[]): void => {
  const { telling, script } = told;
  for (const argument of models) {
    // An id that is put together is none.
    if (valuesOf(told, argument).some(({ value }) => hubReference(value) !== undefined)) continue;
    for (const { text, span } of endings(script, argument)) {
      const to = hubReference(text) ? undefined : modelOfFolder(text, telling.draft.knowledge);
      if (to === undefined || (!telling.given.has(to) && telling.given.size >= longestChoice)) continue;
      telling.given.add(to);
      state(telling, { from: here, to, type: 'loads', via: byFileName, span, role: told.role, isPreset: true });
    }
  }
};

/** What stands before and behind a word of a command. */
const before = /[\s"'=]/;
const behind = /[\s"'\\,;]/;
/** Pairs that are looked up: a text with more of them lists paths. */
const mostPairs = 200;

/** A cheap search before a text is read, where no word stands in it that names what a command does. */
export const mayGiveWorks = (text: string, knowledge: Knowledge): boolean => {
  if (mayNameWorks(text) || mayNameWeights(text) || mayAddress(text, knowledge)) return true;
  let left = mostPairs;
  return somePair(text, (start, end) => {
    if (left === 0 || (start > 0 && !before.test(text[start - 1] ?? '')) || (end < text.length && !behind.test(text[end] ?? ''))) return false;
    left -= 1;
    return knownWork(text.slice(start, end), knowledge) !== undefined;
  });
};

/** Known works among what a command is given, where no option that is known told of them: what it does with them is not seen. */
export const givenWorks = (told: Told): void => {
  const { telling } = told;
  if (told.role !== 'decision') return;
  for (const { argument } of givenTo(told)) {
    for (const resolved of valuesOf(told, argument)) {
      if (!resolved.value.includes('/') || !isOne(resolved)) continue;
      for (const { text, span } of listed(told, resolved)) {
        const to = telling.told.has(placeKey(telling, span)) ? undefined : knownWork(text, telling.draft.knowledge);
        if (to === undefined || (!telling.given.has(to) && telling.given.size >= longestChoice)) continue;
        telling.given.add(to);
        state(telling, { from: here, to, type: 'loads', via: namedSetting, span, role: told.role, isPreset: true });
      }
    }
  }
};
