import type { Artefact } from '../../artefacts/artefact.ts';
import type { WorkId } from '../../artefacts/types.ts';
import { memoBy } from '../../knowledge/lookup.ts';
import type { Clause, Knowledge, Terms } from '../../knowledge/types.ts';
import { titleOfLicence } from '../../licence/modified.ts';
import { resolveStated } from '../../licence/resolve.ts';
import { decidingStatements } from '../../lineage/bindings.ts';
import { pathsOf } from '../../lineage/files.ts';
import { homesOf } from '../../lineage/homes.ts';
import { filesByFolder } from '../../lineage/tree.ts';
import { relationWords, shortName } from '../../lineage/path.ts';
import type { Binding, Edge, FactRef, Lineage, Mention, Statement, Work } from '../../lineage/types.ts';
import { toBeChecked } from '../../policy/types.ts';
import type { Severity } from '../../protocol/report.ts';
import { compareText } from '../../text/compare.ts';
import type { At, RawFix, RawRelated, RuleContext } from '../types.ts';

const github = 'pkg:github/';

/** Places that a finding lists beside its own; more would be a table, not a path. */
export const maximumRelated = 40;

/** An entry under `works` of the policy, with the licence left to be looked up; whoever applies it puts it into the list that is there. */
export const noteOfWork = (context: RuleContext, work: WorkId, title: string): readonly RawFix[] =>
  context.policy.works.some((entry) => entry.id === work)
    ? []
    : [
        {
          title,
          safe: false,
          creates: [{ path: 'pedigree.yaml', append: true, text: `works:\n  - { id: ${JSON.stringify(work)}, licence: ${toBeChecked} }\n` }],
        },
      ];

export const licenceName = (id: string, knowledge: Knowledge): string => titleOfLicence(id, knowledge);

export const licenceNames = (ids: readonly string[], knowledge: Knowledge): string => ids.map((id) => licenceName(id, knowledge)).join(' and ');

/** " (s. 2.a)" or nothing: for messages. */
export const cite = (clause: Clause | undefined | null): string => (clause?.clause ? ` (${clause.clause})` : '');

/** How sure a message may sound: catalogue facts say where they come from. */
export const basis = (statement: Statement): string => {
  // A table of the catalogue may be read at the place that names the work.
  if (statement.at && statement.evidence !== 'catalogue') return 'as stated here';
  if (statement.evidence === 'name') return 'judging by its name alone';
  const date = statement.asOf ? ` of ${statement.asOf}` : '';
  if (statement.evidence === 'cache' || statement.evidence === 'hub') {
    const what = statement.confidence === 'licence-file' ? 'licence file' : 'card';
    return `per its ${what} ${statement.evidence === 'cache' ? 'in the local cache' : 'on the hub'}${date}`;
  }
  return `per ${statement.confidence === 'read-the-text' ? 'its text' : 'the catalogue'}${date}${statement.note === undefined ? '' : ` (${statement.note})`}`;
};

/** Other places that speak of the work, each once, the finding's own left out; `severityOf` grades those where somebody decided. */
export const otherMentions = (
  own: FactRef,
  mentions: readonly Mention[],
  message: string,
  severityOf: (mention: Mention) => Severity | undefined,
): readonly RawRelated[] => {
  const seen = new Set<string>([`${own.path} ${own.fact}`]);
  const out: RawRelated[] = [];
  for (const mention of mentions) {
    const key = `${mention.at.path} ${mention.at.fact}`;
    if (seen.has(key) || mention.role === 'mention' || out.length >= maximumRelated) continue;
    seen.add(key);
    const decides = mention.role === 'decision' ? severityOf(mention) : undefined;
    out.push({ at: mention.at, message, ...(decides === undefined ? {} : { decides }) });
  }
  return out;
};

/** The lineage path as related places: only edges that a file states have one. */
export const pathPlaces = (path: readonly Edge[]): readonly RawRelated[] =>
  path.flatMap((edge) => (edge.at ? [{ at: edge.at, message: `${shortName(edge.from)}: ${relationWords(edge.type)} ${shortName(edge.to)}` }] : []));

/** What a template says holds where it is used. */
export const isTemplate = (path: string): boolean => /[{}]|(?:^|\/)(?:[\w-]*templates?|cookiecutter[\w-]*|skeletons?)\//i.test(path);

/** The card of a local work, else the README or manifest of its folder, at line 1: where a finding about something absent stands. */
export const homeOf = (context: RuleContext, work: Work): At | undefined => {
  const folder = work.path === '.' || work.path === null ? '' : `${work.path}/`;
  for (const name of ['README.md', 'readme.md', 'Readme.md', 'README.rst', 'README', 'pyproject.toml', 'setup.py', 'package.json']) {
    if (context.artefacts.has(`${folder}${name}`)) return { path: `${folder}${name}`, line: 1 };
  }
  return undefined;
};

const ofSoftware: ReadonlySet<string> = new Set(['permissive', 'weak-copyleft', 'copyleft']);

/** Texts beside code that are about it too, though a manifest, which may have been left by another project, says something narrower. */
const textsOfCode = (work: Work, knowledge: Knowledge): readonly Statement[] =>
  work.kind !== 'code'
    ? []
    : work.statements.filter(
        ({ scope, evidence, speaker, licences }) =>
          scope === 'any' &&
          evidence === 'text' &&
          speaker !== 'other' &&
          licences.length > 0 &&
          licences.every((id) => ofSoftware.has(knowledge.terms(id)?.category ?? '')),
      );

/** Licences that a local work declares for itself, resolved. */
export const declaredTerms = (work: Work | undefined, knowledge: Knowledge): readonly Terms[] =>
  work === undefined
    ? []
    : [
        ...new Set(
          [...decidingStatements(work), ...textsOfCode(work, knowledge)].flatMap((statement) => statement.licences.flatMap((id) => knowledge.terms(id) ?? [])),
        ),
      ];

/** The terms that a word of the policy means: a tag of the hub, an id, or a name. */
export const meantBy = (stated: string | null | undefined, knowledge: Knowledge): readonly Terms[] => {
  if (stated === null || stated === undefined) return [];
  const tagged = resolveStated(stated, 'hub', knowledge).licences;
  return (tagged.length > 0 ? tagged : resolveStated(stated, 'free', knowledge).licences).flatMap((id) => knowledge.terms(id) ?? []);
};

/** A guess from a name is never more than information. */
export const soften = (severity: Severity, statement: Statement): Severity => (statement.evidence === 'name' ? 'information' : severity);

export const bindingsFor = (context: RuleContext, work: WorkId): readonly Binding[] => context.lineage.bindings.get(work) ?? [];

/** The hub's tag for a licence, for cards; undefined where the hub has none. */
export const hubTag = (licence: string, knowledge: Knowledge): string | undefined => knowledge.terms(licence)?.hubTags[0];

const inOrder = memoBy(({ works }: Lineage): readonly Work[] => [...works.values()].toSorted((a, b) => compareText(a.id, b.id)));

/** Works in a stable order, so that the same input gives the same bytes. */
export const sortedWorks = (context: RuleContext): readonly Work[] => inOrder(context.lineage);

/** Code at a path here may have been written by the owner of that repository (`pkg:github/owner/name`): it is the home of the code, or another of its owner's. */
export const mayBeOwners = ({ artefacts, surroundings }: RuleContext, work: WorkId, path: string): boolean =>
  work.startsWith(github) && homesOf(artefacts, surroundings).mayBeOurs(`github.com/${work.slice(github.length).toLowerCase()}`, path);

/** Files of a folder, not below it. The index is made once for a set of paths: there may be as many works as files. */
export const filesOf = (context: RuleContext, folder: string): readonly Artefact[] =>
  (filesByFolder(pathsOf(context.artefacts)).get(folder) ?? []).flatMap((path) => context.artefacts.get(path) ?? []);
