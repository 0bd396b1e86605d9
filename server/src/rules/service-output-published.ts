import { someDataset } from '../artefacts/via.ts';
import type { WorkId } from '../artefacts/types.ts';
import type { ServiceTerms } from '../knowledge/types.ts';
import { folderOf } from '../lineage/local.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Edge } from '../lineage/types.ts';
import { sortedWorks } from './support/helpers.ts';
import { isOwnCall, termsOf, writtenBy } from './support/outputs.ts';
import { defineRule } from './types.ts';
import type { At, RawFinding, RuleContext } from './types.ts';

const answers: Readonly<Record<string, string>> = {
  allowed: 'outputs may be published',
  forbidden: 'outputs may not be published',
  conditional: 'publishing outputs is limited',
  silent: 'publishing outputs is not barred',
};

const targetName = (work: WorkId): string => (work === someDataset ? 'a data set of the hub' : shortName(work));

const isWithin = (folder: WorkId, work: WorkId): boolean => work.startsWith(`${folder}/`) && !work.includes('#');

/** What is handed on by its own name, or as a part of a folder. */
const sourcesOf = (context: RuleContext, data: WorkId): readonly Edge[] => [
  ...writtenBy(context, data),
  ...(data.includes('#') ? [] : sortedWorks(context).flatMap((work) => (isWithin(data, work.id) ? writtenBy(context, work.id) : []))),
];

/** Calls of the same file whose outputs are kept: what they are kept in need not be what is handed on. */
const besides = (context: RuleContext, published: Edge): readonly Edge[] =>
  context.lineage.edges.filter(
    (edge) =>
      edge.type === 'generatedBy' &&
      edge.to.startsWith('service:') &&
      edge.at !== null &&
      edge.at.path === published.at?.path &&
      isOwnCall({ role: edge.role, via: edge.fact?.via ?? '' }),
  );

const finding = (written: Edge, messageId: string, service: ServiceTerms, at: At, published: string, works: readonly WorkId[]): RawFinding => ({
  messageId,
  data: {
    model: shortName(written.to),
    service: service.name,
    work: published,
    summary: service.summary,
    clause: service.clause ? ` (${service.clause})` : '',
    publishing: answers[service.publishOutputs ?? ''] ?? 'what its terms say of publishing outputs is not known here',
  },
  at,
  severity: service.publishOutputs === 'forbidden' ? 'warning' : 'information',
  works,
  clause: service.clause,
  evidence: 'catalogue',
  confidence: service.confidence,
  related: written.at ? [{ at: written.at, message: `${shortName(written.from)} is written by ${shortName(written.to)} here` }] : [],
});

/** Data that are put on the hub. */
function* uploads(context: RuleContext): Iterable<RawFinding> {
  const told = new Set<string>();
  for (const published of context.lineage.edges) {
    const { at, to, type, role, from } = published;
    if (type !== 'publishes' || role !== 'decision' || !at || (to !== someDataset && hubOf(to)?.type !== 'dataset')) continue;
    const direct = sourcesOf(context, from);
    for (const written of direct.length > 0 ? direct : besides(context, published)) {
      const service = termsOf(context, written.to, written);
      if (!service || told.has(`${to} ${service.id}`)) continue;
      told.add(`${to} ${service.id}`);
      yield finding(written, direct.length > 0 ? 'uploaded' : 'beside', service, at, targetName(to), [to, written.to]);
    }
  }
}

/** Data that lie in the tree, and so go wherever it goes. */
function* committed(context: RuleContext): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    if (!work.local || work.path === null || work.path.includes('#') || !context.artefacts.has(work.path)) continue;
    const told = new Set<string>();
    for (const written of writtenBy(context, work.id)) {
      const service = termsOf(context, written.to, written);
      if (!service || told.has(service.id)) continue;
      told.add(service.id);
      yield finding(
        written,
        'committed',
        service,
        { path: work.path, line: 1 },
        work.path.slice(folderOf(work.path) === '.' ? 0 : folderOf(work.path).length + 1),
        [work.id, written.to],
      );
    }
  }
}

export const serviceOutputPublished = defineRule({
  id: 'service-output-published',
  severity: 'information',
  title: 'Outputs of a service are published as data',
  messages: {
    uploaded:
      'Outputs of {model} are published as {work}; of {service} we know: {publishing}, and for training {summary}{clause}. Name model, service and date on its card, and state a licence that promises no more than you have.',
    beside:
      'A file that keeps outputs of {model} publishes {work}, which may hold them; of {service} we know: {publishing}, and for training {summary}{clause}. If it does, name model, service and date on its card.',
    committed:
      '{work} is written by {model} and lies in this tree, so it is handed on with it; of {service} we know: {publishing}, and for training {summary}{clause}. Note model, service and date beside it.',
  },
  *check(context) {
    yield* uploads(context);
    yield* committed(context);
  },
});
