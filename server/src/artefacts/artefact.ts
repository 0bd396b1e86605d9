import type { Fact, ReadProblem } from './types.ts';

/** An anchor turned into lines, so that the text itself need not be kept. Numbers as in `Place`: from 1. */
export interface FactPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly cell: number | null;
  readonly key: string | null;
  /** Digest of the first line with its white space folded: part of a finding's fingerprint. */
  readonly lineDigest: string;
}

/** One file as read by all readers that match it. Immutable. */
export interface Artefact {
  readonly path: string;
  /** Digest of the content that was read; empty where it says nothing. */
  readonly hash: string;
  readonly size: number;
  readonly facts: readonly Fact[];
  /** Digest of `facts` and of the names of `places`: while it stays, no conclusion can change. */
  readonly factsDigest: string;
  /** By fact id or slot. */
  readonly places: ReadonlyMap<string, FactPlace>;
  readonly problems: readonly ReadProblem[];
  /** True when at least one reader looked at it. */
  readonly read: boolean;
}
