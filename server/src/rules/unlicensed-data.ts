import { granted } from '../lineage/bindings.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import { bindingsFor, otherMentions, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import { decisionsOn, recordedWithout } from './support/uses.ts';

export const unlicensedData = defineRule({
  id: 'unlicensed-data',
  severity: 'information',
  title: 'Data whose own page states no licence',
  messages: {
    none: 'The page of {work} is recorded as stating no licence{date}, so nobody may be sure to have one. Look at its present page and at where the data came from, and note in pedigree.yaml what you find.',
    unknown:
      'The page of {work} is recorded as saying that its licence is unknown{date}, so nobody may be sure to have one. Look at its present page and at where the data came from, and note in pedigree.yaml what you find.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (work.local || work.kind !== 'dataset' || granted(work) !== undefined || bindingsFor(context, work.id).length > 0) continue;
      const recorded = recordedWithout(hubOf(work.id)?.id ?? '', context.knowledge);
      const decisions = decisionsOn(work);
      const [place] = decisions;
      if (!recorded || !place) continue;
      yield {
        messageId: recorded.messageId,
        data: { work: shortName(work.id), date: recorded.asOf === null ? '' : ` (${recorded.asOf})` },
        at: place.at,
        works: [work.id],
        evidence: 'catalogue',
        confidence: recorded.confidence,
        related: otherMentions(place.at, decisions, `${shortName(work.id)} is used here too`, () => 'information'),
      };
    }
  },
});
