import type { EdgeView, GraphFolder, NodeView } from '../../src/lineage/view.ts';
import { badge, button, isolated, link, make, quietly } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';
import { parts, say } from '../say.ts';
import { terms } from './card.ts';
import { nameOf, relationsOf, signs } from './words.ts';

const places = ({ where, stated }: EdgeView): readonly Child[] =>
  stated ? where.flatMap((each) => [' ', link(each)]) : [' ', make('span', 'quiet', say('work.perTables'))];

const relation = (words: string, name: string, edge: EdgeView): HTMLElement => make('li', '', `${words} `, isolated('strong', name), ...places(edge));

const work = (folder: GraphFolder, node: NodeView, around: (id: string) => void): HTMLElement => {
  const { up, down } = relationsOf(folder, node.id);
  const details = make('details', '', make('summary', '', say('work.terms')));
  // Filled when it is opened.
  details.addEventListener('toggle', () => {
    if (details.open && details.childElementCount === 1)
      details.append(...terms(node).filter((child): child is Node | string => child !== null && child !== undefined));
  });
  return make(
    'li',
    'work',
    make(
      'div',
      'first',
      isolated('work-name', node.name),
      make('span', 'quiet', `${node.kind} · ${node.licence}`),
      badge(node.verdict, `${signs[node.verdict]} ${node.answer}`),
      node.where ? link(node.where, node.name) : null,
    ),
    node.publish === '' ? null : make('p', 'target-words', node.publish),
    up.length === 0 ? null : make('ul', 'relations', ...up.map((edge) => relation(edge.words, nameOf(folder, edge.to), edge))),
    down.length === 0
      ? null
      : make(
          'ul',
          'relations down',
          ...down.map((edge) =>
            make('li', '', ...quietly(parts('work.fromIt', { work: isolated('', nameOf(folder, edge.from)), relation: make('span', 'quiet', edge.words) }))),
          ),
        ),
    details,
    button('around', say('work.show'), () => around(node.id)),
  );
};

/** The same as a list: for who cannot use the picture, and for lineages that are larger than one. */
export const listOf = (folder: GraphFolder, around: (id: string) => void): HTMLElement => {
  const rank = (node: NodeView): number => (node.publish !== '' ? 0 : node.own ? 1 : 2);
  const list = make('ul', 'plain works');
  drawPortions(
    list,
    folder.nodes.toSorted((a, b) => rank(a) - rank(b)),
    (node) => work(folder, node, around),
  );
  return list;
};
