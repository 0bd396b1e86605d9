import { setElsewhere, withoutWeights } from '../via.ts';
import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { datasetWork, hubReference, modelWork } from '../hub-id.ts';
import { copyOfFile } from '../../knowledge/mirrors.ts';
import type { SettingPlace, WorkId } from '../types.ts';
import { isStored, otherHub } from '../addresses.ts';
import type { Argument, Call, PythonFile, Range } from './model.ts';
import { fileOf, literalsOf } from './downloads.ts';
import { runsRemoteCode } from './remote-code.ts';
import { argumentOf, resolveArgument } from './resolve.ts';
import { settingPlace } from './settings-files.ts';
import type { Literal } from './look.ts';

/** A call that loads or publishes a work, with the place where somebody wrote the id. */
export interface Loaded {
  readonly to: WorkId;
  readonly type: RelationType;
  readonly via: string;
  readonly span: Span;
  readonly revision: string | null;
  /** Where the call states it. */
  readonly revisionAt?: Span | undefined;
  readonly pinnable: boolean;
  readonly remoteCode: boolean;
  /** The one file that is taken, where the call says so. */
  readonly file?: string | undefined;
  /** A file of settings names the work: `to` is the hub alone. */
  readonly setting?: SettingPlace | undefined;
  /** Where `, revision="..."` can be put in; null where the call has that argument already. */
  readonly insertAt: number | null;
  readonly call: Call;
}

interface Loader {
  /** Position and keywords of the id. */
  readonly at: number;
  readonly keywords: readonly string[];
  readonly kind: 'model' | 'dataset' | 'by-type' | 'link';
  readonly pinnable: boolean;
  /** The callee has to hold this, where the name alone says too little. */
  readonly callee?: RegExp;
  /** It fetches whatever there is: only weights and archives count. */
  readonly anything?: true;
}

const idKeywords = ['pretrained_model_name_or_path', 'model_name_or_path', 'model_name', 'model', 'model_id', 'name', 'repo_id'];
const model = (at: number, keywords: readonly string[], pinnable = false): Loader => ({ at, keywords, kind: 'model', pinnable });
const link = (at: number, keywords: readonly string[]): Loader => ({ at, keywords, kind: 'link', pinnable: false });

/** Names of calls that fetch from the hub, as their libraries define them. */
const loaders: ReadonlyMap<string, Loader> = new Map(
  Object.entries<Loader>({
    from_pretrained: model(0, idKeywords, true),
    get_pretrained: model(0, ['name']),
    from_single_file: link(0, ['pretrained_model_link_or_path']),
    pipeline: { ...model(1, ['model'], true), callee: /(?:^|\.)pipeline$/ },
    snapshot_download: { at: 0, keywords: ['repo_id'], kind: 'by-type', pinnable: true },
    hf_hub_download: { at: 0, keywords: ['repo_id'], kind: 'by-type', pinnable: true },
    cached_download: link(0, ['url']),
    hf_hub_url: { at: 0, keywords: ['repo_id'], kind: 'by-type', pinnable: true },
    load_dataset: { at: 0, keywords: ['path'], kind: 'dataset', pinnable: true },
    load_dataset_builder: { at: 0, keywords: ['path'], kind: 'dataset', pinnable: true },
    SentenceTransformer: model(0, ['model_name_or_path'], true),
    CrossEncoder: model(0, ['model_name', 'model_name_or_path'], true),
    LLM: { ...model(0, ['model'], true), callee: /(?:^|\.)LLM$/ },
    FastLanguageModel: model(-1, ['model_name']),
    load_model: { ...model(0, ['name', 'path_or_hf_repo']), callee: /mlx|hf/ },
    cached_path: link(0, ['url_or_filename']),
    load_file_from_url: link(0, ['url']),
    load_state_dict_from_url: link(0, ['url']),
    download_url_to_file: link(0, ['url']),
    urlretrieve: link(0, ['url']),
    download_file: link(0, ['url']),
    get: { ...link(0, ['url']), callee: /^(?:requests|httpx|(?:self\.)?_?session)\.get$/, anything: true },
    stream: { ...link(1, ['url']), callee: /^httpx\.stream$/, anything: true },
    urlopen: { ...link(0, ['url']), anything: true },
    conditional_download: link(1, ['urls']),
    HuggingFaceEmbeddings: model(-1, ['model_name', 'model']),
    HuggingFaceEndpoint: model(-1, ['repo_id']),
    SFTTrainer: model(0, ['model']),
    DPOTrainer: model(0, ['model']),
    GRPOTrainer: model(0, ['model']),
    create_model: { ...link(0, ['model_name']), callee: /timm|(?:^|\.)create_model$/ },
  }),
);

/** Classes that take the words, sizes or settings of a model, not its weights. */
const beside = /(?:Tokenizer(?:Fast)?|Config|Processor|FeatureExtractor|Scheduler)\.from_pretrained$/;

/** Folders of a repository of a pipeline that hold none of its weights. */
const besideFolders: readonly string[] = ['scheduler', 'tokenizer', 'tokenizer_2', 'tokenizer_3', 'feature_extractor', 'image_processor', 'processor'];

/** Words, settings or a schedule, by what is made of them or by the folder that is asked for. */
const isBeside = (file: PythonFile, call: Call): boolean =>
  beside.test(call.callee) || besideFolders.includes(resolveArgument(file, call, argumentOf(call, -1, 'subfolder'))?.value ?? '');

const formats = new Set([
  'json',
  'csv',
  'parquet',
  'text',
  'pandas',
  'arrow',
  'imagefolder',
  'audiofolder',
  'videofolder',
  'webdataset',
  'xml',
  'sql',
  'generator',
]);

const repositoryType = (file: PythonFile, call: Call): string | undefined => resolveArgument(file, call, argumentOf(call, -1, 'repo_type'))?.value;

const targetOf = (
  file: PythonFile,
  call: Call,
  loader: Loader,
  literal: Literal,
  knowledge: Knowledge,
): { readonly to: WorkId; readonly revision: string | null } | undefined => {
  const value = literal.value.replace(/^hf_hub:|^hf-hub:/, '');
  if (loader.anything && !(literal.whole && isStored(value))) return undefined;
  if (!literal.whole) {
    // The head of an f-string is enough when it is a link that already names the repository.
    const reference = value.includes('://') && /^\w+:\/\/[^/]+\/(?:datasets\/)?[^/]+\/[^/]+\//.test(value) ? hubReference(value) : undefined;
    return reference ? { to: reference.type === 'dataset' ? datasetWork(reference.id) : modelWork(reference.id), revision: reference.revision } : undefined;
  }
  const reference = hubReference(value) ?? (loader.kind === 'link' ? otherHub(value) : undefined);
  // Of other places only what is known by its file's name.
  if (!reference && loader.kind === 'link' && value.includes('://') && copyOfFile(value.slice(value.lastIndexOf('/') + 1)))
    return { to: `url:${value}`, revision: null };
  if (loader.kind === 'link' && !value.includes('://') && value === literal.value) return undefined;
  const dataset = loader.kind === 'dataset' || reference?.type === 'dataset' || (loader.kind === 'by-type' && repositoryType(file, call) === 'dataset');
  if (loader.kind === 'by-type' && repositoryType(file, call) === 'space') return undefined;
  if (reference) return { to: dataset ? datasetWork(reference.id) : modelWork(reference.id), revision: reference.revision };
  // Ids from before the hub had organisations count only where they are known.
  if (!/^[\w.-]{2,80}$/.test(value) || formats.has(value)) return undefined;
  if (dataset) return knowledge.dataset(value) ? { to: datasetWork(value), revision: null } : undefined;
  return /[-\d]/.test(value) && knowledge.model(value) ? { to: modelWork(value), revision: null } : undefined;
};

/** An index into a call's brackets that lies behind the last argument, a trailing comma left aside. */
const insertionOf = (file: PythonFile, call: Call): number => {
  const last = file.tokens[call.close - 1];
  const before = last?.text === ',' && last.kind === 'operator' ? file.tokens[call.close - 2] : last;
  return before?.end ?? 0;
};

/** A name that the module, or the block around the call, sets to None alone. */
const isNone = (file: PythonFile, call: Call, range: Range): boolean => {
  const name = range.to - range.from === 1 && file.tokens[range.from]?.kind === 'name' ? file.tokens[range.from]?.text : undefined;
  if (name === undefined || file.scopes.some(({ parameters }) => parameters.some((entry) => entry.name === name))) return false;
  const set = file.assignmentsOf.get(name) ?? [];
  return (
    set.length > 0 &&
    set.every(({ scope, value }) => (scope === 0 || scope === call.scope) && value.to - value.from === 1 && file.tokens[value.from]?.text === 'None')
  );
};

/** `revision=None` is the default; a name or text that is put together elsewhere is a revision that we cannot tell. */
const revisionOf = (file: PythonFile, call: Call, stated: Argument | undefined): string | null => {
  const range = stated?.value;
  if (
    !range ||
    isNone(file, call, range) ||
    (range.to - range.from === 1 && file.tokens[range.from]?.kind === 'name' && file.tokens[range.from]?.text === 'None')
  )
    return null;
  const literal = resolveArgument(file, call, stated);
  return literal?.whole ? literal.value : setElsewhere;
};

/** Every call of the file that takes a work from the hub by an id that can be told. */
export const findLoads = (file: PythonFile, knowledge: Knowledge): readonly Loaded[] => {
  const out: Loaded[] = [];
  for (const call of file.calls) {
    const loader = loaders.get(call.name);
    if (!loader || (loader.callee && !loader.callee.test(call.callee))) continue;
    const adapter = call.name === 'from_pretrained' && /(?:^|\.)Peft\w*\.from_pretrained$/.test(call.callee) && !/Auto/.test(call.callee);
    const argument = adapter ? argumentOf(call, 1, 'model_id') : argumentOf(call, loader.at, ...loader.keywords);
    const stated = argumentOf(call, -1, 'revision', 'commit_hash');
    const literals = literalsOf(file, call, argument);
    const common = {
      type: 'loads',
      via: isBeside(file, call) ? withoutWeights : call.name,
      pinnable: loader.pinnable && !loader.keywords.includes('url'),
      remoteCode: runsRemoteCode(file, call),
      insertAt: stated ? null : insertionOf(file, call),
      revisionAt: stated ? resolveArgument(file, call, stated)?.span : undefined,
      call,
    } as const;
    for (const literal of literals) {
      const target = targetOf(file, call, loader, literal, knowledge);
      if (!target) continue;
      const revision = revisionOf(file, call, stated) ?? target.revision;
      out.push({ ...common, to: target.to, span: literal.span, revision, file: fileOf(file, call, literal) });
    }
    const setting = literals.length > 0 || loader.kind === 'link' ? undefined : settingPlace(file, call, argument);
    if (!setting || !argument) continue;
    const data = loader.kind === 'dataset' || (loader.kind === 'by-type' && repositoryType(file, call) === 'dataset');
    const [first, last] = [file.tokens[argument.value.from], file.tokens[argument.value.to - 1]];
    const span = { start: first?.start ?? 0, end: last?.end ?? 0 };
    out.push({ ...common, to: data ? datasetWork('') : modelWork(''), span, revision: revisionOf(file, call, stated), setting });
  }
  // Of two loads by one literal the one of the weights counts.
  return out.toSorted((a, b) => Number(a.via === withoutWeights) - Number(b.via === withoutWeights));
};

/** Methods that upload under the id that they are given. */
const pushes = new Set(['push_to_hub', 'push_to_hub_merged', 'push_to_hub_gguf']);

/** Named for data, or made by what makes data sets. */
const pushesData = (file: PythonFile, call: Call): boolean => {
  if (/(?:^|[._])(?:data|dataset|ds|df|train(?!er)|corpus)\w*(?:\(\))?\.push_to_hub$|Dataset|dataset/i.test(call.callee)) return true;
  const made = file.assignmentsOf.get(call.callee.replace(/\.push_to_hub$/, ''))?.findLast((entry) => entry.at < call.nameToken)?.value;
  return (
    made !== undefined && file.tokens.slice(made.from, Math.min(made.to, made.from + 12)).some((token) => dataMakers.test(token.text) && token.kind === 'name')
  );
};

const dataMakers =
  /^(?:Dataset|DatasetDict|IterableDataset|load_dataset|load_from_disk|concatenate_datasets|interleave_datasets|from_list|from_pandas|from_generator)$/;

/** Ids under which something is published, with the kind of repository. */
export const findPublished = (file: PythonFile): readonly { readonly id: string; readonly dataset: boolean; readonly span: Span; readonly call: Call }[] => {
  const out: { id: string; dataset: boolean; span: Span; call: Call }[] = [];
  for (const call of file.calls) {
    const named = pushes.has(call.name) ? argumentOf(call, 0, 'repo_id', 'hub_model_id', 'save_directory') : argumentOf(call, -1, 'hub_model_id');
    const literal = resolveArgument(file, call, named);
    const id = literal?.whole ? hubReference(literal.value)?.id : undefined;
    if (!literal || id === undefined) continue;
    const dataset = call.name === 'push_to_hub' && pushesData(file, call);
    out.push({ id, dataset, span: literal.span, call });
  }
  return out;
};
