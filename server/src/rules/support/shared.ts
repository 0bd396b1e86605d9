import { isCalledSo, isOffered, isOneWay, isPreset, isShown, linkedFile, namedSetting, withoutWeights } from '../../artefacts/via.ts';
import { byApplication as byApplicationOnly, byDuty } from '../../artefacts/prose/applications.ts';
import { byFileName } from '../../artefacts/weights-paths.ts';
import type { Scope, WorkId, WorkKind } from '../../artefacts/types.ts';
import { modifications } from '../../knowledge/types.ts';
import type { Clause, Terms } from '../../knowledge/types.ts';
import { granted } from '../../lineage/bindings.ts';
import { decidingClause, isNonCommercial, restrictionOf, restrictionOfStatement, statedCategory } from '../../lineage/clauses.ts';
import type { Restriction } from '../../lineage/clauses.ts';
import { homesOf } from '../../lineage/homes.ts';
import { rootWork } from '../../lineage/local.ts';
import { hubOf } from '../../lineage/remote.ts';
import { relationWords, shortName } from '../../lineage/path.ts';
import type { Binding, Lineage, Mention, Statement, Work } from '../../lineage/types.ts';
import type { Severity } from '../../protocol/report.ts';
import { basis, bindingsFor, cite, declaredTerms, licenceName, otherMentions, soften, sortedWorks } from './helpers.ts';
import { inDemo, inUpkeep, isExample, isNotebook, isTriedOut, originalsFirst } from './examples.ts';
import { isStatedHere } from './parts.ts';
import { siblingWays } from './siblings.ts';
import type { RawFinding, RuleContext } from '../types.ts';
import { isMeasured, isOfAbsent } from './uses.ts';

/** What the three rules on restricted works differ in. */
export interface UseOfRestricted {
  readonly kind: WorkKind;
  readonly scopes: readonly Scope[];
  readonly applies: (restriction: Restriction) => boolean;
  /** Level of a mere load under a profile that is commercial: inferred from the root licence, or stated in the policy. */
  readonly loaded: { readonly inferred: Severity; readonly stated: Severity };
}

/** The binding whose clauses make the restriction, so that the message cites the right terms. */
const decidingBinding = (bindings: readonly Binding[], applies: (restriction: Restriction) => boolean): Binding | undefined =>
  bindings.find((binding) => applies(restrictionOf(binding.clauses)));

/** What the derived work declares; the output of a configuration is declared by the card above it, else by the whole. */
const declaredFor = (context: RuleContext, mention: Mention): readonly Terms[] => {
  for (const id of [mention.from, context.lineage.workOf(mention.at.path), rootWork]) {
    const declared = declaredTerms(context.lineage.works.get(id), context.knowledge);
    if (declared.length > 0) return declared;
  }
  return [];
};

/** A set that is named for it is there to measure with. */
const forEvaluation = /(?:^|[-_/])(?:eval\w*|bench(?:mark)?s?|tests?|leaderboard)(?:$|[-_])/i;

/** Whoever only runs a model there looks at how well it does, and makes nothing of the data. */
const inUse = /(?:^|\/)(?:inference|infer|predict(?:ion)?s?)\//i;

/** Sets that one program offers to load: more than these are a catalogue of them, and whoever runs it picks. */
const mostLoaded = 12;

const loadedIn = new WeakMap<Lineage, ReadonlyMap<string, number>>();

/** How many data sets the calls of each file load. Made once for a lineage. */
const loadsOf = (lineage: Lineage): ReadonlyMap<string, number> => {
  const known = loadedIn.get(lineage);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const { type, at, to } of lineage.edges) {
    if (type !== 'loads' || at === null || lineage.works.get(to)?.kind !== 'dataset') continue;
    found.set(at.path, (found.get(at.path) ?? new Set<string>()).add(to));
  }
  const counts = new Map([...found].map(([path, works]) => [path, works.size]));
  loadedIn.set(lineage, counts);
  return counts;
};

/** Sentences or badges of the whole already limit its weights, or its data, to such use: whoever takes them is told. */
const isToldHere = (context: RuleContext, rule: UseOfRestricted): boolean =>
  (context.lineage.works.get(rootWork)?.statements ?? []).some((statement) => {
    const isSaid = (statement.fact?.via === 'prose' || statement.fact?.via === 'badge') && statement.scope === (rule.kind === 'dataset' ? 'data' : 'weights');
    return isSaid && isNonCommercial(statedCategory(statement) ?? restrictionOfStatement(statement, context.knowledge));
  });

const severityOf = (context: RuleContext, rule: UseOfRestricted, told: boolean, work: Work, mention: Mention): Severity => {
  const { profile } = context.lineage;
  if (mention.role !== 'decision' || mention.type === 'testedOn' || isExample(context, mention.at.path) || isPreset(mention.at.fact)) return 'information';
  // Of several that lie side by side whoever runs one picks it.
  if (rule.kind === 'model' && siblingWays(context.lineage).has(mention.at.path)) return 'information';
  if (mention.type === 'loads') {
    if (profile.commercial !== true || mention.via === withoutWeights || mention.via === byFileName) return 'information';
    if ((rule.kind === 'dataset' && inUse.test(mention.at.path)) || inUpkeep.test(mention.at.path)) return 'information';
    if (told || inDemo.test(mention.at.path)) return 'information';
    if (isTriedOut(context, mention.at.path)) return 'information';
    // Data that a script of cells only loads are looked at there, too.
    if (rule.kind === 'dataset' && (isNotebook(context, mention.at.path) || forEvaluation.test(hubOf(work.id)?.id ?? ''))) return 'information';
    if (rule.kind === 'dataset' && (loadsOf(context.lineage).get(mention.at.path) ?? 0) > mostLoaded) return 'information';
    return profile.origin === 'policy' ? rule.loaded.stated : rule.loaded.inferred;
  }
  const takes = mention.type === 'bundles' || mention.type === 'trainedOn' || mention.type === 'distilledFrom' || modifications.includes(mention.type);
  if (!takes || profile.commercial === false) return 'information';
  // What a README tells of a model that it names, and that is not here, has its terms where it is handed on.
  if (isOfAbsent(mention)) return 'information';
  // A right declaration of the same restriction by the derived work is what the rule asks for.
  const declared = declaredFor(context, mention);
  if (declared.some((terms) => rule.applies(restrictionOf(terms.clauses)) || isNonCommercial(restrictionOf(terms.clauses)))) return 'information';
  // Declared wider: licence-laundering says so as an error at the declaration, once.
  if (declared.length > 0 && rule.loaded.inferred === 'information') return 'information';
  return profile.origin === 'none' && declared.length === 0 ? 'information' : 'warning';
};

/** How loud a use of a work is. What holds for the whole tree is looked up once. */
const gradeOf = (context: RuleContext, rule: UseOfRestricted): ((work: Work, mention: Mention) => Severity) => {
  const told = isToldHere(context, rule);
  const homes = homesOf(context.artefacts, context.surroundings);
  /** Data that this project hands out itself: it set the terms. */
  const isOwn = (work: Work, path: string): boolean => {
    const id = rule.kind === 'dataset' ? (hubOf(work.id)?.id ?? '') : '';
    return id.includes('/') && homes.hasOwner(`github.com/${id.toLowerCase()}`, path);
  };
  return (work, mention) => (mention.type === 'loads' && isOwn(work, mention.at.path) ? 'information' : severityOf(context, rule, told, work, mention));
};

interface Restricting {
  readonly statement: Statement;
  /** Undefined where it has words of its own. */
  readonly id: string | undefined;
  /** Whose terms reach it. */
  readonly source: WorkId | undefined;
  readonly licence: string;
  readonly via: string;
  readonly clause: Clause | undefined;
  readonly what: string;
}

const words: Readonly<Record<string, string>> = { 'research-only': 'use is for research only', 'non-commercial': 'commercial use is not permitted' };

/** What binds a work so: a licence that does, else what its page is recorded as saying in words of its own. */
const restricting = (context: RuleContext, rule: UseOfRestricted, work: Work): Restricting | undefined => {
  const bindings = bindingsFor(context, work.id);
  const binding = decidingBinding(bindings, rule.applies);
  if (binding && rule.applies(restrictionOf(bindings.flatMap((entry) => entry.clauses)))) {
    const clause = decidingClause(binding.clauses);
    return {
      statement: binding.statement,
      id: binding.licence,
      source: binding.inherited ? binding.source : undefined,
      licence: licenceName(binding.licence, context.knowledge),
      via: binding.inherited ? `, which reaches it from ${shortName(binding.source)}` : '',
      clause,
      what: clause?.what ?? 'its use is restricted',
    };
  }
  // What its own page says goes before what reaches it from a base.
  if (bindings.some((entry) => !entry.inherited) || granted(work) !== undefined) return undefined;
  for (const statement of work.statements) {
    const category = statedCategory(statement);
    if (category !== undefined && rule.applies(category))
      return {
        statement,
        id: undefined,
        source: undefined,
        licence: 'terms of its own',
        via: '',
        clause: undefined,
        what: words[category] ?? 'its use is restricted',
      };
  }
  return undefined;
};

/** The part of the tree: its first folder. */
export const areaOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

/** Of a model of the hub, in its id. */
const ownerOf = (id: WorkId): string => (hubOf(id)?.id.includes('/') ? id.slice(0, id.lastIndexOf('/')).toLowerCase() : id);

/** What the sizes and editions of one model are called: the letters that its name begins with. */
const familyOf = (id: WorkId): string => /^[a-z]+/.exec(id.slice(id.lastIndexOf('/') + 1).toLowerCase())?.[0] ?? id;

/** What a package loads by a name of its own, where the same files were just taken from a repository of that name. */
const isTakenBeside = (context: RuleContext, work: Work, { at }: Mention): boolean => {
  const name = work.id.startsWith('url:') ? work.id.slice(work.id.lastIndexOf('/')).toLowerCase() : undefined;
  return name !== undefined && context.lineage.edges.some((edge) => edge.at?.path === at.path && edge.to !== work.id && edge.to.toLowerCase().endsWith(name));
};

/** Models that a tree only measures: more of them are a list of what there is to measure. */
const mostMeasured = 8;

/** Models under such terms that evaluations load and nothing else does. */
const measuredOnly = (context: RuleContext, rule: UseOfRestricted): ReadonlySet<Work> => {
  const works = sortedWorks(context).filter(
    (work) =>
      rule.kind === 'model' &&
      work.kind === 'model' &&
      !work.local &&
      !work.mentions.some(({ role }) => role === 'decision') &&
      work.mentions.some(isMeasured) &&
      restricting(context, rule, work) !== undefined,
  );
  return new Set(works.length > mostMeasured ? [] : works);
};

/** Its owner's own README shows how to load it: who published it set the terms. Files that it offers may be under others than the code beside them. */
const isShownByOwner = (context: RuleContext, work: Work, { at, via }: Mention): boolean => {
  const id = isShown(at.fact) && via !== linkedFile ? (hubOf(work.id)?.id ?? '') : '';
  return id.includes('/') && homesOf(context.artefacts, context.surroundings).hasOwner(`github.com/${id.toLowerCase()}`, at.path);
};

/** A remote work under such terms, used here: one finding at the best place, the others related. */
function* uses(context: RuleContext, rule: UseOfRestricted): Iterable<RawFinding> {
  const grade = gradeOf(context, rule);
  const measured = measuredOnly(context, rule);
  // The hub takes any capitals: one work, however it is spelled, is warned of once.
  const warned = new Set<string>();
  for (const work of sortedWorks(context)) {
    if (work.local || work.kind !== rule.kind) continue;
    const bound = restricting(context, rule, work);
    if (!bound) continue;
    const { statement, clause } = bound;
    const isTold = bound.id !== undefined && isStatedHere(context, bound.id);
    const chosen = work.mentions.filter(
      (mention) =>
        mention.role === 'decision' &&
        !isTakenBeside(context, work, mention) &&
        !isShownByOwner(context, work, mention) &&
        (!isTold || !isOffered(mention.at.fact)),
    );
    // What data are only measured with, nothing is made of.
    const found = chosen.length > 0 || !measured.has(work) ? chosen : work.mentions.filter(isMeasured);
    const decisions = originalsFirst(context, found, ({ at }) => at.path);
    // A call that is seen to take it tells more than a setting or its name in a sentence, and that more than where it is offered; one that always
    // happens tells more than one way of several, or what only shows it.
    const isWeak = ({ at }: Mention): boolean => isOneWay(at.fact) || isShown(at.fact) || isExample(context, at.path) || inDemo.test(at.path);
    const rankOf = (mention: Mention): number => {
      if (mention.via === byFileName) return 2 + Number(isWeak(mention)) / 2;
      return isOffered(mention.at.fact)
        ? 3
        : mention.via === namedSetting || mention.via === linkedFile || isCalledSo(mention.at.fact)
          ? 2
          : Number(isWeak(mention));
    };
    const ranked = decisions.map((mention) => ({ mention, rank: rankOf(mention) })).toSorted((a, b) => a.rank - b.rank);
    const graded = ranked.map(({ mention }) => ({ mention, severity: soften(grade(work, mention), statement) }));
    const place = graded.find((entry) => entry.severity === 'error') ?? graded.find((entry) => entry.severity === 'warning') ?? graded[0];
    if (!place) continue;
    // Works of one owner under one licence, or of one family, that a part of the tree runs with, one after the other, are one decision.
    const owned = `${ownerOf(work.id)} ${areaOf(place.mention.at.path)}`;
    // So are copies of one model that several accounts put up under its name.
    const named = `${bound.licence} ${shortName(work.id).toLowerCase().split('/').at(-1) ?? ''}`;
    const keys = [work.id.toLowerCase(), `${bound.licence} ${owned}`, `${familyOf(work.id)} ${owned}`, named];
    // An adapter on the very base that the same file loads says nothing more.
    const besideBase =
      bound.source !== undefined &&
      context.lineage.works.get(bound.source)?.mentions.some(({ role, at }) => role === 'decision' && at.path === place.mention.at.path);
    const again = besideBase === true || keys.some((key) => warned.has(key));
    if (place.severity !== 'information') for (const key of keys) warned.add(key);
    yield {
      messageId: rule.kind === 'dataset' && place.mention.type === 'loads' ? 'loaded' : 'used',
      data: {
        work: shortName(work.id),
        licence: bound.licence,
        via: bound.via,
        clause: cite(clause),
        what: bound.what,
        basis: place.mention.via === byFileName ? 'judging by the name of the file or folder' : basis(statement),
        how: relationWords(place.mention.type),
      },
      at: place.mention.at,
      severity: again ? 'information' : place.severity,
      works: [work.id],
      clause: clause?.clause ?? null,
      evidence: statement.evidence,
      confidence: statement.confidence,
      related: otherMentions(place.mention.at, work.mentions, `${shortName(work.id)} is used here too`, (mention) =>
        found.includes(mention) ? soften(grade(work, mention), statement) : undefined,
      ),
    };
  }
}

const isOwnStatement = (rule: UseOfRestricted, work: Work, scope: Scope, via: string | undefined): boolean => {
  if (rule.scopes.includes(scope)) return true;
  return scope === 'any' && work.kind === rule.kind && via !== undefined;
};

/** A card, or weights, that hands on the terms of a base which is chosen in a file here, where `uses` tells the same. */
const isToldAtBase = (context: RuleContext, work: Work, { licences, fact }: Statement): boolean =>
  (fact?.via === 'card' || fact?.via === 'weights') &&
  bindingsFor(context, work.id).some((binding) => {
    const base = context.lineage.works.get(binding.path[0]?.to ?? '');
    const isSame = binding.inherited && binding.licence === licences[0] && binding.statement.evidence !== 'name';
    return isSame && base?.local === false && base.mentions.some((mention) => mention.role === 'decision');
  });

/** The repository's own word that a work of its own is under such terms: information, so that nobody overlooks it. */
function* declarations(context: RuleContext, rule: UseOfRestricted): Iterable<RawFinding> {
  const grade = gradeOf(context, rule);
  for (const work of sortedWorks(context)) {
    if (!work.local) continue;
    const said = work.statements.filter(
      (statement) =>
        statement.at !== null &&
        (statement.speaker !== 'other' || work.id.includes('#')) &&
        isOwnStatement(rule, work, statement.scope, statement.fact?.via) &&
        rule.applies(restrictionOfStatement(statement, context.knowledge)),
    );
    // A licence by its name says more than that commerce has to be asked for.
    const first = (said[0]?.stated === byApplicationOnly ? said.find(({ licences }) => licences.length > 0) : undefined) ?? said[0];
    if (!first?.at) continue;
    const licence = first.licences[0];
    const terms = licence === undefined ? undefined : context.knowledge.terms(licence);
    const clause = decidingClause(terms?.clauses ?? []);
    const byApplication = restrictionOfStatement(first, context.knowledge) === 'use-restricted';
    const own = first.at;
    // Packed weights that say so themselves, handed on with a whole that may be used more freely.
    const handedOn = work.mentions.some((mention) => mention.type === 'bundles' && grade(work, mention) === 'warning');
    if (!handedOn && isToldAtBase(context, work, first)) continue;
    yield {
      messageId: 'declared',
      data: {
        licence: terms?.name ?? licence ?? (byApplication ? 'terms of their own' : 'non-commercial or research terms'),
        clause: cite(clause),
        what:
          clause?.what ??
          (first.stated === byDuty
            ? 'whoever uses them agrees to what is said here'
            : byApplication
              ? 'commercial use has to be applied for'
              : 'commercial use is not granted'),
      },
      at: own,
      severity: handedOn ? 'warning' : 'information',
      works: [work.id],
      clause: clause?.clause ?? null,
      evidence: first.evidence,
      confidence: terms?.confidence ?? null,
      related: said
        .filter((statement) => statement !== first)
        .slice(0, 19)
        .flatMap((statement) => (statement.at ? [{ at: statement.at, message: 'the same is stated here' }] : [])),
    };
  }
}

export function* findRestricted(context: RuleContext, rule: UseOfRestricted): Iterable<RawFinding> {
  yield* uses(context, rule);
  yield* declarations(context, rule);
}
