import type { WorkId } from '../artefacts/types.ts';
import { memoBy } from '../knowledge/lookup.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { factsOf, pathsOf } from './files.ts';
import type { FactIn, Files } from './files.ts';
import { folderOf } from './local.ts';

const prefix = 'pkg:huggingface/';

/** Files of a model, or of the code that it brings: results that are kept under a model's id hold none of them. */
const ofModel =
  /^(?:(?:adapter_|generation_)?config\.json|tokenizer[\w.]*|vocab\.\w+|merges\.txt|[\w.-]+\.(?:safetensors|bin|gguf|pth?|ckpt)|(?:config|token|model)\w*\.py)$/i;

/** Folders that hold a model, by the last two parts of their paths. */
const foldersOfModels = memoBy((paths: readonly string[]): ReadonlyMap<string, string> => {
  const out = new Map<string, string>();
  for (const path of paths) {
    if (!ofModel.test(path.slice(path.lastIndexOf('/') + 1))) continue;
    const folder = folderOf(path);
    const tail = /(?:^|\/)([^/]+\/[^/]+)$/.exec(folder)?.[1];
    if (tail !== undefined && !out.has(tail)) out.set(tail, folder);
  }
  return out;
});

const ownersAmong = memoBy((ids: readonly string[]): ReadonlySet<string> => new Set(ids.map((id) => id.slice(0, id.indexOf('/')).toLowerCase())));

const putAmong = memoBy((facts: readonly FactIn<'put-folders'>[]): ReadonlySet<string> => new Set(facts.flatMap(({ fact }) => fact.names)));

/** `otter-7b/base` is no repository of the hub where the tree has such a folder with a model in it, or something in it puts `otter-7b` there, and nobody known has that name. Cards name repositories. */
export const folderMeant = (files: Files, knowledge: Knowledge, path: string, work: WorkId): WorkId | undefined => {
  if (!work.startsWith(prefix)) return undefined;
  const id = work.slice(prefix.length);
  const slash = id.indexOf('/');
  // A data set has a word more, and the oldest ids have no owner.
  if (slash < 0 || id.indexOf('/', slash + 1) >= 0) return undefined;
  const owner = id.slice(0, slash);
  const folder = foldersOfModels(pathsOf(files)).get(id) ?? (putAmong(factsOf(files, 'put-folders')).has(owner) ? id : undefined);
  return folder === undefined || /\.(?:md|markdown|rst)$/i.test(path) || knowledge.model(id) || ownersAmong(knowledge.modelIds()).has(owner.toLowerCase())
    ? undefined
    : `local:${folder}`;
};

/** What lies in a folder that is put there is fetched by that, and told there. */
export const isPut = (files: Files, said: WorkId, meant: WorkId): boolean =>
  !said.startsWith('local:') &&
  meant.startsWith('local:') &&
  putAmong(factsOf(files, 'put-folders')).has(meant.slice('local:'.length).split('/')[0] ?? '') &&
  !foldersOfModels(pathsOf(files)).has(meant.slice('local:'.length));
