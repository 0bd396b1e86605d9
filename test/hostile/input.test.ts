import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, linkSync, mkdirSync, openSync, closeSync, ftruncateSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesWanted, tailWanted } from '../../server/src/artefacts/read.ts';
import { applyFix } from '../../server/src/host/apply.ts';
import { inside } from '../../server/src/host/content.ts';
import { readEnds } from '../../server/src/host/disk.ts';
import { walkTree } from '../../server/src/host/walk.ts';
import { pathInside } from '../../server/src/lsp/uris.ts';
import { digest } from '../../server/src/text/digest.ts';
import { limits } from '../../server/src/text/limits.ts';
import { cpuTime } from '../support/time.ts';
import { writeGguf, writeSafetensors } from '../support/weights.ts';
import { card, encode, failures, makeTree, readFile, removeTrees, reportOf, writeFiles } from './support.ts';

/** A file of so many bytes that takes no place on disk. */
const sparse = (path: string, size: number, head: string | Uint8Array = ''): void => {
  writeFileSync(path, head);
  const handle = openSync(path, 'r+');
  ftruncateSync(handle, size);
  closeSync(handle);
};

const length64 = (value: bigint): Uint8Array => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt.asUintN(64, value));
  return out;
};

const isSupportedPlatform = process.platform !== 'win32';

describe('hostile input', function () {
  this.timeout(60_000);
  after(removeTrees);

  it('R1: files of any size cost what the limits allow, and are named when they were not read whole', async () => {
    const root = makeTree({
      'README.md': card,
      'zero/README.md': '',
      'line/README.md': 'a'.repeat(5_000_000),
      'code/a.py': `x = "${'b'.repeat(2_000_000)}"\n`,
    });
    for (const [path, size] of [
      ['huge/README.md', 51_000_000],
      ['huge/a.py', 51_000_000],
      ['huge/config.json', 51_000_000],
      ['huge/LICENSE', 51_000_000],
      ['huge/a.ipynb', 51_000_000],
      ['huge/train.yaml', 51_000_000],
      ['huge/run.sh', 51_000_000],
      ['w/model.safetensors', 2_147_483_648],
      ['w/model.gguf', 2_147_483_648],
      ['w/model.onnx', 2_147_483_648],
      ['w/model.bin', 2_147_483_648],
      ['w/model.nemo', 2_147_483_648],
    ] as const) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      sparse(join(root, path), size, path.endsWith('.gguf') ? 'GGUF' : '');
      const ends = readEnds(join(root, path), bytesWanted(path), tailWanted(path));
      assert.ok(ends.head.length <= 16_000_000 && ends.head.length + ends.tail.length <= bytesWanted(path) + tailWanted(path), path);
    }
    const started = cpuTime();
    const report = await reportOf(root);
    assert.ok(cpuTime() - started < 20_000, `${(cpuTime() - started).toFixed(0)} ms`);
    const skipped = new Set(report.skipped.map(({ path }) => path));
    for (const path of [
      'huge/README.md',
      'huge/a.py',
      'huge/config.json',
      'huge/LICENSE',
      'huge/a.ipynb',
      'huge/train.yaml',
      'huge/run.sh',
      'line/README.md',
      'code/a.py',
    ])
      assert.ok(skipped.has(path), `${path} is not named among what was skipped`);
    assert.equal(report.summary.complete, false);
    assert.ok(!skipped.has('zero/README.md'));
    assert.ok(report.findings.some(({ ruleId, path }) => ruleId === 'licence-laundering' && path === 'README.md'));
  });

  it('R2: binary bytes say nothing, whatever the name, and lengths in them are believed by nobody', () => {
    const text = encode(card);
    const withNul = (at: number): Uint8Array => {
      const bytes = new Uint8Array(Math.max(text.length, at + 1)).fill(0x20);
      bytes.set(text);
      bytes[at] = 0;
      return bytes;
    };
    for (const at of [0, 8_191, text.length - 1]) assert.deepEqual(failures(readFile('README.md', withNul(at))), [], `NUL at ${at}`);
    assert.deepEqual(readFile('README.md', withNul(0)).facts, []);
    assert.deepEqual(readFile('README.md', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13)).facts, []);

    const body = encode('{"__metadata__":{"license":"mit"}}');
    for (const length of [2n ** 63n, -1n, 2n ** 63n - 1n, 1_000_000n, 0n]) {
      const artefact = readFile('m.safetensors', Buffer.concat([length64(length), body]));
      assert.deepEqual([artefact.facts.filter(({ kind }) => kind === 'licence'), failures(artefact)], [[], []], String(length));
    }
    for (const json of ['[]', 'null', '1', '"x"', '{"__metadata__":[]}', '{"__metadata__":{"license":1}}', '{', '\u0000'])
      assert.deepEqual(failures(readFile('m.safetensors', Buffer.concat([length64(BigInt(json.length)), encode(json)]))), [], json);

    const gguf = Buffer.from(writeGguf({ 'general.license': 'mit', 'general.name': 'x' }));
    for (const at of [8, 16]) {
      const strings = Buffer.from(gguf);
      strings.writeBigUInt64LE(2n ** 40n, at);
      assert.deepEqual(failures(readFile('m.gguf', strings)), []);
    }
    for (const [path, whole] of [
      ['m.gguf', gguf],
      ['m.safetensors', Buffer.from(writeSafetensors({ license: 'mit' }))],
    ] as const)
      for (let end = 0; end <= 64; end += 1) assert.deepEqual(failures(readFile(path, whole.subarray(0, end), whole.length)), [], `${path} cut at ${end}`);
  });

  it('R3: a pickle is data: nothing of it runs, and only its head is read', async () => {
    const proof = join(makeTree({}), 'it-ran');
    // What `pickle.loads` would make a file of: c os / system, a string, a call.
    const pickle = encode(`cos\nsystem\n(S'touch ${proof}'\ntR.`);
    const names = ['a.bin', 'a.pt', 'a.pth', 'a.pkl', 'a.ckpt', 'pytorch_model.bin'];
    const root = makeTree({ 'README.md': card, ...Object.fromEntries(names.map((name) => [name, pickle])) });
    await reportOf(root);
    assert.equal(existsSync(proof), false);
    for (const name of names) assert.ok(bytesWanted(name) <= limits.weightsHeadBytes && tailWanted(name) <= limits.weightsTailBytes, name);
    for (const name of ['a.pkl', 'a.ckpt']) assert.ok(bytesWanted(name) <= limits.checkpointHeadBytes, name);
  });

  it('R4: no link leads out of the root, none is walked twice', async function () {
    if (!isSupportedPlatform) this.skip();
    const other = makeTree({ 'README.md': card, 'deep/secret.py': 'x\n', 'pyproject.toml': '[project]\nname = "secret-name"\nlicense = "MIT"\n' });
    const root = makeTree({ 'a.md': '# a\n', 'sub/b.md': '# b\n', 'sub/deep/c.md': '# c\n' });
    symlinkSync('/', join(root, 'all'));
    symlinkSync('..', join(root, 'sub/up'));
    symlinkSync('../..', join(root, 'sub/deep/out'));
    symlinkSync(join(root, 'two'), join(root, 'one'));
    symlinkSync(join(root, 'one'), join(root, 'two'));
    symlinkSync('nowhere', join(root, 'broken.md'));
    symlinkSync(join(other, 'README.md'), join(root, 'README.md'));
    symlinkSync(join(other, 'pyproject.toml'), join(root, 'pyproject.toml'));
    symlinkSync(other, join(root, 'folder'));
    symlinkSync('/proc/self/environ', join(root, 'LICENSE'));
    symlinkSync('/dev/zero', join(root, 'NOTICE'));
    for (let link = 0; link < 100; link += 1) symlinkSync(link === 0 ? 'a.md' : `chain${link - 1}.md`, join(root, `chain${link}.md`));
    linkSync(join(root, 'a.md'), join(root, 'hard.md'));
    const report = await reportOf(root);
    const walk = await walkTree(root);
    const paths = walk.files.map(({ path }) => path).filter((path) => !path.startsWith('chain'));
    assert.deepEqual(paths, ['a.md', 'hard.md', 'sub/b.md', 'sub/deep/c.md']);
    for (const left of ['all', 'sub/up', 'one', 'two', 'folder', 'README.md', 'LICENSE', 'NOTICE', 'pyproject.toml'])
      assert.ok(walk.unread.includes(left), `${left} is not said to be unread`);
    assert.ok(!JSON.stringify(report).includes('secret'));
    // The root itself may be a link.
    const alias = join(makeTree({}), 'alias');
    symlinkSync(root, alias);
    assert.deepEqual(
      (await walkTree(alias)).files.map(({ path }) => path),
      walk.files.map(({ path }) => path),
    );
  });

  it('R5: names and references of any shape stay inside the root, and are shown as what they are', async () => {
    const outside = [
      '../x',
      '../../etc/passwd',
      '/etc/passwd',
      'a/../../x',
      'C:\\x',
      '\\\\host\\share\\x',
      'file:///etc/passwd',
      '%2e%2e/x',
      '%2e%2e%2fx',
      '....//x',
      'a\u0000b',
      'x'.repeat(4_000),
      '.',
      '',
      '~/x',
      '$HOME/x',
      '\u202egnp.x',
    ];
    const refer = (path: string): string => JSON.stringify(path).slice(1, -1);
    const files: Record<string, string> = { 'README.md': card };
    for (const [at, path] of outside.entries()) {
      const quoted = refer(path);
      files[`r${at}/README.md`] =
        `---\nlicense: other\nlicense_name: x\nlicense_link: "${quoted}"\nbase_model: "${quoted}"\ndatasets: ["${quoted}"]\n---\n[LICENSE](${path.replace(/[\s()]/g, '')})\n`;
      files[`r${at}/pyproject.toml`] = `[project]\nname = "x"\nlicense = { file = "${quoted}" }\n`;
      files[`r${at}/package.json`] = `{"name":"x","license":"SEE LICENSE IN ${quoted}"}`;
      files[`r${at}/adapter_config.json`] = `{"base_model_name_or_path":"${quoted}"}`;
      files[`r${at}/a.py`] = `from transformers import AutoModel\nAutoModel.from_pretrained("${quoted}")\n`;
      files[`r${at}/SHA256SUMS`] = `${'0'.repeat(64)}  ${path.replace(/[\r\n\0]/g, '')}\n`;
      files[`r${at}/.gitmodules`] = `[submodule "x"]\n\tpath = ${path.replace(/[\r\n\0]/g, '')}\n\turl = ${path.replace(/[\r\n\0]/g, '')}\n`;
    }
    if (isSupportedPlatform) {
      const names = [
        'b"><img src=x onerror=1>',
        'c\nd',
        'e\u001b[31m',
        'f\u202eg',
        '`h`',
        '[i](command:j)',
        'é'.normalize('NFC'),
        'é'.normalize('NFD'),
        'K',
        'k',
        '-rf',
        '--policy',
        '$(k)',
        'n'.repeat(240),
      ];
      for (const name of names) files[`names/${name}/README.md`] = card;
    }
    const root = makeTree(files);
    const report = await reportOf(root);
    const places = [
      ...report.findings,
      ...report.findings.flatMap(({ related }) => related),
      ...report.findings.flatMap(({ fixes }) => fixes.flatMap(({ edits, creates }) => [...edits, ...creates])),
    ];
    assert.ok(places.length > 50);
    for (const { path } of places) {
      assert.ok(!path.startsWith('/') && !path.split('/').includes('..'), path);
      assert.ok(inside(root, path) !== undefined, path);
    }
    if (isSupportedPlatform) assert.equal(new Set(report.findings.filter(({ path }) => path.startsWith('names/')).map(({ path }) => path)).size, 14);
    // A fix that names a place outside is refused, whoever made it.
    for (const path of ['../x', '/tmp/x', 'a/../../x', ...(isSupportedPlatform ? ['link/x'] : [])]) {
      if (path === 'link/x') symlinkSync(makeTree({ x: 'a' }), join(root, 'link'));
      const fix = {
        title: '',
        safe: true,
        preferred: false,
        edits: [{ path, hash: digest('a'), cell: null, line: 1, column: 1, endLine: 1, endColumn: 2, text: 'b' }],
        creates: [],
      };
      assert.equal(applyFix(root, fix).ok, false, path);
      assert.equal(applyFix(root, { ...fix, edits: [], creates: [{ path, text: 'x', append: true }] }).ok, false, path);
    }
    for (const file of ['/etc/passwd', join(root, '..'), root, join(root, '../other/README.md')]) assert.equal(pathInside(root, file), undefined, file);
  });

  it('R5: a repository without git asks git nothing, and one with it keeps names as they are', async function () {
    if (!isSupportedPlatform) this.skip();
    const root = makeTree({ 'a b/é\n"x".md': card });
    execFileSync('git', ['init', '-q'], { cwd: root });
    execFileSync('git', ['add', '-A'], { cwd: root });
    writeFiles(root, { '.git/config': '[core]\n\tfsmonitor = touch /tmp/should-not-be\n\tsshCommand = touch x\n[include]\n\tpath = /etc/passwd\n' });
    assert.ok((await walkTree(root)).files.some(({ path }) => path === 'a b/é\n"x".md'));
    assert.equal(existsSync('/tmp/should-not-be'), false);
    await reportOf(root);
  });
});
