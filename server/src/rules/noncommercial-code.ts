import { roleOfPath } from '../artefacts/hub-id.ts';
import { importedCode } from '../artefacts/imports.ts';
import { namedSlot } from '../artefacts/licence-file.ts';
import { fetchedCode, installedCode } from '../artefacts/via.ts';
import type { Terms } from '../knowledge/types.ts';
import { decidingClause, isNonCommercial, restrictionOf, restrictionOfStatement } from '../lineage/clauses.ts';
import { granted } from '../lineage/bindings.ts';
import { homesOf } from '../lineage/homes.ts';
import { rootWork } from '../lineage/local.ts';
import { sameHolderAs } from '../artefacts/origins/holders.ts';
import { headersIn, noticesOf } from '../lineage/notices.ts';
import { shortName } from '../lineage/path.ts';
import type { Mention, Statement, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { creditsLast, isBuiltOn, isComment, isLesserCopy } from './support/comments.ts';
import { groupedHeads, publishedIn } from './support/foreign-heads.ts';
import { loudest, moreFiles, otherHeads, phrasePlace, termsPlace } from './support/heads.ts';
import { basis, cite, licenceNames, maximumRelated, mayBeOwners, otherMentions, sortedWorks } from './support/helpers.ts';
import { declaredForCode, groupedParts, isBeside, isToldElsewhere, partsUnder, wholeOf, wholeSays, worksOf } from './support/parts.ts';
import type { Part } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { At, RawFinding, RawRelated, RuleContext } from './types.ts';

const isNarrow = (context: RuleContext, statement: Statement): boolean => isNonCommercial(restrictionOfStatement(statement, context.knowledge));

const narrowTerms = (terms: readonly Terms[]): boolean => terms.some((each) => isNonCommercial(restrictionOf(each.clauses)));

interface Said {
  readonly licence: string;
  readonly what: string;
  readonly clause: string;
  readonly number: string | null;
  readonly confidence: string | null;
}

const saidBy = (context: RuleContext, statement: Statement): Said => {
  const terms = statement.licences.flatMap((id) => context.knowledge.terms(id) ?? []).find((each) => isNonCommercial(restrictionOf(each.clauses)));
  const clause = decidingClause(terms?.clauses ?? []);
  return {
    licence: terms?.name ?? 'non-commercial or research terms',
    what: clause?.what ?? 'commercial use is not granted',
    clause: cite(clause),
    number: clause?.clause ?? null,
    confidence: terms?.confidence ?? statement.confidence,
  };
};

/** Beside a whole that everybody may use commercially; one that is as narrow itself has said so. */
const levelBeside = (context: RuleContext, path: string, declared: readonly Terms[]): Severity => {
  const { profile } = context.lineage;
  if (profile.commercial === false || narrowTerms(declared) || roleOfPath(path) !== 'decision') return 'information';
  if (profile.origin === 'policy') return profile.commercial === true || declared.length > 0 ? 'warning' : 'information';
  return declared.length > 0 ? 'warning' : 'information';
};

/** The repository that is looked at, by where it is published. */
const isItself = ({ artefacts, surroundings }: RuleContext, work: string): boolean =>
  homesOf(artefacts, surroundings).isOurs(work.replace('pkg:github/', 'github.com/').toLowerCase());

const statementOf = (context: RuleContext, work: Work): Statement | undefined =>
  granted(work) === undefined ? work.statements.find((statement) => statement.speaker !== 'other' && isNarrow(context, statement)) : undefined;

/** Dependencies, submodules and sources of copied code. */
function* taken(context: RuleContext): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    if (work.local || work.kind !== 'code') continue;
    const statement = statementOf(context, work);
    const imported = (mention: Mention): boolean => mention.via === importedCode;
    const chosen = creditsLast(context, work.id, work.mentions).filter(
      (mention) =>
        (mention.role === 'decision' || isComment(mention)) &&
        mention.type !== 'publishes' &&
        !(mention.via === installedCode && (context.lineage.vendorOf(mention.at.path) !== undefined || isItself(context, work.id))),
    );
    // A manifest is where the choice is made; an import shows it where no manifest does.
    const decisions = [...chosen.filter((mention) => !imported(mention)), ...(isToldElsewhere(context, work.id) ? [] : chosen.filter(imported))];
    if (!statement || decisions.length === 0) continue;
    const agreed = noticesOf(context.artefacts).isAgreedWith(work.id);
    // An owner may license anew what is copied from another repository of its own.
    const isOwners = ({ type, at }: Mention): boolean => type === 'copiedFrom' && mayBeOwners(context, work.id, at.path);
    // What is fetched as it runs is no part of what is handed on; a policy that says what the whole is for decides.
    const isRun = ({ via }: Mention): boolean => (via === fetchedCode || via === installedCode) && context.lineage.profile.origin !== 'policy';
    const levelOf = (mention: Mention): Severity =>
      agreed || isOwners(mention) || isRun(mention) || isLesserCopy(context, mention)
        ? 'information'
        : levelBeside(context, mention.at.path, wholeOf(context, mention.at.path)?.declared ?? []);
    const place = decisions.find((mention) => levelOf(mention) === 'warning') ?? decisions[0];
    if (!place) continue;
    const said = saidBy(context, statement);
    yield {
      messageId: isBuiltOn(place) ? 'built' : 'taken',
      data: { work: shortName(work.id), licence: said.licence, what: said.what, clause: said.clause, basis: basis(statement) },
      at: place.at,
      severity: levelOf(place),
      works: [work.id],
      clause: said.number,
      evidence: statement.evidence,
      confidence: said.confidence,
      related: [...phrasePlace(context, place.at), ...otherMentions(place.at, decisions, `${shortName(work.id)} is taken here too`, levelOf)],
    };
  }
}

const levelOfPart = (context: RuleContext, part: Part): Severity =>
  wholeSays(part.whole, part.statement.licences) ? 'information' : levelBeside(context, part.work.path ?? '', part.declared);

/** Files and folders of this tree under such terms, in a whole under wider ones. */
function* parts(context: RuleContext): Iterable<RawFinding> {
  const told = new Set<string>();
  for (const group of groupedParts(partsUnder(context, (statement) => isNarrow(context, statement)))) {
    const first = group.find((part) => levelOfPart(context, part) === 'warning') ?? group[0];
    if (!first) continue;
    const level = levelOfPart(context, first);
    // The same files, byte for byte, inside another whole are one decision.
    const contents = group.map(({ work }) => context.artefacts.get(work.path ?? '')?.hash ?? work.id);
    const isCopy = contents.every((content) => told.has(content));
    if (level === 'warning') for (const content of contents) told.add(content);
    const said = saidBy(context, first.statement);
    const wide = first.declared.length > 0 && !narrowTerms(first.declared);
    yield {
      messageId: wide ? 'part' : 'declared',
      data: {
        part: first.work.path ?? '',
        more: group.length > 1 ? ` and ${group.length - 1} more` : '',
        whole: shortName(first.whole.id),
        licence: said.licence,
        what: said.what,
        clause: said.clause,
        declared: licenceNames([...new Set(first.declared.map((terms) => terms.id))], context.knowledge),
      },
      at: first.at,
      severity: isCopy ? 'information' : level,
      ofWhole: context.lineage.vendorOf(first.whole.path ?? '.') === undefined,
      works: worksOf([first, ...group.filter((part) => part !== first)]),
      clause: said.number,
      evidence: first.statement.evidence,
      confidence: said.confidence,
      related: [
        ...termsPlace(context, first.at),
        ...group
          .filter((part) => part !== first)
          .flatMap((part) => [{ at: part.at, message: 'the same terms stand here', decides: levelOfPart(context, part) }, ...termsPlace(context, part.at)]),
      ].slice(0, maximumRelated),
    };
  }
}

/** Heads that keep all rights to the holder of such a text at the root: what that permits is all that they permit. */
function* heads(context: RuleContext): Iterable<RawFinding> {
  const root = context.lineage.works.get(rootWork);
  for (const { path, holders } of noticesOf(context.artefacts).rootTexts) {
    const statement = root?.statements.find(({ at, fact, scope }) => at?.path === path && fact?.via === 'text' && (scope === 'code' || scope === 'any'));
    if (!root || !statement || holders.length === 0 || !isNarrow(context, statement)) continue;
    const isTheirs = sameHolderAs(holders);
    const wide = declaredForCode(context, root).filter((terms) => !isNonCommercial(restrictionOf(terms.clauses)));
    const found = headersIn(context.artefacts).filter(
      (head) => head.fact.reserved && context.lineage.vendorOf(head.path) === undefined && head.fact.holders.some((holder) => isTheirs(holder)),
    );
    const group = found.map((head) => ({ at: { path: head.path, fact: head.fact.id }, severity: 'information' as const }));
    const first = loudest(group);
    if (!first || wide.length === 0) continue;
    const said = saidBy(context, statement);
    yield {
      messageId: 'part',
      data: {
        part: first.at.path,
        more: group.length > 1 ? ` and ${group.length - 1} more` : '',
        whole: shortName(root.id),
        licence: said.licence,
        what: said.what,
        clause: said.clause,
        declared: licenceNames([...new Set(wide.map((terms) => terms.id))], context.knowledge),
      },
      at: first.at,
      // The text lies beside that of the whole, so whoever takes the whole is told.
      severity: 'information',
      works: [`local:${first.at.path}`],
      clause: said.number,
      evidence: 'notice',
      confidence: said.confidence,
      related: [{ at: statement.at ?? first.at, message: 'its terms stand here' }, ...otherHeads(context, group, first, 'this head keeps all rights too')],
    };
  }
}

/** Heads that keep all rights to somebody who published the same code for no commerce: no more than that is known to be permitted. */
function* kept(context: RuleContext): Iterable<RawFinding> {
  const groups = groupedHeads(context);
  for (const group of groups) {
    const repository = publishedIn(groups, group);
    const first = loudest(group);
    const terms = repository === undefined ? undefined : context.knowledge.package(`pkg:github/${repository}`);
    if (repository === undefined || !first || !terms) continue;
    const clause = decidingClause(terms.licences.flatMap((id) => context.knowledge.terms(id)?.clauses ?? []));
    yield {
      messageId: 'kept',
      data: {
        holder: first.holder,
        more: moreFiles(group),
        repository,
        licence: licenceNames(terms.licences, context.knowledge),
        what: clause?.what ?? 'commercial use is not granted',
        clause: cite(clause),
        declared: first.declared.length === 0 ? 'nothing' : licenceNames([...new Set(first.declared.map(({ id }) => id))], context.knowledge),
      },
      at: first.at,
      severity: first.severity,
      works: [`local:${first.at.path}`],
      clause: clause?.clause ?? null,
      evidence: 'notice',
      confidence: terms.confidence,
      related: otherHeads(context, group, first, 'this head keeps all rights too'),
    };
  }
}

/** The line of a text that names it, where that is not the first. */
const namedAt = (context: RuleContext, at: At): readonly RawRelated[] => {
  const slot = 'fact' in at ? namedSlot(at.fact) : '';
  return context.artefacts.get(at.path)?.places.has(slot) === true ? [{ at: { path: at.path, slot }, message: 'the text is named here' }] : [];
};

/** The whole under such terms: whoever wrote it may say so. It matters to who means to use it commercially. */
function* own(context: RuleContext): Iterable<RawFinding> {
  const root = context.lineage.works.get(rootWork);
  if (!root) return;
  const said = root.statements.filter(
    (statement) =>
      isBeside(root, statement) &&
      statement.speaker !== 'other' &&
      (statement.scope === 'code' || (statement.scope === 'any' && root.kind === 'code')) &&
      isNarrow(context, statement),
  );
  const [first, ...others] = said;
  const declared = declaredForCode(context, root);
  // Beside wider terms, a sentence of a README speaks of a part, and a second text is that of weights or data.
  if (!first?.at || !declared.every((terms) => isNonCommercial(restrictionOf(terms.clauses)))) return;
  const { licence, what, clause, number, confidence } = saidBy(context, first);
  const { profile } = context.lineage;
  yield {
    messageId: 'declared',
    data: { licence, what, clause, part: shortName(root.id), more: '' },
    at: first.at,
    severity: profile.origin === 'policy' && profile.commercial === true ? 'warning' : 'information',
    works: [root.id],
    clause: number,
    evidence: first.evidence,
    confidence,
    related: [
      ...namedAt(context, first.at),
      ...others.flatMap((statement) => (statement.at ? [{ at: statement.at, message: 'the same is stated here' }] : [])),
    ].slice(0, maximumRelated),
  };
}

export const noncommercialCode = defineRule({
  id: 'noncommercial-code',
  severity: 'warning',
  title: 'Code for non-commercial or research use only',
  messages: {
    taken:
      '{work} is code under {licence}: {what}{clause}, {basis}, and the code around it may be used more widely. Take other code, agree other terms with its licensor, or say that the whole is as narrow.',
    built:
      'This builds on {work}, which is code under {licence}: {what}{clause}, {basis}. Where code was taken over, its terms come along: say which parts are theirs, replace them, or say that the whole is as narrow.',
    part: 'The code of {part}{more} is under {licence}: {what}{clause}, while {whole} is declared {declared}. Replace it, keep it apart and say so in the README, or agree other terms with its licensor.',
    kept: 'This head{more} keeps all rights to {holder}, who published such files in {repository} under {licence}: {what}{clause}, while the whole is declared {declared}. Replace them, get an agreement, or say so in the README.',
    declared: 'The code of {part}{more} is declared under {licence}: {what}{clause}. Agree other terms with its licensor before any commercial use.',
  },
  *check(context) {
    yield* taken(context);
    yield* parts(context);
    yield* heads(context);
    yield* kept(context);
    yield* own(context);
  },
});
