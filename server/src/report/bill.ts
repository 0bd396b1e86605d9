import type { Analysis } from '../analysis/types.ts';
import type { DigestAlgorithm, WorkKind } from '../artefacts/types.ts';
import type { Knowledge, RelationType, Terms } from '../knowledge/types.ts';
import type { DigestClaim, Measured } from '../lineage/digests.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf, kindOf } from '../lineage/remote.ts';
import type { Binding, Edge } from '../lineage/types.ts';
import type { Obligation, Publishable, ReportWork } from '../protocol/report.ts';
import { compareText } from '../text/compare.ts';

/** Ids that have to hold all at once, or of which one may be picked. */
export interface Licensing {
  readonly ids: readonly string[];
  readonly choice: boolean;
}

/** What a bill of materials says of a work, whatever the format. */
export interface BillWork {
  readonly id: string;
  readonly kind: WorkKind;
  readonly name: string;
  readonly owner: string | null;
  /** A work of this repository. */
  readonly own: boolean;
  /** The commit that is used here, where all uses agree on one. */
  readonly revision: string | null;
  readonly purl: string | null;
  readonly page: string | null;
  /** What its makers say. A guess from a name is nothing that anybody said. */
  readonly declared: Licensing | null;
  /** All that binds it, as this audit concludes: its own terms and those that reach it. */
  readonly concluded: Licensing | null;
  readonly row: ReportWork | null;
  readonly obligations: readonly Obligation[];
  readonly publishable: Publishable | null;
  /** Files that it is, with digests where they are known without reading them for this. */
  readonly files: readonly BillFile[];
}

export interface BillFile {
  readonly path: string;
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>;
}

export interface BillRelation {
  readonly from: string;
  readonly to: string;
  readonly type: RelationType;
  readonly path: string | null;
  readonly line: number | null;
}

export interface Bill {
  readonly name: string;
  readonly version: string;
  readonly knowledge: string;
  readonly complete: boolean;
  /** This repository comes first. */
  readonly works: readonly [BillWork, ...BillWork[]];
  readonly relations: readonly BillRelation[];
  readonly terms: ReadonlyMap<string, Terms>;
  /** When it was made, where somebody asked for that to be said. ISO, to the second. */
  readonly created: string | null;
}

export interface BillOptions {
  readonly name: string;
  readonly created: string | null;
  readonly claims: readonly DigestClaim[];
  readonly measured: Measured;
}

const subject = 'local:.';

const licensing = (bindings: readonly Binding[]): Licensing | null => {
  const ids = [...new Set(bindings.map(({ licence }) => licence))];
  return ids.length === 0 ? null : { ids, choice: ids.length > 1 && bindings.every(({ statement }) => statement.choice) };
};

/** Terms that reach a work from elsewhere hold beside a choice of its own, which then cannot be told as one list: the choice is left open. */
const concludedOf = (bindings: readonly Binding[]): Licensing | null => {
  const own = licensing(bindings.filter(({ inherited }) => !inherited));
  const reached = bindings.filter(({ inherited }) => inherited);
  if (reached.length === 0) return own;
  return licensing(own?.choice === true ? reached : bindings);
};

const commit = /^[0-9a-f]{40}$/;

const revisions = ({ lineage }: Analysis): ReadonlyMap<string, string> => {
  const found = new Map<string, Set<string | null>>();
  for (const { to, fact, at } of lineage.edges) if (at !== null) found.set(to, (found.get(to) ?? new Set()).add(fact?.revision ?? null));
  return new Map(
    [...found].flatMap(([id, all]) => ([...all].every((each) => each !== null && commit.test(each)) && all.size === 1 ? [[id, [...all][0] ?? '']] : [])),
  );
};

/** Nothing but a guess from a name: a bill states what somebody stated. */
const isGuess = ({ path, statement }: Binding): boolean => statement.evidence === 'name' || path.some(({ evidence }) => evidence === 'name');

const keyOf = ({ from, to, type }: Pick<BillRelation, 'from' | 'to' | 'type'>): string => `${from}\0${to}\0${type}`;

/** Instructions that a text shows to its readers: nothing of them is part of this repository. */
const isForReaders = (id: string): boolean => id.endsWith('#shown');

/** Somebody decided it, here or upstream: what is only spoken of is no part of anything. A bill of ours repeats what was decided. */
const isMeant = ({ role, evidence, fact, from }: Edge): boolean => evidence !== 'name' && (role !== 'mention' || fact?.echo === true) && !isForReaders(from);

/** The same told at several places is one relation, at the first of them. */
const relationsOf = ({ report, lineage }: Analysis): readonly BillRelation[] => {
  const meant = new Set(lineage.edges.filter(isMeant).map(keyOf));
  const seen = new Set<string>();
  return report.relations.flatMap((row): readonly BillRelation[] => {
    const relation = { ...row, type: row.type as RelationType };
    const key = keyOf(relation);
    if (seen.has(key) || !meant.has(key)) return [];
    seen.add(key);
    return [relation];
  });
};

/** Works of this repository, services that it asks, and what either came from. */
const worksOf = ({ report, lineage }: Analysis, relations: readonly BillRelation[]): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const { id } of report.works) {
    const asked = lineage.works.get(id)?.mentions.some(({ role, via }) => role === 'decision' && via === 'call') === true;
    if ((id.startsWith('local:') && !isForReaders(id)) || asked) ids.add(id);
  }
  for (const { from, to } of relations) ids.add(from).add(to);
  ids.delete(subject);
  return ids;
};

const pageOf = (id: string): string | null => {
  const hub = hubOf(id);
  if (hub) return `https://huggingface.co/${hub.type === 'dataset' ? 'datasets/' : ''}${hub.id}`;
  if (/^pkg:github\/[\w.-]+\/[\w.-]+$/.test(id)) return `https://github.com/${id.slice('pkg:github/'.length)}`;
  return id.startsWith('url:') ? id.slice('url:'.length) : null;
};

/** Digests that the tree tells of its own files: stand-ins and lists of such are believed in this order, what was measured before both. */
const filesOf = ({ claims, measured }: BillOptions): ReadonlyMap<string, BillFile> => {
  const out = new Map<string, BillFile>();
  for (const { path, isThere, algorithm, digest, via } of claims) {
    if (!isThere || via !== 'pointer') continue;
    out.set(path, { path, digests: { [algorithm]: digest } });
  }
  for (const [path, digests] of measured) out.set(path, { path, digests });
  return out;
};

/** What the formats of bills of materials are written from: the report, and the lineage that it was made of. */
export const billOf = (analysis: Analysis, knowledge: Knowledge, options: BillOptions): Bill => {
  const { report, lineage } = analysis;
  const rows = new Map(report.works.map((row) => [row.id, row]));
  const relations = relationsOf(analysis);
  const ids = worksOf(analysis, relations);
  const pinned = revisions(analysis);
  const files = filesOf(options);
  const terms = new Map<string, Terms>();
  const workOf = (id: string): BillWork => {
    const bindings = (lineage.bindings.get(id) ?? []).filter((binding) => !isGuess(binding));
    for (const { licence } of bindings) {
      const known = knowledge.terms(licence);
      if (known) terms.set(licence, known);
    }
    const owner = hubOf(id)?.id ?? /^pkg:github\/(.+)$/.exec(id)?.[1];
    const slash = owner?.indexOf('/') ?? -1;
    const revision = pinned.get(id) ?? null;
    const file = files.get(lineage.works.get(id)?.path ?? '');
    return {
      id,
      kind: lineage.works.get(id)?.kind ?? kindOf(id),
      name: id === subject ? options.name : owner !== undefined && slash > 0 ? owner.slice(slash + 1) : shortName(id),
      owner: owner !== undefined && slash > 0 ? owner.slice(0, slash) : null,
      own: id.startsWith('local:'),
      revision,
      purl: id.startsWith('pkg:') && !id.includes('#') ? `${id}${revision === null ? '' : `@${revision}`}` : null,
      page: pageOf(id),
      declared: licensing(bindings.filter(({ inherited }) => !inherited)),
      concluded: concludedOf(bindings),
      row: rows.get(id) ?? null,
      obligations: report.obligations.filter(({ work }) => work === id),
      publishable: report.publishable.find(({ work }) => work === id) ?? null,
      files: file ? [file] : [],
    };
  };
  return {
    name: options.name,
    version: report.tool.version,
    knowledge: report.inputs.knowledge,
    complete: report.summary.complete,
    works: [workOf(subject), ...[...ids].toSorted(compareText).map(workOf)],
    relations,
    terms,
    created: options.created,
  };
};

/** An expression of SPDX. */
export const expressionOf = ({ ids, choice }: Licensing): string => ids.join(choice ? ' OR ' : ' AND ');
