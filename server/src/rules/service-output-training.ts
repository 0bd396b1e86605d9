import type { WorkId } from '../artefacts/types.ts';
import { modifications } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import type { Severity } from '../protocol/report.ts';
import { sortedWorks } from './support/helpers.ts';
import { termsOf, writtenBy } from './support/outputs.ts';
import { inExample } from './support/shared.ts';
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
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      const told = new Set<string>();
      for (const training of context.lineage.edgesFrom.get(work.id) ?? []) {
        if (training.type !== 'trainedOn' || training.role !== 'decision' || !training.at) continue;
        for (const written of writtenBy(context, training.to)) {
          const service = termsOf(context, written.to, written);
          const severity = levelOf(service?.trainAnyModel);
          if (!service || severity === undefined || told.has(`${training.to} ${service.id}`)) continue;
          told.add(`${training.to} ${service.id}`);
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
            at: training.at,
            severity: inExample(training.at.path) ? 'information' : severity,
            works: [work.id, training.to, written.to],
            clause: service.clause,
            evidence: 'catalogue',
            confidence: service.confidence,
            related: [
              ...(written.at ? [{ at: written.at, message: `${shortName(written.from)} is written by ${shortName(written.to)} here` }] : []),
              ...publishedModels(context, work.id),
            ],
          };
        }
      }
    }
  },
});
