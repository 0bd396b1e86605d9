import type { Artefact } from '../artefacts/artefact.ts';
import type { Conclusions } from './conclude.ts';
import type { Measured } from '../lineage/digests.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import type { Surroundings } from '../lineage/tree.ts';
import type { Lineage } from '../lineage/types.ts';
import type { Policy } from '../policy/types.ts';
import type { Report } from '../protocol/report.ts';

export interface AnalysisInput {
  readonly artefacts: ReadonlyMap<string, Artefact>;
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
  readonly report: Report;
  readonly lineage: Lineage;
  /** Kept so that an unchanged set of facts costs nothing but new places. */
  readonly conclusions: Conclusions;
}
