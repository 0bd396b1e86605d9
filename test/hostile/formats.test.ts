import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { applyFix } from '../../server/src/host/apply.ts';
import { decode } from '../../server/src/text/decode.ts';
import { indexLines, offsetAt, positionAt } from '../../server/src/text/lines.ts';
import { limits } from '../../server/src/text/limits.ts';
import { readYaml } from '../../server/src/text/yaml.ts';
import { cpuTime } from '../support/time.ts';
import { card, encode, failures, makeTree, openTree, randomFrom, readFile, removeTrees, runs, seed, writeFiles } from './support.ts';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';

/** YAML that has brought parsers down, as the front matter of a card and as a file. */
const yaml: Readonly<Record<string, string>> = {
  'brackets that stay open': '['.repeat(1000),
  'fewer of them': '['.repeat(900),
  'braces that stay open': '{a: '.repeat(1000),
  'blocks in blocks': Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'lists in lists': '- '.repeat(2000),
  'a hundred thousand brackets': '['.repeat(100_000),
  'a hundred thousand lists': '- '.repeat(100_000),
  'twenty thousand keys': Array.from({ length: 20_000 }, (_, key) => `k${key}: v`).join('\n'),
  'forty thousand keys': Array.from({ length: 40_000 }, (_, key) => `k${key}: v`).join('\n'),
  'a list without end': '- abcdefgh\n'.repeat(60_000),
  'aliases of aliases': [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, at) => `${'bcdefghij'[at]}: &${'bcdefghij'[at]} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[at]}`).join(', ')}]`),
  ].join('\n'),
  'an alias of itself': 'license: &a [*a]\nbase_model: &b {x: *b}',
  'two hundred aliases': `license: &a mit\nx: [${'*a, '.repeat(200)}]`,
  'keys of every object': '__proto__: {license: mit}\nconstructor: x\nhasOwnProperty: 1\ntoString: [a]\nlicense: mit',
  'a key twice': 'license: mit\nlicense: apache-2.0\nlicense: gpl-3.0',
  'tags of other languages':
    'license: !!python/object/apply:os.system ["touch /tmp/pedigree-ran"]\nbase_model: !include /etc/passwd\nx: !!js/function "function(){}"\ny: !!binary AAAA',
  'merged keys': 'a: &a {license: mit}\nb:\n  <<: *a\n  <<: [*a, *a]\n<<: *a',
  'several documents': 'license: mit\n---\nlicense: apache-2.0\n...\n---\nx',
  tabs: 'license:\tmit\n\tbase_model: a/b\n',
  'no end of a quote': `license: "${'a'.repeat(60_000)}`,
  'no end of a block': `license: |\n${'  a\n'.repeat(15_000)}`,
  'only line feeds of old': 'license: mit\rbase_model: a/b\r',
  'a byte order mark': '\ufefflicense: mit',
  'numbers without end': `license: ${'9'.repeat(50_000)}\nx: 1e${'9'.repeat(1000)}`,
  'complex keys': '? [a, b]\n: ? {c: d}\n  : e\n? |\n  f\n: g',
  comments: '#'.repeat(60_000),
  anchors: '&a '.repeat(20_000),
};

const ids = (path: string, content: string | Uint8Array): readonly string[] => {
  const artefact = readFile(path, content);
  assert.deepEqual(failures(artefact), [], path);
  return artefact.facts.flatMap((fact) => (fact.kind === 'licence' ? fact.licences : []));
};

const notebook = (cells: readonly unknown[], rest: object = {}): string => JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5, ...rest });
const code = (source: unknown): object => ({ cell_type: 'code', source, outputs: [], metadata: {} });
const load = 'from transformers import AutoModel\nAutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n';

const loads = (text: string): number => readFile('a.ipynb', text).facts.filter(({ kind }) => kind === 'relation').length;

describe('hostile formats', function () {
  this.timeout(60_000);
  before(() => console.log(`      seed ${seed}`));
  after(removeTrees);

  for (const [what, text] of Object.entries(yaml)) {
    it(`R6: YAML with ${what} is read or refused in bounded time`, () => {
      const started = cpuTime();
      for (const [path, content] of [
        ['README.md', `---\n${text}\n---\n# x\n`],
        ['README.md', `---\n${text}`],
        ['train.yaml', text],
        ['CITATION.cff', text],
        ['.github/workflows/a.yml', text],
      ] as const)
        assert.deepEqual(failures(readFile(path, content)), [], path);
      assert.ok(readYaml(text).problems.length >= 0);
      const used = cpuTime() - started;
      assert.ok(used < 8_000, `${used.toFixed(0)} ms`);
    });
  }
  it('R6: no such text ends the process, in whatever order they come', () => {
    const root = makeTree(
      Object.fromEntries(
        Object.values(yaml).flatMap((text, at) => [
          [`f${at}/README.md`, `---\n${text}\n---\n`],
          [`f${at}/train.yaml`, text],
          [`f${at}/docker-compose.yml`, text],
        ]),
      ),
    );
    const run = spawnSync(process.execPath, ['dist/cli.js', 'audit', '--format', 'json', '--fail-on', 'never', root], { encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.deepEqual([run.status, run.signal], [0, null], run.stderr.slice(0, 500));
    const { skipped, summary } = JSON.parse(run.stdout) as { skipped: { path: string }[]; summary: { complete: boolean } };
    assert.ok(skipped.length > 5 && !summary.complete);
  });
  it('R6: what a card says is taken where it can be read at all', () => {
    for (const front of [yaml['keys of every object'], yaml['two hundred aliases'], yaml['a byte order mark']])
      assert.ok(ids('README.md', `---\n${front}\n---\n`).includes('MIT'), front?.slice(0, 40));
    assert.deepEqual(ids('README.md', `---\n${yaml['a key twice']}\n---\n`), ['GPL-3.0-only']);
    assert.deepEqual(ids('README.md', 'license: mit\n'), []);
    assert.deepEqual(ids('README.md', '---\r\nlicense: mit\r\n---\r\n'), ['MIT']);
    assert.equal(({} as Record<string, unknown>)['license'], undefined);
  });

  it('R7: JSON and notebooks cut off anywhere are no failure', () => {
    const random = randomFrom(seed);
    const whole: Readonly<Record<string, string>> = {
      'a.ipynb': notebook([code(load), { cell_type: 'markdown', source: ['# a\n', '[b](c)'] }, code(['x = 1\n'])]),
      'package.json': '{"name":"x","license":"MIT","dependencies":{"a":"^1.0.0"},"author":{"name":"é😀"}}',
      'adapter_config.json': '{"base_model_name_or_path":"meta-llama/Llama-3.1-8B","peft_type":"LORA","r":8}',
      'config.json': '{"_name_or_path":"a/b","architectures":["X"],"model_type":"x"}',
      'sbom.cdx.json':
        '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"machine-learning-model","name":"a","licenses":[{"license":{"id":"MIT"}}]}]}',
    };
    for (const [path, text] of Object.entries(whole))
      for (let cut = 0; cut < 200; cut += 1) {
        const end = Math.floor(random() * text.length);
        assert.deepEqual(failures(readFile(path, text.slice(0, end))), [], `${path} cut at ${end}, seed ${seed}`);
        assert.deepEqual(failures(readFile(path, text.slice(end))), [], `${path} from ${end}, seed ${seed}`);
      }
  });
  it('R7: notebooks of other shapes are read, or say nothing', () => {
    assert.equal(loads(notebook([code(load)])), loads(notebook([code(load.split(/(?<=\n)/))])));
    assert.ok(loads(notebook([code(load)])) > 0);
    const older = JSON.stringify({
      nbformat: 3,
      nbformat_minor: 0,
      metadata: {},
      worksheets: [{ cells: [{ cell_type: 'code', input: [load], outputs: [] }] }],
    });
    for (const text of [
      older,
      notebook([{ source: load }]),
      notebook([{ cell_type: 1, source: load }]),
      notebook([code(null), code(1), code({}), code([1, null, load, []]), null, 1, 'x', []]),
      notebook([code('\ud800'), code('\u0000'), code('"\\ud800"')]),
      '{"nbformat":4,"cells":{"a":1}}',
      '{"nbformat":1e400,"cells":[]}',
      `{"nbformat":4,"cells":[${'{"cell_type":"code","source":"x"},'.repeat(5_000)}]}`,
      `{"nbformat":4,"cells":[],"cells":[{"cell_type":"code","source":["x"]}]}`,
      `{"nbformat":4,"cells":${'['.repeat(100_000)}`,
      `{"a":`.repeat(100_000),
      `{"nbformat":4,"cells":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      `{"nbformat":4,"cells":[{"cell_type":"code","source":"${'a'.repeat(2_000_000)}"}]}`,
    ]) {
      const started = cpuTime();
      assert.deepEqual(failures(readFile('a.ipynb', text)), [], text.slice(0, 60));
      assert.ok(cpuTime() - started < 4_000, text.slice(0, 60));
    }
  });
  it('R7: JSON that is nearly JSON', () => {
    for (const text of [
      '{"license":"MIT",}',
      '{"license":"MIT","license":"ISC"}',
      '{"license":"MIT"} x',
      '// c\n{"license":"MIT"}',
      '{"license":1e400}',
      '{"license":"\\ud800"}',
      '{"license":{"type":"MIT"}}',
      '{"license":[["MIT"]]}',
      'null',
      '[]',
      '"x"',
      '',
      '\ufeff{"license":"MIT"}',
      `${'['.repeat(100_000)}`,
      `{"license":${'{"a":'.repeat(100_000)}`,
      '{"__proto__":{"license":"MIT"}}',
      '{"constructor":{"prototype":{"license":"MIT"}}}',
    ])
      for (const path of ['package.json', 'config.json', 'adapter_config.json', 'dataset_info.json', 'sbom.cdx.json', 'croissant.json'])
        assert.deepEqual(failures(readFile(path, text)), [], `${path}: ${text.slice(0, 40)}`);
    assert.equal(({} as Record<string, unknown>)['license'], undefined);
  });

  it('R9: a text says the same in every encoding that it may come in', () => {
    const expected = ['MIT'];
    for (const [what, bytes] of Object.entries({
      plain: encode(card),
      'a byte order mark': encode(`\ufeff${card}`),
      'UTF-16 LE': Buffer.from(`\ufeff${card}`, 'utf16le'),
      'UTF-16 BE': Buffer.from(`\ufeff${card}`, 'utf16le').swap16(),
      'Latin-1': Buffer.from(`${card}M\u00f6del\n`, 'latin1'),
      'bytes that are no UTF-8': Buffer.concat([encode(card), Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf5])]),
      'line feeds of Windows': encode(card.replaceAll('\n', '\r\n')),
    }))
      assert.deepEqual(ids('README.md', bytes), expected, what);
    assert.deepEqual(failures(readFile('README.md', Buffer.concat([encode(card), new Uint8Array(5_000)]))), []);
    assert.deepEqual(failures(readFile('README.md', Buffer.from(`\ufeff${card}`, 'utf16le').subarray(0, 31))), []);
  });
  it('R9: places and offsets are two names of one thing, whatever the text', () => {
    const piece = fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '😀', '\ud83d', '\ude00', '\ufeff', 'e\u0301', '\t', 'a'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((parts) => parts.join('')),
        fc.nat({ max: 100 }),
        (text, at) => {
          const index = indexLines(text);
          const offset = Math.min(at, text.length);
          const place = positionAt(index, offset);
          assert.equal(offsetAt(index, place), offset);
          assert.deepEqual(positionAt(index, offsetAt(index, place)), place);
          assert.ok(offsetAt(index, { line: 1e9, character: 1e9 }) <= text.length && offsetAt(index, { line: 0, character: 1e9 }) <= text.length);
        },
      ),
      runs(10_000),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => decode(bytes) === undefined || typeof decode(bytes)?.text === 'string'),
      runs(2_000),
    );
  });
  it('R9: a fix keeps the byte order mark and the ends of lines', async () => {
    const root = makeTree({});
    for (const end of ['\n', '\r\n']) {
      for (const mark of ['', '\ufeff']) {
        const text = `${mark}${card.replace('license: mit', 'license: MIT').replaceAll('\n', end)}`;
        writeFiles(root, { 'README.md': text });
        const workspace = openTree(root);
        await workspace.scan();
        for (const { fixes } of workspace.analysis().report.findings)
          for (const fix of fixes.filter(({ edits }) => edits.length > 0)) {
            writeFiles(root, { 'README.md': text });
            assert.equal(applyFix(root, fix).ok, true, fix.title);
            const after = readFileSync(join(root, 'README.md'), 'utf8');
            assert.equal(after.startsWith('\ufeff'), mark !== '');
            assert.equal(after.split('\n').length - 1 === after.split('\r\n').length - 1, end === '\r\n', JSON.stringify(after));
          }
      }
    }
  });
  it('limits of formats have the values that these tests were written for', () =>
    assert.deepEqual([limits.nesting, limits.yamlAliases, limits.mapKeys], [100, 1_000, 5_000]));
});
