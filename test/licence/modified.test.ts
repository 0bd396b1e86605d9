import assert from 'node:assert/strict';
import { isModified, modifiedOf, namesModified, titleOfLicence } from '../../server/src/licence/modified.ts';
import { testKnowledge } from '../support/knowledge.ts';

const knowledge = testKnowledge();

describe('texts with changed conditions', () => {
  const bases: Readonly<Record<string, string | undefined>> = {
    'LicenseRef-modified-MIT': 'MIT',
    'LicenseRef-modified-Zed': 'Zed',
    'LicenseRef-modified-llama-3.1-community': 'LicenseRef-llama-3.1-community',
    MIT: undefined,
    'LicenseRef-kimi-k2-modified-mit': undefined,
  };
  for (const [id, base] of Object.entries(bases))
    it(`${id} was made from ${base ?? 'nothing'}`, () => {
      assert.equal(modifiedOf(id, knowledge), base);
      assert.equal(isModified(id), base !== undefined);
    });

  const titles: Readonly<Record<string, string>> = {
    'LicenseRef-modified-MIT': 'MIT License with changes',
    'LicenseRef-modified-Zed': 'Zed with changes',
    MIT: 'MIT License',
    'LicenseRef-kimi-k2-modified-mit': 'Modified MIT License (Kimi K2)',
    'LicenseRef-otter': 'LicenseRef-otter',
  };
  for (const [id, title] of Object.entries(titles)) it(`${id} is called ${title}`, () => assert.equal(titleOfLicence(id, knowledge), title));

  const names: Readonly<Record<string, boolean>> = {
    'LicenseRef-otter': true,
    'LicenseRef-modified-MIT': true,
    'LicenseRef-kimi-k2-modified-mit': true,
    'LicenseRef-mistral-medium-3.5-modified': true,
    'LicenseRef-llama-3.1-community': false,
    MIT: false,
  };
  for (const [id, may] of Object.entries(names))
    it(`${id} ${may ? 'may' : 'cannot'} be a publisher's name of one`, () => assert.equal(namesModified(id, knowledge), may));
});
