import { forbidsCommerce } from '../knowledge/clauses.ts';
import { relativeOfName } from '../knowledge/families.ts';
import type { DatedLicences, Knowledge } from '../knowledge/types.ts';
import type { Role, WorkId } from './types.ts';

/** A repository of the hub as some text names it. `type` is null where the text does not say. */
export interface HubReference {
  readonly id: string;
  readonly type: 'model' | 'dataset' | null;
  readonly revision: string | null;
}

export const modelWork = (id: string): WorkId => `pkg:huggingface/${id}`;
export const datasetWork = (id: string): WorkId => `pkg:huggingface/datasets/${id}`;

/** Terms without commerce, which a listing of the hub is read for alone: what permits it calls for no word at a name. */
const barsCommerce = (dated: DatedLicences | undefined, knowledge: Knowledge): boolean =>
  dated?.licences.some((licence) => knowledge.terms(licence)?.clauses.some(forbidsCommerce)) === true;

/** Bases of bases that are asked for their terms. */
const deepest = 3;

/** A record that names no licence, and says in words of its own that commerce is barred. */
const barsInWords = (stated: string | null | undefined): boolean => /^category:(?:non-commercial|research-only)$/.test(stated ?? '');

/** What a record says in words of its own bars commerce, or a base of it does, or one of theirs. */
const isBarredBelow = (id: string, knowledge: Knowledge, depth: number): boolean => {
  const record = knowledge.model(id);
  if (record?.match !== 'record' && record?.match !== 'pattern') return false;
  const stated = record.licences.at(-1);
  return (
    barsInWords(stated?.stated) || barsCommerce(stated, knowledge) || (depth > 0 && record.bases.some((base) => isBarredBelow(base, knowledge, depth - 1)))
  );
};

const hasTermsBelow = (id: string, knowledge: Knowledge, depth: number): boolean => {
  const record = knowledge.model(id);
  if (record?.match !== 'record' && record?.match !== 'pattern') return false;
  const hasOwn = (record.licences.at(-1)?.licences.length ?? 0) > 0 || isBarredBelow(id, knowledge, 0);
  return hasOwn || (depth > 0 && record.bases.some((base) => hasTermsBelow(base, knowledge, depth - 1)));
};

/**
 * A model whose terms are recorded, told by its publisher's rule, or reach it from what it is recorded to be made from, or that is another one by its name; of a
 * listing where they bar commerce.
 */
export const hasModelTerms = (id: string, knowledge: Knowledge): boolean => {
  const record = knowledge.model(id);
  if (!record) return relativeOfName(id, knowledge) !== undefined;
  if (record.match === 'record' || record.match === 'pattern') return hasTermsBelow(id, knowledge, deepest);
  return record.match === 'hub' && barsCommerce(record.licences.at(-1), knowledge);
};

/** A model whose terms, as recorded, permit no commerce. */
export const isBarredModel = (id: string, knowledge: Knowledge): boolean =>
  barsCommerce(knowledge.model(id)?.licences.at(-1), knowledge) || isBarredBelow(id, knowledge, deepest);

/** A set whose terms are recorded, or what wrote it. */
export const hasDataTerms = (id: string, knowledge: Knowledge): boolean => {
  const record = knowledge.dataset(id);
  return record?.match === 'record' && ((record.licences.at(-1)?.licences.length ?? 0) > 0 || record.generatedBy.length > 0);
};

/** A set whose terms, as recorded, permit no commerce. */
export const isBarredSet = (id: string, knowledge: Knowledge): boolean => {
  const record = knowledge.dataset(id);
  return record?.match === 'record' && barsCommerce(record.licences.at(-1), knowledge);
};

/** A set whose terms, as recorded in whatever words, permit research alone or no commerce, or that is withdrawn or disputed. */
export const isCalledOut = (id: string, knowledge: Knowledge): boolean =>
  isBarredSet(id, knowledge) ||
  barsInWords(knowledge.dataset(id)?.licences.at(-1)?.stated) ||
  knowledge.disputes(id).some(({ kind }) => kind === 'withdrawn' || kind === 'taken-down' || kind === 'disputed');

/** A set that was published in a repository of code is a part of that: code and data have terms of their own. */
export const dataWork = (id: string): WorkId => (id.startsWith('pkg:github/') ? `${id}#data` : datasetWork(id));

/** The same of weights that a repository of code hands out, by its releases or by an address that its README gives. */
export const weightsWork = (id: string): WorkId => (id.startsWith('pkg:github/') ? `${id}#weights` : modelWork(id));

/** Names that stand for "put yours here" in docs and templates. */
const placeholderParts = new Set([
  'your-org',
  'your_org',
  'your-username',
  'your_username',
  'your-name',
  'your_name',
  'your-model',
  'your_model',
  'your-hf-username',
  'username',
  'user',
  'org',
  'orgname',
  'organization',
  'organisation',
  'my-org',
  'my_org',
  'myorg',
  'my-username',
  'my_username',
  'my-model',
  'my_model',
  'model-name',
  'model_name',
  'dataset-name',
  'dataset_name',
  'repo-name',
  'repo_name',
  'path',
  'path-to',
  'path_to',
  'xxx',
  'foo',
  'example',
  'namespace',
]);

/** `HF_USERNAME`, `your-hf-name`, `yourname`, `hf-user`, `CHANGE_ME`. */
const ownerToFillIn =
  /(?:^|[-_])(?:user|org)[-_]?name$|^(?:hf|hub|huggingface)[-_](?:user|name|account|org|id)$|^your(?:hf|hub|user|name|org|account|repo|team|company)|^(?:change|replace)[-_]?me$/;

export const isPlaceholder = (text: string): boolean => {
  if (/[<>{}$*|\\"'`\s]|\.\.\.|…/.test(text)) return true;
  const parts = text.toLowerCase().split('/');
  // Notebooks to start from push to "hf/model".
  if (parts.length === 2 && parts[0] === 'hf') return true;
  if (ownerToFillIn.test(parts[0] ?? '')) return true;
  return parts.some(
    (part) => placeholderParts.has(part) || /^(?:your[-_]|x{2,}$)|(?:model|adapter|data|dataset|lora|checkpoint)[-_](?:name[-_])?(?:or[-_])?path$/.test(part),
  );
};

const extension =
  /\.(?:json|jsonl|ya?ml|py|md|txt|csv|tsv|bin|safetensors|gguf|pt|pth|ckpt|onnx|npy|npz|zip|gz|tar|png|jpe?g|gif|svg|html?|js|ts|sh|toml|cfg|ini|parquet|arrow|model|pdf|wav|mp3|mp4|ipynb|so|h|c|cpp)$/i;
const segment = /^[A-Za-z0-9](?:[\w.-]{0,94}[\w])?$/;

/** `org/name` by the hub's own rules of characters; a path with an extension, a folder or a placeholder is none. */
export const isHubId = (text: string): boolean => {
  if (text.length > 140 || extension.test(text)) return false;
  const [org, name, more] = text.split('/');
  if (org === undefined || name === undefined || more !== undefined) return false;
  return segment.test(org) && segment.test(name) && !org.includes('..') && !name.includes('..') && !name.includes('--') && !isPlaceholder(text);
};

/** First parts of relative paths that look like an organisation. */
const folders = new Set([
  'data',
  'dataset',
  'datasets',
  'model',
  'models',
  'output',
  'outputs',
  'out',
  'src',
  'lib',
  'checkpoint',
  'checkpoints',
  'ckpt',
  'ckpts',
  'weights',
  'config',
  'configs',
  'scripts',
  'results',
  'logs',
  'log',
  'tmp',
  'test',
  'tests',
  'examples',
  'assets',
  'pretrained',
  'pretrained_models',
  'pretrained_weights',
  'saved_models',
  'saves',
  'runs',
  'cache',
  'images',
  'docs',
  'bin',
  'files',
  'experiments',
  'playground',
  'text',
  'application',
  'image',
  'audio',
  'video',
  'train',
  'eval',
  'utils',
  'tools',
  'resources',
  'hub',
  'work_dirs',
  'exp',
  'home',
  'mnt',
  'root',
  'usr',
  'workspace',
  'content',
]);

/** First parts of addresses of the hub that are no organisation. */
const sections = new Set([
  'datasets',
  'spaces',
  'api',
  'docs',
  'papers',
  'blog',
  'collections',
  'models',
  'organizations',
  'tasks',
  'learn',
  'posts',
  'settings',
  'join',
  'login',
  'pricing',
  'new',
  'chat',
]);

/** A hub id, an `hf://` reference or a link to the hub; undefined for paths, placeholders and everything else. */
export const hubReference = (text: string): HubReference | undefined => {
  const value = text.trim();
  if (value.length < 3 || value.length > 400) return undefined;
  const link =
    /^(?:hf:\/\/|(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)\/)(datasets\/|spaces\/|api\/|docs\/|papers\/|blog\/|collections\/|models\/)?([\w.-]+)\/([\w.-]+)(?:@([\w.-]+))?(?:\/(?:resolve|blob|tree|raw)\/([\w.-]+))?(?=[/?#]|$)/.exec(
      value,
    );
  if (link) {
    const [, kind, org = '', name = '', at, revision] = link;
    if ((kind !== undefined && kind !== 'datasets/') || sections.has(org.toLowerCase())) return undefined;
    const id = `${org}/${name}`;
    return isHubId(id) ? { id, type: kind === 'datasets/' ? 'dataset' : 'model', revision: at ?? revision ?? null } : undefined;
  }
  if (value.includes('://')) return undefined;
  const at = value.lastIndexOf('@');
  const id = at > 0 ? value.slice(0, at) : value;
  if (!isHubId(id) || folders.has(id.slice(0, id.indexOf('/')).toLowerCase())) return undefined;
  return { id, type: null, revision: at > 0 ? value.slice(at + 1) : null };
};

/** Only a hub id: what most fields want. */
export const hubId = (text: string): string | undefined => hubReference(text)?.id;

/** A path inside the tree as a local work; undefined for addresses, absolute paths and what leaves the root. */
export const localWork = (path: string): WorkId | undefined => {
  if (path === '' || path.length > 400 || path.includes('://') || /^(?:[/~\\$%]|[A-Za-z]:)/.test(path) || /[{}<>*?|\n]/.test(path)) return undefined;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else parts.push(part);
  }
  return parts.length === 0 ? undefined : `local:${parts.join('/')}`;
};

const evaluating =
  /(?:^|[/_.-])(?:tests?|testing|eval|evals|evaluation|evaluate|evaluator|benchmarks?|bench|judge|judges|grader?|scorer?|mocks?|fixtures?|lm-evaluation-harness|metrics?)(?:$|[/_.-])/i;
/** Packages that are named for what they measure with: `mteb_zh`, `LongBench`, `AlpacaEval`; a workbench and a retrieval are none. */
const measuring = /(?:^|\/)(?:mteb[\w.-]*|eval[\w.-]*|[\w.-]*(?<!work)bench[\w.-]*|[\w.-]*(?<!ri|di|im|co)evals?)\//i;
const mentioning = /(?:^|\/)(?:docs?|documentation|website|blog|templates?|assets|notebooks\/docs)\//i;
/** What coding agents are told and given: skills are taken from elsewhere as they are. */
export const forAgents = /(?:^|\/)\.[\w-]+\/(?:skills?|agents?|commands?|prompts?|rules|plugins?)\//i;

/** How a file speaks, judging by where it lies: tests and evaluations use works without choosing them for anybody. */
export const roleOfPath = (path: string): Role => {
  if (evaluating.test(path) || measuring.test(path)) return 'evaluation';
  return mentioning.test(path) || forAgents.test(path) ? 'mention' : 'decision';
};

/** Of those, what only tries out the program itself. */
export const isTest = (path: string): boolean =>
  /(?:^|\/)(?:tests?|testing|unit[-_]?tests?|mocks?|fixtures?)\/|(?:^|\/)(?:(?:tests?|mocks?)[-_.][^/]+|[^/]*[-_.]tests?|conftest)\.\w+$/i.test(path);

/** Ids for facts: content and an ordinal, so that they stay when text moves. */
export const factIds = (reader: string): ((kind: string, content: string) => string) => {
  const seen = new Map<string, number>();
  return (kind, content) => {
    const base = `${reader}:${kind}:${content}`;
    let count = seen.get(base) ?? 0;
    let id = base;
    // A content may itself end like an ordinal.
    for (; seen.has(id); count += 1) id = `${base}~${Math.max(count, 1)}`;
    seen.set(base, Math.max(count, 1));
    if (id !== base) seen.set(id, 1);
    return id;
  };
};
