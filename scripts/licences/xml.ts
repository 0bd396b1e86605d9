import { XMLParser } from 'fast-xml-parser';

/** A stretch of a licence text: has to be there, may be left out, or may be replaced. Joined, the stretches read as the text. */
export interface Segment {
  readonly text: string;
  readonly kind: 'literal' | 'optional' | 'variable';
  /** Of a variable: most words that may stand in its place; 0 of others. */
  readonly most: number;
  /** A number or sign of a list. */
  readonly bullet?: boolean;
  /** Of a variable: every text that may stand in its place, where they are few and fixed. */
  readonly alternatives?: readonly string[];
}

/** A licence or exception of the SPDX list. */
export interface LicenceXml {
  readonly id: string;
  readonly name: string;
  readonly exception: boolean;
  readonly deprecated: boolean;
  readonly body: readonly Segment[];
  /** What the list has for the top of source files; empty where it has nothing. */
  readonly header: readonly Segment[];
  /** Addresses at which the text is found. */
  readonly links: readonly string[];
}

/** Words as texts are compared: lower case, without punctuation. */
export const plainWords = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words of a place without bounds, such as the name of a holder. */
const freeWords = 60;
const mostWords = 400;
const mostAlternatives = 16;
const charsPerWord = 5;

/** One text that a pattern takes, and how many words its open places take besides. */
interface Form {
  readonly text: string;
  readonly open: number;
}

interface Forms {
  readonly forms: readonly Form[];
  /** No open places, and none of the forms cut off. */
  readonly whole: boolean;
}

const fixed = (...texts: readonly string[]): Forms => ({ forms: texts.map((text) => ({ text, open: 0 })), whole: true });
const openPlace = (words: number): Forms => ({ forms: [{ text: '', open: words }], whole: false });
const either = (all: readonly Forms[]): Forms => {
  const forms = all.flatMap((each) => each.forms);
  return { forms: forms.slice(0, mostAlternatives), whole: forms.length <= mostAlternatives && all.every((each) => each.whole) };
};
const joined = (a: Forms, b: Forms): Forms => {
  const forms = a.forms.flatMap((first) => b.forms.map((second) => ({ text: first.text + second.text, open: first.open + second.open })));
  return { forms: forms.slice(0, mostAlternatives), whole: a.whole && b.whole && forms.length <= mostAlternatives };
};
const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

const quantifier = /[?*+]|\{(\d*)(?:(,)(\d*))?\}/y;
const characterClass = /\[(\^?)((?:\\.|[^\]\\])*)\]/y;

/** What a pattern of the list takes. Patterns are read, never run. */
const formsOf = (pattern: string): Forms => {
  let at = 0;
  const sticky = (regex: RegExp): RegExpExecArray | null => {
    regex.lastIndex = at;
    const match = regex.exec(pattern);
    if (match) at += match[0].length;
    return match;
  };
  /** What stands once: its forms, and the words that it takes if it may go on without end, where that is known. */
  const atom = (): { readonly once: Forms; readonly endless: number } => {
    const set = sticky(characterClass);
    if (set) {
      const members = (set[2] ?? '').replace(/\\[sntrf]/g, ' ').replace(/\\(.)/g, '$1');
      if (set[1] === '^') return { once: openPlace(1), endless: freeWords };
      if (members.trim() === '') return { once: fixed(' '), endless: 0 };
      const isRange = /.-./.test(members) || members.length > 4;
      return isRange ? { once: openPlace(1), endless: 1 } : { once: fixed(...members), endless: isWord(members) ? 1 : 0 };
    }
    const char = pattern[at] ?? '';
    at += 1;
    if (char === '(') {
      if (pattern.startsWith('?:', at)) at += 2;
      const once = alternation();
      at += 1;
      return { once, endless: freeWords };
    }
    if (char === '.') return { once: openPlace(1), endless: freeWords };
    if (char !== '\\') return { once: fixed(char), endless: isWord(char) ? 1 : 0 };
    const escaped = pattern[at] ?? '';
    at += 1;
    if (/[sntrf]/.test(escaped)) return { once: fixed(' '), endless: 0 };
    if (/[dw]/.test(escaped)) return { once: openPlace(1), endless: 1 };
    return /[DSW]/.test(escaped) ? { once: openPlace(1), endless: freeWords } : { once: fixed(escaped), endless: isWord(escaped) ? 1 : 0 };
  };
  const repeated = (): Forms => {
    const { once, endless } = atom();
    const times = sticky(quantifier);
    if (!times) return once;
    // Space is one word boundary, however much of it there is.
    if (once.forms.every(({ text, open }) => text === ' ' && open === 0)) return once;
    if (times[0] === '?') return either([once, fixed('')]);
    const least = times[0] === '*' ? 0 : Number(times[1] ?? 1);
    const bound = times[0].startsWith('{') ? (times[2] ? times[3] : times[1]) : '';
    const most = bound ? Number(bound) : Infinity;
    if (!once.whole && most < Infinity) return openPlace(Math.min(mostWords, Math.ceil(most / charsPerWord)));
    if (endless === 0) return either([once, ...(most > 1 && most < 4 ? [joined(once, once)] : []), ...(least === 0 ? [fixed('')] : [])]);
    return openPlace(most < Infinity ? Math.min(mostWords, most) : endless);
  };
  const sequence = (): Forms => {
    let forms = fixed('');
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') forms = joined(forms, repeated());
    return forms;
  };
  const alternation = (): Forms => {
    const branches = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      branches.push(sequence());
    }
    return either(branches);
  };
  const forms = alternation();
  // What is no pattern by our reading takes anything.
  return at < pattern.length ? either([forms, openPlace(freeWords)]) : forms;
};

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

const variable = (usual: string, pattern: string): Segment => {
  const { forms, whole } = formsOf(squeeze(pattern));
  const most = Math.min(mostWords, Math.max(plainWords(usual).length, ...forms.map(({ text, open }) => plainWords(text).length + open)));
  const alternatives = whole ? { alternatives: [...new Set(forms.map(({ text }) => squeeze(text)))] } : {};
  return { text: usual, kind: 'variable', most, ...alternatives };
};

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  // Characters by their numbers, too.
  htmlEntities: true,
});

const tagOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '';
const insideOf = (node: Node): readonly Node[] => {
  const inside = node[tagOf(node)];
  return Array.isArray(inside) ? (inside as readonly Node[]) : [];
};
const attribute = (node: Node, name: string): string | undefined => {
  const value = (node[':@'] as Node | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};
const find = (nodes: readonly Node[], tag: string): readonly Node[] => nodes.flatMap((node) => (tagOf(node) === tag ? [node] : find(insideOf(node), tag)));

const mayBeLeftOut = new Set(['optional', 'bullet', 'titleText', 'copyrightText']);
const gaps: Readonly<Record<string, string>> = {
  p: '\n\n',
  titleText: '\n\n',
  copyrightText: '\n\n',
  standardLicenseHeader: '\n\n',
  list: '\n',
  item: '\n',
  br: '\n',
};

/** What is said of a stretch by the elements around it. */
interface Around {
  readonly kind: 'literal' | 'optional';
  readonly bullet: boolean;
  /** The outermost element that may be left out: what stands in one is one segment. */
  readonly group: Node | undefined;
}

type Piece = { readonly gap: string } | { readonly segment: Segment; readonly group: Node | undefined };

const textOf = (node: Node): string =>
  tagOf(node) === '#text' ? String(node['#text']) : `${gaps[tagOf(node)] ?? ''}${insideOf(node).map(textOf).join('')}${gaps[tagOf(node)] ?? ''}`;

const piecesOf = (nodes: readonly Node[], around: Around): readonly Piece[] =>
  nodes.flatMap((node): readonly Piece[] => {
    const tag = tagOf(node);
    const { kind, bullet, group } = around;
    if (tag === '#text') return [{ segment: { text: textOf(node), kind, most: 0, ...(bullet ? { bullet } : {}) }, group }];
    if (tag === 'alt') {
      const usual = textOf(node);
      return [{ segment: { ...variable(squeeze(usual), attribute(node, 'match') ?? '.+'), text: usual }, group }];
    }
    const within: Around = mayBeLeftOut.has(tag) ? { kind: 'optional', bullet: bullet || tag === 'bullet', group: group ?? node } : around;
    const gap = gaps[tag] === undefined ? [] : [{ gap: gaps[tag] }];
    return [...gap, ...(tag === 'standardLicenseHeader' ? [] : piecesOf(insideOf(node), within)), ...gap];
  });

/** Pieces as segments, with one kind of space between words, lines and paragraphs each. */
const segmentsOf = (nodes: readonly Node[]): readonly Segment[] => {
  const out: Segment[] = [];
  let lastGroup: Node | undefined;
  let gap = '';
  const widen = (by: string): void => {
    // A list's number stands on the line of what it numbers.
    const limited = out.at(-1)?.bullet ? ' ' : by;
    if (limited.length > gap.length || gap === ' ') gap = limited;
  };
  for (const piece of piecesOf(nodes, { kind: 'literal', bullet: false, group: undefined })) {
    if ('gap' in piece) {
      widen(piece.gap);
      continue;
    }
    const { segment, group } = piece;
    if (gap === '' && (/^\s/.test(segment.text) || out.at(-1)?.bullet)) gap = ' ';
    const text = squeeze(segment.text);
    if (text === '' && segment.kind !== 'variable') continue;
    const last = out.at(-1);
    if (!last) out.push({ ...segment, text });
    else if (last.kind === segment.kind && last.kind !== 'variable' && last.bullet === segment.bullet && lastGroup === group)
      out[out.length - 1] = { ...last, text: `${last.text}${gap}${text}` };
    else {
      // Space belongs to what has no other text in its place.
      const isBehind = last.kind === 'variable' && segment.kind !== 'variable';
      if (!isBehind) out[out.length - 1] = { ...last, text: `${last.text}${gap}` };
      out.push({ ...segment, text: isBehind ? `${gap}${text}` : text });
    }
    lastGroup = group;
    gap = /\s$/.test(segment.text) && segment.text.trim() !== '' ? ' ' : '';
  }
  return out;
};

/**
 * Licences and exceptions of one file of https://github.com/spdx/license-list-XML, by the matching guidelines
 * (https://spdx.github.io/spdx-spec/v3.0.1/annexes/license-matching-guidelines-and-templates/).
 */
export const readLicenceXml = (xml: string): readonly LicenceXml[] => {
  const tree = parser.parse(xml) as readonly Node[];
  return [...find(tree, 'license'), ...find(tree, 'exception')].flatMap((node): readonly LicenceXml[] => {
    const inside = insideOf(node);
    const [text] = find(inside, 'text');
    const id = attribute(node, 'licenseId');
    if (!text || id === undefined) return [];
    return [
      {
        id,
        name: squeeze(attribute(node, 'name') ?? id),
        exception: tagOf(node) === 'exception',
        deprecated: attribute(node, 'deprecatedVersion') !== undefined || attribute(node, 'isDeprecated') === 'true',
        body: segmentsOf(insideOf(text)),
        // Headers stand beside the text as well as in it; some licences have two.
        header: segmentsOf(find(inside, 'standardLicenseHeader').flatMap((header) => [...insideOf(header), { p: [] }])),
        links: find(inside, 'crossRef').map((link) => textOf(link).trim()),
      },
    ];
  });
};
