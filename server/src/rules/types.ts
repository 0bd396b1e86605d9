import type { Artefact } from '../artefacts/artefact.ts';
import type { WorkId } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Measured } from '../lineage/digests.ts';
import type { Surroundings } from '../lineage/tree.ts';
import type { FactRef, Lineage } from '../lineage/types.ts';
import type { DisplayIndex } from '../lineage/publish.ts';
import type { Policy } from '../policy/types.ts';
import type { Severity } from '../protocol/report.ts';

/** A fact's place, a slot that a reader left for fixes, or the first line of a file. */
export type At = FactRef | { readonly path: string; readonly slot: string } | { readonly path: string; readonly line: number };

export interface RawRelated {
  readonly at: At;
  readonly message: string;
  /** Set where the same was decided here too: this place carries the finding, at that level, when the first one is accepted or suppressed. */
  readonly decides?: Severity;
  /** Only shown where it stands on another line than the finding. */
  readonly elsewhere?: true;
}

export interface RawEdit {
  readonly path: string;
  /** A fact id or slot of that file: its span is replaced; a span of no width is a place to insert. */
  readonly slot: string;
  readonly text: string;
}

export interface RawFix {
  readonly title: string;
  readonly safe: boolean;
  readonly preferred?: boolean;
  readonly edits?: readonly RawEdit[];
  readonly creates?: readonly { readonly path: string; readonly text: string; readonly append: boolean }[];
}

/** What a rule says before anchors are put in: nothing in it moves when the text moves. */
export interface RawFinding {
  readonly messageId: string;
  readonly data: Readonly<Record<string, string>>;
  readonly at: At;
  /** Absent = the rule's own level. */
  readonly severity?: Severity;
  readonly works: readonly WorkId[];
  readonly clause?: string | null;
  readonly evidence: string;
  readonly confidence?: string | null;
  readonly related?: readonly RawRelated[];
  /** Places whose lines the message tells as `{lines}`; they are filled in when the finding is placed. */
  readonly lines?: readonly At[];
  readonly fixes?: readonly RawFix[];
  /** It is about the work around, though its place may lie inside a vendored project: the level stays. */
  readonly ofWhole?: boolean;
}

export interface RuleContext {
  readonly artefacts: ReadonlyMap<string, Artefact>;
  readonly lineage: Lineage;
  readonly knowledge: Knowledge;
  readonly policy: Policy;
  readonly displays: DisplayIndex;
  readonly today: string;
  /** What is there beside the files that were read: `treeOf` and `homesOf` ask it. */
  readonly surroundings: Surroundings;
  /** Digests of files on disk that some fact makes a claim about. */
  readonly measured: Measured;
  /** Set for the last pass, when it is known what held a finding back. */
  readonly suppressions?: SuppressionUse;
}

export interface SuppressionUse {
  readonly knownRules: ReadonlySet<string>;
  /** Indexes into the policy's `accept`. */
  readonly usedAcceptances: ReadonlySet<number>;
  /** `path fact` of comments. */
  readonly usedComments: ReadonlySet<string>;
}

export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One line for lists and the page's head. */
  readonly title: string;
  /** By message id; `{name}` is filled from `data`. Two sentences: what and why, then what to do. */
  readonly messages: Readonly<Record<string, string>>;
  readonly check: (context: RuleContext) => Iterable<RawFinding>;
}

export const defineRule = (rule: Rule): Rule => rule;
