import { Graph, layout } from '@dagrejs/dagre';

export interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Joined {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Of its label. */
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  /** Middles of the boxes. */
  readonly nodes: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<string, { readonly points: readonly Point[]; readonly label: Point }>;
  readonly width: number;
  readonly height: number;
}

/** Room between boxes of one column, and between columns and rows beside the words on the lines. */
const between = 22;
const columns = 34;
const rows = 46;

/** Whether what a work was made from stands to its right or below it. */
export type Flow = 'across' | 'down';
const margin = 16;

/**
 * Puts boxes into columns or rows: what is handed out comes first, then what it was made from, so that a line reads as a sentence. The same
 * input gives the same picture.
 */
export const layoutOf = (nodes: readonly Sized[], edges: readonly Joined[], flow: Flow): Layout => {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: flow === 'across' ? 'LR' : 'TB',
    nodesep: between,
    edgesep: between / 2,
    ranksep: flow === 'across' ? columns : rows,
    marginx: margin,
    marginy: margin,
  });
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const { id, from, to, width, height } of edges) graph.setEdge(from, to, { width, height, labelpos: 'c', minlen: 1 }, id);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  const point = (value: unknown): Point => {
    const { x = 0, y = 0 } = value as Partial<Point>;
    return { x, y };
  };
  return {
    nodes: new Map(nodes.map(({ id }) => [id, point(graph.node(id))])),
    edges: new Map(
      edges.map(({ id, from, to }) => {
        const edge = graph.edge(from, to, id) as Partial<Point> & { readonly points?: readonly Point[] };
        return [id, { points: edge.points ?? [], label: point(edge) }];
      }),
    ),
    width: Number.isFinite(width) ? width : 0,
    height: Number.isFinite(height) ? height : 0,
  };
};

/** The way round in which more of a picture is seen at once. */
export const bestLayout = (
  nodes: readonly Sized[],
  edges: readonly Joined[],
  frame: { readonly width: number; readonly height: number },
): Layout & { readonly flow: Flow } => {
  const across = layoutOf(nodes, edges, 'across');
  const down = layoutOf(nodes, edges, 'down');
  // A line that is read from left to right is easier to follow: down has to be worth it.
  const better = fitted(down, frame).scale > fitted(across, frame).scale * 1.1;
  return better ? { ...down, flow: 'down' } : { ...across, flow: 'across' };
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** A smooth line through the points, as SVG writes paths. */
export const pathOf = (points: readonly Point[], flow: Flow): string => {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)},${round(first.y)}`;
  let before = first;
  for (const point of rest) {
    const middle = flow === 'across' ? (before.x + point.x) / 2 : (before.y + point.y) / 2;
    const [leave, arrive] =
      flow === 'across'
        ? [
            { x: middle, y: before.y },
            { x: middle, y: point.y },
          ]
        : [
            { x: before.x, y: middle },
            { x: point.x, y: middle },
          ];
    path += ` C${round(leave.x)},${round(leave.y)} ${round(arrive.x)},${round(arrive.y)} ${round(point.x)},${round(point.y)}`;
    before = point;
  }
  return path;
};

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const least = 0.08;
const most = 3;

/** All of the picture in the frame, in the middle of it, never larger than life. */
export const fitted = (picture: { readonly width: number; readonly height: number }, frame: { readonly width: number; readonly height: number }): View => {
  if (picture.width <= 0 || picture.height <= 0 || frame.width <= 0 || frame.height <= 0) return { scale: 1, x: 0, y: 0 };
  const scale = Math.min(1, Math.max(least, Math.min(frame.width / picture.width, frame.height / picture.height)));
  return { scale, x: (frame.width - picture.width * scale) / 2, y: (frame.height - picture.height * scale) / 2 };
};

/** What can still be read. */
const readable = 0.7;

/** How a picture is first seen: all of it where that can be read, else the part about where to begin. */
export const beginning = (
  picture: { readonly width: number; readonly height: number },
  start: Point | undefined,
  frame: { readonly width: number; readonly height: number },
): View => {
  const whole = fitted(picture, frame);
  if (whole.scale >= readable || !start) return whole;
  // The start in the middle, but no more empty room than there has to be.
  const along = (size: number, room: number, at: number): number =>
    size * readable <= room ? (room - size * readable) / 2 : Math.min(0, Math.max(room - size * readable, room / 2 - at * readable));
  return { scale: readable, x: along(picture.width, frame.width, start.x), y: along(picture.height, frame.height, start.y) };
};

/** Larger or smaller about a point that stays where it is. */
export const zoomed = ({ scale, x, y }: View, by: number, about: Point): View => {
  const next = Math.min(most, Math.max(least, scale * by));
  const change = next / scale;
  return { scale: next, x: about.x - (about.x - x) * change, y: about.y - (about.y - y) * change };
};

/** Moved as little as it takes for a box to be seen whole. */
export const brought = (view: View, box: Sized & Point, frame: { readonly width: number; readonly height: number }): View => {
  const shift = (at: number, size: number, offset: number, room: number): number => {
    const start = (at - size / 2) * view.scale + offset;
    const end = (at + size / 2) * view.scale + offset;
    if (start < margin) return offset + margin - start;
    return end > room - margin ? offset - Math.min(end - room + margin, start - margin) : offset;
  };
  return { ...view, x: shift(box.x, box.width, view.x, frame.width), y: shift(box.y, box.height, view.y, frame.height) };
};

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The box that one reaches by an arrow key: the nearest that lies that way, straight ahead rather than aside. */
export const nextBox = (from: string, direction: Direction, places: ReadonlyMap<string, Point>): string | undefined => {
  const here = places.get(from);
  if (!here) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, { x, y }] of places) {
    const [ahead, aside] =
      direction === 'left'
        ? [here.x - x, y - here.y]
        : direction === 'right'
          ? [x - here.x, y - here.y]
          : direction === 'up'
            ? [here.y - y, x - here.x]
            : [y - here.y, x - here.x];
    if (id === from || ahead <= 1) continue;
    const distance = ahead + 2 * Math.abs(aside);
    if (distance < least) {
      least = distance;
      best = id;
    }
  }
  return best;
};
