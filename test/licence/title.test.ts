import assert from 'node:assert/strict';
import { isTitledOtherwise } from '../../server/src/licence/title.ts';

const acme = { name: 'Acme Otter Community License (Otter-Large)', publisher: 'Acme' };
const mit = { name: 'MIT License', publisher: null };

const cases: readonly (readonly [title: string, id: string, terms: { readonly name: string; readonly publisher: string | null }, otherwise: boolean])[] = [
  ['The Otter2 License', 'MIT', mit, true],
  ['MIT License', 'MIT', mit, false],
  ['Modified MIT License', 'MIT', mit, false],
  ['MIT-OT License', 'MIT', mit, true],
  ['MIT-style License', 'MIT', mit, false],
  ['The MIT License (MIT)', 'MIT', mit, false],
  ['MIT Research License', 'MIT', mit, false],
  ['ACME OTTER COMMUNITY LICENSE AGREEMENT', 'LicenseRef-acme-otter', acme, false],
  ['ACME OTTER NON-COMMERCIAL LICENSE AGREEMENT', 'LicenseRef-acme-otter', acme, true],
  ['Acme Otter 2 Research License', 'LicenseRef-acme-otter', acme, true],
  ['Acme Otter – the MIT licence with changes', 'LicenseRef-acme-otter', acme, false],
  ['Otter Research Agreement', 'LicenseRef-acme-otter', acme, false],
];

describe('titles of changed texts', () => {
  for (const [title, id, terms, otherwise] of cases)
    it(`${title} ${otherwise ? 'is another than' : 'is no other than'} ${id}`, () => assert.equal(isTitledOtherwise(title, id, terms), otherwise));
});
