import assert from 'node:assert/strict';
import { gitmodulesReader, repositoryWork } from '../../server/src/artefacts/gitmodules.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const addresses: readonly (readonly [string, string | undefined])[] = [
  ['https://github.com/acme-lab/river', 'pkg:github/acme-lab/river'],
  ['https://github.com/acme-lab/river.git', 'pkg:github/acme-lab/river'],
  ['https://github.com/acme-lab/river.js.git/', 'pkg:github/acme-lab/river.js'],
  ['https://user@github.com/acme-lab/river.git', 'pkg:github/acme-lab/river'],
  ['git@github.com:acme-lab/river.git', 'pkg:github/acme-lab/river'],
  ['git://github.com/acme-lab/river', 'pkg:github/acme-lab/river'],
  ['ssh://git@github.com:22/acme-lab/river.git', 'pkg:github/acme-lab/river'],
  ['https://gitlab.example.org/group/sub/river.git', 'url:https://gitlab.example.org/group/sub/river'],
  ['../river.git', undefined],
  ['/srv/git/river', undefined],
  ['C:\\git\\river', undefined],
  ['https://github.com/acme-lab', undefined],
  ['https://github.com/../river', undefined],
  ['', undefined],
];

const text = `[submodule "river"]
\tpath = third_party/river
\turl = https://github.com/acme-lab/river.git
\tbranch = reward
# url = https://github.com/acme-lab/none
[submodule "brook"]
  url="git@github.com:acme-lab/brook.git" ; ours
  path = brook
  branch = .
[other]
  url = https://github.com/acme-lab/other
[submodule "here"]
  path = here
  url = ../here.git
`;

describe('submodules', () => {
  for (const [url, expected] of addresses) it(`${url || 'nothing'}: ${expected ?? 'no repository'}`, () => assert.equal(repositoryWork(url), expected));
  it('stand at their addresses, with the branch that is followed', () =>
    assert.deepEqual(shownBy(gitmodulesReader, '.gitmodules', text), [
      'bundles pkg:github/acme-lab/river @reward <- https://github.com/acme-lab/river.git',
      'bundles pkg:github/acme-lab/brook <- git@github.com:acme-lab/brook.git',
    ]));
  it('with CRLF', () => assert.equal(shownBy(gitmodulesReader, '.gitmodules', text.replaceAll('\n', '\r\n')).length, 2));
  it('go by their name', () => assert.ok(matchesPath(gitmodulesReader, 'a/.gitmodules') && !matchesPath(gitmodulesReader, 'gitmodules.txt')));
  it('never throw', () => fuzzText(gitmodulesReader, '.gitmodules', text));
});
