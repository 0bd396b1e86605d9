import { workOfFile } from '../knowledge/file-names.ts';
import { modelsNamed } from '../knowledge/mirrors.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { endingFinder, nameStart } from '../text/near-signs.ts';
import { modelWork, weightsWork } from './hub-id.ts';
import type { WorkId } from './types.ts';

/** `via` of weights that only the name of their file tells, in a path or an address: a guess. */
export const byFileName = 'file name';

/** Works of one file that are told so: more of them is a list of what there is, and nobody chose all of it. */
export const longestChoice = 6;

const hasEnding = endingFinder(['.safetensors', '.onnx', '.gguf', '.ckpt', '.pt', '.pth', '.th', '.bin', '.zip', '.pkl', '.npz', '.caffemodel', '.dat']);

/** Units of the longest name that is known. */
const longestName = 80;

/** Names of checkpoints tell of their training: `epoch=68.ckpt`. */
const equals = '='.charCodeAt(0);

/** A cheap search before a text is parsed: each ending, with the name before it. */
export const mayNameWeights = (text: string): boolean =>
  hasEnding(text, (dot, end) => workOfFile(text.slice(nameStart(text, dot, longestName, equals), end))?.type === 'model');

/** The model that a path or an address leads to by the name of its file, where the catalogue has terms of it. An address of the hub names its repository itself. */
export const weightsAt = (path: string, knowledge: Knowledge): WorkId | undefined => {
  if (path.length > 400 || /\s/.test(path) || /:\/\/(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)\//.test(path)) return undefined;
  const found = workOfFile(path.replace(/[?#].*$/, '').replaceAll('\\', '/'));
  if (found?.type !== 'model') return undefined;
  return (knowledge.model(found.id)?.licences ?? []).some((row) => row.licences.length > 0 || row.stated !== null) ? weightsWork(found.id) : undefined;
};

/** Letters and digits of a folder's name from which on it is likely that of one model alone. */
const leastName = 8;

/** The model whose very name a folder has, where just one has it and terms of that are recorded. A conversion of it has another name. */
export const modelOfFolder = (path: string, knowledge: Knowledge): WorkId | undefined => {
  if (path.length > 400 || /\s|:\/\//.test(path) || !/[/\\]/.test(path)) return undefined;
  const name = path.replaceAll('\\', '/').replace(/\/+$/, '').split('/').at(-1)?.toLowerCase() ?? '';
  if (name.length < leastName || !/\d/.test(name) || !/[a-z]{3}/.test(name)) return undefined;
  const [id, more] = modelsNamed(name, knowledge);
  const rows = id === undefined || more !== undefined ? [] : (knowledge.model(id)?.licences ?? []);
  return id !== undefined && rows.some((row) => row.licences.length > 0) ? modelWork(id) : undefined;
};
