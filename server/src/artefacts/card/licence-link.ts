import type { Knowledge } from '../../knowledge/types.ts';
import { licenceOfLink } from '../../licence/names.ts';
import { stringScalars } from '../../text/data.ts';
import type { Span } from '../../text/span.ts';
import { roleOfPath } from '../hub-id.ts';
import { namesLicence, targetOf } from '../references.ts';
import type { ReferenceFact } from '../types.ts';
import type { FrontMatter } from './front-matter.ts';

export interface LinkedLicence {
  readonly fact: ReferenceFact;
  readonly span: Span;
}

/** The name of a file, and not of a licence. */
const isFile = (value: string): boolean => namesLicence(value) || /\.(?:md|txt|pdf|html?|rst|docx?)$/i.test(value);

/** `license_link` of a card: a file beside it or an address. */
export const licenceLinks = (
  front: FrontMatter,
  path: string,
  knowledge: Knowledge,
  idOf: (kind: string, content: string) => string,
): readonly LinkedLicence[] => {
  const node = front.entries.findLast((entry) => entry.key === 'license_link')?.value;
  return stringScalars(node).flatMap(({ value, inner }): LinkedLicence[] => {
    const target = value.trim();
    const to = targetOf(path, target);
    if (target === '' || (to.repository === null && to.path !== null && !isFile(target))) return [];
    const licence = to.path !== null && to.repository === null ? undefined : licenceOfLink(target, knowledge);
    const fact: ReferenceFact = {
      kind: 'reference',
      id: idOf('link', target),
      via: 'card',
      role: roleOfPath(path),
      target,
      to,
      scope: 'any',
      licences: licence === undefined ? [] : [licence],
      ours: true,
      credited: false,
    };
    return [{ fact, span: inner }];
  });
};
