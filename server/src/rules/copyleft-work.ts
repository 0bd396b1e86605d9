import { roleOfPath } from '../artefacts/hub-id.ts';
import type { WorkId } from '../artefacts/types.ts';
import { importedCode } from '../artefacts/imports.ts';
import { installedCode } from '../artefacts/via.ts';
import { takenComment } from '../artefacts/origins/reader.ts';
import { byFileName } from '../artefacts/weights-paths.ts';
import type { Clause, Terms } from '../knowledge/types.ts';
import { rootWork } from '../lineage/local.ts';
import { noticesOf } from '../lineage/notices.ts';
import { shortName } from '../lineage/path.ts';
import type { Mention } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { creditsLast, isBuiltOn, isComment, isLesserCopy } from './support/comments.ts';
import { phrasePlace, termsPlace } from './support/heads.ts';
import { basis, bindingsFor, cite, licenceNames, maximumRelated, mayBeOwners, otherMentions, soften, sortedWorks } from './support/helpers.ts';
import {
  copiedCopyleftOf,
  copyleftOf,
  declaredForCode,
  groupedParts,
  isShipped,
  isWide,
  partsUnder,
  servedClause,
  wholeOf,
  wholeSays,
  worksOf,
} from './support/parts.ts';
import type { Part } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

/** The clause to cite: of handing on, and of serving where that is what is done. */
const clauseOf = (context: RuleContext, terms: Terms): Clause | undefined => {
  const served = context.lineage.profile.distribute.includes('service') ? servedClause(terms) : undefined;
  return served ?? terms.clauses.find((clause) => clause.kind === 'same-licence');
};

/** Somewhere in its folder the same is offered under other terms too. */
const isOfferedOtherwise = (part: Part): boolean =>
  part.work.statements.some((other) => other.fact?.via === part.statement.fact?.via && other.at?.path !== part.at.path && other.licences.length > 0);

/** One source file is part of what is handed on with the whole; a folder with a text of its own may be another program that lies beside it. */
const levelOfPart = (context: RuleContext, part: Part, terms: Terms): Severity => {
  const path = part.work.path ?? '';
  if (wholeSays(part.whole, part.statement.licences) || roleOfPath(path) !== 'decision') return 'information';
  if (isShipped(context, terms)) return 'warning';
  return context.artefacts.has(path) && context.lineage.vendorOf(path) === undefined ? 'warning' : 'information';
};

function* parts(context: RuleContext): Iterable<RawFinding> {
  const found = partsUnder(context, (statement) => copyleftOf(context, statement) !== undefined).filter(
    (part) => isWide(part.declared) && !isOfferedOtherwise(part),
  );
  for (const group of groupedParts(found)) {
    const terms = group[0] ? copyleftOf(context, group[0].statement) : undefined;
    if (!terms) continue;
    const first = group.find((part) => levelOfPart(context, part, terms) === 'warning') ?? group[0];
    if (!first) continue;
    const clause = clauseOf(context, terms);
    yield {
      messageId: 'part',
      data: {
        part: first.work.path ?? '',
        more: group.length > 1 ? ` and ${group.length - 1} more` : '',
        whole: shortName(first.whole.id),
        licence: terms.name,
        declared: licenceNames([...new Set(first.declared.map((each) => each.id))], context.knowledge),
        what: clause?.what ?? 'derivatives are handed on under the same licence',
        clause: cite(clause),
      },
      at: first.at,
      severity: levelOfPart(context, first, terms),
      ofWhole: context.lineage.vendorOf(first.whole.path ?? '.') === undefined,
      works: worksOf([first, ...group.filter((part) => part !== first)]),
      clause: clause?.clause ?? null,
      evidence: first.statement.evidence,
      confidence: terms.confidence,
      related: [
        ...termsPlace(context, first.at),
        ...group
          .filter((part) => part !== first)
          .flatMap((part) => [
            { at: part.at, message: 'the same terms stand here', decides: levelOfPart(context, part, terms) },
            ...termsPlace(context, part.at),
          ]),
      ].slice(0, maximumRelated),
    };
  }
}

/** Weights in the tree whose own metadata state such terms: tools that write them put their own licence there. */
function* packed(context: RuleContext): Iterable<RawFinding> {
  const found = sortedWorks(context).flatMap((work): Part[] => {
    const statement = work.statements.find((entry) => entry.fact?.via === 'weights' && copyleftOf(context, entry) !== undefined);
    const around = work.path === null ? undefined : wholeOf(context, work.path);
    const bundled = work.mentions.some((mention) => mention.type === 'bundles' && mention.role === 'decision');
    return work.local && statement?.at && around && bundled && isWide(around.declared) ? [{ work, statement, at: statement.at, ...around }] : [];
  });
  for (const group of groupedParts(found)) {
    const [first, ...others] = group;
    const terms = first ? copyleftOf(context, first.statement) : undefined;
    if (!first || !terms) continue;
    const clause = clauseOf(context, terms);
    yield {
      messageId: 'packed',
      data: {
        part: first.work.path ?? '',
        more: others.length > 0 ? ` and ${others.length} more` : '',
        whole: shortName(first.whole.id),
        licence: terms.name,
        declared: licenceNames([...new Set(first.declared.map((each) => each.id))], context.knowledge),
        what: clause?.what ?? 'derivatives are handed on under the same licence',
        clause: cite(clause),
      },
      at: first.at,
      severity: wholeSays(first.whole, first.statement.licences) ? 'information' : 'warning',
      works: worksOf(group),
      clause: clause?.clause ?? null,
      evidence: first.statement.evidence,
      confidence: terms.confidence,
      related: others.slice(0, maximumRelated).map((part) => ({ at: part.at, message: 'the same terms stand here' })),
    };
  }
}

/** Copied code and bundled weights are part of what is handed on; a submodule may be another program that is fetched beside it. */
const levelOfUse = (context: RuleContext, mention: Mention, terms: Terms): Severity => {
  if (!isWide(wholeOf(context, mention.at.path)?.declared ?? []) || roleOfPath(mention.at.path) !== 'decision') return 'information';
  return isShipped(context, terms) || (mention.type === 'bundles' && mention.via !== 'submodule') || mention.type === 'copiedFrom' ? 'warning' : 'information';
};

/** Packages that are installed beside the whole have a rule of their own. */
const isInstalled = (mention: Mention): boolean =>
  mention.via === 'requirement' || mention.via === 'dependency' || mention.via === importedCode || mention.via === installedCode;

/** Files under terms that reach no further than themselves may be handed on with any whole, whose notices name them. */
const isUnmet = (context: RuleContext, work: WorkId, licences: readonly string[], { via, at }: Mention): boolean => {
  const notices = noticesOf(context.artefacts);
  const isTold = notices.names(work.replace('pkg:github/', 'github.com/').toLowerCase()) || licences.some((licence) => notices.hasText(licence));
  // A whole that asks for sources itself takes such files along under its own terms, whatever a part of it is under.
  const root = context.lineage.works.get(rootWork);
  if (root && declaredForCode(context, root).some(({ category }) => category === 'copyleft')) return false;
  return via === takenComment && !isTold && context.lineage.vendorOf(at.path) === undefined && !mayBeOwners(context, work, at.path);
};

function* uses(context: RuleContext): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    if (work.local || work.kind === 'service') continue;
    const binding = bindingsFor(context, work.id).find((entry) => !entry.inherited && copiedCopyleftOf(context, entry.statement) !== undefined);
    const terms = binding ? copiedCopyleftOf(context, binding.statement) : undefined;
    if (!binding || !terms) continue;
    const isWeak = copyleftOf(context, binding.statement) === undefined;
    // Code that was copied while the project was under freer terms still is; when that was, the tree does not say.
    const wasFree = (context.knowledge.package(work.id)?.earlier ?? []).length > 0;
    const agreed = noticesOf(context.artefacts).isAgreedWith(work.id);
    // A part with a text of its own was taken in with what it had copied.
    const isOfPart = ({ at }: Mention): boolean => isWeak && wholeOf(context, at.path)?.whole.path !== '.';
    const level = (mention: Mention): Severity =>
      agreed || isOfPart(mention) || isLesserCopy(context, mention) || (wasFree && mention.type === 'copiedFrom') || mention.via === byFileName
        ? 'information'
        : soften(levelOfUse(context, mention, terms), binding.statement);
    const decisions = creditsLast(context, work.id, work.mentions).filter(
      (mention) =>
        (mention.role === 'decision' || isComment(mention)) &&
        !isInstalled(mention) &&
        (!isWeak || isUnmet(context, work.id, binding.statement.licences, mention)) &&
        ['loads', 'bundles', 'copiedFrom'].includes(mention.type) &&
        isWide(wholeOf(context, mention.at.path)?.declared ?? []),
    );
    const place = decisions.find((mention) => level(mention) === 'warning') ?? decisions[0];
    if (!place) continue;
    const clause = clauseOf(context, terms);
    yield {
      messageId: isBuiltOn(place) ? 'built' : 'used',
      data: {
        work: shortName(work.id),
        licence: terms.name,
        basis: basis(binding.statement),
        what: clause?.what ?? 'derivatives are handed on under the same licence',
        clause: cite(clause),
        declared: licenceNames([...new Set((wholeOf(context, place.at.path)?.declared ?? []).map((each) => each.id))], context.knowledge),
      },
      at: place.at,
      severity: level(place),
      works: [work.id],
      clause: clause?.clause ?? null,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: [...phrasePlace(context, place.at), ...otherMentions(place.at, work.mentions, `${shortName(work.id)} is used here too`, level)],
    };
  }
}

export const copyleftWork = defineRule({
  id: 'copyleft-work',
  severity: 'warning',
  title: 'Copyleft code or a copyleft work in a more permissive whole',
  messages: {
    part: '{licence} holds for {part}{more}, while {whole} is declared {declared}: {what}{clause}, so the declaration does not hold for all that is handed on. Say so in the README and the manifest, keep the part apart, or replace it.',
    packed:
      'The metadata of {part}{more} state {licence}, while {whole} is declared {declared}: {what}{clause}. Say so in the README, agree other terms with the owner, or take other weights.',
    used: '{work} is under {licence}, {basis}, while the whole is declared {declared}: {what}{clause}. Keep it apart from what you hand on or serve, agree other terms with its owner, or take another.',
    built:
      'This builds on {work}, which is under {licence}, {basis}, while the whole is declared {declared}: {what}{clause}. Where code was taken over, its terms come along: say which parts are theirs, or replace them.',
  },
  *check(context) {
    yield* parts(context);
    yield* packed(context);
    yield* uses(context);
  },
});
