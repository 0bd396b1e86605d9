import { isTest, localWork } from '../hub-id.ts';
import { here } from '../types.ts';
import { withoutWeights } from '../via.ts';
import { addFact } from '../draft.ts';
import type { Fact, Role } from '../types.ts';
import { tellEnvironment, variablesBefore } from './containers.ts';
import { argumentsWith, isOn, load, modelsIn, optionsWith, placeIn, publish, relateData, revisionOf, valuesOf, within } from './facts.ts';
import type { Telling, Told } from './facts.ts';
import { dataFiles, fetchedFiles, givenWorks, namedFolders, unpacking } from './given.ts';
import { optionsOf } from './options.ts';
import type { Arguments } from './options.ts';
import type { Program } from './program.ts';
import { resolve, spanWithin } from './resolve.ts';
import type { Argument } from './resolve.ts';
import type { Script } from './statements.ts';
import { flagName, isEvaluatingName, isOtherName, isTrainingName, meaningsOf } from './table.ts';
import type { CommandRow, FlagMeaning } from './table.ts';
import { datasetTarget, linkTarget, modelTarget } from './targets.ts';
import { tellTraining } from './training.ts';

/** `pretrained=org/name,revision=main,trust_remote_code=True` */
const insideOf = (told: Told, row: CommandRow): void => {
  for (const option of told.args.options) {
    if (!row.inside?.flags.includes(option.name)) continue;
    for (const value of option.values.slice(0, 1)) {
      for (const resolved of valuesOf(told, value)) {
        for (const match of resolved.value.matchAll(/(?:^|,)\s*([\w.]+)=([^,]*)/g)) {
          const [, key = '', text = ''] = match;
          if (!row.inside.keys.includes(key)) continue;
          const target = modelTarget(text, true, told.telling.draft.knowledge);
          const start = match.index + match[0].length - text.length;
          if (target) load(told, { ...target, span: spanWithin(resolved, start, start + text.length) }, option.name, false);
        }
      }
    }
  }
};

const links = (told: Told, all: readonly Argument[], via: string): void => {
  for (const argument of all) {
    for (const resolved of valuesOf(told, argument)) {
      const target = linkTarget(resolved.value);
      if (target) load(told, { ...target, span: resolved.span }, via, false);
    }
  }
};

/** What fetches an address, a function of the script for that too. */
const fetching = /(?:^|[_-])(?:wget|curl|aria2c?|axel|download|fetch)(?:$|[_-])/i;

/** An address stands there, or may stand in a name. */
const mayLead = (program: Program, { word }: Argument): boolean =>
  word.parts.some((part) =>
    part.kind === 'text' ? part.text.includes('://') : part.kind === 'variable' && word.parts.length === 1 && fetching.test(program.name),
  );

/** A path of the hub behind a variable, which holds its host or that of a mirror. */
const hubPath = /^\/(?:datasets\/[\w.-]+\/[\w.-]+\/(?:resolve|raw)|[\w.-]+\/[\w.-]+\/resolve)\//;

/** `$HF_ENDPOINT/datasets/owner/name/resolve/...`: wherever the host is set, and whatever to. */
const mirrored = (told: Told, all: readonly Argument[], via: string): void => {
  for (const { word } of all) {
    const [host, path, more] = word.parts;
    if (host?.kind !== 'variable' || path?.kind !== 'text' || more?.kind === 'opaque' || !hubPath.test(path.text)) continue;
    const target = linkTarget(`https://huggingface.co${path.text}`);
    if (target) load(told, { ...target, span: { start: path.start + 1, end: path.end } }, via, false);
  }
};

/** The id that a known command is given. */
const byRow = (told: Told, row: CommandRow): void => {
  const { args, script } = told;
  const flags = args.options.filter((option) => row.flags.includes(option.name));
  const given = [...flags.flatMap((option) => option.values.slice(0, 1)), ...(row.at === null ? [] : args.positional.slice(row.at, row.at + 1))].slice(0, 1);
  if (row.what === 'link') {
    links(told, args.positional, row.run);
    return;
  }
  const type = row.type === undefined ? undefined : args.options.find((option) => option.name === row.type)?.values[0];
  const kind = type ? resolve(script, type).values[0]?.value : undefined;
  if (kind === 'space') return;
  const dataset = kind === 'dataset' || (row.dataIf !== undefined && args.options.some((option) => option.name === row.dataIf));
  for (const argument of given) {
    if (row.does === 'publishes') {
      const from = argument === args.positional[0] && args.positional[1] ? resolve(script, args.positional[1]).values[0] : undefined;
      const local = from ? localWork(from.value) : undefined;
      publish(told, argument, dataset, row.run, local ?? `local:${told.telling.path}#${dataset ? 'outputs' : 'model'}`);
    } else if (dataset) {
      for (const resolved of valuesOf(told, argument)) {
        const target = datasetTarget(resolved.value, row.knownOnly !== true, told.telling.draft.knowledge);
        if (target) load(told, { ...target, span: within(resolved, target) }, row.run, row.revision !== undefined);
      }
    } else
      for (const target of modelsIn(told, argument, row.knownOnly !== true, row.what === 'ollama')) load(told, target, row.run, row.revision !== undefined);
  }
  for (const option of args.options.filter((entry) => row.dataFlags?.includes(entry.name)))
    for (const value of option.values) relateData(told, value, false, here, 'loads', row.run);
  if (row.inside) insideOf(told, row);
};

/** Options that name works beside the one that a command is about. */
const besides = (told: Told): void => {
  for (const { option, value } of argumentsWith(told, 'other', 'adapter', ...(told.role === 'decision' ? [] : (['teacher'] as const))))
    for (const target of modelsIn(told, value, true)) load({ ...told, revision: null, remoteCode: false }, target, option.name, false);
  for (const { option, value } of argumentsWith(told, 'judge'))
    for (const target of modelsIn(told, value, true)) load({ ...told, role: 'evaluation', revision: null, remoteCode: false }, target, option.name, false);
  for (const { value } of argumentsWith(told, 'tokenizer'))
    for (const target of modelsIn(told, value, true)) load({ ...told, revision: null, remoteCode: false }, target, withoutWeights, false);
};

const roleOf = (telling: Telling, program: Program, script: Script, args: Arguments, at: string | null): Role => {
  if (telling.role !== 'decision') return telling.role;
  if (program.row?.does === 'evaluates' || isEvaluatingName(`${program.script ?? ''} ${at ?? ''}`)) return 'evaluation';
  const has = (meaning: FlagMeaning): boolean => args.options.some((option) => meaningsOf(option.name).includes(meaning) && isOn(script, option));
  return has('evaluating') && !has('training') ? 'evaluation' : 'decision';
};

/** Code of whichever repository is given may run: a word that nobody can tell names it. */
const tellOpenCode = ({ telling, role, codeAt, revision, script }: Told, named: readonly Argument[], stated: readonly Fact[]): void => {
  if (codeAt === undefined || revision !== null || role === 'mention' || isTest(telling.path) || named.length === 0) return;
  if (stated.some((fact) => fact.kind === 'relation' && fact.remoteCode && fact.setting === undefined)) return;
  // What can be told and is no repository is a folder.
  if (named.some((argument) => resolve(script, argument).values.length > 0)) return;
  addFact(telling.draft, { kind: 'code-flag', id: telling.draft.idOf('code-flag', '') }, placeIn(telling, codeAt));
};

/** What a command says, once it is known what it runs. `within` is the function that it stands in. */
export const tellProgram = (telling: Telling, script: Script, program: Program, within: string | null): void => {
  const { row } = program;
  const args = optionsOf(program.rest, row?.switches ?? []);
  const revisions = args.options.filter((option) =>
    row?.revision === undefined ? meaningsOf(option.name).includes('revision') : option.name === row.revision,
  );
  const flag = args.options.find((option) => meaningsOf(option.name).includes('remoteCode') && isOn(script, option))?.at.word;
  const told: Told = {
    telling,
    script,
    args,
    row,
    name: program.name,
    role: roleOf(telling, program, script, args, within),
    remoteCode: flag !== undefined,
    codeAt: flag ? { start: flag.start, end: flag.end } : undefined,
    revision: revisionOf(script, revisions),
  };
  const trainsByFlags = args.options.filter((option) => meaningsOf(option.name).includes('training') && isOn(script, option)).length >= 2;
  const trains = row ? row.does === 'trains' : program.script !== null && (isTrainingName(program.script) || (trainsByFlags && !isOtherName(program.script)));
  const own = row?.flags.flatMap((flag) => args.options.filter((option) => option.name === flagName(flag))) ?? [];
  const bases = row
    ? [
        ...own.flatMap((option) => option.values.slice(0, 1).map((value) => ({ value, via: option.name, sure: row.knownOnly !== true }))),
        ...(row.at === null ? [] : args.positional.slice(row.at, row.at + 1).map((value) => ({ value, via: row.run, sure: true }))),
      ]
    : argumentsWith(told, 'base', 'baseIfKnown').map(({ option, value, sure }) => ({ value, via: option.name, sure }));
  const before = telling.draft.facts.length;
  if (program.image) tellEnvironment(telling, script, program.image, variablesBefore(program.before));
  if (trains && told.role === 'decision') tellTraining(told, bases);
  else if (row) byRow(told, row);
  else {
    // Of a program that nobody knows, only options that can name nothing else count.
    const known = program.script !== null;
    for (const { value, via, sure } of bases.filter((base) => known || base.sure))
      for (const target of modelsIn(told, value, sure)) load(told, target, via, false);
    for (const { option, value } of argumentsWith(told, 'teacher')) for (const target of modelsIn(told, value, true)) load(told, target, option.name, false);
    if (known)
      for (const meaning of ['data', 'dataIfKnown'] as const)
        for (const option of optionsWith(told, meaning)) for (const value of option.values) relateData(told, value, false, here, 'loads', option.name);
    for (const { option, value } of argumentsWith(told, 'publish')) publish(told, value, false, option.name, `local:${telling.path}#model`);
  }
  tellOpenCode(
    told,
    bases.map(({ value }) => value),
    telling.draft.facts.slice(before),
  );
  for (const { option, value } of argumentsWith(told, 'publishData')) publish(told, value, true, option.name, `local:${telling.path}#outputs`);
  besides(told);
  if (program.script !== null || trains || program.code !== null) dataFiles(told);
  links(
    told,
    program.rest.filter((argument) => mayLead(program, argument)),
    program.name,
  );
  mirrored(told, program.rest, program.name);
  fetchedFiles(told);
  if (unpacking.test(program.name)) return;
  if (telling.shown !== undefined && row === null && program.script === null) return;
  givenWorks(told);
  const others = argumentsWith(told, 'other', 'teacher');
  namedFolders(
    told,
    [...bases, ...others].map(({ value }) => value),
  );
};
