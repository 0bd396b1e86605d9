import type { FieldOfUse, RelationType } from '../knowledge/types.ts';
import type { Severity } from '../protocol/report.ts';
import type { PathTest } from '../text/glob.ts';

/** Where an entry stands in the file, and for an entry of an extended file where that is named; numbers from 1, `endColumn` exclusive. */
export interface PolicyPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface UseProfile {
  readonly commercial: boolean | null;
  readonly distribute: readonly ('weights' | 'code' | 'service' | 'data')[];
  readonly trainOtherModels: boolean | null;
  readonly territories: readonly string[];
  readonly establishedIn: string | null;
  readonly usersAt: Readonly<Record<string, number>>;
  readonly monthlyActiveUsers: number | null;
  /** What it is used for, in the words that clauses of field of use have. */
  readonly fields: readonly FieldOfUse[];
}

export interface PublishTarget {
  readonly weights: string | null;
  readonly code: string | null;
  readonly data: string | null;
  readonly name: string | null;
  /** Where each of them stands, by its key. */
  readonly places: Readonly<Record<string, PolicyPlace>>;
}

export interface PolicyWork {
  readonly id: string;
  readonly licence: string;
  /** The extended file that it comes from; null = this one. */
  readonly from: string | null;
  readonly place: PolicyPlace;
}

/** What the quick fix writes for a licence that somebody still has to look up: it states nothing. */
export const toBeChecked = 'LicenseRef-to-be-checked';

export interface Grant {
  readonly work: string;
  readonly licence: string;
  readonly reference: string | null;
  readonly until: string | null;
  /** The extended file that it comes from; null = this one. */
  readonly from: string | null;
  readonly place: PolicyPlace;
}

export interface ProvenanceNote {
  readonly path: string;
  readonly is: string | null;
  readonly relation: RelationType;
  readonly from: string;
  readonly revision: string | null;
  readonly date: string | null;
  readonly note: string | null;
  readonly place: PolicyPlace;
}

export type RuleLevel = Severity | 'off';

export interface Override {
  readonly matches: PathTest;
  readonly rules: Readonly<Record<string, RuleLevel>>;
}

export interface Acceptance {
  readonly rule: string;
  readonly work: string | null;
  readonly matches: PathTest | null;
  readonly reason: string | null;
  readonly until: string | null;
  /** The extended file that it comes from; null = this one. */
  readonly from: string | null;
  readonly place: PolicyPlace;
}

export interface PolicyLicences {
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
  /** Where each word stands. */
  readonly places: ReadonlyMap<string, PolicyPlace>;
}

/** A rule that `rules` or `overrides` give a level: whether there is such a rule is not known here. */
export interface NamedRule {
  readonly rule: string;
  readonly from: string | null;
  readonly place: PolicyPlace;
}

/** A document on training data that has to be there; null = under a name that it is looked for by. */
export interface WantedDisclosure {
  readonly name: string;
  readonly path: string | null;
  readonly place: PolicyPlace;
}

export interface PolicyProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** `pedigree.yaml` as read; an absent file is a policy with nothing stated. */
export interface Policy {
  /** Null when there is no file. */
  readonly path: string | null;
  readonly hash: string;
  readonly use: UseProfile | null;
  readonly publish: PublishTarget | null;
  readonly licences: PolicyLicences;
  readonly works: readonly PolicyWork[];
  readonly grants: readonly Grant[];
  readonly provenance: readonly ProvenanceNote[];
  readonly rules: Readonly<Record<string, RuleLevel>>;
  readonly overrides: readonly Override[];
  readonly named: readonly NamedRule[];
  readonly accept: readonly Acceptance[];
  readonly disclose: readonly WantedDisclosure[];
  readonly extends: string | null;
  readonly extendsPlace: PolicyPlace;
  readonly problems: readonly PolicyProblem[];
}
