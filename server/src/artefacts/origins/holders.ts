import { limits } from '../../text/limits.ts';

/** "Copyright (c) 2020-2023, Somebody. All rights reserved." */
const line = /^.*?(?:\bcopyright\b|©|\(c\)\s*(?:19|20)\d\d)[ \t]*(.*)$/gim;
const marks =
  /^(?:[\s:,.]|\(c\)|©|\bcopyrights?\b|&copy;|\bby\b|\bowned by\b|\((?:19|20)\d\d\)|(?:19|20)\d\d(?:\s*[-–,]\s*(?:(?:19|20)?\d\d|present|now|current)?|\s+to\s+(?:(?:19|20)\d\d|present|now))*)+/i;
const tail =
  /[\s,.;:]*(?:\ball rights? reserved\b.*|\blicen[cs]ed under\b.*|\bthis (?:file|source|code|software)\b.*|\bfor licen[cs]ing\b.*|\((?:authors?|written by):.*|\(https?:.*|<[^>]*>|\bhttps?:\S+.*|\*\/|-->|"""|''')$/i;
/** "Jo Doe MIT License": a name of at least two words with its terms behind it. */
const terms = /(?<=^\S+\s+\S+)(?:\s+\S+)?\s+licen[cs]e$/i;
/** Sentences about copyright that name nobody, and templates. */
const noHolder =
  /^--|^(?:notices?|patents?|trademarks?|more considerations|ownership|below|above|grant|each|regarding|model|and|or|in|is|to|law|laws|of|owners?|holders?|act (?:of|\d+)|policy|policies|rules|office|protection|status|statement|licen[cs]e|information|claims?|infring\w*|the (?:above|following)|may|shall|for|interest)\b|\[(?:yyyy|name|year|fullname)|<(?:year|name|copyright)|\{(?:year|name)|^\W*$/i;

/** "Licensed to the Otter Foundation (OF) under one or more contributor license agreements": a head without a line of copyright. */
const agreement = /^[^\p{L}\n]{0,40}licen[cs]ed to (?:the )?([^\n]{2,80}?)(?: \([^()\n]{1,12}\))? under (?:one|1) or more\b/gimu;

/** UTF-16 units of a name: longer ones are sentences. */
const longest = 120;

/** Holders that a head or a licence text names, as written, without years and what stands behind; `more` where there are more than are taken. */
export const holdersOf = (text: string): { readonly holders: readonly string[]; readonly more: boolean } => {
  const out = new Set<string>();
  for (const match of text.matchAll(agreement)) if (match[1] !== undefined && out.size < limits.noticeNames) out.add(match[1].trim());
  for (const match of text.matchAll(line)) {
    let name = (match[1] ?? '').slice(0, 400).replace(/\s+/g, ' ').replace(marks, '');
    for (let before = ''; before !== name;) {
      before = name;
      name = name
        .replace(tail, '')
        .replace(marks, '')
        .replace(/[\s,.;:*#-]+$/, '')
        .trim();
    }
    name = name.replace(/^[@[\s]+|[\]\s]+$/g, '').replace(terms, '');
    if (name.length < 2 || name.length > longest || noHolder.test(name) || !/\p{L}/u.test(name)) continue;
    if (out.size >= limits.noticeNames && !out.has(name)) return { holders: [...out], more: true };
    out.add(name);
  }
  return { holders: [...out], more: false };
};

/** Words that many holders have. */
const common = new Set(
  'inc ltd llc corp corporation company co gmbh limited the and its affiliates affiliate authors author contributors contributor team other others by of for all rights reserved research lab labs laboratory group university institute technologies technology ai platforms open source project developers maintainers members community foundation systems software'.split(
    ' ',
  ),
);

const wordsOf = (holder: string): readonly string[] =>
  holder
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1 && !common.has(word) && !/^\d+$/.test(word));

/** Named for the project itself: "The Otter Team" of `someone/otter`. */
export const isNamedFor = (holder: string, project: string): boolean => {
  const name = wordsOf(holder).join('');
  return name.length > 2 && name === wordsOf(project).join('');
};

/** Whether a holder is another spelling of one of some, as far as names tell. Each is asked for many times, and some lists have thousands. */
export const sameHolderAs = (holders: readonly string[]): ((holder: string) => boolean) => {
  const all = holders.map(wordsOf);
  const words = new Set(all.flat().filter((word) => word.length > 2));
  const wholes = all.map((own) => own.join('')).filter((whole) => whole.length > 3);
  const known = new Map<string, boolean>();
  const isSame = (holder: string): boolean => {
    const own = wordsOf(holder);
    const part = own.join('');
    return own.some((word) => words.has(word)) || (part.length > 3 && wholes.some((whole) => whole.includes(part) || part.includes(whole)));
  };
  return (holder) => {
    const before = known.get(holder);
    if (before !== undefined) return before;
    const same = isSame(holder);
    known.set(holder, same);
    return same;
  };
};
