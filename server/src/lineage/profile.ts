import type { WorkId } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Policy, UseProfile } from '../policy/types.ts';
import { isNonCommercial, restrictionOfStatement } from './clauses.ts';
import { rootWork } from './local.ts';
import type { Profile, Statement, Work } from './types.ts';

const nothingStated: UseProfile = {
  commercial: null,
  distribute: [],
  trainOtherModels: null,
  territories: [],
  establishedIn: null,
  usersAt: {},
  monthlyActiveUsers: null,
  fields: [],
};

/** Only what the root itself declares counts, never what was concluded. Prose and badges repeat, they do not declare. */
const declares = (statement: Statement): boolean => {
  const via = statement.fact?.via;
  return statement.speaker !== 'other' && (via === 'text' || via === 'manifest' || via === 'card' || via === 'classifier' || via === 'notice');
};

/** What the user does: the policy's word, else what the root's own licence lets everybody do. */
export const profileOf = (works: ReadonlyMap<WorkId, Work>, policy: Policy, knowledge: Knowledge): Profile => {
  if (policy.use) return { ...policy.use, origin: 'policy', at: null };
  const root = works.get(rootWork);
  const said = (root?.statements ?? []).filter(declares).map((statement) => ({ statement, restriction: restrictionOfStatement(statement, knowledge) }));
  const known = said.filter((entry) => entry.restriction !== 'unknown');
  const narrow = known.find((entry) => isNonCommercial(entry.restriction) && entry.statement.scope !== 'data' && entry.statement.scope !== 'weights');
  if (narrow) return { ...nothingStated, commercial: false, origin: 'inferred', at: narrow.statement.at };
  const free = known.find((entry) => entry.restriction === 'free' || entry.restriction === 'share-alike');
  if (free) return { ...nothingStated, commercial: true, origin: 'inferred', at: free.statement.at };
  const first = known[0];
  return first
    ? { ...nothingStated, commercial: isNonCommercial(first.restriction) ? false : null, origin: 'inferred', at: first.statement.at }
    : { ...nothingStated, origin: 'none', at: null };
};
