import { free, textKinds, weight } from '../../server/src/licence/recognise/index-file.ts';
import { gramLength, keptGrams } from '../../server/src/licence/recognise/grams.ts';
import type { Section } from '../../server/src/licence/recognise/store.ts';
import type { Source } from './collect.ts';
import lexicon from './lexicon.json' with { type: 'json' };
import type { WordList } from './vocabulary.ts';

export interface WordClasses {
  readonly material: readonly string[];
  readonly condition: readonly string[];
  readonly joining: readonly string[];
  readonly negation: readonly string[];
}

/** A text as word ids, with what may be left out of it and put into it. */
interface Program {
  readonly ids: number[];
  readonly freedom: number[];
  readonly room: number[];
}

/** A gram that stands in more texts than this tells none of them apart. */
const mostPostings = 120;

const programOf = (source: Source, words: WordList): Program => {
  const program: Program = { ids: [], freedom: [], room: [] };
  let room = 0;
  for (const segment of source.segments) {
    const ids = words.idsOf(segment.text);
    if (segment.kind === 'variable') room = Math.min(255, Math.max(room, segment.most));
    for (const id of ids) {
      program.ids.push(id);
      program.freedom.push(segment.kind === 'literal' ? 0 : segment.kind === 'optional' ? free.optional : free.optional | free.variable);
      program.room.push(room);
      room = 0;
    }
  }
  program.ids.push(0);
  program.freedom.push(free.optional);
  program.room.push(room);
  return program;
};

const keyOf = (program: Program): string => `${program.ids.join(' ')}|${program.freedom.join('')}`;

/** Values of an array that are not zero, as runs of (first, how many, value). */
const runsOf = (values: readonly number[]): Uint32Array => {
  const runs: number[] = [];
  for (let at = 0; at < values.length;) {
    const value = values[at] ?? 0;
    let end = at + 1;
    while (end < values.length && values[end] === value) end += 1;
    if (value !== 0) runs.push(at, end - at, value);
    at = end;
  }
  return Uint32Array.from(runs);
};

/** Is the text of a licence taken and changed? Entries of the list that end with a star stand for all ids that begin so. */
const isChanged = (id: string): boolean => lexicon.changed.some((entry) => (entry.endsWith('*') ? id.startsWith(entry.slice(0, -1)) : id === entry));

const classesOf = (words: WordList, classes: WordClasses): Uint8Array => {
  const weights = new Uint8Array(words.size());
  const set = (list: readonly string[], bit: number): void => {
    for (const word of list) for (const id of words.idsOf(word)) weights[id] = (weights[id] ?? 0) | bit;
  };
  set(classes.material, weight.material);
  set(classes.condition, weight.condition);
  set(classes.joining, weight.joining);
  set(classes.negation, weight.negation);
  for (let id = 0; id < weights.length; id += 1) if (/^\d{1,2}(?:\.\d{1,2})*$/.test(words.wordOf(id))) weights[id] = (weights[id] ?? 0) | weight.number;
  return weights;
};

/** All sections of the index that tell texts: words' classes, the texts as programs, and their grams. */
export const textSections = (sources: readonly Source[], words: WordList, classes: WordClasses): Readonly<Record<string, Section>> => {
  const licences = [...new Set(sources.map((source) => source.licence))];
  const numbers = new Map(licences.map((licence, number) => [licence, number]));
  const programs: { readonly source: Source; readonly program: Program }[] = [];
  const seen = new Set<string>();
  for (const source of sources) {
    const program = programOf(source, words);
    // Of licences with the same words, the first stands; what tells the others stands beside it.
    const key = `${source.kind} ${keyOf(program)}`;
    if (seen.has(key) || program.ids.length <= gramLength) continue;
    seen.add(key);
    programs.push({ source, program });
  }
  const weights = classesOf(words, classes);
  const starts = new Uint32Array(programs.length + 1);
  const textGrams = new Uint16Array(programs.length);
  const texts = new Map<number, number[]>();
  programs.forEach(({ program }, text) => {
    starts[text + 1] = (starts[text] ?? 0) + program.ids.length;
    const { hashes, count, whole } = keptGrams(Uint16Array.from(program.ids.slice(0, -1)), Uint8Array.from(program.freedom.slice(0, -1)));
    textGrams[text] = Math.min(65_535, new Set(hashes.subarray(0, whole)).size);
    for (const hash of new Set(hashes.subarray(0, count))) {
      const list = texts.get(hash) ?? [];
      list.push(text);
      texts.set(hash, list);
    }
  });
  const kept = [...texts].filter(([, list]) => list.length <= mostPostings).toSorted((a, b) => a[0] - b[0]);
  const every = <T>(pick: (program: Program) => readonly T[]): readonly T[] => programs.flatMap(({ program }) => pick(program));
  return {
    weights,
    isChanged: Uint8Array.from(licences, (id) => (isChanged(id) ? 1 : 0)),
    licences: new TextEncoder().encode(licences.join('\n')),
    textLicence: Uint16Array.from(programs, ({ source }) => numbers.get(source.licence) ?? 0),
    textKind: Uint8Array.from(programs, ({ source }) => textKinds.indexOf(source.kind)),
    textGrams,
    textNeeded: Uint16Array.from(programs, ({ program }) => Math.min(65_535, program.freedom.filter((flag) => flag === 0).length)),
    textStarts: starts,
    tokens: Uint16Array.from(every((program) => program.ids)),
    freedom: runsOf(every((program) => program.freedom)),
    room: runsOf(every((program) => program.room)),
    grams: Uint32Array.from(kept, ([hash]) => hash),
    gramCounts: Uint8Array.from(kept, ([, list]) => list.length),
    postingTexts: Uint16Array.from(kept.flatMap(([, list]) => list)),
  };
};
