import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import type { PythonFile, Range } from './model.ts';
import type { Token } from './tokens.ts';

/** Ways of one choice, each of which loads something, from which on it is a menu: other branches do other things. */
const menu = 3;
/** Places that are looked for in the branches: a file with more is a catalogue anyway. */
const mostTaken = 300;
/** Of the cases of a "match", which are nothing but ways of one choice. */
const menuOfCases = 2;
const loading = /^(?:from_pretrained|load_dataset\w*|snapshot_download|hf_hub_download|pipeline)$/;
/** Tokens of one condition that are looked at. */
const longestCondition = 80;

interface Condition {
  /** What it looks at: `args.model` of `args.model.split("-")[2] == "7b"`. */
  readonly subject: string;
  /** Token behind the colon. */
  readonly body: number;
}

/** The condition at an `if` or `elif`, where it compares a name, or something of it, with a text. */
const conditionAt = ({ tokens, partner }: PythonFile, at: number): Condition | undefined => {
  let compares = false;
  let isText = false;
  let inside = -1;
  let colon = at + 1;
  for (; colon < at + longestCondition; colon += 1) {
    const { kind, text } = tokens[colon] ?? { kind: 'newline', text: '' };
    if (kind === 'newline' || text === '!=' || (kind === 'name' && text === 'not')) return undefined;
    if (kind === 'operator' && text === ':') break;
    if (kind === 'string') isText = true;
    if (text === '==' || (kind === 'name' && /^(?:in|startswith|endswith)$/.test(text))) compares = true;
    if (kind === 'name' && text === 'in' && inside < 0) inside = colon;
    const close = kind === 'operator' ? (partner[colon] ?? -1) : -1;
    if (close <= colon) continue;
    isText ||= tokens.slice(colon + 1, close).some((token) => token.kind === 'string');
    colon = close;
  }
  if (!compares || !isText || tokens[colon]?.text !== ':') return undefined;
  // `"7b" in name` looks at the name.
  let to = tokens[at + 1]?.kind === 'string' && inside > 0 ? inside + 1 : at + 1;
  const words: string[] = [];
  for (; tokens[to]?.kind === 'name'; to += 2) {
    words.push(tokens[to]?.text ?? '');
    if (tokens[to + 1]?.text !== '.') break;
  }
  // The last name may be that of a method.
  if (tokens[to + 1]?.text === '(' && words.length > 1) words.pop();
  return words.length === 0 ? undefined : { subject: words.join('.'), body: colon + 1 };
};

export interface Branch extends Range {
  /** Branches of one choice share it. */
  readonly choice: string;
}

/** `if name == "a":`, `elif name == "b":` and `case Kind.A:`, each with what stands below it. */
export const branchesIn = (file: PythonFile): readonly Branch[] => {
  const { tokens, heads, ends } = file;
  const out: Branch[] = [];
  const matches: { readonly at: number; readonly column: number }[] = [];
  for (const [head, at] of heads.entries()) {
    const { column, kind, text } = tokens[at] as Token;
    const to = ends[head] ?? tokens.length;
    while ((matches.at(-1)?.column ?? -1) >= column) matches.pop();
    if (kind !== 'name') continue;
    if (text === 'match' && tokens[at + 1]?.kind === 'name') matches.push({ at, column });
    else if (text === 'case' && tokens[at + 1]?.text !== '_' && tokens[at + 1]?.kind !== 'operator') {
      const around = matches.at(-1);
      if (around) out.push({ choice: `match ${around.at}`, from: at + 1, to });
    } else if (text === 'if' || text === 'elif') {
      const condition = conditionAt(file, at);
      // One choice: the same name, asked in the same function.
      if (condition) out.push({ choice: `${file.inner[at] ?? 0} ${condition.subject}`, from: condition.body, to });
    }
  }
  return out;
};

const spanOf = ({ tokens }: PythonFile, { from, to }: Range): readonly Span[] => {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first && last && to > from ? [{ start: first.start, end: last.end }] : [];
};

/** What stands in one way of a choice by a name, however many there are. */
export const waysOf = (file: PythonFile, branches: readonly Branch[]): readonly Span[] => branches.flatMap((branch) => spanOf(file, branch));

/** Its first statement gives a name a text: `model_name = "org/base"`. */
const namedBy = ({ tokens }: PythonFile, { from, to }: Branch): string | undefined => {
  let at = from;
  while (at < to && tokens[at]?.kind === 'newline') at += 1;
  const isGiven = tokens[at]?.kind === 'name' && tokens[at + 1]?.text === '=' && tokens[at + 2]?.kind === 'string';
  return isGiven ? tokens[at]?.text : undefined;
};

/** Each way of a choice does nothing first but to give one name its text: two of them are a menu already. */
const givesOneName = (file: PythonFile, ways: readonly Branch[]): boolean => {
  const [first, ...others] = ways.map((way) => namedBy(file, way));
  return first !== undefined && others.length > 0 && others.every((name) => name === first);
};

/** `if name == "a": ... elif name == "b": ...`: what stands in such branches, of which whoever gives the name takes one. */
export const menusOf = (file: PythonFile, branches: readonly Branch[]): readonly Span[] => {
  if (branches.length < menuOfCases) return [];
  const taken = file.calls.filter((call) => loading.test(call.name)).map((call) => call.nameToken);
  for (const at of file.strings) {
    const { literal, text } = file.tokens[at] as Token;
    if (literal && text.includes('/') && hubReference(text)) taken.push(at);
  }
  if (taken.length < menuOfCases) return [];
  const found = new Map<string, Branch[]>();
  for (const branch of branches) {
    const known = found.get(branch.choice);
    if (known) known.push(branch);
    else found.set(branch.choice, [branch]);
  }
  return [...found.values()].flatMap((choice) => {
    const least = choice[0]?.choice.startsWith('match ') || givesOneName(file, choice) ? menuOfCases : menu;
    if (choice.length < least) return [];
    // Branches may lie in branches: each thing is of the last one around it.
    const ways = new Set(taken.slice(0, mostTaken).flatMap((at) => choice.findLast(({ from, to }) => from <= at && at < to) ?? []));
    return ways.size < least ? [] : [...ways].flatMap((way) => spanOf(file, way));
  });
};
