import type { Knowledge } from '../../knowledge/types.ts';
import { resolveStated } from '../../licence/resolve.ts';
import { folderOf } from '../../lineage/local.ts';
import type { FactRef, Statement, Work } from '../../lineage/types.ts';
import type { RuleContext } from '../types.ts';
import { licenceNames } from './helpers.ts';

/** A statement that stands somewhere in the tree. */
type Placed = Statement & { readonly at: FactRef };

/** One word that many licences have in their names: "BSD". */
const isFamily = (stated: string, knowledge: Knowledge): boolean =>
  /^[a-z]{3,6}$/i.test(stated) && resolveStated(stated, 'free', knowledge).problem?.code === 'ambiguous';

/** Manifests that name a family, each beside a text of another: which one of the family it means, no longer matters. */
export const familyClaims = ({ knowledge }: RuleContext, work: Work): readonly { readonly said: Placed; readonly text: Placed }[] => {
  const beside = work.statements.filter(
    (statement): statement is Placed => statement.at !== null && folderOf(statement.at.path) === work.path && statement.speaker !== 'other',
  );
  const claims = beside.filter(({ fact, licences, stated }) => fact?.via === 'manifest' && licences.length === 0 && isFamily(stated, knowledge));
  const texts = claims.length === 0 ? [] : beside.filter(({ fact, licences }) => fact?.via === 'text' && licences.length > 0);
  const [text] = texts;
  if (!text) return [];
  const names = texts.flatMap(({ licences }) => [...licences, licenceNames(licences, knowledge)]).map((name) => name.toLowerCase());
  return claims.flatMap((said) => (names.some((name) => name.includes(said.stated.toLowerCase())) ? [] : [{ said, text }]));
};
