import type { Artefact } from '../artefacts/artefact.ts';
import type { DigestAlgorithm, DigestFact } from '../artefacts/types.ts';
import { factsOf } from './files.ts';
import type { FactRef } from './types.ts';

/** What some file of the tree says of the digest of a file. */
export interface DigestClaim {
  readonly at: FactRef;
  /** The file meant, from the root; it need not be there. */
  readonly path: string;
  readonly isThere: boolean;
  readonly algorithm: DigestAlgorithm;
  readonly digest: string;
  readonly via: DigestFact['via'];
}

/** Digests of files as they lie on the disk, taken only where a claim asks for them. */
export type Measured = ReadonlyMap<string, Readonly<Partial<Record<DigestAlgorithm, string>>>>;

/** Every claim, in the order of the files that make them. */
export const digestClaims = (artefacts: ReadonlyMap<string, Artefact>): readonly DigestClaim[] =>
  factsOf(artefacts, 'digest').flatMap(({ path, fact }): DigestClaim[] => {
    const there = fact.files.find((file) => artefacts.has(file));
    const meant = there ?? fact.files[0];
    return meant === undefined
      ? []
      : [{ at: { path, fact: fact.id }, path: meant, isThere: there !== undefined, algorithm: fact.algorithm, digest: fact.digest, via: fact.via }];
  });
