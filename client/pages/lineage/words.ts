import type { EdgeView, GraphFolder, NodeView } from '../../src/lineage/view.ts';
import { say } from '../say.ts';

type Verdict = NodeView['verdict'];

/** A sign for each answer, so that nobody has to tell colours apart. */
export const signs: Readonly<Record<Verdict, string>> = { yes: '✓', conditions: '!', no: '✕', open: '?', terms: '§' };

export const order: readonly Verdict[] = ['yes', 'conditions', 'no', 'open', 'terms'];

export const nameOf = (folder: GraphFolder, id: string): string => folder.nodes.find((node) => node.id === id)?.name ?? '';

export const relationsOf = ({ edges }: GraphFolder, id: string): { readonly up: readonly EdgeView[]; readonly down: readonly EdgeView[] } => ({
  up: edges.filter(({ from }) => from === id),
  down: edges.filter(({ to }) => to === id),
});

/** All that a box says, for who hears it. */
export const spoken = (folder: GraphFolder, node: NodeView): string => {
  const { up } = relationsOf(folder, node.id);
  const origins = up.slice(0, 5).map(({ words, to }) => `${words} ${nameOf(folder, to)}`);
  return [
    node.name,
    node.kind,
    node.licence,
    node.answer,
    node.publish,
    ...origins,
    node.findings,
    node.where ? say('work.goSpoken', { place: node.where.text }) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
};
