import { beginning, bestLayout, brought, fitted, nextBox, pathOf, zoomed } from '../../src/lineage/layout.ts';
import type { Direction, Point, View } from '../../src/lineage/layout.ts';
import type { Selection } from '../../src/lineage/select.ts';
import type { EdgeView, GraphFolder, NodeView } from '../../src/lineage/view.ts';
import { draw } from '../dom.ts';
import { say } from '../say.ts';
import { boxOf, drawBox, labelOf, measureText } from './boxes.ts';
import type { Box } from './boxes.ts';
import { spoken } from './words.ts';

export interface PictureOptions {
  readonly folder: GraphFolder;
  readonly selection: Selection;
  /** About what there will be room for. */
  readonly room: { readonly width: number; readonly height: number };
  readonly view: View | null;
  readonly selected: string | null;
  /** Somebody points at a box, or the keyboard is on it; null when no longer. */
  readonly onLook: (node: NodeView | null, element: Element | null) => void;
  readonly onOpen: (node: NodeView) => void;
  readonly onSelect: (id: string) => void;
  readonly onView: (view: View) => void;
}

export interface Picture {
  readonly element: SVGSVGElement;
  readonly fit: () => void;
  readonly zoom: (by: number) => void;
  /** Draws at the view, or fits, once the frame has a size. */
  readonly begin: () => void;
  /** Somebody moved or scaled it. */
  readonly isChosen: () => boolean;
}

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const step = 1.25;

const arrowHead = (): SVGDefsElement =>
  draw(
    'defs',
    {},
    draw(
      'marker',
      { id: 'arrow', viewBox: '0 0 8 8', refX: 7.5, refY: 4, markerWidth: 8, markerHeight: 8, orient: 'auto', markerUnits: 'userSpaceOnUse' },
      draw('path', { class: 'head', d: 'M0,0.5 L8,4 L0,7.5 Z' }),
    ),
  );

/** The picture of a lineage: boxes and lines as SVG, moved and scaled as a whole. */
export const createPicture = (options: PictureOptions): Picture => {
  const { folder, selection, onLook, onOpen, onSelect, onView } = options;
  const metrics = measureText();
  const boxes = new Map<string, Box>(selection.nodes.map((node) => [node.id, boxOf(node, metrics)]));
  const labels = selection.edges.map((edge) => labelOf(edge, metrics));
  // What is handed out stands before what hands it out: such a line is laid out backwards.
  const backwards = new Set(selection.edges.filter(({ publishes }) => publishes).map(({ id }) => id));
  const laid = bestLayout(
    [...boxes.values()],
    labels.map((label) => (backwards.has(label.id) ? { ...label, from: label.to, to: label.from } : label)),
    options.room,
  );
  const scene = draw('g', { class: 'scene' });
  const element = draw('svg', { class: 'picture', role: 'group', 'aria-label': say('lineage.spoken', { count: selection.nodes.length }) }, arrowHead(), scene);
  const elements = new Map<string, SVGGElement>();
  let view: View = options.view ?? { scale: 1, x: 0, y: 0 };
  let chosen = options.view !== null;
  let current = '';

  const frame = (): { readonly width: number; readonly height: number } => ({ width: element.clientWidth, height: element.clientHeight });
  const apply = (next: View, choice = true): void => {
    view = next;
    chosen ||= choice;
    scene.setAttribute('transform', `translate(${next.x.toFixed(1)} ${next.y.toFixed(1)}) scale(${next.scale.toFixed(4)})`);
    if (choice) onView(next);
  };
  const middle = (): Point => ({ x: element.clientWidth / 2, y: element.clientHeight / 2 });

  /** One box at a time is in the order of the Tab key. */
  const select = (id: string): void => {
    elements.get(current)?.setAttribute('tabindex', '-1');
    elements.get(id)?.setAttribute('tabindex', '0');
    current = id;
  };
  const highlight = (id: string | null): void => {
    const near = new Set<string>(id === null ? [] : [id]);
    for (const edge of selection.edges) {
      const joins = id !== null && (edge.from === id || edge.to === id);
      if (joins) near.add(edge.from).add(edge.to);
      for (const part of lines.get(edge.id) ?? []) part.classList.toggle('near', joins);
    }
    for (const [other, box] of elements) box.classList.toggle('near', near.has(other));
    element.classList.toggle('looking', id !== null);
  };

  /** From the middle of one side to the middle of another, whichever way it was laid out. */
  const joinedPoints = (points: readonly Point[], { from, to }: EdgeView, turned: boolean): readonly Point[] => {
    const inner = (turned ? points.toReversed() : points).slice(1, -1);
    const side = (id: string, towards: Point | undefined): readonly Point[] => {
      const box = boxes.get(id);
      const at = laid.nodes.get(id);
      if (!box || !at) return [];
      if (laid.flow === 'across') return [{ x: at.x + ((towards?.x ?? 0) < at.x ? -box.width : box.width) / 2, y: at.y }];
      return [{ x: at.x, y: at.y + ((towards?.y ?? 0) < at.y ? -box.height : box.height) / 2 }];
    };
    return [...side(from, inner[0] ?? laid.nodes.get(to)), ...inner, ...side(to, inner.at(-1) ?? laid.nodes.get(from))];
  };
  const lines = new Map<string, readonly SVGGElement[]>();
  /** Words stand above every line. */
  const over: SVGGElement[] = [];
  for (const edge of selection.edges) {
    const place = laid.edges.get(edge.id);
    const label = labels.find(({ id }) => id === edge.id);
    if (!place || !label) continue;
    const points = joinedPoints(place.points, edge, backwards.has(edge.id));
    const { x, y } = place.label;
    const classes = `edge${edge.origin ? ' origin' : ''}${edge.stated ? '' : ' told'}`;
    const line = draw(
      'g',
      { class: classes, 'aria-hidden': 'true' },
      draw('path', { class: 'line', d: pathOf(points, laid.flow), 'marker-end': 'url(#arrow)' }),
    );
    const words = draw(
      'g',
      { class: classes, 'aria-hidden': 'true' },
      draw('rect', { class: 'label-back', x: x - label.width / 2, y: y - label.height / 2, width: label.width, height: label.height, rx: 3 }),
      draw('text', { class: 'label', x, y: y + metrics.size * 0.35 }, label.text),
    );
    lines.set(edge.id, [line, words]);
    scene.append(line);
    over.push(words);
  }
  scene.append(...over);
  for (const node of selection.nodes) {
    const box = boxes.get(node.id);
    const at = laid.nodes.get(node.id);
    if (!box || !at) continue;
    const drawn = drawBox(node, box);
    drawn.setAttribute('transform', `translate(${(at.x - box.width / 2).toFixed(1)} ${(at.y - box.height / 2).toFixed(1)})`);
    drawn.setAttribute('aria-label', spoken(folder, node));
    const look = (): void => {
      highlight(node.id);
      onLook(node, drawn);
    };
    const leave = (): void => {
      highlight(null);
      onLook(null, null);
    };
    drawn.addEventListener('pointerenter', look);
    drawn.addEventListener('pointerleave', leave);
    drawn.addEventListener('focus', () => {
      select(node.id);
      onSelect(node.id);
      const next = brought(view, { ...box, ...at }, frame());
      if (next.x !== view.x || next.y !== view.y) apply(next);
      look();
    });
    drawn.addEventListener('blur', leave);
    drawn.addEventListener('click', () => {
      if (!moved) onOpen(node);
    });
    elements.set(node.id, drawn);
    scene.append(drawn);
  }

  const byId = (id: string): NodeView | undefined => selection.nodes.find((node) => node.id === id);
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = arrows[event.key];
    if (direction) elements.get(nextBox(current, direction, laid.nodes) ?? '')?.focus({ preventScroll: true });
    else if (event.key === 'Home') elements.get(first)?.focus({ preventScroll: true });
    else if (event.key === 'Enter' || event.key === ' ') {
      const node = byId(current);
      if (node) onOpen(node);
    } else if (event.key === 'Escape') {
      highlight(null);
      onLook(null, null);
    } else if (event.key === '+' || event.key === '=') apply(zoomed(view, step, middle()));
    else if (event.key === '-') apply(zoomed(view, 1 / step, middle()));
    else if (event.key === '0' || event.key === 'f') apply(fitted(laid, frame()));
    else return;
    event.preventDefault();
  });

  // The wheel moves, and zooms with the control key, as a pinch on a touchpad does.
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) apply(zoomed(view, Math.exp(-event.deltaY / 200), { x: event.clientX - left, y: event.clientY - top }));
      else apply({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
    },
    { passive: false },
  );
  /** The pointer was dragged: what it lets go of was not clicked. */
  let moved = false;
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    moved = false;
    const start = { x: event.clientX, y: event.clientY, view };
    const drag = (now: PointerEvent): void => {
      const by = { x: now.clientX - start.x, y: now.clientY - start.y };
      if (Math.hypot(by.x, by.y) > 4) moved = true;
      if (moved) apply({ ...start.view, x: start.view.x + by.x, y: start.view.y + by.y });
    };
    const end = (): void => {
      window.removeEventListener('pointermove', drag);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
    window.addEventListener('pointermove', drag);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  });

  const first = (selection.nodes.find(({ publish }) => publish !== '') ?? selection.nodes[0])?.id ?? '';
  select(options.selected !== null && elements.has(options.selected) ? options.selected : first);
  return {
    element,
    fit: () => apply(fitted(laid, frame())),
    zoom: (by) => apply(zoomed(view, by, middle())),
    begin: () => {
      if (options.view) apply(options.view);
      else apply(beginning(laid, laid.nodes.get(first), frame()), false);
    },
    isChosen: () => chosen,
  };
};
