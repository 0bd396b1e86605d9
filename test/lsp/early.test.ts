import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { nearFirst } from '../../server/src/host/near.ts';
import { startClient } from '../support/lsp.ts';

const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Card\n';
const manifest = '[project]\nname = "x"\nlicense = { file = "legal/terms/absent.txt" }\n';

/** Takes a reader long enough that the rest of the folder is still to be read when the card is answered. */
const slow = `from transformers import AutoModel\nm = AutoModel.from_pretrained("acme/x")\n${'def f(value, scale=1):\n    return [value * scale for _ in range(7)]\n'.repeat(60)}`;

describe('a large folder', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pedigree-large-'));
    for (let folder = 0; folder < 40; folder += 1) {
      mkdirSync(join(root, `part${folder}`));
      for (let file = 0; file < 40; file += 1) writeFileSync(join(root, `part${folder}`, `f${file}.py`), slow);
    }
    writeFileSync(join(root, 'README.md'), card);
    writeFileSync(join(root, 'pyproject.toml'), manifest);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is spoken of before all of it was read, and again once it was', async () => {
    const client = await startClient(root);
    const codes = async (path: string): Promise<readonly unknown[]> => {
      const { items } = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } });
      return items.map((item) => item.code);
    };
    const isReady = ({ state }: { state: string }): boolean => state === 'ready';
    const readyAt = (): number => client.received.findIndex(({ method, params }) => method === 'pedigree/status' && isReady(params as { state: string }));
    const isAskedSince = (at: number): boolean => client.received.some(({ method }, index) => index > at && method === 'workspace/diagnostic/refresh');
    try {
      client.open('README.md', card);
      client.open('pyproject.toml', manifest, 'toml');
      const [first, ofManifest] = await Promise.all([codes('README.md'), codes('pyproject.toml')]);
      assert.equal(readyAt(), -1, 'the answer came after everything was read');
      assert.ok(first.includes('licence-laundering'), String(first));
      // Nobody knows yet what is absent.
      assert.ok(!ofManifest.includes('dangling-licence-reference'), String(ofManifest));
      await client.waitFor('pedigree/status', isReady);
      for (let tries = 0; tries < 100 && !isAskedSince(readyAt()); tries += 1) await new Promise((done) => setTimeout(done, 50));
      assert.ok(isAskedSince(readyAt()), 'nobody is told to ask again');
      assert.ok((await codes('README.md')).includes('licence-laundering'));
      assert.ok((await codes('pyproject.toml')).includes('dangling-licence-reference'));
    } finally {
      await client.stop();
    }
  });
  it('is waited for by who cannot be told to ask again', async () => {
    const client = await startClient(root, { capabilities: { textDocument: { diagnostic: {} } } });
    try {
      client.open('pyproject.toml', manifest, 'toml');
      const { items } = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri: client.uri('pyproject.toml') },
      });
      assert.ok(items.some((item) => item.code === 'dangling-licence-reference'));
    } finally {
      await client.stop();
    }
  });
});

describe('what is read first', () => {
  const file = (path: string): { readonly path: string; readonly size: number; readonly modified: number } => ({ path, size: 1, modified: 0 });
  const many = Array.from({ length: 600 }, (_, at) => file(`m/${at}`));

  it('lies beside an open document and above it', () => {
    const { files, first } = nearFirst([file('a/b/c'), file('a/x'), file('b/y'), ...many, file('z')], () => ['a/b/c']);
    assert.deepEqual(
      files.slice(0, first).map(({ path }) => path),
      ['a/b/c', 'a/x', 'z'],
    );
    assert.equal(files.length, 604);
  });
  it('is nothing where all is read soon, nothing is open, or most lies there', () => {
    assert.equal(nearFirst([file('a'), file('b/c')], () => ['a']).first, 0);
    assert.equal(nearFirst(many, () => []).first, 0);
    assert.equal(nearFirst(many, () => ['m/1']).first, 0);
  });
});
