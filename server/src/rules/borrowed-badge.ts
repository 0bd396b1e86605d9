import { namesLicence } from '../artefacts/references.ts';
import type { ReferenceFact } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { homesOf } from '../lineage/homes.ts';
import { folderOf } from '../lineage/local.ts';
import { treeOf } from '../lineage/tree.ts';
import { filesOf, maximumRelated } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

interface Borrowed {
  readonly path: string;
  readonly fact: ReferenceFact;
  readonly repository: string;
}

/** A card is published apart from the code of its project, so its links lead to another repository by nature. */
const isCard = (context: RuleContext, path: string): boolean =>
  context.artefacts.get(path)?.facts.some((fact) => fact.kind === 'work' && fact.via === 'card') === true;

/** Weights may be under the terms of what they were made from, but not where a file of that very name holds their terms here. */
const hasOwnTerms = (context: RuleContext, path: string, { to, via }: ReferenceFact): boolean => {
  const name = to.path?.slice(to.path.lastIndexOf('/') + 1);
  return (
    via === 'badge' &&
    context.artefacts.get(name ?? '')?.facts.some((fact) => fact.kind === 'licence' && fact.via === 'text' && fact.scope === 'weights') === true &&
    folderOf(path) === '.'
  );
};

const isBorrowed = (context: RuleContext, path: string, fact: ReferenceFact): boolean => {
  const { repository } = fact.to;
  // What an address itself stands for is a text that all may point at.
  if (repository === null || !fact.ours || fact.licences.length > 0 || fact.via === 'card' || fact.via === 'manifest') return false;
  if (fact.scope === 'weights' && !hasOwnTerms(context, path, fact)) return false;
  if (repository.startsWith('huggingface.co/') || /licen[cs]e/.test(repository.slice(repository.lastIndexOf('/'))) || isCard(context, path)) return false;
  const homes = homesOf(context.artefacts, context.surroundings);
  if (homes.hasName(repository, path)) return false;
  // Whoever owns both may well keep the terms of one at the other, but the badge at the head of the whole is that of the whole.
  if (homes.hasOwner(repository, path)) return fact.via !== 'link' && folderOf(path) === '.';
  // A sentence may well name its own repository in full, so there it has to be credited to others as well.
  return fact.credited || (fact.via !== 'link' && homes.isKnown(path));
};

/** The licence file of the folder, else of the whole: the one whose scope the badge speaks of. */
const ownFile = (context: RuleContext, { path, fact }: Borrowed): string | undefined => {
  for (const folder of new Set([folderOf(path), '.'])) {
    const texts = filesOf(context, folder).flatMap((artefact) =>
      artefact.facts.flatMap((entry) => (entry.kind === 'licence' && entry.via === 'text' ? [{ path: artefact.path, scope: entry.scope }] : [])),
    );
    const fit = texts.filter((text) => text.scope === fact.scope);
    const open = texts.filter((text) => text.scope === 'any' || (fact.scope === 'any' && text.scope === 'code'));
    const [only, more] = fit.length > 0 ? fit : fact.scope === 'data' ? [] : open;
    if (only && more === undefined) return only.path;
  }
  return undefined;
};

const fixesFor = (place: Borrowed, own: string | undefined): RawFix[] => {
  if (own === undefined || place.fact.via === 'shield') return [];
  const up = folderOf(place.path) === '.' || own.startsWith(`${folderOf(place.path)}/`) ? '' : '../'.repeat(folderOf(place.path).split('/').length);
  const name = up === '' && folderOf(place.path) !== '.' ? own.slice(folderOf(place.path).length + 1) : own;
  return [{ title: `Link to ${own}`, safe: false, preferred: true, edits: [{ path: place.path, slot: place.fact.id, text: `${up}${encodeURI(name)}` }] }];
};

const shortOf = (repository: string): string => repository.slice(repository.indexOf('/') + 1);

export const borrowedBadge = defineRule({
  id: 'borrowed-badge',
  severity: 'information',
  title: "A licence badge or link that is another repository's",
  messages: {
    link: "{what} is about the licence of what is here, but leads to the file of another repository, {repository}, which grants nothing of this one{own}. Link to this repository's own licence file.",
    shield: 'This badge shows the licence of another repository, {repository}, whatever this one is under. Put the name of this repository into its address.',
  },
  *check(context) {
    const tree = treeOf(context.artefacts, context.surroundings);
    const all: Borrowed[] = [];
    for (const { path, fact } of factsOf(context.artefacts, 'reference')) {
      if (fact.to.repository !== null && isBorrowed(context, path, fact)) all.push({ path, fact, repository: fact.to.repository });
    }
    const groups = new Map<string, Borrowed[]>();
    for (const place of all) {
      // An image and its link are one badge.
      const same =
        place.fact.via === 'shield' && all.some((other) => other.fact.via === 'badge' && other.path === place.path && other.repository === place.repository);
      const key = `${place.fact.via === 'shield' ? 'shield' : 'link'} ${place.fact.target}`;
      if (!same) groups.set(key, [...(groups.get(key) ?? []), place]);
    }
    for (const [first, ...others] of groups.values()) {
      if (!first) continue;
      const own = ownFile(context, first);
      const none = !tree.filesIn('.').some(namesLicence) && !tree.filesIn(folderOf(first.path)).some(namesLicence);
      yield {
        messageId: first.fact.via === 'shield' ? 'shield' : 'link',
        data: {
          what: first.fact.via === 'badge' ? 'This badge' : 'This link',
          repository: shortOf(first.repository),
          own: own === undefined ? (none ? ', and there is no licence file here' : '') : `, where ${own} holds`,
        },
        at: { path: first.path, fact: first.fact.id },
        severity: 'information',
        works: [context.lineage.workOf(first.path)],
        evidence: 'declared',
        related: others
          .slice(0, maximumRelated)
          .map((other) => ({ at: { path: other.path, fact: other.fact.id }, message: 'the same is linked here', decides: 'information' as const })),
        fixes: fixesFor(first, own),
      };
    }
  },
});
