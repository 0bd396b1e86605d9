/** The report as plain data: what `audit --format json` prints and the editor shows. Lines and columns from 1, columns in UTF-16 units. */
export type Severity = 'error' | 'warning' | 'information';

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Exclusive. */
  readonly endColumn: number;
  /** Name of the metadata key in a binary file. */
  readonly key: string | null;
  /** Index of the notebook cell that the lines count in. */
  readonly cell: number | null;
}

export interface Related {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly cell: number | null;
  readonly message: string;
}

export interface TextEdit {
  readonly path: string;
  /** Digest of the file that the range is for; an edit is refused when the file has moved on. */
  readonly hash: string;
  readonly cell: number | null;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

export interface Creation {
  readonly path: string;
  readonly text: string;
  /** Add to the end when the file is there already (unless it holds the text); in a policy, to the list of that name. */
  readonly append: boolean;
}

export interface Fix {
  readonly title: string;
  /** Safe = states a fact found in the repository. */
  readonly safe: boolean;
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
  readonly creates: readonly Creation[];
}

export interface Finding extends Place {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly works: readonly string[];
  readonly clause: string | null;
  readonly evidence: string;
  readonly confidence: string | null;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  readonly fingerprint: string;
}

export interface ReportWork {
  readonly id: string;
  readonly kind: string;
  /** The one licence that decides, or null when unknown. */
  readonly licence: string | null;
  readonly binds: readonly string[];
  readonly evidence: string | null;
  readonly source: string | null;
  readonly asOf: string | null;
  readonly confidence: string | null;
  readonly path: string | null;
  readonly line: number | null;
}

export interface ReportRelation {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly path: string | null;
  readonly line: number | null;
}

export interface Obligation {
  readonly work: string;
  readonly source: string;
  readonly licence: string;
  readonly clause: string | null;
  readonly duty: string;
  /** Null = cannot be seen from the repository. */
  readonly met: boolean | null;
  readonly at: { readonly path: string; readonly line: number } | null;
}

export interface Publishable {
  readonly work: string;
  /** Licences under which it may be published, so far as is known; empty where nothing known permits it. */
  readonly as: readonly string[];
  readonly why: string;
}

export interface Skipped {
  readonly path: string;
  readonly reason: string;
}

export interface Suppressed {
  readonly ruleId: string;
  readonly path: string;
  readonly line: number;
  /** `comment`, or the policy that says so. */
  readonly by: string;
  readonly reason: string;
  readonly message: string;
  /** What the finding would have, were it not held back. */
  readonly fingerprint: string;
}

/** What makes a report say less, beside what is held back: folders and files that were left out, and levels that were lowered. */
export interface Narrowed {
  /** The file or folder that does it. */
  readonly path: string;
  readonly reason: string;
}

export interface Report {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'pedigree'; readonly version: string };
  readonly root: string;
  readonly inputs: { readonly knowledge: string; readonly cache: boolean; readonly hub: boolean; readonly policy: string | null };
  readonly summary: {
    readonly files: number;
    readonly read: number;
    readonly works: { readonly known: number; readonly unknown: number };
    readonly findings: { readonly error: number; readonly warning: number; readonly information: number };
    readonly suppressed: number;
    readonly complete: boolean;
  };
  readonly works: readonly ReportWork[];
  readonly relations: readonly ReportRelation[];
  readonly obligations: readonly Obligation[];
  readonly publishable: readonly Publishable[];
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  readonly skipped: readonly Skipped[];
  /** Absent in reports of earlier versions. */
  readonly narrowed?: readonly Narrowed[];
}
