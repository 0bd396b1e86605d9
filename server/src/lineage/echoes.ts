import type { Fact, WorkId } from '../artefacts/types.ts';
import type { Edge, Mention, Statement } from './types.ts';

/** What is repeated comes after all else, so that it is known what that left open. `between` finishes the first part. */
export function* inTurn(stating: readonly string[], echoing: ReadonlySet<string>, between: () => void): Iterable<readonly [string, boolean]> {
  for (const path of stating) yield [path, false];
  between();
  for (const path of echoing) yield [path, true];
}

interface Known {
  readonly drafts: ReadonlyMap<WorkId, { readonly statements: readonly Statement[]; readonly mentions: readonly Mention[] }>;
  readonly edgesFrom: ReadonlyMap<WorkId, readonly Edge[]>;
}

/** The tree says it itself, or says something else in its place. `workOf` tells which work the file means. */
export const isTold = ({ drafts, edgesFrom }: Known, path: string, fact: Fact, workOf: (work: WorkId, via: string) => WorkId): boolean => {
  if (fact.kind === 'licence') {
    const said = drafts.get(workOf(fact.work, fact.via))?.statements ?? [];
    return said.some(({ speaker, fact: other }) => speaker !== 'other' && other?.echo !== true);
  }
  if (fact.kind !== 'relation') return false;
  const [from, to] = [workOf(fact.from, fact.via), workOf(fact.to, fact.via)];
  if (fact.type === 'loads' && drafts.get(to)?.mentions.some(({ at }) => at.path !== path) === true) return true;
  return edgesFrom.get(from)?.some((edge) => edge.to === to && edge.type === fact.type) === true;
};
