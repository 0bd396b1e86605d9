import type { Knowledge } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { isBarredModel, modelWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { longestChoice, weightsAt } from '../weights-paths.ts';
import { openBrackets } from './model.ts';
import type { Call, PythonFile } from './model.ts';
import { symbolsAt } from './outputs.ts';

export interface NamedWeights {
  readonly to: WorkId;
  readonly span: Span;
  /** Functions and classes around it. */
  readonly within: string;
}

/** Calls that speak of a file and take none. */
const speaking =
  /^(?:print|log|debug|info|warn|warning|error|exception|critical|format|write|startswith|endswith|replace|split|index|remove|exists|isfile|is_file|unlink|append|extend|add|choice|choices|parametrize|skip|\w*(?:Error|Exception|Warning))$/;

const spokenKeywords = new Set(['help', 'description', 'choices', 'desc', 'label', 'info', 'placeholder', 'examples', 'title', 'metavar']);

const isOperator = (file: PythonFile, at: number, ...texts: readonly string[]): boolean => {
  const token = file.tokens[at];
  return token?.kind === 'operator' && texts.includes(token.text);
};

/** Given to a call that may take it, as an argument of its own or as the end of a path. */
const isGiven = (call: Call, at: number): boolean => {
  if (speaking.test(call.name)) return false;
  const argument = call.args.find(({ value }) => value.from <= at && at < value.to);
  return argument !== undefined && !spokenKeywords.has(argument.keyword ?? '');
};

/** Keys that say where a file lies. */
const placing = /model|weight|ckpt|checkpoint|path|file|url|source|onnx|remote/i;

/** `{"otter.pth": "https://..."}`, `{"path": "models/otter.onnx"}`: a table of what is fetched, whichever of it somebody asks for. */
const isPlaced = (file: PythonFile, at: number, bracket: number | undefined): boolean => {
  const { tokens } = file;
  if (bracket === undefined || tokens[bracket]?.text !== '{') return false;
  const [key, value] = [tokens[at - 2], tokens[at + 2]];
  if (isOperator(file, at + 1, ':')) return value?.kind === 'string' && value.text.length > 12;
  return isOperator(file, at - 1, ':') && key?.kind === 'string' && (placing.test(key.text) || (tokens[at]?.text.includes('/') ?? false));
};

/** Of a catalogue: what bars commerce, the first of each work. */
const barredOf = (all: readonly NamedWeights[], knowledge: Knowledge): readonly NamedWeights[] => {
  const works = new Set<WorkId>();
  const out = all.filter(({ to }) => {
    if (works.has(to) || !isBarredModel(to.startsWith(modelWork('')) ? to.slice(modelWork('').length) : to.replace(/#.*$/, ''), knowledge)) return false;
    works.add(to);
    return true;
  });
  return out.slice(0, longestChoice);
};

/**
 * Known weights by the name of their file, where a path or an address is put into a name, is the default of a parameter, or is given to a
 * call, or where a table has the place of the file. What stands in a list, in a comparison or in a message is none that somebody chose.
 */
export const findNamedWeights = (file: PythonFile, knowledge: Knowledge): readonly NamedWeights[] => {
  const { tokens, partner } = file;
  const out: NamedWeights[] = [];
  const bracketsAt = openBrackets(file);
  for (const at of file.strings) {
    const token = tokens[at];
    if (!token?.literal || token.text.length < 6) continue;
    const to = weightsAt(token.text, knowledge);
    if (to === undefined) continue;
    const bracket = bracketsAt(at).at(-1);
    const call = bracket === undefined ? undefined : file.callAt.get(partner[bracket] ?? -1);
    // The end of a path that is put together: `ROOT / "x.onnx"`, `folder + "/x.onnx"`.
    const before = isOperator(file, at - 1, '/', '+') ? at - 2 : at - 1;
    const assigned = isOperator(file, before, '=') || (before === at - 2 && bracket === undefined) || isOperator(file, at - 1, ':=');
    const taken = call ? isGiven(call, at) : assigned && (bracket === undefined || (tokens[bracket]?.text === '(' && (partner[bracket] ?? -1) > at));
    if (taken || isPlaced(file, at, bracket)) out.push({ to, span: { start: token.innerStart, end: token.innerEnd }, within: symbolsAt(file, at) });
  }
  return new Set(out.map((entry) => entry.to)).size > longestChoice ? barredOf(out, knowledge) : out;
};

/** An argument of a call that speaks of it, as a message does. */
export const isSpoken = (file: PythonFile, at: number): boolean => file.calls.some((call) => call.open < at && at < call.close && speaking.test(call.name));
