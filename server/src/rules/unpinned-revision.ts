import { setElsewhere } from '../artefacts/types.ts';
import type { RelationFact } from '../artefacts/types.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Edge } from '../lineage/types.ts';
import { sortedWorks } from './helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

const isCommit = (revision: string | null | undefined): revision is string => revision !== null && revision !== undefined && /^[0-9a-f]{7,40}$/.test(revision);

const loadsHere = (context: RuleContext, to: string): readonly (Edge & { readonly fact: RelationFact })[] =>
  (context.lineage.edgesTo.get(to) ?? []).filter(
    (edge): edge is Edge & { readonly fact: RelationFact } => edge.fact !== null && edge.at !== null && edge.role === 'decision',
  );

/** A commit that the repository itself pins elsewhere is a fact; any other would be a guess. */
const pinFix = (context: RuleContext, edge: Edge, commits: readonly string[]): RawFix[] => {
  const [commit, more] = commits;
  if (!edge.at || commit === undefined || more !== undefined) return [];
  const slot = `${edge.at.fact}#revision`;
  if (!context.artefacts.get(edge.at.path)?.places.has(slot)) return [];
  const json = edge.at.path.endsWith('.json');
  return [
    {
      title: `Pin to ${commit.slice(0, 12)}, as elsewhere here`,
      safe: false,
      edits: [{ path: edge.at.path, slot, text: json ? `"${commit}"` : `, revision="${commit}"` }],
    },
  ];
};

export const unpinnedRevision = defineRule({
  id: 'unpinned-revision',
  severity: 'information',
  title: 'A remote work is loaded without a commit',
  messages: {
    unpinned: '{work} is taken from its default branch, so its content and its licence may change under you. Pin `{key}` to a commit.',
    moving: '{work} is taken at "{revision}", a name that can be moved to other content. Pin `{key}` to a commit.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (work.local || !hubOf(work.id)) continue;
      const edges = loadsHere(context, work.id);
      const loose = edges.filter((edge) => edge.fact.pinnable && edge.fact.revision !== setElsewhere && !isCommit(edge.fact.revision));
      const place = loose[0];
      if (!place?.at) continue;
      const noted = context.policy.provenance.flatMap((note) => (note.from === work.id && note.revision !== null ? [note.revision] : []));
      const commits = [...new Set([...edges.flatMap((edge) => (isCommit(edge.fact.revision) ? [edge.fact.revision] : [])), ...noted.filter(isCommit)])];
      yield {
        messageId: place.fact.revision === null ? 'unpinned' : 'moving',
        data: { work: shortName(work.id), revision: place.fact.revision ?? '', key: 'revision' },
        at: place.at,
        works: [work.id],
        evidence: 'declared',
        related: loose
          .slice(1, 20)
          .flatMap((edge) =>
            edge.at ? [{ at: edge.at, message: `${shortName(work.id)} is loaded without a commit here too`, decides: 'information' as const }] : [],
          ),
        fixes: pinFix(context, place, commits),
      };
    }
  },
});
