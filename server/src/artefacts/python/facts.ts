import names from '../../knowledge/data/python-names.json';
import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { resolveStated } from '../../licence/resolve.ts';
import type { Span } from '../../text/span.ts';
import { addressesIn } from '../addresses.ts';
import { addFields } from '../licence-fields.ts';
import { datasetWork, factIds, isTest, modelWork, roleOfPath } from '../hub-id.ts';
import { here } from '../types.ts';
import { codeSlot, communityCode, localLoad, namedColumn, namedSetting, revisionSlot, savedIn } from '../via.ts';
import { byFileName, modelOfFolder } from '../weights-paths.ts';
import type { Anchor, Fact, Role, SettingPlace, WorkId } from '../types.ts';
import { findLoads, findPublished } from './calls.ts';
import type { Loaded } from './calls.ts';
import { namedColumns } from './columns.ts';
import { findCommunityCode, findGivenCode } from './given-code.ts';
import { findLocalData, findLocalModels, findModelFolders } from './local-paths.ts';
import type { Call, PythonFile } from './model.ts';
import { splitList } from './model.ts';
import { findKnownSets } from './known-sets.ts';
import { findNamedData } from './named-data.ts';
import { findNamedModels, findNamedPacks } from './named-models.ts';
import { findNamedSets } from './named-sets.ts';
import { findNamedSources } from './named-sources.ts';
import { findNamedWeights, isSpoken } from './named-weights.ts';
import { enclosing, isEvaluating, symbolsAt } from './outputs.ts';
import { findRegistered } from './registry.ts';
import { findCodeFlags } from './code-flags.ts';
import { codeAt, findTorchHub, flagSpan } from './remote-code.ts';
import { argumentOf, resolveArgument } from './resolve.ts';
import { serviceFacts } from './service-facts.ts';
import { findUploads } from './sinks.ts';
import { standingOf } from './standing.ts';
import type { Standing } from './standing.ts';
import { setupFields } from './setup-fields.ts';
import { findTuned } from './tuned.ts';

export interface PythonFacts {
  readonly facts: readonly Fact[];
  readonly anchors: Readonly<Record<string, Anchor>>;
}

interface Build {
  readonly path: string;
  readonly file: PythonFile;
  readonly knowledge: Knowledge;
  readonly role: Role;
  readonly standing: Standing;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
}

const add = (build: Build, fact: Fact, span: Span): string => {
  build.facts.push(fact);
  build.anchors[fact.id] = { span };
  return fact.id;
};

const relation = (
  build: Build,
  from: WorkId,
  to: WorkId,
  type: RelationType,
  via: string,
  span: Span,
  more: {
    readonly role?: Role;
    readonly revision?: string | null;
    readonly pinnable?: boolean;
    readonly remoteCode?: boolean;
    readonly file?: string | undefined;
    readonly setting?: SettingPlace | undefined;
    /** Whatever holds for its place. */
    readonly preset?: boolean;
    /** That states it, if what it is given stands elsewhere. */
    readonly call?: Call;
  } = {},
): string =>
  add(
    build,
    {
      kind: 'relation',
      id: build.idOf(`${type}:${build.standing.markOf(span, more)}${via}`, more.setting ? `${to}${more.setting.key}` : to),
      from,
      to,
      type,
      role: more.role ?? build.role,
      revision: more.revision ?? null,
      via,
      pinnable: more.pinnable ?? false,
      remoteCode: more.remoteCode ?? false,
      ...(more.file === undefined ? {} : { file: more.file }),
      ...(more.setting === undefined ? {} : { setting: more.setting }),
    },
    span,
  );

const trainers = /^(?:\w*Trainer|train|fit)$/;

/** A script that trains: it makes a trainer or calls `.train()` on one, or is named for it and has an optimiser. */
const trains = (build: Build): boolean => {
  const named = /(?:^|[/_.-])(?:train\w*|finetun\w*|fine_tun\w*|sft|dpo|grpo|lora|pretrain\w*)(?:$|[/_.-])/i.test(build.path.split('/').at(-1) ?? '');
  return (
    build.file.calls.some(
      (call) => (call.name.endsWith('Trainer') && /^[A-Z]/.test(call.name)) || (call.name === 'train' && call.callee.endsWith('rainer.train')),
    ) ||
    (named && build.file.calls.some((call) => trainers.test(call.name) || call.name === 'backward'))
  );
};

/** A folder of the tree has no revision. */
const plainLoad = { type: 'loads', via: localLoad, revision: null, pinnable: false, remoteCode: false, insertAt: null } as const;

const handsOnData = (file: PythonFile): boolean =>
  file.calls.some(({ name, callee }) => name === 'save_to_disk' || (name === 'push_to_hub' && /data|ds\b/i.test(callee)));

/** A notebook among documents that trains a model is run, not read alone: what it keeps of a service's answers, and trains on, it decides. */
const roleOfOutputs = ({ role, path }: Build, training: boolean): Role => (role === 'mention' && training && path.endsWith('.ipynb') ? 'decision' : role);

const addLoads = (build: Build, training: boolean): void => {
  const seen = new Set<string>();
  const known = findLoads(build.file, build.knowledge);
  const fetched = findTorchHub(build.file);
  const loads = [...known, ...findGivenCode(build.file, new Set([...known, ...fetched].map(({ call }) => call)))];
  const folders = findLocalModels(build.file).map((found): Loaded => ({ ...found, ...plainLoad }));
  const model: WorkId = `local:${build.path}#model`;
  for (const { loaded, adapter } of findTuned(build.file, [...loads, ...folders])) {
    const via = loaded.via === localLoad ? localLoad : 'trainer';
    relation(build, model, loaded.to, adapter ? 'adapter' : 'finetune', via, loaded.span, { revision: loaded.revision, setting: loaded.setting });
  }
  const others = [...findRegistered(build.file), ...findNamedSources(build.file, build.knowledge), ...fetched, ...findCommunityCode(build.file)];
  for (const loaded of [...loads, ...others]) {
    const key = `${loaded.to} ${loaded.span.start}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const dataset = loaded.to.includes('/datasets/');
    const evaluating = isEvaluating('', enclosing(build.file, loaded.call));
    const id = relation(build, here, loaded.to, dataset && training ? 'trainedOn' : 'loads', loaded.via, loaded.span, {
      role: build.role === 'decision' && evaluating ? 'evaluation' : build.role,
      revision: loaded.revision,
      pinnable: loaded.pinnable,
      remoteCode: loaded.remoteCode,
      file: loaded.file,
      setting: loaded.setting,
      call: loaded.call,
    });
    if (loaded.pinnable && loaded.revision === null && loaded.insertAt !== null)
      build.anchors[`${id}#revision`] = { span: { start: loaded.insertAt, end: loaded.insertAt } };
    if (loaded.pinnable && loaded.revisionAt) build.anchors[revisionSlot(id)] = { span: loaded.revisionAt };
    if (!loaded.remoteCode || loaded.via === communityCode) continue;
    const flag = flagSpan(build.file, loaded.call);
    if (flag) build.anchors[`${id}#remote-code`] = { span: flag };
    const at = codeAt(build.file, loaded.call);
    if (at) build.anchors[codeSlot(id)] = { span: at };
  }
  // What a script trains on, or hands on, by the names of its columns.
  if ((training || handsOnData(build.file)) && !isEvaluating(build.path, ''))
    for (const { service, model: written, span } of namedColumns(build.file))
      relation(build, `local:${build.path}#columns`, `service:${service}/${written}`, 'generatedBy', namedColumn, span);
  if (training)
    for (const data of findLocalData(build.file)) relation(build, model, data.to, 'trainedOn', data.via, data.span, { role: roleOfOutputs(build, training) });
  if (training || loads.length + folders.length > 0)
    for (const { to, span } of findModelFolders(build.file)) relation(build, to, model, 'copiedFrom', savedIn, span, { role: 'mention' });
  addCodeFlags(build, loads);
  for (const { to, span, call } of folders) {
    const evaluating = isEvaluating('', enclosing(build.file, call));
    const role = build.role === 'decision' && evaluating ? 'evaluation' : build.role;
    relation(build, here, to, 'loads', localLoad, span, { role });
    const named = modelOfFolder(to.replace(/^local:/, './'), build.knowledge);
    if (named !== undefined) relation(build, here, named, 'loads', byFileName, span, { role });
  }
};

/** Models that only the names of settings tell: after all other readers. */
const addNamedModels = (build: Build): void => {
  const taken = new Set(Object.values(build.anchors).map(({ span }) => span.start));
  for (const { to, via, span, evaluating } of findNamedModels(build.file, build.knowledge, taken))
    relation(build, here, to, 'loads', via, span, { role: build.role === 'decision' && evaluating ? 'evaluation' : build.role, preset: true });
};

/** Code that may run of whichever repository a script is given. */
const addCodeFlags = (build: Build, told: readonly Loaded[]): void => {
  if (build.role === 'mention' || isTest(build.path)) return;
  const calls = new Set(told.map(({ call }) => call));
  for (const span of findCodeFlags(build.file, calls, build.standing.presets)) add(build, { kind: 'code-flag', id: build.idOf('code-flag', '') }, span);
};

/** Weights that only the name of their file tells. */
const addNamedWeights = (build: Build): void => {
  for (const { to, span, within } of findNamedWeights(build.file, build.knowledge)) {
    const evaluating = isEvaluating('', within);
    relation(build, here, to, 'loads', byFileName, span, { role: build.role === 'decision' && evaluating ? 'evaluation' : build.role });
  }
};

/** Works whose files a table or a constant has the addresses of: whoever runs the program picks. */
const addAddresses = (build: Build): void => {
  const taken = new Set(Object.values(build.anchors).map(({ span }) => span.start));
  const strings = build.file.strings.flatMap((at) => {
    const token = build.file.tokens[at];
    return token?.text.includes('://') === true ? [{ ...token, at }] : [];
  });
  for (const { to, via, revision, token } of addressesIn(strings, build.knowledge, taken)) {
    const { at } = token;
    if (isSpoken(build.file, at)) continue;
    const evaluating = isEvaluating(build.path, symbolsAt(build.file, at));
    const role = build.role === 'decision' && evaluating ? 'evaluation' : build.role;
    relation(build, here, to, 'loads', via, { start: token.innerStart, end: token.innerEnd }, { role, revision, preset: true });
  }
};

/** Data that only the name of their file tells, or of a setting, and those that a library has built in: whoever calls it has them already, or is asked for an account. */
const addNamedData = (build: Build): void => {
  for (const { to, span, within, via } of findNamedData(build.file, build.knowledge))
    if (!isEvaluating(build.path, within)) relation(build, here, to, 'loads', via, span, { preset: via !== byFileName });
  for (const { to, span, call, within } of findKnownSets(build.file, build.knowledge))
    if (!isEvaluating(build.path, within)) relation(build, here, to, 'loads', call.name, span, { call, preset: true });
  const taken = new Set(Object.values(build.anchors).map(({ span }) => span.start));
  for (const { to, span, within } of findNamedSets(build.file, build.knowledge, taken))
    if (!isEvaluating(build.path, within)) relation(build, here, to, 'loads', namedSetting, span, { preset: true });
};

const addPublished = (build: Build): void => {
  for (const { id, dataset, span, call } of findPublished(build.file)) {
    if (build.standing.isUnreached(call)) continue;
    const from: WorkId = `local:${build.path}#${dataset ? 'outputs' : 'model'}`;
    relation(build, from, dataset ? datasetWork(id) : modelWork(id), 'publishes', 'push_to_hub', span);
    if (!dataset) add(build, { kind: 'name', id: build.idOf('name', id), work: from, name: id.split('/')[1] ?? id, via: 'hub-id' }, span);
  }
  for (const { from, to, span, call } of findUploads(build.file))
    if (!build.standing.isUnreached(call)) relation(build, from ?? `local:${build.path}#outputs`, to, 'publishes', 'upload', span);
};

interface NamedWork {
  readonly call: string;
  readonly module: string;
  readonly values: readonly string[];
  /** What is taken where nothing is asked for. */
  readonly default: string;
  /** What stands for a name that cannot be told. */
  readonly other: string;
  readonly work: string;
  readonly licences: readonly string[];
}

/** It is that module's, as far as imports tell: others have classes of the same name. */
const isOfModule = (file: PythonFile, call: Call, module: string): boolean => {
  const head = call.callee.split('.')[0] ?? '';
  const origin = file.imports.get(head);
  return origin === undefined ? head === call.name || head === module : origin.split('.').includes(module);
};

const addPack = (build: Build, { work: named, licences }: NamedWork, value: string, via: string, span: Span): void => {
  const work = named.replace('{value}', value);
  // What a library brings along whatever it is asked for, its users did not choose.
  relation(build, here, work, 'loads', via, span, { preset: via === namedSetting || licences.length === 0 });
  if (licences.length === 0) return;
  const id = build.idOf('licence', work);
  build.facts.push({
    kind: 'licence',
    id,
    work,
    scope: 'weights',
    speaker: 'licensor',
    evidence: 'catalogue',
    stated: licences.join(' AND '),
    licences,
    choice: false,
    via: 'weights',
    problem: null,
  });
  build.anchors[id] = { span };
};

/** Calls that download works by a short name of their own, such as face analysis packs. */
const addNamed = (build: Build): void => {
  for (const row of names.rows as readonly NamedWork[]) {
    for (const call of build.file.calls) {
      if (call.name !== row.call || !isOfModule(build.file, call, row.module)) continue;
      const argument = argumentOf(call, 0, 'name');
      const literal = resolveArgument(build.file, call, argument);
      const token = build.file.tokens[call.nameToken];
      const value = literal?.value ?? (argument ? row.other : row.default);
      if (literal && !row.values.includes(value)) continue;
      const span = literal?.span ?? { start: token?.start ?? 0, end: token?.end ?? 0 };
      addPack(build, row, value, call.name, span);
    }
    const taken = new Set(Object.values(build.anchors).map(({ span }) => span.start));
    for (const { value, span } of findNamedPacks(build.file, row.values, row.module))
      if (!taken.has(span.start)) addPack(build, row, value, namedSetting, span);
  }
};

/** setup.py: `license=` and licence classifiers. */
const addSetup = (build: Build): void => {
  const { file } = build;
  for (const call of file.calls.filter((entry) => entry.name === 'setup')) {
    const licence = (stated: string, span: Span, via: 'manifest' | 'classifier'): void => {
      const { licences, choice, problem } = resolveStated(stated, 'free', build.knowledge);
      add(
        build,
        {
          kind: 'licence',
          id: build.idOf(via, stated),
          work: here,
          scope: 'code',
          speaker: 'licensor',
          evidence: 'declared',
          stated,
          licences,
          choice,
          via,
          problem: problem?.code === 'ambiguous' ? problem : null,
        },
        span,
      );
    };
    addFields(build, setupFields(file, call), build.path);
    const stated = resolveArgument(file, call, argumentOf(call, -1, 'license', 'licence'));
    if (stated?.whole && stated.value.length <= 120) licence(stated.value, stated.span, 'manifest');
    const list = argumentOf(call, -1, 'classifiers')?.value;
    const close = list ? (file.partner[list.from] ?? -1) : -1;
    for (const item of list && close > 0 ? splitList(file.tokens, file.partner, list.from, close) : []) {
      const token = file.tokens[item.from];
      if (token?.kind === 'string' && token.text.startsWith('License ::')) licence(token.text, { start: token.innerStart, end: token.innerEnd }, 'classifier');
    }
  }
};

/** All that one Python text states. `prefix` keeps the ids of several texts of one file apart. */
export const pythonFacts = (path: string, file: PythonFile, knowledge: Knowledge, prefix: string): PythonFacts => {
  const build: Build = {
    path,
    file,
    knowledge,
    role: roleOfPath(path),
    standing: standingOf(file),
    facts: [],
    anchors: {},
    idOf: factIds(prefix),
  };
  const training = trains(build);
  addLoads(build, training);
  addPublished(build);
  serviceFacts({
    ...build,
    role: roleOfOutputs(build, training),
    add: (fact, span) => void add(build, fact, span),
    slot: (name, span) => void (build.anchors[name] = { span }),
    relate: (from, to, type, via, span, role, setting) => void relation(build, from, to, type, via, span, { role, setting }),
  });
  addNamed(build);
  addNamedWeights(build);
  addAddresses(build);
  addNamedModels(build);
  addNamedData(build);
  if (/(?:^|\/)setup\.py$/.test(path)) addSetup(build);
  return { facts: build.facts, anchors: build.anchors };
};
