import assert from 'node:assert/strict';
import { editionOf, editionOfDay, otherEdition } from '../../server/src/licence/edition.ts';
import { testKnowledge } from '../support/knowledge.ts';

const terms = testKnowledge().terms('LicenseRef-gemma-terms-2024-04-01');
const text = (date: string): string => `Terms of Use\n\n${date}\n\n${Array.from({ length: 60 }, (_, at) => `Section ${at}`).join('\n')}\n`;
const at = (startLine: number, endLine = startLine): { readonly startLine: number; readonly endLine: number } => ({ startLine, endLine });

describe('editions of dated terms', () => {
  for (const [stated, day] of [
    ['Last modified: February 21, 2024', '2024-02-21'],
    ['**Last updated:** 3 Sept. 2025', '2025-09-03'],
    ['Llama 9 Version Release Date: July 1st, 2025', '2025-07-01'],
    ['Effective as of 2024/7/5', '2024-07-05'],
    ['Dated 2023-11-28', '2023-11-28'],
  ] as const)
    it(`are of ${day} by ${stated}`, () => assert.equal(editionOf(text(stated))?.day, day));
  for (const stated of ['Copyright 2024 Acme', 'Version 2.0, January 2004', 'Effective immediately', 'Last modified: soon', 'January 5, 2024'])
    it(`are of no day by ${stated}`, () => assert.equal(editionOf(text(stated)), undefined));

  it('are others where they say another day and differ in little', () => {
    const earlier = text('Last modified: February 21, 2024');
    assert.equal(otherEdition(earlier, terms, [at(3), at(40)])?.stated, 'February 21, 2024');
    assert.equal(otherEdition(text('Last modified: April 1, 2024'), terms, [at(40)]), undefined);
    assert.equal(otherEdition(text(''), terms, [at(40)]), undefined);
    assert.equal(otherEdition(earlier, terms, [at(3), at(10), at(20), at(30), at(40), at(50)]), undefined);
    assert.equal(otherEdition(earlier, terms, [at(3), at(20, 40)]), undefined);
    assert.equal(otherEdition(earlier, testKnowledge().terms('MIT'), [at(3)]), undefined);
  });

  for (const [date, id] of [
    ['Last modified: April 1, 2024', 'LicenseRef-gemma-terms-2024-04-01'],
    ['Last modified: March 24, 2025', undefined],
    ['Last modified: May 1, 2001', undefined],
    ['', undefined],
  ] as const)
    it(`are told by the day at their head: ${date}`, () => assert.equal(editionOfDay('LicenseRef-gemma-terms-2025-03-24', text(date), testKnowledge()), id));
});
