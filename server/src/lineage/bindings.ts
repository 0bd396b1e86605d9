import type { Scope, WorkId, WorkKind } from '../artefacts/types.ts';
import { relationTypes } from '../knowledge/types.ts';
import type { Clause, Knowledge, RelationType } from '../knowledge/types.ts';
import { hubOf } from './remote.ts';
import type { Binding, Edge, Statement, Work } from './types.ts';

/** Hops that terms are followed: longer chains are loops of renames, not lineages. */
export const maximumHops = 20;

const scopesOf: Readonly<Record<WorkKind, readonly Scope[]>> = {
  model: ['weights', 'any'],
  dataset: ['data', 'any'],
  code: ['code', 'any'],
  service: ['any'],
};

const evidenceRank = ['text', 'notice', 'declared', 'cache', 'hub', 'catalogue', 'name'];
/** Statements by the licensor about the work outrank a badge or a sentence that repeats them. */
const viaRank: Readonly<Record<string, number>> = {
  card: 0,
  text: 0,
  weights: 1,
  manifest: 1,
  notice: 1,
  tag: 1,
  document: 2,
  prose: 2,
  classifier: 3,
  badge: 4,
};

const better = (a: Statement, b: Statement): number =>
  evidenceRank.indexOf(a.evidence) - evidenceRank.indexOf(b.evidence) || (viaRank[a.fact?.via ?? ''] ?? 0) - (viaRank[b.fact?.via ?? ''] ?? 0);

/**
 * The statements that decide a work's own terms: of the narrowest scope that anything resolvable speaks of, those of the best evidence.
 * What the policy notes of a work under `works` comes before everything. For a published model a card speaks of the weights, a licence text beside it of everything.
 */
export const decidingStatements = (work: Work): readonly Statement[] => {
  const noted = work.statements.filter((statement) => statement.confidence === 'stated-in-policy' && statement.licences.length > 0);
  if (noted.length > 0) return noted;
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

const bitOf = new Map(relationTypes.map((type, at) => [type, 1 << at]));
const maskOf = (types: readonly RelationType[]): number => types.reduce((mask, type) => mask | (bitOf.get(type) ?? 0), 0);

/** Of the relations that led somewhere, all that matters is which clauses they leave alive. */
interface Reach {
  /** As a set of bits, the relations that a clause reaches along. */
  readonly of: (clause: Clause) => number;
  /** The largest set of relations that leaves the same clauses alive; undefined where none is left. */
  readonly widest: (relations: number) => number | undefined;
}

const reachOf = (own: Iterable<readonly Binding[]>): Reach => {
  const masks = new Map<Clause, number>();
  for (const bindings of own) for (const { clauses } of bindings) for (const clause of clauses) masks.set(clause, maskOf(clause.reaches));
  const distinct = [...new Set(masks.values())];
  const known = new Map<number, number | undefined>();
  return {
    of: (clause) => masks.get(clause) ?? 0,
    widest: (relations) => {
      if (!known.has(relations)) {
        const alive = distinct.filter((mask) => (relations & ~mask) === 0);
        known.set(relations, alive.length === 0 ? undefined : alive.reduce((left, mask) => left & mask));
      }
      return known.get(relations);
    },
  };
};

/** A step that brings nothing which a shorter way to the same work did not bring: it left alive at least the same clauses. */
const isIdle = (before: readonly number[], relations: number): boolean => before.some((mask) => (mask & ~relations) === 0);

const publisherOf = (work: WorkId): string | undefined => hubOf(work)?.id.split('/')[0]?.toLowerCase();

/** Whoever licenses both works may license the later one anew: what a publisher says of its own derivative stands in place of what it was made from. */
const isRelicensed = (edge: Edge, own: ReadonlyMap<WorkId, readonly Binding[]>): boolean => {
  const publisher = publisherOf(edge.from);
  return publisher !== undefined && publisher === publisherOf(edge.to) && (own.get(edge.from) ?? []).some((binding) => binding.statement.evidence !== 'name');
};

/** A model that was put up again unchanged is the same work, and so is what a name alone takes for a copy: every clause holds for it. */
const isSameWork = (edge: Edge, works: ReadonlyMap<WorkId, Work>): boolean =>
  edge.type === 'copiedFrom' && (edge.evidence === 'name' || (works.get(edge.from)?.kind === 'model' && works.get(edge.to)?.kind === 'model'));

interface Bound {
  readonly bindings: ReadonlyMap<WorkId, readonly Binding[]>;
  /** Works whose lineage goes on where it is no longer followed. */
  readonly cut: ReadonlySet<WorkId>;
}

/**
 * The terms that bind each work: its own, and of each work it came from those clauses that reach along every edge between them.
 * Only edges that somebody decided count; an evaluation or a mention carries nothing.
 */
export const bindingsOf = (works: ReadonlyMap<WorkId, Work>, edgesFrom: ReadonlyMap<WorkId, readonly Edge[]>, knowledge: Knowledge): Bound => {
  const own = new Map<WorkId, readonly Binding[]>();
  for (const work of works.values()) own.set(work.id, ownBindings(work, knowledge));
  const reach = reachOf(own.values());
  const out = new Map<WorkId, readonly Binding[]>();
  const cut = new Set<WorkId>();
  for (const work of works.values()) {
    const found = [...(own.get(work.id) ?? [])];
    const seen = new Map<string, number>(found.map((binding, index) => [`${binding.source} ${binding.licence}`, index]));
    // Breadth first, each work again only where a way leaves other clauses alive: the shortest path explains best, and a lattice stays cheap.
    // A way over a guess never hides one without.
    const visited = new Map<WorkId, number[]>();
    const guessed = new Map<WorkId, number[]>();
    const queue: { readonly at: WorkId; readonly path: readonly Edge[]; readonly relations: number; readonly guess: boolean }[] = [
      { at: work.id, path: [], relations: 0, guess: false },
    ];
    for (const { at, path, relations, guess: before } of queue) {
      for (const edge of edgesFrom.get(at) ?? []) {
        if (edge.role !== 'decision' || edge.to === work.id) continue;
        const along = reach.widest(relations | (isSameWork(edge, works) ? 0 : (bitOf.get(edge.type) ?? 0)));
        const guess = before || edge.evidence === 'name';
        const seenHere = [...(visited.get(edge.to) ?? []), ...(guess ? (guessed.get(edge.to) ?? []) : [])];
        if (along === undefined || isIdle(seenHere, along)) continue;
        if (path.length >= maximumHops) {
          cut.add(work.id);
          continue;
        }
        (guess ? guessed : visited).set(edge.to, [...((guess ? guessed : visited).get(edge.to) ?? []), along]);
        const next = [...path, edge];
        for (const binding of isRelicensed(edge, own) ? [] : (own.get(edge.to) ?? [])) {
          const clauses = binding.clauses.filter((clause) => (along & ~reach.of(clause)) === 0);
          if (clauses.length === 0) continue;
          const key = `${binding.source} ${binding.licence}`;
          const index = seen.get(key);
          const made: Binding = {
            ...binding,
            statement: guess ? { ...binding.statement, evidence: 'name' } : binding.statement,
            path: next,
            clauses,
            inherited: true,
          };
          const known = index === undefined ? undefined : found[index];
          if (index === undefined || known === undefined) {
            seen.set(key, found.length);
            found.push(made);
          } else if (!guess) found[index] = known.statement.evidence === 'name' && known.inherited ? made : joined(known, binding, next, clauses);
        }
        // A work without terms of its own, such as a data file, still hands on what reaches it.
        if (edgesFrom.has(edge.to)) queue.push({ at: edge.to, path: next, relations: along, guess });
      }
    }
    out.set(work.id, found);
  }
  return { bindings: out, cut };
};
