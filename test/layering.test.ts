import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

const layers = ['protocol', 'text', 'knowledge', 'licence', 'artefacts', 'policy', 'lineage', 'rules', 'analysis', 'report', 'host', 'lsp', 'cli'];
const pure = new Set(layers.slice(0, layers.indexOf('report') + 1));
const outside = /^node:(?:fs|net|https?|http2|dns|tls|dgram|child_process|worker_threads)(?:\/|$)/;

const walk = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const full = join(folder, name);
    return statSync(full).isDirectory() ? walk(full) : full.endsWith('.ts') ? [full] : [];
  });

/** Static, type and dynamic imports alike. */
const importsOf = (file: string): readonly string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^'"\n;]*?(?:\n[^'"\n;]*?)*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);

const files = walk('server/src').map((file) => file.split(sep).join('/'));
const layerOf = (file: string): string => file.split('/')[2] ?? '';

describe('the house', () => {
  it('finds imports at all', () => assert.ok(importsOf('server/src/analysis/analyse.ts').length > 5));

  for (const file of files) {
    it(`${file} imports upwards only`, () => {
      for (const target of importsOf(file)) {
        if (target.startsWith('node:')) {
          assert.ok(!(pure.has(layerOf(file)) && outside.test(target)), `${target} does I/O in a pure layer`);
          assert.ok(!(layerOf(file) === 'lsp' && /^node:(?:net|https?|http2|dns|tls|child_process)/.test(target)), `${target} in lsp/`);
          continue;
        }
        if (!target.startsWith('.')) continue;
        const resolved = normalize(join(dirname(file), target))
          .split(sep)
          .join('/');
        if (resolved === 'package.json') continue;
        assert.ok(resolved.startsWith('server/src/'), `${target} leaves the server`);
        assert.ok(layers.indexOf(layerOf(resolved)) <= layers.indexOf(layerOf(file)), `${layerOf(file)}/ must not import ${layerOf(resolved)}/ (${target})`);
      }
    });
  }

  it('has one importer for each library, and none that it does not declare', () => {
    const declared = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }).dependencies);
    const importers = new Map<string, Set<string>>();
    for (const file of files) {
      for (const target of importsOf(file)) {
        if (target.startsWith('.') || target.startsWith('node:')) continue;
        const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');
        assert.ok(declared.includes(name), `${file} imports ${name}, which package.json does not declare`);
        importers.set(name, new Set([...(importers.get(name) ?? []), name.startsWith('vscode-languageserver') ? layerOf(file) : file]));
      }
    }
    for (const [name, places] of importers) assert.equal(places.size, 1, `${name} is imported by ${[...places].join(', ')}`);
    assert.equal([...(importers.get('vscode-languageserver') ?? [])][0], 'lsp');
  });

  it('keeps the client to the protocol, and to how code is loaded', () => {
    for (const file of walk('client/src')) {
      for (const target of importsOf(file).filter((entry) => entry.startsWith('.'))) {
        const resolved = relative('.', normalize(join(dirname(file), target)))
          .split(sep)
          .join('/');
        const isShared = resolved.startsWith('server/src/protocol/') || resolved === 'server/src/host/kept-code.ts';
        assert.ok(resolved.startsWith('client/') || isShared, `${file} imports ${resolved}`);
      }
    }
  });

  it('bundles nothing that talks to a network or starts a program, but for the editor protocol itself', () => {
    interface Input {
      readonly imports: readonly { readonly path: string; readonly external?: boolean }[];
    }
    interface Meta {
      readonly inputs: Readonly<Record<string, Input>>;
      readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
    }
    const { inputs, outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as Meta;
    const paths = Object.keys(inputs);
    assert.ok(
      ['client/src/extension.ts', 'server/src/cli/server.ts', 'server/src/cli/main.ts', 'server/src/cli/commands.ts'].every((entry) => paths.includes(entry)),
      'run `npm run build` first',
    );
    for (const [path, { imports }] of Object.entries(inputs)) {
      for (const target of imports.filter((entry) => entry.external).map((entry) => entry.path.replace('node:', ''))) {
        // Runs the bundles of this program, and nothing else: see the next test.
        if (target === 'vm' && path === 'server/src/host/kept-code.ts') continue;
        assert.ok(!/^(?:https?|http2|dns|tls|dgram|vm)(?:\/|$)/.test(target), `${path} imports ${target}`);
        // The editor protocol's own, or what keeps somebody listening while a file is read.
        if (target === 'worker_threads') assert.match(path, /^server\/src\/(?:cli|host)\//);
        // The extension starts its own server, ahead of the library that talks to it.
        if (target === 'child_process' && path === 'client/src/process.ts') continue;
        if (target === 'net' || target === 'child_process') assert.match(path, /^node_modules\/vscode-(?:jsonrpc|languageclient|languageserver)/);
        if (target === 'vscode') assert.match(path, /^(?:client\/src\/|node_modules\/vscode-languageclient)/);
      }
    }
    // What asks the hub lies in a bundle of its own, and nothing else does: only who was told to loads it.
    const holders = Object.keys(outputs).filter((path) => 'server/src/host/hub-client.ts' in (outputs[path]?.inputs ?? {}));
    assert.deepEqual(holders, ['dist/hub.js']);
    const own = Object.keys(outputs['dist/hub.js']?.inputs ?? {});
    assert.deepEqual(own.toSorted(), ['server/src/host/hub-client.ts', 'server/src/text/limits.ts']);
  });

  it('runs by the text no code but bundles of its own, which lie beside the one that runs', () => {
    const calls = [...files, ...walk('client/src')].flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?<!import .*)\brequireKept(?! =)\b[^;]*;/g)]);
    assert.equal(calls.length, 4);
    for (const [call] of calls)
      assert.match(call, /^requireKept(?:<typeof \w+>)?\((?:join\(__dirname|Uri\.joinPath\(extensionUri, 'dist'), '\w+\.js'\)(?:\.fsPath)?, /);
  });

  it('asks a network in one file, which nothing imports but on demand', () => {
    const network = /\b(?:fetch|WebSocket|XMLHttpRequest|EventSource|sendBeacon)\s*\(/;
    const asking = [...files, ...walk('client/src').map((file) => file.split(sep).join('/'))].filter((file) => network.test(readFileSync(file, 'utf8')));
    assert.deepEqual(asking, ['server/src/host/hub-client.ts']);
    for (const file of files) assert.doesNotMatch(readFileSync(file, 'utf8'), /^import (?!type )[^;]*hub-client\.ts'/m, file);
    for (const bundle of ['cli', 'commands', 'identify', 'mcp', 'cyclonedx', 'server', 'relay', 'engine', 'client', 'connection'])
      assert.doesNotMatch(readFileSync(`dist/${bundle}.js`, 'utf8'), /(?<![.\w])fetch\(/, bundle);
  });

  it('has no default exports and no barrel files', () => {
    for (const file of [...files, ...walk('client/src')]) {
      const text = readFileSync(file, 'utf8');
      assert.doesNotMatch(text, /^export default/m, file);
      assert.doesNotMatch(text, /^export (?:type )?(?:\*|\{[^}]*\}) from/m, file);
    }
  });

  it('names no model, data set, service or licence in code', () => {
    const names = /\b(?:llama|gemma|qwen|mistral|openai|anthropic|gpt-\d|chatgpt|claude|gemini|deepseek|apache-2\.0|gpl-3\.0)\b/i;
    for (const file of files) {
      const code = readFileSync(file, 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '')
        .replace(/^import .*$/gm, '');
      const found = names.exec(code);
      assert.ok(!found, `${file}: "${found?.[0]}" stands in code; it belongs into the knowledge`);
    }
  });

  it('keeps files small', () => {
    for (const file of [...files, ...walk('client/src')])
      assert.ok(readFileSync(file, 'utf8').split('\n').length <= 360, `${file} is long: two names would say it better`);
  });
});
