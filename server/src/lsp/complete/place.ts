import type { Source } from './candidates.ts';

/** Where the cursor stands in what can be completed. */
export interface Place {
  readonly source: Source;
  /** Column at which the word under the cursor begins. */
  readonly start: number;
  /** What is written in front of an id: an address of the hub. */
  readonly prefix?: string;
  /** What goes behind a key. */
  readonly colon?: (name: string) => string;
}
