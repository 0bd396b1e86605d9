import type { Report, Severity } from './report.ts';

/** What the views of an editor ask for. All of it is of the folders as they are read now, with what is typed and not saved. */

/** Client to server: answers `FoldersAnswer`. */
export const foldersRequest = 'pedigree/folders';

export interface FoldersParameters {
  /** Revisions that the client holds, by the folder's URI: what is the same is not sent again. */
  readonly known: Readonly<Record<string, string>>;
}

/** A line of the list of what is to be done before anything is handed on. */
export interface Step {
  readonly state: 'open' | 'unseen' | 'met';
  readonly text: string;
  /** The part of the report that has the rest. */
  readonly about: 'findings' | 'publishing' | 'obligations' | 'works' | 'reading';
}

/** Something that a work was made from, as one has to name it where training data or origins are to be disclosed. */
export interface Disclosure {
  /** What was made. */
  readonly work: string;
  readonly part: 'base' | 'data' | 'outputs' | 'copied';
  readonly of: string;
  /** "trained on", "fine-tune of". */
  readonly relation: string;
  readonly licence: string | null;
  readonly source: string | null;
  readonly asOf: string | null;
  readonly at: { readonly path: string; readonly line: number } | null;
}

/** A report in words for who reads nothing else. */
export interface Summary {
  readonly sentences: readonly string[];
  readonly steps: readonly Step[];
  readonly disclosures: readonly Disclosure[];
  /** Disclosures that the policy says have to be made. */
  readonly disclose: readonly string[];
  /** Works as people write them, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** What each work came from, in words: "fine-tune of org/base". */
  readonly origins: Readonly<Record<string, readonly string[]>>;
}

export interface FolderContent {
  readonly report: Report;
  readonly summary: Summary;
}

export interface FolderAnswer {
  readonly uri: string;
  readonly name: string;
  readonly revision: string;
  /** Null = as the client knows it. */
  readonly content: FolderContent | null;
}

export interface FoldersAnswer {
  readonly folders: readonly FolderAnswer[];
}

/** Client to server: answers `LineageAnswer`. */
export const lineageRequest = 'pedigree/lineage';

/** May it be used as this repository uses it: `open` = nothing known says, `terms` = a service, whose terms bind who calls it. */
export type Verdict = 'yes' | 'conditions' | 'no' | 'open' | 'terms';

export interface LineagePoint {
  readonly text: string;
  readonly clause: string | null;
}

export interface LineagePlace {
  readonly path: string;
  readonly line: number;
}

export interface LineageWork {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Of this repository. */
  readonly own: boolean;
  /** It is, or may be, handed to others; null = it is not. */
  readonly publishable: { readonly as: readonly string[]; readonly why: string } | null;
  readonly licence: string | null;
  readonly verdict: Verdict;
  /** A few words that stand alone: "Yes, on conditions". */
  readonly answer: string;
  readonly points: readonly LineagePoint[];
  readonly duties: readonly LineagePoint[];
  /** What the answer rests on. */
  readonly says: readonly string[];
  readonly findings: Readonly<Record<Severity, number>>;
  readonly at: LineagePlace | null;
}

export interface LineageRelation {
  /** The derived work. */
  readonly from: string;
  readonly to: string;
  readonly type: string;
  /** "fine-tune of". */
  readonly words: string;
  readonly at: LineagePlace | null;
}

export interface LineageFolder {
  readonly uri: string;
  readonly name: string;
  /** Which use was weighed, and where it is stated. */
  readonly use: string;
  readonly works: readonly LineageWork[];
  readonly relations: readonly LineageRelation[];
}

export interface LineageAnswer {
  readonly folders: readonly LineageFolder[];
}

/** Client to server: the report as a file; answers `ExportAnswer`. */
export const exportRequest = 'pedigree/export';

export const exportFormats = ['markdown', 'html', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportParameters {
  readonly format: ExportFormat;
}

export interface ExportAnswer {
  readonly text: string;
}

/** Client to server: what a finding needs to be mended or lived with, as an edit; answers `EditAnswer`. */
export const editRequest = 'pedigree/edit';

export interface EditParameters {
  /** URI of the folder. */
  readonly folder: string;
  readonly fingerprint: string;
  readonly action:
    | { readonly kind: 'fix'; readonly title: string }
    /** An entry of `accept` in the policy: for the file of the finding, or for the work wherever it is. */
    | { readonly kind: 'accept'; readonly reason: string; readonly until: string | null; readonly work: string | null };
}

export interface EditAnswer {
  /** A `WorkspaceEdit` of the protocol; null where it was refused. */
  readonly edit: unknown;
  /** Why not. */
  readonly refused: string | null;
}
