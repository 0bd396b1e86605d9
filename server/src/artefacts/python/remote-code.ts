import { hubReference } from '../hub-id.ts';
import type { Span } from '../../text/span.ts';
import type { Loaded } from './calls.ts';
import type { Call, PythonFile } from './model.ts';
import { argumentOf, isTrue, resolveArgument } from './resolve.ts';
import { fetchedCode } from '../via.ts';

export const flagName = 'trust_remote_code';

const isOp = (file: PythonFile, at: number, text: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === text;

/** `{"trust_remote_code": True}` given along with the call, as wrappers take it: the token of the key. */
const inDictionary = (file: PythonFile, call: Call): number => {
  for (let at = call.open + 1; at < call.close - 2; at += 1) {
    const token = file.tokens[at];
    if (token?.kind === 'string' && token.text === flagName && isOp(file, at + 1, ':') && file.tokens[at + 2]?.text === 'True') return at;
  }
  return -1;
};

/** Where the call lets code of the repository run; undefined where it does not. */
export const flagAt = (file: PythonFile, call: Call): Span | undefined => {
  const argument = argumentOf(call, -1, flagName);
  const at = argument && isTrue(file, argument) ? argument.value.from - 2 : inDictionary(file, call);
  const [first, last] = [file.tokens[at], file.tokens[at + 2]];
  return at >= 0 && first && last ? { start: first.start, end: last.end } : undefined;
};

/** The call lets code of the repository run. */
export const runsRemoteCode = (file: PythonFile, call: Call): boolean => flagAt(file, call) !== undefined;

/** What stands in the call for its code being run: the flag, or the name of a call that always does so. */
export const codeAt = (file: PythonFile, call: Call): Span | undefined => {
  const name = file.tokens[call.nameToken];
  return flagAt(file, call) ?? (name ? { start: name.start, end: name.end } : undefined);
};

/** The argument with the comma before it, so that it can be taken out; undefined where it comes first. */
export const flagSpan = (file: PythonFile, call: Call): Span | undefined => {
  const argument = argumentOf(call, -1, flagName);
  const comma = argument ? argument.value.from - 3 : -1;
  const last = argument ? file.tokens[argument.value.to - 1] : undefined;
  // A line break may stand between the comma and the name.
  const at = file.tokens[comma]?.kind === 'newline' ? comma - 1 : comma;
  const start = isOp(file, at, ',') ? file.tokens[at]?.start : undefined;
  return start === undefined || last === undefined ? undefined : { start, end: last.end };
};

/** `owner/name` or `owner/name:ref`, as torch.hub takes it. */
const repository = /^([\w-][\w.-]{0,99})\/([\w.-]{1,100}?)(?::([\w./-]{1,200}))?$/;

const isLocal = (file: PythonFile, call: Call): boolean => {
  const source = argumentOf(call, 2, 'source');
  return source !== undefined && resolveArgument(file, call, source)?.value !== 'github';
};

/** `torch.hub.load("owner/name:ref", ...)`: it downloads the repository and runs its hubconf.py. */
export const findTorchHub = (file: PythonFile): readonly Loaded[] => {
  const out: Loaded[] = [];
  for (const call of file.callsOf.get('load') ?? []) {
    const named = call.callee === 'load' && file.imports.get('load') === 'torch.hub.load';
    if (!named && !/(?:^|\.)hub\.load$/.test(call.callee)) continue;
    if (!named && call.callee === 'hub.load' && file.imports.get('hub') !== 'torch.hub') continue;
    if (isLocal(file, call)) continue;
    const literal = resolveArgument(file, call, argumentOf(call, 0, 'repo_or_dir', 'github'));
    const found = literal?.whole ? repository.exec(literal.value) : null;
    // The same characters rule out placeholders as in ids of the hub.
    if (!literal || !found || !hubReference(`${found[1]}/${found[2]}`)) continue;
    out.push({
      to: `pkg:github/${found[1]}/${found[2]}`,
      type: 'loads',
      via: fetchedCode,
      span: literal.span,
      revision: found[3] ?? null,
      pinnable: false,
      remoteCode: true,
      insertAt: null,
      call,
    });
  }
  return out;
};
