import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic, Hover } from 'vscode-languageserver/node';
import { pageHtml } from '../../client/src/pages/html.ts';
import { readMessage } from '../../client/src/pages/messages.ts';
import { placeOf } from '../../client/src/report/places.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { tools } from '../../server/src/protocol/tools.ts';
import { documentOf } from '../../server/src/report/document.ts';
import { htmlOf } from '../../server/src/report/html.ts';
import { markdownOf } from '../../server/src/report/markdown.ts';
import { summaryOf } from '../../server/src/report/summary.ts';
import { startClient } from '../support/lsp.ts';
import { card, makeTree, removeTrees, reportOf } from './support.ts';

const names = [
  '"><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '</style><style>*{display:none}</style>',
  'javascript:alert(1)',
  '${alert(1)}',
  '{{constructor}}',
  '[x](command:workbench.action.quit)',
  '![x](https://evil.test/p.png)',
  '<https://evil.test>',
  '`a` **b** | c |',
  '\u202egpj.exe',
  '\u2066hidden\u2069',
  '\u001b[31mred\u001b[0m\u001b]8;;https://evil.test\u0007link\u001b]8;;\u0007',
  '::error file=a::b',
  '##[set-env name=A]b',
  '::set-output name=a::b',
  '=cmd|calc!A1',
  '__proto__',
  'constructor',
];

/** A folder that says every hostile name wherever something is shown of it. */
const tree = (): string => {
  const files: Record<string, string> = { LICENSE: 'MIT License\n', 'u/README.md': '---\nbase_model: acme-of-nobody/unknown-model\n---\n' };
  for (const [at, name] of names.entries()) {
    const quoted = JSON.stringify(name);
    files[`r${at}/README.md`] =
      `---\nlicense: other\nlicense_name: ${quoted}\nlicense_link: ${quoted}\nmodel_name: ${quoted}\nbase_model: [${quoted}, "meta-llama/Llama-3.1-8B"]\ndatasets: [${quoted}]\n---\n# ${name.replaceAll('\n', ' ')}\n<!-- pedigree-ignore licence-missing: ${name} -->\n`;
    files[`r${at}/package.json`] = JSON.stringify({ name, license: name, author: name });
    files[`r${at}/pyproject.toml`] = `[project]\nname = ${quoted.replaceAll('\\u001b', '\\u001B')}\nlicense = ${quoted}\n`;
    files[`r${at}/a.py`] = `from transformers import AutoModel\nAutoModel.from_pretrained(${quoted})\n`;
  }
  for (const name of names.filter((each) => !each.includes('/'))) files[`n/${name}/README.md`] = card;
  files['n/a\nb::error::c/README.md'] = card;
  files['n/::error::x/README.md'] = card;
  return makeTree(files);
};

const run = (words: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly node?: readonly string[]; readonly input?: string } = {}) =>
  spawnSync(process.execPath, [...(options.node ?? []), 'dist/cli.js', ...words], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '', ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const markup = /(?<!\\)(?:\]\(|<(?:img|script|style|https?|a )|!\[)/;

describe('security', function () {
  this.timeout(60_000);
  after(removeTrees);

  it('S1: a page takes only its own script and style, and puts everything in as text', () => {
    for (const name of names) {
      const html = pageHtml({ cspSource: 'vscode-resource:', nonce: 'n', script: 's.js', style: 's.css', title: name });
      assert.match(html, /content="default-src 'none'; style-src vscode-resource:; script-src 'nonce-n'"/);
      assert.equal(html.match(/<script/g)?.length, 1, name);
      assert.equal(html.match(/<style/g), null, name);
    }
    for (const folder of ['client/pages', 'client/pages/report', 'client/pages/lineage'])
      for (const file of readdirSync(folder).filter((each) => each.endsWith('.ts')))
        assert.doesNotMatch(
          readFileSync(join(folder, file), 'utf8'),
          /\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function|srcdoc)\b/,
          file,
        );
  });
  it('S1: what comes from a page is one of three shapes, and leads to places in the folder only', () => {
    for (const message of [
      null,
      1,
      'open',
      [],
      {},
      { type: 'open' },
      { type: 'open', id: '../x' },
      { type: 'open', id: 1 },
      { type: 'open', id: '1.1', path: '/etc/passwd' },
      { type: 'command', name: 'workbench.action.quit' },
      { type: 'open', id: '1.1', uri: 'file:///' },
    ])
      assert.equal(readMessage(message), undefined, JSON.stringify(message));
    for (const path of ['../x', '/etc/passwd', 'C:\\x', '\\\\host\\x', 'a/../../x', 'a\u0000', ''])
      assert.equal(placeOf('file:///w', { path, line: 1 }), undefined, path);
  });

  it('S2: a hover shows names, and none of them is a link, a picture, a command or HTML', async () => {
    const root = tree();
    const client = await startClient(root, {});
    for (const at of names.keys())
      for (const [file, lines] of [
        [`r${at}/README.md`, [1, 2, 3, 5, 6]],
        [`r${at}/a.py`, [1]],
        [`r${at}/package.json`, [0]],
      ] as const) {
        client.open(file, readFileSync(join(root, file), 'utf8'));
        for (const line of lines)
          for (const character of [14, 30]) {
            const hover = await client.request<Hover | null>('textDocument/hover', { textDocument: { uri: client.uri(file) }, position: { line, character } });
            const text = hover === null ? '' : (hover.contents as { value: string }).value;
            for (const found of text.matchAll(new RegExp(markup, 'g'))) {
              // Links of ours lead to pages of works and licences.
              const rest = text.slice(found.index, found.index + 40);
              assert.ok(rest.startsWith('](https://') && !rest.includes('evil.test'), `${file}:${line}: ${text}`);
            }
            assert.ok(!control.test(text), `${file}:${line}: ${JSON.stringify(text)}`);
          }
        const { items } = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(file) } });
        for (const { codeDescription, message } of items) {
          assert.ok(codeDescription === undefined || codeDescription.href.startsWith('https://'));
          assert.ok(!control.test(JSON.stringify(message)) && !/\\u00[01]/.test(JSON.stringify(message)), JSON.stringify(message));
        }
      }
    await client.stop();
    assert.match(readFileSync('client/src/client.ts', 'utf8'), /markdown: \{ isTrusted: false, supportHtml: false \}/);
  });

  it('S3: nothing of a file steers a terminal, a log, a sheet or a page', async () => {
    const root = tree();
    for (const format of ['text', 'lines']) {
      const { stdout, stderr, status } = run(['audit', '--format', format, '--fail-on', 'never', root]);
      assert.equal(status, 0, stderr);
      assert.ok(stdout.length > 1_000);
      assert.ok(!control.test(stdout.replaceAll('\n', '').replaceAll('\t', '')), format);
      assert.doesNotMatch(stdout, /^\s*(?:::|##\[)/m, format);
    }
    const report = await reportOf(root);
    const blocks = documentOf([{ name: names[0] ?? '', report, summary: summaryOf(report, []) }], '2026-01-02');
    const html = htmlOf(blocks);
    for (const [tag, name = ''] of html.matchAll(/<\/?([a-z][a-z\d]*)\b[^>]*>?/gi)) {
      assert.ok(!['script', 'img', 'a', 'iframe', 'object', 'link', 'form', 'svg', 'base'].includes(name.toLowerCase()), tag);
      assert.doesNotMatch(tag, /\son\w+\s*=|javascript:|\ssrc\s*=|\shref\s*=/i);
    }
    assert.equal(html.match(/<style/g)?.length, 1);
    assert.doesNotMatch(markdownOf(blocks), markup);
    const sarif = JSON.parse(run(['audit', '--format', 'sarif', '--fail-on', 'never', root]).stdout) as object;
    const uris: string[] = [];
    JSON.stringify(sarif, (key, value: unknown) => {
      if (key === 'uri' && typeof value === 'string') uris.push(value);
      return value;
    });
    assert.ok(uris.length > 20);
    for (const uri of uris)
      assert.ok(
        /^https:\/\/[\w./#-]+$/.test(uri) || (/^[\w./%~!$&'()*+,;=@:-]*$/.test(uri) && !uri.startsWith('/') && !uri.includes('..') && !/^[a-z]+:/i.test(uri)),
        uri,
      );
  });

  /** Whatever reaches out or runs something but the program's own bundles ends the process, and says what it was. */
  const guard = (): string => {
    const path = join(makeTree({}), 'guard.cjs');
    writeFileSync(
      path,
      `const stop = (what) => () => { require('fs').writeSync(2, 'REACHED ' + what + '\\n'); process.kill(process.pid, 'SIGKILL'); };
for (const [name, methods] of Object.entries({ http: ['request', 'get', 'createServer'], https: ['request', 'get', 'createServer'], http2: ['connect'], net: ['connect', 'createConnection', 'createServer'], tls: ['connect'], dns: ['lookup', 'resolve'], dgram: ['createSocket'], child_process: ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'], vm: ['runInContext', 'runInNewContext', 'runInThisContext', 'compileFunction'] })) for (const method of methods) require(name)[method] = stop(name + '.' + method);
require('net').Socket.prototype.connect = stop('Socket.connect');
const { Script } = require('vm');
require('vm').Script = function (text, options) {
  const own = require('path').dirname(options.filename) === ${JSON.stringify(resolve('dist'))} && text === require('module').wrap(require('fs').readFileSync(options.filename, 'utf8'));
  return own ? new Script(text, options) : stop('vm.Script')();
};
for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource']) globalThis[name] = stop(name);
globalThis.eval = stop('eval');
globalThis.Function = new Proxy(Function, { construct: stop('new Function'), apply: stop('Function()') });
`,
    );
    return path;
  };

  it('S4: no command reaches a network or starts a program', () => {
    const root = tree();
    const path = guard();
    for (const words of [
      ['audit', '--fail-on', 'never', root],
      ['audit', '--fail-on', 'never', '--cache', root],
      ['audit', '--fail-on', 'never', '--format', 'sarif', root],
      ['fix', '--dry-run', root],
      ['identify', join(root, 'LICENSE')],
      ['explain', 'meta-llama/Llama-3.1-8B'],
      ['disclose', 'eu-gpai-summary', root],
    ]) {
      const { status, signal, stderr } = run(words, { node: ['--require', path] });
      assert.deepEqual([stderr.includes('REACHED'), signal], [false, null], `${words.join(' ')}: ${stderr.slice(0, 200)}`);
      assert.ok(status === 0 || status === 2, `${words.join(' ')}: ${status} ${stderr.slice(0, 300)}`);
    }
    const reaching = run(['audit', '--fail-on', 'never', '--hub', root], { node: ['--require', path], env: { HF_ENDPOINT: 'http://127.0.0.1:9' } });
    assert.ok(reaching.stderr.includes('REACHED'), 'the guard stops nothing');
  });
  it('S4: the server answers with all that reaches out cut off', async () => {
    const root = makeTree({ 'README.md': card });
    const client = await startClient(root, { command: ['--require', guard(), 'dist/server.js', '--stdio'] });
    client.open('README.md', card);
    assert.ok((await client.request<{ items: unknown[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri('README.md') } })).items.length > 0);
    assert.equal(await client.stop(), 0);
  });
  it('S4: an audit works where there is no network at all', function () {
    if (spawnSync('unshare', ['-rn', 'true']).status !== 0) this.skip();
    const root = tree();
    const words = [process.execPath, 'dist/cli.js', 'audit', '--format', 'json', '--fail-on', 'never', root];
    const without = spawnSync('unshare', ['-rn', ...words], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const { findings } = JSON.parse(without.stdout) as Report;
    assert.ok(findings.length > 10);
  });
  it('S4: no bundle but that of the hub speaks of a network, and none writes code as it runs', () => {
    for (const name of readdirSync('dist').filter((each) => each.endsWith('.js'))) {
      const text = readFileSync(join('dist', name), 'utf8');
      if (name !== 'hub.js') assert.doesNotMatch(text, /require\("(?:node:)?(?:https?|http2|dns|tls|dgram)"\)|(?<![.\w])fetch\(/, name);
      assert.doesNotMatch(text, /\bnew Function\(|(?<![.\w])eval\(/, name);
      // What loads a bundle of its own, compiled.
      assert.equal(/require\("(?:node:)?vm"\)/.test(text), ['cli.js', 'client.js', 'engine.js', 'server.js'].includes(name), name);
    }
  });

  it('S5: no setting names a program, and none of a workspace widens what is read or asked', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
      capabilities: { untrustedWorkspaces: { supported: boolean; restrictedConfigurations: string[] } };
      contributes: { configuration: { properties: Record<string, { type: string; scope: string; enum?: string[] }> } };
    };
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes('pedigree.useHub'));
    for (const [name, { type, scope, enum: values }] of Object.entries(manifest.contributes.configuration.properties)) {
      assert.ok(type === 'boolean' || type === 'number' || values !== undefined, `${name} takes any text`);
      if (/cache|hub/i.test(name)) assert.equal(scope, 'machine', name);
    }
  });
  it('S5: a policy is data, whatever its tags say', async () => {
    const proof = join(makeTree({}), 'it-ran');
    for (const policy of [
      `use: !!js/function "function(){require('fs').writeFileSync('${proof}','')}"\n`,
      `rules: !!python/object/apply:os.system ["touch ${proof}"]\n`,
      `extends: |\n  $(touch ${proof})\n`,
      `extends: ${'../'.repeat(20)}etc/passwd\n`,
      'extends: https://evil.test/pedigree.yaml\n',
      `works: [{ id: "$(touch ${proof})", licence: MIT }]\n`,
    ]) {
      const report = await reportOf(makeTree({ 'README.md': card, 'pedigree.yaml': policy }));
      assert.ok(!JSON.stringify(report).includes('root:x:'), policy);
    }
    assert.equal(existsSync(proof), false);
  });

  it('S7: what a language model reads of a repository stands between marks that it cannot write', () => {
    // The rest is in test/report/tools.test.ts; here the names, over the protocol that models use.
    const root = tree();
    const ask = (id: number, method: string, params: object): string => `${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`;
    const input = [
      ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'x', version: '0' } }),
      `${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`,
      ...Object.values(tools).map(({ name }, at) => ask(at + 2, 'tools/call', { name, arguments: {} })),
      ask(99, 'tools/list', {}),
    ].join('');
    const { stdout } = run(['mcp', '--root', root], { input });
    const answers = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: number; result?: { content?: { text: string }[]; tools?: { annotations?: { readOnlyHint?: boolean } }[] } });
    assert.ok(answers.length >= 2, stdout.slice(0, 300));
    for (const { result } of answers)
      for (const { text } of result?.content ?? []) assert.ok(!control.test(text.replaceAll('\n', '')), JSON.stringify(text).slice(0, 300));
    const listed = answers.find(({ id }) => id === 99)?.result?.tools ?? [];
    assert.ok(listed.length > 0 && listed.every(({ annotations }) => annotations?.readOnlyHint === true));
  });
});
