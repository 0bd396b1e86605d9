import type { EdgeView, NodeView } from '../../src/lineage/view.ts';
import { draw } from '../dom.ts';
import { signs } from './words.ts';

export interface Metrics {
  readonly size: number;
  readonly width: (text: string, bold: boolean) => number;
}

/** Text is measured with the fonts that the editor's user has chosen. */
export const measureText = (): Metrics => {
  const { fontFamily, fontSize } = getComputedStyle(document.body);
  const size = Number.parseFloat(fontSize) || 13;
  const context = document.createElement('canvas').getContext('2d');
  return {
    size,
    width: (text, bold) => {
      if (!context) return text.length * size * 0.6;
      context.font = `${bold ? '600 ' : ''}${size}px ${fontFamily}`;
      return context.measureText(text).width;
    },
  };
};

/** In widths of the font: a box holds a name of the hub, and a list of them stays a picture. */
const widest = 23;
const narrowest = 10;
const padding = 14;

/** The longest that fits of what `part` makes with a number of characters. */
const longest = (most: number, fits: (count: number) => boolean): number => {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** As much of a text as fits; the whole of it is in the card, the list and what is read aloud. Names are told apart by their ends. */
const cut = (text: string, room: number, bold: boolean, { width }: Metrics, inside = false): string => {
  if (width(text, bold) <= room) return text;
  const characters = [...text];
  const part = (count: number): string => {
    const end = inside ? Math.floor(count * 0.6) : 0;
    return `${characters.slice(0, count - end).join('')}…${end > 0 ? characters.slice(-end).join('') : ''}`;
  };
  return part(longest(characters.length, (count) => width(part(count), bold) <= room));
};

interface Line {
  readonly text: string;
  readonly bold: boolean;
  readonly classes: string;
}

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly rhythm: number;
}

/** What every id of its kind begins with says nothing, and there is little room. */
const short = (text: string): string => text.replaceAll('LicenseRef-', '');

const linesOf = ({ name, kind, licence, verdict, answer, publishAs }: NodeView): readonly Line[] => [
  { text: name, bold: true, classes: 'name' },
  { text: `${kind} · ${short(licence)}`, bold: false, classes: 'quiet' },
  { text: `${signs[verdict]} ${answer}`, bold: true, classes: `verdict ${verdict}` },
  ...(publishAs === '' ? [] : [{ text: `⇱ ${short(publishAs)}`, bold: false, classes: 'target-words' }]),
];

export const boxOf = (node: NodeView, metrics: Metrics): Box => {
  const room = widest * metrics.size - 2 * padding;
  const lines = linesOf(node).map((line) => ({ ...line, text: cut(line.text, room, line.bold, metrics, line.classes === 'name') }));
  const width = Math.max(narrowest * metrics.size, Math.ceil(Math.max(...lines.map(({ text, bold }) => metrics.width(text, bold)))) + 2 * padding);
  const rhythm = Math.round(metrics.size * 1.45);
  return { id: node.id, width, height: lines.length * rhythm + padding, lines, rhythm };
};

export const labelOf = (
  { id, from, to, words }: EdgeView,
  metrics: Metrics,
): { readonly id: string; readonly from: string; readonly to: string; readonly text: string; readonly width: number; readonly height: number } => {
  const text = cut(words, 12 * metrics.size, false, metrics);
  return { id, from, to, text, width: Math.ceil(metrics.width(text, false)) + 10, height: Math.round(metrics.size * 1.4) };
};

/** A shape for each kind: what is a model, data, code and a service is told without reading. */
const shape = ({ kind, own }: NodeView, width: number, height: number): SVGElement => {
  const classes = `shape${own ? ' own' : ''}`;
  if (kind === 'service') return draw('rect', { class: classes, width, height, rx: Math.min(height / 2, 26) });
  if (kind === 'data set') {
    const bend = 6;
    return draw('path', {
      class: classes,
      d: `M0,${bend} Q${width / 2},${-bend} ${width},${bend} V${height - bend} Q${width / 2},${height + bend} 0,${height - bend} Z`,
    });
  }
  if (kind === 'code') {
    const corner = 12;
    return draw('path', { class: classes, d: `M0,0 H${width - corner} L${width},${corner} V${height} H0 Z` });
  }
  return draw('rect', { class: classes, width, height, rx: 6 });
};

/** A box, drawn about its own upper left corner. */
export const drawBox = (node: NodeView, { width, height, lines, rhythm }: Box): SVGGElement => {
  const element = draw('g', { class: `node ${node.verdict}${node.publish === '' ? '' : ' target'}`, tabindex: -1, role: 'button', 'data-id': node.id });
  if (node.publish !== '') element.append(draw('rect', { class: 'halo', x: -4, y: -4, width: width + 8, height: height + 8, rx: 9 }));
  element.append(shape(node, width, height), draw('rect', { class: 'stripe', x: 0, y: padding / 2, width: 4, height: height - padding }));
  for (const [at, { text, classes }] of lines.entries())
    element.append(draw('text', { class: classes, x: padding, y: padding / 2 + rhythm * (at + 0.72) }, text));
  return element;
};
