const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** What names of files, owners and works are made of: `[\w.-]`. */
export const isNameUnit = (unit: number): boolean => isLetter(unit) || isDigit(unit) || unit === 45 || unit === 46 || unit === 95;

/**
 * Whether a text has an ending such as `.bin`, in any case, behind which no name goes on, that is meant. Signs are rarer than letters: the search for them
 * is the engine's own, and an alternation of endings takes three times as long.
 * @param endings in lower case, each with its dot
 */
export const endingFinder = (endings: readonly string[]): ((text: string, isMeant?: (dot: number, end: number) => boolean) => boolean) => {
  const byFirst = new Map<number, readonly string[]>();
  for (const ending of endings) byFirst.set(ending.charCodeAt(1), [...(byFirst.get(ending.charCodeAt(1)) ?? []), ending]);
  const stands = (text: string, dot: number, ending: string): boolean => {
    for (let i = 1; i < ending.length; i += 1) {
      const unit = text.charCodeAt(dot + i);
      if ((unit >= 65 && unit <= 90 ? unit + 32 : unit) !== ending.charCodeAt(i)) return false;
    }
    return !isNameUnit(text.charCodeAt(dot + ending.length));
  };
  return (text, isMeant) => {
    for (let dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
      const first = text.charCodeAt(dot + 1);
      const some = byFirst.get(first >= 65 && first <= 90 ? first + 32 : first);
      if (some === undefined) continue;
      for (const ending of some) if (stands(text, dot, ending) && (isMeant === undefined || isMeant(dot, dot + ending.length))) return true;
    }
    return false;
  };
};

/** Where the name begins whose ending has its dot there, at most so many units back. `also`: one more unit of such names. */
export const nameStart = (text: string, dot: number, longest: number, also = 46): number => {
  let start = dot;
  const goesOn = (unit: number): boolean => isNameUnit(unit) || unit === also;
  while (start > 0 && dot - start < longest && goesOn(text.charCodeAt(start - 1))) start -= 1;
  return start;
};

/** Units of the longest owner and of the longest name of a pair. */
const longestOwner = 61;
const longestName = 96;

/** `owner/name` as it may stand on the hub, with nothing of a path before or behind it. */
export const somePair = (text: string, isMeant: (start: number, end: number) => boolean): boolean => {
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
    const first = text.charCodeAt(slash + 1);
    if (!isLetter(first) && !isDigit(first)) continue;
    const start = nameStart(text, slash, longestOwner);
    const before = text.charCodeAt(start);
    if (start === slash || !(isLetter(before) || isDigit(before)) || isNameUnit(text.charCodeAt(start - 1)) || text[start - 1] === '/') continue;
    let end = slash + 2;
    while (end - slash <= longestName && isNameUnit(text.charCodeAt(end))) end += 1;
    if (!isNameUnit(text.charCodeAt(end)) && text[end] !== '/' && isMeant(start, end)) return true;
  }
  return false;
};

/** The last part of a path with the one before it, where that part has a digit: `owner/name-7b` of `./x/owner/name-7b`. */
export const someFolder = (text: string, shortest: number, isMeant: (start: number, end: number) => boolean): boolean => {
  for (let slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
    let end = slash + 1;
    let digits = 0;
    for (; end - slash <= longestName && isNameUnit(text.charCodeAt(end)); end += 1) if (isDigit(text.charCodeAt(end))) digits += 1;
    if (digits === 0 || end - slash <= shortest || isNameUnit(text.charCodeAt(end))) continue;
    const behind = text[end] === '/' ? end + 1 : end;
    if (isNameUnit(text.charCodeAt(behind)) || text[behind] === '/') continue;
    if (isMeant(nameStart(text, slash, longestOwner), end)) return true;
  }
  return false;
};
