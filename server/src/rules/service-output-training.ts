import type { WorkId } from '../artefacts/types.ts';
import { shortName } from '../lineage/path.ts';
import { serviceOf } from '../lineage/remote.ts';
import type { Edge } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { sortedWorks } from './helpers.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';

/** The calls of this repository that wrote a work's data, at any distance of copies: the nearest first. */
const writtenBy = (context: RuleContext, data: WorkId): readonly Edge[] => {
  const out: Edge[] = [];
  const reached = new Set([data]);
  for (const at of reached) {
    for (const edge of context.lineage.edgesFrom.get(at) ?? []) {
      if (edge.role !== 'decision') continue;
      if (edge.type === 'generatedBy' && edge.to.startsWith('service:') && edge.at !== null && edge.fact?.via !== 'prose') out.push(edge);
      else if (edge.type === 'copiedFrom' && edge.to.startsWith('local:')) reached.add(edge.to);
    }
  }
  return out;
};

const levelOf = (training: string | null | undefined): Severity | undefined => {
  if (training === 'forbidden') return 'error';
  return training === 'competing-only' || training === 'conditional' ? 'warning' : undefined;
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
          const service = context.knowledge.service(serviceOf(written.to)?.service ?? '');
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
            severity,
            works: [work.id, training.to, written.to],
            clause: service.clause,
            evidence: 'catalogue',
            confidence: service.confidence,
            related: written.at ? [{ at: written.at, message: `${shortName(training.to)} is written by ${shortName(written.to)} here` }] : [],
          };
        }
      }
    }
  },
});
