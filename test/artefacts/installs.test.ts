import assert from 'node:assert/strict';
import { installsReader } from '../../server/src/artefacts/installs.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string, path = 'README.md'): readonly string[] =>
  readWith(installsReader, path, text).facts.map((fact) => (fact.kind === 'relation' ? fact.to.replace(/^pkg:/, '') : ''));

describe('what commands install', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'a package that asks for sources': ['```\npip install phonemizer\n```', 'pypi/phonemizer'],
    'in the midst of others, with options and versions': [
      'pip3 install -U --index-url https://acme.org/simple torch "ultralytics>=8.0" numpy',
      'pypi/ultralytics',
    ],
    'on a line that goes on': ['RUN pip install torch \\\n    phonemizer==3.2', 'pypi/phonemizer'],
    'in a sentence': ['Then run `pip install unidecode`, and go on.', 'pypi/unidecode'],
    'by another installer': ['uv pip install phonemizer', 'pypi/phonemizer'],
    'code that bars commerce, by its address': ['pip install git+https://github.com/NVlabs/nvdiffrast/', 'github/NVlabs/nvdiffrast'],
    'a clone of it': ['git clone https://github.com/NVlabs/nvdiffrast.git && cd nvdiffrast', 'github/NVlabs/nvdiffrast'],
    'packages under free terms': ['pip install numpy torch'],
    'what another command is given': ['pip install torch; python phonemizer'],
    'a file of requirements by that name': ['pip install -r phonemizer'],
    'a clone of anything': ['git clone https://github.com/acme-lab/river'],
    'what is said of it': ['We installed phonemizer by hand.'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('reads documents on how to begin, scripts and images', () =>
    assert.deepEqual(
      ['README.md', 'docs/INSTALL.md', 'setup.sh', 'docker/Dockerfile.gpu', 'docs/models.md', 'a.py'].map((path) => matchesPath(installsReader, path)),
      [true, true, true, true, false, false],
    ));

  it('never throws', () =>
    fuzzText(installsReader, 'README.md', 'pip install -r a "phonemizer>=3" \\\n torch && git clone https://github.com/NVlabs/nvdiffrast.git\n'));
});
