import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../support/repo.ts';

const sub = (url: string, rest = ''): string => `[submodule "x"]\n\tpath = x\n\turl = ${url}\n${rest}`;
const under = (url: string): string => `${' '.repeat('\turl = '.length)}${'^'.repeat(url.length)} information forked-submodule\n`;
const marked = (url: string, rest = ''): string => `[submodule "x"]\n\tpath = x\n\turl = ${url}\n${under(url)}${rest}`;

const cases: readonly (readonly [string, string])[] = [
  ['a fork of a known project', `--- .gitmodules\n${marked('https://github.com/somebody/sglang', '\tbranch = reward-model\n')}`],
  ['a fork that says so', `--- .gitmodules\n${marked('git@github.com:somebody/sglang-fork.git')}`],
  ['the project itself', `--- .gitmodules\n${sub('https://github.com/sgl-project/SGLang.git')}`],
  ['the project under its former owner', `--- .gitmodules\n${sub('https://github.com/ggerganov/llama.cpp')}`],
  ['a project that nothing knows', `--- .gitmodules\n${sub('https://github.com/somebody/river')}`],
  ['elsewhere', `--- .gitmodules\n${sub('https://gitlab.example.org/somebody/sglang')}`],
  [
    'a namesake that the tree takes too',
    `--- requirements.txt\nriver @ git+https://github.com/acme-lab/river\n--- .gitmodules\n${marked('https://github.com/somebody/river')}`,
  ],
  [
    'the same repository elsewhere in the tree',
    `--- requirements.txt\nriver @ git+https://github.com/Somebody/River\n--- .gitmodules\n${sub('https://github.com/somebody/river')}`,
  ],
  ['a fork that an evaluation is built on', `--- eval/.gitmodules\n${marked('https://github.com/somebody/sglang')}`],
  ['the list of a vendored project', `--- third_party/pond/.gitmodules\n${sub('https://github.com/somebody/sglang')}`],
];

describe('forked-submodule', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'forked-submodule'));

  it('says which branch is followed', () => {
    const [finding] = check(`--- .gitmodules\n${marked('https://github.com/somebody/sglang', '\tbranch = reward-model\n')}`, 'forked-submodule');
    assert.match(finding?.message ?? '', /sgl-project\/sglang but another owner and its branch "reward-model" is followed/);
  });

  it('knows projects by names that are sorted, once each', () => {
    const table = JSON.parse(readFileSync('server/src/knowledge/data/upstreams.json', 'utf8')) as {
      readonly source: string;
      readonly asOf: string;
      readonly rows: readonly { readonly name: string; readonly owners: readonly string[] }[];
    };
    const names = table.rows.map((row) => row.name.toLowerCase());
    assert.deepEqual(names, [...new Set(names)].toSorted());
    for (const { name, owners } of table.rows) assert.ok(owners.length > 0 && owners.every((owner) => /^[\w.-]+$/.test(owner)), name);
    assert.ok(table.source.length > 0 && /^\d{4}-\d\d-\d\d$/.test(table.asOf));
  });
});
