import type { FactBase } from './fact-base.ts';

/** The head of a source file says whose it is, and under which licence. */
export interface HeaderFact extends FactBase {
  readonly kind: 'header';
  /** As written, without years; none where the head only points at a file for the licence that it names. */
  readonly holders: readonly string[];
  /** Empty where the head names none. */
  readonly licences: readonly string[];
  readonly choice: boolean;
  /** The whole text of the licence stands there, so that it travels with the file; or one that its author shortened. */
  readonly whole: boolean | 'shortened';
  /** It grants nothing: use needs an agreement with the holder. */
  readonly reserved: boolean;
  /** Its terms are in a file of the tree that it was written for. */
  readonly refers: boolean;
}

/** A file that gives notice of other people's works in the tree: whom it names, which repositories, which licences. */
export interface NoticeFact extends FactBase {
  readonly kind: 'notice';
  readonly holders: readonly string[];
  /** `host/owner/name` in small letters. */
  readonly repositories: readonly string[];
  readonly licences: readonly string[];
}

/** A table says which licence holds for the files of some paths. */
export interface CoverFact extends FactBase {
  readonly kind: 'cover';
  /** Globs from the root, in which a star stops at a slash. */
  readonly globs: readonly string[];
  readonly licences: readonly string[];
}
