import assert from 'node:assert/strict';
import { modelfileReader } from '../../server/src/artefacts/modelfile.ts';
import type { RelationFact } from '../../server/src/artefacts/types.ts';
import { textOf } from '../support/licences.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const base = 'hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1';

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a name of the library': [lines('FROM llama3.1', 'PARAMETER temperature 0.7'), `loads ${base}`],
  'small letters and white space': [lines('  from   llama3.1  '), `loads ${base}`],
  'a name with a size': [lines('FROM qwen2.5:3b-instruct-q8_0'), 'loads hub:Qwen/Qwen2.5-3B-Instruct <- qwen2.5:3b-instruct-q8_0'],
  'a repository of the hub': [lines('FROM hf.co/acme/base-7b:Q4_K_M'), 'loads hub:acme/base-7b <- hf.co/acme/base-7b:Q4_K_M'],
  'a file': [lines('FROM ./models/x.Q4_0.gguf'), 'loads local:models/x.Q4_0.gguf <- ./models/x.Q4_0.gguf'],
  'a file elsewhere': [lines('FROM /data/x.gguf')],
  'a model of somebody': [lines('FROM ourselves')],
  'a comment': [lines('# FROM llama3.1')],
  'a name inside the words for it': [lines('SYSTEM """', 'FROM llama3.1', 'LICENSE MIT', '"""', 'FROM llama3.1'), `loads ${base}`],
  'words that never end': [lines('FROM llama3.1', 'SYSTEM """', 'LICENSE MIT'), `loads ${base}`],
  'an adapter': [lines('FROM llama3.1', 'ADAPTER ./lora.gguf'), `adapter ${base}`],
  'a licence by its name': [lines('FROM llama3.1', 'LICENSE MIT'), `quantized ${base}`, 'licence MIT <- MIT'],
  'a licence in quotes': [lines('FROM llama3.1', 'LICENSE "Apache 2.0"'), `quantized ${base}`, 'licence Apache-2.0 <- Apache 2.0'],
  'a licence as a text': [lines('FROM llama3.1', 'LICENSE """', textOf('MIT').trim(), '"""'), `quantized ${base}`, 'licence MIT <- MIT License'],
  'two licences': [
    lines('FROM llama3.1', 'LICENSE """MIT"""', 'LICENSE Apache-2.0'),
    `quantized ${base}`,
    'licence MIT <- MIT',
    'licence Apache-2.0 <- Apache-2.0',
  ],
};

describe('Modelfiles', () => {
  for (const path of ['Modelfile', 'ollama/Modelfile.q4', 'support.modelfile', 'modelfile-en'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(modelfileReader, path)));
  for (const path of ['modelfiles', 'MyModelfile.txt', 'model.py', 'docs/modelfile.md'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(modelfileReader, path)));
  for (const [name, [text, ...shown]] of Object.entries(cases)) it(`reads ${name}`, () => assert.deepEqual(shownBy(modelfileReader, 'Modelfile', text), shown));
  it('says which model is packed', () =>
    assert.equal((readWith(modelfileReader, 'a/Modelfile', 'FROM llama3.1\nLICENSE MIT\n').facts[0] as RelationFact).from, 'local:a/Modelfile'));
  it('never throws', () =>
    fuzzText(
      modelfileReader,
      'Modelfile',
      lines('FROM llama3.1', 'ADAPTER ./x', 'TEMPLATE """', '{{ .Prompt }}', '"""', 'LICENSE """', 'MIT', '"""', 'PARAMETER stop "x"'),
    ));
});
