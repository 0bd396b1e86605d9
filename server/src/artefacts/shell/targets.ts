import ollama from '../../knowledge/data/ollama-names.json';
import type { Knowledge } from '../../knowledge/types.ts';
import { otherHub } from '../addresses.ts';
import { datasetWork, hubReference, isPlaceholder, localWork, modelWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';

export interface Target {
  readonly to: WorkId;
  readonly revision: string | null;
  /** Part of the text that names it: `org/name` of `org/name:Q4_K_M`. */
  readonly from: number;
  readonly length: number;
}

/** Names that trainers give to what they write. */
const written = /(?:^|\/)(?:checkpoint[-_]?\d*|final\w*|best\w*|latest|last|epoch[-_]?\d+|step[-_]?\d+|global_step\w*|iter[-_]?\d+|hf|merged\w*)\/?$/i;

/** An owner with a capital letter, as folders rarely have, and a name that tells the number of parameters. */
const sized = /^(?=[^/]*[A-Z])[^/]+\/(?:[^/]*[-_.])?\d+(?:\.\d+)?[bBmM](?:$|[-_.])/;

/** Folders of one's own work: owners on the hub hardly ever have an underscore behind such a word. */
const folder =
  /^(?:outputs?|saved|trained|pretrained|finetuned|merged|checkpoints?|ckpts?|models?|weights?|results?|exps?|experiments?|runs?|work|tmp|local|data|datasets?)_\w/i;
/** Splits and steps of data, which name folders. */
const split = /\/(?:train|test|dev|val|valid|validation|eval|raw|processed)$/i;

/** Last parts of paths that no repository has. */
const isFile = /\.(?:pth?|bin|ckpt|safetensors|gguf|jsonl?|parquet|csv|tsv|txt|arrow|tar|zip|npz|onnx|h5)$/i;

const within = (value: string, part: string): { readonly from: number; readonly length: number } => {
  const from = value.indexOf(part);
  return from < 0 ? { from: 0, length: value.length } : { from, length: part.length };
};

/** An address of the hub, without a name and password in front of its host and `.git` behind it. */
const addressOf = (value: string): string => value.replace(/^(https?:\/\/)[^/@\s]*@/, '$1').replace(/\.git$/, '');

/** A repository of the hub that a link leads to; undefined for other addresses. */
export const linkTarget = (value: string): Target | undefined => {
  if (!/^(?:https?|hf|HF):\/\//.test(value)) return undefined;
  const reference = hubReference(addressOf(value).replace(/^HF:/, 'hf:')) ?? otherHub(value);
  if (!reference) return undefined;
  const to = reference.type === 'dataset' ? datasetWork(reference.id) : modelWork(reference.id);
  return { to, revision: reference.revision, from: 0, length: value.length };
};

/** A model by its id. `sure`: the option takes nothing but models of the hub, so an id that nothing knows is one as well. */
export const modelTarget = (written_: string, sure: boolean, knowledge: Knowledge): Target | undefined => {
  const link = linkTarget(written_);
  if (link) return link;
  const value = written_.replace(/\/$/, '').replace(/:[\w.-]+$/, '');
  const reference = isFile.test(value) || written.test(value) || folder.test(value) ? undefined : hubReference(value);
  const known = (id: string): boolean => knowledge.model(id) !== undefined;
  if (reference && reference.type !== 'dataset' && (sure || sized.test(reference.id) || known(reference.id)))
    return { to: modelWork(reference.id), revision: reference.revision, ...within(written_, reference.id) };
  // Ids from before the hub had organisations count only where they are known.
  return /^[\w.-]{2,80}$/.test(value) && /[-\d]/.test(value) && !isFile.test(value) && known(value)
    ? { to: modelWork(value), revision: null, ...within(written_, value) }
    : undefined;
};

/** Loaders of file formats that stand where the id of a data set would. */
const formats = new Set(['json', 'jsonl', 'csv', 'parquet', 'arrow', 'text', 'pandas', 'imagefolder', 'audiofolder', 'webdataset']);

export const datasetTarget = (value: string, sure: boolean, knowledge: Knowledge): Target | undefined => {
  const link = linkTarget(value);
  if (link) return link.to.includes('/datasets/') ? link : undefined;
  if (formats.has(value) || isFile.test(value)) return undefined;
  const name = value.replace(/^hf:\/\/datasets\//, '').replace(/[:#].*$/, '');
  const reference = folder.test(name) || split.test(name) ? undefined : hubReference(name);
  const known = (id: string): boolean => knowledge.dataset(id) !== undefined;
  if (reference && (sure || known(reference.id))) return { to: datasetWork(reference.id), revision: reference.revision, ...within(value, reference.id) };
  return /^[\w.-]{2,80}$/.test(name) && known(name) ? { to: datasetWork(name), revision: null, ...within(value, name) } : undefined;
};

/** Two parts that could be an owner and a name, and are no path for sure. */
export const mayBeRepository = (text: string): boolean => hubReference(text) !== undefined && !folder.test(text) && !split.test(text);

/** A file or folder of this tree, or one that lies elsewhere on the machine that a script is written for. */
export const pathTarget = (value: string): WorkId | undefined => {
  if (!/[/\\]|\.\w{2,8}$/.test(value) || /[\s'"`,;=:]/.test(value) || isPlaceholder(value)) return undefined;
  if (/^(?:\/|~\/)[\w.@/+-]{2,200}$/.test(value)) return `local:${value.replace(/\/+$/, '')}`;
  return localWork(value);
};

interface OllamaRow {
  readonly name: string;
  /** Sizes with the repository that each is made from; the first is what the name alone means. */
  readonly sizes: Readonly<Record<string, string>>;
}

const library = new Map((ollama.rows as readonly OllamaRow[]).map((row) => [row.name, row.sizes]));

/** The repository that a name of the library is made from: by its size, else by what the bare name stands for. */
export const libraryTarget = (name: string): Target | undefined => {
  const link = /^(?:hf\.co|huggingface\.co)\/([\w.-]+\/[\w.-]+)(?::[\w.-]+)?$/.exec(name);
  if (link?.[1] !== undefined && hubReference(link[1])) return { to: modelWork(link[1]), revision: null, from: 0, length: name.length };
  const [model = '', tag = 'latest'] = name.replace(/^(?:registry\.ollama\.ai\/)?library\//, '').split(':');
  const sizes = library.get(model.toLowerCase());
  if (!sizes) return undefined;
  const rows = Object.entries(sizes);
  const found =
    tag === 'latest' ? rows[0] : rows.filter(([size]) => tag === size || tag.startsWith(`${size}-`)).toSorted((a, b) => b[0].length - a[0].length)[0];
  return found ? { to: modelWork(found[1]), revision: null, from: 0, length: name.length } : undefined;
};
