import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { reportText } from '../../server/src/report/text.ts';
import { card, makeTree, removeTrees, reportOf } from './support.ts';

const load = 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n';

const rulesAt = (report: Awaited<ReturnType<typeof reportOf>>, path: string): readonly string[] =>
  report.findings.filter((each) => each.path === path).map(({ ruleId, severity }) => `${severity} ${ruleId}`);

describe('a tree that wants to be silent', () => {
  after(removeTrees);

  it('S6: what a policy and comments in the tree hold back is listed, and a reviewer can leave them out', async () => {
    const root = makeTree({
      'README.md': card,
      'a.py': `# pedigree-ignore-file noncommercial-weights: trust me\n${load}`,
      'pedigree.yaml': 'rules: { licence-laundering: off }\naccept: [{ rule: licence-text-missing, paths: ["**"], reason: no }]\n',
    });
    const report = await reportOf(root);
    assert.ok(!report.findings.some(({ ruleId }) => ruleId === 'licence-laundering' || ruleId === 'noncommercial-weights'));
    for (const rule of ['licence-laundering', 'noncommercial-weights'])
      assert.ok(
        report.suppressed.some(({ ruleId }) => ruleId === rule),
        rule,
      );
    assert.equal(report.summary.suppressed, report.suppressed.length);
    assert.match(
      reportText(report, { colour: false, width: 100, known: new Set() }),
      /Held back[^]*licence-laundering, by pedigree.yaml: the rule is off[^]*trust me/,
    );
    const own = makeTree({ 'own.yaml': '{}\n' });
    const reviewed = await reportOf(root, { policyPath: `${own}/own.yaml`, inlineSuppressions: false });
    for (const rule of ['licence-laundering', 'noncommercial-weights'])
      assert.ok(
        reviewed.findings.some(({ ruleId }) => ruleId === rule),
        rule,
      );
    assert.deepEqual(reviewed.suppressed, []);
  });
  it('S6: levels that a policy lowers, and what it states, are told', async () => {
    const report = await reportOf(
      makeTree({
        'README.md': card,
        'pedigree.yaml': 'use: { commercial: false }\nrules: { licence-laundering: information }\nworks: [{ id: "pkg:huggingface/a/b", licence: MIT }]\n',
      }),
    );
    assert.deepEqual(
      (report.narrowed ?? []).map(({ path, reason }) => `${path}: ${reason}`),
      ['pedigree.yaml: makes 1 finding of licence-laundering information, not error', 'pedigree.yaml: states the use, licences of 1 work, which is believed'],
    );
    assert.match(reportText(report, { colour: false, width: 100, known: new Set() }), /Left out or lowered\n {2}pedigree\.yaml: makes 1 finding/);
  });
  it('S6: a policy deeper down is no policy', async () => {
    const report = await reportOf(
      makeTree({
        'README.md': card,
        'sub/pedigree.yaml': 'rules: { licence-laundering: off }\n',
        'sub/README.md': card,
        '.github/pedigree.yaml': 'rules: { licence-laundering: off }\n',
      }),
    );
    assert.ok(rulesAt(report, 'README.md').includes('error licence-laundering'));
    assert.deepEqual([report.suppressed, report.inputs.policy], [[], null]);
  });
  it('S6: a folder that calls itself a project of its own is told where it lowers what is found in it', async () => {
    const report = await reportOf(
      makeTree({
        'README.md': '# x\n',
        'pyproject.toml': '[project]\nname = "x"\nlicense = "MIT"\n',
        'train/LICENSE': 'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software\n',
        'train/pyproject.toml': '[project]\nname = "train"\nlicense = "MIT"\n',
        'train/a.py': load,
      }),
    );
    const inside = report.findings.filter(({ path }) => path.startsWith('train/'));
    if (inside.some(({ ruleId, severity }) => ruleId === 'noncommercial-weights' && severity === 'information'))
      assert.ok(
        report.narrowed?.some(({ path, reason }) => path === 'train' && /project of its own/.test(reason)),
        JSON.stringify(report.narrowed),
      );
  });
  it('S6: what ignore files and names leave out is counted', async () => {
    const root = makeTree({
      'README.md': card,
      '.gitignore': 'secret/\n*.py\n',
      'a.py': load,
      'b.py': load,
      'secret/a.py': load,
      'node_modules/x/a.py': load,
      'sub/.gitignore': '*\n',
      'sub/c.py': load,
      'sub/d.txt': 'x',
    });
    execFileSync('git', ['init', '-q'], { cwd: root });
    const report = await reportOf(root);
    assert.deepEqual(
      (report.narrowed ?? []).map(({ path, reason }) => `${path}: ${reason}`),
      [
        '.gitignore: leaves out 2 files and 1 folder',
        'node_modules: folders of this name are not looked into',
        'sub/.gitignore: leaves out 3 files and 0 folders',
      ],
    );
  });
  it('S6: attributes of git hide nothing, and an ignore file that is too large ignores nothing and is named', async () => {
    const root = makeTree({ 'README.md': card, 'a.py': load, '.gitattributes': '* linguist-vendored linguist-generated export-ignore binary\n' });
    execFileSync('git', ['init', '-q'], { cwd: root });
    assert.ok(rulesAt(await reportOf(root), 'a.py').some((each) => each.endsWith('noncommercial-weights')));
    const large = makeTree({ 'README.md': card, 'a.py': load, '.gitignore': '*.py\n'.repeat(30_000) });
    execFileSync('git', ['init', '-q'], { cwd: large });
    const report = await reportOf(large);
    assert.ok(rulesAt(report, 'a.py').some((each) => each.endsWith('noncommercial-weights')));
    assert.ok(report.skipped.some(({ path, reason }) => path === '.gitignore' && reason.includes('larger')));
  });
  it('S6: a comment without a reason, for a rule that there is not holds nothing back', async () => {
    for (const comment of ['# pedigree-ignore-file noncommercial-weights', '# pedigree-ignore-file all: x', '# pedigree-ignore-file: x']) {
      const report = await reportOf(makeTree({ 'a.py': `${comment}\n${load}` }));
      assert.ok(
        rulesAt(report, 'a.py').some((each) => each.endsWith('noncommercial-weights')),
        comment,
      );
    }
  });
});
