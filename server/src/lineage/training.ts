import { isShown, rewritten, someDataset } from '../artefacts/via.ts';
import type { WorkId } from '../artefacts/types.ts';
import type { SourceKind } from '../knowledge/disclosures.ts';
import { modifications } from '../knowledge/types.ts';
import { compareText } from '../text/compare.ts';
import type { Edge, FactRef, Lineage } from './types.ts';

/** Something that a model of this repository came from by training, or is tested on. */
export interface TrainingSource {
  readonly work: WorkId;
  readonly kind: SourceKind;
  /** Which works of this repository are made with it. */
  readonly of: readonly WorkId[];
  /** Where files say so; empty where a note of the policy does. */
  readonly at: readonly FactRef[];
  /** Only commands that a README shows to be typed say so: whoever typed them may have put in something else. */
  readonly shown: boolean;
  /** What wrote the data, as far as is known. */
  readonly writtenBy: readonly WorkId[];
  /** What own data were made from, and the files that make them. */
  readonly madeFrom: readonly WorkId[];
  readonly madeBy: readonly string[];
}

interface Growing {
  readonly of: Set<WorkId>;
  readonly at: Map<string, FactRef>;
  tested: boolean;
  trained: boolean;
  model: boolean;
}

const isCopy = ({ type, role, fact }: Edge): boolean => type === 'copiedFrom' && (role === 'decision' || fact?.via === rewritten);

const isMaking = (edge: Edge): boolean => isCopy(edge) || (edge.type === 'generatedBy' && edge.role === 'decision');

const sorted = (works: Iterable<WorkId>): readonly WorkId[] => [...new Set(works)].toSorted(compareText);

/** Said by a file of this repository that is not somebody else's project, or by a note of its policy. */
const isOurs = (lineage: Lineage, policy: string | null, edge: Edge): boolean =>
  edge.at === null ? policy !== null && edge.source === policy : lineage.vendorOf(edge.at.path) === undefined;

/** What the models of this repository are trained on, made from and tested on, in the order of their ids. `policy` is the path of the policy, whose notes count. */
export const trainingSources = (lineage: Lineage, policy: string | null): readonly TrainingSource[] => {
  const rows = new Map<WorkId, Growing>();
  const said = (work: WorkId, edge: Edge): Growing => {
    const row = rows.get(work) ?? { of: new Set(), at: new Map(), tested: false, trained: false, model: false };
    row.of.add(edge.from);
    if (edge.at) row.at.set(`${edge.at.path} ${edge.at.fact}`, edge.at);
    rows.set(work, row);
    return row;
  };
  const stated = (work: WorkId): readonly Edge[] => (lineage.edgesFrom.get(work) ?? []).filter((edge) => isOurs(lineage, policy, edge));
  for (const edge of lineage.edges) {
    if (!edge.from.startsWith('local:') || edge.to === someDataset || edge.role === 'mention' || !isOurs(lineage, policy, edge)) continue;
    if (edge.type === 'testedOn' || (edge.type === 'trainedOn' && edge.role === 'evaluation')) said(edge.to, edge).tested = true;
    else if (edge.role !== 'decision') continue;
    else if (edge.type === 'trainedOn') said(edge.to, edge).trained = true;
    else if (modifications.includes(edge.type) || edge.type === 'distilledFrom') said(edge.to, edge).model = true;
  }
  // A file that is written from one that a service filled holds what the service wrote.
  const chainOf = (work: WorkId): readonly Edge[] => {
    const seen = new Set([work]);
    const found: Edge[] = [];
    for (const next of seen)
      for (const edge of lineage.edgesFrom.get(next) ?? []) {
        found.push(edge);
        if (edge.to.startsWith('local:') && isCopy(edge)) seen.add(edge.to);
      }
    return found;
  };
  // What own data were put together from is trained on with them.
  for (const [work, row] of rows) {
    if (!row.trained || !work.startsWith('local:')) continue;
    for (const edge of stated(work)) {
      if (edge.type === 'copiedFrom' && edge.role === 'decision' && !edge.to.startsWith('service:')) {
        const source = said(edge.to, edge);
        source.trained = true;
        for (const of of row.of) source.of.add(of);
      }
    }
  }
  return (
    [...rows]
      // What this repository makes itself and works on is no source of its own, but for data.
      .filter(([work, row]) => !work.startsWith('local:') || !row.model)
      .map(([work, row]): TrainingSource => {
        const edges = chainOf(work);
        const writtenBy = sorted(edges.filter((edge) => edge.type === 'generatedBy').map((edge) => edge.to));
        const isLocal = work.startsWith('local:');
        const synthetic = writtenBy.length > 0;
        return {
          work,
          kind: row.model ? 'models' : !row.trained ? 'evaluation' : isLocal ? (synthetic ? 'synthetic' : 'own-data') : 'public-data',
          of: sorted(row.of),
          at: [...row.at].toSorted(([a], [b]) => compareText(a, b)).map(([, at]) => at),
          shown: row.at.size > 0 && [...row.at.values()].every((at) => isShown(at.fact)),
          writtenBy,
          madeBy: isLocal ? sorted(edges.flatMap((edge) => (edge.at && isMaking(edge) ? [edge.at.path] : []))) : [],
          madeFrom: isLocal ? sorted(edges.filter((edge) => edge.type === 'copiedFrom').map((edge) => edge.to)) : [],
        };
      })
      .toSorted((a, b) => compareText(a.work, b.work))
  );
};
