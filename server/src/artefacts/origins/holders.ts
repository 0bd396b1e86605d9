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
  /^(?:notice|ownership|below|above|grant|each|regarding|model|and|or|in|is|to|law|laws|of|owners?|holders?|statement|licen[cs]e|information|claims?|infring\w*|the (?:above|following)|may|shall|for|interest)\b|\[(?:yyyy|name|year|fullname)|<(?:year|name|copyright)|\{(?:year|name)|^\W*$/i;

const most = 20;
const longest = 120;

/** Holders that a head or a licence text names, as written, without years and what stands behind. */
export const holdersOf = (text: string): readonly string[] => {
  const out = new Set<string>();
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
    out.add(name);
    if (out.size >= most) break;
  }
  return [...out];
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

/** Two spellings of one holder, as far as names tell. */
export const isSameHolder = (a: string, b: string): boolean => {
  const one = wordsOf(a);
  const other = wordsOf(b);
  if (one.some((word) => word.length > 2 && other.includes(word))) return true;
  const [whole, part] = [one.join(''), other.join('')];
  return whole.length > 3 && part.length > 3 && (whole.includes(part) || part.includes(whole));
};
