/** Letters and signs of source files, those that come most often first: a needle is looked for by its part that is rarest. */
const common = 'etainorsl_dcmup.fh(g)b,="yxv\'wkq:jz-/ ';
const rareness = new Uint8Array(128).fill(60);
for (const [place, sign] of [...common].entries()) rareness[sign.charCodeAt(0)] = place + 1;

const gram = 3;
const room = 1 << 14;

interface Wanted {
  readonly needle: string;
  /** Where in the needle the three units are by which it is looked for. */
  readonly offset: number;
}

const rarest = (needle: string): number => {
  let best = 0;
  let most = -1;
  for (let at = 0; at + gram <= needle.length; at += 1) {
    let sum = 0;
    for (let i = at; i < at + gram; i += 1) sum += rareness[needle.charCodeAt(i)] ?? 60;
    if (sum > most) {
      most = sum;
      best = at;
    }
  }
  return best;
};

export interface NeedleOptions {
  /** Whether one counts where it begins; absent = anywhere. */
  readonly isMeant?: (text: string, at: number, needle: string) => boolean;
  /** Letters of ASCII in either case; needles are in lower case. */
  readonly ignoreCase?: boolean;
}

/**
 * Tells whether one of many words stands in a text, in one pass whose cost does not grow with their number: an alternation of a hundred
 * words takes ten times as long.
 * @param needles of three UTF-16 units at least
 */
export const needleFinder = (needles: readonly string[], { isMeant = () => true, ignoreCase = false }: NeedleOptions = {}): ((text: string) => boolean) => {
  const marks = new Uint8Array(room);
  const byKey = new Map<number, Wanted[]>();
  // The bit that tells a capital from a small letter; what else it tells apart, the comparison does.
  const either = ignoreCase ? 32 : 0;
  const keyOf = (text: string, at: number): number =>
    (((text.charCodeAt(at) | either) << 10) ^ ((text.charCodeAt(at + 1) | either) << 5) ^ (text.charCodeAt(at + 2) | either)) & (room - 1);
  for (const needle of new Set(needles)) {
    if (needle.length < gram) throw new RangeError(`"${needle}" is too short to be looked for`);
    const offset = rarest(needle);
    const key = keyOf(needle, offset);
    marks[key] = 1;
    byKey.set(key, [...(byKey.get(key) ?? []), { needle, offset }]);
  }
  const stands = (text: string, needle: string, at: number): boolean =>
    ignoreCase ? text.slice(at, at + needle.length).toLowerCase() === needle : text.startsWith(needle, at);
  const isAt = (text: string, at: number, key: number): boolean =>
    byKey.get(key)?.some(({ needle, offset }) => at >= offset && stands(text, needle, at - offset) && isMeant(text, at - offset, needle)) ?? false;
  return (text) => {
    const end = text.length - gram;
    if (end < 0) return false;
    let first = text.charCodeAt(0) | either;
    let second = text.charCodeAt(1) | either;
    for (let at = 0; at <= end; at += 1) {
      const third = text.charCodeAt(at + 2) | either;
      const key = ((first << 10) ^ (second << 5) ^ third) & (room - 1);
      if (marks[key] !== 0 && isAt(text, at, key)) return true;
      first = second;
      second = third;
    }
    return false;
  };
};
