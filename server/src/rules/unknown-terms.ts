import { byFileName } from '../artefacts/weights-paths.ts';
import { givenOut, isOffered, isPreset, isShown } from '../artefacts/via.ts';
import { canonical, hubOf } from '../lineage/remote.ts';
import { isRestrictive, statedCategory } from '../lineage/clauses.ts';
import type { Binding } from '../lineage/types.ts';
import { toBeChecked } from '../policy/types.ts';
import { shortName } from '../lineage/path.ts';
import { granted } from '../lineage/bindings.ts';
import { bindingsFor, licenceNames, noteOfWork, otherMentions, sortedWorks } from './support/helpers.ts';
import { isOfAbsent, recordedWithout } from './support/uses.ts';
import { originalsFirst } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';

/** What the hub said, where it gave nothing out at any revision. */
const refusalOf = (context: RuleContext, work: string): 'absent' | 'refused' | undefined => {
  const said = (context.lineage.answers.get(work) ?? []).filter((answer) => answer.by === 'hub');
  const [first] = said;
  if (!first || said.some((answer) => answer.state !== first.state)) return undefined;
  return first.state === 'absent' || first.state === 'refused' ? first.state : undefined;
};

const isFreeGuess = ({ statement, clauses }: Binding): boolean => statement.evidence === 'name' && !clauses.some(isRestrictive);

/** How the catalogue lists a collection of which no one licence can be said. */
const ofParts = /^several, by part: /;

export const unknownTerms = defineRule({
  id: 'unknown-terms',
  severity: 'information',
  title: 'A work whose terms nothing here knows',
  messages: {
    unknown: 'Nothing known states the terms of {work}, so what you may do with it is open. Look at its card, then note the licence in pedigree.yaml.',
    guessed:
      'Nothing but its name suggests that {work} is under {licences}, so what you may do with it is open. Look at its card, then note the licence in pedigree.yaml.',
    pending: 'The terms of {work} are noted in pedigree.yaml as still to be checked, so they stay open. Look at its card, then write the licence there.',
    absent:
      'The hub knows no {work}, so nothing states its terms. Look whether the id is right or the work was taken away, then note its licence in pedigree.yaml.',
    refused:
      'The hub shows {work} to its members only, or has no such work, so nothing known states its terms. Look at its card with an account that may, then note the licence in pedigree.yaml.',
    parts:
      '{work} is a collection whose parts are under terms of their own: {stated}. Look at its card for the part that is used here, then note its licence in pedigree.yaml.',
    other: '{work} is listed as "{stated}", which names no terms that are known here. Read its licence, then note it in pedigree.yaml.',
  },
  *check(context) {
    const pending = new Set(context.policy.works.flatMap((entry) => (entry.licence === toBeChecked ? [canonical(entry.id, context.knowledge)] : [])));
    for (const work of sortedWorks(context)) {
      if (work.local || !hubOf(work.id) || granted(work) !== undefined) continue;
      const bindings = bindingsFor(context, work.id);
      // What its name alone suggests is no knowledge; where that restricts anything, other rules say so.
      const guessed = bindings.length > 0 && bindings.every(isFreeGuess);
      if (bindings.length > 0 && !guessed) continue;
      // What is known of it may lie in what was left out; the report says that something was.
      if (context.lineage.cut.has(work.id)) continue;
      const mention = originalsFirst(context, work.mentions, ({ at }) => at.path).find(
        (entry) =>
          entry.role === 'decision' &&
          !(isOfAbsent(entry) && entry.type === 'trainedOn') &&
          !isShown(entry.at.fact) &&
          !isOffered(entry.at.fact) &&
          !(work.kind === 'dataset' && (entry.via === byFileName || entry.via === givenOut || (entry.via === 'prose' && isPreset(entry.at.fact)))),
      );
      if (!mention || mention.type === 'publishes') continue;
      // That its own page says nothing is known: unlicensed-data tells it.
      if (work.kind === 'dataset' && !pending.has(work.id) && recordedWithout(hubOf(work.id)?.id ?? '', context.knowledge)) continue;
      const stated = work.statements.find((statement) => statement.licences.length === 0);
      // What it says in words of its own is known well enough for the rules on that.
      if (stated && statedCategory(stated) !== undefined) continue;
      const answered = refusalOf(context, work.id);
      yield {
        messageId: pending.has(work.id)
          ? 'pending'
          : stated
            ? ofParts.test(stated.stated)
              ? 'parts'
              : 'other'
            : (answered ?? (guessed ? 'guessed' : 'unknown')),
        data: {
          work: shortName(work.id),
          stated: (stated?.stated ?? '').replace(ofParts, ''),
          licences: licenceNames([...new Set(bindings.map((binding) => binding.licence))], context.knowledge),
        },
        at: mention.at,
        works: [work.id],
        evidence: stated?.evidence ?? (answered ? 'hub' : guessed ? 'name' : 'catalogue'),
        related: otherMentions(mention.at, work.mentions, `${shortName(work.id)} is used here too`, () => 'information'),
        fixes: noteOfWork(context, work.id, 'Note its licence in pedigree.yaml'),
      };
    }
  },
});
