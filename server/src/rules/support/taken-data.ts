import type { TakenFact } from '../../artefacts/types.ts';
import { restrictionOf } from '../../lineage/clauses.ts';
import { factsOf } from '../../lineage/files.ts';
import { folderOf } from '../../lineage/local.ts';
import { shortName } from '../../lineage/path.ts';
import type { FactRef, Work } from '../../lineage/types.ts';
import { licenceNames } from './helpers.ts';
import type { RawFinding, RuleContext } from '../types.ts';

export const takenMessages: Readonly<Record<string, string>> = {
  'taken-pages':
    'The data are declared {declared}, and were taken from {stated}, for whose pages nothing here states such terms. Say under which terms they may be handed on, or license your own part alone.',
  'taken-works':
    'The data are declared {declared}, and hold {stated}, which may be protected works of others. Say what allows handing them on, or license your own part alone.',
  'taken-rights':
    'The data are declared {declared}, and the card says itself that others hold rights in them. Say which part the licence covers, and leave out or mark the rest.',
};

/** What counts most comes first: the card's own word, then what the pieces are, then where they are from. */
const order: readonly TakenFact['what'][] = ['rights', 'works', 'pages'];

/** Data of pages or works of others, handed on freely in the card's own name: whether that is allowed cannot be told from here, so it is information. */
export function* takenData(context: RuleContext, work: Work): Iterable<RawFinding> {
  const declared = work.statements.find(
    (statement) =>
      statement.at !== null &&
      statement.fact?.via === 'card' &&
      statement.speaker !== 'other' &&
      statement.licences.length > 0 &&
      statement.licences.every((id) => restrictionOf(context.knowledge.terms(id)?.clauses ?? []) === 'free'),
  );
  if (!declared?.at) return;
  const home = folderOf(declared.at.path);
  const found: { readonly fact: TakenFact; readonly at: FactRef }[] = [];
  for (const { path, fact } of factsOf(context.artefacts, 'taken')) if (folderOf(path) === home) found.push({ fact, at: { path, fact: fact.id } });
  const first = found.toSorted((a, b) => order.indexOf(a.fact.what) - order.indexOf(b.fact.what))[0];
  if (!first) return;
  yield {
    messageId: `taken-${first.fact.what}`,
    data: { declared: licenceNames(declared.licences, context.knowledge), stated: first.fact.stated },
    at: declared.at,
    severity: 'information',
    works: [work.id],
    evidence: 'declared',
    related: found.map(({ at, fact }) => ({ at, message: `${shortName(work.id)}: the card says so here (${fact.what})` })),
  };
}
