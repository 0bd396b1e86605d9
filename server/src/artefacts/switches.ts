import type { FactBase } from './fact-base.ts';

/** Facts of settings that hold for whatever work or service a program is given. */

/** A variable sends the client of a service elsewhere: what that is asked, another model answers. */
export interface RedirectFact extends FactBase {
  readonly kind: 'redirect';
  readonly service: string;
}

/** Code of a remote repository is allowed to run where which repository that is cannot be told, and no revision is asked for. */
export interface CodeFlagFact extends FactBase {
  readonly kind: 'code-flag';
}
