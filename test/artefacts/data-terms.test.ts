import assert from 'node:assert/strict';
import { dataTermsReader } from '../../server/src/artefacts/origins/data-terms.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string, path = 'data/LICENSE'): readonly string[] =>
  readWith(dataTermsReader, path, text).facts.flatMap((fact) => (fact.kind === 'licence' ? [`${fact.work} ${fact.licences.join('+')}`] : []));

describe('terms of data that a licence file lists', () => {
  const entry = 'Otter:\nLicense: CC BY-NC 4.0 https://creativecommons.org/licenses/by-nc/4.0/\nSource: https://acme.example/otter\n';
  const listed = '- **acme/otter talk**:\n    - **License**: CC BY-SA 4.0\n    - **Source**: https://huggingface.co/datasets/acme/otter-talk\n';
  const cases: Readonly<Record<string, readonly [shown: readonly string[], expected: readonly string[]]>> = {
    'entries of a folder of data': [shown(`${entry}\nBeaver:\nLicense: CC BY 4.0\nSource: https://acme.example/b\n`), ['here#Otter CC-BY-NC-4.0']],
    'entries by an address of data': [shown(listed, 'LICENSE.md'), ['here#otter-talk CC-BY-SA-4.0']],
    'entries below a heading on data': [shown(`## Data sets\n\n### Otters\n\n${entry}`, 'LICENSE.md'), ['here#Otter CC-BY-NC-4.0']],
    'entries of code': [shown(entry, 'NOTICE'), []],
    'entries below another heading': [shown(`## Data sets\n\n## Code\n\n${entry}`, 'LICENSE.md'), []],
    'an entry without a source': [shown('Otter:\nLicense: CC BY-NC 4.0\n'), []],
    'an entry without a name': [shown('The text follows.\nLicense: CC BY-NC 4.0\nSource: https://acme.example/otter\n'), []],
    'a choice': [shown('Otter:\nLicense: CC BY-NC 4.0 or CC BY-SA 4.0\nSource: https://acme.example/otter\n'), []],
  };
  for (const [name, [found, expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(found, expected));
  it('reads licence files and notices', () =>
    assert.deepEqual(
      ['LICENSE', 'a/LICENSE.md', 'NOTICE', 'README.md', 'license.py'].map((path) => matchesPath(dataTermsReader, path)),
      [true, true, true, false, false],
    ));
  it('never throws', () => fuzzText(dataTermsReader, 'data/LICENSE', `${entry}\n${listed}`));
});
