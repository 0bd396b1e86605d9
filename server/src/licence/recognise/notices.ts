import { classBits } from './grammar-words.ts';
import type { GrammarClass } from './grammar-words.ts';
import { hashOf } from './hash.ts';
import type { Store } from './store.ts';
import { mark } from './tokens.ts';
import type { Tokens } from './tokens.ts';
import { idOfHash, plusSign } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the names of the index mean. */
export interface NameTable {
  readonly meanings: readonly (
    | { readonly kind: 'exact'; readonly licence: string; readonly weak: boolean; readonly generic?: string; readonly sure?: boolean }
    | {
        readonly kind: 'family';
        readonly weak: boolean;
        readonly gnu: boolean;
        /** Word id of a version number -> licence; of a GNU licence without "-only" and "-or-later". */
        readonly versions: readonly (readonly [number, string])[];
        readonly bare: string | null;
      }
    | { readonly kind: 'exception'; readonly licence: string }
  )[];
}
type Meaning = NameTable['meanings'][number];

export interface NoticeIndex {
  readonly meanings: readonly Meaning[];
  /** The tree of names: open addressing by node * 65536 + word. */
  readonly keys: Uint32Array;
  readonly next: Uint16Array;
  /** By node: number of a meaning, 0 for none. */
  readonly ends: Uint16Array;
  /** By word id: 1 where a name begins with it. */
  readonly begins: Uint8Array;
  /** By word id: number of the meaning of an address. */
  readonly links: Uint16Array;
  readonly classes: Uint32Array;
  readonly bit: Readonly<Record<GrammarClass, number>>;
  readonly words: Readonly<Record<'foundation' | 'fsf' | 'of' | 'see' | 'copy' | 'received' | 'full', number>>;
}

export interface Notice {
  /** An SPDX expression. */
  readonly licence: string;
  /** A grant, or a name that grants nothing where it stands. */
  readonly kind: 'notice' | 'reference';
  /** Token numbers, the end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly score: number;
  /** The word licence stands beside the name. */
  readonly named: boolean;
  /** The family that a name without a version or kind belongs to ("BSD", "GPL"): whatever says more of it stands in its place. */
  readonly generic?: string;
}

/** Lays the names over their sections. */
export const readNoticeIndex = (store: Store, vocabulary: Vocabulary): NoticeIndex => {
  const edges = store.words('nameEdges');
  const targets = store.shorts('nameNext');
  const size = store.bytes('weights').length;
  let length = 16;
  while (length < edges.length * 2) length *= 2;
  const keys = new Uint32Array(length);
  const next = new Uint16Array(length);
  const begins = new Uint8Array(Math.max(size, 16));
  for (let edge = 0; edge < edges.length; edge += 1) {
    const key = (edges[edge] as number) + 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (length - 1);
    while (keys[slot] !== 0) slot = (slot + 1) & (length - 1);
    keys[slot] = key;
    next[slot] = targets[edge] as number;
    if (key <= 65_536) begins[key - 1] = 1;
  }
  const links = new Uint16Array(Math.max(size, 16));
  const pairs = store.shorts('nameLinks');
  for (let at = 0; at + 1 < pairs.length; at += 2) links[pairs[at] as number] = pairs[at + 1] as number;
  const text = store.text('names');
  const { of, bit } = classBits(vocabulary, size);
  // A word that the index lacks is no word of any file: 0 stands for all unknown ones.
  const idOf = (word: string): number => idOfHash(vocabulary, hashOf(word)) || -1;
  return {
    meanings: text === '' ? [] : (JSON.parse(text) as NameTable).meanings,
    keys,
    next,
    ends: store.shorts('nameEnds'),
    begins,
    links,
    classes: of,
    bit,
    words: {
      foundation: idOf('foundation'),
      fsf: idOf('fsf'),
      of: idOf('of'),
      see: idOf('see'),
      copy: idOf('copy'),
      received: idOf('received'),
      full: idOf('full'),
    },
  };
};

/** Words of the longest name, and fillers between two of its words. */
const longestName = 24;
const mostFillers = 3;
/** Tokens that are passed over between a name and its version, and a version and "or later". */
const reach = 18;
/** Tokens before a name in which the words of a grant are looked for, and before an address. */
const grantReach = 16;
const linkReach = 30;
/** Tokens before a name in which "see" or "a copy of" points to a licence that was named before. */
const pointerReach = 10;
/** A file with no more words is nothing but what it names. */
const shortFile = 40;

const child = (index: NoticeIndex, node: number, id: number): number => {
  const key = node * 65_536 + id + 1;
  const { keys, next } = index;
  const mask = keys.length - 1;
  let slot = Math.imul(key, 0x9e3779b1) >>> 0;
  slot = (slot ^ (slot >>> 15)) & mask;
  for (;;) {
    const found = keys[slot];
    if (found === key) return next[slot] as number;
    if (!found) return 0;
    slot = (slot + 1) & mask;
  }
};

interface Mention {
  readonly from: number;
  to: number;
  readonly meaning: Meaning;
  readonly link: boolean;
}

interface Reader {
  readonly tokens: Tokens;
  readonly index: NoticeIndex;
  readonly is: (at: number, name: GrammarClass) => boolean;
  readonly stops: (at: number) => boolean;
  readonly breaks: (at: number) => boolean;
}

const readerOf = (tokens: Tokens, index: NoticeIndex): Reader => {
  const { ids, marks, count } = tokens;
  const { classes, bit } = index;
  return {
    tokens,
    index,
    is: (at, name) => at >= 0 && at < count && ((classes[ids[at] as number] as number) & bit[name]) !== 0,
    stops: (at) => at < count && ((marks[at] as number) & (mark.stop | mark.paragraph)) !== 0,
    breaks: (at) => at < count && ((marks[at] as number) & mark.paragraph) !== 0,
  };
};

/** The longest name that begins at a token. */
const nameAt = (reader: Reader, taken: Uint8Array, from: number): Mention | undefined => {
  const { tokens, index } = reader;
  let node = 0;
  let best = 0;
  let to = from;
  let fillers = 0;
  for (let at = from; at < tokens.count && at < from + longestName && taken[at] === 0; at += 1) {
    if (at > from && reader.stops(at) && !(reader.is(at - 1, 'version') && !reader.breaks(at))) break;
    // "mpl, 1" lists two things.
    if (at > from && ((tokens.marks[at] as number) & (mark.listed | mark.value)) === (mark.listed | mark.value) && !reader.is(at - 1, 'licence')) break;
    const found = child(index, node, tokens.ids[at] as number);
    if (found === 0) {
      fillers += 1;
      if (at === from || fillers > mostFillers || !reader.is(at, 'filler')) break;
      continue;
    }
    fillers = 0;
    node = found;
    if ((index.ends[node] as number) !== 0) {
      best = index.ends[node] as number;
      to = at + 1;
    }
  }
  const meaning = index.meanings[best - 1];
  return meaning ? { from, to, meaning, link: false } : undefined;
};

interface Version {
  readonly licences: readonly string[];
  /** "GPL 2": the number stands for the licence, and whether later ones will do is said elsewhere. */
  readonly short: boolean;
  readonly to: number;
}

type Family = Extract<Meaning, { readonly kind: 'family' }>;

const versionOf = (family: Family, id: number): string | undefined => family.versions.find(([version]) => version === id)?.[1];

/** What follows a version number: "or later", "only", another version. */
const readAfterNumber = (reader: Reader, family: Family, first: string, at: number, short: boolean): Version => {
  const { ids } = reader.tokens;
  if (!family.gnu) {
    // "1.1 or later" of other licences has no id of its own.
    return { licences: [first], to: at + 1, short };
  }
  if (ids[at + 1] === plusSign) return { licences: [`${first}-or-later`], to: at + 2, short: false };
  const others: string[] = [];
  let to = at + 1;
  let joined = false;
  for (let next = at + 1; next < at + 1 + reach && next < reader.tokens.count; next += 1) {
    if (reader.breaks(next)) break;
    if (reader.stops(next) && !reader.is(next - 1, 'version')) break;
    if (reader.is(next, 'later')) {
      if (!joined) break;
      return { licences: [`${first}-or-later`], to: next + 1, short: false };
    }
    if (reader.is(next, 'only')) return { licences: [`${first}-only`, ...others], to: next + 1, short: false };
    const other = joined ? versionOf(family, ids[next] as number) : undefined;
    if (other !== undefined) {
      others.push(`${other}-only`);
      to = next + 1;
      continue;
    }
    if (reader.is(next, 'or') || reader.is(next, 'and')) joined = true;
    if (!reader.is(next, 'beforeLater') && !reader.is(next, 'version')) break;
  }
  return { licences: [`${first}-only`, ...others], to, short };
};

/** The version behind a name: "... as published by the Free Software Foundation; either version 2 of the License, or ...". */
const readVersion = (reader: Reader, family: Family, end: number): Version | undefined => {
  const { ids, count, marks } = reader.tokens;
  const { words } = reader.index;
  for (let at = end; at < count && at < end + reach; at += 1) {
    if (reader.breaks(at) && at > end) break;
    const before = ids[at - 1];
    const isMark = reader.is(at - 1, 'version');
    if (
      ((marks[at] as number) & mark.stop) !== 0 &&
      at > end &&
      before !== words.foundation &&
      before !== words.fsf &&
      !isMark &&
      !reader.is(at - 1, 'licence')
    )
      break;
    const first = versionOf(family, ids[at] as number);
    const isNext = at <= end + 1 && (((marks[at] as number) & mark.listed) === 0 || reader.is(at - 1, 'licence'));
    if (first !== undefined && (isMark || isNext)) return readAfterNumber(reader, family, first, at, !isMark);
    if (((marks[at] as number) & mark.value) !== 0) break;
    if (!reader.is(at, 'beforeVersion')) break;
  }
  return undefined;
};

/** The version before a name: "version 2 or any later version of the GNU General Public License". */
const readVersionBefore = (reader: Reader, family: Family, start: number): Version | undefined => {
  const { ids } = reader.tokens;
  let at = start - 1;
  let later = false;
  let of = false;
  for (; at >= 0 && at > start - reach; at -= 1) {
    if (ids[at] === reader.index.words.of) of = true;
    if (reader.is(at, 'later')) later = true;
    if (ids[at] === plusSign) later = true;
    const first = of ? versionOf(family, ids[at] as number) : undefined;
    if (first !== undefined)
      return reader.is(at - 1, 'version') ? { licences: [family.gnu ? `${first}-${later ? 'or-later' : 'only'}` : first], to: start, short: false } : undefined;
    if (reader.stops(at + 1) && at + 1 < start) break;
    if (ids[at] !== plusSign && !reader.is(at, 'beforeLater') && !reader.is(at, 'later') && !reader.is(at, 'filler')) break;
  }
  return undefined;
};

/** How much around a mention speaks for a grant. */
interface Context {
  readonly grant: boolean;
  readonly against: boolean;
  /** The word licence stands beside the name. */
  readonly named: boolean;
  /** It stands alone on its line. */
  readonly heading: boolean;
  /** "see the ...", "a copy of the ...": said of a licence that was named before. */
  readonly pointer: boolean;
}

const within = (reader: Reader, from: number, to: number, name: GrammarClass): boolean => {
  for (let at = from; at < to; at += 1) if (reader.is(at, name)) return true;
  return false;
};

const contextOf = (reader: Reader, from: number, to: number, link: boolean): Context => {
  const { ids, marks, count } = reader.tokens;
  let grant = false;
  let against = false;
  let pointer = false;
  for (let at = from; at > 0 && at > from - (link ? linkReach : grantReach); at -= 1) {
    const before = at - 1;
    const isStop = ((marks[at] as number) & (mark.stop | mark.paragraph)) !== 0;
    const isGrant = reader.is(before, 'grant');
    if (isStop && !link && !(isGrant && at === from)) break;
    if (reader.breaks(at) && !isGrant) break;
    if (isGrant) grant = true;
    if (reader.is(before, 'against') && from - before <= 6) against = true;
    const id = ids[before];
    const { see, copy, received, full } = reader.index.words;
    if (from - before <= pointerReach && (id === see || id === copy || id === received || id === full)) pointer = true;
  }
  // A line may break between a name and the word licence, but a line that begins with it begins something else.
  const sameLine = (at: number): boolean =>
    at < count && (((marks[at] as number) & mark.line) === 0 || ((marks[at] as number) & (mark.capital | mark.paragraph)) === 0);
  const named =
    (reader.is(to, 'licence') && sameLine(to)) ||
    (reader.is(to + 1, 'licence') && sameLine(to) && sameLine(to + 1)) ||
    (reader.is(from - 1, 'licence') && sameLine(from)) ||
    (reader.is(from - 2, 'licence') && sameLine(from) && sameLine(from - 1)) ||
    within(reader, from, to, 'licence');
  let start = from;
  while (start > 0 && ((marks[start] as number) & mark.line) === 0 && reader.is(start - 1, 'filler')) start -= 1;
  let end = to;
  while (end < count && ((marks[end] as number) & mark.line) === 0 && reader.is(end, 'filler')) end += 1;
  const heading = ((marks[start] as number) & mark.line) !== 0 && (end >= count || ((marks[end] as number) & mark.line) !== 0);
  return { grant: grant || reader.is(from, 'grant'), against, named, heading, pointer };
};

export const familyOf = (licence: string): string => /^(?:A?GPL|LGPL|GFDL|Apache|BSD|MIT|MPL|Artistic)/.exec(licence)?.[0] ?? licence;

interface Draft {
  readonly licences: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly claim: boolean;
  readonly bare: boolean;
  readonly short: boolean;
  readonly named: boolean;
  readonly pointer: boolean;
  readonly exception: boolean;
}

const draftOf = (reader: Reader, mention: Mention, shortFile: boolean): Draft | undefined => {
  const { meaning, from } = mention;
  let { to } = mention;
  let licences: readonly string[];
  let bare = false;
  let short = false;
  let weak = false;
  if (meaning.kind === 'exception')
    return { licences: [meaning.licence], from, to, claim: true, bare: false, short: false, named: false, pointer: false, exception: true };
  if (meaning.kind === 'exact') {
    licences = [meaning.licence];
    bare = meaning.generic !== undefined;
    weak = meaning.weak;
  } else {
    const version = readVersion(reader, meaning, to) ?? readVersionBefore(reader, meaning, from);
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
  const strong = to - from > 1 && !bare;
  const spoken =
    context.grant || (shortFile && ((strong && (to - from) * 4 >= reader.tokens.count) || context.named)) || (context.heading && (context.named || strong));
  const claim =
    (meaning.kind === 'exact' && meaning.sure === true) ||
    (!context.against && (mention.link ? context.grant || shortFile : weak ? spoken && (context.named || (shortFile && context.grant)) : spoken));
  return { licences, from, to, claim, bare, short, named: context.named, pointer: context.pointer || mention.link, exception: false };
};

/** The licence of a model counts where a file begins: further down a README speaks of models, its own and others'. */
const headTokens = 60;
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

/** What a file says of its licence without quoting it. `taken` marks the tokens of texts that were recognised, whose words are no notices. */
export const findNotices = (tokens: Tokens, taken: Uint8Array, index: NoticeIndex): readonly Notice[] => {
  const { ids, count } = tokens;
  const { begins, links } = index;
  const drafts: Draft[] = [];
  let reader: Reader | undefined;
  const short = count <= shortFile;
  for (let at = 0; at < count; at += 1) {
    const id = ids[at] as number;
    if ((begins[id] as number) === 0 && (links[id] as number) === 0) continue;
    if (taken[at] !== 0) continue;
    reader ??= readerOf(tokens, index);
    const linked = index.meanings[(links[id] as number) - 1];
    const mention = linked ? { from: at, to: at + 1, meaning: linked, link: true } : nameAt(reader, taken, at);
    if (!mention) continue;
    const draft = draftOf(reader, mention, short);
    at = Math.max(mention.to, draft?.to ?? 0) - 1;
    if (draft) drafts.push(draft);
  }
  if (drafts.length === 0) return [];
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
        named: draft.named,
        ...(draft.bare ? { generic: family } : {}),
      });
  }
  return out;
};
