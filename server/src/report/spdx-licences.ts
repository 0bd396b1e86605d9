import type { Terms } from '../knowledge/types.ts';
import { expressionOf } from './bill.ts';
import type { Bill, Licensing } from './bill.ts';
import { plain } from './plain.ts';
import type { Element, Names } from './spdx-names.ts';

/** What somebody who has no text of it should know. The format asks for a text: this is none, and says so. */
const descriptionOf = (id: string, known: Terms | undefined): string =>
  plain(
    [
      `This is not the text of ${known?.name ?? id}, but what Pedigree knows of it, in its own words.`,
      known?.link ? `Read the licence itself: ${known.link}` : 'Read the licence itself where the work is handed out.',
      ...(known?.clauses ?? []).map(({ clause, on, effect, what }) => `- ${effect} (${on}): ${what}${clause === null ? '' : ` (${clause})`}`),
    ].join('\n'),
  );

const customLicence = (id: string, { terms }: Bill, names: Names): Element => {
  const known = terms.get(id);
  return {
    type: 'expandedlicensing_CustomLicense',
    spdxId: names.of('licence', id),
    creationInfo: names.creation,
    name: plain(known?.name ?? id),
    ...(known ? { comment: plain(`${known.source}${known.asOf === null ? '' : `, as of ${known.asOf}`}`) } : {}),
    ...(known?.link ? { expandedlicensing_seeAlso: [known.link] } : {}),
    simplelicensing_licenseText: descriptionOf(id, known),
  };
};

const isCustom = (id: string): boolean => id.startsWith('LicenseRef-');

/** Expressions, each once, and the licences that they name which no list has. */
export const licenceElements = (bill: Bill, names: Names): readonly Element[] => {
  const all = bill.works.flatMap(({ declared, concluded }) => [declared, concluded]).filter((each) => each !== null);
  const expressions = new Map(all.map((each) => [expressionOf(each), each]));
  const custom = new Set([...expressions.values()].flatMap(({ ids }) => ids.filter(isCustom)));
  return [
    ...[...custom].toSorted().map((id) => customLicence(id, bill, names)),
    ...[...expressions].map(([text, { ids }]): Element => {
      const own = ids.filter(isCustom).map((id) => ({ type: 'DictionaryEntry', key: id, value: names.of('licence', id) }));
      return {
        type: 'simplelicensing_LicenseExpression',
        spdxId: names.of('expression', text),
        creationInfo: names.creation,
        simplelicensing_licenseExpression: text,
        ...(own.length === 0 ? {} : { simplelicensing_customIdToUri: own }),
      };
    }),
  ];
};

/** Stands for "nobody said". */
const noAssertion = 'https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense';

export const licenceTarget = (licensing: Licensing | null, names: Names): string =>
  licensing === null ? noAssertion : names.of('expression', expressionOf(licensing));
