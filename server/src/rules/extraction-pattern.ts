import { helperAsks } from '../artefacts/via.ts';
import type { CallFact, CallSign } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { shortName } from '../lineage/path.ts';
import { isOwnCall, termsOf } from './support/outputs.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';

const words: Readonly<Record<CallSign, string>> = {
  probabilities: 'the probabilities of its words',
  reasoning: 'its steps of reasoning',
  preferences: 'its scores of preference',
  keys: 'answers by several keys in turn',
};

const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);

/** The calls of a file are kept as data, by that file or by one that goes through it. */
const isKept = (context: RuleContext, path: string, work: string): boolean =>
  (context.lineage.works.get(work)?.mentions ?? []).some(
    (mention) => mention.type === 'generatedBy' && mention.at.path === path && (mention.via === helperAsks ? mention.role === 'decision' : isOwnCall(mention)),
  );

const workOf = ({ service, model }: CallFact): string => `service:${service}${model === null ? '' : `/${model}`}`;

export const extractionPattern = defineRule({
  id: 'extraction-pattern',
  severity: 'information',
  title: 'Collecting from a service in a way that its terms name',
  messages: {
    found:
      'This collects {what} of {model} in a loop and keeps them, which looks like what the terms of {service} speak of as extraction or distillation{clause}; whether they mean this use is not for a tool to say. Read them, and note in pedigree.yaml what this is for.',
  },
  *check(context) {
    const told = new Set<string>();
    for (const { path, fact } of factsOf(context.artefacts, 'call')) {
      if (fact.signs === undefined) continue;
      const work = workOf(fact);
      const service = termsOf(context, work);
      // Without a clause there is nothing to tell.
      if (!service?.extractionNamed || service.trainAnyModel === 'allowed' || told.has(`${path} ${work}`) || !isKept(context, path, work)) continue;
      told.add(`${path} ${work}`);
      yield {
        messageId: 'found',
        data: {
          what: listed(fact.signs.map((sign) => words[sign])),
          model: shortName(work),
          service: service.name,
          clause: service.extractionClause ? ` (${service.extractionClause})` : '',
        },
        at: { path, fact: fact.id },
        works: [work],
        clause: service.extractionClause,
        evidence: 'catalogue',
        confidence: service.confidence,
        related: fact.signs.map((sign) => ({ at: { path, slot: `${fact.id}#${sign}` }, message: words[sign] })),
      };
    }
  },
});
