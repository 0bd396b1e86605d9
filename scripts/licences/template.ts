import { XMLParser } from 'fast-xml-parser';

/** A stretch of a licence template. */
export interface Segment {
  readonly text: string;
  /** Has to be there; may be left out; may be replaced. */
  readonly kind: 'literal' | 'optional' | 'variable';
  /** Of a variable: most words that may stand in its place. */
  readonly most: number;
}

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly exception: boolean;
  readonly body: readonly Segment[];
  /** What stands in files under the licence; empty where the list has none. */
  readonly header: readonly Segment[];
  /** Addresses at which the licence is found. */
  readonly links: readonly string[];
}

type Node = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  trimValues: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  htmlEntities: true,
});

/** Words of a free place such as the name of a holder. */
const freeWords = 60;
const mostWords = 250;

/** Most words that an `<alt>` takes by its pattern. Patterns are read, never run. */
const roomOf = (pattern: string, usual: string): number => {
  const bounded = /\{\d*,(\d+)\}/.exec(pattern);
  if (bounded) return Math.min(mostWords, Math.ceil(Number(bounded[1]) / 5));
  if (/\.[*+]|\]\*|\]\+/.test(pattern)) return freeWords;
  const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
  const plain = pattern.split('|').map((part) => words(part.replace(/\\s[+*?]?/g, ' ').replace(/[()?\\^$]/g, '')));
  return Math.max(words(usual), ...plain) + 1;
};

const tagOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '';
const childrenOf = (node: Node): readonly Node[] => {
  const inside = node[tagOf(node)];
  return Array.isArray(inside) ? (inside as readonly Node[]) : [];
};
const attribute = (node: Node, name: string): string => {
  const value = (node[':@'] as Node | undefined)?.[name];
  return typeof value === 'string' ? value : '';
};
const textOf = (node: Node): string => (tagOf(node) === '#text' ? String(node['#text']) : childrenOf(node).map(textOf).join(' '));
const findAll = (nodes: readonly Node[], tag: string): readonly Node[] =>
  nodes.flatMap((node) => (tagOf(node) === tag ? [node] : findAll(childrenOf(node), tag)));

const mayBeLeftOut = new Set(['optional', 'bullet', 'titleText', 'copyrightText', 'standardLicenseHeader']);
const breaksLine = new Set(['p', 'br', 'list', 'item', 'titleText', 'copyrightText', 'standardLicenseHeader']);

const segmentsOf = (nodes: readonly Node[], optional: boolean): readonly Segment[] =>
  nodes.flatMap((node): readonly Segment[] => {
    const tag = tagOf(node);
    const kind = optional ? 'optional' : 'literal';
    if (tag === '#text') return [{ text: String(node['#text']), kind, most: 0 }];
    if (tag === 'alt') {
      const usual = childrenOf(node).map(textOf).join(' ');
      return [{ text: usual, kind: 'variable', most: roomOf(attribute(node, 'match'), usual) }];
    }
    const inside = segmentsOf(childrenOf(node), optional || mayBeLeftOut.has(tag));
    return breaksLine.has(tag) ? [{ text: '\n', kind, most: 0 }, ...inside, { text: '\n', kind, most: 0 }] : inside;
  });

const merged = (segments: readonly Segment[]): readonly Segment[] => {
  const out: Segment[] = [];
  for (const segment of segments) {
    const last = out.at(-1);
    if (last && last.kind === segment.kind && segment.kind !== 'variable') out[out.length - 1] = { ...last, text: `${last.text} ${segment.text}` };
    else out.push(segment);
  }
  return out.filter((segment) => segment.kind === 'variable' || segment.text.trim() !== '');
};

/**
 * Licences and exceptions of one file of the SPDX list's sources: what has to be there, what may be left out or replaced, by the
 * matching guidelines (https://spdx.github.io/spdx-spec/v3.0.1/annexes/license-matching-guidelines-and-templates/).
 */
export const readTemplates = (xml: string): readonly Template[] => {
  const tree = parser.parse(xml) as readonly Node[];
  return [...findAll(tree, 'license'), ...findAll(tree, 'exception')].flatMap((node): readonly Template[] => {
    const [text] = findAll(childrenOf(node), 'text');
    const id = attribute(node, 'licenseId');
    if (!text || id === '') return [];
    // It stands inside the text or beside it.
    const header = findAll(childrenOf(node), 'standardLicenseHeader')[0];
    return [
      {
        id,
        name: attribute(node, 'name'),
        exception: tagOf(node) === 'exception',
        body: merged(segmentsOf(childrenOf(text), false)),
        header: header ? merged(segmentsOf(childrenOf(header), false)) : [],
        links: findAll(childrenOf(node), 'crossRef').map((link) => textOf(link).trim()),
      },
    ];
  });
};
