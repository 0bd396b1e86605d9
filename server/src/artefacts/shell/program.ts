import { argumentsOf, mayLook, roughly } from './resolve.ts';
import type { Argument } from './resolve.ts';
import type { Command, Script } from './statements.ts';
import { imageOf, isProgram, isWrapper, launchers, prints, rowOf, rowOfModule, rowOfRun, scriptModules } from './table.ts';
import type { CommandRow, ImageRow } from './table.ts';

/** What a command runs. */
export interface Program {
  /** The tool's command, where it is a known one. */
  readonly row: CommandRow | null;
  /** The path or module of the script that is run. */
  readonly script: string | null;
  readonly name: string;
  readonly rest: readonly Argument[];
  /** Code that Python is given in place of a script; `input`: what is fed to it. */
  readonly code: Argument | 'input' | null;
  readonly image: ImageRow | null;
  /** Arguments in front of the image: its environment stands there. */
  readonly before: readonly Argument[];
}

/** Words behind a wrapper among which the program is looked for: what is run with more options than that is not known. */
const maximumSkipped = 400;

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The words of a command from one of them on; what each is, is found out when it is asked for. */
interface Words {
  readonly script: Script;
  readonly args: readonly Argument[];
  readonly known: Map<Argument, string>;
}

const textAt = ({ script, args, known }: Words, at: number): string => {
  const argument = args[at];
  if (!argument) return '';
  const text = known.get(argument) ?? roughly(script, argument);
  known.set(argument, text);
  return text;
};

/** Commands of known tools have up to three words behind the first. */
const rowAt = (words: Words, at: number, first: string): CommandRow | undefined => rowOf([first, ...[1, 2, 3].map((next) => textAt(words, at + next))]);

const from = (words: Words, at: number): Words => ({ ...words, args: words.args.slice(at) });

const plain = { row: null, script: null, code: null, image: null, before: [] };

/** What an interpreter or a launcher runs: `-m module`, `-c code`, or the first file of Python. */
const launched = (words: Words, start: number): Program | undefined => {
  const { args } = words;
  const name = baseName(textAt(words, start));
  for (let at = start + 1; at < Math.min(args.length, start + maximumSkipped) && mayLook(words.script); at += 1) {
    const text = textAt(words, at);
    if (text === '-m' || text === '--module') {
      const module = textAt(words, at + 1);
      if (scriptModules.has(module)) at += 1;
      if (scriptModules.has(module) || !/^[A-Za-z_][\w.]*$/.test(module)) continue;
      return { ...plain, row: rowOfModule(module) ?? rowOf([module]) ?? null, script: module, name: module, rest: args.slice(at + 2) };
    }
    if (text === '-c' && /^(?:i?python|pypy)/.test(name)) return { ...plain, name, rest: [], code: args[at + 1] ?? null };
    if (/\.pyw?$/.test(text)) return { ...plain, script: text, name: baseName(text), rest: args.slice(at + 1) };
    // An installed command that a launcher is given by name.
    const row = isProgram(baseName(text)) ? rowAt(words, at, baseName(text)) : undefined;
    if (row) return { ...plain, row, name: row.run, rest: args.slice(at + row.run.split(' ').length) };
  }
  return args.length === start + 1 || textAt(words, start + 1) === '-' ? { ...plain, name, rest: [], code: 'input' } : undefined;
};

const programAt = (words: Words, at: number): Program | undefined => {
  const { args } = words;
  const text = textAt(words, at);
  const name = baseName(text);
  if (isProgram(name)) {
    const row = rowAt(words, at, name);
    return row ? { ...plain, row, name: row.run, rest: args.slice(at + row.run.split(' ').length) } : undefined;
  }
  if (launchers.has(name) || /^python3\.\d+$/.test(name)) return launched(words, at);
  return /\.(?:py|sh|bash)$/.test(name) ? { ...plain, script: text, name, rest: args.slice(at + 1) } : undefined;
};

/** What an image runs that is given these arguments. */
const ownOf = (image: ImageRow, words: Words, before: readonly Argument[]): Program => {
  const inner = programAt(words, 0);
  if (inner) return { ...inner, image, before };
  const whole = image.run === '' ? undefined : rowOfRun(image.run);
  const row = whole ?? (image.run === '' ? undefined : rowOf([...image.run.split(' '), textAt(words, 0), textAt(words, 1)]));
  const skipped = row && !whole ? row.run.split(' ').length - image.run.split(' ').length : 0;
  return { ...plain, row: row ?? null, name: row?.run ?? image.image, rest: words.args.slice(skipped), image, before };
};

/** A container that is run: the image's own command gets the words behind it, unless they name a program themselves. */
const contained = (words: Words, at: number): Program | undefined => {
  const image = imageOf(textAt(words, at));
  return image ? ownOf(image, from(words, at + 1), words.args.slice(0, at)) : undefined;
};

const wordsOf = (script: Script, args: readonly Argument[]): Words => ({ script, args, known: new Map() });

/** What a container does that is given these arguments. */
export const programOfImage = (script: Script, image: ImageRow, args: readonly Argument[]): Program => ownOf(image, wordsOf(script, args), []);

/** The program among words whose first may only be what runs it. */
export const programOf = (script: Script, args: readonly Argument[]): Program | undefined => {
  const words = wordsOf(script, args);
  const direct = programAt(words, 0);
  if (direct) return direct;
  const first = textAt(words, 0);
  const name = baseName(first);
  if (prints.has(name)) return undefined;
  if (isWrapper(name)) {
    for (let at = 1; at < Math.min(args.length, maximumSkipped) && mayLook(script); at += 1) {
      const found = textAt(words, at).startsWith('-') ? undefined : (contained(words, at) ?? programAt(words, at));
      if (found) return found;
    }
    return undefined;
  }
  // A container may be given options alone.
  return { ...plain, name, rest: first.startsWith('-') ? args : args.slice(1) };
};

/** The words of a command with its variables of arguments filled in, and what they run. */
export const programOfCommand = (script: Script, command: Command): Program | undefined => programOf(script, argumentsOf(script, command.words, command));
