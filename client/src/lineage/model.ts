import type { LineageAnswer, LineageFolder, LineagePlace, LineageRelation, LineageWork } from '../../../server/src/protocol/views.ts';
import { placeOf, placeText } from '../report/places.ts';
import type { Places } from '../report/places.ts';
import { plain, textLength } from '../report/plain.ts';
import type { LinkView } from '../report/view.ts';
import { counted, say, together } from '../say.ts';
import type { EdgeView, GraphFolder, GraphView, NodeView, PointView } from './view.ts';

/** Relations that tell where a work came from. */
const origins: ReadonlySet<string> = new Set([
  'finetune',
  'adapter',
  'quantized',
  'merge',
  'distilledFrom',
  'trainedOn',
  'generatedBy',
  'copiedFrom',
  'bundles',
]);

/** Places of one relation that are listed: a table of a hundred lines says no more than its first. */
const shownPlaces = 5;

interface Building {
  readonly folder: string;
  readonly places: Places;
}

const linkOf = ({ folder, places }: Building, at: LineagePlace): LinkView => {
  const place = placeOf(folder, { path: at.path, line: at.line });
  return { id: place ? places.issue(place) : null, text: plain(placeText(at.path, at.line, null, null), textLength) };
};

const pointViews = (points: LineageWork['points']): readonly PointView[] =>
  points.map(({ text, clause }) => ({ text: plain(text, textLength), clause: plain(clause ?? '') }));

const countText = ({ error, warning, information }: LineageWork['findings']): string =>
  [
    ...(error > 0 ? [counted('count.error', error)] : []),
    ...(warning > 0 ? [counted('count.warning', warning)] : []),
    ...(information > 0 ? [counted('count.information', information)] : []),
  ].join(', ');

const publishText = ({ publishable }: LineageWork): string => {
  if (publishable === null) return '';
  return publishable.as.length === 0 ? say('lineage.handedOnNone') : say('lineage.handedOn', { licences: together(publishable.as) });
};

const publishAs = ({ publishable }: LineageWork): string => {
  if (publishable === null) return '';
  return publishable.as.length === 0 ? say('lineage.publishNone') : say('lineage.publish', { licences: together(publishable.as) });
};

const licenceText = ({ licence, kind, own }: LineageWork): string => {
  if (licence !== null) return plain(licence);
  if (kind === 'service') return say('terms.ofProvider');
  return own ? say('lineage.noLicence') : say('lineage.noTerms');
};

const nodeView = (building: Building, work: LineageWork, id: string): NodeView => ({
  id,
  name: plain(work.name),
  title: plain(work.id, textLength),
  kind: plain(work.kind),
  own: work.own,
  publish: plain(publishText(work), textLength),
  publishAs: plain(publishAs(work)),
  why: plain(work.publishable?.why ?? '', textLength),
  licence: licenceText(work),
  verdict: work.verdict,
  answer: plain(work.answer),
  points: pointViews(work.points),
  duties: pointViews(work.duties),
  says: work.says.map((text) => plain(text, textLength)),
  findings: countText(work.findings),
  where: work.at ? linkOf(building, work.at) : null,
});

/** One line of the picture for all that joins two works. */
const edgeViews = (building: Building, relations: readonly LineageRelation[], ids: ReadonlyMap<string, string>): readonly EdgeView[] => {
  const groups = new Map<string, LineageRelation[]>();
  for (const relation of relations) {
    if (relation.from === relation.to) continue;
    const key = `${ids.get(relation.from)} ${ids.get(relation.to)}`;
    const group = groups.get(key);
    if (group) group.push(relation);
    else groups.set(key, [relation]);
  }
  return [...groups.values()].flatMap((group, at) => {
    const [first] = group;
    const from = first && ids.get(first.from);
    const to = first && ids.get(first.to);
    if (from === undefined || to === undefined) return [];
    const ranked = group.toSorted((a, b) => Number(origins.has(b.type)) - Number(origins.has(a.type)));
    const places = new Map(ranked.flatMap(({ at: place }) => (place ? [[`${place.path}\0${place.line}`, place] as const] : [])));
    return [
      {
        id: `e${at}`,
        from,
        to,
        words: plain([...new Set(ranked.map(({ words }) => words))].join(', ')),
        origin: group.some(({ type }) => origins.has(type)),
        publishes: group.every(({ type }) => type === 'publishes'),
        stated: places.size > 0,
        where: [...places.values()].slice(0, shownPlaces).map((place) => linkOf(building, place)),
      },
    ];
  });
};

const folderView = ({ uri, name, use, works, relations }: LineageFolder, places: Places): GraphFolder => {
  const building: Building = { folder: uri, places };
  const joined = new Set(relations.flatMap(({ from, to }) => [from, to]));
  // What stands alone and is nobody's says nothing here: the report lists it.
  const shown = works.filter((work) => joined.has(work.id) || work.publishable !== null || !work.own);
  const ids = new Map(shown.map((work, at) => [work.id, `n${at}`]));
  return {
    name: plain(name),
    use: plain(use),
    nodes: shown.map((work) => nodeView(building, work, ids.get(work.id) ?? '')),
    edges: edgeViews(building, relations, ids),
  };
};

/** The lineage as a page draws it. `places` keeps what the links lead to: paths never come back from the page. */
export const graphView = (answer: LineageAnswer, places: Places): GraphView => ({
  number: places.number,
  title: say('lineage.title'),
  folders: answer.folders.map((folder) => folderView(folder, places)),
});
