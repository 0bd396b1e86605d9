import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { helperAsks, helperUse, perhapsKept, rewritten, someDataset } from '../via.ts';
import type { Fact, Role, SettingPlace, WorkId } from '../types.ts';
import { none } from './flow-state.ts';
import type { Labels } from './flow-state.ts';
import { flowOf } from './flow.ts';
import type { Flow } from './flow.ts';
import { importedName } from './names.ts';
import type { ImportedName } from './names.ts';
import { signsOf } from './collecting.ts';
import type { Sign } from './collecting.ts';
import { findReads } from './local-paths.ts';
import type { LocalPath } from './local-paths.ts';
import type { Call, PythonFile } from './model.ts';
import { enclosing, enough, evidenceOf, isApplication, isEvaluating } from './outputs.ts';
import type { Evidence } from './outputs.ts';
import { serviceIndex } from './service-index.ts';
import { findServiceCalls } from './services.ts';
import type { ServiceCall } from './services.ts';
import { findSinks, writtenTo } from './sinks.ts';
import type { Sink } from './sinks.ts';

export interface ServiceFactsInput {
  readonly path: string;
  readonly file: PythonFile;
  readonly knowledge: Knowledge;
  readonly role: Role;
  readonly idOf: (kind: string, content: string) => string;
  readonly add: (fact: Fact, span: Span) => void;
  /** A place that findings name beside that of a fact. */
  readonly slot: (name: string, span: Span) => void;
  readonly relate: (from: WorkId, to: WorkId, type: RelationType, via: string, span: Span, role: Role, setting?: SettingPlace) => void;
}

/** First parts of modules that come with Python or with the usual tools: none lies in the tree. */
const foreign = new Set(
  'abc argparse ast asyncio base64 collections concurrent copy csv dataclasses datetime enum functools gc glob gzip hashlib heapq html http inspect io itertools json jsonlines logging math multiprocessing operator os pathlib pickle platform pprint queue random re shutil signal socket statistics string struct subprocess sys tempfile textwrap threading time traceback typing unicodedata urllib uuid warnings zipfile aiofiles aiohttp backoff bs4 click cv2 datasets dotenv faiss fire httpx huggingface_hub hydra joblib jinja2 librosa loguru lxml matplotlib nltk numpy omegaconf orjson pandas peft PIL pydantic pyarrow ray requests rich rouge_score scipy sentence_transformers sentencepiece sklearn spacy srsly tenacity termcolor tiktoken tokenizers torch tqdm transformers trl vllm wandb yaml'.split(
    ' ',
  ),
);

/** Words of modules and functions that ask a model for something. */
const asks = /llm|gpt|chat|complet|generat|(?:^|_)ask|quer|prompt|respon|infer|(?:^|_)api|client|agent|(?:^|_)call(?!back)|teacher|distil|reason(?!able)/i;

/** Classes of what is said, and of how. */
const said =
  /(?:Message|Request|Response|Config|Error|Exception|Type|Args|Arguments|Params|Schema|Options|Settings|Result|Event|Prompt|Template|Role|Content|Usage)s?$/;

const sounds = (module: string, name: string): boolean => (asks.test(module.split('/').at(-1) ?? '') || asks.test(name)) && !said.test(name);

const labelOf = (index: number): Labels => 1n << BigInt(index);

interface Search extends ServiceFactsInput {
  readonly sinks: readonly Sink[];
  readonly flow: Flow;
  readonly evidence: Evidence;
  /** What reaches each of them, once somebody asked. */
  readonly reached: Map<Sink, Labels>;
  /** Bit of the first file that is read. */
  readonly firstRead: number;
  /** Sinks of which it is told what they are for. */
  readonly used: Set<Sink>;
}

const nameSpan = (file: PythonFile, call: Call): Span => {
  const token = file.tokens[call.nameToken];
  return { start: token?.start ?? 0, end: token?.end ?? 0 };
};

/** As many places as one call is said to reach. */
const placed = <T>(file: PythonFile, places: readonly T[]): readonly T[] => {
  if (places.length > limits.pythonPlaces) file.hit.add(`more than ${limits.pythonPlaces} places that one call reaches`);
  return places.slice(0, limits.pythonPlaces);
};

const reachedOf = ({ flow, reached }: Search, sink: Sink): Labels => {
  const known = reached.get(sink);
  if (known !== undefined) return known;
  const labels = writtenTo(flow, sink);
  reached.set(sink, labels);
  return labels;
};

/** Functions and classes of the file that others can import and whose results hold a label, by the name that an import gives them. */
const askingFunctions = ({ file, flow }: Search, label: Labels): readonly string[] => {
  const out = new Set<string>();
  for (const [index, scope] of file.scopes.entries()) {
    const parent = file.scopes[scope.parent];
    if (scope.kind === 'def' && scope.parent === 0 && (flow.returned(index) & label) !== none) out.add(scope.name);
    // An object of a class that asks is taken for what its methods answer.
    if (scope.kind === 'def' && parent?.kind === 'class' && parent.parent === 0 && (flow.returned(index) & label) !== none) out.add(parent.name);
    if (scope.kind === 'class' && scope.parent === 0 && (flow.held(flow.names.familyOf(index)) & label) !== none) out.add(scope.name);
  }
  return placed(file, [...out]);
};

/** Sinks that a label reaches and that keep data, for which that many signs speak. */
const keepersOf = (search: Search, label: Labels, symbols: string, signs: number): readonly Sink[] =>
  placed(
    search.file,
    search.sinks.filter((sink) => (reachedOf(search, sink) & label) !== none && search.evidence.of(sink, symbols) >= signs),
  );

/** Where outputs may be kept: a place that they reach with one sign of data, or places of which much speaks for data and nothing tells what they are. */
const perhapsOf = (search: Search, label: Labels, symbols: string): readonly Sink[] => {
  const reached = keepersOf(search, label, symbols, 1);
  if (reached.length > 0) return reached;
  return search.sinks.filter((sink) => search.evidence.file >= enough && search.evidence.of(sink, symbols) > enough).slice(0, 1);
};

/** What is handed on or trained on in memory is one work, what goes into files of unknown names another. */
const workOf = ({ path }: Search, sink: Sink): WorkId =>
  sink.kind === 'hub' || sink.kind === 'training' ? `local:${path}#outputs` : (sink.to ?? `local:${path}#files`);

const judges = ({ file, path, role }: ServiceFactsInput, { call }: ServiceCall): boolean =>
  role === 'evaluation' || isEvaluating(path, `${enclosing(file, call)} ${call.assigned ?? ''} ${call.callee.replaceAll('.', ' ')}`);

const say = ({ add, idOf, slot }: ServiceFactsInput, { work, service, model, span }: ServiceCall, role: Role, signs: readonly Sign[] = []): void => {
  if (service === null) return;
  const id = idOf('call', work);
  add({ kind: 'call', id, service, model, role, ...(signs.length > 0 ? { signs: signs.map(({ sign }) => sign) } : {}) }, span);
  for (const { sign, span: at } of signs) slot(`${id}#${sign}`, at);
};

const addCall = (search: Search, calls: readonly ServiceCall[], label: Labels): void => {
  const [one] = calls;
  if (!one) return;
  if (judges(search, one)) return say(search, one, 'evaluation');
  const symbols = enclosing(search.file, one.call);
  const keepers = keepersOf(search, label, symbols, enough);
  const perhaps = keepers.length === 0 ? perhapsOf(search, label, symbols) : [];
  const functions = askingFunctions(search, label);
  const collects = keepers.length > 0 || functions.length > 0;
  const signs = collects
    ? signsOf(
        search.flow,
        calls.map(({ call }) => call),
        label,
      )
    : [];
  say(search, one, keepers.length > 0 ? 'decision' : 'mention', signs);
  for (const work of new Set(keepers.map((sink) => workOf(search, sink))))
    search.relate(work, one.work, 'generatedBy', 'api-call', one.span, 'decision', one.setting);
  for (const work of new Set(perhaps.map((sink) => workOf(search, sink))))
    search.relate(work, one.work, 'generatedBy', perhapsKept, one.span, 'decision', one.setting);
  for (const name of functions) search.relate(`local:${search.path}#${name}`, one.work, 'generatedBy', helperAsks, one.span, 'mention', one.setting);
  for (const sink of keepers) addUse(search, sink);
};

/** What is done with outputs beside keeping them: a model is trained on them, or they go to the hub under an id that cannot be told. */
const addUse = (search: Search, sink: Sink): void => {
  if (search.used.has(sink)) return;
  search.used.add(sink);
  const outputs: WorkId = `local:${search.path}#outputs`;
  if (sink.kind === 'training') search.relate(`local:${search.path}#model`, outputs, 'trainedOn', sink.call.name, sink.span, 'decision');
  if (sink.kind === 'hub' && sink.to === null) search.relate(outputs, someDataset, 'publishes', sink.call.name, sink.span, 'decision');
};

/** Data kept here that a function of another file may have asked a service for, and functions here that hand on what such a one answers. */
const addImported = (search: Search): void => {
  const { file, path, flow } = search;
  for (const { module, name, label, call } of flow.imported) {
    const symbols = enclosing(file, call);
    if (isEvaluating(path, symbols)) continue;
    const target: WorkId = `local:${module}.py#${name}`;
    const keepers = keepersOf(search, label, symbols, enough);
    for (const work of new Set(keepers.map((sink) => workOf(search, sink))))
      search.relate(work, target, 'generatedBy', helperUse, nameSpan(file, call), 'decision');
    for (const sink of keepers) if (sink.kind === 'training') addUse(search, sink);
    const through = keepers.length > 0 ? [] : askingFunctions(search, label);
    for (const one of through) search.relate(`local:${path}#${one}`, target, 'generatedBy', helperAsks, nameSpan(file, call), 'mention');
  }
};

/** Files that are written from what is read of others. */
const addRewritten = (search: Search, reads: readonly LocalPath[]): void => {
  for (const sink of search.sinks) {
    const into: WorkId | null = sink.kind === 'hub' || sink.kind === 'training' ? `local:${search.path}#outputs` : sink.to;
    if (into === null) continue;
    const reached = reachedOf(search, sink);
    for (const [index, { to, span }] of reads.entries())
      if (to !== into && (reached & labelOf(search.firstRead + index)) !== none) search.relate(into, to, 'copiedFrom', rewritten, span, 'mention');
  }
};

/** A function or class of another module that may ask is called by its name. */
const importsAsking = (file: PythonFile, mayAsk: (name: ImportedName) => boolean): boolean => {
  const seen = new Set<string>();
  return file.calls.some(({ callee }) => {
    if (seen.has(callee)) return false;
    seen.add(callee);
    const found = callee.includes('(') ? undefined : importedName(file, callee);
    return found !== undefined && mayAsk(found);
  });
};

/** Calls of services, and where their outputs go: kept as data, handed to other files, or only shown, judged or tested. */
export const serviceFacts = (input: ServiceFactsInput): void => {
  const { file, path, knowledge } = input;
  const calls = findServiceCalls(file, knowledge);
  const silent = isApplication(file);
  const { roots: asked } = serviceIndex(knowledge);
  const mayAsk = ({ module, name, relative }: ImportedName): boolean => {
    const [top = ''] = module.split('/');
    return sounds(module, name) && (relative || !(foreign.has(top) || asked.has(top)));
  };
  // Several calls may name their model in one place: they are one statement of the file.
  const groups = new Map<string, ServiceCall[]>();
  for (const one of calls) {
    const key = `${one.work} ${one.span.start}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else if (groups.size < limits.pythonCalls) groups.set(key, [one]);
    else file.hit.add(`more than ${limits.pythonCalls} calls of services`);
  }
  const named = [...groups.values()].flatMap(([first]) => first ?? []);
  if (input.role !== 'decision' || silent || (named.length > 0 && named.every((one) => judges(input, one)))) {
    for (const one of named) say(input, one, judges(input, one) ? 'evaluation' : 'mention');
    return;
  }
  // Each call, file that is written and file that is read has a bit of its own, in that order.
  const sinks = findSinks(file, groups.size);
  const all = findReads(file);
  if (all.length > limits.pythonFiles) file.hit.add(`more than ${limits.pythonFiles} files that are read`);
  const reads = all.slice(0, limits.pythonFiles);
  const firstRead = groups.size + sinks.filter((sink) => sink.handle >= 0).length;
  const rewrites = reads.length > 0 && sinks.some((sink) => sink.to !== null || sink.kind === 'hub');
  // Without a call here, another file of the tree may make it: one of its names will tell.
  if (calls.length === 0 && !rewrites && !importsAsking(file, mayAsk)) return;
  const sources = new Map<number, Labels>();
  const label = (at: number, bit: number): void => void sources.set(at, (sources.get(at) ?? none) | labelOf(bit));
  for (const [index, group] of [...groups.values()].entries()) for (const { call } of group) label(call.nameToken, index);
  for (const sink of sinks) if (sink.handle >= 0) label(sink.call.nameToken, sink.handle);
  for (const [index, { call }] of reads.entries()) label(call.nameToken, firstRead + index);
  const flow = flowOf(file, {
    sources,
    handles: sinks.reduce((all, sink) => (sink.handle >= 0 ? all | labelOf(sink.handle) : all), none),
    firstFree: firstRead + reads.length,
    mayAsk,
  });
  const search: Search = { ...input, sinks, flow, evidence: evidenceOf(file, path, sinks), reached: new Map(), firstRead, used: new Set() };
  for (const [index, group] of [...groups.values()].entries()) addCall(search, group, labelOf(index));
  addImported(search);
  if (rewrites) addRewritten(search, reads);
};
