import hosts from './data/code-hosts.json';
import table from './data/mirrors.json';
import type { Knowledge, Provenance } from './types.ts';
import { memo } from './lookup.ts';

/** A copy that somebody else than the publisher put up. */
export interface CopyRecord extends Provenance {
  readonly original: string;
  /** `withdrawn`: the publisher took it back, or never meant to give it out; `gated`: given out on request only; `lawful`: its licence lets copies be handed on; `copied`: nothing more is known. */
  readonly status: string;
  /** Neutral, in our words. */
  readonly statement: string;
}

/** An id whose owner deleted the repository: what is served under it now is nobody's word. */
interface GoneRecord extends Provenance {
  readonly statement: string;
  readonly instead: string | null;
}

const byId = <T extends { readonly ids: readonly string[] }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.flatMap((row) => row.ids.map((id) => [id.toLowerCase(), row] as const)));

const files = memo(() => new Map(table.files.flatMap((row) => row.names.map((name) => [name, row] as const))));
const models = memo(() => byId(table.models));
const datasets = memo(() => byId(table.datasets));
const gone = memo(() => byId(table.gone));

export interface HandedOut extends CopyRecord {
  /** Accounts of the publisher, in small letters. */
  readonly owners: readonly string[];
}

const handed = memo(() => new Map(table.handedOut.flatMap((row) => row.names.map((name) => [name, row] as const))));
const packs = memo(() => new Map(table.handedOut.flatMap((row) => row.packs.map((name) => [name, row] as const))));
const originals = memo(() => new Map(table.handedOut.map((row) => [row.original, row] as const)));

/** A work that is given out under conditions, by the letters and digits of its name; `pack`: by the name of its files. */
export const handedOut = (name: string, by: 'name' | 'pack'): HandedOut | undefined => (by === 'name' ? handed() : packs()).get(name);

export const handedOutAs = (original: string): HandedOut | undefined => originals().get(original);

/** Somebody else's host, from which such a work is known to have been handed on. */
export const handedOutAt = (address: string): HandedOut | undefined =>
  table.handedOut.find(({ addresses }) => addresses.some((known) => address.toLowerCase().includes(`//${known}`)));

/** Hosts of drives on which anybody may put files, and with them the other words without one of which nothing is found. */
export const handedOutHosts = memo(() => ({
  drives: hosts.drives,
  all: [...hosts.drives, ...table.handedOut.flatMap(({ addresses, packs: names }) => [...addresses, ...names])],
}));

/** By the name of a file of weights that was handed out under no other name. */
export const copyOfFile = (name: string): CopyRecord | undefined => files().get(name.toLowerCase());

/** For searches that come before a reading. */
export const copiedFileNames = (): readonly string[] => [...files().keys()];

export const copyOfModel = (id: string): CopyRecord | undefined => models().get(id.toLowerCase());

export const copyOfDataset = (id: string): CopyRecord | undefined => datasets().get(id.toLowerCase());

export const goneModel = (id: string): GoneRecord | undefined => gone().get(id.toLowerCase());

/** What conversions put behind the name of the model that they convert. */
const conversion =
  /[-_.](?:gguf|ggml|gptq|awq|exl2|mlx|onnx|hf|fp8|fp16|bf16|f16|int4|int8|[48]-?bits?|bnb-4bit|q\d\w*|quantized|quantised|w\d+a\d+|nf4|diffusers)(?=$|[-_.])/gi;

/** The name of a hub id without its owner and what conversions add. */
export const plainName = (id: string): string =>
  id
    .slice(id.indexOf('/') + 1)
    .replace(conversion, '')
    .toLowerCase();

const named = new WeakMap<Knowledge, ReadonlyMap<string, readonly string[]>>();

/** Models that their own publishers document, by their plain names: short ones such as "base" say nothing, and conversions are no originals. */
export const modelsNamed = (name: string, knowledge: Knowledge): readonly string[] => {
  let index = named.get(knowledge);
  if (!index) {
    const made = new Map<string, string[]>();
    for (const id of knowledge.modelIds()) {
      const key = plainName(id);
      const given = id.slice(id.indexOf('/') + 1).toLowerCase();
      if (key.length < 6 || !/\d/.test(key) || (given !== key && given !== `${key}-hf`)) continue;
      if (knowledge.model(id)?.licences.at(-1)?.confidence.startsWith('publisher') !== true) continue;
      const known = made.get(key);
      if (known) known.push(id);
      else made.set(key, [id]);
    }
    index = made;
    named.set(knowledge, made);
  }
  return index.get(name) ?? [];
};
