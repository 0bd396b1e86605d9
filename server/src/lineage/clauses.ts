import { byApplication, byDuty } from '../artefacts/prose/applications.ts';
import { forbidsCommerce } from '../knowledge/clauses.ts';
import type { Clause, ClauseKind, Knowledge, Terms } from '../knowledge/types.ts';
import type { Binding, Statement } from './types.ts';

/** What a restriction is about, seen from the person who takes the work. */
export type Restriction = 'research-only' | 'non-commercial' | 'use-restricted' | 'share-alike' | 'free' | 'unknown';

/** The clauses that a permissive relabelling would drop. */
const restrictive: readonly ClauseKind[] = [
  'commercial-use',
  'research-only',
  'use-policy',
  'flow-down',
  'user-threshold',
  'same-licence',
  'name-prefix',
  'registration',
  'territory',
  'derivatives',
];

export const isRestrictive = (clause: Clause): boolean => restrictive.includes(clause.kind) && clause.effect !== 'permit';

const conditions: readonly ClauseKind[] = ['use-policy', 'flow-down', 'user-threshold', 'registration', 'territory', 'name-prefix', 'output-is-derivative'];

/** Community licences and RAIL: free of charge, on conditions. */
export const setsConditions = (clause: Clause): boolean =>
  (conditions.includes(clause.kind) && clause.effect !== 'permit') || (clause.kind === 'commercial-use' && clause.effect === 'conditional');

/** The strictest thing that a set of clauses says. */
export const restrictionOf = (clauses: readonly Clause[]): Restriction => {
  if (clauses.length === 0) return 'unknown';
  if (clauses.some((clause) => clause.kind === 'research-only' && clause.effect !== 'permit')) return 'research-only';
  if (clauses.some(forbidsCommerce)) return 'non-commercial';
  if (clauses.some(setsConditions)) return 'use-restricted';
  if (clauses.some((clause) => clause.kind === 'same-licence')) return 'share-alike';
  return 'free';
};

/** A category that prose states without naming a licence ("research use only"): the reader writes `category:non-commercial`. */
export const statedCategory = (statement: Pick<Statement, 'stated'>): Restriction | undefined => {
  if (statement.stated === 'category:non-commercial') return 'non-commercial';
  if (statement.stated === 'category:research-only') return 'research-only';
  return undefined;
};

/** What one statement says, by its licences' clauses or its category. With a choice, the freest counts. */
export const restrictionOfStatement = (statement: Pick<Statement, 'stated' | 'licences' | 'choice'>, knowledge: Knowledge): Restriction => {
  const category = statedCategory(statement);
  if (category) return category;
  // Where commerce is left to a permission that is applied for, or every use brings a duty along.
  if (statement.stated === byApplication || statement.stated === byDuty) return 'use-restricted';
  const each = statement.licences.map((id) => restrictionOf(knowledge.terms(id)?.clauses ?? []));
  if (each.length === 0) return 'unknown';
  const order: readonly Restriction[] = ['research-only', 'non-commercial', 'use-restricted', 'unknown', 'share-alike', 'free'];
  const ranked = [...each].sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (statement.choice ? ranked.at(-1) : ranked[0]) ?? 'unknown';
};

export const isNonCommercial = (restriction: Restriction): boolean => restriction === 'non-commercial' || restriction === 'research-only';

/** The clause that a message about this restriction should cite. */
export const decidingClause = (clauses: readonly Clause[]): Clause | undefined =>
  clauses.find(forbidsCommerce) ??
  clauses.find((clause) => clause.kind === 'user-threshold') ??
  clauses.find((clause) => clause.kind === 'use-policy') ??
  clauses.find(setsConditions);

/** Restrictive clauses that `inherited` carries and `declared` has nothing of the same kind for. */
export const droppedClauses = (inherited: Binding, declared: readonly Terms[]): readonly Clause[] =>
  inherited.clauses.filter(
    (clause) => isRestrictive(clause) && !declared.some((terms) => terms.clauses.some((own) => own.kind === clause.kind && own.effect !== 'permit')),
  );

/** Clauses that ask for something to be done where a work is distributed. */
export const isDuty = (clause: Clause): boolean => clause.effect === 'require';
