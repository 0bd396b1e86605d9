import { modelNamedFirst } from '../knowledge/families.ts';
import { copyOfDataset } from '../knowledge/mirrors.ts';
import { workAtAddress } from '../knowledge/stored-addresses.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { addFact, draftOf, nothingRead, readingOf } from './draft.ts';
import { datasetWork, hasDataTerms, hasModelTerms, hubReference, isHubId, modelWork, weightsWork } from './hub-id.ts';
import type { HubReference } from './hub-id.ts';
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

/** A file of weights, or an archive of them, wherever it lies. Repositories of code have owners and names too, which are no ids of the hub; the hub itself has pages. */
const storedEnding = '(?:safetensors|sft|bin|pth?|th|pyth|ckpt|onnx|gguf|ggml|h5|msgpack|pkl|npz|caffemodel|tar|tgz|zip|gz|zst)';
const stored = new RegExp(
  `^https?:\\/\\/(?!(?:[\\w-]+\\.)*(?:github|gitlab|githubusercontent|huggingface|hf|hf-mirror)\\.(?:com|io|co)\\/)[^\\/\\s]{3,100}\\/(\\S{3,300}\\.${storedEnding})(?:[?#]|$)`,
  'i',
);

/** A model whose id stands in a path as two segments of it, the last such. */
const inPath = (path: string, knowledge: Knowledge): string | undefined => {
  const segments = path.split('/');
  for (let at = segments.length - 3; at >= 0; at -= 1) {
    const id = `${segments[at]}/${segments[at + 1]}`;
    if (isHubId(id) && knowledge.model(id) && hasModelTerms(id, knowledge)) return id;
  }
  return undefined;
};

const packed = new RegExp(`\\.${storedEnding}(?:[?#]|$)`, 'i');

/** Told by the address under which its publisher hands it out, else by an id in the path. */
const storedModel = (address: string, knowledge: Knowledge): WorkId | undefined => {
  const known = workAtAddress(address);
  if (known !== undefined) return packed.test(address) ? weightsWork(known) : undefined;
  const id = inPath(stored.exec(address)?.[1] ?? '', knowledge);
  return id === undefined ? undefined : modelWork(id);
};

/** Whatever may be such an address of a file. */
const mayLead = (text: string): boolean => text.length <= longestAddress && (fetched.test(text) || stored.test(text) || workAtAddress(text) !== undefined);

/** The same in a whole text: a cheap search before it is parsed. */
const storedIn = new RegExp(`https?:\\/\\/[^\\s"'<>\\\\]{8,300}\\.${storedEnding}(?![\\w/])`, 'gi');
export const mayAddress = (text: string, knowledge: Knowledge): boolean => {
  let left = mostAddresses;
  for (const [address] of text.matchAll(storedIn)) {
    if (storedModel(address, knowledge) !== undefined) return true;
    left -= 1;
    if (left === 0) return false;
  }
  return false;
};

/** Another hub, whose owners and names are those of ours. */
const other = /^https?:\/\/(?:www\.)?modelscope\.(?:cn|ai)\/(?:models|(datasets))\/([\w.-]+\/[\w.-]+)\/resolve\//;

/** The repository of a file that is fetched from the other hub. */
export const otherHub = (address: string): HubReference | undefined => {
  const [, data, id] = address.length > longestAddress ? [] : (other.exec(address) ?? []);
  return id === undefined || !isHubId(id) ? undefined : { id, type: data === undefined ? 'model' : 'dataset', revision: null };
};

/** A file of weights, or an archive, of a repository. */
const storedHere = new RegExp(`\\/resolve\\/\\S{3,300}\\.${storedEnding}(?:[?#]|$)`, 'i');
export const isStored = (address: string): boolean => address.length <= longestAddress && storedHere.test(address);

/**
 * What an address leads to whose file is fetched: a work whose terms are recorded or told by its name, else a guess by what the file is called. The
 * settings and words of a model are none of it. On any other host a file belongs to the model that is known to be handed out there, or whose id stands in its path.
 */
export const addressed = (text: string, knowledge: Knowledge): Addressed | undefined => {
  if (text.length > longestAddress) return undefined;
  if (!fetched.test(text)) {
    const to = storedModel(text, knowledge);
    return to === undefined ? undefined : { to, via: namedSetting, revision: null };
  }
  const bare = text.replace(/[?#].*$/, '');
  const reference = otherHub(bare) ?? hubReference(bare);
  if (!reference) return undefined;
  const { id, type, revision } = reference;
  if (type === 'dataset') return hasDataTerms(id, knowledge) || copyOfDataset(id) ? { to: datasetWork(id), via: namedSetting, revision } : undefined;
  if (beside.test(bare)) return undefined;
  if (hasModelTerms(id, knowledge)) return { to: modelWork(id), via: namedSetting, revision };
  if (knowledge.model(id)) return undefined;
  const file = bare.slice(bare.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const named = modelNamedFirst(file, knowledge);
  return named === undefined ? undefined : { to: modelWork(named), via: byFileName, revision: null };
};

/** An address between quotes, and the value of a key or of an item, which in YAML and TOML may stand without them. */
const quoted = /"(https?:\/\/[^\s"\\]{10,400})"/g;
const valued = /^[ \t]*(?:- )?(?:["']?[\w.-]{1,60}["']?[ \t]*[:=][ \t]*|-[ \t]*)["']?(https?:\/\/[^\s"'\\]{10,400})["']?[ \t]*$/gm;

/** Tables of addresses: which works the files belong to that a program fetches. */
export const addressesReader: Reader = {
  id: 'addresses',
  version: 3,
  matches: (path, name) =>
    /\.(?:json|ya?ml|toml)$/.test(name) && !/^package(?:-lock)?\.json$/.test(name) && !/(?:^|\/)(?:dist|build|vendor|third_party|\.github)\//.test(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (text.length >= limits.settingsLength || (!text.includes('/resolve/') && !mayAddress(text, knowledge))) return nothingRead;
    const draft = draftOf('addresses', path, knowledge);
    const works = new Set<WorkId>();
    let left = mostAddresses;
    for (const { index, 0: whole, 1: address = '' } of text.matchAll(path.endsWith('.json') ? quoted : valued)) {
      const found = addressed(address, knowledge);
      left -= 1;
      if (left === 0) return nothingRead;
      if (!found) continue;
      const { to, via, revision } = found;
      works.add(to);
      if (works.size > mostAddressed) return nothingRead;
      const id = draft.idOf(`loads:${preset}${via}`, to);
      const relation = { kind: 'relation', id, from: here, to, type: 'loads', role: draft.role, revision, via, pinnable: false, remoteCode: false } as const;
      const start = index + whole.indexOf(address);
      addFact(draft, relation, { span: { start, end: start + address.length } });
    }
    return readingOf(draft);
  },
};

/** Sizes of one model that are handed out side by side: of more than these the first is told. */
const mostSizes = 3;
const sizesOf = (text: string): string => (workAtAddress(text) === undefined ? '' : (/^https?:\/\/[^/]+\/[^/]+/.exec(text)?.[0] ?? ''));

const withoutSizes = <T extends Addressed & { readonly token: { readonly text: string } }>(all: readonly T[]): readonly T[] => {
  const works = new Map<string, Set<WorkId>>();
  for (const { to, token } of all) works.set(sizesOf(token.text), (works.get(sizesOf(token.text)) ?? new Set()).add(to));
  return all.filter(({ to, token }) => {
    const sizes = sizesOf(token.text);
    const side = works.get(sizes) ?? new Set<WorkId>();
    return sizes === '' || side.size <= mostSizes || side.values().next().value === to;
  });
};

/** Of the strings of a program those that are such addresses, unless they are those of a catalogue. `taken`: where literals begin that were told. */
export const addressesIn = <T extends { readonly text: string; readonly innerStart: number }>(
  strings: readonly T[],
  knowledge: Knowledge,
  taken: ReadonlySet<number>,
): readonly (Addressed & { readonly token: T })[] => {
  const all = strings.filter(({ text, innerStart }) => mayLead(text) && !taken.has(innerStart));
  if (all.length > mostAddresses) return [];
  const out = all.flatMap((token) => {
    const found = addressed(token.text, knowledge);
    return found ? [{ ...found, token }] : [];
  });
  return new Set(out.map(({ to }) => to)).size > mostAddressed ? [] : withoutSizes(out);
};
