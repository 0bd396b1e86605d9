/** Letters and signs of source files, those that come most often first: a needle is looked for by its part that is rarest. */
const common = 'etainorsl_dcmup.fh(g)b,="yxv\'wkq:jz-/ ';
const rareness = new Uint8Array(128).fill(60);
for (const [place, sign] of [...common].entries()) rareness[sign.charCodeAt(0)] = place + 1;

/** Units by which a needle is known, and how many lie between two places that are looked at: whoever is longer than both is met wherever it begins. */
const gram = 4;
const step = 2;
/** Of a byte each: twice as many would be read from further away. */
const tableBits = 15;
/** Makes capitals small, in each of four units. */
const small = 0x20202020;

interface Wanted {
  readonly needle: string;
  /** Where in the needle the units are by which it is looked for. */
  readonly offset: number;
  readonly isMeant: NeedleOptions['isMeant'];
  readonly ignoreCase: boolean;
  /** The bit of its group. */
  readonly bit: number;
}

/** Where the rarest neighbouring fours of a needle begin, of which one is met. */
const rarest = (needle: string): number => {
  let best = 0;
  let most = -1;
  for (let from = 0; from + step - 1 + gram <= needle.length; from += 1) {
    let least = Infinity;
    for (let at = from; at < from + step; at += 1) {
      let sum = 0;
      for (let i = at; i < at + gram; i += 1) sum += rareness[needle.charCodeAt(i)] ?? 60;
      least = Math.min(least, sum);
    }
    if (least > most) {
      most = least;
      best = from;
    }
  }
  return best;
};

export interface NeedleOptions {
  /** Whether one counts where it begins; absent = anywhere. Of bytes, the text is what stands on the line before, and the needle. */
  readonly isMeant?: (text: string, at: number, needle: string) => boolean;
  /** Letters of ASCII in either case; needles are in lower case. */
  readonly ignoreCase?: boolean;
}

/** Tells whether one of the needles is there. */
export interface NeedleFinder {
  readonly inText: (text: string) => boolean;
  /** The same of UTF-8 that is not decoded, for needles of ASCII: twice as fast. */
  readonly inBytes: (bytes: Uint8Array) => boolean;
}

/** Bytes before a needle that are decoded to tell whether it is meant. */
const before = 400;

/** Nearly every machine reads two bytes as a number whose low bits are the first. */
const firstIsLow = new Uint16Array(Uint8Array.of(1, 0).buffer)[0] === 1;

/** Four units as one number: of larger ones the low bits, since what is like a needle is compared with it. */
const fourAt = (text: string, at: number): number =>
  (text.charCodeAt(at) & 255) | ((text.charCodeAt(at + 1) & 255) << 8) | ((text.charCodeAt(at + 2) & 255) << 16) | ((text.charCodeAt(at + 3) & 255) << 24);
const mixing = 0x9e3779b1;
const keyOf = (four: number): number => Math.imul(four | small, mixing) >>> (32 - tableBits);

/** The next two bytes that end what may be a needle, else -1. The loop is most of what files cost that say nothing: whatever it took from around it would be looked up at each step, so that it has its own copies. */
const nextPair = (pairs: Uint16Array, known: Uint8Array, from: number): number => {
  const end = pairs.length;
  const [letters, spread, shift] = [small, mixing, 32 - tableBits];
  let four = (pairs[from - 1] as number) << 16;
  for (let i = from; i < end; i += 1) {
    four = (four >>> 16) | ((pairs[i] as number) << 16);
    if (known[Math.imul(four | letters, spread) >>> shift] !== 0) return i;
  }
  return -1;
};

/** The same in a text: where the two units stand. */
const nextInText = (text: string, known: Uint8Array, from: number): number => {
  const end = text.length - 1;
  const [letters, spread, shift] = [small, mixing, 32 - tableBits];
  let four = ((text.charCodeAt(from - 2) & 255) << 16) | ((text.charCodeAt(from - 1) & 255) << 24);
  for (let at = from; at < end; at += 2) {
    four = (four >>> 16) | ((text.charCodeAt(at) & 255) << 16) | ((text.charCodeAt(at + 1) & 255) << 24);
    if (known[Math.imul(four | letters, spread) >>> shift] !== 0) return at;
  }
  return -1;
};

/** What is too short to be met at every other place is looked for one by one. */
const findShort = (needles: readonly string[], text: string, ignoreCase: boolean, isMeant: NeedleOptions['isMeant']): boolean => {
  // Some letters become two, so that places would be others.
  const lower = ignoreCase && needles.length > 0 ? text.toLowerCase() : text;
  const where = lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return needles.some((needle) => {
    for (let at = where.indexOf(needle); at >= 0; at = where.indexOf(needle, at + 1)) if (isMeant === undefined || isMeant(text, at, needle)) return true;
    return false;
  });
};

const latin = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');

/** Needles, and how they are meant. */
export interface NeedleGroup extends NeedleOptions {
  readonly needles: readonly string[];
}

interface Table {
  /** Which keys are those of a needle: most places end here. */
  readonly known: Uint8Array;
  readonly byKey: ReadonlyMap<number, readonly Wanted[]>;
}

const isShort = (needle: string): boolean => needle.length < gram + step - 1;

const tableOf = (groups: readonly NeedleGroup[]): Table => {
  const known = new Uint8Array(1 << tableBits);
  const byKey = new Map<number, Wanted[]>();
  for (const [place, { needles, isMeant, ignoreCase = false }] of groups.entries()) {
    for (const needle of new Set(needles)) {
      if (isShort(needle)) continue;
      const from = rarest(needle);
      for (let offset = from; offset < from + step; offset += 1) {
        const key = keyOf(fourAt(needle, offset));
        known[key] = 1;
        const wanted = { needle, offset, ignoreCase, isMeant, bit: 1 << place };
        const row = byKey.get(key);
        if (row) row.push(wanted);
        else byKey.set(key, [wanted]);
      }
    }
  }
  return { known, byKey };
};

/** It stands in the text so that the units by which it is looked for are at that place. */
const standsInText = ({ needle, offset, ignoreCase, isMeant }: Wanted, text: string, at: number): boolean => {
  const start = at - offset;
  if (start < 0) return false;
  const stands = ignoreCase ? text.slice(start, start + needle.length).toLowerCase() === needle : text.startsWith(needle, start);
  return stands && (isMeant === undefined || isMeant(text, start, needle));
};

const standsInBytes = ({ needle, offset, ignoreCase, isMeant }: Wanted, bytes: Uint8Array, at: number): boolean => {
  const start = at - offset;
  if (start < 0 || start + needle.length > bytes.length) return false;
  for (let i = 0; i < needle.length; i += 1) {
    const byte = bytes[start + i] as number;
    if ((ignoreCase && byte >= 65 && byte <= 90 ? byte + 32 : byte) !== needle.charCodeAt(i)) return false;
  }
  if (isMeant === undefined) return true;
  const from = Math.max(0, start - before);
  return isMeant(latin(bytes, from, start + needle.length), start - from, needle);
};

/** Groups of `wanted` of which a needle stands in the text, as bits. */
const groupsInText = ({ known, byKey }: Table, text: string, wanted: number): number => {
  let found = 0;
  for (let at = nextInText(text, known, 2); at >= 0; at = nextInText(text, known, at + 2)) {
    for (const one of byKey.get(keyOf(fourAt(text, at - 2))) ?? []) if ((one.bit & wanted & ~found) !== 0 && standsInText(one, text, at - 2)) found |= one.bit;
    if (found === wanted) break;
  }
  return found;
};

/** The same of UTF-8 that is not decoded, for needles of ASCII: twice as fast. */
const groupsInBytes = (table: Table, bytes: Uint8Array, wanted: number): number => {
  if (!firstIsLow) return groupsInText(table, latin(bytes, 0, bytes.length), wanted);
  const { known, byKey } = table;
  const odd = bytes.byteOffset & 1;
  const pairs = new Uint16Array(bytes.buffer, bytes.byteOffset + odd, Math.max(0, bytes.length - odd) >> 1);
  let found = 0;
  for (let i = nextPair(pairs, known, 1); i >= 0; i = nextPair(pairs, known, i + 1)) {
    for (const one of byKey.get(keyOf((pairs[i - 1] as number) | ((pairs[i] as number) << 16))) ?? [])
      if ((one.bit & wanted & ~found) !== 0 && standsInBytes(one, bytes, 2 * i - 2 + odd)) found |= one.bit;
    if (found === wanted) break;
  }
  return found;
};

/**
 * Looks for many words in one pass, whose cost does not grow with their number: an alternation of a hundred words takes ten times as long.
 * Only every other place is looked at, since each needle of five units is known by two fours of them. A few may be shorter.
 * @param needles of two UTF-16 units at least
 */
export const needleFinder = (needles: readonly string[], options: NeedleOptions = {}): NeedleFinder => {
  if (needles.some((needle) => needle.length < 2)) throw new RangeError('a needle is too short to be looked for');
  const table = tableOf([{ ...options, needles }]);
  const short = [...new Set(needles)].filter(isShort);
  const hasShort = (text: string): boolean => findShort(short, text, options.ignoreCase ?? false, options.isMeant);
  return {
    inText: (text) => groupsInText(table, text, 1) !== 0 || hasShort(text),
    inBytes: (bytes) => groupsInBytes(table, bytes, 1) !== 0 || (short.length > 0 && hasShort(latin(bytes, 0, bytes.length))),
  };
};

/**
 * Several such searches in one pass over the bytes of a text: which of the `wanted` groups have a needle there, as bits in the order of the groups.
 * @param groups 31 at most, of needles of ASCII of five units at least
 */
export const groupFinder = (groups: readonly NeedleGroup[]): ((bytes: Uint8Array, wanted: number) => number) => {
  if (groups.length > 31) throw new RangeError('too many groups for the bits of one number');
  const bad = groups.flatMap(({ needles }) => needles).find((needle) => isShort(needle) || !/^[\0-\x7f]*$/.test(needle));
  if (bad !== undefined) throw new RangeError(`"${bad}" cannot be looked for in a group`);
  const table = tableOf(groups);
  return (bytes, wanted) => (wanted === 0 ? 0 : groupsInBytes(table, bytes, wanted));
};
