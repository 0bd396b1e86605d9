import { modelNamedFirst } from '../knowledge/families.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { addFact, draftOf, nothingRead, readingOf } from './draft.ts';
import { datasetWork, hasDataTerms, hasModelTerms, hubReference, modelWork } from './hub-id.ts';
import { here } from './types.ts';
import type { Reader, Reading, WorkId } from './types.ts';
import { namedSetting, preset } from './via.ts';
import { byFileName } from './weights-paths.ts';

/** Works that the addresses of one file lead to: more of them is a catalogue of what there is. */
export const mostAddressed = 12;

/** Addresses of one file that are looked at. */
const mostAddresses = 200;
const longestAddress = 400;

export interface Addressed {
  readonly to: WorkId;
  readonly via: string;
  readonly revision: string | null;
}

const fetched = /^https?:\/\/[^/\s]{3,60}\/[^\s?#]{3,300}\/resolve\//;
/** Settings, words and pictures beside the weights. */
const beside = /\.(?:json|txt|md|py|ya?ml|jpe?g|png|gif|webp|svg|mp[34]|wav|flac|vocab|html?|csv|model|wasm)$/i;

/** The hubs whose owners and names are those of ours, where they are known. */
const other = /^https?:\/\/(?:www\.)?modelscope\.(?:cn|ai)\/(?:models|(datasets))\/([\w.-]+\/[\w.-]+)\/resolve\//;

/**
 * What an address leads to whose file is fetched: a work whose terms are recorded or told by its name, else a guess by what the file is called. The
 * settings and words of a model are none of it.
 */
export const addressed = (text: string, knowledge: Knowledge): Addressed | undefined => {
  if (text.length > longestAddress || !fetched.test(text)) return undefined;
  const bare = text.replace(/[?#].*$/, '');
  const [, otherData, otherId] = other.exec(bare) ?? [];
  const reference = otherId === undefined ? hubReference(bare) : { id: otherId, type: otherData === undefined ? null : ('dataset' as const), revision: null };
  if (!reference) return undefined;
  const { id, type, revision } = reference;
  if (type === 'dataset') return hasDataTerms(id, knowledge) ? { to: datasetWork(id), via: namedSetting, revision } : undefined;
  if (beside.test(bare)) return undefined;
  if (hasModelTerms(id, knowledge)) return { to: modelWork(id), via: namedSetting, revision };
  if (knowledge.model(id)) return undefined;
  const file = bare.slice(bare.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const named = modelNamedFirst(file, knowledge);
  return named === undefined ? undefined : { to: modelWork(named), via: byFileName, revision: null };
};

/** An address between quotes. */
const quoted = /"(https?:\/\/[^\s"\\]{10,400})"/g;

/** Tables of addresses: which works the files belong to that a program fetches. */
export const addressesReader: Reader = {
  id: 'addresses',
  version: 1,
  matches: (path, name) => name.endsWith('.json') && !/^package(?:-lock)?\.json$/.test(name) && !/(?:^|\/)(?:dist|build|vendor|third_party)\//.test(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (text.length >= limits.settingsLength || !text.includes('/resolve/')) return nothingRead;
    const draft = draftOf('addresses', path, knowledge);
    const works = new Set<WorkId>();
    let left = mostAddresses;
    for (const { index, 1: address = '' } of text.matchAll(quoted)) {
      const found = addressed(address, knowledge);
      left -= 1;
      if (left === 0) return nothingRead;
      if (!found) continue;
      const { to, via, revision } = found;
      works.add(to);
      if (works.size > mostAddressed) return nothingRead;
      const id = draft.idOf(`loads:${preset}${via}`, to);
      const relation = { kind: 'relation', id, from: here, to, type: 'loads', role: draft.role, revision, via, pinnable: false, remoteCode: false } as const;
      addFact(draft, relation, { span: { start: index + 1, end: index + 1 + address.length } });
    }
    return readingOf(draft);
  },
};

/** Of the strings of a program those that are such addresses, unless they are those of a catalogue. `taken`: where literals begin that were told. */
export const addressesIn = <T extends { readonly text: string; readonly innerStart: number }>(
  strings: readonly T[],
  knowledge: Knowledge,
  taken: ReadonlySet<number>,
): readonly (Addressed & { readonly token: T })[] => {
  const all = strings.filter(({ text, innerStart }) => fetched.test(text) && !taken.has(innerStart));
  if (all.length > mostAddresses) return [];
  const out = all.flatMap((token) => {
    const found = addressed(token.text, knowledge);
    return found ? [{ ...found, token }] : [];
  });
  return new Set(out.map(({ to }) => to)).size > mostAddressed ? [] : out;
};
