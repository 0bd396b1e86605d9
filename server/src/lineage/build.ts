import type { Artefact } from '../artefacts/artefact.ts';
import { here } from '../artefacts/types.ts';
import { helperAsks, helperUse, isShown, withoutWeights } from '../artefacts/via.ts';
import { byFileName } from '../artefacts/weights-paths.ts';
import type { RelationFact, Role, WorkFact, WorkId, WorkKind } from '../artefacts/types.ts';
import { resolveStated } from '../licence/resolve.ts';
import { modifications } from '../knowledge/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { toBeChecked } from '../policy/types.ts';
import type { Policy } from '../policy/types.ts';
import { compareText } from '../text/compare.ts';
import { limits } from '../text/limits.ts';
import { bindingsOf, maximumHops } from './bindings.ts';
import { helperLinks, isHelperFact } from './helpers.ts';
import type { HelperLink } from './helpers.ts';
import { answersBench } from './benches.ts';
import { madeHere } from './made.ts';
import type { Made } from './made.ts';
import { inTurn, isTold } from './echoes.ts';
import { factsOf, pathsOf, statingPaths } from './files.ts';
import { folderOf, isOfPackage, layoutOf, resolveHere, resolveManifest, rootWork } from './local.ts';
import type { Layout } from './local.ts';
import { namedFile } from './named-files.ts';
import { linkedText, setApart } from './texts.ts';
import { profileOf } from './profile.ts';
import { canonical, kindOf, serviceOf } from './remote.ts';
import { settings } from './settings.ts';
import type { Settled } from './settings.ts';
import { beyondTree } from './resolutions.ts';
import type { Resolutions } from './resolutions.ts';
import type { Edge, FactRef, Lineage, Mention, Statement, Work } from './types.ts';

export interface LineageInput {
  readonly artefacts: ReadonlyMap<string, Artefact>;
  readonly policy: Policy;
  readonly knowledge: Knowledge;
  readonly today: string;
  /** What the cache and the hub answered. `knowledge` has the renames in them: `withRenames`. */
  readonly resolutions?: Resolutions;
}

interface Draft {
  readonly id: WorkId;
  kind: WorkKind;
  card: boolean;
  readonly statements: Statement[];
  readonly mentions: Mention[];
  readonly names: { readonly name: string; readonly via: string; readonly at: FactRef | null }[];
  expanded: boolean;
}

interface Build extends LineageInput {
  /** Asks for answers that are judged beside it. */
  readonly isBench: (path: string) => boolean;
  readonly layout: Layout;
  readonly drafts: Map<WorkId, Draft>;
  readonly edges: Edge[];
  readonly edgesFrom: Map<WorkId, Edge[]>;
  readonly edgesTo: Map<WorkId, Edge[]>;
  /** Works of which the catalogue knows origins that were left out, because there are too many works. */
  readonly cut: Set<WorkId>;
  readonly answers: Map<WorkId, Resolutions>;
}

const draftOf = (build: Build, id: WorkId): Draft => {
  const known = build.drafts.get(id);
  if (known) return known;
  const draft: Draft = { id, kind: kindOf(id), card: false, statements: [], mentions: [], names: [], expanded: id.startsWith('local:') };
  build.drafts.set(id, draft);
  return draft;
};

const listed = (index: Map<WorkId, Edge[]>, work: WorkId, edge: Edge): void => {
  const known = index.get(work);
  if (known) known.push(edge);
  else index.set(work, [edge]);
};

const addEdge = (build: Build, edge: Edge): void => {
  build.edges.push(edge);
  listed(build.edgesFrom, edge.from, edge);
  listed(build.edgesTo, edge.to, edge);
};

/** A card outranks a manifest, a manifest outranks a call: the first is where people look for the decision. */
const viaRank = ['base_model', 'datasets', 'source_datasets', 'base_model_name_or_path', '_name_or_path', 'model_name_or_path', 'provenance'];

const roleRank: readonly Role[] = ['decision', 'evaluation', 'mention'];

const byDecision = (a: Mention, b: Mention): number => {
  const rank = (mention: Mention): number => {
    const at = viaRank.indexOf(mention.via);
    if (isShown(mention.at.fact)) return viaRank.length + 2;
    if (mention.via === withoutWeights || mention.via === helperUse || mention.via === byFileName) return viaRank.length + 1;
    // What a sentence tells of a training comes behind what does one.
    if (mention.via === 'prose' && mention.type === 'trainedOn') return viaRank.length + 1;
    return at < 0 ? viaRank.length : at;
  };
  return roleRank.indexOf(a.role) - roleRank.indexOf(b.role) || rank(a) - rank(b) || compareText(a.at.path, b.at.path) || compareText(a.at.fact, b.at.fact);
};

/** A licence text, a README or a badge in a folder that is no work of its own speaks for that folder alone, never for the work above it. */
const ofFolder = ['text', 'prose', 'badge'];

const spokenOf = (build: Build, path: string, work: WorkId, via: string): WorkId => {
  if (isOfPackage(via)) return resolveManifest(build.layout, path, work);
  if (!ofFolder.includes(via) || (work !== here && !work.startsWith(`${here}#`))) return resolveHere(build.layout, path, work);
  return `local:${folderOf(path)}${work.slice(here.length)}`;
};

/** A configuration in a folder below makes no model of the whole: only a work's own folder says what the work is. */
const kindHere = (work: Draft, path: string, fact: WorkFact): WorkKind => {
  const own = work.id.includes('#') || work.id === `local:${path}` || work.id === `local:${folderOf(path)}`;
  if (!own || (fact.via !== 'card' && fact.via !== 'config' && work.kind !== 'code')) return work.kind;
  return work.kind === 'dataset' && fact.via !== 'card' ? work.kind : fact.workKind;
};

/** Entries of a registry choose nothing themselves: they count once a configuration names them. */
const isRegistryEntry = (work: WorkId): boolean => work.startsWith('local:dataset_info#');

/** A work of this repository that is no folder with a card or a manifest of its own: its kind is what is done with it. */
const isPart = (build: Build, work: WorkId): boolean => work.startsWith('local:') && !build.layout.owners.has(work.slice('local:'.length));

const addRelation = (build: Build, path: string, fact: RelationFact, { to: target, at }: Settled, made: Made, named: ReadonlySet<WorkId>): void => {
  const from = canonical(spokenOf(build, path, fact.from, fact.via), build.knowledge);
  const to = canonical(resolveHere(build.layout, path, made.target(path, { ...fact, to: target })), build.knowledge);
  if (from === to || !made.counts(fact, to)) return;
  // What is trained on, and what a service wrote, is data, whatever its file is called.
  for (const data of [...(fact.type === 'generatedBy' ? [from] : []), ...(fact.type === 'trainedOn' ? [to] : [])]) {
    if (isPart(build, data)) draftOf(build, data).kind = 'dataset';
  }
  // What was made from a model is one.
  if (modifications.includes(fact.type) && isPart(build, from)) draftOf(build, from).kind = 'model';
  const benched = fact.type === 'generatedBy' && fact.role === 'decision' && fact.via !== 'prose' && build.isBench(path);
  const role = isRegistryEntry(from) && !named.has(from) ? 'mention' : benched ? 'evaluation' : fact.role;
  draftOf(build, from);
  draftOf(build, to).mentions.push({ at, role, type: fact.type, via: fact.via, from });
  addEdge(build, { from, to, type: fact.type, role, at, fact, source: null, ...(fact.via === byFileName ? { evidence: 'name' } : {}) });
};

const addHelperLink = (build: Build, { data, service, asks, use }: HelperLink): void => {
  draftOf(build, data);
  // The call itself may name the model, and the helper only the service: one finding, at the name.
  const named = build.edgesFrom
    .get(data)
    ?.find((edge) => edge.type === 'generatedBy' && edge.role === 'decision' && serviceOf(edge.to)?.service === serviceOf(service)?.service);
  if (named) {
    draftOf(build, named.to).mentions.push({ at: asks, role: 'decision', type: 'generatedBy', via: helperUse, from: data });
    return;
  }
  const { mentions } = draftOf(build, service);
  mentions.push(
    { at: asks, role: 'decision', type: 'generatedBy', via: helperAsks, from: data },
    { at: use, role: 'decision', type: 'generatedBy', via: helperUse, from: data },
  );
  addEdge(build, { from: data, to: service, type: 'generatedBy', role: 'decision', at: use, fact: null, source: null });
};

const addFacts = (build: Build): void => {
  const named = new Set<WorkId>();
  for (const { fact } of factsOf(build.artefacts, 'relation')) if (fact.role === 'decision' && isRegistryEntry(fact.to)) named.add(fact.to);
  const settled = settings(build.artefacts, build.knowledge);
  const links = helperLinks(build.artefacts, settled);
  const noted = build.policy.provenance.flatMap((note) => (note.relation === 'generatedBy' ? [note.is ?? `local:${note.path}`] : []));
  const made = madeHere(build.artefacts, build.knowledge, build.layout, links, noted);
  const echoing = new Set<string>();
  const linked = (): void => links.filter(({ use }) => !build.isBench(use.path)).forEach((link) => addHelperLink(build, link));
  for (const [path, isEcho] of inTurn(statingPaths(build.artefacts), echoing, linked)) {
    const meant = (work: WorkId, via: string): WorkId => canonical(spokenOf(build, path, work, via), build.knowledge);
    for (const fact of build.artefacts.get(path)?.facts ?? []) {
      if (fact.echo === true) echoing.add(path);
      if ((fact.echo ?? false) !== isEcho || (isEcho && isTold(build, path, fact, meant))) continue;
      const at = { path, fact: fact.id };
      if (fact.kind === 'work') {
        const work = draftOf(build, spokenOf(build, path, fact.work, fact.via));
        work.kind = isEcho && work.kind === 'code' ? fact.workKind : kindHere(work, path, fact);
        work.card ||= fact.via === 'card';
      } else if (fact.kind === 'licence') {
        const work = draftOf(build, spokenOf(build, path, fact.work, fact.via));
        if (!work.id.startsWith('local:') && work.kind === 'code' && fact.scope === 'weights') work.kind = 'model';
        const said = linkedText(build.artefacts, path, fact);
        if (said === undefined) continue;
        work.statements.push({
          licences: said.licences,
          choice: said.choice,
          stated: fact.stated,
          scope: fact.scope,
          evidence: fact.evidence,
          speaker: fact.speaker,
          source: null,
          asOf: null,
          confidence: null,
          at,
          fact,
        });
      } else if (fact.kind === 'name')
        draftOf(build, spokenOf(build, path, fact.work, fact.work.includes('#') ? 'prose' : fact.via)).names.push({ name: fact.name, via: fact.via, at });
      else if (fact.kind === 'relation' && !isHelperFact(fact)) {
        const target = settled(path, fact);
        if (target) addRelation(build, path, fact, target, made, named);
      } else if (fact.kind === 'call') {
        const work = draftOf(build, `service:${fact.service}${fact.model === null ? '' : `/${fact.model}`}`);
        work.mentions.push({ at, role: fact.role, type: 'generatedBy', via: 'call', from: resolveHere(build.layout, path, 'here') });
      }
    }
  }
};

/** A policy may write the tag of the hub, or a name, where it means the id. */
const licencesOf = (word: string, knowledge: Knowledge): readonly string[] => {
  const found = knowledge.terms(word) || word.startsWith('LicenseRef-') ? [] : resolveStated(word, 'hub', knowledge).licences;
  return found.length > 0 ? found : [word];
};

const addPolicy = (build: Build): void => {
  const { policy, today } = build;
  for (const work of policy.works) {
    if (work.licence === toBeChecked) continue;
    draftOf(build, canonical(work.id, build.knowledge)).statements.push({
      licences: licencesOf(work.licence, build.knowledge),
      choice: false,
      stated: work.licence,
      scope: 'any',
      evidence: 'text',
      speaker: 'licensor',
      source: policy.path,
      asOf: null,
      confidence: 'stated-in-policy',
      at: null,
      fact: null,
    });
  }
  for (const grant of policy.grants) {
    if (grant.until !== null && grant.until < today) continue;
    draftOf(build, canonical(grant.work, build.knowledge)).statements.unshift({
      licences: [],
      choice: false,
      stated: `granted: ${grant.licence}`,
      scope: 'any',
      evidence: 'text',
      speaker: 'licensor',
      source: grant.reference ?? policy.path,
      asOf: null,
      confidence: 'stated-in-policy',
      at: null,
      fact: null,
    });
  }
  for (const note of policy.provenance) {
    const from = note.is ?? `local:${note.path}`;
    const to = canonical(note.from, build.knowledge);
    draftOf(build, from);
    draftOf(build, to);
    addEdge(build, { from, to, type: note.relation, role: 'decision', at: null, fact: null, source: policy.path });
  }
  if (policy.publish?.name)
    draftOf(build, rootWork).names.push({ name: policy.publish.name.split('/').at(-1) ?? policy.publish.name, via: 'policy', at: null });
};

/** Files that have the name under which a published work is handed out, where nothing in the tree says what they came from. */
const addNamedFiles = (build: Build): void => {
  for (const { id, kind } of build.drafts.values()) {
    const edge = build.edgesFrom.get(id)?.some(({ type }) => type === 'copiedFrom') ? undefined : namedFile(id, kind, build.knowledge);
    if (!edge) continue;
    draftOf(build, edge.to);
    addEdge(build, edge);
  }
};

/**
 * Adds what the catalogue and the answers know, outward from the works that the tree names, until nothing new turns up. Every work is looked up; past the
 * limit no further works are taken in.
 */
const expand = (build: Build): void => {
  const known = beyondTree(build);
  const queue = [...build.drafts.values()];
  for (const draft of queue) {
    if (draft.expanded) continue;
    draft.expanded = true;
    const { answers, ...remote } = known(draft.id, build.edgesTo.get(draft.id) ?? []);
    if (answers.length > 0) build.answers.set(draft.id, answers);
    draft.statements.push(...remote.statements);
    for (const edge of remote.edges) {
      if (edge.from === edge.to) continue;
      if (!build.drafts.has(edge.to) && build.drafts.size >= limits.lineageNodes) {
        build.cut.add(draft.id);
        continue;
      }
      addEdge(build, edge);
      queue.push(draftOf(build, edge.to));
    }
  }
};

/** The works of `cut`, and all that came from them. */
const withDescendants = (cut: ReadonlySet<WorkId>, edgesTo: ReadonlyMap<WorkId, readonly Edge[]>): ReadonlySet<WorkId> => {
  const out = new Set(cut);
  for (const work of out) for (const edge of edgesTo.get(work) ?? []) if (edge.role === 'decision') out.add(edge.from);
  return out;
};

/** Facts, policy and catalogue as one graph, and the terms that bind each work. Pure; cycles and missing works are allowed. */
export const buildLineage = (input: LineageInput): Lineage => {
  const layout = layoutOf(input.artefacts);
  const build: Build = {
    ...input,
    isBench: answersBench(pathsOf(input.artefacts)),
    layout,
    drafts: new Map(),
    edges: [],
    edgesFrom: new Map(),
    edgesTo: new Map(),
    cut: new Set(),
    answers: new Map(),
  };
  draftOf(build, rootWork);
  addFacts(build);
  setApart(build.drafts.values(), build.artefacts, build.knowledge);
  addPolicy(build);
  addNamedFiles(build);
  expand(build);
  const works = new Map<WorkId, Work>();
  for (const draft of build.drafts.values()) {
    const local = draft.id.startsWith('local:');
    works.set(draft.id, {
      id: draft.id,
      kind: draft.kind,
      local,
      path: local ? draft.id.slice('local:'.length) : null,
      card: draft.card,
      statements: draft.statements,
      mentions: draft.mentions.toSorted(byDecision),
      names: draft.names,
    });
  }
  const { edges, edgesFrom, edgesTo } = build;
  const { bindings, cut: tooFar } = bindingsOf(works, edgesFrom, input.knowledge);
  return {
    works,
    edges,
    edgesFrom,
    edgesTo,
    cut: new Set([...withDescendants(build.cut, edgesTo), ...tooFar]),
    limited: [
      ...(build.cut.size > 0 ? [`more than ${limits.lineageNodes} works: some that these came from are left out`] : []),
      ...(tooFar.size > 0 ? [`a work with more than ${maximumHops} works behind it, one from the other: what lies further back is left out`] : []),
    ],
    bindings,
    answers: build.answers,
    profile: profileOf(works, input.policy, input.knowledge),
    workOf: (path) => `local:${layout.ownerOf(path)}`,
    vendorOf: layout.vendorOf,
  };
};
