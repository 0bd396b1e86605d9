import type { Knowledge } from '../knowledge/types.ts';
import { asksOf } from '../lineage/asks.ts';
import type { Ask } from '../lineage/asks.ts';
import { buildLineage } from '../lineage/build.ts';
import { withRenames } from '../lineage/resolutions.ts';
import type { AnalysisInput } from './types.ts';

/** What the facts of a tree name, with what was answered so far: the works that the cache or the hub may be asked for. */
export const asked = ({ artefacts, policy, today, resolutions = [] }: AnalysisInput, knowledge: Knowledge): readonly Ask[] => {
  const known = withRenames(knowledge, resolutions);
  return asksOf(buildLineage({ artefacts, policy, knowledge: known, today, resolutions }), policy, known);
};
