import { isTest, roleOfPath } from '../artefacts/hub-id.ts';
import { isAsideLicence } from '../artefacts/via.ts';
import { byApplication, byDuty } from '../artefacts/prose/applications.ts';
import { namesLicence } from '../artefacts/references.ts';
import { memoBy } from '../knowledge/lookup.ts';
import { factsOf, pathsOf } from '../lineage/files.ts';
import { folderOf, rootWork } from '../lineage/local.ts';
import { shortName } from '../lineage/path.ts';
import { filesByFolder, treeOf } from '../lineage/tree.ts';
import type { Statement, Work } from '../lineage/types.ts';
import { bindingsFor, filesOf, homeOf, hubTag, maximumRelated, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { At, RawFix, RuleContext } from './types.ts';

/** A card without a licence may still lie beside a licence text, which then speaks for it. */
const textBeside = (context: RuleContext, work: Work): boolean =>
  filesOf(context, work.path ?? '.').some((artefact) => artefact.facts.some((fact) => fact.kind === 'licence' && fact.via === 'text'));

const cardOf = (context: RuleContext, work: Work): { readonly path: string; readonly fact: string } | undefined => {
  for (const artefact of filesOf(context, work.path ?? '.')) {
    const fact = artefact.facts.find((entry) => entry.kind === 'work' && entry.via === 'card');
    if (fact) return { path: artefact.path, fact: fact.id };
  }
  return undefined;
};

interface SilentCard {
  readonly work: Work;
  readonly card: { readonly path: string; readonly fact: string };
}

/** The card of a model or of data that states no licence, and has no text of one beside it. */
const silentCard = (context: RuleContext, work: Work): readonly SilentCard[] => {
  if (!work.local || work.path === null || (work.kind !== 'model' && work.kind !== 'dataset')) return [];
  const card = cardOf(context, work);
  const said = context.lineage.works.get(work.id)?.statements ?? [];
  return card && said.every(({ fact }) => fact?.via === 'prose' || fact?.via === 'badge') && !textBeside(context, work) ? [{ work, card }] : [];
};

/** A training run writes such a card beside each of its checkpoints: they lie in one folder, and name the same works. */
const alike = (context: RuleContext, cards: readonly SilentCard[]): readonly (readonly SilentCard[])[] => {
  const groups = new Map<string, SilentCard[]>();
  for (const each of cards) {
    const facts = context.artefacts.get(each.card.path)?.facts ?? [];
    const named = facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.type} ${fact.to}`] : []));
    const key = `${folderOf(each.work.path ?? '')} ${each.work.kind} ${named.join(' ')}`;
    const known = groups.get(key);
    if (known) known.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
};

/** What the card's bases leave open, when it is exactly one thing that the hub has a tag for. */
const inheritedFix = (context: RuleContext, work: Work, card: { readonly path: string }): RawFix[] => {
  const inherited = [
    ...new Set(
      bindingsFor(context, work.id)
        .filter((binding) => binding.inherited)
        .map((binding) => binding.licence),
    ),
  ];
  const tag = inherited.length === 1 && inherited[0] ? hubTag(inherited[0], context.knowledge) : undefined;
  const artefact = context.artefacts.get(card.path);
  if (tag === undefined || !artefact?.places.has('card:license-insert')) return [];
  const end = artefact.places.has('card:eol-crlf') ? '\r\n' : '\n';
  return [
    {
      title: `Declare what it inherits: license: ${tag}`,
      safe: false,
      preferred: true,
      edits: [{ path: card.path, slot: 'card:license-insert', text: `license: ${tag}${end}` }],
    },
  ];
};

/** The README has its readers look for the terms at an address: what lies there is not known here, but something is said. */
const pointsElsewhere = (context: RuleContext): boolean =>
  filesOf(context, '.').some((artefact) =>
    artefact.facts.some(
      (fact) => fact.kind === 'reference' && (fact.via === 'link' || fact.via === 'badge') && (fact.to.path === null || fact.to.repository !== null),
    ),
  );

/** A file at the root points at a text that is not there: that is told at the place, and mended by the same file. */
const pointsAtAbsent = (context: RuleContext): boolean => {
  const tree = treeOf(context.artefacts, context.surroundings);
  return filesOf(context, '.').some((artefact) =>
    artefact.facts.some(
      (fact) =>
        fact.kind === 'reference' &&
        fact.role === 'decision' &&
        fact.via !== 'shield' &&
        fact.to.path !== null &&
        fact.to.repository === null &&
        namesLicence(fact.to.path) &&
        tree.lacks(fact.to.path),
    ),
  );
};

const documents = /\.(?:md|markdown|rst|adoc|pdf|bib|png|jpe?g|gif|svg|webp|mp4|ico)$|(?:^|\/)\.git\w+$|^\.github\//i;

/** A README whose section on the licence says that none is granted: where nothing else is said, that is what its owner wants. */
const reservedAt = (context: RuleContext): At | undefined => {
  const found = factsOf(context.artefacts, 'claim').find(({ path, fact }) => fact.claim === 'reserved' && folderOf(path) === '.');
  return found && { path: found.path, fact: found.fact.id };
};

/** A README that says in words what the code may be used for, and names no licence. */
const permittedAt = (context: RuleContext): At | undefined => {
  const found = factsOf(context.artefacts, 'claim').find(
    ({ path, fact }) =>
      fact.claim === 'unrestricted' && fact.licences.length === 0 && fact.scope !== 'weights' && fact.scope !== 'data' && folderOf(path) === '.',
  );
  return found && { path: found.path, fact: found.fact.id };
};

/** Nothing but pages and pictures, as where somebody lists what others made: a licence would be kind, and nobody misses it. */
const isPages = (context: RuleContext): boolean => [...context.artefacts.keys()].every((path) => documents.test(path));

/** The head of one source file says nothing of the others; a table of licences may speak of the whole. */
const isOfOneFile = (context: RuleContext, work: Work, statement: Statement): boolean =>
  statement.fact?.via === 'notice' && context.artefacts.has(work.path ?? '');

/** Files whose heads name a licence, or have a tag for it: that of each holds for it alone. */
const headsWithTerms = (context: RuleContext): number => {
  const named = factsOf(context.artefacts, 'header').filter(({ fact }) => fact.licences.length > 0);
  const tagged = factsOf(context.artefacts, 'licence').filter(({ fact }) => fact.via === 'tag' || fact.via === 'notice');
  return new Set([...named, ...tagged].map(({ path }) => path)).size;
};

/** Folders that hold more than a quarter of all files, at any depth. Made once for a set of paths: many folders may state terms. */
const largeFolders = memoBy((paths: readonly string[]): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const [folder, own] of filesByFolder(paths)) for (let at = folder; at !== '.'; at = folderOf(at)) counts.set(at, (counts.get(at) ?? 0) + own.length);
  return new Set([...counts].flatMap(([folder, count]) => (count * 4 > paths.length ? [folder] : [])));
});

/** Much of the tree lies in one folder that states terms: it is the project itself, one step down. */
const isMuchOf = (context: RuleContext, folder: string | null): boolean => folder !== null && largeFolders(pathsOf(context.artefacts)).has(folder);

/** What lies with the tests, the evaluation or the documents speaks of itself. */
const isOfSide = (context: RuleContext, { path }: Work): boolean =>
  path !== null && path !== '.' && !path.includes('#') && !context.artefacts.has(path) && roleOfPath(`${path}/`) !== 'decision';

/** Folders of what was taken in, or of a part, that state terms in a text or a manifest of their own: these hold for them alone. */
const foldersWithTerms = (context: RuleContext): readonly string[] =>
  sortedWorks(context).flatMap(({ local, path, statements }) =>
    local &&
    path !== null &&
    path !== '.' &&
    !path.includes('#') &&
    statements.some(({ speaker, fact, licences }) => speaker !== 'other' && licences.length > 0 && (fact?.via === 'text' || fact?.via === 'manifest'))
      ? [path]
      : [],
  );

/** Which part of the files lies in some folders, from 0 to 1. */
const shareOf = (context: RuleContext, folders: readonly string[]): number => {
  const paths = pathsOf(context.artefacts);
  return paths.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`))).length / Math.max(1, paths.length);
};

/** Most of the files lie in such folders: what has no terms is what holds them together. */
const isMostly = (context: RuleContext, folders: readonly string[]): boolean => shareOf(context, folders) > 1 / 2;

/** A quarter: where folders that state terms hold more of the files, what lies around them may be meant too. */
const smallShare = 1 / 4;

/** Only folders below the root state terms, and they hold a small part of the files. */
const isAside = (context: RuleContext, speaking: readonly Work[]): boolean => {
  const folders = speaking.map(({ path }) => path ?? '.');
  return folders.every((path) => path !== '.' && !path.includes('#') && !context.artefacts.has(path)) && shareOf(context, folders) < smallShare;
};

/** A manifest that the template of the project left as it was: what it says of terms holds for what came along with it. */
const templateOf = (context: RuleContext): string | undefined =>
  sortedWorks(context)
    .filter((work) => work.local)
    .flatMap((work) => work.statements.flatMap(({ speaker, fact, at }) => (speaker === 'other' && fact?.via === 'manifest' ? (at?.path ?? []) : [])))[0];

export const licenceMissing = defineRule({
  id: 'licence-missing',
  severity: 'warning',
  title: 'No licence is stated',
  messages: {
    card: 'The card of {work} states no licence, so nobody may rely on one. Add `license:` to its front matter{inherits}.',
    repository:
      'This repository states no licence for the whole, so all rights are reserved in what has none of its own. Add a LICENSE file, and one of their own for weights and data where they differ.',
    heads:
      'This repository states no licence for the whole: {heads}, and for all else all rights are reserved. Add a LICENSE file, and one of their own for weights and data where they differ.',
    parts:
      'This repository states no licence for the whole: {parts}, and for all else all rights are reserved. Add a LICENSE file, and one of their own for weights and data where they differ.',
    reserved: 'Nobody but its owner may use this repository: its README reserves all rights. Add a LICENSE file if others shall, or leave it so.',
    words:
      'This repository says in words what it may be used for, and names no licence, so nobody can tell on what conditions. Add a LICENSE file that grants what is meant.',
    side: 'This repository states no licence for the whole: what {side} says holds for that folder, and for all else all rights are reserved. Add a LICENSE file, and one of their own for weights and data where they differ.',
    template:
      'This repository states no licence of its own: what {template} says is that of the template which it was made from, and for all else all rights are reserved. Add a LICENSE file, and one of their own for weights and data where they differ.',
    elsewhere:
      'This repository holds no terms of its own: its README only points at some elsewhere, which may change or be those of others. Add a LICENSE file, and one of their own for weights and data where they differ.',
  },
  *check(context) {
    const { lineage } = context;
    const speaking = [...lineage.works.values()].filter(
      (work) =>
        // What somebody else's project says of itself says nothing of this one.
        work.local &&
        (lineage.vendorOf(`${work.path}/x`) === undefined || isMuchOf(context, work.path)) &&
        work.statements.some(
          (statement) =>
            statement.speaker !== 'other' &&
            // That commerce has to be applied for says nothing of what is granted without.
            statement.stated !== byApplication &&
            statement.stated !== byDuty &&
            !isAsideLicence(statement.fact?.id ?? '') &&
            statement.fact?.via !== 'tag' &&
            // A text that is named for a font or a program holds for that alone.
            (work.path === '.' || statement.fact?.via !== 'text' || statement.fact.namedFor === undefined) &&
            !isOfOneFile(context, work, statement),
        ),
    );
    const anything = speaking.length > 0 && !isAside(context, speaking);
    const side = speaking.every((work) => isOfSide(context, work)) ? speaking[0]?.path : undefined;
    const cards = sortedWorks(context).flatMap((work) => silentCard(context, work));
    const root = lineage.works.get(rootWork);
    // That nothing here states a licence is told of the whole, once.
    const isToldOfAll = !anything && root !== undefined && !cards.some(({ work }) => work === root) && homeOf(context, root) !== undefined;
    for (const [first, ...others] of alike(context, cards)) {
      if (!first) continue;
      const { work, card } = first;
      const sources = bindingsFor(context, work.id).filter((binding) => binding.inherited);
      yield {
        messageId: 'card',
        at: { path: card.path, line: 1 },
        works: [work.id],
        evidence: 'declared',
        severity: work === root || (!anything && !isToldOfAll) ? 'warning' : 'information',
        data: {
          work: shortName(work.id),
          inherits: sources.length > 0 ? `; ${[...new Set(sources.map((binding) => shortName(binding.source)))].join(', ')} limits what it may be` : '',
        },
        related: others.slice(0, maximumRelated).map((other) => ({ at: { path: other.card.path, line: 1 }, message: 'a card that says the same lies here' })),
        fixes: inheritedFix(context, work, card),
      };
    }
    if (root && !cards.some(({ work }) => work === root) && (!anything || side)) {
      const reserved = anything ? undefined : reservedAt(context);
      const permitted = anything || reserved ? undefined : permittedAt(context);
      const at = reserved ?? permitted ?? homeOf(context, root);
      const elsewhere = pointsElsewhere(context);
      const heads = headsWithTerms(context);
      const template = templateOf(context);
      const folders = foldersWithTerms(context);
      // Terms that hold for something here, and not for the whole.
      const others = template !== undefined ? 'template' : folders.length > 0 ? 'parts' : heads > 0 ? 'heads' : undefined;
      if (at)
        yield {
          messageId: reserved ? 'reserved' : permitted ? 'words' : elsewhere ? 'elsewhere' : side ? 'side' : (others ?? 'repository'),
          data: {
            side: side ?? '',
            template: template ?? '',
            parts: folders.length === 1 ? `the terms in ${folders[0] ?? ''} hold for that folder` : `${folders.length} folders have terms of their own`,
            heads: heads === 1 ? 'one file names terms at its head' : `${heads} files name terms at their heads`,
          },
          at,
          works: [root.id],
          evidence: 'declared',
          severity:
            reserved ||
            permitted ||
            elsewhere ||
            pointsAtAbsent(context) ||
            isPages(context) ||
            (side && !isTest(`${side}/`)) ||
            speaking.some((each) => isMuchOf(context, each.path)) ||
            isMostly(context, folders)
              ? 'information'
              : 'warning',
        };
    }
  },
});
