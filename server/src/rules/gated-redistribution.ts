import type { DatasetRecord, Knowledge } from '../knowledge/types.ts';
import { granted } from '../lineage/bindings.ts';
import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Edge, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { bindingsFor, sortedWorks } from './support/helpers.ts';
import { takenFrom } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

interface Held {
  readonly messageId: 'gated' | 'custom';
  readonly why: string;
  readonly record: DatasetRecord;
}

/** Who takes such data agrees to something first: behind a gate, by a form, or under terms of their own that were not read. */
const heldBack = (id: string, knowledge: Knowledge): Held | undefined => {
  const record = knowledge.dataset(id);
  if (!record) return undefined;
  if (/^gated\b/.test(record.status ?? '')) return { messageId: 'gated', why: record.status?.replace(/^gated(?:; )?:?\s*/, '') ?? '', record };
  const row = record.licences.at(-1);
  return row && row.licences.length === 0 && /^(?:custom|request form)\b/i.test(row.stated ?? '')
    ? { messageId: 'custom', why: row.stated ?? '', record }
    : undefined;
};

const isGranted = (context: RuleContext, id: string): boolean => {
  const work = context.lineage.works.get(id);
  return work !== undefined && granted(work) !== undefined;
};

/** A licence that lets everybody hand copies on stands over the gate: the promise is the only thing that is lost. */
const mayBeShared = (context: RuleContext, work: string): boolean =>
  bindingsFor(context, work).some((binding) => binding.clauses.some((clause) => clause.kind === 'redistribution' && clause.effect === 'permit'));

const finding = (context: RuleContext, edge: Edge, held: Held, published: Edge | undefined, sure: boolean): RawFinding | undefined => {
  const at = edge.at ?? published?.at;
  if (!at) return undefined;
  const severity: Severity = sure && held.messageId === 'gated' && !mayBeShared(context, edge.to) ? 'warning' : 'information';
  return {
    messageId: held.messageId,
    data: {
      source: shortName(edge.to),
      why: held.why === '' ? '' : held.messageId === 'gated' ? `: ${held.why}` : held.why,
      where: published ? `as ${shortName(published.to)}` : 'with this data set',
    },
    at,
    severity,
    works: [edge.to],
    evidence: 'catalogue',
    confidence: held.record.confidence,
    related: published?.at ? [{ at: published.at, message: 'data are handed on here' }] : [],
  };
};

/** Data sets of this repository that name such data as their source. */
function* cards(context: RuleContext, work: Work, told: Set<string>): Iterable<RawFinding> {
  if (work.kind !== 'dataset' || !isPublished(work, context.lineage)) return;
  for (const edge of takenFrom(context, work, 'copiedFrom')) {
    const held = isGranted(context, edge.to) ? undefined : heldBack(hubOf(edge.to)?.id ?? '', context.knowledge);
    const made = held && !told.has(edge.to) ? finding(context, edge, held, undefined, true) : undefined;
    if (!made) continue;
    told.add(edge.to);
    yield made;
  }
}

/** Scripts that load such data and hand data on: it is those only where nothing else is loaded. */
function* scripts(context: RuleContext, told: Set<string>): Iterable<RawFinding> {
  for (const published of context.lineage.edges) {
    if (published.type !== 'publishes' || published.role !== 'decision' || hubOf(published.to)?.type !== 'dataset' || !published.at) continue;
    const { path } = published.at;
    const loaded = context.lineage.edges.filter(
      (edge) =>
        edge.at?.path === path && edge.role === 'decision' && (edge.type === 'loads' || edge.type === 'trainedOn') && hubOf(edge.to)?.type === 'dataset',
    );
    for (const edge of loaded) {
      const held = isGranted(context, edge.to) ? undefined : heldBack(hubOf(edge.to)?.id ?? '', context.knowledge);
      // What a publisher loads of its own, it may hand on.
      const own = edge.to.split('/').at(-2) === published.to.split('/').at(-2);
      const made = held && !own && !told.has(edge.to) ? finding(context, edge, held, published, new Set(loaded.map((each) => each.to)).size === 1) : undefined;
      if (!made) continue;
      told.add(edge.to);
      yield made;
    }
  }
}

export const gatedRedistribution = defineRule({
  id: 'gated-redistribution',
  severity: 'warning',
  title: 'Gated or custom data handed on',
  messages: {
    gated:
      '{source} is recorded as gated{why}, and seems to be handed on {where}, past its gate. Publish what you added and how to apply it, put your copy behind the same terms, or ask its publisher.',
    custom:
      '{source} is recorded as under terms of its own ("{why}") that are not known here, and seems to be handed on {where}. Read whether they allow that, then note it in pedigree.yaml.',
  },
  *check(context) {
    const told = new Set<string>();
    for (const work of sortedWorks(context)) if (work.local) yield* cards(context, work, told);
    yield* scripts(context, told);
  },
});
