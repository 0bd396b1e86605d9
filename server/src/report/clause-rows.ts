import type { Clause, ClauseKind } from '../knowledge/types.ts';

interface Row {
  readonly label: string;
  readonly value: string;
  readonly clause?: string;
}

const withClause = (label: string, value: string, clause: Clause | undefined): Row =>
  clause?.clause ? { label, value, clause: clause.clause } : { label, value };

const answer = (clause: Clause): string => {
  if (clause.effect === 'permit') return 'yes';
  return clause.effect === 'forbid' ? `no: ${clause.what}` : `on conditions: ${clause.what}`;
};

/** The questions a reader comes with. Where the licence has no clause, that is the answer. */
const questions: readonly { readonly label: string; readonly kinds: readonly ClauseKind[] }[] = [
  { label: 'Commercial use', kinds: ['research-only', 'commercial-use'] },
  { label: 'Redistribute', kinds: ['redistribution'] },
  { label: 'Make derivatives', kinds: ['derivatives'] },
  { label: 'Train other models on outputs', kinds: ['train-on-output', 'output-is-derivative'] },
  { label: 'Use outputs commercially', kinds: ['output-commercial'] },
];

const unsaid: Readonly<Record<string, string>> = {
  'Train other models on outputs': 'not said, so far as is known',
  'Use outputs commercially': 'not said, so far as is known',
};

/** The narrowest answer of several clauses to one question comes first. */
const rank: Readonly<Record<Clause['effect'], number>> = { forbid: 0, conditional: 1, require: 2, permit: 3 };

/** One clause says again, less exactly, what another of the same number or of a narrower kind says. */
const isRepeated = (clause: Clause, all: readonly Clause[]): boolean => {
  if (clause.kind === 'train-on-output' && clause.effect === 'conditional')
    return all.some((other) => other.kind === 'output-is-derivative' && other.clause === clause.clause);
  return clause.kind === 'commercial-use' && clause.effect === 'forbid' && all.some((other) => other.kind === 'research-only' && other.effect === 'forbid');
};

const answersTo = (clauses: readonly Clause[], kinds: readonly ClauseKind[]): readonly Clause[] =>
  clauses
    .filter((clause) => kinds.includes(clause.kind) && !isRepeated(clause, clauses))
    .toSorted((a, b) => rank[a.effect] - rank[b.effect] || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));

export const permissionRows = (clauses: readonly Clause[]): readonly Row[] =>
  questions.flatMap(({ label, kinds }): readonly Row[] => {
    const found = answersTo(clauses, kinds);
    return found.length > 0 ? found.map((clause) => withClause(label, answer(clause), clause)) : [{ label, value: unsaid[label] ?? 'not known' }];
  });

const dutyLabels: Readonly<Partial<Record<ClauseKind, string>>> = {
  'user-threshold': 'Threshold',
  'display-notice': 'Must display',
  'notice-file': 'Notice file',
  'name-prefix': 'Name',
  'licence-copy': 'Copy of the licence',
  'state-changes': 'State changes',
  'flow-down': 'Pass on',
  'same-licence': 'Same licence',
  'use-policy': 'Use policy',
  territory: 'Territory',
  attribution: 'Attribution',
  registration: 'Registration',
};

const dutyOrder: readonly ClauseKind[] = [
  'user-threshold',
  'display-notice',
  'notice-file',
  'name-prefix',
  'attribution',
  'licence-copy',
  'state-changes',
  'same-licence',
  'flow-down',
  'use-policy',
  'territory',
  'registration',
];

const dutyText = (clause: Clause): string => {
  if (clause.kind === 'notice-file' && clause.value !== undefined) return `${clause.what}: "${clause.value}"`;
  const others = clause.alternatives?.map((line) => ` or "${line}"`).join('') ?? '';
  const when = clause.kind === 'display-notice' && clause.when ? ` (when: ${clause.when.join(', ')})` : '';
  return `${clause.what}${others}${when}`;
};

export const dutyRows = (clauses: readonly Clause[]): readonly Row[] =>
  dutyOrder.flatMap((kind) => clauses.filter((clause) => clause.kind === kind).map((clause) => withClause(dutyLabels[kind] ?? kind, dutyText(clause), clause)));

/** What limits or obliges, for a table of a work: permissions are left out, and duties that every licence has. */
export const strictRows = (clauses: readonly Clause[]): readonly Row[] => {
  const limits = questions.flatMap(({ label, kinds }) => {
    const first = answersTo(clauses, kinds).find((clause) => clause.effect !== 'permit');
    return first ? [withClause(label, answer(first), first)] : [];
  });
  const usual: readonly ClauseKind[] = ['attribution', 'licence-copy', 'state-changes', 'use-policy', 'flow-down'];
  return [...limits, ...dutyRows(clauses.filter((clause) => !usual.includes(clause.kind)))];
};
