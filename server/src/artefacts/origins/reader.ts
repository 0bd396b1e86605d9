import type { Category, Knowledge } from '../../knowledge/types.ts';
import { readExpression } from '../../licence/expression.ts';
import { identify } from '../../licence/identify.ts';
import { findLicenceMentions } from '../../licence/mentions.ts';
import { limits } from '../../text/limits.ts';
import type { NeedleGroup } from '../../text/needles.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { moreThan, nothingRead } from '../draft.ts';
import { factIds, roleOfPath } from '../hub-id.ts';
import type { HeaderFact } from '../notice-facts.ts';
import type { Anchor, Fact, ReadProblem, Reader, Reading } from '../types.ts';
import { fewLinesOf, headOf, unmarked } from './comments.ts';
import type { IsOfFew } from './comments.ts';
import { findCopies, workOfSource } from './copies.ts';
import { holdersOf } from './holders.ts';
import { findNamed, namingWords } from './named.ts';
import { separateHeads } from './separate.ts';
import { folderNamed, forbidding, formerly, inFile, isOfTerms, mayRefer, ofParts, ofSource, onOther, termsIn } from './terms-lines.ts';
import { titleLineOf } from './title-lines.ts';

export const sources = /\.(?:py|pyx|cu|cuh|c|cc|cpp|cxx|h|hh|hpp|hxx|m|mm|metal|js|jsx|mjs|cjs|ts|tsx|mts|cts|rs|go|java|kt|swift|sh|jl|lua)$/;

/** What only builds: little of it is handed on, so that no comment there binds as one at the head of a source does. */
const buildFile = /(?:\.cmake|^cmakelists\.txt)$/;

/** `via` of a relation that a comment states: code was taken over, or only built on. */
export const takenComment = 'copied code';
export const builtComment = 'built on';

/** Of works that a comment names without saying where they lie. */
export const namelessId = 'pkg:generic/';

/** Slots: of a comment at the head of its file, where a line can be put before it, behind what has to come first; of a file that has CRLF. */
export const lineSlot = (fact: string): string => `${fact}#line`;
export const crlfSlot = 'origins:crlf';
/** Of a head, the line that states its terms, where that is not its holder's; of a comment, the line above its address with which it begins. */
export const termsSlot = (fact: string): string => `${fact}#terms`;
export const phraseSlot = (fact: string): string => `${fact}#phrase`;

interface Build {
  readonly path: string;
  readonly text: string;
  /** The comment with which the text begins. */
  readonly head: string;
  readonly knowledge: Knowledge;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly problems: ReadProblem[];
  readonly idOf: (kind: string, content: string) => string;
}

const add = (build: Build, fact: Fact, span: Span): void => {
  build.facts.push(fact);
  build.anchors[fact.id] = { span };
};

const addCopies = (build: Build): void => {
  const { path, text, knowledge, idOf } = build;
  const role = roleOfPath(path);
  const head = build.head.length;
  const first = /^\uFEFF?(?:#!.*(?:\r\n|\r|\n))?(?:#(?=.*coding[:=]).*(?:\r\n|\r|\n))?/.exec(text)?.[0].length ?? 0;
  let isOfFew: IsOfFew | undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const isBuild = buildFile.test(name.toLowerCase());
  const copies = findCopies(text, { file: name, head });
  if (copies.length > limits.originsPerFile) build.problems.push(moreThan(limits.originsPerFile, 'lines on where code was taken from'));
  for (const { host, repository, revision, taken, loose, terms, start, end, phrase } of copies.slice(0, limits.originsPerFile)) {
    const place = repository === '' ? host : `${host}/${repository}`;
    const to = workOfSource({ host, repository });
    const span = spanOf(start, end);
    const id = idOf('copiedFrom', to);
    if (phrase !== null) build.anchors[phraseSlot(id)] = { span: spanOf(phrase, phrase) };
    if (start < head && !loose && !isBuild && !(isOfFew ??= fewLinesOf(text, head))(start, end)) build.anchors[lineSlot(id)] = { span: spanOf(first, first) };
    add(
      build,
      {
        kind: 'relation',
        id,
        from: `local:${path}`,
        to,
        type: 'copiedFrom',
        role: taken || role !== 'decision' ? role : 'mention',
        revision,
        via: taken ? takenComment : builtComment,
        pinnable: false,
        remoteCode: false,
      },
      span,
    );
    if (terms === null) continue;
    const licences = [...new Set(findLicenceMentions(terms, knowledge).flatMap((mention) => mention.licences))];
    add(build, { kind: 'notice', id: idOf('notice', to), holders: [], repositories: [place.toLowerCase()], licences }, span);
  }
};

/** Without an address it is less sure which repository is meant, and so there is no place for a line at the head. */
const addNamed = (build: Build): void => {
  const { path, text, knowledge, idOf } = build;
  const role = roleOfPath(path);
  const told = new Set(build.facts.flatMap((fact) => (fact.kind === 'relation' ? [fact.to.toLowerCase()] : [])));
  for (const { repository, name, start, end } of findNamed(text, build.head.length, knowledge)) {
    const to = repository === undefined ? `${namelessId}${name}` : `pkg:github/${repository}`;
    if (told.has(to.toLowerCase())) continue;
    told.add(to.toLowerCase());
    const id = idOf('copiedFrom', to);
    add(
      build,
      { kind: 'relation', id, from: `local:${path}`, to, type: 'copiedFrom', role, revision: null, via: takenComment, pinnable: false, remoteCode: false },
      spanOf(start, end),
    );
  }
};

/** `LicenseRef-AcmeProprietary`. */
const ownRef = /^LicenseRef-.*proprietary/i;
const narrow: ReadonlySet<Category> = new Set(['copyleft', 'non-commercial', 'research-only']);

const lineWith = (text: string, holder: string): Span => {
  const at = Math.max(0, text.indexOf(holder));
  const start = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
  const end = /[\r\n]|$/.exec(text.slice(at))?.index ?? 0;
  const line = text.slice(start, at + end);
  return spanOf(start + line.length - line.trimStart().length, Math.max(start + line.length - line.trimStart().length, start + line.trimEnd().length));
};

/** Up to the paragraph of the last word on terms: a description of the module may follow. Years say nothing of the licence. */
const partOnTerms = (plain: string): string => {
  let last = -1;
  for (const match of plain.matchAll(/licen[cs]|warrant|permission|redistribut|liab/gi)) last = match.index;
  if (last < 0) return '';
  const rest = plain.slice(last, last + 400);
  const blank = /\n[ \t]*\n/.exec(rest)?.index ?? rest.length;
  return plain.slice(0, last + blank).replace(/\b(?:19|20)\d\d\b/g, '2000');
};

interface Granted {
  readonly licences: readonly string[];
  readonly choice: boolean;
  readonly whole: boolean;
}

/** Most heads of a tree are one text: each is recognised once. */
const heads = new WeakMap<Knowledge, Map<string, Granted>>();
const keptHeads = 300;

const grantedBy = (part: string, knowledge: Knowledge): Granted => {
  const known = heads.get(knowledge) ?? new Map<string, Granted>();
  heads.set(knowledge, known);
  const before = known.get(part);
  if (before) return before;
  const matches = identify(part, knowledge).matches.filter((match) => match.kind !== 'reference');
  const expressions = matches.map((match) => readExpression(match.licence) ?? { licences: [match.licence], choice: false });
  const granted = {
    licences: [...new Set(expressions.flatMap((expression) => expression.licences))],
    choice: expressions.some((expression) => expression.choice),
    whole: matches.some((match) => match.kind === 'text'),
  };
  if (known.size >= keptHeads) known.clear();
  known.set(part, granted);
  return granted;
};

const ownTerms = (head: string, knowledge: Knowledge): Granted => {
  const part = head.replace(ofSource, '');
  const all = grantedBy(part, knowledge);
  const rest = all.licences.length > 1 && !all.choice ? grantedBy(part.replace(onOther, '\n').replace(formerly, '\n').replace(ofParts, '\n'), knowledge) : all;
  return rest.licences.length > 0 ? rest : all;
};

/** Words that stand in the full text of some licence and nowhere else. */
const fullText = /\bhereby granted, free of charge\b|\bterms and conditions for use, reproduction|\bredistribution and use in source and binary forms\b/i;

const granting = /\bhereby granted, free of charge\b/i;

/** A licence text that stands further down, behind the code or in a string: it lies in the tree like any other. */
const addTextBelow = (build: Build, from: number): void => {
  const below = build.text.slice(from);
  const at = fullText.exec(below)?.index;
  if (at === undefined) return;
  const start = from + Math.max(0, at - 600);
  const { licences, choice, whole } = grantedBy(unmarked(build.text.slice(start, start + limits.headLength)), build.knowledge);
  if (!whole || licences.length === 0) return;
  const id = build.idOf('header', `text ${licences.join('+')}`);
  add(build, { kind: 'header', id, holders: [], licences, choice, whole, reserved: false, refers: false }, spanOf(from + at, from + at));
};

/** A university may be called what a licence is: what is named by a holder alone is none. */
const withoutHolders = (licences: readonly string[], part: string, holders: readonly string[], knowledge: Knowledge): readonly string[] => {
  const rest = grantedBy(
    holders.reduce((text, holder) => text.replaceAll(holder, ' '), part),
    knowledge,
  ).licences;
  const kept = licences.filter((licence) => rest.includes(licence));
  return kept.length > 0 ? kept : licences;
};

const tagged = /SPDX-License-Identifier:/g;

const headerOf = (build: Build, plain: string): HeaderFact | undefined => {
  const { knowledge, idOf } = build;
  const { holders } = holdersOf(plain);
  const oneLine = plain.replace(/\s+/g, ' ');
  const refers = inFile.test(oneLine);
  if (holders.length === 0 && !refers) return undefined;
  const part = partOnTerms(plain);
  const { licences: named, choice: chosen, whole } = ownTerms(part, knowledge);
  const licences = named.length > 1 ? withoutHolders(named, part, holders, knowledge) : named;
  // Two tags, one below the other, are how many write a choice; whoever meant both is not told of it.
  const choice = chosen || (licences.length > 1 && (plain.match(tagged) ?? []).length > 1);
  // Terms of a holder's own, whose text nobody knows here: what the head says of them, or what they are called, is all there is.
  const unknown = licences.every((licence) => licence.startsWith('LicenseRef-') && knowledge.terms(licence) === undefined);
  const reserved = unknown && (forbidding.test(oneLine) || licences.some((licence) => ownRef.test(licence)));
  // Who names nobody and no licence says nothing that could be compared.
  if (holders.length === 0 && licences.length === 0) return undefined;
  return {
    kind: 'header',
    id: idOf('header', `${holders[0] ?? ''} ${licences.join('+')}`),
    holders,
    licences,
    choice,
    whole: whole || (licences.length > 0 && granting.test(oneLine) ? 'shortened' : false),
    reserved,
    refers,
  };
};

/** "The CC-BY-NC license", without a version, and limits in words. */
const narrowCategory = (plain: string, knowledge: Knowledge): string | undefined =>
  findLicenceMentions(plain, knowledge).find(({ licences, category, span }) => licences.length === 0 && category !== null && isOfTerms(plain, span))
    ?.category ?? undefined;

/** Headers whose terms ask for more than a notice are statements about that file. A tag has a reader of its own. */
const addNarrow = (build: Build, plain: string, header: HeaderFact, span: Span): void => {
  const { path, knowledge, idOf } = build;
  if (plain.includes('SPDX-License-')) return;
  const only = header.licences.length === 1 && !header.choice ? header.licences[0] : undefined;
  const terms = only === undefined || only.includes(' ') ? undefined : knowledge.terms(only);
  const category = header.licences.length > 0 || header.reserved ? undefined : narrowCategory(plain, knowledge);
  if ((!terms || !narrow.has(terms.category)) && category === undefined) return;
  const id = idOf('licence', only ?? category ?? '');
  const stated = build.anchors[termsSlot(header.id)];
  if (stated) build.anchors[termsSlot(id)] = stated;
  add(
    build,
    {
      kind: 'licence',
      id,
      work: `local:${path}`,
      scope: 'code',
      speaker: 'licensor',
      evidence: 'notice',
      stated: only ?? `category:${category ?? ''}`,
      licences: only === undefined ? [] : [only],
      choice: false,
      via: 'notice',
      problem: null,
    },
    span,
  );
};

/** A name and a licence in one line bind like any head, where the terms ask for more than a notice. */
const addTitle = (build: Build): void => {
  const title = titleLineOf(build.head, build.knowledge);
  const category = title && build.knowledge.terms(title.licence)?.category;
  if (!title || category === undefined || !narrow.has(category)) return;
  const { holder, licence, span } = title;
  const id = build.idOf('header', `${holder} ${licence}`);
  const header: HeaderFact = { kind: 'header', id, holders: [holder], licences: [licence], choice: false, whole: false, reserved: false, refers: false };
  add(build, header, span);
  addNarrow(build, '', header, span);
};

/** `mayQuote`: the text of a licence may stand below. */
const addHead = (build: Build, mayQuote: boolean): void => {
  const { head } = build;
  if (build.text.includes('\r\n')) build.anchors[crlfSlot] = { span: spanOf(0, 0) };
  const found =
    !/copyright|©|\(c\)/i.test(head) && !mayRefer.test(head)
      ? []
      : separateHeads(unmarked(head)).flatMap((plain) => {
          const header = headerOf(build, plain);
          if (!header) return [];
          const [holder] = header.holders;
          const own = holder === undefined ? undefined : lineWith(build.text, holder);
          const terms = termsIn(head, own?.start ?? 0) ?? (header.reserved ? termsIn(head, 0) : undefined) ?? own;
          if (own && terms && terms.start !== own.start) build.anchors[termsSlot(header.id)] = { span: terms };
          return [{ plain, header, span: own ?? terms ?? spanOf(0, 0) }];
        });
  // A head that names no holder may hold a text all the same.
  if (mayQuote) addTextBelow(build, found.some(({ header }) => header.holders.length > 0) ? head.length : 0);
  for (const { header, span } of found) add(build, header, span);
  if (found.length === 0) addTitle(build);
  // Of several terms at one head each holds for some of the file: for how much, only people can tell.
  const [first, more] = found.filter(({ header }) => header.licences.length > 0 || header.reserved || found.length === 1);
  if (first && !more && first.header.holders.length > 0) addNarrow(build, first.plain, first.header, first.span);
};

/** "LICENSE is in texts directory.": a folder of the tree that the file was written for. */
const addFolder = ({ path, head, facts, anchors, idOf }: Build): void => {
  const found = folderNamed(head);
  if (found === undefined) return;
  const { name, span } = found;
  const id = idOf('reference', name);
  const to = { repository: null, path: `**/${name}/**` };
  facts.push({ kind: 'reference', id, via: 'head', role: roleOfPath(path), target: name, to, scope: 'code', licences: [], ours: false, credited: false });
  anchors[id] = { span };
};

/** Words of the texts of licences, and of comments that name a source: most files have none of them, and one search tells. */
const words: NeedleGroup = { needles: ['free of charge', 'use, reproduction', 'source and binary', ...namingWords], ignoreCase: true };

/** Source files: whose they are by their heads, and where their comments say that code was taken from. */
export const originsReader: Reader = {
  id: 'origins',
  version: 20,
  matches: (_path, name) => (sources.test(name) && !/\.min\.[cm]?js$/.test(name)) || buildFile.test(name),
  words: () => words,
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text, worded = true }, knowledge): Reading => {
    const build: Build = {
      path,
      text,
      head: headOf(text, limits.headLength),
      knowledge,
      facts: [],
      anchors: {},
      problems: [],
      idOf: factIds('origins'),
    };
    addHead(build, worded);
    addFolder(build);
    addCopies(build);
    if (worded) addNamed(build);
    return build.facts.length === 0 ? nothingRead : { facts: build.facts, anchors: build.anchors, problems: build.problems };
  },
};
