import { familyOf } from './grammar.ts';
import type { Notice } from './grammar.ts';
import { readNoticeIndex as readNames } from './grammar-names.ts';
import type { NoticeIndex as NameIndex } from './grammar-names.ts';
import { nameAt, readVersion, readVersionBefore, readerOf } from './grammar-reading.ts';
import type { Mention } from './grammar-reading.ts';
import { contextOf } from './notice-context.ts';
import { grantBits, isBanner, isByProxy, isCited, isFileName, isInTag, isJoint } from './notice-grants.ts';
import type { GrantBits, NoticeReader } from './notice-grants.ts';
import type { Store } from './store.ts';
import type { Tokens } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The names of the index with the words that grant them. */
export interface NoticeIndex extends NameIndex {
  readonly grants: GrantBits;
}

export const readNoticeIndex = (store: Store, vocabulary: Vocabulary): NoticeIndex => ({
  ...readNames(store, vocabulary),
  grants: grantBits(vocabulary, store.bytes('weights').length),
});

/** The licence of a model counts where a file begins, and so does the line that packed scripts begin with. */
const headTokens = 60;
/** A file with no more words is nothing but what it names. */
const shortFile = 40;

interface Draft {
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
}

type Family = Extract<Mention['meaning'], { readonly kind: 'family' }>;

/** The versions of a family that are named between two tokens. */
const numbersIn = ({ tokens }: NoticeReader, family: Family, from: number, to: number): readonly string[] => {
  const out = new Set<string>();
  for (let at = from; at < to; at += 1) for (const [id, licence] of family.versions) if (id === tokens.ids[at]) out.add(`${licence}-only`);
  return [...out];
};

const draftOf = (reader: NoticeReader, mention: Mention, shortFile: boolean): Draft | undefined => {
  const { meaning, from } = mention;
  let { to } = mention;
  let licences: readonly string[];
  let bare = false;
  let short = false;
  let weak = false;
  if (meaning.kind === 'exception')
    return { licences: [meaning.licence], from, to, claim: true, against: true, bare: false, short: false, title: false, pointer: false, exception: true };
  if (meaning.kind === 'exact') {
    licences = [meaning.licence];
    bare = meaning.generic !== undefined;
    weak = meaning.weak;
  } else {
    let version = readVersion(reader, meaning, to) ?? readVersionBefore(reader, meaning, from);
    if (version && meaning.gnu && isByProxy(reader, version.to)) version = { ...version, licences: numbersIn(reader, meaning, to, version.to) };
    if (version) {
      licences = version.licences;
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
  const cited = meaning.kind === 'family' && meaning.gnu && isCited(reader, from);
  const against = context.against || cited || (!mention.link && !reader.is(from - 1, 'licence') && isFileName(reader.tokens, from, mention.to));
  // "FreeBSD" is one word, though it is read as two.
  const strong = reader.tokens.starts[from] !== reader.tokens.starts[to - 1] && !bare;
  const close = context.close || isInTag(reader.tokens, from) || (from < headTokens && isBanner(reader, from, to));
  const spoken =
    context.grant ||
    close ||
    (shortFile && ((strong && (to - from) * 4 >= reader.tokens.count) || context.named)) ||
    (context.heading && (context.named || strong));
  const claim =
    (meaning.kind === 'exact' && meaning.sure === true) ||
    (!against &&
      (mention.link
        ? context.grant || shortFile
        : weak
          ? (spoken && (context.named || (shortFile && meaning.kind === 'family' && context.grant))) || close
          : spoken));
  return { licences, from, to, claim, against, bare, short, title: context.named && context.opens, pointer: context.pointer || mention.link, exception: false };
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

/** "MIT, BSD, and GPL Licenses": what grants one of them grants all. */
const shareGrants = (drafts: readonly Draft[], reader: NoticeReader): void => {
  const share = (a: Draft | undefined, b: Draft | undefined): void => {
    if (a && b && a.claim !== b.claim && !a.against && !b.against && isJoint(reader, a.to, b.from)) {
      a.claim = true;
      b.claim = true;
    }
  };
  for (let at = 1; at < drafts.length; at += 1) share(drafts[at - 1], drafts[at]);
  for (let at = drafts.length - 1; at > 0; at -= 1) share(drafts[at - 1], drafts[at]);
};

/** What a file says of its licence without quoting it. `taken` marks the tokens of texts that were recognised, whose words are no notices. */
export const findNotices = (tokens: Tokens, taken: Uint8Array, index: NoticeIndex): readonly Notice[] => {
  const { ids, count } = tokens;
  const { begins, links } = index;
  const drafts: Draft[] = [];
  let reader: NoticeReader | undefined;
  const short = count <= shortFile;
  for (let at = 0; at < count; at += 1) {
    const id = ids[at] as number;
    if ((begins[id] as number) === 0 && (links[id] as number) === 0) continue;
    if (taken[at] !== 0) continue;
    reader ??= { ...readerOf(tokens, index), grants: index.grants };
    const linked = index.meanings[(links[id] as number) - 1];
    const mention = linked ? { from: at, to: at + 1, meaning: linked, link: true } : nameAt(reader, taken, at);
    if (!mention) continue;
    const draft = draftOf(reader, mention, short);
    at = Math.max(mention.to, draft?.to ?? 0) - 1;
    if (draft) drafts.push(draft);
  }
  if (!reader || drafts.length === 0) return [];
  shareGrants(drafts, reader);
  const listed = new Set(drafts.flatMap((draft) => draft.licences)).size > mostInFile ? new Set(drafts) : inLists(drafts);
  const isClaim = (draft: Draft): boolean =>
    draft.claim && (draft.from < headTokens || count < readmeTokens || !(draft.licences[0] ?? '').startsWith('LicenseRef-'));
  const claims = drafts.filter((draft) => isClaim(draft) && !draft.exception && !listed.has(draft));
  const named = new Set(claims.filter((draft) => !draft.pointer).flatMap((draft) => draft.licences.map(familyOf)));
  const pointsOnly = (draft: Draft): boolean => draft.pointer && named.has(familyOf(draft.licences[0] ?? ''));
  const exact = new Set(claims.filter((draft) => !draft.bare && !pointsOnly(draft)).flatMap((draft) => draft.licences.map(familyOf)));
  const said = new Set(claims.flatMap((draft) => draft.licences));
  const anyGnu = [...named].some((family) => /^(?:A?GPL|LGPL|GFDL)$/.test(family));
  const out: Notice[] = [];
  for (const draft of drafts) {
    const { from, to } = draft;
    if (draft.exception) {
      const last = out.findLast((notice) => notice.kind === 'notice' && from - notice.to < 40 && /^(?:A?GPL|LGPL)-[^ ]*$/.test(notice.licence));
      if (last) out[out.indexOf(last)] = { ...last, licence: `${last.licence} WITH ${draft.licences[0] ?? ''}`, to };
      continue;
    }
    const family = familyOf(draft.licences[0] ?? '');
    const isTold =
      (draft.bare && exact.has(family)) ||
      (draft.short && draft.licences.every((licence) => said.has(licence.replace('-only', '-or-later')) && licence.endsWith('-only')));
    const points = draft.pointer && (named.has(family) || (anyGnu && /^(?:A?GPL|LGPL|GFDL)$/.test(family)));
    const claim = isClaim(draft) && !listed.has(draft) && !isTold && !points;
    for (const licence of draft.licences.filter((each) => !(each === 'MPL-2.0' && said.has('MPL-2.0-no-copyleft-exception'))))
      out.push({
        licence,
        kind: claim ? 'notice' : 'reference',
        from,
        to,
        score: claim ? (draft.bare ? 0.6 : 0.8) : 0.4,
        title: draft.title,
        ...(draft.bare ? { generic: family } : {}),
      });
  }
  return out;
};
