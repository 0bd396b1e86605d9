import { identify } from '../licence/identify.ts';
import type { Span } from '../text/span.ts';
import { limits } from '../text/limits.ts';
import { addLicence, addProblems, addWork, draftOf, moreThan, onlyHead, readingOf } from './draft.ts';
import { localWork } from './hub-id.ts';
import { placeIn, state, tellingOf } from './shell/facts.ts';
import type { Telling } from './shell/facts.ts';
import { libraryTarget, modelTarget } from './shell/targets.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';

interface Instruction {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** UTF-16 units of a licence that can still be its name: longer ones are its text. */
const longestName = 200;

/** What says something of the model; messages and parameters do not. */
const meant = new Set(['from', 'adapter', 'license']);

/** `NAME value` a line, the value in quotes of one or three where it has several. As many as are taken, and one more where there is one. */
const instructionsOf = (text: string, { start, end }: Span): readonly Instruction[] => {
  const out: Instruction[] = [];
  for (let at = start; at < end && out.length <= limits.modelInstructions;) {
    const found = text.indexOf('\n', at);
    const lineEnd = found < 0 || found > end ? end : found;
    const head = /^\s*([A-Za-z]+)[ \t]+/.exec(text.slice(at, Math.min(lineEnd, at + 200)));
    if (!head) {
      at = lineEnd + 1;
      continue;
    }
    const from = at + head[0].length;
    const quote = text.startsWith('"""', from) ? '"""' : text[from] === '"' ? '"' : '';
    const close = quote === '' ? -1 : text.indexOf(quote, from + quote.length);
    const many = quote === '"""';
    const closed = close >= 0 && close <= (many ? end : lineEnd);
    const inner = quote === '' ? { start: from, end: lineEnd } : { start: from + quote.length, end: closed ? close : many ? end : lineEnd };
    const value = text.slice(inner.start, inner.end);
    const trimmed = quote === '' ? value.trimEnd() : value;
    const name = (head[1] ?? '').toLowerCase();
    if (meant.has(name)) out.push({ name, value: trimmed, span: { start: inner.start, end: inner.start + trimmed.length } });
    const behind = text.indexOf('\n', Math.max(inner.end, lineEnd));
    at = behind < 0 || behind > end ? end : behind + 1;
    if (quote !== '"""' || !closed) at = quote === '"""' ? end : lineEnd + 1;
  }
  return out;
};

/** What a Modelfile inside `text` says: a whole file, or the lines of a script that write one. */
export const tellModelfile = (telling: Telling, text: string, span: Span): void => {
  const { draft, path, role } = telling;
  const all = instructionsOf(text, span);
  const instructions = all.slice(0, limits.modelInstructions);
  if (all.length > instructions.length) addProblems(draft, [moreThan(limits.modelInstructions, 'instructions')]);
  const adapted = instructions.some((entry) => entry.name === 'adapter');
  const licences = instructions.filter((entry) => entry.name === 'license');
  const own = `local:${path}`;
  for (const { name, value, span: at } of instructions) {
    if (name !== 'from') continue;
    const word = value.split(/\s/)[0] ?? '';
    const place = { start: at.start, end: at.start + word.length };
    const target = libraryTarget(word) ?? modelTarget(word, false, draft.knowledge);
    const local = target ? undefined : /^\.{0,2}\/|\.(?:gguf|safetensors|bin)$/i.test(word) ? localWork(word) : undefined;
    if (target && (adapted || licences.length > 0))
      state(telling, { from: own, to: target.to, type: adapted ? 'adapter' : 'quantized', via: 'FROM', span: place, role });
    else if (target) state(telling, { from: here, to: target.to, type: 'loads', via: 'FROM', span: place, role });
    else if (local !== undefined) state(telling, { from: here, to: local, type: 'loads', via: 'FROM', span: place, role });
  }
  for (const { value, span: at } of licences) {
    const stated = value.trim();
    const short = stated.length <= longestName && !stated.includes('\n');
    const expression = short ? stated : identify(stated, draft.knowledge).expression;
    if (expression === null || role !== 'decision') continue;
    // Of a whole text the first line is place enough.
    const lead = value.length - value.trimStart().length;
    const first = stated.split('\n', 1)[0] ?? '';
    const start = at.start + lead;
    addLicence(
      draft,
      { stated: expression, field: 'free', work: own, scope: 'weights', speaker: 'licensor', via: 'weights' },
      placeIn(telling, { start, end: start + first.trimEnd().length }),
    );
  }
  if (adapted || licences.length > 0) addWork(draft, own, 'model', 'config', placeIn(telling, { start: span.start, end: span.start }));
};

/** Modelfiles of Ollama: what a model is packed from, and under which licence. */
export const modelfileReader: Reader = {
  id: 'modelfile',
  version: 1,
  matches: (_path, name) => /^modelfile(?:[._-].*)?$|\.modelfile$/.test(name) && !/\.(?:md|rst|txt|html?|go|py|[cm]?[jt]sx?|json|ya?ml)$/.test(name),
  wants: 'text',
  maximum: limits.shellBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    const draft = draftOf('modelfile', path, knowledge);
    tellModelfile(tellingOf(draft, path), text, { start: 0, end: text.length });
    return readingOf(draft, size > limits.shellBytes ? [onlyHead(limits.shellBytes)] : []);
  },
};
