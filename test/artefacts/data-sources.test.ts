import assert from 'node:assert/strict';
import { dataSourcesReader } from '../../server/src/artefacts/prose/data-sources.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string): readonly string[] =>
  readWith(dataSourcesReader, 'README.md', text).facts.flatMap((fact) =>
    fact.kind === 'relation' ? [`${fact.from} ${fact.type} ${fact.to.replace('pkg:huggingface/datasets/', '').replace('pkg:github/', '')}`] : [],
  );

describe('sentences on what data were made from', () => {
  const journey = 'here#data copiedFrom JourneyDB/JourneyDB';
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'what a set is built on': ['Our dataset is built upon JourneyDB.', journey],
    'a part that was replaced': [
      'Then the remaining instructions (~9,000) were replaced with data from the GPT-4-LLM [dataset](https://acme.example/).',
      'here#data copiedFrom Instruction-Tuning-with-GPT-4/GPT-4-LLM#data',
    ],
    'a name in front of its link': [
      'The rows were replaced with data from the Rewritten [dataset](https://github.com/Instruction-Tuning-with-GPT-4/GPT-4-LLM).',
      'here#data copiedFrom Instruction-Tuning-with-GPT-4/GPT-4-LLM#data',
    ],
    'a link': ['This corpus was translated from [the otters](https://huggingface.co/datasets/GAIR/lima).', 'here#data copiedFrom GAIR/lima'],
    'once each': ['Our dataset is built upon JourneyDB.\n\nOur data are based on JourneyDB.', journey],
    'a model': ['Our model is built upon JourneyDB.'],
    'a set of others': ['Beaver is built upon JourneyDB.'],
    'a comparison': ['Unlike theirs, our dataset is not built upon JourneyDB.'],
    'a format': ['The data are based on the format of JourneyDB.'],
    'what readers may do': ['The dataset can be merged with JourneyDB.'],
    'a mention': ['Our dataset is larger than JourneyDB.'],
    'a section on others': ['## Related work\n\nThe dataset was derived from JourneyDB.'],
    results: ['## Results\n\nThe data were sampled from JourneyDB.'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));
  it('reads READMEs, cards and documents on data', () =>
    assert.deepEqual(
      ['README.md', 'x/DATA.md', 'dataset.md', 'docs/usage.md'].map((path) => matchesPath(dataSourcesReader, path)),
      [true, true, true, false],
    ));
  it('never throws', () => fuzzText(dataSourcesReader, 'README.md', 'Our dataset is built upon [JourneyDB](https://huggingface.co/datasets/GAIR/lima).\n'));
});
