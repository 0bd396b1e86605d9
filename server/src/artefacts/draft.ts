import { resolveStated } from '../licence/resolve.ts';
import type { FieldKind, Resolution } from '../licence/resolve.ts';
import type { Knowledge, RelationType } from '../knowledge/types.ts';
import type { DataScalar } from '../text/data.ts';
import { factIds, roleOfPath } from './hub-id.ts';
import type { Anchor, Fact, LicenceFact, ReadProblem, Reading, Role, WorkId, WorkKind } from './types.ts';
import { preset } from './via.ts';

/** The facts of one file in the making: what most readers need beside their format. */
export interface Draft {
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  /** Limits that were hit on the way, by parts of the file too that are read as another kind. */
  readonly problems: ReadProblem[];
  readonly idOf: (kind: string, content: string) => string;
  readonly knowledge: Knowledge;
  readonly role: Role;
}

export const draftOf = (reader: string, path: string, knowledge: Knowledge): Draft => ({
  facts: [],
  anchors: {},
  problems: [],
  idOf: factIds(reader),
  knowledge,
  role: roleOfPath(path),
});

export const addFact = (draft: Draft, fact: Fact, anchor: Anchor): void => {
  draft.facts.push(fact);
  draft.anchors[fact.id] = anchor;
};

/** The place of a scalar in a text, without its quotes. */
export const placeOf = (node: DataScalar): Anchor => ({ span: node.inner });

/** A key of a binary file: it has no lines. */
export const placeAt = (key: string): Anchor => ({ span: { start: 0, end: 0 }, key });

export interface RelationDraft {
  readonly from: WorkId;
  readonly to: WorkId;
  readonly type: RelationType;
  readonly via: string;
  readonly revision?: string | null;
  readonly pinnable?: boolean;
  /** Where it differs from what the path says. */
  readonly role?: Role;
  /** What others choose by going on from here. */
  readonly isPreset?: true;
}

export const addRelation = (draft: Draft, { from, to, type, via, revision, pinnable, role, isPreset }: RelationDraft, anchor: Anchor): void => {
  if (from === to) return;
  addFact(
    draft,
    {
      kind: 'relation',
      id: draft.idOf(`${type}:${isPreset ? preset : ''}${via}`, `${from} ${to}`),
      from,
      to,
      type,
      role: role ?? draft.role,
      revision: revision ?? null,
      via,
      pinnable: pinnable ?? false,
      remoteCode: false,
    },
    anchor,
  );
};

/** UTF-16 units of a field that can still be the name of a licence: longer ones are its text. */
const longestName = 400;

export interface LicenceDraft extends Pick<LicenceFact, 'work' | 'scope' | 'speaker' | 'via'> {
  readonly stated: string;
  readonly field: FieldKind;
}

/** "Apache License, Version 2.0 http://...": words and one address, of which either may be known. */
const resolveWords = (value: string, knowledge: Knowledge): Resolution => {
  const whole = resolveStated(value, 'free', knowledge);
  const urls = value.match(/https?:\/\/[^\s()<>"']+/g) ?? [];
  const [url] = urls;
  if (whole.licences.length > 0 || url === undefined || urls.length > 1) return whole;
  const parts = [value.replace(url, ' ').replace(/[\s(<]+$|^[\s>)]+/g, ''), url.replace(/[.,;]+$/, '')];
  return parts.map((part) => resolveStated(part, 'free', knowledge)).find((found) => found.licences.length > 0) ?? whole;
};

/** What a field says of a work's licence. Only a field that asks for ids of a list has anything wrong with words. */
export const addLicence = (draft: Draft, { stated, field, work, scope, speaker, via }: LicenceDraft, anchor: Anchor): void => {
  const value = stated.trim();
  // Words of SPDX for "nothing said".
  if (value === '' || value.length > longestName || value === 'NOASSERTION' || value === 'NONE') return;
  const { licences, choice, problem } = field === 'free' ? resolveWords(value, draft.knowledge) : resolveStated(value, field, draft.knowledge);
  // "None", "unknown": a field that was filled in to say nothing.
  if (field === 'free' && licences.length === 0 && problem?.code !== 'invalid-id') return;
  addFact(
    draft,
    {
      kind: 'licence',
      id: draft.idOf('licence', `${work} ${value}`),
      work,
      scope,
      speaker,
      evidence: 'declared',
      stated: value,
      licences,
      choice,
      via,
      problem: field === 'free' ? null : problem,
    },
    anchor,
  );
};

export const addWork = (draft: Draft, work: WorkId, workKind: WorkKind, via: 'config' | 'weights', anchor: Anchor): void =>
  addFact(draft, { kind: 'work', id: draft.idOf('work', work), work, workKind, via }, anchor);

/** A limit that was hit, so that something was not read. */
export const limitHit = (message: string): ReadProblem => ({ message, span: null, limit: true });

/** There is more of something than is taken. */
export const moreThan = (limit: number, what: string): ReadProblem => limitHit(`more than ${limit} ${what}`);

/** A part of a file is read by a reader of its own: its limits are the file's. Each is told once. */
export const addProblems = (draft: Draft, problems: readonly ReadProblem[]): void => {
  for (const problem of problems)
    if (problem.limit && !draft.problems.some(({ message }) => message === problem.message)) draft.problems.push({ ...problem, span: null });
};

/** Of a longer file the head is read. */
export const onlyHead = (bytes: number): ReadProblem => limitHit(`only its first ${Math.round(bytes / 1000)} kB were read`);

export const readingOf = (draft: Draft, problems: readonly ReadProblem[] = []): Reading => ({
  facts: draft.facts,
  anchors: draft.anchors,
  problems: [...problems, ...draft.problems],
});

/** A file of another kind under the same name: nothing is said of it, not even that it is broken. */
export const nothingRead: Reading = { facts: [], anchors: {}, problems: [] };

/** A file whose head shows that it is of the kind, and that is longer than is read. */
export const tooLong = (bytes: number): Reading => ({
  ...nothingRead,
  problems: [limitHit(`larger than ${Math.round(bytes / 1000)} kB`)],
});
