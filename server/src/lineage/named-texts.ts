import type { Artefact } from '../artefacts/artefact.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { noticesOf } from './notices.ts';
import type { Statement } from './types.ts';

const ofSoftware: readonly string[] = ['public-domain', 'permissive', 'weak-copyleft', 'copyleft'];

/**
 * A licence text whose name has the name of something else (`OTTER_LICENSE`), beside one whose name has none, is that of a program which
 * lies there too: it states nothing of the work itself. Terms of models stay, since they are often named for the model that the work is about.
 */
export const setApart = (draft: { readonly statements: Statement[] }, artefacts: ReadonlyMap<string, Artefact>, knowledge: Knowledge): void => {
  const texts = draft.statements.filter(({ fact }) => fact?.via === 'text');
  if (texts.length < 2 || !texts.some(({ fact }) => fact?.namedFor === undefined)) return;
  const notices = noticesOf(artefacts);
  for (const [at, statement] of draft.statements.entries()) {
    const name = statement.fact?.namedFor;
    const plain = statement.licences.length > 0 && statement.licences.every((id) => ofSoftware.includes(knowledge.terms(id)?.category ?? ''));
    if (name !== undefined && plain && notices.isOurs(name) !== true) draft.statements[at] = { ...statement, speaker: 'other' };
  }
};
