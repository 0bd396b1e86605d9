import { setElsewhere } from '../artefacts/via.ts';
import type { WorkId } from '../artefacts/types.ts';
import { modifications } from '../knowledge/types.ts';
import type { Knowledge, RelationType } from '../knowledge/types.ts';
import type { Policy } from '../policy/types.ts';
import { compareText } from '../text/compare.ts';
import { granted } from './bindings.ts';
import { hubOf } from './remote.ts';
import { isCommit, usedRevisions } from './resolutions.ts';
import type { Edge, Lineage } from './types.ts';

/** What is missing of a work that the cache or the hub could tell. */
export interface Needs {
  /** Nothing but a guess says what its terms are. */
  readonly terms: boolean;
  /** It is loaded from a branch here, so that somebody may want the commit. */
  readonly commit: boolean;
  /** Its terms changed, and a commit is pinned. */
  readonly date: boolean;
}

/** A work of the hub at one revision that this tree uses, or that what it uses was made from. */
export interface Ask {
  readonly work: WorkId;
  readonly type: 'model' | 'dataset';
  readonly id: string;
  /** Other ids under which this tree names it: a cache keeps it under the one that was written. */
  readonly names: readonly string[];
  readonly revision: string | null;
  readonly needs: Needs;
}

/** Along these a work brings the terms of what it came from; the data that a base was trained on is another repository's affair. */
const followed: readonly RelationType[] = [...modifications, 'copiedFrom', 'distilledFrom'];
/** Own works are published, and an evaluation decides nothing. */
const notTaken: readonly RelationType[] = ['publishes', 'testedOn'];

/** Works that files or the policy choose, and what those came from. */
const reached = (lineage: Lineage, policy: Policy): ReadonlySet<WorkId> => {
  const out = new Set<WorkId>();
  for (const { from, to, at, role, type, source } of lineage.edges) {
    const named = at !== null || from.startsWith('local:') || (source !== null && source === policy.path);
    if (named && role === 'decision' && !notTaken.includes(type)) out.add(to);
  }
  for (const work of out) for (const edge of lineage.edgesFrom.get(work) ?? []) if (edge.role === 'decision' && followed.includes(edge.type)) out.add(edge.to);
  return out;
};

const isLoose = ({ role, at, fact }: Edge): boolean =>
  role === 'decision' && at !== null && fact !== null && fact.pinnable && fact.revision !== setElsewhere && !isCommit(fact.revision);

const needsOf = (lineage: Lineage, work: WorkId, edgesTo: readonly Edge[], revision: string | null, knowledge: Knowledge): Needs => {
  const hub = hubOf(work);
  const rows = (hub?.type === 'model' ? knowledge.model(hub.id) : hub && knowledge.dataset(hub.id))?.licences ?? [];
  const known = lineage.works.get(work);
  const own = (lineage.bindings.get(work) ?? []).some((binding) => !binding.inherited && binding.statement.evidence !== 'name');
  return {
    terms: !own && (known === undefined || granted(known) === undefined),
    commit: !isCommit(revision) && edgesTo.some(isLoose),
    date: rows.length > 1 && isCommit(revision),
  };
};

/** Revisions of one work that are looked up: more of them is a table of versions. What the others say, and of which day they are, is not known. */
const maximumRevisions = 4;

/** What the host may look up, what is unknown first. Which of it was answered already, the host knows. */
export const asksOf = (lineage: Lineage, policy: Policy, knowledge: Knowledge): readonly Ask[] => {
  const asks: Ask[] = [];
  for (const work of [...reached(lineage, policy)].toSorted(compareText)) {
    const hub = hubOf(work);
    if (!hub) continue;
    const edgesTo = lineage.edgesTo.get(work) ?? [];
    const names = new Set(edgesTo.flatMap(({ fact }) => (fact ? (hubOf(fact.to)?.id ?? []) : [])));
    names.delete(hub.id);
    for (const revision of usedRevisions(work, edgesTo, policy, knowledge).slice(0, maximumRevisions))
      asks.push({ work, ...hub, names: [...names].toSorted(compareText), revision, needs: needsOf(lineage, work, edgesTo, revision, knowledge) });
  }
  const urgency = ({ needs }: Ask): number => (needs.terms ? 0 : needs.date ? 1 : needs.commit ? 2 : 3);
  return asks.toSorted((a, b) => urgency(a) - urgency(b));
};
