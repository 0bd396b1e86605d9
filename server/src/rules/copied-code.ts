import { builtComment, crlfSlot, lineSlot, namelessId, takenComment } from '../artefacts/origins/reader.ts';
import type { WorkId } from '../artefacts/types.ts';
import type { Clause, Terms } from '../knowledge/types.ts';
import { isNonCommercial, restrictionOfStatement } from '../lineage/clauses.ts';
import { rootWork } from '../lineage/local.ts';
import { noticesOf } from '../lineage/notices.ts';
import type { FactRef, Mention, Statement, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { creditedCode, creditedMessages } from './support/credited-code.ts';
import { headsAstray } from './support/astray.ts';
import { headsWithoutTerms } from './support/termless-heads.ts';
import { duty, foreignHeads, groupedHeads, holdsOneOf, idsOf, publishedIn } from './support/foreign-heads.ts';
import { loudest, moreFiles, otherHeads, phrasePlace } from './support/heads.ts';
import { basis, cite, licenceNames, maximumRelated, mayBeOwners, sortedWorks } from './support/helpers.ts';
import { hasForeignHolder, headNames, isInKnownPackage, takesFile } from './support/comments.ts';
import { copiedCopyleftOf, copyleftOf, declaredForCode, hasModule, isWide, wholeOf, wholeSays } from './support/parts.ts';
import { areaOf } from './support/shared.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

const github = 'pkg:github/';

interface Source {
  /** `owner/name`, or where a snippet lies. */
  readonly name: string;
  /** Without the scheme. */
  readonly address: string;
}

/** Where code can be taken from: a repository, a snippet that somebody put up by itself, or a site of answers. */
const sourceOf = (id: WorkId): Source | undefined => {
  if (id.startsWith(github)) return { name: id.slice(github.length), address: id.replace(github, 'github.com/') };
  if (id.startsWith(namelessId)) return { name: id.slice(namelessId.length), address: id };
  const other = /^url:(?!https?:)(.+)$/.exec(id)?.[1];
  return other === undefined ? undefined : { name: other, address: other };
};

/** Answers to questions are under the same terms, whoever wrote them. */
const isOfAnswers = ({ address }: Source): boolean => !address.includes('/');

const shared = (terms: Terms | undefined): Clause | undefined => terms?.clauses.find((clause) => clause.kind === 'same-licence');

const commentMark = (path: string): string => (/\.(?:py|pyx|sh|jl)$/.test(path) ? '#' : path.endsWith('.lua') ? '--' : '//');

const noticeFiles = ['THIRD_PARTY_NOTICES.md', 'THIRD_PARTY_NOTICES.txt', 'THIRD_PARTY_NOTICES', 'ThirdPartyNotices.txt', 'NOTICE', 'NOTICE.txt', 'NOTICE.md'];

/** None of them is safe: what has to be said is its holder's word, and only the first lines of it are known here. */
const fixesFor = (context: RuleContext, { name, address }: Source, licences: readonly string[], places: readonly FactRef[]): RawFix[] => {
  const [place] = places;
  if (!place) return [];
  const files = [...new Set(places.map((entry) => entry.path))];
  const expression = licences.join(' AND ');
  const notice = noticeFiles.find((each) => context.artefacts.has(each)) ?? 'THIRD_PARTY_NOTICES.md';
  const under = expression === '' ? '' : `Licence: ${expression}\n`;
  const table = context.artefacts.has('REUSE.toml') ? '' : 'version = 1\n';
  const row = `\n[[annotations]]\npath = [${files.map((file) => JSON.stringify(file)).join(', ')}]\nSPDX-FileCopyrightText = "authors of https://${address}"\nSPDX-License-Identifier = "${expression}"\n`;
  const slot = lineSlot(place.fact);
  const slots = context.artefacts.get(place.path)?.places;
  const end = slots?.has(crlfSlot) === true ? '\r\n' : '\n';
  return [
    {
      title: `Add a notice of ${name} to ${notice}`,
      safe: false,
      preferred: true,
      creates: [{ path: notice, append: true, text: `\n## ${name}\n\nhttps://${address}, taken over in ${files.join(', ')}\n${under}` }],
    },
    ...(expression === '' ? [] : [{ title: 'Add a row to REUSE.toml', safe: false, creates: [{ path: 'REUSE.toml', append: true, text: `${table}${row}` }] }]),
    ...(expression !== '' && slots?.has(slot) === true
      ? [
          {
            title: `Say at the head of the file: ${expression}`,
            safe: false,
            edits: [{ path: place.path, slot, text: `${commentMark(place.path)} SPDX-License-${'Identifier'}: ${expression}${end}` }],
          },
        ]
      : []),
  ];
};

interface Place {
  readonly mention: Mention;
  readonly messageId: 'unlike' | 'same' | 'line' | 'nameless' | 'unknown' | 'named' | 'built' | 'answer';
  readonly severity: Severity;
  readonly declared: readonly Terms[];
}

/** Sources that comments in one part of the tree (its first folder) name, from which on the next is information. */
const mostSources = 3;

const usualBranch = /^(?:main|master|HEAD|develop|dev|trunk)$/;

/** The address leads to a branch of its own, which may be under other terms than what the catalogue knows: neither a usual one, nor a commit, nor a release. */
const isOfBranch = (context: RuleContext, { at }: Mention): boolean => {
  const fact = context.artefacts.get(at.path)?.facts.find(({ id }) => id === at.fact);
  const revision = fact?.kind === 'relation' ? fact.revision : null;
  return revision !== null && !usualBranch.test(revision) && !/\d/.test(revision);
};

/** Texts with sections are the same for all; others carry the line of their holder, so each is another. */
const hasSections = (context: RuleContext, licence: string): boolean => typeof duty(context.knowledge.terms(licence))?.clause === 'string';

/** A file that was taken from one place as a whole: where that in turn began is told by its own comment, which came along. */
const isSecondSource = (context: RuleContext, mention: Mention): boolean => {
  const first = (context.artefacts.get(mention.at.path)?.facts ?? []).find(
    (fact) => fact.kind === 'relation' && fact.type === 'copiedFrom' && fact.via === takenComment,
  );
  return first !== undefined && first.id !== mention.at.fact && takesFile(context, { ...mention, at: { path: mention.at.path, fact: first.id } });
};

/** What there is to say of one comment; undefined where all is said. */
const placeOf = (context: RuleContext, mention: Mention, source: Source, statement: Statement | undefined): Place | undefined => {
  const { path } = mention.at;
  const notices = noticesOf(context.artefacts);
  const address = source.address.toLowerCase();
  // What was said below an issue lies with the repository.
  const home = `${github}${/^github\.com\/([^/]+\/[^/]+)/.exec(source.address)?.[1] ?? source.address.split('/').slice(-2).join('/')}`;
  if (context.lineage.vendorOf(path) !== undefined || mayBeOwners(context, home, path)) return undefined;
  if (source.address.startsWith(namelessId)) {
    const isKnown = notices.namesLike(source.name) || hasModule(context, source.name) || isInKnownPackage(context, path) || notices.isComponent(path);
    return isKnown || (notices.forFile(path) !== undefined && !notices.isOwnHead(path))
      ? undefined
      : { mention, messageId: 'nameless', severity: 'information', declared: [] };
  }
  const around = wholeOf(context, path);
  const declared = around?.declared ?? [];
  const licences = statement?.licences ?? [];
  const told = notices.forFile(path);
  const comment = notices.commentOn(path, address);
  const isOwnHead = notices.isOwnHead(path) && !headNames(context, path, source.name);
  // What a file says of itself as the whole does, says nothing of a source whose terms nobody knows; nor does what the comment says of its source.
  const isOwn = isOwnHead && (holdsOneOf(licences, idsOf(declared)) || holdsOneOf(comment ?? [], licences));
  const ofWhole = [...idsOf(declared), ...idsOf(declaredForCode(context, context.lineage.works.get(rootWork)))];
  const ofSource = told !== undefined && (licences.length === 0 ? told.length > 0 && !holdsOneOf(told, ofWhole) : !isOwn && holdsOneOf(told, licences));
  const noticed = notices.names(address) || ofSource;
  if (noticed) return undefined;
  const place = (messageId: Place['messageId'], severity: Severity): Place => ({ mention, messageId, severity, declared });
  if (mention.via === builtComment) {
    const restricted = statement && !['free', 'unknown'].includes(restrictionOfStatement(statement, context.knowledge));
    // A licence that asks for no more than a notice may be met by what the comment says, unless the whole file is meant.
    const unlike = restricted === true || (declared.length > 0 && licences.length > 0 && takesFile(context, mention));
    return unlike && !holdsOneOf(licences, idsOf(declared)) ? place('built', 'information') : undefined;
  }
  // Answers ask for the name of their terms and a link, which stands here.
  if (comment !== undefined && comment.length > 0 && isOfAnswers(source)) return undefined;
  if (comment !== undefined) {
    const named = [...comment, ...licences];
    if (!named.some((licence) => notices.hasText(licence))) return place('named', 'information');
    // The text of the whole carries the line of its own holder, and the comment names no other.
    const isLineless =
      comment.length > 0 &&
      notices.rootTexts.every(({ holders }) => holders.length === 1) &&
      named.every((licence) => holdsOneOf([licence], idsOf(declared)) && duty(context.knowledge.terms(licence)) && !hasSections(context, licence)) &&
      !named.some((licence) => notices.hasTextOfOthers(licence));
    return isLineless && !hasForeignHolder(context, path) ? place('line', 'information') : undefined;
  }
  if (licences.length === 0) return place('unknown', 'information');
  if (holdsOneOf(licences, idsOf(declared)) || (around && wholeSays(around.whole, licences))) return place('same', 'information');
  if (isOfAnswers(source)) return place('answer', 'information');
  // A few lines in the middle of a file may be less than a licence asks notice for; what the head says holds for the file.
  const whole =
    takesFile(context, mention) && !isOfBranch(context, mention) && !isSecondSource(context, mention) && !licences.some((licence) => notices.hasText(licence));
  const ours = !notices.isComponent(path) && !isInKnownPackage(context, path);
  return place('unlike', declared.length > 0 && mention.role === 'decision' && !notices.isAgreedWith(home) && ours && whole ? 'warning' : 'information');
};

/** `told`: licences whose text is asked for at some heads already, where one text mends both. */
function* comments(context: RuleContext, work: Work, source: Source, told: ReadonlySet<string>): Iterable<RawFinding> {
  const statement = work.statements.find((entry) => entry.speaker !== 'other' && (entry.licences.length > 0 || entry.stated.startsWith('category:')));
  if (statement && isNonCommercial(restrictionOfStatement(statement, context.knowledge))) return;
  // Where the whole is under the same, the rule on copyleft has nothing to say, and the notices go along all the same.
  const isCopyleft = statement !== undefined && copiedCopyleftOf(context, statement) !== undefined;
  const spoken = work.mentions.filter((mention) => mention.via === takenComment || mention.via === builtComment);
  const isWeak = statement !== undefined && copyleftOf(context, statement) === undefined;
  const isTold = statement?.licences.some((licence) => told.has(licence) && hasSections(context, licence)) === true;
  const places = spoken
    .flatMap((mention) => placeOf(context, mention, source, statement) ?? [])
    .filter(({ messageId, declared }) => !isCopyleft || messageId === 'same' || (isWeak && !isWide(declared)))
    .map((place): Place => (isTold ? { ...place, severity: 'information' } : place));
  const first = places.find((place) => place.severity === 'warning') ?? places[0];
  if (!first) return;
  const licences = statement?.licences ?? [];
  const terms = licences.map((id) => context.knowledge.terms(id)).find((each) => duty(each) !== undefined);
  const clause = first.messageId === 'answer' ? (shared(terms) ?? duty(terms)) : duty(terms);
  yield {
    messageId: first.messageId,
    data: {
      repository: source.name,
      licence: licenceNames(licences, context.knowledge),
      basis: statement ? basis(statement) : '',
      declared: first.declared.length === 0 ? 'nothing' : licenceNames(idsOf(first.declared), context.knowledge),
      what: clause?.what ?? 'its notices go along with every copy',
      clause: cite(clause),
    },
    at: first.mention.at,
    severity: first.severity,
    works: [work.id],
    clause: clause?.clause ?? null,
    evidence: statement?.evidence ?? 'declared',
    confidence: statement?.confidence ?? null,
    related: [
      ...phrasePlace(context, first.mention.at),
      ...places
        .filter((place) => place !== first)
        .flatMap(({ mention, severity }) => [
          { at: mention.at, message: `${source.name} is named as the source here too`, decides: severity },
          ...phrasePlace(context, mention.at),
        ]),
    ].slice(0, maximumRelated),
    fixes:
      first.messageId === 'built' || first.messageId === 'answer' || first.messageId === 'nameless'
        ? []
        : fixesFor(
            context,
            source,
            licences,
            [first, ...places.filter((place) => place !== first)].map(({ mention }) => mention.at),
          ),
  };
}

function* heads(context: RuleContext): Iterable<RawFinding> {
  const groups = groupedHeads(context);
  for (const group of groups) {
    const first = loudest(group);
    // Of code that its holder published elsewhere for no commerce, the rule on such code tells.
    if (!first || publishedIn(groups, group) !== undefined) continue;
    const holders = [...new Set(group.map((head) => head.holder))].filter((holder) => holder !== first.holder);
    const clause = first.licence === null ? undefined : duty(context.knowledge.terms(first.licence));
    yield {
      messageId: first.licence === null ? 'reserved' : 'header',
      data: {
        holder: first.holder,
        more: moreFiles(group, holders),
        id: first.licence ?? '',
        licence: first.licence === null ? '' : licenceNames([first.licence], context.knowledge),
        declared: first.declared.length === 0 ? 'nothing' : licenceNames(idsOf(first.declared), context.knowledge),
        what: clause?.what ?? '',
        clause: cite(clause),
      },
      at: first.at,
      severity: first.severity,
      works: [`local:${first.at.path}`],
      clause: clause?.clause ?? null,
      evidence: 'notice',
      related: otherHeads(context, group, first, 'the same terms stand at this head'),
    };
  }
}

export const copiedCode = defineRule({
  id: 'copied-code',
  severity: 'warning',
  title: 'Code of others without the notice that its licence asks for',
  messages: {
    ...creditedMessages,
    unlike:
      'Code was taken from {repository}, which is under {licence} ({basis}), while the whole is declared {declared} and no notice names it: {what}{clause}. Add its copyright line and the text of its licence to a notice, or say so in an SPDX header or REUSE.toml.',
    same: 'Code was taken from {repository}, which is under {licence} ({basis}) like the whole, but no notice names it: {what}{clause}. Add its copyright line to a notice.',
    unknown:
      'Code was taken from {repository}, and neither the tree nor the catalogue says under which licence. Look it up, and add the notice that it asks for.',
    named:
      'Code was taken from {repository} and the comment names its licence, but the text of that licence is not in the tree. Add the text, with its copyright line, to a notice or under LICENSES/.',
    line: 'Code was taken from {repository} and the comment names its licence, but not whose copyright it is, which that licence asks for, and the text of the whole names somebody else. Add its copyright line to a notice.',
    nameless:
      'Code was taken from {repository} by what the comment says, but it gives no address, so nobody can look up whose it is and under which terms. Write down where it lies, and add the notice that its licence asks for.',
    answer:
      'Code was taken from an answer on {repository}, where texts are under {licence} or an earlier version ({basis}), while the whole is declared {declared}: {what}{clause}. Name its author and its terms here, or write it anew where it is more than a few lines.',
    built:
      'This builds on {repository}, which is under {licence} ({basis}), while the whole is declared {declared}. Where code was taken over, its terms come along: say which parts are theirs.',
    header:
      'This head names {holder} as holder and {licence} as licence{more}, but the text of that licence is not in the tree, and the whole is declared {declared}: {what}{clause}. Add the text (such as LICENSES/{id}.txt) and a notice of whose code it is.',
    astray:
      'This head{more} points at the licence in {text}, which is the {declared}{owner} here, while it names {holder} as holder, whose terms are not in the tree. Find the licence that it was written for, and add its text or name it in the head.',
    pointed:
      'This head{more} points at {text} for {licence} of {holder}, but that file is the {declared}{owner} here, and no text in the tree names {holder}. Add that text with its copyright line.',
    misnamed:
      'This head{more} says that {licence} stands in the licence file, but {text} is {declared} here, and the text that it means is not in the tree. Add that text with its holder, or correct the head.',
    termless:
      'This head{more} names {holder} as holder and no terms, while the whole is declared {declared} and no text or notice here names them. Find where it was taken from, and add the notice that its licence asks for.',
    reserved:
      'This head{more} keeps all rights to {holder} and forbids use without an agreement, while the whole is declared {declared}. Get the agreement and say so, or replace the code.',
  },
  *check(context) {
    const told = new Set(foreignHeads(context).flatMap(({ licence, severity }) => (licence !== null && severity === 'warning' ? [licence] : [])));
    // Whoever takes code from many places has seen it after a few; a package that was taken in may have done so before.
    const warned = new Map<string, number>();
    for (const work of sortedWorks(context)) {
      const source = sourceOf(work.id);
      if (!source) continue;
      for (const finding of comments(context, work, source, told)) {
        const area = 'path' in finding.at ? areaOf(finding.at.path) : '';
        const count = finding.severity === 'warning' ? (warned.get(area) ?? 0) : 0;
        if (finding.severity === 'warning') warned.set(area, count + 1);
        yield count < mostSources ? finding : { ...finding, severity: 'information' };
      }
    }
    yield* creditedCode(context);
    yield* heads(context);
    yield* headsAstray(context);
    yield* headsWithoutTerms(context);
  },
});
