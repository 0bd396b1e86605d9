import type { Clause } from '../knowledge/types.ts';
import { isRestrictive } from '../lineage/clauses.ts';
import { shortName } from '../lineage/path.ts';
import { beginsWith } from '../lineage/publish.ts';
import type { Binding, Edge, FactRef, Work } from '../lineage/types.ts';
import { bindingsFor, cite, licenceName, pathPlaces, sortedWorks } from './support/helpers.ts';
import { bareLicence, takenFrom } from './support/parts.ts';
import { inExample } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

interface Parent {
  readonly edge: Edge;
  readonly at: FactRef;
  readonly bindings: readonly Binding[];
}

/** A demand of one parent that another cannot live with. */
interface Conflict {
  readonly messageId: 'locked' | 'named';
  readonly one: Parent;
  readonly own: Binding;
  readonly clause: Clause;
  readonly other: Parent;
  readonly others: Binding;
  readonly against: Clause;
}

const parentsOf = (context: RuleContext, work: Work): readonly Parent[] => {
  const out = new Map<string, Parent>();
  for (const edge of takenFrom(context, work, 'merge')) {
    if (edge.at && !out.has(edge.to))
      out.set(edge.to, { edge, at: edge.at, bindings: bindingsFor(context, edge.to).filter((binding) => binding.statement.evidence !== 'name') });
  }
  return [...out.values()];
};

const has = (parent: Parent, licence: string): boolean => parent.bindings.some((binding) => bareLicence(binding.licence) === bareLicence(licence));

const locks = (binding: Binding): Clause | undefined => binding.clauses.find((clause) => clause.kind === 'same-licence' && clause.on === 'distribute');
const names = (binding: Binding): Clause | undefined => binding.clauses.find((clause) => clause.kind === 'name-prefix' && clause.effect === 'require');

/** Whoever may lay no other conditions on a derivative cannot pass on those of others; two licences that each have to be the one cannot both be it. */
const againstLock = (lock: Clause, others: Binding): Clause | undefined =>
  locks(others) ?? (lock.exclusive === true ? others.clauses.find((clause) => isRestrictive(clause) && clause.kind !== 'same-licence') : undefined);

const againstName = (name: Clause, others: Binding): Clause | undefined => {
  const other = names(others);
  const [a, b] = [name.value ?? '', other?.value ?? ''];
  return other && !beginsWith(a, b) && !beginsWith(b, a) ? other : undefined;
};

/** Versions of one licence: a later one may mostly be chosen, and where it may not, that is for a lawyer to say. */
const familyOf = (licence: string): string => bareLicence(licence).replace(/-\d+(?:\.\d+)*$/, '');

function* between(one: Parent, other: Parent): Iterable<Conflict> {
  for (const own of one.bindings) {
    for (const others of other.bindings) {
      if (familyOf(own.licence) === familyOf(others.licence)) continue;
      const lock = locks(own);
      const againstIt = lock ? againstLock(lock, others) : undefined;
      if (lock && againstIt) yield { messageId: 'locked', one, own, clause: lock, other, others, against: againstIt };
      const name = names(own);
      const otherName = name ? againstName(name, others) : undefined;
      if (name && otherName) yield { messageId: 'named', one, own, clause: name, other, others, against: otherName };
    }
  }
}

/** One parent brings both along already: then the conflict is older than the merge, and its maker's. */
const isOlder = (conflict: Conflict): boolean => has(conflict.other, conflict.own.licence) || has(conflict.one, conflict.others.licence);

const conflictOf = (parents: readonly Parent[]): Conflict | undefined => {
  let older: Conflict | undefined;
  for (const one of parents) {
    for (const other of parents) {
      if (one === other) continue;
      for (const conflict of between(one, other)) {
        if (!isOlder(conflict)) return conflict;
        older ??= conflict;
      }
    }
  }
  return older;
};

const found = (context: RuleContext, work: Work, conflict: Conflict): RawFinding => {
  const { one, own, clause, other, others, against } = conflict;
  const told = (parent: Parent, binding: Binding): string =>
    `${licenceName(binding.licence, context.knowledge)} of ${shortName(parent.edge.to)}${binding.inherited ? ` (from ${shortName(binding.source)})` : ''}`;
  return {
    messageId: conflict.messageId,
    data: {
      work: shortName(work.id),
      own: told(one, own),
      what: clause.what,
      clause: cite(clause),
      other: told(other, others),
      against: against.what,
      second: cite(against),
    },
    at: one.at,
    severity: inExample(one.at.path) ? 'information' : isOlder(conflict) ? 'warning' : 'error',
    works: [work.id, one.edge.to, other.edge.to],
    clause: clause.clause,
    evidence: own.statement.evidence,
    confidence: own.statement.confidence,
    related: [{ at: other.at, message: `${shortName(other.edge.to)} is merged in here` }, ...pathPlaces(own.path), ...pathPlaces(others.path)],
  };
};

export const mergeConflict = defineRule({
  id: 'merge-conflict',
  severity: 'error',
  title: 'Parents of a merge whose terms cannot hold together',
  messages: {
    locked:
      '{work} merges works whose terms cannot hold together: {own} asks that {what}{clause}, and {other} stays in force beside it: {against}{second}. Leave one of them out, or do not hand the merge on.',
    named:
      '{work} merges works whose terms cannot hold together: {own} asks that {what}{clause}, and {other} that {against}{second}. Leave one of them out, or do not hand the merge on.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      const parents = parentsOf(context, work);
      const conflict = parents.length < 2 ? undefined : conflictOf(parents);
      if (conflict) yield found(context, work, conflict);
    }
  },
});
