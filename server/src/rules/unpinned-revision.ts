import { revisionSlot, setElsewhere } from '../artefacts/via.ts';
import type { RelationFact } from '../artefacts/types.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import { isCommit } from '../lineage/resolutions.ts';
import type { Edge } from '../lineage/types.ts';
import { originalsFirst } from './support/examples.ts';
import { sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RawRelated, RuleContext } from './types.ts';

const loadsHere = (context: RuleContext, to: string): readonly (Edge & { readonly fact: RelationFact })[] =>
  (context.lineage.edgesTo.get(to) ?? []).filter(
    (edge): edge is Edge & { readonly fact: RelationFact } => edge.fact !== null && edge.at !== null && edge.role === 'decision',
  );

interface Pin {
  readonly commit: string;
  /** Where it is known from. */
  readonly from: string;
}

/** A commit that the repository itself pins elsewhere, or that the cache or the hub gives for what is loaded: any other would be a guess. */
const pinsOf = (context: RuleContext, place: Edge & { readonly fact: RelationFact }, commits: readonly string[]): readonly Pin[] => {
  const [commit, more] = commits;
  const pins: Pin[] = commit !== undefined && more === undefined ? [{ commit, from: 'as elsewhere here' }] : [];
  for (const answer of context.lineage.answers.get(place.to) ?? []) {
    if (answer.asked !== place.fact.revision || answer.commit === null || pins.some((pin) => pin.commit === answer.commit)) continue;
    pins.push({ commit: answer.commit, from: answer.by === 'cache' ? 'as in the local cache' : `as on the hub${answer.date ? `, of ${answer.date}` : ''}` });
  }
  return pins;
};

const pinFixes = (context: RuleContext, edge: Edge, pins: readonly Pin[]): readonly RawFix[] => {
  const { at } = edge;
  const slot = `${at?.fact}#revision`;
  if (!at || !context.artefacts.get(at.path)?.places.has(slot)) return [];
  const json = at.path.endsWith('.json');
  return pins.map(({ commit, from }) => ({
    title: `Pin to ${commit.slice(0, 12)}, ${from}`,
    safe: false,
    edits: [{ path: at.path, slot, text: json ? `"${commit}"` : `, revision="${commit}"` }],
  }));
};

/** The line that names the branch or tag, where it is another than the one that names the repository. */
const statedAt = (context: RuleContext, { at }: Edge): readonly RawRelated[] => {
  const slot = revisionSlot(at?.fact ?? '');
  return at && context.artefacts.get(at.path)?.places.has(slot)
    ? [{ at: { path: at.path, slot }, message: 'this names what can be moved', elsewhere: true }]
    : [];
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
      const open = edges.filter((edge) => edge.fact.pinnable && edge.fact.revision !== setElsewhere && !isCommit(edge.fact.revision));
      const loose = originalsFirst(context, open, ({ at }) => at?.path ?? '');
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
        related: [
          ...statedAt(context, place),
          ...loose
            .slice(1, 20)
            .flatMap((edge): RawRelated[] =>
              edge.at
                ? [{ at: edge.at, message: `${shortName(work.id)} is loaded without a commit here too`, decides: 'information' }, ...statedAt(context, edge)]
                : [],
            ),
        ],
        fixes: pinFixes(context, place, pinsOf(context, place, commits)),
      };
    }
  },
});
