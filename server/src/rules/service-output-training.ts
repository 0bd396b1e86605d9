import type { WorkId } from '../artefacts/types.ts';
import { modifications } from '../knowledge/types.ts';
import type { ServiceTerms } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import type { Edge, FactRef, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { maximumRelated, sortedWorks } from './support/helpers.ts';
import { termsOf, writtenBy } from './support/outputs.ts';
import { copyKey, isExample, originalsFirst } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RawRelated, RuleContext } from './types.ts';

const levelOf = (training: string | null | undefined): Severity | undefined => {
  if (training === 'forbidden') return 'error';
  return training === 'competing-only' || training === 'conditional' ? 'warning' : undefined;
};

/** Where the model, or one that was made from it, is handed on. */
const publishedModels = (context: RuleContext, model: WorkId): readonly RawRelated[] => {
  const reached = new Set([model]);
  for (const at of reached)
    for (const edge of context.lineage.edgesTo.get(at) ?? [])
      if (modifications.includes(edge.type) && edge.role === 'decision' && reached.size < 50) reached.add(edge.from);
  return [...reached]
    .flatMap((work) => context.lineage.edgesFrom.get(work) ?? [])
    .flatMap((edge) =>
      edge.type === 'publishes' && edge.at ? [{ at: edge.at, message: `${shortName(edge.from)} is published as ${shortName(edge.to)} here` }] : [],
    )
    .slice(0, 5);
};

interface Trained {
  readonly work: Work;
  readonly training: Edge;
  readonly at: FactRef;
  readonly written: Edge;
  readonly service: ServiceTerms;
  readonly severity: Severity;
}

/** Each model of this repository, with what wrote the data that it is trained on. */
const trainedIn = (context: RuleContext): readonly Trained[] => {
  const out: Trained[] = [];
  for (const work of sortedWorks(context)) {
    if (!work.local) continue;
    const told = new Set<string>();
    for (const training of context.lineage.edgesFrom.get(work.id) ?? []) {
      const { at } = training;
      if (training.type !== 'trainedOn' || training.role !== 'decision' || !at) continue;
      // What the same file writes comes first: another may write under the same name.
      const isElsewhere = (edge: Edge): boolean => edge.at?.path !== at.path;
      for (const written of writtenBy(context, training.to).toSorted((a, b) => Number(isElsewhere(a)) - Number(isElsewhere(b)))) {
        const service = termsOf(context, written.to, written);
        const severity = levelOf(service?.trainAnyModel);
        if (!service || severity === undefined || told.has(`${training.to} ${service.id}`)) continue;
        told.add(`${training.to} ${service.id}`);
        out.push({ work, training, at, written, service, severity });
      }
    }
  }
  return out;
};

/** Copies of one notebook, and scripts that were made of it, decide the same once. */
const decisionsOf = (context: RuleContext): readonly (readonly Trained[])[] => {
  const groups = new Map<string, Trained[]>();
  for (const each of trainedIn(context)) {
    const { path } = each.at;
    const own = (work: WorkId): string => work.replace(path, '');
    const key = `${copyKey(context, path)} ${own(each.work.id)} ${own(each.training.to)} ${each.service.id}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].map((group) => originalsFirst(context, group, ({ at }) => at.path));
};

export const serviceOutputTraining = defineRule({
  id: 'service-output-training',
  severity: 'warning',
  title: 'A model is trained on outputs of a service whose terms limit that',
  messages: {
    barred:
      '{work} is trained on {data}, written by {model}, and the terms of {service} bar training any model on outputs{unless}: {summary}{clause}. Obtain permission, or train on other data.',
    limited:
      '{work} is trained on {data}, written by {model}, and the terms of {service} limit what outputs may train: {summary}{clause}. Check that your model is none that they bar, and note the answer in pedigree.yaml.',
  },
  *check(context) {
    const levelAt = ({ at, severity }: Trained): Severity => (isExample(context, at.path) ? 'information' : severity);
    for (const group of decisionsOf(context)) {
      const first = group.find((each) => levelAt(each) !== 'information') ?? group[0];
      if (!first) continue;
      const { work, training, at, written, service, severity } = first;
      yield {
        messageId: severity === 'error' ? 'barred' : 'limited',
        data: {
          work: shortName(work.id),
          data: shortName(training.to),
          model: shortName(written.to),
          service: service.name,
          summary: service.summary,
          clause: service.clause ? ` (${service.clause})` : '',
          unless: service.unless ? ` without ${service.unless}` : '',
        },
        at,
        severity: levelAt(first),
        works: [work.id, training.to, written.to],
        clause: service.clause,
        evidence: 'catalogue',
        confidence: service.confidence,
        related: [
          ...(written.at ? [{ at: written.at, message: `${shortName(written.from)} is written by ${shortName(written.to)} here` }] : []),
          ...publishedModels(context, work.id),
          ...group
            .filter((each) => each !== first)
            .slice(0, maximumRelated)
            .map((each) => ({ at: each.at, message: 'a copy of this notebook is trained on such data here too', decides: levelAt(each) })),
        ],
      };
    }
  },
});
