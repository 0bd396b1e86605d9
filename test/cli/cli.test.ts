import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigree } from '../support/cli.ts';

const laundered = '--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
const clean = '--- README.md\n---\nlicense: apache-2.0\nbase_model: HuggingFaceTB/SmolLM2-1.7B\n---\n';

describe('command line', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const make = (text: string): string => {
    const root = layOut(text);
    roots.push(root);
    return root;
  };
  before(() => assert.ok(existsSync('dist/cli.js'), 'run `npm run build` first'));
  after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

  for (const [where, ci, kept] of [
    ['on a machine of somebody', '', true],
    ['under CI', 'true', false],
  ] as const)
    it(`${kept ? 'keeps' : 'does not keep'} its compiled code ${where}, and does the same with it`, () => {
      const cache = make('');
      const root = make(laundered);
      const env = { ...process.env, CI: ci, PEDIGREE_CACHE: cache };
      const ask = (): string => spawnSync(process.execPath, ['dist/cli.js', 'audit', root, '--no-store'], { encoding: 'utf8', env }).stdout;
      const first = ask();
      assert.match(first, /licence-/);
      const folder = join(cache, 'code', 'command-line');
      assert.deepEqual(existsSync(folder) ? readdirSync(folder) : [], kept ? [version] : []);
      assert.equal(ask(), first);
    });

  const codes: readonly (readonly [string, () => readonly string[], number])[] = [
    ['--version', () => ['--version'], 0],
    ['--help', () => ['--help'], 0],
    ['no command', () => [], 2],
    ['an unknown command', () => ['frobnicate'], 2],
    ['an unknown option', () => ['audit', '--frobnicate'], 2],
    ['a folder that is not there', () => ['audit', 'no-such-folder'], 2],
    ['an unknown format', () => ['audit', make(clean), '--format', 'pdf'], 2],
    ['a clean tree', () => ['audit', make(clean)], 0],
    ['an error', () => ['audit', make(laundered)], 1],
    ['an error, never failing', () => ['audit', make(laundered), '--fail-on', 'never'], 0],
    [
      'information, failing on it',
      () => [
        'audit',
        make('--- a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")\n'),
        '--fail-on',
        'information',
      ],
      1,
    ],
    ['a broken policy', () => ['audit', make(`${clean}--- pedigree.yaml\nrules: { x: loud }\n`)], 2],
    ['a policy that switches the rule off', () => ['audit', make(`${laundered}--- pedigree.yaml\nrules: { licence-laundering: off }\n`)], 0],
    ['an incomplete audit, required to be complete', () => ['audit', make(`${clean}--- config.json\n${' '.repeat(1_000_100)}{}\n`), '--require-complete'], 3],
    ['a baseline that cannot be written', () => ['audit', make(clean), '--write-baseline', join(make(clean), 'no', 'such', 'file')], 2],
    ['an output that cannot be written', () => ['audit', make(clean), '--output', join(make(clean), 'no', 'such', 'file')], 2],
    ['a fix under a broken policy', () => ['fix', make(`${clean}--- pedigree.yaml\nrules: { x: loud }\n`)], 2],
    ['identify without a file', () => ['identify'], 2],
    ['explain without an id', () => ['explain'], 2],
    ['explain of something unknown', () => ['explain', 'no-such-thing-anywhere'], 2],
    ['explain of a model', () => ['explain', 'meta-llama/Llama-3.1-8B'], 0],
    ['explain of a rule', () => ['explain', 'licence-laundering'], 0],
    ['fix of an unknown rule', () => ['fix', make(clean), '--rule', 'x'], 2],
  ];
  for (const [title, words, code] of codes) {
    it(`ends with ${code} for ${title}`, () => {
      const run = pedigree(...words());
      assert.equal(run.code, code, run.out + run.err);
    });
  }

  it('prints JSON of the documented shape', () => {
    const report = JSON.parse(pedigree('audit', make(laundered), '--format', 'json').out) as Report;
    assert.equal(report.schemaVersion, 1);
    assert.equal(report.summary.findings.error, 1);
    const finding = report.findings.find((entry) => entry.ruleId === 'licence-laundering');
    assert.deepEqual([finding?.path, finding?.line, finding?.column, finding?.endColumn], ['README.md', 2, 10, 13]);
    assert.deepEqual(report.publishable[0]?.as, ['LicenseRef-llama-3.1-community']);
    assert.ok(report.obligations.some((obligation) => obligation.met === false));
    assert.ok(report.relations.some((relation) => relation.type === 'finetune' && relation.line === 3));
  });
  it('says of a dry run what a run would do', () => {
    const text =
      '--- README.md\n---\nlicense: Apache 2.0\n---\n--- a/README.md\n---\nlicense: MIT\n---\n--- pyproject.toml\n[project]\nname = "x"\nlicense = "mit"\n';
    const root = make(text);
    const dry = pedigree('fix', root, '--dry-run').out;
    assert.equal(pedigree('fix', root).out, dry.replace('would be applied', 'applied'));
    assert.match(dry, /^[23] safe fixes would be applied/m);
  });
  it('ends quietly when nobody reads on', () => {
    const root = make(`--- run.py\n${Array.from({ length: 3000 }, (_, at) => `AutoModel.from_pretrained("acme-lab/model-${at}")\n`).join('')}`);
    const run = spawnSync('bash', ['-c', `"${process.execPath}" dist/cli.js audit "${root}" --fail-on never | head -1; echo "\${PIPESTATUS[0]}"`], {
      encoding: 'utf8',
    });
    assert.deepEqual([run.stdout.trim().split('\n').at(-1), run.stderr], ['0', '']);
  });
  it('takes a baseline and shows what is new', () => {
    const root = make(laundered);
    const baseline = join(root, '..', `baseline-${process.pid}.json`);
    roots.push(baseline);
    assert.equal(pedigree('audit', root, '--write-baseline', baseline).code, 1);
    assert.equal(pedigree('audit', root, '--baseline', baseline).code, 0);
    writeFileSync(join(root, 'CARD.gguf'), readFileSync(join(root, 'README.md')));
    assert.equal(pedigree('audit', root, '--baseline', join(root, 'README.md')).code, 2);
  });
  it('switches inline suppressions off for foreign trees', () => {
    const root = make(
      '--- pyproject.toml\n[project]\nname = "x"\nlicense = "MIT"\n--- a.py\nfrom diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")  # pedigree-ignore noncommercial-weights: ours\n',
    );
    assert.equal(pedigree('audit', root, '--fail-on', 'warning').code, 0);
    assert.equal(pedigree('audit', root, '--fail-on', 'warning', '--no-inline-config').code, 1);
  });
  it('applies safe fixes and nothing else', () => {
    const root = make('--- README.md\n---\nlicense: MIT\nbase_model: meta-llama/Llama-3.1-8B\n---\n');
    assert.match(pedigree('fix', root, '--dry-run').out, /1 safe fix would be applied/);
    assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /MIT/);
    assert.match(pedigree('fix', root).out, /1 safe fix applied/);
    assert.match(readFileSync(join(root, 'README.md'), 'utf8'), /^license: mit$/m);
    assert.match(pedigree('fix', root).out, /0 safe fixes applied/);
  });
  it('neutralises control characters and workflow commands', () => {
    const root = make('--- README.md\n---\nlicense: "x\\u001b[31m::error::y"\npipeline_tag: text-generation\n---\n');
    const { out } = pedigree('audit', root);
    assert.ok(!out.includes('\u001b') && !/^::/m.test(out));
  });
  it('gives the same bytes in another time zone, locale and order', () => {
    const root = make(laundered + '--- b/a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")\n');
    const before = { TZ: process.env['TZ'], LANG: process.env['LANG'] };
    const one = pedigree('audit', root, '--format', 'json').out;
    process.env['TZ'] = 'Pacific/Kiritimati';
    process.env['LANG'] = 'tr_TR.UTF-8';
    const two = pedigree('audit', root, '--format', 'json').out;
    Object.assign(process.env, { TZ: before.TZ ?? '', LANG: before.LANG ?? '' });
    assert.equal(two, one);
  });
});
