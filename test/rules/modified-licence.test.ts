import assert from 'node:assert/strict';
import { analyseFiles, check, linesOf, parseRepo } from '../support/repo.ts';

const licence = `--- LICENSE
[text of MIT]

If the Software is used in a product with more than one million monthly active users, the product must show the name Otter.
`;
const mark = `${'^'.repeat(123)} `;
const fires = `${licence}${mark}warning modified-licence\n`;
const told = `${licence}${mark}information modified-licence\n`;

const cases: readonly (readonly [string, string])[] = [
  ['a condition added to a licence that is known', fires],
  ['stated as the licence that it was made from', `${fires}--- package.json\n{ "name": "otter", "license": "MIT" }\n`],
  [
    'stated as the licence that it was made from, and as its own',
    `${fires}--- package.json\n{ "license": "MIT" }\n--- pyproject.toml\n[project]\nname = "otter"\nlicense = "LicenseRef-otter"\n`,
  ],
  [
    'stated as terms that are known for something else',
    `${fires}--- README.md\n---\nlicense: other\nlicense_name: llama3\nlicense_link: LICENSE\n---\n# Otter\n`,
  ],
  ['a link alone', `${fires}--- README.md\n# Otter\n\n## License\n\n[License](LICENSE)\n`],
  ['`other` without a name', `${fires}--- README.md\n---\nlicense: other\n---\n# Otter\n`],
  ['stated by an id of its own', `${told}--- pyproject.toml\n[project]\nname = "otter"\nlicense = "LicenseRef-otter"\n`],
  ['stated by the id that the message proposes', `${told}--- pyproject.toml\n[project]\nname = "otter"\nlicense = "LicenseRef-modified-MIT"\n`],
  ['named in a card', `${told}--- README.md\n---\nlicense: other\nlicense_name: otter-license\nlicense_link: LICENSE\n---\n# Otter\n`],
  ['named after what it was made from', `${told}--- README.md\n---\nlicense: other\nlicense_name: modified-mit\nlicense_link: LICENSE\n---\n# Otter\n`],
  [
    'in a project that was taken in',
    `${told.replace('LICENSE', 'lib/otter/LICENSE')}--- lib/otter/setup.py\nfrom setuptools import setup\nsetup(name="otter", license="MIT")\n`,
  ],
  ['under a title of its own', `${told.replace('[text of MIT]', 'Otter Licence\n\n[text of MIT]')}`],
  [
    'under a title of its own that says what it was made from',
    `${told.replace('[text of MIT]', 'Otter Software Licence – this is the MIT licence plus a clause of ours\n\n[text of MIT]')}`,
  ],
  [
    'below the statement of another licence',
    `${told.replace('[text of MIT]', 'Copyright (c) 2026 The Otter Authors\n\nThis work is licensed under the Creative Commons Attribution-NonCommercial 4.0 International License (CC BY-NC 4.0).\n\n[text of MIT]')}`,
  ],
  ['under the old title with a word more', `--- LICENSE\nModified MIT License\n${'^'.repeat(20)} warning modified-licence\n\n${licence.slice(12)}`],
  ['held back in the policy', `${licence}--- pedigree.yaml\naccept:\n  - { rule: modified-licence, reason: our own terms }\n`],
  ['a text as it is known', '--- LICENSE\n[text of MIT]\n'],
  ['words of scope and a copyright line', '--- LICENSE\nThe following applies to the folder src.\n\n[text of MIT]\n\nCopyright (c) 2026 The Otter Authors\n'],
  ['two texts one after the other', '--- LICENSE\n[text of MIT]\n\n[text of BSD-3-Clause]\n'],
];

describe('modified-licence', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'modified-licence'));

  const inside = new TextDecoder()
    .decode(parseRepo(licence).files.get('LICENSE'))
    .replace('portions of the Software.', 'portions of the Software, for research purposes only.');

  it('tells all lines that differ, the first as its place and the others beside it', () => {
    const [finding, more] = analyseFiles(new Map([['LICENSE', new TextEncoder().encode(inside)]])).report.findings;
    assert.equal(more, undefined);
    assert.equal(finding?.ruleId, 'modified-licence');
    assert.equal(finding.line, 12);
    assert.match(finding.message, /^This is the text of MIT with conditions changed or added at lines 12 and 20, so it is not MIT\. .*LicenseRef-modified-MIT/);
    assert.deepEqual(
      finding.related.map((related) => related.line),
      [20],
    );
  });

  it('follows a text that only moves', () => {
    const before = analyseFiles(new Map([['LICENSE', new TextEncoder().encode(inside)]]));
    const after = analyseFiles(new Map([['LICENSE', new TextEncoder().encode(`\n\n${inside}`)]]), before);
    assert.match(after.report.findings[0]?.message ?? '', /at lines 14 and 22,/);
    assert.equal(after.report.findings[0]?.fingerprint, before.report.findings[0]?.fingerprint);
    assert.equal(after.lineage, before.lineage);
  });

  it('is one finding: the terms are not reported as unknown, and a card that says otherwise is a mismatch', () => {
    const { findings } = analyseFiles(parseRepo(`--- README.md\n---\nlicense: mit\n---\n# Otter\n${licence}`).files).report;
    assert.deepEqual(
      findings.map((finding) => `${finding.path} ${finding.ruleId}`),
      ['LICENSE modified-licence', 'README.md licence-mismatch'],
    );
    assert.match(findings[1]?.message ?? '', /MIT License with changes/);
    assert.deepEqual(findings[1]?.fixes, []);
  });

  it('takes a line that stands there twice, in the place of another, for a slip', () => {
    const once = linesOf('[text of CC-BY-4.0]').join('\n');
    const ends = once.slice(once.indexOf('1. automatically as of'), once.indexOf('For the avoidance of doubt, this Section 6(b)'));
    const [first = ''] = ends.split(/\n\s*\n/);
    const twice = once.replace(ends, `${first}\n\n${first.replace('1.', '2.')}\n\n`);
    assert.notEqual(twice, once);
    assert.deepEqual(
      analyseFiles(parseRepo(`--- LICENSE\n${twice}`).files).report.findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`),
      ['modified-licence information'],
    );
  });

  it('takes words that a long text lacks for a slip, whatever the manifest calls it', () => {
    const once = linesOf('[text of Apache-2.0]')
      .join('\n')
      .replace(/(?<=[,;.]) /g, '\n');
    const fewer = once.replace(/required for reasonable and customary use\s+in describing/, 'required for describing');
    assert.notEqual(fewer, once);
    assert.deepEqual(
      analyseFiles(parseRepo(`--- LICENSE\n${fewer}\n--- package.json\n{ "name": "otter", "license": "Apache-2.0" }\n`).files).report.findings.map(
        ({ ruleId, severity }) => `${ruleId} ${severity}`,
      ),
      ['modified-licence information', 'licence-mismatch information'],
    );
  });

  const apache = linesOf('[text of Apache-2.0]')
    .join('\n')
    .replace(/(?<=[,;.]) /g, '\n');
  const taken: readonly (readonly [string, RegExp])[] = [
    ['a word that turns a sentence round', /not(?=\s+limited\s+to\s+compiled)|(?<=does )not|(?<=shall )not|(?<=is )not/],
    ['a condition', /You must cause any modified files[^;]*;\s*and/],
  ];
  for (const [what, words] of taken)
    it(`takes ${what} that a long text lacks for a change`, () => {
      const fewer = apache.replace(words, '');
      assert.notEqual(fewer, apache);
      assert.deepEqual(
        analyseFiles(parseRepo(`--- LICENSE\n${fewer}\n`).files)
          .report.findings.filter(({ ruleId }) => ruleId === 'modified-licence')
          .map(({ severity }) => severity),
        ['warning'],
      );
    });
});
