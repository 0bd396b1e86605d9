/** Facts of settings that hold for whatever work or service a program is given. */

interface Switch {
  /** As of every fact. */
  readonly id: string;
  readonly echo?: true;
}

/** A variable sends the client of a service elsewhere: what that is asked, another model answers. */
export interface RedirectFact extends Switch {
  readonly kind: 'redirect';
  readonly service: string;
}

/** Code of a remote repository is allowed to run where which repository that is cannot be told, and no revision is asked for. */
export interface CodeFlagFact extends Switch {
  readonly kind: 'code-flag';
}
