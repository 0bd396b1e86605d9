import type { NoticeIndex } from './grammar-names.ts';
import { contextOf, nameAt, readVersion, readVersionBefore, readerOf } from './grammar-reading.ts';
import type { Mention, Reader } from './grammar-reading.ts';
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

/** A file with no more words is nothing but what it names. */
const shortFile = 40;

/** Licences that are told from each other by versions or kinds. */
export const familyOf = (licence: string): string => /^(?:A?GPL|LGPL|GFDL|Apache|BSD|MIT|MPL|Artistic)/.exec(licence)?.[0] ?? licence;

interface Draft {
  readonly licences: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly claim: boolean;
  readonly bare: boolean;
  readonly short: boolean;
  readonly title: boolean;
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
    return { licences: [meaning.licence], from, to, claim: true, bare: false, short: false, title: false, pointer: false, exception: true };
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
  return { licences, from, to, claim, bare, short, title: context.named && context.opens, pointer: context.pointer || mention.link, exception: false };
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
        title: draft.title,
        ...(draft.bare ? { generic: family } : {}),
      });
  }
  return out;
};
