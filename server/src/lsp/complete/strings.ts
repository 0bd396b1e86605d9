import type { Source } from './candidates.ts';
import type { Place } from './place.ts';

/** UTF-16 units of a call in front of its argument that are looked at. */
const longestCall = 2_000;

interface Row {
  readonly at: number;
  readonly keywords: readonly string[];
  readonly source: Source | 'by-type';
}

const model = (at: number, ...keywords: readonly string[]): Row => ({ at, keywords, source: 'model' });
const byType: Row = { at: 0, keywords: ['repo_id', 'repo'], source: 'by-type' };

/** Calls that take an id of the hub, by their last name. */
const calls: Readonly<Record<string, Row>> = {
  from_pretrained: model(0, 'pretrained_model_name_or_path', 'model_name_or_path', 'model_name', 'model', 'model_id', 'name'),
  pipeline: model(1, 'model'),
  SentenceTransformer: model(0, 'model_name_or_path'),
  CrossEncoder: model(0, 'model_name', 'model_name_or_path'),
  LLM: model(0, 'model'),
  FastLanguageModel: model(-1, 'model_name'),
  HuggingFaceEmbeddings: model(-1, 'model_name', 'model'),
  HuggingFaceEndpoint: model(-1, 'repo_id'),
  SFTTrainer: model(0, 'model'),
  DPOTrainer: model(0, 'model'),
  GRPOTrainer: model(0, 'model'),
  snapshot_download: byType,
  hf_hub_download: byType,
  load_dataset: { at: 0, keywords: ['path'], source: 'dataset' },
  load_dataset_builder: { at: 0, keywords: ['path'], source: 'dataset' },
};

/** Keywords and names of variables that say what they hold, whatever is called. */
const modelName =
  /^(?:pretrained_?)?(?:base_?|hf_?|teacher_?|student_?)?model_?(?:id|name_or_path)$|^(?:base|pretrained|teacher|student|hf|hub)_?model(?:_?(?:name|path|id))?$/i;
const datasetName = /^(?:train_?|hf_?)?dataset_?(?:id|name)$/i;
const repositoryName = /^(?:hub_?|hf_?)?repo_?id$/i;

const byName = (name: string): Source | undefined => {
  if (modelName.test(name)) return 'model';
  if (datasetName.test(name)) return 'dataset';
  return repositoryName.test(name) ? 'repository' : undefined;
};

/** Column behind the quote that is open at the end of a line; undefined outside strings, and in those that are put together. */
const openString = (line: string): number | undefined => {
  let quote = '';
  let from = 0;
  let made = false;
  for (let at = 0; at < line.length; at += 1) {
    const unit = line[at] ?? '';
    if (quote !== '') {
      if (unit === '\\') at += 1;
      else if (unit === quote) quote = '';
      continue;
    }
    if (unit === '#' || (unit === '/' && line[at + 1] === '/')) return undefined;
    if (unit !== '"' && unit !== "'" && unit !== '`') continue;
    quote = unit;
    from = at + 1;
    made = /[fbFB]$/.test(line.slice(0, at));
  }
  return quote === '' || made ? undefined : from;
};

interface Argument {
  readonly call: string;
  readonly index: number;
}

/** The call whose brackets are open at the end of a text, and how many arguments stand in front. */
const callAt = (before: string): Argument | undefined => {
  let depth = 0;
  let index = 0;
  let quote = '';
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const unit = before[at] ?? '';
    if (quote !== '') {
      if (unit === quote && before[at - 1] !== '\\') quote = '';
      continue;
    }
    if (unit === '"' || unit === "'" || unit === '`') quote = unit;
    else if (unit === ')' || unit === ']' || unit === '}') depth += 1;
    else if ((unit === '[' || unit === '{') && depth === 0) continue;
    else if (unit === '[' || unit === '{') depth -= 1;
    else if (unit === ',' && depth === 0) index += 1;
    else if (unit === '(' && depth > 0) depth -= 1;
    else if (unit === '(') {
      const call = /([\w$]+)\s*$/.exec(before.slice(0, at))?.[1];
      return call === undefined ? undefined : { call, index };
    }
  }
  return undefined;
};

/** The rest of the call says what kind of repository it takes. */
const repositorySource = (behind: string): Source => (/^[^()]*\brepo_type\s*=\s*["']dataset/.test(behind) ? 'dataset' : 'repository');

/** Strings of Python and JavaScript that hold an id of the hub. */
export const stringPlace = (text: string, offset: number, head: string): Place | undefined => {
  const start = openString(head);
  if (start === undefined || !/^[\w./-]*$/.test(head.slice(start))) return undefined;
  const before = text.slice(Math.max(0, offset - longestCall), offset - (head.length - start) - 1).trimEnd();
  const name = /([\w$]+)(?:\s*:\s*[\w.]+)?\s*=$/.exec(before)?.[1] ?? /([\w$]+)\s*:$/.exec(before)?.[1];
  const argument = callAt(name === undefined ? before : before.slice(0, before.lastIndexOf(name)));
  const row = argument && Object.hasOwn(calls, argument.call) ? calls[argument.call] : undefined;
  const fits = row && argument && (name === undefined ? row.at === argument.index : row.keywords.includes(name));
  const source = fits ? row.source : name === undefined ? undefined : byName(name);
  if (source === undefined) return undefined;
  return { source: source === 'by-type' ? repositorySource(text.slice(offset, offset + longestCall)) : source, start };
};
