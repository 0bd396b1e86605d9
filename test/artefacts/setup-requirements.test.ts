import assert from 'node:assert/strict';
import { setupRequirementsReader } from '../../server/src/artefacts/setup-requirements.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

const setup = (...lines: readonly string[]): string =>
  ['from setuptools import setup', 'setup(', '    name="x",', ...lines.map((line) => `    ${line},`), ')', ''].join('\n');

describe('requirements of setup.py', () => {
  it('are known by the name of the file', () =>
    assert.ok(matchesPath(setupRequirementsReader, 'a/setup.py') && !matchesPath(setupRequirementsReader, 'mysetup.py')));

  const address = 'loads pkg:github/acme/a @v1 <- git+https://github.com/acme/a@v1';
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'an address': [setup('install_requires=["numpy", "a @ git+https://github.com/acme/a@v1"]'), address],
    'in single quotes and a tuple': [setup("install_requires=('a @ git+https://github.com/acme/a@v1',)"), address],
    'in a list of its own': [`NEEDS = [\n  "a @ git+https://github.com/acme/a@v1",  # pinned\n]\n${setup('install_requires=NEEDS')}`, address],
    'of tests': [setup('tests_require=["a @ git+https://github.com/acme/a@v1"]'), address.replace(' <-', ' evaluation <-')],
    'of extras': [
      setup('extras_require={"web": ["a @ git+https://github.com/acme/a@v1"], "dev": ["b @ git+https://github.com/acme/b"]}'),
      address,
      'loads pkg:github/acme/b evaluation <- git+https://github.com/acme/b',
    ],
    'behind a comment': [setup('install_requires=[\n# "a @ git+https://github.com/acme/a@v1",\n"numpy"]')],
    'a list that is made up': [setup('install_requires=read_requirements()')],
    'a list that is read': [`NEEDS = open("requirements.txt").read()\n${setup('install_requires=NEEDS')}`],
    'an address elsewhere': ['print("a @ git+https://github.com/acme/a@v1")\n'],
    'a list without an end': ['setup(install_requires=["a @ git+https://github.com/acme/a@v1"', address],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(setupRequirementsReader, 'setup.py', text), expected));
  it('ends soon on many openings', () => {
    const started = cpuTime();
    readWith(setupRequirementsReader, 'setup.py', 'install_requires = ['.repeat(20_000));
    assert.ok(cpuTime() - started < 2_000);
  });
  it('never throws, whatever the bytes', () =>
    fuzzText(
      setupRequirementsReader,
      'setup.py',
      setup('install_requires=["a @ git+https://github.com/acme/a@v1"]', 'extras_require={"b": [\'c @ git+https://github.com/acme/c\']}'),
    ));
});
