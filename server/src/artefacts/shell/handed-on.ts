import { limits } from '../../text/limits.ts';
import { addFact, addProblems, moreThan } from '../draft.ts';
import type { SettingPlace } from '../types.ts';
import { callers, runMark } from '../via.ts';
import { placeIn } from './facts.ts';
import type { Telling } from './facts.ts';
import { resolve } from './resolve.ts';
import type { Argument, Resolved } from './resolve.ts';
import type { Command, Definition, Script } from './statements.ts';
import { datasetTarget, modelTarget } from './targets.ts';
import { literalOf } from './words.ts';
import type { Word } from './words.ts';

/** Names followed one behind the other. */
const maximumSteps = 5;

/** A text of shell that may set a name for another: a name of two parts behind an equals sign, or behind a script that is run. */
export const mayHandOn = (text: string): boolean =>
  /(?:^|[\s;])[A-Za-z_]\w{0,60}=["']?[\w.-]{2,96}\/[\w.-]{2,96}["']?(?=[\s;#\\]|$)|\.(?:sh|bash)["']?[ \t]+["']?[\w.-]{2,96}\/[\w.-]{2,96}/.test(text);

const isScript = (path: string): boolean => /^[\w./-]{1,200}\.(?:sh|bash|env)$/.test(path);

/** `. ./env.sh`, and `$(dirname "$0")/env.sh`, which is the one beside the script. */
const pathOf = (word: Word | undefined): string | undefined => {
  const literal = literalOf(word);
  if (literal !== undefined) return isScript(literal) ? literal : undefined;
  const [head, tail, more] = word?.parts ?? [];
  if (!head || head.kind === 'text' || tail?.kind !== 'text' || more !== undefined || !tail.text.startsWith('/')) return undefined;
  const beside = head.kind === 'opaque' || /dir|here|path|folder|root|home/i.test(head.name);
  return beside && isScript(tail.text.slice(1)) ? tail.text.slice(1) : undefined;
};

const isSource = (command: Command): boolean => ['source', '.'].includes(literalOf(command.words[0]) ?? '');

/** Scripts that this one reads before a place, the last first: what they set, it has. */
const sourcesOf = (script: Script, at: number): readonly string[] => {
  const all = script.commands
    .filter((command) => command.at < at && command.within === null && isSource(command))
    .flatMap((command) => pathOf(command.words[1]) ?? [])
    .toReversed();
  if (all.length > limits.shellSources) script.hit.add(`more than ${limits.shellSources} scripts that it reads`);
  return all.slice(0, limits.shellSources);
};

/** The name that a word stands for, where nothing in this script sets it: another script may. */
const unsetName = (script: Script, { word, site }: Argument, steps = 0): string | undefined => {
  const [part, more] = word.parts;
  if (part?.kind !== 'variable' || more !== undefined || part.fallback !== null || part.index !== null || steps > maximumSteps) return undefined;
  if (/^[1-9]$/.test(part.name)) return site.within === null ? part.name : undefined;
  if (!/^[A-Za-z_]\w*$/.test(part.name)) return undefined;
  const all = script.definitionsOf.get(part.name) ?? [];
  const [only, second] = all;
  if (!only) return part.name;
  const [value, another] = only.values;
  if (second || !value || another || only.append || only.within !== null || only.blocks.length > 0 || only.at > site.at) return undefined;
  return unsetName(script, { word: value, site: only }, steps + 1);
};

/** Places where other scripts may set what a word stands for. */
export const settingsFor = (script: Script, argument: Argument): readonly SettingPlace[] => {
  const key = unsetName(script, argument);
  if (key === undefined) return [];
  const sources = /^\d$/.test(key) ? [] : sourcesOf(script, argument.site.at);
  return [...sources, callers].map((file) => ({ file, key }));
};

/** A text that is the id of a work by its looks: no folder, no file. */
const namesWork = (telling: Telling, { value }: Resolved): boolean =>
  modelTarget(value, true, telling.draft.knowledge) !== undefined || datasetTarget(value, true, telling.draft.knowledge) !== undefined;

const stateSetting = (telling: Telling, key: string, resolved: Resolved | undefined): void => {
  if (resolved === undefined || !namesWork(telling, resolved)) return;
  addFact(telling.draft, { kind: 'setting', id: telling.draft.idOf('setting', key), key, value: resolved.value }, placeIn(telling, resolved.span));
};

/** The one value of a word, where there is no other. */
const onlyOf = (script: Script, word: Word, site: Command | Definition): Resolved | undefined => {
  const { values, open } = resolve(script, { word, site });
  return open || values.length !== 1 ? undefined : values[0];
};

/** Names that are marked to be seen by what a script runs. */
const exportedBy = (script: Script): ReadonlySet<string> =>
  new Set(
    script.commands.flatMap(({ words }) =>
      literalOf(words[0]) === 'export' ? words.slice(1).flatMap((word) => /^[A-Za-z_]\w*/.exec(literalOf(word) ?? textHead(word))?.[0] ?? []) : [],
    ),
  );

const textHead = (word: Word): string => {
  const [head] = word.parts;
  return head?.kind === 'text' ? head.text : '';
};

/** A script that a command runs, with the words that it is given. */
const runOf = (command: Command): { readonly path: string; readonly given: readonly Word[] } | undefined => {
  const first = literalOf(command.words[0]) ?? '';
  const shell = /^(?:bash|sh|zsh|source|\.)$/.test(first);
  const at = shell ? command.words.findIndex((word, index) => index > 0 && !(literalOf(word) ?? '').startsWith('-')) : 0;
  const path = pathOf(command.words[at]);
  return path === undefined ? undefined : { path, given: command.words.slice(at + 1) };
};

const sureBefore = (script: Script, name: string, command: Command): Definition | undefined =>
  (script.definitionsOf.get(name) ?? []).findLast(
    (definition) => definition.at < command.at && definition.within === null && definition.blocks.length === 0 && !definition.append,
  );

/** What this script sets for others: for those that read it, and for those that it runs. */
export const tellHandedOn = (telling: Telling, script: Script): void => {
  let names = 0;
  for (const [name, all] of script.definitionsOf) {
    const last = all.at(-1);
    const [value, more] = last?.values ?? [];
    if (!last || !value || more || last.list || last.append || last.within !== null || last.blocks.length > 0) continue;
    names += 1;
    if (names > limits.shellHanded) break;
    stateSetting(telling, name, onlyOf(script, value, last));
  }
  const exported = exportedBy(script);
  let runs = 0;
  for (const command of script.commands) {
    const run = runOf(command);
    if (!run) continue;
    runs += 1;
    if (runs > limits.shellHanded) break;
    const key = (name: string): string => `${runMark}${run.path}${runMark}${name}`;
    for (const [at, word] of run.given.slice(0, 9).entries()) stateSetting(telling, key(`${at + 1}`), onlyOf(script, word, command));
    const handed = isSource(command) ? [...script.definitionsOf.keys()] : [...exported];
    if (handed.length > limits.shellHanded) names = handed.length;
    for (const own of command.environment) if (own.values[0]) stateSetting(telling, key(own.name), onlyOf(script, own.values[0], command));
    for (const name of handed.slice(0, limits.shellHanded)) {
      if (command.environment.some((own) => own.name === name)) continue;
      const definition = sureBefore(script, name, command);
      if (definition?.values.length === 1 && definition.values[0]) stateSetting(telling, key(name), onlyOf(script, definition.values[0], definition));
    }
  }
  if (names > limits.shellHanded) addProblems(telling.draft, [moreThan(limits.shellHanded, 'names that are set for other scripts')]);
  if (runs > limits.shellHanded) addProblems(telling.draft, [moreThan(limits.shellHanded, 'scripts that are run')]);
};
