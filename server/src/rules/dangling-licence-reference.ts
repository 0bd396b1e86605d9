import { roleOfPath } from '../artefacts/hub-id.ts';
import { namesLicence } from '../artefacts/references.ts';
import type { ReferenceFact } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { homesOf } from '../lineage/homes.ts';
import { folderOf } from '../lineage/local.ts';
import { headersIn, noticesOf } from '../lineage/notices.ts';
import { treeOf } from '../lineage/tree.ts';
import type { Tree } from '../lineage/tree.ts';
import type { Severity } from '../protocol/report.ts';
import { loudest, moreFiles, otherHeads } from './support/heads.ts';
import { isTemplate, maximumRelated } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

interface Dangling {
  readonly path: string;
  readonly fact: ReferenceFact;
  /** What is not there, from the root; it may be a glob. */
  readonly missing: string;
}

const isGlob = (path: string): boolean => /[*?[\]]/.test(path);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** A name without its ending, and with the two spellings and all separators made one. */
const stem = (path: string): string =>
  nameOf(path)
    .toLowerCase()
    .replace(/\.(?:md|markdown|txt|rst|html?|pdf)$/, '')
    .replaceAll('licence', 'license')
    .replace(/[^a-z\d]/g, '');

/** Names that every project has a file of: one in another folder may hold other terms. */
const common = new Set(['license', 'copying', 'notice', 'licenses']);

interface Candidates {
  readonly files: readonly string[];
  /** It is the very file that was meant, and not one of the same name for something else. */
  readonly same: boolean;
}

/** Files that the reference may have meant, by the first reason that gives any. */
const candidatesFor = (tree: Tree, { path, fact, missing }: Dangling): Candidates => {
  if (isGlob(missing)) return { files: [], same: false };
  const spelled = tree.spelled(missing);
  if (spelled !== undefined) return { files: [spelled], same: true };
  for (const folder of new Set([folderOf(missing), folderOf(path), '.'])) {
    const files = tree.filesIn(folder).filter((file) => stem(file) === stem(missing));
    if (files.length > 0) return { files, same: folder === folderOf(missing) || folder === folderOf(path) || !common.has(stem(missing)) };
  }
  // Written as if from the root.
  const asWritten = fact.target.replace(/^(?:\.{0,2}\/)+/, '').replace(/[#?].*$/, '');
  return tree.has(asWritten) ? { files: [asWritten], same: true } : { files: [], same: false };
};

/** A path as that file would write it. */
const relative = (from: string, to: string): string => {
  const here = folderOf(from) === '.' ? [] : folderOf(from).split('/');
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same += 1;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
};

/** Links have their blanks and brackets escaped; fields of manifests and cards do not. */
const written = ({ path, fact }: Dangling, to: string): string => {
  const plain = relative(path, to);
  return fact.via === 'badge' || fact.via === 'link' ? encodeURI(plain).replaceAll('(', '%28').replaceAll(')', '%29') : plain;
};

const fixesFor = (tree: Tree, places: readonly Dangling[], { files, same }: Candidates): readonly RawFix[] =>
  files.slice(0, 5).map((to) => ({
    title: `Point at ${to}${places.length > 1 ? `, in ${places.length} places` : ''}`,
    // One file only is there that it can mean: where it leads is no choice then.
    safe: same && files.length === 1 && places.every((place) => candidatesFor(tree, place).files.join() === to),
    preferred: same && files.length === 1,
    edits: places.map((place) => ({ path: place.path, slot: place.fact.id, text: written(place, to) })),
  }));

const missingOf = (context: RuleContext, tree: Tree, path: string, fact: ReferenceFact): string | undefined => {
  const { path: to, repository } = fact.to;
  if (to === null || fact.via === 'shield') return undefined;
  if (repository !== null && !(homesOf(context.artefacts, context.surroundings).isOurs(repository) && namesLicence(to))) return undefined;
  if (isTemplate(path)) return undefined;
  return (isGlob(to) ? tree.lacksMatch(to) : tree.lacks(to)) ? to : undefined;
};

/** A card alone in its folder is on its way to a repository of its own, where the rest may lie. */
const isOnItsWay = (context: RuleContext, tree: Tree, { path }: Dangling): boolean =>
  tree.filesIn(folderOf(path)).length === 1 && context.artefacts.get(path)?.facts.some((fact) => fact.kind === 'work' && fact.via === 'card') === true;

/** Parts of one repository have the licence of the whole copied beside them when they are built or split off, and who reads them here finds it above. */
const isCopiedLater = (tree: Tree, place: Dangling): boolean => {
  const { files, same } = candidatesFor(tree, place);
  return place.fact.via !== 'card' && files.length > 0 && !same;
};

const severityOf = (context: RuleContext, tree: Tree, place: Dangling): Severity =>
  place.fact.role !== 'decision' || place.fact.via === 'head' || isOnItsWay(context, tree, place) || isCopiedLater(tree, place) ? 'information' : 'warning';

const kinds: Readonly<Record<ReferenceFact['via'], string>> = {
  badge: 'This badge',
  link: 'This link',
  shield: 'This badge',
  card: 'This card',
  manifest: 'This manifest',
  head: 'This head',
};

/** Files with which a project begins: what lies in a tree without any may be a part, whose licence lies above. */
const beginning = /^(?:readme(?:\.\w+)?|setup\.(?:py|cfg)|pyproject\.toml|package\.json|cargo\.toml|requirements[\w-]*\.txt)$/i;

/** Heads that point at a licence file, where no file at the root has the name of one. */
function* headsWithout(context: RuleContext, tree: Tree): Iterable<RawFinding> {
  const notices = noticesOf(context.artefacts);
  if (notices.rootTexts.length > 0 || !tree.lacks('LICENSE') || !tree.lacks('LICENSES') || !tree.filesIn('.').some((path) => beginning.test(path))) return;
  const graded = headersIn(context.artefacts).flatMap(({ path, fact }) => {
    if (!fact.refers || fact.whole !== false || context.lineage.vendorOf(path) !== undefined || notices.isComponent(path)) return [];
    const severity: Severity = roleOfPath(path) === 'decision' && fact.licences.length === 0 ? 'warning' : 'information';
    return [{ at: { path, fact: fact.id }, severity }];
  });
  const first = loudest(graded);
  if (!first) return;
  yield {
    messageId: 'head',
    data: { more: moreFiles(graded) },
    at: first.at,
    severity: first.severity,
    works: [context.lineage.workOf(first.at.path)],
    evidence: 'declared',
    related: otherHeads(context, graded, first, 'this head points there too'),
  };
}

/** `LICENSE-MIT`, `LICENSE-APACHE.txt`. */
const oneOfSeveral = /^licen[cs]e[-_.]\w/i;

/** The texts of a choice, both absent from one folder and pointed at by one page, are one mistake. */
const together = (groups: ReadonlyMap<string, readonly Dangling[]>): readonly (readonly Dangling[])[] => {
  const out = new Map<string, Dangling[]>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const key = oneOfSeveral.test(nameOf(first.missing)) ? `${first.path} ${folderOf(first.missing)}` : first.missing;
    out.set(key, [...(out.get(key) ?? []), ...group]);
  }
  return [...out.values()];
};

export const danglingLicenceReference = defineRule({
  id: 'dangling-licence-reference',
  severity: 'warning',
  title: 'A licence that is pointed at is not there',
  messages: {
    absent: '{what} points at {missing}, which is not in this repository, so nobody can read the terms there. Add the file, or take the reference out.',
    near: '{what} points at {missing}, which is not in this repository, so nobody can read the terms there. Point it at {found}.',
    elsewhere:
      '{what} points at {missing}, which is not in this repository, so nobody can read the terms there. Add the file, or point at {found} if that is what holds here.',
    spelling: '{what} points at {missing}, but the file is called {found}, and most systems tell capitals apart. Write {found}.',
    head: 'This head{more} points at a licence file of this repository, and there is none at its root, so nobody can read the terms there. Add the file, or name the licence in the head.',
    folder:
      '{what} says that its licence lies in a folder {missing}, which no part of this repository has, so the texts that it needs are missing. Add the folder from where the file was taken.',
    pattern: '{what} names licence files by {missing}, which no file here matches, so nothing is packed for it. Name the files that are there.',
  },
  *check(context) {
    const tree = treeOf(context.artefacts, context.surroundings);
    // The same absent file is one mistake, however many places point at it.
    yield* headsWithout(context, tree);
    const groups = new Map<string, Dangling[]>();
    for (const { path, fact } of factsOf(context.artefacts, 'reference')) {
      const missing = missingOf(context, tree, path, fact);
      if (missing !== undefined) groups.set(missing, [...(groups.get(missing) ?? []), { path, fact, missing }]);
    }
    for (const group of together(groups)) {
      const graded = group.map((place) => ({ place, severity: severityOf(context, tree, place) }));
      const first = graded.find((entry) => entry.severity === 'warning') ?? graded[0];
      if (!first) continue;
      const candidates = candidatesFor(tree, first.place);
      const [found] = candidates.files;
      const spelling = found !== undefined && found.toLowerCase() === first.place.missing.toLowerCase();
      yield {
        messageId:
          first.place.fact.via === 'head'
            ? 'folder'
            : isGlob(first.place.missing)
              ? 'pattern'
              : spelling
                ? 'spelling'
                : found === undefined
                  ? 'absent'
                  : candidates.same
                    ? 'near'
                    : 'elsewhere',
        data: {
          what: kinds[first.place.fact.via],
          missing: first.place.fact.via === 'head' ? first.place.fact.target : first.place.missing,
          found: candidates.files
            .slice(0, 3)
            .map((to) => (spelling ? to : written(first.place, to)))
            .join(' or '),
        },
        at: { path: first.place.path, fact: first.place.fact.id },
        severity: first.severity,
        works: [context.lineage.workOf(first.place.path)],
        evidence: 'declared',
        related: graded
          .filter((entry) => entry !== first)
          .slice(0, maximumRelated)
          .map(({ place, severity }) => ({
            at: { path: place.path, fact: place.fact.id },
            message: place.missing === first.place.missing ? 'points at the same absent file' : `points at ${place.missing}, which is not there either`,
            decides: severity,
          })),
        fixes: fixesFor(
          tree,
          group.filter((place) => place.missing === first.place.missing),
          candidates,
        ),
      };
    }
  },
});
