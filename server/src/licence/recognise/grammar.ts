import { contextOf } from './grammar-context.ts';
import { hasInvariants, isBanner, isByProxy, isCited, isFileName, isInTag, isJoint, isProgram, isSaidToBe } from './grammar-grants.ts';
import { isName } from './grammar-names.ts';
import type { NoticeIndex } from './grammar-names.ts';
import { is, nameAt, readVersion, readVersionBefore } from './grammar-reading.ts';
import type { Mention, Reader } from './grammar-reading.ts';
import { mark } from './marks.ts';
import type { Tokens } from './tokens.ts';

export interface Notice {
  /** An SPDX expression. */
  readonly licence: string;
  /** A grant, or a name that grants nothing where it stands. */
  readonly kind: 'notice' | 'reference';
  /** Token numbers, the end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly score: number;
  /** It begins a line, and the word licence stands beside it. */
  readonly title: boolean;
  /** The family that a name without a version or kind belongs to ("BSD", "GPL"): whatever says more of it stands in its place. */
  readonly generic?: string;
}

/** The licence of a model counts where a file begins, and so does the line that packed scripts begin with. */
const headTokens = 60;
/** A file with no more words is nothing but what it names. */
const shortFile = 40;

/** Licences that are told from each other by versions or kinds. */
export const familyOf = (licence: string): string => /^(?:A?GPL|LGPL|GFDL|Apache|BSD|MIT|MPL|Artistic)/.exec(licence)?.[0] ?? licence;

interface Draft {
  readonly mention: Mention;
  readonly licences: readonly string[];
  readonly from: number;
  readonly to: number;
  claim: boolean;
  /** What stands before it says that it is no grant. */
  readonly against: boolean;
  readonly bare: boolean;
  readonly short: boolean;
  readonly title: boolean;
  readonly pointer: boolean;
  readonly exception: boolean;
  /** The name is that of a licence and nothing else. */
  readonly plain: boolean;
}

type Family = Extract<Mention['meaning'], { readonly kind: 'family' }>;

/** "License: X", on one line. */
const isAnswer = (reader: Reader, from: number): boolean =>
  is(reader, from - 1, 'licence') && ((reader.tokens.marks[from] as number) & (mark.line | mark.listed)) === 0;

/** The versions of a family that are named between two tokens. */
const numbersIn = ({ tokens }: Reader, family: Family, from: number, to: number): readonly string[] => {
  const out = new Set<string>();
  for (let at = from; at < to; at += 1) for (const [id, licence] of family.versions) if (id === tokens.ids[at]) out.add(`${licence}-only`);
  return [...out];
};

/** "the Apache License or the GPL version 2": the version is that of the second. */
const namesAnother = (reader: Reader, taken: Uint8Array, family: Family, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) {
    if (((reader.index.begins[reader.tokens.ids[at] as number] as number) & isName) === 0) continue;
    const other = nameAt(reader, taken, at)?.meaning;
    if (other?.kind === 'family' && !other.weak && other.gnu !== family.gnu) return true;
  }
  return false;
};

/** Names a clause of a licence, a program or a file. */
const isBarred = (reader: Reader, { meaning, from, to, link }: Mention): boolean =>
  (meaning.kind === 'family' && meaning.gnu && isCited(reader, from)) ||
  (meaning.kind === 'exact' && isProgram(reader, from)) ||
  (!link && isFileName(reader.tokens, from, to));

/** A name of one word that goes on with another before the word licence, or the end of a longer name, is another name; and what a licence becomes one day is not what it is. */
const goesOn = (reader: Reader, { meaning, from, to, link }: Mention): boolean => {
  if (meaning.kind === 'family' && !link && is(reader, from - 1, 'longer')) return true;
  if (is(reader, from - 1, 'licence') && is(reader, from - 2, 'becomes')) return true;
  if (link || meaning.kind !== 'exact' || to - from !== 1 || !meaning.licence.startsWith('LicenseRef-')) return false;
  const marks = reader.tokens.marks[to] ?? 0;
  const isWord = to < reader.tokens.count && (marks & mark.capital) !== 0 && (marks & (mark.line | mark.stop | mark.value | mark.listed)) === 0;
  return isWord && !is(reader, to, 'filler') && !is(reader, to, 'beforeVersion') && is(reader, to + 1, 'licence');
};

const draftOf = (reader: Reader, taken: Uint8Array, mention: Mention, shortFile: boolean): Draft | undefined => {
  const { meaning, from } = mention;
  let { to } = mention;
  let licences: readonly string[];
  let bare = false;
  let short = false;
  let weak = false;
  if (meaning.kind === 'exception')
    return {
      mention,
      licences: [meaning.licence],
      from,
      to,
      claim: true,
      against: true,
      bare: false,
      short: false,
      title: false,
      pointer: false,
      exception: true,
      plain: false,
    };
  if (meaning.kind === 'exact') {
    licences = meaning.licence.split(' AND ');
    // The address of the newest version says no more than the name.
    bare = meaning.generic !== undefined || (mention.link && meaning.licence.endsWith('-or-later'));
    weak = meaning.weak;
  } else {
    let version = readVersion(reader, meaning, to) ?? readVersionBefore(reader, meaning, from);
    if (version && namesAnother(reader, taken, meaning, to, version.to)) version = undefined;
    if (version && meaning.gnu && isByProxy(reader, version.to)) version = { ...version, licences: numbersIn(reader, meaning, to, version.to) };
    if (version) {
      const invariant = version.licences.some((licence) => licence.startsWith('GFDL')) && hasInvariants(reader, version.to);
      licences = invariant ? version.licences.map((licence) => licence.replace(/-(?:only|or-later)$/, '-invariants$&')) : version.licences;
      short = version.short;
      to = Math.max(to, version.to);
    } else {
      if (meaning.bare === null) return undefined;
      licences = [meaning.bare];
      bare = true;
      weak = meaning.weak || !meaning.gnu;
    }
  }
  const context = contextOf(reader, from, to, mention.link);
  // "FreeBSD" is one word, though it is read as two.
  const strong = reader.tokens.starts[from] !== reader.tokens.starts[to - 1] && !bare;
  const plain = meaning.kind === 'exact' ? meaning.generic !== undefined || meaning.alone === true : meaning.gnu;
  const close =
    context.close ||
    // Terms that are added to a licence apply as well, and are no licence.
    (context.behind && !(licences[0] ?? '').startsWith('LicenseRef-')) ||
    (plain && isSaidToBe(reader, from)) ||
    (!bare && plain && context.under) ||
    isInTag(reader.tokens, from) ||
    (from < headTokens && isBanner(reader, from, to));
  const spoken =
    context.grant ||
    close ||
    (shortFile && ((strong && (to - from) * 4 >= reader.tokens.count) || context.named)) ||
    (context.heading && (context.named || strong));
  const claimed = mention.link
    ? context.grant || shortFile
    : weak
      ? (spoken && (context.named || (shortFile && meaning.kind === 'family' && context.grant))) || close
      : spoken;
  const sure = meaning.kind === 'exact' && meaning.sure === true;
  // Ids that are words of the language ("DOC", "Fair") are ids where a licence is asked for, and nowhere else.
  const isWord = meaning.kind === 'exact' && meaning.field === true && !isAnswer(reader, from);
  const against = isWord || context.against || (claimed && isBarred(reader, mention));
  const claim = sure || (claimed && !against);
  return {
    mention,
    licences,
    from,
    to,
    claim,
    against,
    bare,
    short,
    title: context.named && context.opens,
    pointer: context.pointer || mention.link,
    exception: false,
    plain,
  };
};

/** In a README that is longer, further down is said what models are under, its own and others'. */
const readmeTokens = 300;
/** A file that names more licences speaks of licences. */
const mostInFile = 30;
/** More names than this, one close behind the other, are a list. */
const mostInList = 6;
const listGap = 9;

const inLists = (drafts: readonly Draft[]): ReadonlySet<Draft> => {
  const out = new Set<Draft>();
  let run: Draft[] = [];
  const close = (): void => {
    if (new Set(run.flatMap((draft) => draft.licences.map(familyOf))).size > mostInList) for (const draft of run) out.add(draft);
    run = [];
  };
  for (const draft of drafts) {
    const last = run.at(-1);
    if (last && draft.from - last.to > listGap) close();
    run.push(draft);
  }
  close();
  return out;
};

/** What a licence is without its version, so that a name or address of the same stands behind one that says more. */
const nameOf = (licence: string): string => {
  const family = familyOf(licence);
  return family === licence ? licence.replace(/-\d[\w.]*$/, '') : family;
};

/** "MIT, BSD, and GPL Licenses": what grants one of them grants all. */
const shareGrants = (drafts: readonly Draft[], reader: Reader, short: boolean): void => {
  const share = (a: Draft | undefined, b: Draft | undefined): void => {
    if (!a || !b || (a.claim && b.claim)) return;
    // "MIT & GPL" at the end of the one line that a file begins with.
    const isPair = short && b.from > a.to && a.plain && b.plain && !a.pointer && !b.pointer;
    if ((a.claim || b.claim || isPair) && !a.against && !b.against && isJoint(reader, a.to, b.from)) {
      if (!a.claim && !isBarred(reader, a.mention)) a.claim = true;
      if (!b.claim && !isBarred(reader, b.mention)) b.claim = true;
    }
  };
  for (let at = 1; at < drafts.length; at += 1) share(drafts[at - 1], drafts[at]);
  for (let at = drafts.length - 1; at > 0; at -= 1) share(drafts[at - 1], drafts[at]);
};

/** Which of the names are grants, and of what. */
const noticesOf = (drafts: readonly Draft[], reader: Reader, short: boolean): readonly Notice[] => {
  const { index } = reader;
  const { count } = reader.tokens;
  shareGrants(drafts, reader, short);
  const listed = new Set(drafts.flatMap((draft) => draft.licences)).size > mostInFile ? new Set(drafts) : inLists(drafts);
  const isClaim = (draft: Draft): boolean =>
    draft.claim && (draft.from < headTokens || count < readmeTokens || !(draft.licences[0] ?? '').startsWith('LicenseRef-'));
  const claims = drafts.filter((draft) => isClaim(draft) && !draft.exception && !listed.has(draft));
  const named = new Set(claims.filter((draft) => !draft.pointer).flatMap((draft) => draft.licences.map(nameOf)));
  const told = new Set(claims.filter((draft) => !draft.bare && !draft.pointer).flatMap((draft) => draft.licences.map(nameOf)));
  // "under the GPL. You may obtain a copy of the GPL version 2 at ...": what is pointed to tells the version that the grant leaves open.
  const pointsOnly = (draft: Draft): boolean => {
    const name = nameOf(draft.licences[0] ?? '');
    return draft.pointer && named.has(name) && (draft.bare || told.has(name));
  };
  const exact = new Set(claims.filter((draft) => !draft.bare && !pointsOnly(draft)).flatMap((draft) => draft.licences.map(nameOf)));
  const said = new Set(claims.flatMap((draft) => draft.licences));
  const lessSaid = new Set([...said].flatMap((licence) => index.relations.saysMore[licence] ?? []));
  const anyGnu = [...named].some((family) => /^(?:A?GPL|LGPL|GFDL)$/.test(family));
  const out: Notice[] = [];
  for (const draft of drafts) {
    const { from, to } = draft;
    if (draft.exception) {
      const last = out.findLast((notice) => notice.kind === 'notice' && from - notice.to < 40 && /^(?:A?GPL|LGPL)-[^ ]*$/.test(notice.licence));
      if (last) out[out.indexOf(last)] = { ...last, licence: `${last.licence} WITH ${draft.licences[0] ?? ''}`, to };
      continue;
    }
    const family = nameOf(draft.licences[0] ?? '');
    const isTold =
      (draft.bare && exact.has(family)) ||
      (draft.short && draft.licences.every((licence) => said.has(licence.replace('-only', '-or-later')) && licence.endsWith('-only')));
    const points = pointsOnly(draft) || (draft.pointer && !named.has(family) && anyGnu && /^(?:A?GPL|LGPL|GFDL)$/.test(family));
    const claim = isClaim(draft) && !listed.has(draft) && !isTold && !points;
    const several = draft.mention.meaning.kind === 'exact' && draft.licences.length > 1;
    for (const licence of draft.licences.filter((each) => !lessSaid.has(each)))
      out.push({
        licence,
        // "MPL 1.1/GPL 2.0/LGPL 2.1" heads a notice that says the same of each at more length.
        kind: claim && !(several && claims.some((other) => other !== draft && other.licences.includes(licence))) ? 'notice' : 'reference',
        from,
        to,
        score: claim ? (draft.bare ? 0.6 : 0.8) : 0.4,
        title: draft.title,
        ...(draft.bare ? { generic: family } : {}),
      });
  }
  return out;
};

/** The next token, from `from` on, with which a name may begin. A small function of its own: it runs for every token, what follows it does not. */
const nextName = ({ tokens, index }: Reader, taken: Uint8Array, from: number): number => {
  const { ids, count } = tokens;
  const { begins } = index;
  let at = from;
  while (at < count && (begins[ids[at] as number] === 0 || taken[at] !== 0)) at += 1;
  return at;
};

const draftsIn = (reader: Reader, taken: Uint8Array, short: boolean): readonly Draft[] => {
  const { tokens, index } = reader;
  const drafts: Draft[] = [];
  for (let at = nextName(reader, taken, 0); at < tokens.count; at = nextName(reader, taken, at)) {
    const linked = index.meanings[(index.links[tokens.ids[at] as number] as number) - 1];
    const mention = linked ? { from: at, to: at + 1, meaning: linked, link: true } : nameAt(reader, taken, at);
    const draft = mention && !goesOn(reader, mention) ? draftOf(reader, taken, mention, short) : undefined;
    at = Math.max(at + 1, mention?.to ?? 0, draft?.to ?? 0);
    if (draft) drafts.push(draft);
  }
  return drafts;
};

/** What a file says of its licence without quoting it. `taken` marks the tokens of texts that were recognised, whose words are no notices. */
export const findNotices = (tokens: Tokens, taken: Uint8Array, index: NoticeIndex): readonly Notice[] => {
  const reader: Reader = { tokens, index };
  const short = tokens.count <= shortFile;
  const drafts = draftsIn(reader, taken, short);
  return drafts.length === 0 ? [] : noticesOf(drafts, reader, short);
};
