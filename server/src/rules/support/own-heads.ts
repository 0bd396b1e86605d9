import { roleOfPath } from '../../artefacts/hub-id.ts';
import { groupById } from '../../knowledge/lookup.ts';
import type { Terms } from '../../knowledge/types.ts';
import { isNonCommercial, restrictionOf } from '../../lineage/clauses.ts';
import { headersIn, noticesOf } from '../../lineage/notices.ts';
import { saysWhere } from './astray.ts';
import { holdsOneOf, idsOf } from './foreign-heads.ts';
import { loudest, moreFiles, statedAt } from './heads.ts';
import type { GradedHead } from './heads.ts';
import { licenceNames, maximumRelated } from './helpers.ts';
import { wholeOf, wholeSays } from './parts.ts';
import type { RawFinding, RuleContext } from '../types.ts';

export const ownHeadMessages: Readonly<Record<string, string>> = {
  head: 'This head{more} names {here} as the licence of {holder}, while {holder} has put the whole under {there}, and no text of the other is in the tree. Make both say what is meant.',
};

interface OwnHead extends GradedHead {
  readonly holder: string;
  readonly licence: string;
  readonly declared: readonly Terms[];
}

/** Heads of who answers for the whole, with other terms than the whole has. */
const ownHeads = (context: RuleContext): readonly OwnHead[] => {
  const notices = noticesOf(context.artefacts);
  return headersIn(context.artefacts).flatMap(({ path, fact }): readonly OwnHead[] => {
    const [licence, more] = fact.licences;
    const [holder] = fact.holders;
    if (licence === undefined || more !== undefined || holder === undefined || fact.choice || fact.reserved || fact.whole !== false) return [];
    if (context.lineage.vendorOf(path) !== undefined || notices.isComponent(path) || roleOfPath(path) !== 'decision') return [];
    if (!fact.holders.every((each) => notices.answersForAll(each) === true)) return [];
    const terms = context.knowledge.terms(licence);
    // Of parts that ask for sources or bar commerce other rules tell.
    if (terms === undefined || terms.category === 'copyleft' || isNonCommercial(restrictionOf(terms.clauses))) return [];
    const around = wholeOf(context, path);
    const declared = around?.declared ?? [];
    const isSaid = holdsOneOf([licence], idsOf(declared)) || notices.hasText(licence) || (around !== undefined && wholeSays(around.whole, [licence]));
    // The terms of a source stand at the head of what was made from it.
    if (around?.whole.path !== '.' || declared.length !== 1 || isSaid || saysWhere(context, path)) return [];
    return [{ at: { path, fact: fact.id }, severity: 'information', holder, licence, declared }];
  });
};

/** One finding for a licence. */
export function* headsOfOwn(context: RuleContext): Iterable<RawFinding> {
  for (const [licence, group] of groupById(ownHeads(context), (head) => [head.licence])) {
    const first = loudest(group);
    if (!first) continue;
    yield {
      messageId: 'head',
      data: {
        more: moreFiles(group),
        holder: first.holder,
        here: licenceNames([licence], context.knowledge),
        there: licenceNames(idsOf(first.declared), context.knowledge),
      },
      at: statedAt(context, first.at),
      severity: 'information',
      works: [`local:${first.at.path}`],
      evidence: 'notice',
      related: group
        .filter((head) => head !== first)
        .slice(0, maximumRelated)
        .map(({ at }) => ({ at: statedAt(context, at), message: 'this head says so too' })),
    };
  }
}
