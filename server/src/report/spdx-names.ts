import { digest } from '../text/digest.ts';
import { wellFormed } from './json-text.ts';

/** An element of the graph as it is written. */
export type Element = Readonly<Record<string, unknown>> & { readonly type: string };

/** Addresses of the elements of one document. */
export interface Names {
  readonly of: (kind: string, name: string) => string;
  /** Of what has no name, by what it says. */
  readonly by: (kind: string, content: string) => string;
  /** What says who made an element, and when. */
  readonly creation: string;
}

export const namesIn = (space: string): Names => ({
  of: (kind, name) => `${space}${kind}/${encodeURIComponent(wellFormed(name))}`,
  by: (kind, content) => `${space}${kind}/${digest(content)}`,
  creation: '_:creation',
});
