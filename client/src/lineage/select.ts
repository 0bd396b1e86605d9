import type { EdgeView, GraphFolder, NodeView } from './view.ts';

/** Boxes that a picture can hold so that one still reads it; the list has all. */
export const mostNodes = 120;

export interface Choice {
  /** Relations that tell no origin are left out. */
  readonly originsOnly: boolean;
  /** Only what this work came from and what came from it. */
  readonly around: string | null;
}

export interface Selection {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
  /** Works that were left out because there are too many. */
  readonly left: number;
}

const neighbours = (edges: readonly EdgeView[], key: 'from' | 'to'): ReadonlyMap<string, readonly string[]> => {
  const out = new Map<string, string[]>();
  for (const edge of edges) {
    const other = key === 'from' ? edge.to : edge.from;
    const list = out.get(edge[key]);
    if (list) list.push(other);
    else out.set(edge[key], [other]);
  }
  return out;
};

/** All that can be reached from some, nearest first. */
const reach = (starts: readonly string[], steps: readonly ReadonlyMap<string, readonly string[]>[]): readonly string[] => {
  const seen = new Set(starts);
  // A set is walked in the order in which it grows.
  for (const id of seen) for (const step of steps) for (const next of step.get(id) ?? []) seen.add(next);
  return [...seen];
};

/** A picture of this many works is easier to read without what is only loaded or tested with, where enough is left. */
const many = 60;
const enough = 5;

/** Whether a lineage is first shown by its origins alone. */
export const beginsWithOrigins = ({ nodes, edges }: GraphFolder): boolean => nodes.length > many && edges.filter(({ origin }) => origin).length >= enough;

/** What is drawn: at most what a picture can hold, beginning with what is handed on. */
export const select = ({ nodes, edges }: GraphFolder, { originsOnly, around }: Choice): Selection => {
  const wanted = originsOnly ? edges.filter((edge) => edge.origin || edge.publishes) : edges;
  const up = neighbours(wanted, 'from');
  const down = neighbours(wanted, 'to');
  const joined = new Set(wanted.flatMap(({ from, to }) => [from, to]));
  const starts = nodes.filter((node) => node.publish !== '').map(({ id }) => id);
  const own = nodes.filter((node) => node.own).map(({ id }) => id);
  const order =
    around === null || !nodes.some(({ id }) => id === around)
      ? [...new Set([...reach(starts, [up, down]), ...reach(own, [up, down]), ...nodes.map(({ id }) => id)])]
      : [...new Set([...reach([around], [up]), ...reach([around], [down])])];
  const eligible = order.filter((id) => !originsOnly || around !== null || joined.has(id) || starts.includes(id));
  const shown = new Set(eligible.slice(0, mostNodes));
  return {
    nodes: nodes.filter(({ id }) => shown.has(id)),
    edges: wanted.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    left: eligible.length - shown.size,
  };
};
