import { limits } from '../../text/limits.ts';

/** A sentence, list item or heading of running text, with its offset in the file. */
export interface Unit {
  readonly start: number;
  readonly text: string;
  /** Headings above it, nearest last. */
  readonly headings: readonly string[];
  /** The first heading of the file; empty where there is none. */
  readonly title: string;
  readonly kind: 'sentence' | 'item' | 'row' | 'heading' | 'quote';
  /** In a section that speaks of others, of the past or of results: nothing there is a statement of this repository about its own works. */
  readonly aside: boolean;
}

interface Block {
  readonly start: number;
  readonly text: string;
  readonly kind: Unit['kind'];
}

const skippedSections =
  /acknowledg|citation|\bcit(?:e|ing)\b|bibtex|related|\bnews\b|updates?\b|referenc|to-?do|contribut|\bfaq\b|changelog|star history|comparison|benchmark|leaderboard|roadmap|thanks|community/i;

/** "License and Citation", "Citation & License": what a section says of terms is of what lies here, whatever else it holds. */
const alsoLicence =
  /^\W*(?:\d+[.)]?\s*)?(?:licen[cs]es?\s*(?:and|&|\/|,|\+)\s*(?:citations?|citing|bibtex|acknowledge?ments?|references?|contribut\w+)|(?:citations?|citing|bibtex)\s*(?:and|&|\/|,|\+)\s*licen[cs]es?)\W*$/i;

const ownSection = /^\W*(?:\d+[.)]?\s*)?(?:model\s+|code\s+|data\s+)?licen[cs]/i;

/** A ruler ends what a section was about where the next has no heading of its own: "License: ..." at the foot of a page. */
const ruler = /^\s{0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const labelOfLicence = /^\W{0,12}(?:project\s+)?licen[cs]e\W{0,6}[:：]/i;

const kindOfLine = (line: string): Unit['kind'] | 'blank' | 'fence' => {
  if (line.trim() === '') return 'blank';
  if (/^\s*(?:```|~~~)/.test(line)) return 'fence';
  if (/^\s{0,3}#{1,6}\s/.test(line)) return 'heading';
  if (/^\s*>/.test(line)) return 'quote';
  if (/^\s*\|/.test(line)) return 'row';
  return /^\s*(?:[-*+]|\d{1,2}[.)])\s+/.test(line) ? 'item' : 'sentence';
};

/** Paragraphs, items, rows and headings; fenced code is left out. */
const blocksOf = (text: string, from: number): readonly Block[] => {
  const blocks: Block[] = [];
  let at = from;
  let fenced = false;
  let open: { start: number; end: number; kind: Unit['kind'] } | undefined;
  const close = (): void => {
    if (open) blocks.push({ start: open.start, text: text.slice(open.start, open.end), kind: open.kind });
    open = undefined;
  };
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const kind = line.length > limits.lineLength ? 'blank' : kindOfLine(line);
    if (kind === 'fence') {
      fenced = !fenced;
      close();
    } else if (fenced || kind === 'blank') close();
    else if (kind === 'sentence' && open && (open.kind === 'sentence' || open.kind === 'item' || open.kind === 'quote')) open.end = end;
    else {
      close();
      open = { start: at, end, kind };
      if (kind === 'heading' || kind === 'row') close();
    }
    at = end + 1;
  }
  close();
  return blocks;
};

/** A full stop ends a sentence when a space and a capital, a digit or a bracket follow; "v1. 5", "e.g. [x]" and "cf. X" do not. A line break of HTML ends one too. The sign comes first, since the engine looks for that quickly. */
const boundary = /[.!?](?<=[a-z)\]`*"”0-9].)(?<!\b(?:e\.g|i\.e|cf|vs|et al|approx).)(?:\*\*|__|["”)])?\s+(?=[A-Z[(*`"“_\d])|<br\s*\/?>\s*/g;

const titleOf = (text: string): string => {
  const match = /^ {0,3}#\s+(.+)$|<h1[^>]*>([^<]{1,200})/im.exec(text.slice(0, 6000));
  return match?.[1] ?? match?.[2] ?? '';
};

export const unitsOf = (text: string, from: number): readonly Unit[] => {
  const units: Unit[] = [];
  const title = titleOf(text.slice(from));
  const headings: { readonly level: number; readonly text: string; readonly aside: boolean }[] = [];
  let ruled = false;
  for (const block of blocksOf(text, from)) {
    const heading = block.kind === 'heading' ? /^\s*(#+)\s+(.*)$/.exec(block.text) : null;
    ruled = heading === null && (ruled || ruler.test(block.text));
    if (heading) {
      const level = heading[1]?.length ?? 1;
      while (headings.length > 0 && (headings.at(-1)?.level ?? 0) >= level) headings.pop();
      const aside = headings.at(-1)?.aside ?? false;
      units.push({ start: block.start, text: block.text, headings: headings.map((entry) => entry.text), title, kind: 'heading', aside });
      const text = heading[2] ?? '';
      // A section on the licence is our own word, whatever else the chapter around it is about.
      headings.push({ level, text, aside: (skippedSections.test(text) && !alsoLicence.test(text)) || (aside && !ownSection.test(text)) });
      continue;
    }
    const isOwn = ruled && labelOfLicence.test(block.text);
    const above = isOwn ? [] : headings.map((entry) => entry.text);
    const aside = !isOwn && (headings.at(-1)?.aside ?? false);
    let begin = 0;
    for (const match of block.text.matchAll(boundary)) {
      units.push({
        start: block.start + begin,
        text: block.text.slice(begin, match.index + (match[0].startsWith('<') ? 0 : 1)),
        headings: above,
        title,
        kind: block.kind,
        aside,
      });
      begin = match.index + match[0].length;
    }
    units.push({ start: block.start + begin, text: block.text.slice(begin), headings: above, title, kind: block.kind, aside });
  }
  return units;
};
