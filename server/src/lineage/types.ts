import type { Evidence, LicenceFact, RelationFact, Role, Scope, WorkId, WorkKind } from '../artefacts/types.ts';
import type { Clause, RelationType } from '../knowledge/types.ts';
import type { UseProfile } from '../policy/types.ts';
import type { Resolutions } from './resolutions.ts';

/** Points at a fact, and so at its place. */
export interface FactRef {
  readonly path: string;
  readonly fact: string;
}

/** One statement that a work is under terms, from the tree or from the catalogue. */
export interface Statement {
  readonly licences: readonly string[];
  readonly choice: boolean;
  readonly stated: string;
  readonly scope: Scope;
  readonly evidence: Evidence;
  readonly speaker: 'licensor' | 'distributor' | 'other';
  readonly source: string | null;
  readonly asOf: string | null;
  readonly confidence: string | null;
  /** Null when it is the catalogue, the cache or the hub that says so. */
  readonly at: FactRef | null;
  readonly fact: LicenceFact | null;
  /** How one of several dated rows was chosen, where somebody should know. */
  readonly note?: string;
}

export interface Work {
  readonly id: WorkId;
  readonly kind: WorkKind;
  /** True for works of this repository. */
  readonly local: boolean;
  /** The folder or file of a local work. */
  readonly path: string | null;
  /** It has a card, with or without a licence: what is given a card is handed to others. */
  readonly card: boolean;
  readonly statements: readonly Statement[];
  /** Where this repository first speaks of it, best place of decision first. */
  readonly mentions: readonly Mention[];
  readonly names: readonly { readonly name: string; readonly via: string; readonly at: FactRef | null }[];
}

/** A place that speaks of a work. */
export interface Mention {
  readonly at: FactRef;
  readonly role: Role;
  readonly type: RelationType;
  readonly via: string;
  readonly from: WorkId;
}

export interface Edge {
  readonly from: WorkId;
  readonly to: WorkId;
  readonly type: RelationType;
  readonly role: Role;
  readonly at: FactRef | null;
  readonly fact: RelationFact | null;
  /** Set for edges that the catalogue, the cache or the hub knows. */
  readonly source: string | null;
  /** `name`: guessed from an id or the name of a file alone. What reaches along it is a guess as well. */
  readonly evidence?: 'name';
}

/** Terms that bind a work: its own, or some that reach it along `path` (edges from the work down to `source`). */
export interface Binding {
  readonly licence: string;
  readonly source: WorkId;
  readonly path: readonly Edge[];
  readonly statement: Statement;
  /** Own terms: all clauses. Inherited: those that reach along every edge of the path. */
  readonly clauses: readonly Clause[];
  readonly inherited: boolean;
}

export interface Lineage {
  readonly works: ReadonlyMap<WorkId, Work>;
  readonly edges: readonly Edge[];
  readonly edgesFrom: ReadonlyMap<WorkId, readonly Edge[]>;
  readonly edgesTo: ReadonlyMap<WorkId, readonly Edge[]>;
  /** Works whose known origins were left out in part, because there are too many or they lie too far off. Empty but for huge trees. */
  readonly cut: ReadonlySet<WorkId>;
  /** Why, for the report. */
  readonly limited: readonly string[];
  readonly bindings: ReadonlyMap<WorkId, readonly Binding[]>;
  /** What the cache and the hub answered of each work, at the revisions that are used here. */
  readonly answers: ReadonlyMap<WorkId, Resolutions>;
  /** The work of this repository that a file belongs to. */
  readonly workOf: (path: string) => WorkId;
  /** The folder of a vendored project that holds the file, if any. */
  readonly vendorOf: (path: string) => string | undefined;
  readonly profile: Profile;
}

/** The use profile with how it was come by. */
export interface Profile extends UseProfile {
  readonly origin: 'policy' | 'inferred' | 'none';
  /** Where it was inferred from. */
  readonly at: FactRef | null;
}
