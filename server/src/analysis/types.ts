import type { Artefact } from '../artefacts/artefact.ts';
import type { Conclusions } from './conclude.ts';
import type { Measured } from '../lineage/digests.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import type { Surroundings } from '../lineage/tree.ts';
import type { Lineage } from '../lineage/types.ts';
import type { Policy } from '../policy/types.ts';
import type { Finding, Report } from '../protocol/report.ts';
import type { Placement } from './findings.ts';

export interface AnalysisInput {
  /** In the order of their paths. */
  readonly artefacts: ReadonlyMap<string, Artefact>;
  /**
   * Files of `artefacts` that were read again since, and state the same: only where it stands is another. Who keeps `artefacts` itself while
   * nothing else is stated pays for these alone.
   */
  readonly moved?: ReadonlyMap<string, Artefact>;
  readonly policy: Policy;
  /** ISO date; the core has no clock. */
  readonly today: string;
  readonly version: string;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly inlineSuppressions: boolean;
  /** What is there beside the artefacts; absent = nothing is. */
  readonly surroundings?: Surroundings;
  /** Digests of files that some fact makes a claim about, as the host took them. */
  readonly measured?: Measured;
  /** What the local hub cache and the hub answered of works that the facts name; absent = nobody asked. */
  readonly resolutions?: Resolutions;
  /** Which of the two were asked, whatever they answered. */
  readonly asked?: { readonly cache: boolean; readonly hub: boolean };
}

/** What `analyse` gives back, and takes as `previous`. */
export interface Analysis {
  /** Put together when it is asked for: a key press asks for the findings of one file. */
  readonly report: Report;
  /** Findings of the file at a path, as in the report. */
  readonly findingsAt: (path: string) => readonly Finding[];
  readonly lineage: Lineage;
  /** Kept so that an unchanged set of facts costs nothing but new places. */
  readonly conclusions: Conclusions;
  /** Likewise for what did not move: where findings stand in `input`, which has nothing that moved. */
  readonly placed: { readonly input: AnalysisInput; readonly placement: Placement };
}
