import type { Artefact } from '../artefacts/artefact.ts';
import { localWork } from '../artefacts/hub-id.ts';
import { fileMark } from '../artefacts/prose/statements.ts';
import type { LicenceFact } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { folderOf } from './local.ts';
import { noticesOf } from './notices.ts';
import type { Statement } from './types.ts';

const ofSoftware: readonly string[] = ['public-domain', 'permissive', 'weak-copyleft', 'copyleft'];

interface Draft {
  readonly statements: Statement[];
}

/**
 * A licence text whose name has the name of something else (`OTTER_LICENSE`), beside one whose name has none, is that of a program which
 * lies there too: it states nothing of the work itself. Terms of models stay, since they are often named for the model that the work is about.
 */
const setApartIn = (draft: Draft, artefacts: ReadonlyMap<string, Artefact>, knowledge: Knowledge): void => {
  const texts = draft.statements.filter(({ fact }) => fact?.via === 'text');
  if (texts.length < 2 || !texts.some(({ fact }) => fact?.namedFor === undefined)) return;
  const notices = noticesOf(artefacts);
  for (const [at, statement] of draft.statements.entries()) {
    const name = statement.fact?.namedFor;
    const plain = statement.licences.length > 0 && statement.licences.every((id) => ofSoftware.includes(knowledge.terms(id)?.category ?? ''));
    if (name !== undefined && plain && notices.isOurs(name) !== true) draft.statements[at] = { ...statement, speaker: 'other' };
  }
};

export const setApart = (drafts: Iterable<Draft>, artefacts: ReadonlyMap<string, Artefact>, knowledge: Knowledge): void => {
  for (const draft of drafts) setApartIn(draft, artefacts, knowledge);
};

/** A statement that links to a licence file says what that file says; one whose file is not there says nothing. */
export const linkedText = (artefacts: ReadonlyMap<string, Artefact>, path: string, fact: LicenceFact): LicenceFact | undefined => {
  if (!fact.stated.startsWith(fileMark)) return fact;
  const target = localWork(`${folderOf(path) === '.' ? '' : `${folderOf(path)}/`}${fact.stated.slice(fileMark.length)}`);
  const facts = artefacts.get((target ?? '').slice('local:'.length))?.facts ?? [];
  return facts.find((entry): entry is LicenceFact => entry.kind === 'licence' && entry.via === 'text');
};
