import type { Analysis } from '../analysis/types.ts';
import { relationWords, shortName } from '../lineage/path.ts';
import type { Binding, FactRef } from '../lineage/types.ts';
import type { Finding, Related } from '../protocol/report.ts';
import type { Located } from './folders.ts';

/** Places that one diagnostic carries: a path and its neighbours, not a table. */
const shownRelated = 10;
/** Steps of the way to what reaches a work: the first ones say where it was let in. */
const shownSteps = 5;

const key = ({ path, line, column, cell }: Omit<Related, 'message' | 'endLine' | 'endColumn'>): string => `${path}:${cell ?? ''}:${line}:${column}`;

const placeOf = (located: Pick<Located, 'folder'>, at: FactRef, message: string): Related | undefined => {
  const place = located.folder.workspace.artefact(at.path)?.places.get(at.fact);
  if (!place) return undefined;
  const { line, column, endLine, endColumn, cell } = place;
  return { path: at.path, line, column, endLine, endColumn, cell, message };
};

/** The terms that reach a work of a finding from elsewhere: of the works that it names, the first that is bound by the clause that it cites. */
const bindingOf = ({ lineage }: Analysis, { works, clause }: Finding): Binding | undefined => {
  if (clause === null) return undefined;
  for (const work of works)
    for (const binding of lineage.bindings.get(work) ?? []) if (binding.inherited && binding.clauses.some((entry) => entry.clause === clause)) return binding;
  return undefined;
};

/**
 * Other places that a finding has to do with: those that its rule names, then the way along which the terms came here and the place that
 * states them, as far as files of this tree say so.
 */
export const relatedPlaces = (located: Pick<Located, 'folder'>, analysis: Analysis, finding: Finding): readonly Related[] => {
  const binding = bindingOf(analysis, finding);
  const steps = (binding?.path ?? []).slice(0, shownSteps).flatMap(({ at, from, to, type }) => {
    const place = at ? placeOf(located, at, `${shortName(from)}: ${relationWords(type)} ${shortName(to)}`) : undefined;
    return place ?? [];
  });
  const stated = binding?.statement.at ? placeOf(located, binding.statement.at, `the terms of ${shortName(binding.source)} are stated here`) : undefined;
  const seen = new Set([key(finding)]);
  return [...finding.related, ...steps, ...(stated ? [stated] : [])]
    .filter((place) => (seen.has(key(place)) ? false : seen.add(key(place)) !== undefined))
    .slice(0, shownRelated);
};
