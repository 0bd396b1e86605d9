import { workOfFile } from '../knowledge/file-names.ts';
import { modelNamedWhole } from '../knowledge/families.ts';
import { modelsNamed } from '../knowledge/mirrors.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { endingFinder, nameStart, someFolder } from '../text/near-signs.ts';
import { hasModelTerms, hubReference, modelWork, weightsWork } from './hub-id.ts';
import type { WorkId } from './types.ts';

/** `via` of weights that only the name of their file tells, in a path or an address: a guess. */
export const byFileName = 'file name';

/** Works of one file that are told so: more of them is a list of what there is, and nobody chose all of it. */
export const longestChoice = 6;

const hasEnding = endingFinder([
  '.safetensors',
  '.onnx',
  '.gguf',
  '.ckpt',
  '.pt',
  '.pth',
  '.th',
  '.bin',
  '.zip',
  '.pkl',
  '.npz',
  '.caffemodel',
  '.dat',
  '.sft',
  '.mat',
  '.tar',
  '.tgz',
  '.gz',
  '.xz',
  '.bz2',
]);

/** Units of the longest name that is known. */
const longestName = 80;

/** Names of checkpoints tell of their training: `epoch=68.ckpt`. */
const equals = '='.charCodeAt(0);

/** A cheap search before a text is parsed: each ending, with the name before it. */
export const mayNameWeights = (text: string): boolean =>
  hasEnding(text, (dot, end) => workOfFile(text.slice(nameStart(text, dot, longestName, equals), end))?.type === 'model');

const onHub = /:\/\/(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)\//;

/**
 * The model that a path or an address leads to by the name of its file, where the catalogue has terms of it. An address of the hub names its repository itself;
 * what a repository of code hands out is somebody's copy there.
 */
export const weightsAt = (path: string, knowledge: Knowledge): WorkId | undefined => {
  if (path.length > 400 || /\s/.test(path)) return undefined;
  const found = workOfFile(path.replace(/[?#].*$/, '').replaceAll('\\', '/'));
  if (found?.type !== 'model' || (onHub.test(path) && !found.id.startsWith('pkg:github/'))) return undefined;
  return (knowledge.model(found.id)?.licences ?? []).some((row) => row.licences.length > 0 || row.stated !== null) ? weightsWork(found.id) : undefined;
};

/** Units of a name from which on it is likely that of one model alone. */
const leastName = 8;

/** Endings that programs put behind the name of a model themselves. */
const added = ['.pth', '.pt', '.ckpt', '.safetensors', '.onnx', '.bin'];

/** The model whose file bears this name but for its ending, where the name is no word: `Otter-BFR-512`. */
export const weightsCalled = (name: string, knowledge: Knowledge): WorkId | undefined => {
  if (name.length < leastName || name.length > longestName || !/[-_.]/.test(name) || !/\d/.test(name) || !/^[A-Za-z][\w.-]*$/.test(name)) return undefined;
  for (const ending of added) {
    const found = weightsAt(`${name}${ending}`, knowledge);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** `hub/acme/otter-7b-v2`: a folder of an owner's name with one of theirs in it. */
const modelOfOwner = (parts: readonly string[], knowledge: Knowledge): WorkId | undefined => {
  const id = parts.slice(-2).join('/');
  return parts.length > 2 && knowledge.model(id)?.match === 'record' && hasModelTerms(id, knowledge) ? modelWork(id) : undefined;
};

/** The model whose very name a folder has, where just one has it and terms of that are recorded. A conversion of it has another name. */
export const modelOfFolder = (path: string, knowledge: Knowledge): WorkId | undefined => {
  if (path.length > 400 || /\s|:\/\//.test(path) || !/[/\\]/.test(path)) return undefined;
  const parts = path.replaceAll('\\', '/').replace(/\/+$/, '').split('/');
  const owned = modelOfOwner(parts, knowledge);
  if (owned !== undefined) return owned;
  const given = parts.at(-1) ?? '';
  const name = given.toLowerCase();
  if (name.length < leastName || !/\d/.test(name) || !/[a-z]{3}/.test(name)) return undefined;
  const [only, more] = modelsNamed(name, knowledge);
  if (more !== undefined) return undefined;
  const id = only ?? modelNamedWhole(given, knowledge);
  const rows = id === undefined ? [] : (knowledge.model(id)?.licences ?? []);
  return id !== undefined && rows.some((row) => row.licences.length > 0) ? modelWork(id) : undefined;
};

/** Folders that are looked up: a text with more of them lists paths. */
const mostFolders = 200;

/** The same in a text: a cheap search before it is parsed. */
export const mayNameFolder = (text: string, knowledge: Knowledge): boolean => {
  let left = mostFolders;
  return someFolder(text, leastName, (start, end) => {
    const path = text.slice(start, end);
    // `owner/name` is an id.
    if ((text[start - 1] !== '/' && hubReference(path) !== undefined) || (left -= 1) < 0) return false;
    return modelOfFolder(`./${path}`, knowledge) !== undefined;
  });
};
