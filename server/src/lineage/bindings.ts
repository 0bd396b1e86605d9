import type { Scope, WorkId, WorkKind } from '../artefacts/types.ts';
import type { Clause, Knowledge } from '../knowledge/types.ts';
import { reaching } from './clauses.ts';
import type { Binding, Edge, Statement, Work } from './types.ts';

/** Hops that terms are followed: longer chains are loops of renames, not lineages. */
const maximumHops = 20;

const scopesOf: Readonly<Record<WorkKind, readonly Scope[]>> = {
  model: ['weights', 'any'],
  dataset: ['data', 'any'],
  code: ['code', 'any'],
  service: ['any'],
};

const evidenceRank = ['text', 'notice', 'declared', 'cache', 'hub', 'catalogue', 'name'];
/** Statements by the licensor about the work outrank a badge or a sentence that repeats them. */
const viaRank: Readonly<Record<string, number>> = { card: 0, text: 0, weights: 1, manifest: 1, notice: 1, tag: 1, prose: 2, classifier: 3, badge: 4 };

const better = (a: Statement, b: Statement): number =>
  evidenceRank.indexOf(a.evidence) - evidenceRank.indexOf(b.evidence) || (viaRank[a.fact?.via ?? ''] ?? 0) - (viaRank[b.fact?.via ?? ''] ?? 0);

/**
 * The statements that decide a work's own terms: of the narrowest scope that anything resolvable speaks of, those of the best evidence.
 * For a published model a card speaks of the weights, a licence text beside it of everything.
 */
export const decidingStatements = (work: Work): readonly Statement[] => {
  for (const scope of scopesOf[work.kind]) {
    const said = work.statements.filter((statement) => statement.scope === scope && statement.licences.length > 0 && statement.speaker !== 'other');
    if (said.length === 0) continue;
    const best = said.toSorted(better)[0];
    return best ? said.filter((statement) => better(statement, best) === 0) : [];
  }
  return [];
};

/** Bought or agreed rights stand over public terms: the policy's grants come first and have no licence id. */
export const granted = (work: Work): string | undefined =>
  work.statements
    .find((statement) => statement.confidence === 'stated-in-policy' && statement.stated.startsWith('granted: '))
    ?.stated.slice('granted: '.length);

const ownBindings = (work: Work, knowledge: Knowledge): readonly Binding[] => {
  if (granted(work) !== undefined) return [];
  const seen = new Set<string>();
  return decidingStatements(work).flatMap((statement) =>
    statement.licences.flatMap((licence): Binding[] => {
      if (seen.has(licence)) return [];
      seen.add(licence);
      return [{ licence, source: work.id, path: [], statement, clauses: knowledge.terms(licence)?.clauses ?? [], inherited: false }];
    }),
  );
};

/** A second way to the same terms may carry clauses that the first does not: both bind, and the way that carries more explains them. */
const joined = (known: Binding, own: Binding, path: readonly Edge[], clauses: readonly Clause[]): Binding => {
  if (clauses.every((clause) => known.clauses.includes(clause))) return known;
  return {
    ...known,
    path: clauses.length > known.clauses.length ? path : known.path,
    clauses: own.clauses.filter((clause) => known.clauses.includes(clause) || clauses.includes(clause)),
  };
};

/**
 * The terms that bind each work: its own, and of each work it came from those clauses that reach along every edge between them.
 * Only edges that somebody decided count; an evaluation or a mention carries nothing.
 */
export const bindingsOf = (
  works: ReadonlyMap<WorkId, Work>,
  edgesFrom: ReadonlyMap<WorkId, readonly Edge[]>,
  knowledge: Knowledge,
): ReadonlyMap<WorkId, readonly Binding[]> => {
  const own = new Map<WorkId, readonly Binding[]>();
  for (const work of works.values()) own.set(work.id, ownBindings(work, knowledge));
  const out = new Map<WorkId, readonly Binding[]>();
  for (const work of works.values()) {
    const found = [...(own.get(work.id) ?? [])];
    const seen = new Map<string, number>(found.map((binding, index) => [`${binding.source} ${binding.licence}`, index]));
    // Breadth first, each work once for each set of relations that led to it: the shortest path explains best, and a lattice stays cheap.
    const visited = new Set<string>();
    const queue: { readonly at: WorkId; readonly path: readonly Edge[] }[] = [{ at: work.id, path: [] }];
    for (const { at, path } of queue) {
      if (path.length >= maximumHops) continue;
      for (const edge of edgesFrom.get(at) ?? []) {
        if (edge.role !== 'decision' || edge.to === work.id) continue;
        const next = [...path, edge];
        const way = `${edge.to} ${[...new Set(next.map((step) => step.type))].sort().join(',')}`;
        if (visited.has(way)) continue;
        visited.add(way);
        for (const binding of own.get(edge.to) ?? []) {
          const clauses = next.reduce((left, step) => reaching(left, step.type), binding.clauses);
          if (clauses.length === 0) continue;
          const key = `${binding.source} ${binding.licence}`;
          const index = seen.get(key);
          if (index === undefined) {
            seen.set(key, found.length);
            found.push({ ...binding, path: next, clauses, inherited: true });
          } else found[index] = joined(found[index] ?? binding, binding, next, clauses);
        }
        // A work without terms of its own, such as a data file, still hands on what reaches it.
        if (edgesFrom.has(edge.to)) queue.push({ at: edge.to, path: next });
      }
    }
    out.set(work.id, found);
  }
  return out;
};
