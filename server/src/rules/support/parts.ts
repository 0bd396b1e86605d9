import type { WorkId } from '../../artefacts/types.ts';
import { memoBy } from '../../knowledge/lookup.ts';
import type { Clause, RelationType, Terms } from '../../knowledge/types.ts';
import { decidingStatements } from '../../lineage/bindings.ts';
import { restrictionOfStatement, statedCategory } from '../../lineage/clauses.ts';
import { pathsOf } from '../../lineage/files.ts';
import { folderOf, isOfPackage, rootWork } from '../../lineage/local.ts';
import { filesByFolder } from '../../lineage/tree.ts';
import type { Edge, FactRef, Lineage, Statement, Work } from '../../lineage/types.ts';
import { compareText } from '../../text/compare.ts';
import { declaredTerms, meantBy, sortedWorks } from './helpers.ts';
import type { At, RuleContext } from '../types.ts';

/** A file or folder of this tree that states terms for its code, and the work around it that states its own. */
export interface Part {
  readonly work: Work;
  readonly statement: Statement;
  readonly at: FactRef;
  readonly whole: Work;
  /** What the whole declares for its code. */
  readonly declared: readonly Terms[];
}

/** Of one version, with or without "or later": a choice that is the reader's to make. */
export const bareLicence = (licence: string): string => licence.replace(/-(?:only|or-later)$/, '');

const declaring = ['text', 'manifest', 'card', 'classifier', 'tag', 'notice'];

const speaksOfCode = (statement: Statement): boolean => statement.scope === 'code' || statement.scope === 'any';

/** In the folder of the work itself: a manifest deep inside, of a project that was taken in without a card, says nothing of the whole. */
export const isBeside = (work: Work | undefined, { at }: Statement): boolean => at !== null && work?.path === folderOf(at.path);

/** Without what manifests further down say: each speaks of the folder that it lies in. */
const withoutParts = (work: Work): Work => ({
  ...work,
  statements: work.statements.filter((statement) => isBeside(work, statement) || !isOfPackage(statement.fact?.via)),
});

/** What a work of this repository declares for its code, or the policy means to publish it under; where it says nothing of code, what it declares at all. */
export const declaredForCode = (context: RuleContext, work: Work | undefined): readonly Terms[] => {
  const meant = work?.id === rootWork ? meantBy(context.policy.publish?.code, context.knowledge) : [];
  if (meant.length > 0) return meant;
  const said = (work?.statements ?? []).filter(
    (statement) => isBeside(work, statement) && statement.speaker !== 'other' && speaksOfCode(statement) && declaring.includes(statement.fact?.via ?? ''),
  );
  const termsOf = (statements: readonly Statement[]): readonly Terms[] =>
    statements.flatMap((statement) => statement.licences.flatMap((id) => context.knowledge.terms(id) ?? []));
  // What a manifest says is what the code is offered under; several texts side by side may be those of parts. A classifier is often left over.
  const offering = said.filter((statement) => statement.scope === 'code');
  const offered = termsOf(offering);
  const stated = termsOf(said.filter((statement) => statement.scope === 'any' && statement.fact?.via === 'text'));
  if (offered.length > 0) return stated.length > 0 && offering.every((statement) => statement.fact?.via === 'classifier') ? stated : offered;
  const all = termsOf(said);
  return all.length > 0 || work === undefined ? all : declaredTerms(withoutParts(work), context.knowledge);
};

/** The nearest work above a file or folder that declares terms, at last the root. */
export const wholeOf = (context: RuleContext, path: string): { readonly whole: Work; readonly declared: readonly Terms[] } | undefined => {
  for (let at = path; at !== '.';) {
    at = folderOf(at);
    const whole = context.lineage.works.get(`local:${at}`);
    const declared = declaredForCode(context, whole);
    if (whole && declared.length > 0) return { whole, declared };
  }
  const root = context.lineage.works.get(rootWork);
  return root ? { whole: root, declared: [] } : undefined;
};

const code = /\.(?:py|pyx|cu|cuh|c|cc|cpp|cxx|h|hpp|m|mm|js|mjs|ts|tsx|jsx|rs|go|java|kt|swift|ipynb|lua|jl|r|rb|cs|scala|vue)$/i;

/** A licence text in a folder of weights or pictures is none of code. */
const holdsCode = (context: RuleContext, folder: string): boolean => {
  for (const path of context.artefacts.keys()) if (path.startsWith(`${folder}/`) && code.test(path)) return true;
  return false;
};

/**
 * A sentence says it of the code where it names the code: beside other terms for the code it speaks of a part, and one that names no licence
 * and speaks of models or data too may be about those alone.
 */
const isSure = (work: Work, statement: Statement): boolean => {
  if (statement.fact?.via !== 'prose') return true;
  if (statement.scope !== 'code') return false;
  return !work.statements.some(
    (other) =>
      (speaksOfCode(other) && other.licences.length > 0 && other.licences.join() !== statement.licences.join()) ||
      (statement.licences.length === 0 && !speaksOfCode(other) && other.stated === statement.stated),
  );
};

/** A manifest that the text beside it contradicts: which of them holds is for licence-mismatch. */
const isContradicted = (work: Work, statement: Statement, asked: (statement: Statement) => boolean): boolean =>
  isOfPackage(statement.fact?.via) &&
  work.statements.some((other) => other.fact?.via === 'text' && speaksOfCode(other) && other.licences.length > 0 && !asked(other));

/** The text in a folder whose own words name that licence for its data or weights, and none for its code, is theirs. */
const isOfOther = (context: RuleContext, work: Work, statement: Statement): boolean => {
  if (statement.fact?.via !== 'text' || statement.scope !== 'any') return false;
  const kind = restrictionOfStatement(statement, context.knowledge);
  const naming = work.statements.filter(
    (other) => other !== statement && (other.licences.some((id) => statement.licences.includes(id)) || statedCategory(other) === kind),
  );
  return naming.length > 0 && naming.every((other) => other.scope === 'data' || other.scope === 'weights');
};

const depth = (path: string): number => path.split('/').length;

/** What is written for people to read is no code, whatever its head says. */
const isDocument = /\.(?:md|mdx|markdown|rst|adoc|txt|tex|org)$/i;

/** Files and folders below the root whose code is under terms that a rule asks for, the nearest to the root first. */
export const partsUnder = (context: RuleContext, asked: (statement: Statement) => boolean): readonly Part[] => {
  const out: Part[] = [];
  for (const work of sortedWorks(context)) {
    const { path } = work;
    if (!work.local || path === null || path === '.' || path.includes('#') || work.kind !== 'code') continue;
    const statement = work.statements.find(
      (entry) =>
        entry.at !== null &&
        entry.speaker !== 'other' &&
        speaksOfCode(entry) &&
        entry.fact?.via !== 'badge' &&
        asked(entry) &&
        isSure(work, entry) &&
        !isContradicted(work, entry, asked) &&
        !isOfOther(context, work, entry),
    );
    if (!statement?.at) continue;
    const file = context.artefacts.has(path);
    if (file ? isDocument.test(path) : !holdsCode(context, path)) continue;
    const around = wholeOf(context, path);
    // Under the same terms as what lies around it: nothing new.
    if (!around || statement.licences.some((id) => around.declared.some((terms) => bareLicence(terms.id) === bareLicence(id)))) continue;
    out.push({ work, statement, at: statement.at, ...around });
  }
  return out.toSorted((a, b) => depth(a.work.path ?? '') - depth(b.work.path ?? '') || compareText(a.work.id, b.work.id));
};

/** Made once for a lineage: there may be as many works as files. */
const statedIn = memoBy(
  ({ works }: Lineage): ReadonlySet<string> =>
    new Set([...works.values()].flatMap((work) => (work.local ? work.statements.flatMap(({ licences }) => licences.map(bareLicence)) : []))),
);

/** Some statement of the tree, in whatever file, names the terms: whoever takes the work is told. */
export const isStatedHere = (context: RuleContext, licence: string): boolean => statedIn(context.lineage).has(bareLicence(licence));

/** The whole says so itself, somewhere: whoever takes it is told. */
export const wholeSays = (whole: Work, licences: readonly string[]): boolean => {
  const bare = licences.map(bareLicence);
  return whole.statements.some((statement) => statement.licences.some((id) => bare.includes(bareLicence(id))));
};

/** Parts under the same terms in the same whole are one decision. */
export const groupedParts = (parts: readonly Part[]): readonly (readonly Part[])[] => {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.whole.id} ${part.statement.licences.map(bareLicence).join('+') || part.statement.stated}`;
    const known = groups.get(key);
    if (known) known.push(part);
    else groups.set(key, [part]);
  }
  return [...groups.values()];
};

export const worksOf = (parts: readonly Part[]): readonly WorkId[] => parts.slice(0, 10).map((part) => part.work.id);

/** The licence of a statement that asks for the sources of the whole; where the reader may choose a freer one, or an exception lifts it, there is none. */
export const copyleftOf = (context: RuleContext, statement: Statement): Terms | undefined => {
  if (/\swith\s/i.test(statement.stated)) return undefined;
  const terms = statement.licences.map((id) => context.knowledge.terms(id));
  if (statement.choice && terms.some((each) => each?.category !== 'copyleft')) return undefined;
  return terms.find((each) => each?.category === 'copyleft');
};

/** The same, and licences that ask it of the files alone which are under them: whoever copied such a file has to keep it under them. */
export const copiedCopyleftOf = (context: RuleContext, statement: Statement): Terms | undefined => {
  const strong = copyleftOf(context, statement);
  if (strong || statement.choice || /\swith\s/i.test(statement.stated)) return strong;
  return statement.licences.map((id) => context.knowledge.terms(id)).find((each) => each?.category === 'weak-copyleft');
};

const modulesAmong = memoBy((paths: readonly string[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const [folder, own] of filesByFolder(paths)) {
    if (folder !== '.') for (const part of folder.split('/')) names.add(part.replace(/\.pyi?$/, ''));
    for (const path of own) names.add(path.slice(path.lastIndexOf('/') + 1).replace(/\.pyi?$/, ''));
  }
  return names;
});

/** Names of Python modules and of folders that the tree has: made once for a set of files. */
const modulesOf = (context: RuleContext): ReadonlySet<string> => modulesAmong(pathsOf(context.artefacts));

/** The tree has a module or a folder of that name. */
export const hasModule = (context: RuleContext, name: string): boolean => [name, name.replaceAll('-', '_')].some((each) => modulesOf(context).has(each));

/** What is imported by a name that the tree itself has is taken from there; what is named by its repository too is told there. */
export const isToldElsewhere = (context: RuleContext, work: WorkId): boolean => {
  const record = context.knowledge.package(work);
  const repository = context.lineage.works.get(record?.repository ?? '');
  return (
    (record?.imports ?? []).some((name) => modulesOf(context).has(name)) ||
    (repository?.mentions ?? []).some((mention) => mention.role === 'decision' && mention.type !== 'publishes')
  );
};

const wide: readonly Terms['category'][] = ['public-domain', 'permissive', 'weak-copyleft'];

/** Everybody may put it into a closed product: what a part under copyleft does not allow. */
export const isWide = (declared: readonly Terms[]): boolean => declared.length > 0 && declared.every((terms) => wide.includes(terms.category));

/** Handed on as code, or, where the terms ask for it, as a service. */
export const isShipped = (context: RuleContext, terms: Terms): boolean => {
  const { distribute } = context.lineage.profile;
  return distribute.includes('code') || (distribute.includes('service') && servedClause(terms) !== undefined);
};

/** The clause on users over a network. */
export const servedClause = (terms: Terms): Clause | undefined => terms.clauses.find((clause) => clause.kind === 'same-licence' && clause.on === 'serve');

export interface HandedOn {
  readonly terms: readonly Terms[];
  readonly at: At;
}

/** What a work of this repository is handed on under: its own word, else what the policy means to publish its data under. */
export const handedOnUnder = (context: RuleContext, work: Work): HandedOn | undefined => {
  const own = decidingStatements(work)[0];
  const terms = declaredTerms(work, context.knowledge);
  if (own?.at && terms.length > 0) return { terms, at: own.at };
  const meant = work.kind === 'dataset' ? meantBy(context.policy.publish?.data, context.knowledge) : [];
  return meant.length > 0 && context.policy.path !== null ? { terms: meant, at: { path: context.policy.path, slot: 'publish:data' } } : undefined;
};

/** What a work of this repository takes from elsewhere, by a decision, along one kind of relation. What a name alone tells is no decision. */
export const takenFrom = (context: RuleContext, work: Work, type: RelationType): readonly Edge[] =>
  (context.lineage.edgesFrom.get(work.id) ?? []).filter(
    (edge) => edge.type === type && edge.role === 'decision' && edge.evidence !== 'name' && !edge.to.startsWith('local:'),
  );
