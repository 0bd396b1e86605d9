import type { Clause, ClauseKind, Knowledge, Threshold } from '../knowledge/types.ts';
import { isWithin } from '../knowledge/territories.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { granted } from '../lineage/bindings.ts';
import { isDuty, statedCategory } from '../lineage/clauses.ts';
import { relationWords, shortName } from '../lineage/path.ts';
import type { Binding, Lineage, Profile, Statement, Work } from '../lineage/types.ts';
import { confidenceText } from './description.ts';

/** From best to worst; `open` = nothing known says. */
export type Verdict = 'yes' | 'conditions' | 'open' | 'no';
const order: readonly Verdict[] = ['yes', 'conditions', 'open', 'no'];

export interface GlancePoint {
  readonly verdict: Verdict;
  /** What it says, in our words. */
  readonly text: string;
  readonly clause: string | null;
}

/** "May I use this, for what, on which condition, says who, as of when": the answer to put above everything else that is known. */
export interface Glance {
  readonly verdict: Verdict;
  /** A few words that stand alone: "No, not for commercial use". */
  readonly answer: string;
  /** Which use was weighed, and where it is stated. */
  readonly use: string;
  /** What makes the answer, the worst first; nothing that is simply allowed. */
  readonly points: readonly GlancePoint[];
  /** What is owed to who licenses it, where it is handed on. */
  readonly duties: readonly GlancePoint[];
  readonly says: readonly string[];
  /** Each from the work to what reaches it. */
  readonly ways: readonly string[];
}

const point = (verdict: Verdict, clause: Clause, text = clause.what): GlancePoint => ({ verdict, text, clause: clause.clause });

const counted = (threshold: Threshold, { monthlyActiveUsers, usersAt }: Profile): number | null =>
  threshold.kind === 'revenue' ? null : threshold.frozenAt === null ? monthlyActiveUsers : (usersAt[threshold.frozenAt] ?? null);

const amount = (users: number): string => users.toLocaleString('en-GB').replaceAll(',', ' ');

/** Of those who come in a month not all come in a day: numbers of a policy speak of months. */
const thresholdPoint = (clause: Clause, profile: Profile): GlancePoint => {
  const { threshold } = clause;
  const users = threshold ? counted(threshold, profile) : null;
  if (!threshold || users === null) return point('conditions', clause);
  const over = threshold.operator === '>=' ? users >= threshold.value : users > threshold.value;
  if (!over) return point('yes', clause);
  const verdict = threshold.effect === 'display' || threshold.kind === 'DAU' ? 'conditions' : 'no';
  return point(verdict, clause, `${clause.what}, and the policy states ${amount(users)} users`);
};

const territoryPoint = (clause: Clause, { establishedIn, territories }: Profile): GlancePoint => {
  const stated = [...(establishedIn === null ? [] : [establishedIn]), ...(clause.effect === 'forbid' ? territories : [])];
  const met = stated.filter((place) => (clause.territories ?? []).some((excluded) => isWithin(place, excluded)));
  // Some terms exclude a territory for some models only: which those are, the clause says.
  if (met.length > 0)
    return point(clause.when === undefined ? 'no' : 'conditions', clause, `${clause.what}, and the policy names ${[...new Set(met)].join(', ')}`);
  return point(stated.length > 0 ? 'yes' : 'conditions', clause);
};

/** How a use that the profile does not state is answered: as a condition, not as a refusal. */
const commercePoint = (clause: Clause, { commercial }: Profile): GlancePoint => {
  if (clause.effect === 'permit') return point('yes', clause);
  if (commercial === true && clause.effect === 'forbid') return point('no', clause);
  return point(commercial === false && clause.kind === 'commercial-use' ? 'yes' : 'conditions', clause);
};

const usePolicyPoint = (clause: Clause, profile: Profile): GlancePoint => {
  const fields = (clause.fields ?? []).filter((field) => profile.fields.includes(field));
  if (fields.length > 0 && clause.effect !== 'conditional')
    return point('no', clause, `it bars, among other uses, ${fields.join(', ')}, which the policy names`);
  if (clause.on === 'serve') return point(profile.distribute.includes('service') ? 'conditions' : 'yes', clause);
  return point('conditions', clause);
};

const handingOn = (clause: Clause, profile: Profile): GlancePoint => {
  if (clause.effect === 'permit') return point('yes', clause);
  const handed = profile.distribute.some((what) => what === 'weights' || what === 'data' || what === 'code');
  if (clause.effect === 'forbid') return point(handed ? 'no' : 'conditions', clause);
  // Within the non-commercial limits that another point tells already.
  return point(profile.commercial === true && handed ? 'conditions' : 'yes', clause);
};

const training = (clause: Clause, { trainOtherModels }: Profile): GlancePoint => {
  if (clause.effect === 'permit' || trainOtherModels === false) return point('yes', clause);
  return point(clause.effect === 'forbid' && trainOtherModels === true ? 'no' : 'conditions', clause);
};

const weighed: Readonly<Partial<Record<ClauseKind, (clause: Clause, profile: Profile) => GlancePoint>>> = {
  'research-only': commercePoint,
  'commercial-use': commercePoint,
  'user-threshold': thresholdPoint,
  territory: territoryPoint,
  registration: (clause, profile) => point(profile.commercial === false ? 'yes' : 'conditions', clause),
  'use-policy': usePolicyPoint,
  redistribution: handingOn,
  derivatives: handingOn,
  'train-on-output': training,
  'output-is-derivative': training,
  'output-commercial': (clause, profile) => (clause.effect === 'permit' || profile.commercial === false ? point('yes', clause) : point('conditions', clause)),
};

/** In the order in which somebody asks. */
const kinds = Object.keys(weighed);

const worst = (points: readonly GlancePoint[]): Verdict => order[Math.max(0, ...points.map(({ verdict }) => order.indexOf(verdict)))] ?? 'yes';

const isSaidAgain = (clause: Clause, all: readonly Clause[]): boolean =>
  (clause.kind === 'commercial-use' && clause.effect !== 'permit' && all.some((other) => other.kind === 'research-only' || other.kind === 'user-threshold')) ||
  (clause.kind === 'train-on-output' && all.some((other) => other.kind === 'output-is-derivative' && other.clause === clause.clause));

const pointsOf = ({ clauses }: Binding, profile: Profile): readonly GlancePoint[] => {
  if (clauses.length === 0) return [{ verdict: 'open', text: 'what its licence says is not recorded here', clause: null }];
  return clauses
    .filter((clause) => !isSaidAgain(clause, clauses))
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
    .flatMap((clause) => weighed[clause.kind]?.(clause, profile) ?? [])
    .filter(({ verdict }) => verdict !== 'yes');
};

/** Of licences that the licensee may pick from, the one that asks least. */
const chosen = (bindings: readonly Binding[], profile: Profile): readonly Binding[] => {
  const picked = new Map<Statement, Binding>();
  for (const binding of bindings.filter(({ statement }) => statement.choice)) {
    const best = picked.get(binding.statement);
    const rank = (each: Binding): number => order.indexOf(worst(pointsOf(each, profile))) * 100 + each.clauses.filter(isDuty).length;
    if (!best || rank(binding) < rank(best)) picked.set(binding.statement, binding);
  }
  return bindings.filter((binding) => !binding.statement.choice || picked.get(binding.statement) === binding);
};

const useText = ({ commercial, origin, at, distribute }: Profile): string => {
  if (origin === 'none' || (origin === 'inferred' && commercial === null)) return 'nothing here says what the use is';
  const where = origin === 'policy' ? 'pedigree.yaml' : `inferred from ${at?.path ?? 'the root'}`;
  const what = commercial === null ? 'commercial or not is not stated' : commercial ? 'commercial' : 'non-commercial';
  return `${what}${distribute.length > 0 ? `, ${distribute.join(' and ')} handed on` : ''} (${where})`;
};

const evidenceWords: Readonly<Record<string, string>> = {
  text: 'its text, in this tree',
  notice: 'a notice in this tree',
  declared: 'declared in this tree',
  cache: 'its card in the local cache',
  hub: 'its card on the hub',
  catalogue: 'the catalogue',
  name: 'its name alone, a guess',
};

/** "the catalogue (the publisher's own repository), as of 2025-07-15": what a statement rests on. A record without a date of its own is as old as the tables. */
const restsOn = (statement: Statement, knowledge: Knowledge): string => {
  const where = statement.at ? `, ${statement.at.path}` : '';
  const date = statement.asOf ?? (['catalogue', 'name'].includes(statement.evidence) ? knowledge.version : null);
  const note = statement.note === undefined ? '' : ` (${statement.note})`;
  const known = statement.evidence === 'catalogue' && statement.confidence !== null ? ` (${confidenceText(statement.confidence)})` : '';
  return `${evidenceWords[statement.evidence] ?? statement.evidence}${known}${where}${date ? `, as of ${date}` : ''}${note}`;
};

/** "org/model ← adapter of org/tuned ← fine-tune of org/base": the way from a work to what reaches it. */
const wayText = (work: string, { path, clauses }: Binding): string => {
  const cited = [...new Set(clauses.flatMap((clause) => clause.clause ?? []))].slice(0, 5).join(', ');
  return `${shortName(work)} ← ${path.map((edge) => `${relationWords(edge.type)} ${shortName(edge.to)}`).join(' ← ')}${cited === '' ? '' : ` (${cited})`}`;
};

const onlyFor = (clauses: readonly Clause[]): string | undefined => {
  if (clauses.some((clause) => clause.kind === 'research-only' && clause.effect !== 'permit')) return 'Only for research';
  return clauses.some((clause) => clause.kind === 'commercial-use' && clause.effect === 'forbid') ? 'Only for non-commercial use' : undefined;
};

const answerText = (verdict: Verdict, clauses: readonly Clause[], { commercial }: Profile): string => {
  const purpose = commercial === null ? '' : commercial ? ' for commercial use' : ' for non-commercial use';
  if (verdict === 'open') return 'Not known';
  if (verdict === 'no') return commercial === true && onlyFor(clauses) !== undefined ? 'No, not for commercial use' : 'No, not as it is used here';
  const limit = onlyFor(clauses);
  if (limit !== undefined && commercial !== false) return limit;
  return verdict === 'yes' ? `Yes${purpose === '' ? '' : `,${purpose}`}` : `Yes${purpose}, on conditions`;
};

const dutyKinds: readonly ClauseKind[] = [
  'display-notice',
  'name-prefix',
  'notice-file',
  'same-licence',
  'flow-down',
  'licence-copy',
  'attribution',
  'state-changes',
];

const dutiesOf = (bindings: readonly Binding[]): readonly GlancePoint[] => {
  const clauses = bindings.flatMap((binding) => binding.clauses).filter((clause) => isDuty(clause) && dutyKinds.includes(clause.kind));
  const rows = clauses.toSorted((a, b) => dutyKinds.indexOf(a.kind) - dutyKinds.indexOf(b.kind)).map((clause) => point('conditions', clause));
  return [...new Map(rows.map((row) => [row.text, row])).values()];
};

const unlicensed = (work: Work, lineage: Lineage, knowledge: Knowledge): Glance => {
  const { profile } = lineage;
  const stated = work.statements.find((statement) => statement.stated !== '');
  const category = stated ? statedCategory(stated) : undefined;
  const base = { use: useText(profile), duties: [], ways: [], says: stated ? [restsOn(stated, knowledge)] : [] };
  if (category !== undefined) {
    const what = category === 'research-only' ? 'research' : 'non-commercial use';
    const verdict = profile.commercial === true ? 'no' : 'conditions';
    const answer = verdict === 'no' ? 'No, not for commercial use' : `Only for ${what}`;
    return { ...base, verdict, answer, points: [{ verdict, text: `stated as for ${what} only, without a licence`, clause: null }] };
  }
  const text = stated && stated.licences.length === 0 ? `stated as "${stated.stated}", which names no terms that are known` : 'nothing known states its terms';
  return { ...base, verdict: 'open', answer: 'Not known', points: [{ verdict: 'open', text: `${text}: that allows nothing by itself`, clause: null }] };
};

/** The answer for a work under the use profile of this tree; undefined for services, whose terms bind who calls them. */
export const glanceAt = (id: string, lineage: Lineage, knowledge: Knowledge): Glance | undefined => {
  const work = lineage.works.get(id);
  if (!work || work.kind === 'service') return undefined;
  const { profile } = lineage;
  const grant = granted(work);
  if (grant !== undefined)
    return { verdict: 'yes', answer: 'Yes, by a grant', use: useText(profile), points: [], duties: [], says: [`"${grant}", noted in pedigree.yaml`], ways: [] };
  const bindings = chosen(lineage.bindings.get(id) ?? [], profile);
  if (bindings.length === 0) return work.local ? undefined : unlicensed(work, lineage, knowledge);
  const points = bindings.flatMap((binding) => pointsOf(binding, profile)).toSorted((a, b) => order.indexOf(b.verdict) - order.indexOf(a.verdict));
  const clauses = bindings.flatMap((binding) => binding.clauses);
  const verdict = worst(points);
  const guessed = bindings.some(({ statement }) => statement.evidence === 'name') ? ', judging by its name alone' : '';
  return {
    verdict,
    answer: `${answerText(verdict, clauses, profile)}${guessed}`,
    use: useText(profile),
    points: [...new Map(points.map((each) => [`${each.text} ${each.clause ?? ''}`, each])).values()],
    duties: dutiesOf(bindings),
    says: [...new Set(bindings.map(({ licence, statement }) => `${titleOfLicence(licence, knowledge)}: ${restsOn(statement, knowledge)}`))],
    ways: bindings.filter(({ inherited }) => inherited).map((binding) => wayText(id, binding)),
  };
};
