import { copyOfModel } from '../knowledge/mirrors.ts';
import { isProjectOwner, isPublisher } from '../knowledge/publishers.ts';
import { codeSlot, communityCode, isConfigured, isInDocument, isOneWay, isPreset, isShown, isSnippet, setElsewhere } from '../artefacts/via.ts';
import { isTest, roleOfPath } from '../artefacts/hub-id.ts';
import type { RelationFact } from '../artefacts/types.ts';
import { shortName } from '../lineage/path.ts';
import { factsOf } from '../lineage/files.ts';
import { folderOf } from '../lineage/local.ts';
import { homesOf } from '../lineage/homes.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Edge, FactRef, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { maximumRelated, mayBeOwners, sortedWorks } from './support/helpers.ts';
import { inUpkeep, isExample, originalsFirst } from './support/examples.ts';
import { areaOf } from './support/shared.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RawRelated, RuleContext } from './types.ts';

interface Taken {
  readonly edge: Edge & { readonly fact: RelationFact };
  readonly at: NonNullable<Edge['at']>;
  readonly severity: Severity;
}

const isCommit = (revision: string): boolean => /^[0-9a-f]{7,40}$/.test(revision);
/** Names that follow whatever is pushed; other names are tags or branches that somebody chose. */
const movesAlways = (revision: string | null): boolean => revision === null || revision === 'main' || revision === 'master' || revision === 'HEAD';

/** Pinned code of a copy: it stays what it is, but whose it is only the owner of the copy can say. */
function* pinnedCopies(context: RuleContext, work: Work): Iterable<RawFinding> {
  const hub = hubOf(work.id);
  const copy = hub?.type === 'model' ? copyOfModel(hub.id) : undefined;
  const at = copy
    ? (context.lineage.edgesTo.get(work.id) ?? []).find(
        (edge) => edge.role === 'decision' && edge.fact?.remoteCode === true && isCommit(edge.fact.revision ?? ''),
      )?.at
    : undefined;
  if (!copy || !at) return;
  yield {
    messageId: 'copy',
    data: { work: shortName(work.id), original: copy.original },
    at,
    severity: 'information',
    works: [work.id],
    evidence: 'catalogue',
    confidence: copy.confidence,
  };
}

/** Its own publisher's repository, of which the catalogue has a record: whose code runs is known, though not which. */
const isKnownPublishers = (context: RuleContext, work: Work): boolean => {
  const hub = hubOf(work.id);
  if (hub) return (hub.type === 'dataset' || copyOfModel(hub.id) === undefined) && isPublisher(context.knowledge, hub.id.split('/')[0] ?? '');
  const owner = /^pkg:github\/([^/]+)\//.exec(work.id)?.[1];
  return owner !== undefined && isProjectOwner(owner);
};

/** Most sets hold data files alone, and the flag then brings nothing: whether this one has a program cannot be seen from here. */
const isData = (work: Work): boolean => hubOf(work.id)?.type === 'dataset';

/** A package of that name is what the tree makes. */
const isPackageHere = ({ artefacts }: RuleContext, name: string): boolean =>
  [`${name}/__init__.py`, `src/${name}/__init__.py`].some((path) => artefacts.has(path));

/** What the repository itself publishes, or the project or the organisation that it is of. */
const isOurs = (context: RuleContext, work: Work, path: string): boolean => {
  const homes = homesOf(context.artefacts, context.surroundings);
  // A model is named for its project, with its base, a version or a size behind it.
  const [owner = '', model] = hubOf(work.id)?.id.toLowerCase().split('/') ?? [];
  if (model !== undefined) {
    const heads = [...model.matchAll(/[-_.]/g)].map(({ index }) => model.slice(0, index));
    const names = [owner, model, model.replace(/[-_.]?v?\d[\w.-]*$/, ''), ...heads];
    return (
      names.some((name) => name.length > 2 && homes.hasName(`hub/${name}`, path)) ||
      homes.hasOwner(`github.com/${owner}/`, path) ||
      isPackageHere(context, owner)
    );
  }
  return mayBeOwners(context, work.id, path);
};

/** Commands in documents are advice to the reader: the reader decides. */
const isDocument = (path: string): boolean => /\.(?:md|markdown|mdx|rst|txt)$/i.test(path);

const takenOf = (context: RuleContext, work: string): readonly Taken[] =>
  (context.lineage.edgesTo.get(work) ?? []).flatMap((edge): Taken[] => {
    const { fact, at } = edge;
    if (fact === null || at === null || edge.role === 'mention' || !fact.remoteCode) return [];
    // What measures a model runs its code as well; tests try out the program.
    if (edge.role === 'evaluation' && isTest(at.path)) return [];
    if (fact.revision === setElsewhere || (fact.revision !== null && isCommit(fact.revision))) return [];
    const severity =
      edge.role === 'evaluation' ||
      isDocument(at.path) ||
      isExample(context, at.path) ||
      inUpkeep.test(at.path) ||
      isPreset(at.fact) ||
      !movesAlways(fact.revision)
        ? 'information'
        : 'warning';
    return [{ edge: { ...edge, fact }, at, severity }];
  });

const has = (context: RuleContext, path: string, slot: string): boolean => context.artefacts.get(path)?.places.has(slot) === true;

/** Taking the flag out: right where the library knows the architecture by now, so never safe. */
const removeFix = (context: RuleContext, { at }: Taken): RawFix[] => {
  const title = 'Run no code of its repository';
  const slot = `${at.fact}#remote-code`;
  if (has(context, at.path, slot)) return [{ title, safe: false, edits: [{ path: at.path, slot, text: '' }] }];
  return has(context, at.path, 'trainer-config:remote-code')
    ? [{ title, safe: false, edits: [{ path: at.path, slot: 'trainer-config:remote-code', text: 'false' }] }]
    : [];
};

/** The line that lets it run, where it is another than the one that names the repository. */
const flagOf = (context: RuleContext, { at }: Taken, message: string): RawRelated[] =>
  has(context, at.path, codeSlot(at.fact)) ? [{ at: { path: at.path, slot: codeSlot(at.fact) }, message, elsewhere: true }] : [];

/** The configuration is one of a trainer that is known: which repository the flag is for was told. */
const tellsWhich = (context: RuleContext, path: string): boolean =>
  context.artefacts.get(path)?.facts.some((fact) => fact.kind === 'relation' && fact.remoteCode) === true;

/** Tasks have a folder each for their configuration, and lie beside each other; so do the evaluations of one part of the tree, and its documents. */
const flagFolder = (path: string, fact: string): string => {
  if (isInDocument(fact)) return `${areaOf(path)} shown`;
  if (isConfigured(fact)) return `${folderOf(folderOf(path))} configured`;
  return roleOfPath(path) === 'evaluation' ? `${areaOf(path)} evaluated` : folderOf(path);
};

/** Folders of one part of the tree that may each have a finding: more of them are one habit. */
const mostFolders = 4;

const wayOf = (fact: string): 'shown' | 'configured' | 'any' => (isInDocument(fact) ? 'shown' : isConfigured(fact) ? 'configured' : 'any');

const joined = (byFolder: ReadonlyMap<string, readonly FactRef[]>): readonly (readonly FactRef[])[] => {
  const byArea = new Map<string, (readonly FactRef[])[]>();
  for (const group of byFolder.values()) {
    const [first] = group;
    const area = `${areaOf(first?.path ?? '')} ${wayOf(first?.fact ?? '')}`;
    byArea.set(area, [...(byArea.get(area) ?? []), group]);
  }
  // Of more places than can be listed, each folder has its first.
  return [...byArea.values()].flatMap((groups) =>
    groups.length > mostFolders
      ? [[...groups.map(([first]) => first), ...groups.map((group) => group.slice(1))].flat().filter((at) => at !== undefined)]
      : groups,
  );
};

/** Flags for whatever repository somebody gives: one finding a folder, since files that lie together share a habit. In a project that was taken in they are its own choice. */
function* open(context: RuleContext): Iterable<RawFinding> {
  const byFolder = new Map<string, FactRef[]>();
  for (const { path, fact } of factsOf(context.artefacts, 'code-flag')) {
    if (context.lineage.vendorOf(path) !== undefined || (isConfigured(fact.id) && tellsWhich(context, path))) continue;
    const folder = flagFolder(path, fact.id);
    const known = byFolder.get(folder);
    if (known) known.push({ path, fact: fact.id });
    else byFolder.set(folder, [{ path, fact: fact.id }]);
  }
  for (const [first, ...more] of joined(byFolder)) {
    if (!first) continue;
    yield {
      messageId: wayOf(first.fact),
      data: {},
      at: first,
      severity: 'information',
      works: [],
      evidence: 'declared',
      related: more
        .slice(0, maximumRelated)
        .map((at) => ({ at, message: 'code of whichever repository is given may run here too', decides: 'information' as const })),
    };
  }
}

export const remoteCode = defineRule({
  id: 'remote-code',
  severity: 'warning',
  title: 'Code of a remote repository runs, at no fixed commit',
  messages: {
    flag: '{work} may bring code of its own (`trust_remote_code`) and is taken from {where}, so whatever its repository holds at that moment runs here. Pin `revision` to a commit whose code you have read, or leave the flag out where the library knows the architecture.',
    data: 'A program of {work} may run here (`trust_remote_code`), and it is taken from {where}, so whatever its repository holds at that moment runs. Pin `revision` to a commit whose files you have read, or leave the flag out where it holds data alone.',
    copy: '{work} is a copy of {original} that somebody else than its publisher put up, and code of that copy may run here (`trust_remote_code`). Read it at the commit that is named, or take the original.',
    any: 'Code of whichever repository is given here may run (`trust_remote_code`), and no revision is asked for, so it is what that repository holds at the moment. Take the flag and a `revision` from whoever chooses the repository, and leave the flag off by default.',
    configured:
      'The configuration lets code of the repository run that it names (`trust_remote_code`), and no revision is asked for, so it is what that repository holds at the moment. Set a `revision` whose files you have read, or leave the flag out.',
    shown:
      'Readers are shown how to let code of a repository run (`trust_remote_code`), and no revision is named, so it is what that repository holds at the moment. Show a `revision` beside the flag, or leave it out where the library knows the architecture.',
    community:
      '{work} is fetched from {where} and its program is run as the pipeline (`custom_pipeline`), so what it holds at that moment runs here. Read it and name that commit as `custom_revision`, or keep the program in the tree.',
    hub: '{work} is downloaded from {where} and its code is run, so what it holds at that moment runs here. Name a commit behind the repository (`owner/name:commit`), or take the package from an index.',
  },
  *check(context) {
    const warned = new Set<string>();
    const shown = new Set<string>();
    for (const work of sortedWorks(context)) {
      if (work.local || work.kind === 'service') continue;
      // One that always happens tells more than one way of several, and what a document shows comes last.
      const rankOf = ({ at }: Taken): number => (isShown(at.fact) ? 2 : Number(isOneWay(at.fact)));
      const taken = originalsFirst(context, takenOf(context, work.id), ({ at }) => at.path).toSorted((a, b) => rankOf(a) - rankOf(b));
      const run = taken.filter(({ at }) => !isShown(at.fact));
      const place = taken.find((entry) => entry.severity === 'warning') ?? run.find(({ edge }) => edge.role === 'decision') ?? taken[0];
      if (!place) {
        yield* pinnedCopies(context, work);
        continue;
      }
      // A README shows one model after the other in the same way.
      if (isSnippet(place.at.fact)) {
        if (shown.has(place.at.path)) continue;
        shown.add(place.at.path);
      }
      const { revision } = place.edge.fact;
      // One habit, one warning: a folder that loads everything so decided once.
      const isMild = warned.has(areaOf(place.at.path)) || isKnownPublishers(context, work) || isData(work) || isOurs(context, work, place.at.path);
      const severity = place.severity === 'warning' && isMild ? 'information' : place.severity;
      if (severity === 'warning') warned.add(areaOf(place.at.path));
      yield {
        messageId: place.edge.fact.via === communityCode ? 'community' : isData(work) ? 'data' : hubOf(work.id) ? 'flag' : 'hub',
        data: { work: shortName(work.id), where: revision === null ? 'its default branch' : `"${revision}", a name that can be moved` },
        at: place.at,
        severity,
        works: [work.id],
        evidence: 'declared',
        related: [
          ...flagOf(context, place, 'this lets its code run'),
          ...taken
            .filter((entry) => entry !== place && movesAlways(entry.edge.fact.revision) === movesAlways(revision))
            .slice(0, maximumRelated)
            .flatMap((entry): RawRelated[] => [
              {
                at: entry.at,
                message: `${shortName(work.id)} may run code of its own here too`,
                decides: isMild ? 'information' : entry.severity,
              },
              ...flagOf(context, entry, 'this lets its code run here too'),
            ]),
        ],
        fixes: removeFix(context, place),
      };
    }
    yield* open(context);
  },
});
