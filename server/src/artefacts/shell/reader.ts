import { limits } from '../../text/limits.ts';
import { addProblems, draftOf, limitHit, onlyHead, readingOf } from '../draft.ts';
import { tellModelfile } from '../modelfile.ts';
import type { ReadProblem, Reader, Reading } from '../types.ts';
import { quotedCommands, tellCode, tellInput } from './embedded.ts';
import { fallbacksIn } from './fallbacks.ts';
import { placeIn, tellingOf } from './facts.ts';
import type { Telling } from './facts.ts';
import { mayGiveWorks } from './given.ts';
import { mayHandOn, settingsFor, tellHandedOn } from './handed-on.ts';
import { programOfCommand } from './program.ts';
import { justRecipes, makeRecipes } from './recipes.ts';
import { readScript } from './script.ts';
import type { Command, Definition, Script } from './statements.ts';

import { tellProgram } from './tell.ts';
import type { ShellText } from './yaml-text.ts';

const limitsHit = ({ hit, looks }: Script): readonly ReadProblem[] =>
  [...hit, ...(looks.left < 0 ? ['more names of shell than are followed'] : [])].map(limitHit);

/** What of a script was not read: asked for once all of it that counts was. */
export const tellLimits = ({ draft }: Telling, script: Script): void => addProblems(draft, limitsHit(script));

/** Commands inside the quotes of commands that are followed: there are no more kinds of quotes. */
const maximumNesting = 3;

/** What one command says. */
export const tellCommand = (
  telling: Telling,
  text: string,
  script: Script,
  command: Command,
  program = programOfCommand(script, command),
  nesting = 0,
): void => {
  if (!program && nesting < maximumNesting)
    for (const { code, span } of quotedCommands(text, script, command)) {
      const given = [...script.definitionsOf.values()].flat();
      script.looks.left -= given.length;
      const inner = readScript(code, span.start, span.end, given);
      for (const each of inner.commands) tellCommand(telling, code, inner, each, undefined, nesting + 1);
      tellLimits(telling, inner);
    }
  if (program?.code && program.code !== 'input') tellCode(telling, text, program.code);
  else if (program && !program.code) tellProgram(telling, script, program, command.within);
  if (command.input)
    tellInput(telling, script, command, text, program?.code === 'input', (path, span) => {
      if (!/(?:^|[/._-])modelfile/i.test(path)) return false;
      tellModelfile(telling, text, span);
      return true;
    });
};

/** Reads a text of shell, or what is left of a file when all but its shell is blanked. */
export const tellShell = (telling: Telling, { code, start, end }: ShellText, definitions: readonly Definition[] = []): void => {
  const script = readScript(code, start, end, definitions);
  for (const span of fallbacksIn(script)) telling.presets.push(placeIn(telling, span).span);
  for (const command of script.commands) {
    if (telling.draft.facts.length > limits.factsPerFile) break;
    tellCommand(telling, code, script, command);
  }
  tellLimits(telling, script);
};

const isMake = (name: string): boolean => /^(?:gnu)?makefile(?:\.(?!py$|md$|txt$|ya?ml$|json$)\w+)?$|\.mk$/.test(name);
const isJust = (name: string): boolean => /^\.?justfile$|\.just$/.test(name);

/** Shell scripts, and the recipes of make and just: models and data that are downloaded, served, trained on, evaluated and published. */
export const shellReader: Reader = {
  id: 'shell',
  version: 6,
  matches: (_path, name) => /\.(?:sh|bash|zsh|slurm|sbatch|pbs|lsf)$/.test(name) || isMake(name) || isJust(name),
  wants: 'text',
  maximum: limits.shellBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    const draft = draftOf('shell', path, knowledge);
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const recipes = isMake(name) ? makeRecipes(text) : isJust(name) ? justRecipes(text) : undefined;
    const plain = recipes === undefined;
    const hands = plain && mayHandOn(text);
    if (!mayGiveWorks(text, knowledge) && !hands) return readingOf(draft);
    const telling: Telling = { ...tellingOf(draft, path), ...(plain ? { settings: settingsFor } : {}) };
    if (hands) {
      const script = readScript(text);
      tellHandedOn(telling, script);
      tellLimits(telling, script);
    }
    tellShell(telling, { code: recipes?.text ?? text, start: 0, end: text.length }, recipes?.definitions);
    return readingOf(draft, size > limits.shellBytes ? [onlyHead(limits.shellBytes)] : []);
  },
};
