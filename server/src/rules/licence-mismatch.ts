import { roleOfPath } from '../artefacts/hub-id.ts';
import type { Scope } from '../artefacts/types.ts';
import { isScaffolded } from '../knowledge/scaffolds.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { categoryOfClassifier } from '../licence/names.ts';
import { isModified, modifiedOf, namesModified } from '../licence/modified.ts';
import { restrictionOfStatement } from '../lineage/clauses.ts';
import { factsOf } from '../lineage/files.ts';
import { homesOf } from '../lineage/homes.ts';
import { folderOf, isKept, isOfPackage, rootWork } from '../lineage/local.ts';
import { noticesOf } from '../lineage/notices.ts';
import { shortName } from '../lineage/path.ts';
import type { FactRef, Statement, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { hubTag, isTemplate, licenceNames, maximumRelated, sortedWorks } from './support/helpers.ts';
import { familyClaims } from './support/families.ts';
import { linkMessages, namedLinks } from './support/named-links.ts';
import { headsOfOwn, ownHeadMessages } from './support/own-heads.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

const strength: Readonly<Record<string, number>> = { text: 0, card: 1, weights: 1, manifest: 1, document: 2, classifier: 3, prose: 2, badge: 3 };

const strengthOf = (statement: Statement): number => strength[statement.fact?.via ?? ''] ?? 9;

/** `-only` and `-or-later` of one version are spelled alike in classifiers and cards, so they do not disagree. */
const bare = (licence: string): string => licence.replace(/-(?:only|or-later)$/, '');

/** A name that only the project itself gives to its terms: what they are, its text says. */
const isOwnName = (licence: string, knowledge: Knowledge): boolean =>
  licence.startsWith('LicenseRef-') && knowledge.terms(licence) === undefined && !isModified(licence);

/** A publisher's own terms, which are on no public list. */
const isOfPublisher = (licence: string): boolean => licence.startsWith('LicenseRef-') && !isModified(licence);

const agree = (left: string, right: string, knowledge: Knowledge): boolean =>
  (isOwnName(left, knowledge) && isOfPublisher(right)) ||
  (isOwnName(right, knowledge) && isOfPublisher(left)) ||
  bare(left) === bare(right) ||
  (isModified(left) && namesModified(right, knowledge)) ||
  (isModified(right) && namesModified(left, knowledge));

const meets = (a: Statement, b: Statement, knowledge: Knowledge): boolean =>
  a.licences.some((left) => b.licences.some((right) => agree(left, right, knowledge)));

const narrow: readonly string[] = ['research-only', 'non-commercial'];

const scopeWords: Readonly<Record<Scope, string>> = { code: 'the code is', weights: 'the weights are', data: 'the data are', any: 'this work is' };

/** Two sentences of one text, each with its own licence, share the work out between them; who repeats oneself does not do so in the same breath. */
const shareOut = (a: Statement, b: Statement): boolean => a.fact?.via === 'prose' && b.fact?.via === 'prose' && a.at?.path === b.at?.path;

/**
 * Which statements speak of the same thing. A licence text of scope `any` covers the code of a code repository, and the weights or data
 * of a repository whose card is in the same folder; prose about weights in a code repository is about something else.
 */
const groupsOf = (work: Work, knowledge: Knowledge): readonly { readonly scope: Scope; readonly statements: readonly Statement[] }[] => {
  const usable = work.statements.filter(
    (statement) => statement.at !== null && statement.licences.length > 0 && statement.speaker !== 'other' && statement.fact?.problem?.code !== 'ambiguous',
  );
  const main: Scope = work.kind === 'model' ? 'weights' : work.kind === 'dataset' ? 'data' : 'code';
  // A text that only statements about another part name is the text of that part.
  const ofOther = (statement: Statement): boolean => {
    const naming = statement.fact?.via === 'text' ? usable.filter((other) => other.scope !== 'any' && meets(other, statement, knowledge)) : [];
    return naming.length > 0 && naming.every((other) => other.scope !== main);
  };
  return (['code', 'weights', 'data'] as const).map((scope) => ({
    scope,
    statements: usable.filter((statement) => statement.scope === scope || (statement.scope === 'any' && scope === main && !ofOther(statement))),
  }));
};

/** R has words of its own for licences, and checks them. */
const takesIds = (path: string): boolean => !/(?:^|\/)DESCRIPTION$/.test(path);

const fixOf = (context: RuleContext, weaker: Statement, stronger: Statement): RawFix[] => {
  const [licence, more] = stronger.licences;
  if (!weaker.at || licence === undefined || more !== undefined) return [];
  const via = weaker.fact?.via;
  const text =
    via === 'card'
      ? hubTag(licence, context.knowledge)
      : via === 'manifest' && !licence.startsWith('LicenseRef-') && takesIds(weaker.at.path)
        ? licence
        : undefined;
  return text === undefined
    ? []
    : [
        {
          title: `Set to ${text}, as the ${stronger.fact?.via === 'text' ? 'licence text' : 'better evidence'} says`,
          safe: false,
          preferred: true,
          edits: [{ path: weaker.at.path, slot: weaker.at.fact, text }],
        },
      ];
};

/** Another statement of the same kind and file says what the better evidence says: they share the work out between them. */
const isToldBeside = (other: Statement, best: Statement, statements: readonly Statement[], knowledge: Knowledge): boolean => {
  const via = other.fact?.via;
  const besides = statements.filter((beside) => beside !== other && beside.at?.path === other.at?.path && meets(beside, best, knowledge));
  return besides.some((beside) =>
    via === 'prose' || via === 'classifier' || via === 'badge'
      ? beside.fact?.via === via || (via === 'classifier' && beside.fact?.via === 'manifest' && meets(beside, other, knowledge))
      : false,
  );
};

/** It speaks of a project that was taken in: what its own people wrote disagrees, and nobody here decided it. */
const isOfCopy = (context: RuleContext, work: Work, other: Statement, best: Statement): boolean => {
  if (!other.at || !best.at || work.path === '.' || work.path === null) return false;
  if (isKept(other.at.path) && isKept(best.at.path)) return true;
  const notices = noticesOf(context.artefacts);
  const whole = context.lineage.works.get(rootWork)?.statements ?? [];
  const own = !whole.some((statement) => meets(statement, best, context.knowledge) || meets(statement, other, context.knowledge));
  return own && notices.isComponent(best.at.path) && notices.isComponent(other.at.path);
};

/** A manifest that names another repository as its home is that of what was taken from there. */
const isOfOtherHome = (context: RuleContext, { at, fact }: Statement): boolean => {
  if (!at || (fact?.via !== 'manifest' && fact?.via !== 'classifier')) return false;
  const homes = homesOf(context.artefacts, context.surroundings);
  const said = (context.artefacts.get(at.path)?.facts ?? []).flatMap((entry) => (entry.kind === 'home' ? [entry.repository] : []));
  // What the root itself says decides, unless it says two things.
  if (folderOf(at.path) === '.') return said.length > 0 && said.every((repository) => homes.isTakenOver(repository));
  return said.length > 0 && !said.some((repository) => homes.mayBeOurs(repository, at.path.slice(at.path.lastIndexOf('/') + 1)));
};

/** The manifest of a part says what the whole does, and the text beside it does not: whoever keeps the whole wrote it, though the part was taken in. */
const isOfWhole = (context: RuleContext, other: Statement, best: Statement): boolean => {
  if (best.fact?.via !== 'text' || !isOfPackage(other.fact?.via) || !other.at || isKept(other.at.path)) return false;
  const whole = context.lineage.works.get(rootWork)?.statements.filter(({ fact }) => fact?.via === 'text') ?? [];
  const says = (one: Statement): boolean => whole.some((statement) => meets(statement, one, context.knowledge));
  // What was changed in a text is told there; and a manifest of others may be left as they wrote it.
  return says(other) && !says(best) && !best.licences.some(isModified) && !isOfOtherHome(context, other);
};

/** The manifest of a package inside the tree says what the heads of its own files do: which terms hold there, these tell. */
const isToldByHeads = (context: RuleContext, work: Work, { at, fact, licences }: Statement, best: Statement): boolean => {
  const folder = at && isOfPackage(fact?.via) ? folderOf(at.path) : '.';
  if (folder === '.' || folder === work.path) return false;
  const heads = factsOf(context.artefacts, 'header').filter((head) => head.path.startsWith(`${folder}/`) && head.fact.licences.length > 0);
  const says = (wanted: readonly string[]): boolean =>
    heads.some((head) => head.fact.licences.some((left) => wanted.some((right) => agree(left, right, context.knowledge))));
  return says(licences) && !says(best.licences);
};

/** The READMEs of a folder are one page in several languages. */
const pageOf = (path: string): string => path.replace(/(^|\/)readme[^/]*$/i, '$1readme');

const severityOf = (context: RuleContext, work: Work, other: Statement, best: Statement): Severity => {
  const path = other.at?.path ?? '';
  // A sentence, a badge or what is for citations calls a changed text by its old name: the change itself is told at the text.
  const isOldName =
    (other.fact?.via === 'prose' || other.fact?.via === 'badge' || /(?:^|\/)citation\.cff$/i.test(path)) &&
    best.licences.every((licence) => other.licences.includes(modifiedOf(licence, context.knowledge) ?? licence));
  // A badge for whatever there is, and a sentence of the same page that differs: it may speak of what the work builds on.
  const isOfOnePage =
    pageOf(other.at?.path ?? '') === pageOf(best.at?.path ?? '') &&
    [other, best].some((each) => each.fact?.via === 'prose') &&
    [other, best].some((each) => each.fact?.via === 'badge' && each.scope === 'any');
  // Nobody meant the change.
  const isSlip = best.fact?.changed?.some(({ of, slip }) => slip === true && other.licences.includes(of)) === true;
  if (
    isOldName ||
    isSlip ||
    isOfOnePage ||
    [other, best].some((each) => isScaffolded(each.at?.path ?? '', each.licences)) ||
    isOfCopy(context, work, other, best) ||
    isToldByHeads(context, work, other, best) ||
    [other, best].some((each) => isOfOtherHome(context, each))
  )
    return 'information';
  return best.fact?.via === 'text' && (other.fact?.via === 'card' || other.fact?.via === 'manifest') ? 'error' : 'warning';
};

interface Differing {
  readonly other: Statement & { readonly at: FactRef };
  readonly severity: Severity;
}

const levels: readonly Severity[] = ['error', 'warning', 'information'];

function* compare(context: RuleContext, work: Work, scope: Scope, statements: readonly Statement[]): Iterable<RawFinding> {
  const ordered = statements.toSorted((a, b) => strengthOf(a) - strengthOf(b));
  const best = ordered[0];
  if (!best?.at) return;
  // Several texts side by side (LICENSE-MIT, LICENSE-APACHE) are alternatives or parts: any of them agrees.
  const peers = ordered.filter((statement) => statement.fact?.via === best.fact?.via && statement.fact?.via !== 'prose' && statement.fact?.via !== 'badge');
  const seen = new Set<string>();
  // Several files that say the same are one mistake.
  const groups = new Map<string, Differing[]>();
  for (const other of ordered) {
    const { at } = other;
    if (!at || peers.includes(other) || [best, ...peers].some((peer) => meets(peer, other, context.knowledge)) || shareOut(best, other)) continue;
    if (isTemplate(at.path) || isToldBeside(other, best, work.statements, context.knowledge)) continue;
    const key = other.licences.join();
    if (seen.has(`${at.path} ${key}`)) continue;
    seen.add(`${at.path} ${key}`);
    groups.set(key, [...(groups.get(key) ?? []), { other: { ...other, at }, severity: severityOf(context, work, other, best) }]);
  }
  for (const group of groups.values()) {
    const first = levels.flatMap((level) => group.find((entry) => entry.severity === level) ?? [])[0];
    if (!first) continue;
    const others = group.filter((entry) => entry !== first);
    yield {
      messageId: 'differ',
      data: {
        here: licenceNames(first.other.licences, context.knowledge),
        there: licenceNames(best.licences, context.knowledge),
        where: best.at.path,
        scope: scopeWords[scope],
      },
      at: first.other.at,
      severity: first.severity,
      ofWhole: work.id !== rootWork && isOfWhole(context, first.other, best),
      works: [work.id],
      evidence: best.evidence,
      related: [
        { at: best.at, message: `${licenceNames(best.licences, context.knowledge)} is stated for ${shortName(work.id)} here` },
        ...others.slice(0, maximumRelated).map(({ other, severity }) => ({ at: other.at, message: 'the same is said here', decides: severity })),
      ],
      fixes: group.flatMap(({ other }) => fixOf(context, other, best)).slice(0, 5),
    };
  }
}

/** What limits use without a licence: a sentence, or a classifier for it. */
const limitOf = (statement: Statement, knowledge: Knowledge): string | undefined => {
  if (statement.at === null || statement.speaker === 'other' || statement.licences.length > 0) return undefined;
  if (statement.fact?.via === 'classifier') return categoryOfClassifier(statement.stated);
  const isNarrow = statement.fact?.via === 'prose' && narrow.includes(restrictionOfStatement(statement, knowledge));
  return isNarrow ? statement.stated.replace(/^category:/, '') : undefined;
};

/** A sentence or a classifier that limits use, beside a licence of the same thing that does not: one of them is not meant. */
function* limits(context: RuleContext, work: Work): Iterable<RawFinding> {
  const limiting = work.statements.flatMap((statement) => {
    const limit = limitOf(statement, context.knowledge);
    return limit === undefined ? [] : [{ statement, limit }];
  });
  const told = new Set<string>();
  for (const { scope, statements } of limiting.length > 0 ? groupsOf(work, context.knowledge) : []) {
    const free = statements
      .filter((statement) => statement.fact?.via !== 'prose' && restrictionOfStatement(statement, context.knowledge) === 'free')
      .toSorted((a, b) => strengthOf(a) - strengthOf(b))[0];
    // Where any licence of the same thing is as narrow, the sentence sums it up.
    if (!free?.at || statements.some((statement) => narrow.includes(restrictionOfStatement(statement, context.knowledge)))) continue;
    for (const { statement, limit } of limiting) {
      if (!statement.at || (statement.scope !== scope && statement.scope !== 'any') || told.has(statement.at.path)) continue;
      told.add(statement.at.path);
      yield {
        messageId: 'limits',
        data: {
          here: limit,
          there: licenceNames(free.licences, context.knowledge),
          where: free.at.path,
          scope: scopeWords[scope],
        },
        at: statement.at,
        severity: statement.fact?.via === 'classifier' && free.fact?.via === 'text' ? 'warning' : 'information',
        works: [work.id],
        evidence: free.evidence,
        related: [{ at: free.at, message: `${licenceNames(free.licences, context.knowledge)} is stated for ${shortName(work.id)} here` }],
      };
    }
  }
}

function* families(context: RuleContext, work: Work): Iterable<RawFinding> {
  for (const { said, text } of familyClaims(context, work)) {
    const there = licenceNames(text.licences, context.knowledge);
    yield {
      messageId: 'differ',
      data: { here: said.stated, there, where: text.at.path, scope: scopeWords.code },
      at: said.at,
      severity: isTemplate(said.at.path) || isOfOtherHome(context, said) ? 'information' : 'warning',
      works: [work.id],
      evidence: text.evidence,
      related: [{ at: text.at, message: `${there} is stated for ${shortName(work.id)} here` }],
    };
  }
}

/** Only the page at the root says what the code is under, and the one package that says it too, below and with no text of its own, differs. */
function* packages(context: RuleContext): Iterable<RawFinding> {
  const root = context.lineage.works.get(rootWork);
  const said = root ? (groupsOf(root, context.knowledge)[0]?.statements ?? []) : [];
  const [first] = said;
  if (!root || !first?.at || said.some((statement) => statement.fact?.via !== 'badge' && statement.fact?.via !== 'prose')) return;
  const below = sortedWorks(context).flatMap((work) => {
    const own = work.statements.filter(({ at, fact }) => at !== null && isOfPackage(fact?.via));
    return work.local && work !== root && own.length > 0 && context.lineage.vendorOf(`${work.path}/x`) === undefined ? [{ work, own }] : [];
  });
  const [only, more] = below;
  const packed = only?.own[0];
  if (!only || more || !packed?.at || noticesOf(context.artefacts).isComponent(packed.at.path)) return;
  if (roleOfPath(packed.at.path) !== 'decision' || isTemplate(packed.at.path)) return;
  if (said.some((statement) => only.own.some((each) => each.licences.length === 0 || meets(each, statement, context.knowledge)))) return;
  yield {
    messageId: 'differ',
    data: {
      here: licenceNames(first.licences, context.knowledge),
      there: licenceNames(packed.licences, context.knowledge),
      where: packed.at.path,
      scope: scopeWords.code,
    },
    at: first.at,
    severity: 'information',
    works: [root.id, only.work.id],
    evidence: packed.evidence,
    related: [{ at: packed.at, message: `${licenceNames(packed.licences, context.knowledge)} is stated for ${shortName(only.work.id)} here` }],
  };
}

export const licenceMismatch = defineRule({
  id: 'licence-mismatch',
  severity: 'warning',
  title: 'Two statements about the same work disagree',
  messages: {
    ...linkMessages,
    ...ownHeadMessages,
    differ: 'Here {scope} said to be under {here}, but {where} says {there}, so nobody can tell which holds. Make both say what is meant.',
    limits:
      'Here {scope} said to be {here}, but {where} puts it under {there}, which asks for no such thing. Make both say what is meant: a licence that is given is not taken back by a word beside it.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      for (const group of groupsOf(work, context.knowledge)) yield* compare(context, work, group.scope, group.statements);
      yield* limits(context, work);
      yield* families(context, work);
    }
    yield* packages(context);
    yield* namedLinks(context);
    yield* headsOfOwn(context);
  },
});
