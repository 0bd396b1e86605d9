import { roleOfPath } from '../../artefacts/hub-id.ts';
import { groupById } from '../../knowledge/lookup.ts';
import { isWellKnown } from '../../knowledge/publishers.ts';
import { headersIn, noticesOf } from '../../lineage/notices.ts';
import { idsOf } from './foreign-heads.ts';
import { saysWhere, statesTerms } from './astray.ts';
import { loudest, moreFiles, otherHeads } from './heads.ts';
import type { GradedHead } from './heads.ts';
import { licenceNames } from './helpers.ts';
import { wholeOf } from './parts.ts';
import type { RawFinding, RuleContext } from '../types.ts';

interface Termless extends GradedHead {
  readonly holder: string;
  readonly declared: string;
}

/** Holders of whom is told. */
const mostHolders = 3;

/** Heads that name a well-known publisher and nothing else: people may put their own name at a file of theirs, but not that of such. */
const termlessHeads = (context: RuleContext): readonly Termless[] => {
  const notices = noticesOf(context.artefacts);
  return headersIn(context.artefacts).flatMap(({ path, fact }): readonly Termless[] => {
    const [holder] = fact.holders;
    if (holder === undefined || fact.holders.length > 1 || fact.licences.length > 0 || fact.refers || fact.reserved || fact.whole !== false) return [];
    if (context.lineage.vendorOf(path) !== undefined || notices.isComponent(path) || roleOfPath(path) !== 'decision' || /\.(?:sh|cmake)$/.test(path)) return [];
    if (notices.isOurs(holder) !== false || notices.isNoticed(holder) || notices.isMostOf(holder) || !isWellKnown(holder)) return [];
    const declared = idsOf(wholeOf(context, path)?.declared ?? []);
    if (declared.length === 0 || notices.forFile(path) !== undefined || saysWhere(context, path) || statesTerms(context, path)) return [];
    return [{ at: { path, fact: fact.id }, severity: 'information', holder, declared: licenceNames(declared, context.knowledge) }];
  });
};

/** One finding for a holder. */
export function* headsWithoutTerms(context: RuleContext): Iterable<RawFinding> {
  for (const [holder, group] of [...groupById(termlessHeads(context), (head) => [head.holder])].slice(0, mostHolders)) {
    const first = loudest(group);
    if (!first) continue;
    yield {
      messageId: 'termless',
      data: { holder, more: moreFiles(group), declared: first.declared },
      at: first.at,
      severity: 'information',
      works: [`local:${first.at.path}`],
      evidence: 'notice',
      related: otherHeads(context, group, first, 'this head names them too'),
    };
  }
}
