import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { readPython } from '../python/model.ts';
import { pythonFacts } from '../python/facts.ts';
import { limitsHit, mayHaveFacts } from '../python/reader.ts';
import { addProblems } from '../draft.ts';
import { trainerConfigReader } from '../trainer-config.ts';
import type { Fact, Reading } from '../types.ts';
import { placeIn } from './facts.ts';
import type { Telling } from './facts.ts';
import { roughly } from './resolve.ts';
import type { Argument } from './resolve.ts';
import type { Command, Script } from './statements.ts';
import { isWrapper } from './table.ts';
import { literalOf } from './words.ts';

/** Facts of a piece of another kind inside the file; each has an id of its own kind, so that none is there twice. */
const take = (telling: Telling, { facts, anchors }: Pick<Reading, 'facts' | 'anchors'>, at: number, role: boolean): void => {
  for (const fact of facts) {
    const anchor = anchors[fact.id];
    if (!anchor) continue;
    const id = telling.draft.idOf(fact.kind, fact.id);
    const own: Fact = role && fact.kind === 'relation' && fact.role === 'decision' ? { ...fact, id, role: telling.role } : { ...fact, id };
    telling.draft.facts.push(own);
    telling.draft.anchors[id] = placeIn(telling, { start: anchor.span.start + at, end: anchor.span.end + at });
    const slot = anchors[`${fact.id}#revision`];
    if (slot) telling.draft.anchors[`${id}#revision`] = placeIn(telling, { start: slot.span.start + at, end: slot.span.end + at });
  }
};

/** Python that a script carries. White space in front of all of it is the script's. */
const tellPython = (telling: Telling, text: string, span: Span): void => {
  const code = text.slice(span.start, span.end);
  const { knowledge } = telling.draft;
  if (!mayHaveFacts(code, knowledge)) return;
  const file = readPython(code);
  take(telling, pythonFacts(telling.path, file, knowledge, 'python'), span.start, true);
  addProblems(telling.draft, limitsHit(file));
};

/** Code between quotes: what the shell takes out of it is put in front of a quote, where white space does no harm. */
const unescaped = (text: string, span: Span): string => {
  let closes = false;
  return text.slice(span.start, span.end).replace(/\\(["$`\\])/g, (whole, unit: string) => {
    if (unit !== '"') return whole;
    closes = !closes;
    return closes ? ' "' : '" ';
  });
};

const pieceOf = (argument: Argument): Span | undefined => {
  const first = argument.word.parts[0];
  const last = argument.word.parts.at(-1);
  return first && last ? { start: first.start, end: last.end } : undefined;
};

/** The text with a stretch of it as the shell would hand it on. */
const withUnescaped = (text: string, span: Span): string =>
  text.slice(span.start, span.end).includes('\\') ? text.slice(0, span.start) + unescaped(text, span) + text.slice(span.end) : text;

/** Looks that it costs to write a text anew. */
const rewriting = 200;

/** Whole commands between quotes that a command hands on: `bash -c "..."`, `screen -X stuff "..."`. One at a time: each may be a text as long as the file. */
export function* quotedCommands(text: string, script: Script, command: Command): Generator<{ readonly code: string; readonly span: Span }> {
  if (!isWrapper(roughly(script, { word: command.words[0] ?? { parts: [], start: 0, end: 0 }, site: command }))) return;
  for (const word of command.words.slice(1)) {
    const span = pieceOf({ word, site: command });
    if (!span || !word.parts.some((part) => part.quoted && part.kind === 'text' && /\S\s+\S/.test(part.text))) continue;
    script.looks.left -= rewriting;
    if (script.looks.left < 0) return;
    yield { code: withUnescaped(text, span), span };
  }
}

/** Code that an argument is: `python -c "..."`. */
export const tellCode = (telling: Telling, text: string, argument: Argument): void => {
  const span = pieceOf(argument);
  if (!span) return;
  tellPython(telling, withUnescaped(text, span), span);
};

/** A file that is written from the lines of a script: told by its name what it says. */
const writtenFile = (script: Script, command: Command): string | undefined => {
  const words = command.words.map((word) => literalOf(word));
  const named = command.outputs[0] ?? (words[0] === 'tee' ? command.words.find((word, at) => at > 0 && literalOf(word)?.startsWith('-') === false) : undefined);
  if (!named || (words[0] !== 'cat' && words[0] !== 'tee')) return undefined;
  const name = roughly(script, { word: named, site: command });
  return name === '' ? undefined : name;
};

/** Text that is fed to a command: code of an interpreter, or a file that it is written to. */
export const tellInput = (
  telling: Telling,
  script: Script,
  command: Command,
  text: string,
  isCode: boolean,
  others: (path: string, span: Span) => boolean,
): void => {
  const span = command.input?.span;
  if (!span || span.end <= span.start || telling.draft.facts.length > limits.factsPerFile) return;
  if (isCode) {
    tellPython(telling, text, span);
    return;
  }
  const path = writtenFile(script, command);
  if (path === undefined || others(path, span)) return;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('.py')) tellPython(telling, text, span);
  else if (trainerConfigReader.matches(path, name)) {
    const code = text.slice(span.start, span.end);
    const reading = trainerConfigReader.read(
      { path: `${telling.path}/${name}`, text: code, bytes: new Uint8Array(), size: code.length },
      telling.draft.knowledge,
    );
    take(telling, reading, span.start, true);
    addProblems(telling.draft, reading.problems);
  }
};
