import { setOfClass, setOfTensorflow } from '../../knowledge/data-signs.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { dataWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import type { Call, PythonFile } from './model.ts';
import { symbolsAt } from './outputs.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

export interface KnownSet {
  readonly to: WorkId;
  readonly span: Span;
  readonly call: Call;
  /** Functions and classes around it. */
  readonly within: string;
}

/** What a call stands for by the imports of the file. */
const fullName = ({ imports }: PythonFile, { callee }: Call): string => {
  const dot = callee.indexOf('.');
  const head = dot < 0 ? callee : callee.slice(0, dot);
  const origin = imports.get(head);
  return origin === undefined ? callee : origin + callee.slice(head.length);
};

const measuring = /^(?:val|valid|validation|test\w*|eval\w*|dev)\b/i;

/** The part that is taken is there to measure with. */
const isMeasuring = (file: PythonFile, call: Call): boolean => {
  const split = resolveArgument(file, call, argumentOf(call, 1, 'split', 'subset', 'image_set'))?.value ?? '';
  const train = argumentOf(call, -1, 'train')?.value;
  return measuring.test(split) || (train !== undefined && file.tokens[train.from]?.text === 'False');
};

/** Sets that a class of a library loads, and those that the library of TensorFlow has by a name. */
export const findKnownSets = (file: PythonFile, knowledge: Knowledge): readonly KnownSet[] => {
  const out: KnownSet[] = [];
  const add = (id: string | undefined, call: Call, span: Span): void => {
    if (id !== undefined && knowledge.dataset(id) && !isMeasuring(file, call))
      out.push({ to: dataWork(id), span, call, within: symbolsAt(file, call.nameToken) });
  };
  for (const call of file.calls) {
    const token = file.tokens[call.nameToken];
    const name = fullName(file, call);
    const ofClass = setOfClass(name);
    if (ofClass !== undefined && token) add(ofClass, call, { start: token.start, end: token.end });
    const isLoad = /^(?:tfds|tensorflow_datasets)\.(?:load|builder)$/.test(name);
    const named = resolveArgument(file, call, isLoad ? argumentOf(call, 0, 'name') : argumentOf(call, -1, 'tfds_name'));
    if (named?.whole === true) add(setOfTensorflow(named.value), call, named.span);
  }
  return out;
};
