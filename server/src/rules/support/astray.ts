import { roleOfPath } from '../../artefacts/hub-id.ts';
import { builtComment, takenComment } from '../../artefacts/origins/reader.ts';
import { groupById } from '../../knowledge/lookup.ts';
import type { Terms } from '../../knowledge/types.ts';
import { headersIn, noticesOf } from '../../lineage/notices.ts';
import { loudest, moreFiles, otherHeads } from './heads.ts';
import type { GradedHead } from './heads.ts';
import { licenceNames } from './helpers.ts';
import { bareLicence, wholeOf, wholeSays } from './parts.ts';
import type { RawFinding, RuleContext } from '../types.ts';

/** A head that points at the licence text at the root, which is another than the one it was written for. */
interface Astray extends GradedHead {
  readonly key: string;
  readonly messageId: 'astray' | 'misnamed' | 'pointed';
  readonly holder: string;
  readonly licence: string;
  readonly text: string;
  readonly owner: string;
  readonly declared: readonly Terms[];
}

/** The file names a repository as its source, too: its reader knows where to look. */
export const saysWhere = (context: RuleContext, path: string): boolean =>
  (context.artefacts.get(path)?.facts ?? []).some(
    (fact) => fact.kind === 'relation' && fact.type === 'copiedFrom' && (fact.via === takenComment || fact.via === builtComment),
  );

/** A head says in words of its own what is permitted. */
export const statesTerms = (context: RuleContext, path: string): boolean =>
  (context.artefacts.get(path)?.facts ?? []).some((fact) => fact.kind === 'licence' && fact.via === 'notice' && fact.work === `local:${path}`);

/** Two small words, or a sign before them, are a sentence of the licence on copyright. */
const isName = (holder: string): boolean => /^[\p{L}\p{N}]/u.test(holder) && !/^\p{Ll}+,? \p{Ll}/u.test(holder);

/** The one licence that a head names carries the line of its holder, and its text lies here, so that its absence is told nowhere else. */
const isOfTextElse = (context: RuleContext, licences: readonly string[]): boolean => {
  const [licence] = licences;
  if (licence === undefined || licences.length > 1 || !noticesOf(context.artefacts).hasText(licence)) return false;
  const terms = context.knowledge.terms(licence);
  const clause = terms?.clauses.find(({ kind, effect }) => kind === 'licence-copy' && effect === 'require');
  return terms?.category === 'permissive' && clause !== undefined && typeof clause.clause !== 'string';
};

const astrayHeads = (context: RuleContext): readonly Astray[] => {
  const notices = noticesOf(context.artefacts);
  const text = notices.rootTexts.find(({ path }) => /^licen[cs]e(?:\.\w+)?$/i.test(path)) ?? notices.rootTexts[0];
  if (text === undefined) return [];
  // One file with the texts of several says for which parts they hold, in words that only people read.
  const several = (context.artefacts.get(text.path)?.facts ?? []).some(
    (fact) => fact.kind === 'licence' && fact.via === 'text' && fact.licences.length + (fact.ofComponents?.length ?? 0) > 1,
  );
  return headersIn(context.artefacts).flatMap(({ path, fact }): readonly Astray[] => {
    if (!fact.refers || fact.whole !== false || fact.reserved || fact.choice) return [];
    if (context.lineage.vendorOf(path) !== undefined || notices.isComponent(path)) return [];
    const around = wholeOf(context, path);
    const declared = around?.declared ?? [];
    const [holder] = fact.holders;
    // Texts that ask for sources carry nobody's name but that of who wrote them.
    const owner = declared.some(({ category }) => /copyleft/.test(category)) ? undefined : text.holders.find((each) => isName(each));
    const decided = declared.length > 0 && notices.rootTexts.every((each) => each === text || each.holders.length > 0) && roleOfPath(path) === 'decision';
    const of = (messageId: Astray['messageId'], key: string, sure: boolean): Astray => ({
      at: { path, fact: fact.id },
      key: `${messageId} ${key}`,
      messageId,
      holder: holder ?? '',
      licence: licenceNames(fact.licences, context.knowledge),
      text: text.path,
      owner: owner === undefined ? '' : ` of ${owner}`,
      declared,
      severity: decided && sure ? 'warning' : 'information',
    });
    if (holder === undefined) {
      const bare = declared.map((terms) => bareLicence(terms.id));
      const said = fact.licences.some((licence) => bare.includes(bareLicence(licence)) || notices.hasText(licence));
      return declared.length === 0 || said || (around && wholeSays(around.whole, fact.licences)) ? [] : [of('misnamed', fact.licences.join('+'), true)];
    }
    // Of a head that names its licence the absence of that text is told, and of one that bars commerce, that it does.
    const known = fact.holders.some((each) => notices.answersForAll(each) !== false || notices.isNoticed(each));
    if (fact.licences.length > 0)
      return known || fact.holders.some((each) => notices.isOurs(each) === true) || !isOfTextElse(context, fact.licences)
        ? []
        : [of('pointed', `${holder} ${fact.licences[0]}`, false)];
    if (statesTerms(context, path)) return [];
    const most = notices.isMostOf(holder);
    // A text that names nobody may be theirs, in a tree that is mostly theirs.
    return known || (most && owner === undefined) ? [] : [of('astray', holder, owner !== undefined && !most && !several && !saysWhere(context, path))];
  });
};

/** One finding for a holder, or for a licence that heads name. */
export function* headsAstray(context: RuleContext): Iterable<RawFinding> {
  for (const group of groupById(astrayHeads(context), (head) => [head.key]).values()) {
    const first = loudest(group);
    if (!first) continue;
    yield {
      messageId: first.messageId,
      data: {
        holder: first.holder,
        licence: first.licence,
        more: moreFiles(group),
        text: first.text,
        owner: first.owner,
        declared: first.declared.length === 0 ? 'licence' : licenceNames([...new Set(first.declared.map((terms) => terms.id))], context.knowledge),
      },
      at: first.at,
      severity: first.severity,
      works: [`local:${first.at.path}`],
      evidence: 'notice',
      related: otherHeads(context, group, first, 'this head points there too'),
    };
  }
}
