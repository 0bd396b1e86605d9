import { digestClaims } from '../lineage/digests.ts';
import type { DigestClaim } from '../lineage/digests.ts';
import { factsOf } from '../lineage/files.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

/** Enough of a digest to tell it from the other one. */
const short = (digest: string, other: string): string => {
  let length = 12;
  while (length < digest.length && digest.slice(0, length) === other.slice(0, length)) length += 12;
  return digest.slice(0, length);
};

const grouped = (claims: readonly DigestClaim[]): ReadonlyMap<string, readonly DigestClaim[]> => {
  const groups = new Map<string, DigestClaim[]>();
  for (const claim of claims) {
    const key = `${claim.path} ${claim.algorithm}`;
    const known = groups.get(key);
    if (known) known.push(claim);
    else groups.set(key, [claim]);
  }
  return groups;
};

/** What the file really is: its bytes, where they are here, else what its stand-in says. */
const truthOf = (context: RuleContext, claims: readonly DigestClaim[]): { readonly digest: string; readonly pointer: DigestClaim | undefined } | undefined => {
  const [first] = claims;
  const measured = first ? context.measured.get(first.path)?.[first.algorithm] : undefined;
  if (measured !== undefined) return { digest: measured, pointer: undefined };
  const pointer = claims.find((claim) => claim.via === 'pointer');
  return pointer ? { digest: pointer.digest, pointer } : undefined;
};

const base = (claim: DigestClaim): Pick<RawFinding, 'works' | 'evidence'> => ({ works: [`local:${claim.path}`], evidence: 'declared' });

function* compare(context: RuleContext, claims: readonly DigestClaim[]): Iterable<RawFinding> {
  const truth = truthOf(context, claims);
  if (truth) {
    for (const claim of claims) {
      if (claim === truth.pointer || claim.digest === truth.digest) continue;
      yield {
        ...base(claim),
        messageId: truth.pointer ? 'pointer' : 'file',
        data: { file: claim.path, algorithm: claim.algorithm, said: short(claim.digest, truth.digest), found: short(truth.digest, claim.digest) },
        at: claim.at,
        related: truth.pointer
          ? [{ at: truth.pointer.at, message: `the stand-in says ${short(truth.digest, claim.digest)}` }]
          : [{ at: { path: claim.path, line: 1 }, message: 'the file' }],
      };
    }
    return;
  }
  // Neither the file nor its stand-in is here: two lists may still speak of one file, or of two editions of it.
  const [first, ...others] = claims;
  const other = first ? others.find((claim) => claim.digest !== first.digest) : undefined;
  if (!first || !other) return;
  yield {
    ...base(other),
    messageId: 'lists',
    data: {
      file: other.path,
      algorithm: other.algorithm,
      said: short(other.digest, first.digest),
      found: short(first.digest, other.digest),
      where: first.at.path,
    },
    at: other.at,
    severity: 'information',
    related: [{ at: first.at, message: `here it is ${short(first.digest, other.digest)}` }],
  };
}

export const weightsDigestMismatch = defineRule({
  id: 'weights-digest-mismatch',
  severity: 'error',
  title: 'A file of weights is not the one that its digest names',
  messages: {
    file: 'This says that the {algorithm} of {file} is {said}…, but the file here has {found}…, so it was changed, damaged or taken from elsewhere. Get the file that was published, or correct the list if the new file is the right one.',
    pointer:
      'This says that the {algorithm} of {file} is {said}…, but its stand-in of Git LFS names {found}…, so one of the two is of another file. Find out which one was published, and correct the other.',
    lists:
      'This says that the {algorithm} of {file} is {said}…, but {where} says {found}…, so the two may speak of different editions. Say which edition each is for, or correct one.',
    sum: 'The digests that {file} lists do not add up to the one that it names for the whole, so one of them was changed after it was signed. Get the signature again from who published the weights, and verify it against their identity.',
    signature:
      'What {file} holds is not what its signature was made for, by the certificate that lies in it, so one of them was changed afterwards. Get the signature again from who published the weights, and verify it against their identity.',
  },
  *check(context) {
    for (const { path, fact } of factsOf(context.artefacts, 'seal')) {
      yield {
        messageId: fact.broken,
        data: { file: path },
        at: { path, fact: fact.id },
        works: [context.lineage.workOf(path)],
        evidence: 'declared',
      };
    }
    for (const claims of grouped(digestClaims(context.artefacts)).values()) yield* compare(context, claims);
  },
});
