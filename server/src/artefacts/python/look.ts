import type { Span } from '../../text/span.ts';
import type { PythonFile } from './model.ts';

/** A string that an expression has for sure, and where its literal stands: the place of decision, not of use. */
export interface Literal {
  readonly value: string;
  readonly span: Span;
  /** False for the literal head of an f-string. */
  readonly whole: boolean;
}

/** Names followed one behind the other, and looks in all for one argument: each name may have many callers, and those many again. */
export const maximumSteps = 12;
export const maximumLooks = 300;

export interface Look {
  readonly file: PythonFile;
  readonly scope: number;
  readonly at: number;
  readonly steps: number;
  /** Shared by all looks of one argument. */
  readonly budget: { left: number };
}

/** False once the file has had all the looks that it gets. */
export const mayLook = (look: Look, count: number): boolean => {
  look.file.budget.left -= count;
  return look.file.budget.left >= 0;
};

export const text = (look: Look, at: number): string => look.file.tokens[at]?.text ?? '';

/** A scope and those around it. */
export const chain = (look: Look): readonly number[] => {
  const out: number[] = [];
  for (let scope = look.scope; scope >= 0; scope = look.file.scopes[scope]?.parent ?? -1) out.push(scope);
  return out;
};
