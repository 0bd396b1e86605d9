import type { RelationType } from '../knowledge/types.ts';
import { modifications } from '../knowledge/types.ts';
import { relationWords } from '../lineage/path.ts';
import type { Bill, BillRelation, BillWork } from './bill.ts';

/** What the format has for models and data, and the library does not: it is put into what the library wrote. */
export const componentType = ({ kind }: BillWork): 'machine-learning-model' | 'data' | 'library' =>
  kind === 'model' ? 'machine-learning-model' : kind === 'dataset' ? 'data' : 'library';

/** Ways in which a work descends from another. */
export const descents: readonly RelationType[] = [...modifications, 'distilledFrom', 'copiedFrom'];

type Json = Readonly<Record<string, unknown>>;

const ancestorOf = (work: BillWork, { type }: BillRelation): Json => ({
  type: componentType(work),
  ...(work.owner === null ? {} : { group: work.owner }),
  name: work.name,
  ...(work.revision === null ? {} : { version: work.revision }),
  ...(work.purl === null ? {} : { purl: work.purl }),
  properties: [{ name: 'pedigree:relation', value: type }],
});

const pedigreeOf = (relations: readonly BillRelation[], byId: ReadonlyMap<string, BillWork>): Json => {
  const rows = relations.filter(({ type }) => descents.includes(type)).flatMap((row) => (byId.has(row.to) ? [{ row, to: byId.get(row.to) as BillWork }] : []));
  if (rows.length === 0) return {};
  const notes = rows.map(({ row, to }) => `${relationWords(row.type)} ${to.owner === null ? '' : `${to.owner}/`}${to.name}`).join('; ');
  return { pedigree: { ancestors: rows.map(({ row, to }) => ancestorOf(to, row)), notes } };
};

const cardOf = (work: BillWork, relations: readonly BillRelation[]): Json => {
  if (work.kind !== 'model') return {};
  const datasets = relations.filter(({ type }) => type === 'trainedOn').map(({ to }) => ({ ref: to }));
  return datasets.length === 0 ? {} : { modelCard: { modelParameters: { datasets } } };
};

const dataOf = (work: BillWork): Json =>
  work.kind === 'dataset' ? { data: [{ type: 'dataset', name: work.name, ...(work.page === null ? {} : { contents: { url: work.page } }) }] } : {};

/** Where the repository names it. */
const occurrencesOf = (work: BillWork, relations: readonly BillRelation[]): readonly Json[] => {
  const places = new Map<string, Json>();
  for (const { path, line } of [...(work.row ? [work.row] : []), ...relations.filter(({ to }) => to === work.id)])
    if (path !== null) places.set(`${path}:${line ?? 1}`, { location: path, line: line ?? 1 });
  return [...places.values()];
};

export const extrasOf = (bill: Bill): ((id: string, written: Json) => Json) => {
  const byId = new Map(bill.works.map((work) => [work.id, work]));
  const from = new Map<string, BillRelation[]>();
  for (const row of bill.relations) from.set(row.from, [...(from.get(row.from) ?? []), row]);
  return (id, written) => {
    const work = byId.get(id);
    if (!work) return written;
    const own = from.get(id) ?? [];
    const occurrences = occurrencesOf(work, bill.relations);
    const evidence = { ...(written['evidence'] as Json | undefined), ...(occurrences.length === 0 ? {} : { occurrences }) };
    return {
      ...written,
      ...pedigreeOf(own, byId),
      ...(Object.keys(evidence).length === 0 ? {} : { evidence }),
      ...cardOf(work, own),
      ...dataOf(work),
    };
  };
};
