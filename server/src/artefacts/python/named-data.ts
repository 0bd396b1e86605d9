import { setOfRegistry } from '../../knowledge/data-signs.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { dataAt, dataVia, mostData, takesData } from '../data-files.ts';
import { dataWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { openBrackets } from './model.ts';
import type { Call, PythonFile } from './model.ts';
import { symbolsAt } from './outputs.ts';
import { argumentOf } from './resolve.ts';
import type { Token } from './tokens.ts';

export interface NamedData {
  readonly to: WorkId;
  readonly span: Span;
  /** Functions and classes around it. */
  readonly within: string;
  readonly via: string;
}

/** Calls that speak of a file, write it, or look whether it is there. */
const speaking =
  /^(?:print|log|debug|info|warn|warning|error|exception|critical|format|startswith|endswith|replace|split|index|remove|exists|isfile|is_file|unlink|choice|parametrize|skip|\w*(?:dump|save|write|to_json|to_csv|to_parquet|upload|mkdir|makedirs|export)\w*|\w*(?:Error|Exception|Warning))$/i;

const spokenKeywords = new Set(['help', 'description', 'choices', 'desc', 'label', 'info', 'placeholder', 'examples', 'title', 'metavar']);

/** Places of one file that are looked at, and brackets around one: there are more only where nobody chose anything. */
const mostPlaces = 200;
const deepest = 12;

/** How a path ends: of one with placeholders what is written behind the last. */
const pathOf = (token: Token): string => (token.holes === null ? token.text : token.holes.slice(token.holes.lastIndexOf('}') + 1));

const isOperator = (token: Token | undefined, ...texts: readonly string[]): boolean => token?.kind === 'operator' && texts.includes(token.text);

const isWriting = (file: PythonFile, call: Call): boolean => {
  if (call.name !== 'open') return false;
  const mode = file.tokens[argumentOf(call, 1, 'mode')?.value.from ?? -1];
  return mode?.kind === 'string' && /^[wax]/.test(mode.text);
};

/** What a string is an argument of, or the value of: undefined where nobody takes it. */
const takenAs = (file: PythonFile, at: number, open: readonly number[]): string | undefined => {
  const { tokens, callAt, partner } = file;
  if (open.length > deepest) return undefined;
  let value = at;
  // The end of a path that is put together: `ROOT / "x.json"`, `folder + "/x.json"`.
  if (isOperator(tokens[value - 1], '/', '+')) value -= 2;
  if (isOperator(tokens[at - 1], '==', '!=', 'in') || isOperator(tokens[at + 1], '==', '!=') || tokens[at - 1]?.text === 'in') return undefined;
  const names: string[] = [];
  for (const bracket of open.toReversed()) {
    const call = callAt.get(partner[bracket] ?? -1);
    const before = tokens[value - 1];
    if (call) {
      const argument = call.args.find(({ value: range }) => range.from <= at && at < range.to);
      if (!argument || speaking.test(call.name) || isWriting(file, call) || spokenKeywords.has(argument.keyword ?? '')) return undefined;
      names.push(argument.keyword ?? '', call.name === 'join' ? '' : call.name, call.assigned ?? '');
      // The name of an option that somebody defines.
      if (call.name === 'add_argument') names.push(...call.args.flatMap((each) => (each.keyword === null ? [tokens[each.value.from]?.text ?? ''] : [])));
      value = call.nameToken;
      while (isOperator(tokens[value - 1], '.')) value -= 2;
    } else if (tokens[bracket]?.text === '{') {
      if (isOperator(before, ':')) names.push(tokens[value - 2]?.text ?? '');
      value = bracket;
    } else {
      // `table["x.json"]` picks, and `x in ["x.json"]` compares.
      const front = tokens[bracket - 1];
      if (front && (front.kind === 'string' || (front.kind === 'name' && front.text !== 'return') || isOperator(front, ')', ']'))) return undefined;
      value = bracket;
    }
  }
  const before = tokens[value - 1];
  if (open.length === 0 && !isOperator(before, '=', ':=', '+=') && before?.text !== 'return') return undefined;
  if (isOperator(before, '=', '+=')) names.push(tokens[value - 2]?.text ?? '');
  return names.every((name) => takesData(name)) ? names.join(' ') : undefined;
};

/** A name that every set may be given to. */
const anySetting = 'data_root';

/** A set that a framework has built in, where somebody trains on it. */
const registeredAs = (name: string, names: string, knowledge: Knowledge): WorkId | undefined => {
  const id = /train/i.test(names) ? setOfRegistry(name) : undefined;
  return id !== undefined && knowledge.dataset(id) ? dataWork(id) : undefined;
};

/** Known files of data where a path is put into a name, a table or a list, is a default, or is given to a call that does not write it. */
export const findNamedData = (file: PythonFile, knowledge: Knowledge): readonly NamedData[] => {
  const out: NamedData[] = [];
  const bracketsAt = openBrackets(file);
  let seen = 0;
  for (const at of file.strings) {
    const token = file.tokens[at];
    if (token === undefined || token.text.length > 400) continue;
    const path = pathOf(token);
    // What it is given to is looked for where some setting could make it one: to look is dear.
    if (dataAt(path, knowledge, anySetting) === undefined && setOfRegistry(path) === undefined) continue;
    seen += 1;
    if (seen > mostPlaces) return [];
    const names = takenAs(file, at, bracketsAt(at));
    const to = names === undefined ? undefined : (dataAt(path, knowledge, names) ?? registeredAs(path, names, knowledge));
    if (names !== undefined && to !== undefined)
      out.push({ to, span: { start: token.innerStart, end: token.innerEnd }, within: `${names} ${symbolsAt(file, at)}`, via: dataVia(path) });
  }
  return new Set(out.map((entry) => entry.to)).size > mostData ? [] : out;
};
