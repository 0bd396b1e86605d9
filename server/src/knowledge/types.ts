/** Where a fact comes from, from what date, and how sure it is. Every record of the knowledge carries one. */
export interface Provenance {
  /** A public place: `github:owner/name@commit path` or an address. */
  readonly source: string;
  /** ISO date of the state that was read, or null where it is not recorded. */
  readonly asOf: string | null;
  /** How the fact was read, e.g. `read-the-text`, `quoted-text`, `from-summary`, `publisher-repo`, `publisher-rule`, `table`, `curated-audit`, `hub`, `name`. */
  readonly confidence: string;
}

/** How a work came from another; `from` is always the derived work. */
export const relationTypes = [
  'finetune',
  'adapter',
  'quantized',
  'merge',
  'distilledFrom',
  'trainedOn',
  'testedOn',
  'generatedBy',
  'copiedFrom',
  'loads',
  'bundles',
  'publishes',
] as const;
export type RelationType = (typeof relationTypes)[number];

/** The relations that modify weights: terms on derivatives reach along these. */
export const modifications: readonly RelationType[] = ['finetune', 'adapter', 'quantized', 'merge'];

/** What a clause is about; rules and lineage ask by these, never by licence. */
export const clauseKinds = [
  'commercial-use',
  'research-only',
  'redistribution',
  'derivatives',
  'train-on-output',
  'output-is-derivative',
  'output-commercial',
  'user-threshold',
  'display-notice',
  'notice-file',
  'name-prefix',
  'licence-copy',
  'state-changes',
  'flow-down',
  'same-licence',
  'use-policy',
  'territory',
  'attribution',
  'registration',
] as const;
export type ClauseKind = (typeof clauseKinds)[number];

export interface Threshold {
  readonly kind: string;
  readonly operator: '>' | '>=';
  readonly value: number;
  readonly unit: string | null;
  readonly effect: string;
  /** ISO date at which users are counted; null = at present. */
  readonly frozenAt: string | null;
}

/** What a work may be used for, as far as terms speak of it; a policy says what it is used for in the same words. */
export const fieldsOfUse = [
  'automated-decisions',
  'biometrics',
  'law-enforcement',
  'medical-advice',
  'military',
  'model-hosting',
  'surveillance',
  'work-assistant',
] as const;
export type FieldOfUse = (typeof fieldsOfUse)[number];

export interface Clause {
  readonly kind: ClauseKind;
  /** As the text numbers it, e.g. `s. 1.b.i`; null where the number is not known. */
  readonly clause: string | null;
  readonly on: 'use' | 'modify' | 'distribute' | 'serve' | 'train' | 'train-on-output';
  /** `conditional` = permitted for some purposes or people only, or with a duty; `what` says which. */
  readonly effect: 'permit' | 'forbid' | 'require' | 'conditional';
  /** Short and in our words, e.g. "names of distributed derivatives start with \"Llama\"". */
  readonly what: string;
  readonly binds: 'user' | 'recipients';
  /** Along which relations the clause reaches a derived work; empty = only users of the work itself. */
  readonly reaches: readonly RelationType[];
  /** The exact prefix, display line or notice line that a requirement names. */
  readonly value?: string;
  /** Equally good values, e.g. other display lines. */
  readonly alternatives?: readonly string[];
  /** When a display is due: `distribution`, `product-contains-model`, ... */
  readonly when?: readonly string[];
  readonly threshold?: Threshold;
  readonly territories?: readonly string[];
  /** Fields of use that the clause bars, or permits on conditions only. Not all that it bars: what was read and can be told. */
  readonly fields?: readonly FieldOfUse[];
  /** Of the same licence for derivatives: no other conditions may be laid on them. */
  readonly exclusive?: boolean;
}

/** From freest to narrowest; a number comparison is never enough for a finding, clauses decide. */
export const categories = [
  'public-domain',
  'permissive',
  'weak-copyleft',
  'copyleft',
  'share-alike',
  'use-restricted',
  'proprietary',
  'non-commercial',
  'research-only',
] as const;
export type Category = (typeof categories)[number];

/** A licence as data. `id` is an SPDX id where there is one, else `LicenseRef-<slug>`. */
export interface Terms extends Provenance {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly publisher: string | null;
  readonly category: Category;
  /** Hub `license` values and `license_name` values that mean exactly these terms. */
  readonly hubTags: readonly string[];
  readonly licenceNames: readonly string[];
  readonly osi: boolean | null;
  readonly effective: string | null;
  readonly link: string | null;
  readonly clauses: readonly Clause[];
}

/** Terms that hold from a date on; several licences in one row bind together. */
export interface DatedLicences extends Provenance {
  /** ISO date, or null = as far back as is known. */
  readonly from: string | null;
  /** Ids of `Terms`, or SPDX ids that have no record of their own. Empty where only `stated` is known. */
  readonly licences: readonly string[];
  /** What the source says, where it is not exactly an id. */
  readonly stated: string | null;
}

export interface ModelRecord extends Provenance {
  /** `org/name` on the hub. */
  readonly id: string;
  readonly licences: readonly DatedLicences[];
  readonly bases: readonly string[];
  readonly relation: RelationType | null;
  readonly datasets: readonly string[];
  readonly note: string | null;
  /** Set where sources disagree: every statement that was seen. */
  readonly conflicting: readonly string[];
  /** `record` = this very id; `pattern` = a publisher's rule over ids; `hub` = a dated hub table; `name` = guessed from the id. */
  readonly match: 'record' | 'pattern' | 'hub' | 'name';
}

export interface DatasetRecord extends Provenance {
  readonly id: string;
  readonly name: string | null;
  readonly licences: readonly DatedLicences[];
  /** Service ids (`openai`) and model names whose outputs are in it; `model` is the id on the hub, where the name leaves no doubt. */
  readonly generatedBy: readonly { readonly name: string; readonly service: string | null; readonly model?: string }[];
  readonly derivedFrom: readonly string[];
  /** `stated-none` = its own page is recorded as stating no licence. */
  readonly licenceStatus: 'stated' | 'stated-none' | 'unknown';
  readonly status: string | null;
  readonly note: string | null;
  readonly match: 'record' | 'hub';
}

export type TrainingAnswer = 'allowed' | 'forbidden' | 'competing-only' | 'conditional' | 'silent';

export interface EarlierTerms {
  /** ISO date, exclusive. */
  readonly until: string;
  readonly trainAnyModel: TrainingAnswer;
  readonly summary: string;
  readonly source: string;
}

export interface ModelTerms {
  readonly pattern: string;
  readonly trainAnyModel: TrainingAnswer;
  readonly clause: string | null;
  readonly summary: string;
}

/** A commercial API and what its terms say of outputs. Null = not read or not settled. */
export interface ServiceTerms extends Provenance {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly environment: readonly string[];
  readonly python: readonly string[];
  readonly javascript: readonly string[];
  /** Anchored patterns of model ids, as in `^claude-`; never substrings. */
  readonly modelPatterns: readonly string[];
  /** Prefixes of model ids in routers: `anthropic/`, `gemini/`. */
  readonly prefixes: readonly string[];
  readonly trainAnyModel: TrainingAnswer | null;
  readonly publishOutputs: 'allowed' | 'forbidden' | 'conditional' | 'silent' | null;
  readonly outputOwner: string | null;
  readonly clause: string | null;
  readonly unless: string | null;
  /** Short and in our words. */
  readonly summary: string;
  /** Its terms speak of extraction, scraping or distillation by name, and where. */
  readonly extractionNamed: boolean | null;
  readonly extractionClause: string | null;
  /** What its terms said of training until a day, where that was something else. */
  readonly earlier: readonly EarlierTerms[];
  /** Models under terms of their own, which are named by anchored patterns. */
  readonly byModel: readonly ModelTerms[];
  readonly effective: string | null;
  /** Set where another party's terms decide, e.g. a router or a host of open-weight models. */
  readonly decidedBy: string | null;
}

export interface HubLicence {
  readonly tag: string;
  readonly name: string;
  readonly spdx: string | null;
  /** Ids of `Terms` that the tag can mean; exactly one = the tag decides. */
  readonly terms: readonly string[];
  /** Tags such as `cc` or `llama2`-like families that name no version. */
  readonly ambiguous: boolean;
  /** `other`, `unknown`. */
  readonly notALicence: boolean;
}

export interface AliasRecord extends Provenance {
  readonly from: string;
  readonly to: string;
  readonly type: 'model' | 'dataset' | 'space';
  /** True only where both ids are the same repository. */
  readonly same: boolean;
  readonly relation: string;
}

/** A package of an index or a repository of code whose users have to heed more than a notice, and repositories whose sources are often copied. */
export interface PackageRecord extends Provenance {
  /** `pkg:pypi/name` (normalised), `pkg:npm/name` (a scope as `%40scope/name`), `pkg:github/owner/name`; of a site of answers `url:host`. */
  readonly id: string;
  /** Where the package of an index comes from: the same work under another id. */
  readonly repository: string | null;
  /** Names of modules that code imports it by, and that are nobody else's. */
  readonly imports: readonly string[];
  readonly licences: readonly string[];
  /** What it was under before: code that was taken then still is. */
  readonly earlier?: readonly string[];
  /** Of npm: the first major version under these terms; the ones before are under freer ones. */
  readonly since?: number;
  /** What its owner says where that is no licence with an id: `category:non-commercial`. */
  readonly stated: string | null;
  readonly note: string | null;
}

export interface DisputeRecord extends Provenance {
  readonly ids: readonly string[];
  /** Of these, the ones that only hold a part of it, or came out of it. */
  readonly partly: readonly string[];
  readonly type: string;
  /** `withdrawn`, `taken-down`, `disputed`, `court-disputed`, `ruled`, `settled`, `audited`, `terms`, `relabelled`. */
  readonly kind: string;
  readonly date: string | null;
  /** Neutral, in our words. */
  readonly statement: string;
}

/** All that the world says, as functions over plain data. Look-ups are exact; case matters only where the hub says so. */
export interface Knowledge {
  /** Date of the newest table: part of every cache key and of the report. */
  readonly version: string;
  readonly terms: (id: string) => Terms | undefined;
  readonly allTerms: () => readonly Terms[];
  /** By id of the hub after renames: record, then publisher pattern, then hub table. */
  readonly model: (id: string) => ModelRecord | undefined;
  readonly dataset: (id: string) => DatasetRecord | undefined;
  /** A short name of LLaMA-Factory's own table. */
  readonly datasetByShortName: (name: string) => string | undefined;
  readonly service: (id: string) => ServiceTerms | undefined;
  readonly allServices: () => readonly ServiceTerms[];
  readonly hubLicence: (tag: string) => HubLicence | undefined;
  readonly allHubLicences: () => readonly HubLicence[];
  /** A card's `license_name`, lower-cased. */
  readonly licenceName: (name: string) => readonly string[];
  readonly alias: (type: 'model' | 'dataset', id: string) => AliasRecord | undefined;
  /** The known work whose distinctive name another owner's id has: a guess. Undefined for ids that have a record of their own. */
  readonly namesakeOf: (type: 'model' | 'dataset', id: string) => string | undefined;
  readonly disputes: (id: string) => readonly DisputeRecord[];
  /** By work id, `pkg:pypi/name`, `pkg:npm/name` or `pkg:github/owner/name`. */
  readonly package: (id: string) => PackageRecord | undefined;
  /** `owner/name` of the one repository with a record whose name this is, as it is written or in small letters. */
  readonly repositoryNamed: (name: string) => string | undefined;
  /** By the first name of an import, as code writes it. */
  readonly packageOfImport: (name: string) => PackageRecord | undefined;
  readonly importNames: () => readonly string[];
  /** The index of licence texts, which the licence layer reads; empty where there is none. */
  readonly licenceIndex: () => Uint8Array;
  /** Ids of the core tables, for completion. */
  readonly modelIds: () => readonly string[];
  readonly datasetIds: () => readonly string[];
}
