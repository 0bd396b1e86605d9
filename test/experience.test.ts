import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

/** What people compare editors' extensions by: each has a row that says what we do of it, or that it is not built. */
const features = [
  'docs link on code',
  'diagnostic tags',
  'related information',
  'quick fixes',
  'source.fixAll',
  'disable via action',
  'hover content',
  'completion',
  'code lens',
  'inlay hints',
  'document links',
  'semantic tokens',
  'language status item',
  'status bar',
  'tree view',
  'webview with CSP',
  'walkthrough',
  'workspace trust',
  'virtual workspaces',
  'browser build',
  'pull diagnostics',
  'progress with cancel',
  'multi-root',
  'log channel',
  'tasks, problem matcher',
  'notebooks',
  'tools of the editor',
  'MCP',
  'l10n',
  'telemetry',
  'network, account',
  'executes code or tools',
  'SARIF',
  'baseline',
  'licence rules',
  'provenance of models',
  'activation',
  'settings, commands',
  'file watchers',
  'restart',
  'debug information',
];

describe('the page of the editor, feature by feature', () => {
  const page = readFileSync('docs/experience.md', 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => /^\| (?!feature \||---)/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));

  it('has a row for each, that says what shows it or that it is not built', () => {
    const names = rows.map(([, name = '']) => name);
    assert.deepEqual(
      features.filter((feature) => !names.some((name) => name.includes(feature))),
      [],
    );
    for (const [, name, what = '', shown = ''] of rows) assert.ok(shown !== '' || what.startsWith('not built'), name);
  });

  it('names tests that are there', () => {
    for (const suite of ['ui', 'views', 'page', 'trouble', 'themes', 'trust']) assert.ok(existsSync(`test/e2e/${suite}.mjs`), suite);
    // Made by a run of the tests, and not kept.
    const made = new Set(['test/e2e/screenshots/']);
    for (const [, path = ''] of page.matchAll(/`((?:test|scripts)\/[\w/.-]+)`/g)) assert.ok(existsSync(path) || made.has(path), path);
  });

  it('quotes titles of tests as they are', () => {
    const sources = ['test/e2e/ui.mjs', 'test/e2e/views.mjs', 'test/e2e/trouble.mjs', 'test/e2e/page.mjs', 'test/e2e/lineage-page.mjs'].map((name) =>
      readFileSync(name, 'utf8'),
    );
    const harness = ['suite', 'line', 'tools'].map((name) => readFileSync(`test/e2e/harness/src/${name}.ts`, 'utf8'));
    const all = {
      exthost: harness.join('\n'),
      workbench: sources[0] ?? '',
      views: sources[1] ?? '',
      trouble: sources[2] ?? '',
      page: sources[3] ?? '',
      'lineage page': sources[4] ?? '',
    };
    for (const [, name, , shown = ''] of rows)
      for (const [, suite = '', quoted = ''] of shown.matchAll(
        /\b(exthost|workbench|views|trouble|lineage page)(?: `[\w.]+`)? ((?:(?:, | to | and )?"[^"]+")+)/g,
      ))
        for (const [, title = ''] of quoted.matchAll(/"([^"]+)"/g))
          assert.ok((all[suite as keyof typeof all] ?? '').includes(title), `${name}: ${suite} has no "${title}"`);
  });
});
