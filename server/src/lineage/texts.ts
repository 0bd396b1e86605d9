import type { Artefact } from '../artefacts/artefact.ts';
import { localWork } from '../artefacts/hub-id.ts';
import { fileMark } from '../artefacts/prose/statements.ts';
import type { LicenceFact } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { folderOf } from './local.ts';
import { noticesOf } from './notices.ts';
import type { Statement } from './types.ts';

const ofSoftware: readonly string[] = ['public-domain', 'permissive', 'weak-copyleft', 'copyleft'];

/**
 * A licence text whose name has the name of something else (`OTTER_LICENSE`), beside one whose name has none, is that of a program which
 * lies there too: it states nothing of the work itself. Terms of models stay, since they are often named for the model that the work is about.
 */
export const setApart = (drafts: Iterable<{ readonly statements: Statement[] }>, artefacts: ReadonlyMap<string, Artefact>, knowledge: Knowledge): void => {
  for (const { statements } of drafts) {
    if (!statements.some(({ fact }) => fact?.via === 'text' && fact.namedFor === undefined)) continue;
    for (const [at, statement] of statements.entries()) {
      const name = statement.fact?.namedFor;
      if (name === undefined || statement.licences.length === 0 || noticesOf(artefacts).isOurs(name) === true) continue;
      const isPlain = statement.licences.every((id) => ofSoftware.includes(knowledge.terms(id)?.category ?? ''));
      if (isPlain) statements[at] = { ...statement, speaker: 'other' };
    }
  }
};

/** A statement that links to a licence file says what that file says; one whose file is not there says nothing. */
export const linkedText = (artefacts: ReadonlyMap<string, Artefact>, path: string, fact: LicenceFact): LicenceFact | undefined => {
  if (!fact.stated.startsWith(fileMark)) return fact;
  const target = localWork(`${folderOf(path) === '.' ? '' : `${folderOf(path)}/`}${fact.stated.slice(fileMark.length)}`);
  const facts = artefacts.get((target ?? '').slice('local:'.length))?.facts ?? [];
  return facts.find((entry): entry is LicenceFact => entry.kind === 'licence' && entry.via === 'text');
};
