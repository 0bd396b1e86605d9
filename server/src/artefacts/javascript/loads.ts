import { setElsewhere, withoutWeights } from '../via.ts';
import names from '../../knowledge/data/javascript-names.json';
import type { Span } from '../../text/span.ts';
import { datasetWork, hubReference, modelWork } from '../hub-id.ts';
import { libraryTarget, linkTarget } from '../shell/targets.ts';
import type { WorkId } from '../types.ts';
import { moduleName } from './model.ts';
import type { Call, JavaScriptFile, Range } from './model.ts';
import { definitionOf, objectOf, optionOf, propertyOf, resolveRange } from './resolve.ts';
import type { Literal } from './resolve.ts';

export interface Loaded {
  readonly to: WorkId;
  readonly type: 'loads' | 'publishes';
  readonly via: string;
  readonly span: Span;
  readonly revision: string | null;
  readonly pinnable: boolean;
  readonly preset?: true;
  readonly call: Call;
}

/** The module that the head of a chain was imported from, or that made what it names. */
export const originOf = (file: JavaScriptFile, call: Call): string => {
  const head = /^[\w$]+/.exec(call.callee)?.[0] ?? '';
  const own = file.imports.get(head);
  if (own) return moduleName(own.module);
  const tail = call.callee.startsWith('this.') ? (call.callee.split('.')[1] ?? '') : head;
  const made = definitionOf(file, tail.replace('()', ''), call.nameToken);
  // `new Client(...)`, `await createClient(...)`, `createClient(...)`.
  for (let at = made?.from ?? 0; made && at < Math.min(made.to, made.from + 6); at += 1) {
    const token = file.tokens[at];
    const found = token?.kind === 'name' ? file.imports.get(token.text) : undefined;
    if (found) return moduleName(found.module);
  }
  return '';
};

const revisionOf = (file: JavaScriptFile, call: Call): string | null => {
  const stated = optionOf(file, call, 'revision');
  if (!stated) return null;
  const literals = resolveRange(file, stated, call.nameToken);
  const only = literals.length === 1 ? literals[0] : undefined;
  return only?.whole ? only.value : setElsewhere;
};

/** Classes that take the words or settings of a model, not its weights. */
const beside = /(?:Tokenizer|Processor|FeatureExtractor|Config)$/;

const literalsOf = (file: JavaScriptFile, call: Call, range: Range | undefined): readonly Literal[] =>
  resolveRange(file, range, call.nameToken).filter((literal) => literal.whole);

const hubModel = (literal: Literal): { readonly to: WorkId; readonly revision: string | null } | undefined => {
  const reference = hubReference(literal.value);
  return reference && reference.type !== 'dataset' ? { to: modelWork(reference.id), revision: reference.revision } : undefined;
};

/** `hf:org/name/file` and `hf:org/name:quant` of runners of GGUF files. */
const runnerModel = (value: string): WorkId | undefined => {
  const id = /^hf:(?:\/\/)?([\w.-]+\/[\w.-]+)(?=[/:#@]|$)/.exec(value)?.[1];
  return id !== undefined && hubReference(id) ? modelWork(id) : undefined;
};

interface Finder {
  readonly file: JavaScriptFile;
  readonly out: Loaded[];
}

const add = ({ out }: Finder, call: Call, literal: Literal, to: WorkId, more: Partial<Loaded> = {}): void => {
  out.push({
    to,
    type: 'loads',
    via: call.name,
    span: literal.span,
    revision: null,
    pinnable: false,
    call,
    ...(literal.preset ? { preset: true } : {}),
    ...more,
  });
};

/** Models by an id of the hub: pipelines and classes of transformers. */
const fromTransformers = (finder: Finder, call: Call, origin: string): boolean => {
  const { file } = finder;
  const isPipeline = call.name === 'pipeline' && (names.transformers.includes(origin) || (origin === '' && call.args.length >= 2));
  if (!isPipeline && call.name !== 'from_pretrained') return false;
  // What `pipeline` is where it comes from elsewhere, only the tasks that it is given can tell.
  if (isPipeline && origin === '' && !literalsOf(file, call, call.args[0]).some((literal) => /^[a-z]+(?:-[a-z0-9]+)+$/.test(literal.value))) return true;
  const owner = call.callee.split('.').at(-2) ?? '';
  for (const literal of literalsOf(file, call, call.args[isPipeline ? 1 : 0])) {
    const target = hubModel(literal);
    const via = !isPipeline && beside.test(owner) ? withoutWeights : call.name;
    if (target) add(finder, call, literal, target.to, { via, revision: revisionOf(file, call) ?? target.revision, pinnable: true });
  }
  return true;
};

/** Calls of the hub's own client. */
const fromHub = (finder: Finder, call: Call): void => {
  const { file } = finder;
  const repo = optionOf(file, call, 'repo');
  if (!repo) return;
  const object = objectOf(file, repo, call.nameToken);
  const id = object ? propertyOf(file, object, 'name') : repo;
  const type = literalsOf(file, call, object ? propertyOf(file, object, 'type') : undefined)[0]?.value;
  const publishes = /^(?:upload|commit)/.test(call.name);
  if (!publishes && !/^(?:download|snapshot|file|list|parse|load)/i.test(call.name)) return;
  for (const literal of literalsOf(file, call, id)) {
    const [, prefix, name = ''] = /^(datasets\/|spaces\/|models\/)?(.*)$/.exec(literal.value) ?? [];
    const reference = hubReference(name);
    if (!reference || prefix === 'spaces/' || type === 'space') continue;
    const dataset = prefix === 'datasets/' || type === 'dataset';
    const to = dataset ? datasetWork(reference.id) : modelWork(reference.id);
    add(finder, call, literal, to, { type: publishes ? 'publishes' : 'loads', revision: revisionOf(file, call), pinnable: !publishes });
  }
};

const modelOptions = ['model', 'modelName', 'modelId', 'model_name'];

/** Models of the library that a local server is asked for. */
const fromLibrary = (finder: Finder, call: Call): void => {
  const { file } = finder;
  const stated = optionOf(file, call, ...modelOptions) ?? (call.args.length > 0 ? call.args[0] : undefined);
  for (const literal of literalsOf(file, call, stated)) {
    const target = libraryTarget(literal.value);
    if (target) add(finder, call, literal, target.to, { via: 'library' });
  }
};

const fromRunner = (finder: Finder, call: Call): void => {
  const { file } = finder;
  const stated = [...call.args, ...['modelUri', 'modelPath', 'uri', 'url'].flatMap((key) => optionOf(file, call, key) ?? [])];
  for (const range of stated.slice(0, 6))
    for (const literal of literalsOf(file, call, range)) {
      const to = runnerModel(literal.value) ?? (call.name.endsWith('HF') ? hubModel(literal)?.to : undefined);
      if (to !== undefined) add(finder, call, literal, to);
    }
};

const fromWebLlm = (finder: Finder, call: Call): void => {
  const { owner, ending } = names.webllm;
  for (const range of call.args.slice(0, 2))
    for (const literal of literalsOf(finder.file, call, range))
      if (literal.value.endsWith(ending) && hubReference(`${owner}/${literal.value}`)) add(finder, call, literal, modelWork(`${owner}/${literal.value}`));
};

/** Functions that fetch what an address leads to. */
const fetching = /^(?:fetch\w*|download\w*|load\w*|create|open|get|URL|importScripts)$/i;

const fromLink = (finder: Finder, call: Call): void => {
  for (const range of call.args.slice(0, 2)) {
    for (const literal of resolveRange(finder.file, range, call.nameToken)) {
      if (!/\/(?:resolve|raw)\//.test(literal.value)) continue;
      const target = linkTarget(literal.value);
      if (target) add(finder, call, literal, target.to, { revision: target.revision });
    }
  }
};

/** Every call of the file that takes a work by an id that can be told. */
export const findLoads = (file: JavaScriptFile): readonly Loaded[] => {
  const finder: Finder = { file, out: [] };
  for (const call of file.calls) {
    const origin = originOf(file, call);
    if (fromTransformers(finder, call, origin)) continue;
    if (names.hub.includes(origin)) fromHub(finder, call);
    else if (names.library.modules.includes(origin) || (/^@?langchain/.test(origin) && names.library.older.includes(call.name))) fromLibrary(finder, call);
    else if (names.llamaCpp.includes(origin)) fromRunner(finder, call);
    else if (names.webllm.modules.includes(origin)) fromWebLlm(finder, call);
    else if (names.inference.includes(origin)) {
      for (const literal of literalsOf(file, call, optionOf(file, call, 'model'))) {
        const target = hubModel(literal);
        if (target) add(finder, call, literal, target.to, { via: 'inference' });
      }
    } else if (fetching.test(call.name)) fromLink(finder, call);
  }
  // Of two loads by one literal the one of the weights counts.
  return finder.out.toSorted((a, b) => Number(a.via === withoutWeights) - Number(b.via === withoutWeights));
};
