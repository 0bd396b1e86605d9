import assert from 'node:assert/strict';
import { modulesReader } from '../../server/src/artefacts/modules.ts';
import { limits } from '../../server/src/text/limits.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const list = `[
  { "idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer" },
  { "idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" }
]
`;
const config = `{
  "__version__": { "sentence_transformers": "3.0.1", "transformers": "4.41.2", "pytorch": "2.3.0" },
  "prompts": {},
  "similarity_fn_name": "cosine"
}
`;

describe('modules', () => {
  for (const path of ['modules.json', 'model/modules.json', 'config_sentence_transformers.json'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(modulesReader, path)));
  for (const path of ['my_modules.json', 'modules.yaml', 'config.json']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(modulesReader, path)));

  it('tells that a folder is a model, by its parts', () => assert.deepEqual(shownBy(modulesReader, 'modules.json', list, true), ['work model']));
  it('and by its configuration', () => assert.deepEqual(shownBy(modulesReader, 'config_sentence_transformers.json', config, true), ['work model']));

  for (const [name, path, text] of [
    ['modules of something else', 'modules.json', '[{ "name": "core", "path": "src/core" }]'],
    ['a map of modules', 'modules.json', '{ "idx": 0, "path": "", "type": "a.B" }'],
    ['an empty list', 'modules.json', '[]'],
    ['a configuration without versions', 'config_sentence_transformers.json', '{ "prompts": {} }'],
    ['broken JSON', 'modules.json', '['],
    ['nothing', 'modules.json', ''],
  ] as const)
    it(`stays silent on ${name}`, () => assert.deepEqual(shownBy(modulesReader, path, text, true), []));

  it('skips aloud what no such file is large enough for', () => assert.ok(!modulesReader.partial && modulesReader.maximum <= limits.structuredBytes));
  it('survives any list', () => fuzzText(modulesReader, 'modules.json', list));
  it('survives any configuration', () => fuzzText(modulesReader, 'config_sentence_transformers.json', config));
});
