import type { Span } from '../../text/span.ts';
import type { CallSign } from '../types.ts';
import { none } from './flow-state.ts';
import type { Labels } from './flow-state.ts';
import type { Flow } from './flow.ts';
import type { Call, PythonFile } from './model.ts';

export interface Sign {
  readonly sign: CallSign;
  readonly span: Span;
}

const spanAt = (file: PythonFile, at: number): Span => ({ start: file.tokens[at]?.start ?? 0, end: file.tokens[at]?.end ?? 0 });

const isOp = (file: PythonFile, at: number, text: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === text;

/** `logprobs=True`, `top_logprobs=5`, `"logprobs": 1` inside the call. */
const probabilities = (file: PythonFile, { open, close }: Call): Sign | undefined => {
  for (let at = open + 1; at < close && at < open + 400; at += 1) {
    const token = file.tokens[at];
    if (!token || !/^(?:top_)?logprobs$|^response_logprobs$/.test(token.text)) continue;
    const value = file.tokens[at + 2];
    if ((isOp(file, at + 1, '=') || isOp(file, at + 1, ':')) && value && !/^(?:False|None|0)$/.test(value.text))
      return { sign: 'probabilities', span: spanAt(file, at) };
  }
  return undefined;
};

const reasoningNames = /^(?:reasoning|reasoning_content|reasoning_details|thinking|thinking_content|thoughts?|thinking_trajector(?:y|ies)|chain_of_thought)$/;
const preferenceNames = /^(?:chosen|rejected|preferences?|preference_scores?|reward|rewards|ranking|overall_score)$/;

/** A name, key or keyword of that kind that is given what the call answered. */
const givenTo = (flow: Flow, label: Labels, names: RegExp, sign: CallSign): Sign | undefined => {
  const { file } = flow;
  let looks = 0;
  for (const [at, token] of file.tokens.entries()) {
    if ((token.kind !== 'name' && token.kind !== 'string') || token.text.length > 24 || !names.test(token.text)) continue;
    // `name = value`, `key=value` in a call, `"key": value`, `row["key"] = value`
    const behind = token.kind === 'string' && isOp(file, at + 1, ']') ? at + 2 : at + 1;
    if (!isOp(file, behind, '=') && !(token.kind === 'string' && isOp(file, behind, ':'))) continue;
    looks += 1;
    if (looks > 40) return undefined;
    let to = behind + 1;
    for (; to < file.tokens.length && to < behind + 60; to += 1) {
      const jump = file.partner[to] ?? -1;
      if (jump > to) to = jump;
      else if (file.tokens[to]?.kind === 'newline' || isOp(file, to, ',') || (file.tokens[to]?.kind === 'operator' && jump >= 0)) break;
    }
    if ((flow.valueOf({ from: behind + 1, to }, file.inner[at] ?? 0) & label) !== none) return { sign, span: spanAt(file, at) };
  }
  return undefined;
};

const keyNames = /^(?:\w*_)?(?:api_?)?keys?(?:_?(?:list|pool|cycle|s))?$|^(?:api_?)?key_(?:list|pool|cycle|iter)$/i;

/** `cycle(keys)`, `random.choice(api_keys)`, `keys[i % len(keys)]`: several keys in turn. */
const keysInTurn = (file: PythonFile): Sign | undefined => {
  for (const call of file.calls) {
    const [first] = call.args;
    if (!first || !/^(?:cycle|choice|sample|next)$/.test(call.name)) continue;
    const last = file.tokens[first.value.to - 1];
    if (first.value.to - first.value.from <= 3 && last?.kind === 'name' && keyNames.test(last.text) && /keys|list|pool/i.test(last.text))
      return { sign: 'keys', span: spanAt(file, call.nameToken) };
  }
  for (const [at, token] of file.tokens.entries()) {
    if (token.kind !== 'name' || !keyNames.test(token.text) || !/keys|list|pool/i.test(token.text)) continue;
    const close = isOp(file, at + 1, '[') ? (file.partner[at + 1] ?? -1) : -1;
    for (let inside = at + 2; inside < close && inside < at + 30; inside += 1) if (isOp(file, inside, '%')) return { sign: 'keys', span: spanAt(file, at) };
    if (close > 0 && close - at === 3 && turned(file, file.tokens[at + 2]?.text ?? '')) return { sign: 'keys', span: spanAt(file, at) };
  }
  return undefined;
};

/** An index that goes round: `i = (i + 1) % n`. */
const turned = (file: PythonFile, name: string): boolean =>
  [...(file.assignmentsOf.get(name) ?? []), ...(file.assignmentsOf.get(`self.${name}`) ?? [])].some(({ value }) =>
    file.tokens.slice(value.from, value.to).some((token) => token.kind === 'operator' && token.text === '%'),
  );

/** What is asked once is no collection. */
const repeats = (file: PythonFile): boolean =>
  file.tokens.some((token) => token.kind === 'name' && (token.text === 'for' || token.text === 'while')) ||
  file.calls.some(({ name }) => /^(?:imap|imap_unordered|map|starmap|submit|gather|apply)$/.test(name));

/** Signs of a collection that takes more than answers, or more than one account: what terms of services name. They prove nothing. */
export const signsOf = (flow: Flow, calls: readonly Call[], label: Labels): readonly Sign[] => {
  const { file } = flow;
  if (!repeats(file)) return [];
  return [
    calls.map((call) => probabilities(file, call)).find((sign) => sign !== undefined),
    givenTo(flow, label, reasoningNames, 'reasoning'),
    givenTo(flow, label, preferenceNames, 'preferences'),
    keysInTurn(file),
  ].filter((sign) => sign !== undefined);
};
