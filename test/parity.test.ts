import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { serverCommands } from '../server/src/protocol/requests.ts';
import type { AuditAnswer } from '../server/src/protocol/requests.ts';
import type { Finding, Report } from '../server/src/protocol/report.ts';
import { layOut, pedigree } from './support/cli.ts';
import { startClient } from './support/lsp.ts';

const copyExamples = (): string => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-examples-'));
  cpSync('examples', root, { recursive: true });
  return root;
};

const trees: readonly (readonly [string, () => string])[] = [
  ['examples/', copyExamples],
  ...readdirSync('test/fixtures')
    .filter((name) => name.endsWith('.repo'))
    .map((name): readonly [string, () => string] => [name, () => layOut(readFileSync(`test/fixtures/${name}`, 'utf8'))]),
];

const severities = ['', 'error', 'warning', 'information'];

const ofEditor = (item: Diagnostic): string =>
  `${item.range.start.line + 1}:${item.range.start.character + 1}-${item.range.end.line + 1}:${item.range.end.character + 1} ${severities[item.severity ?? 0]} ${String(item.code)} ${item.message}`;
const ofReport = (finding: Finding): string =>
  `${finding.line}:${finding.column}-${finding.endLine}:${finding.endColumn} ${finding.severity} ${finding.ruleId} ${finding.message}`;

/** One engine, two fronts: what the editor shows and what the command line prints may never differ. */
describe('editor and command line', function () {
  this.timeout(60_000);
  for (const [name, make] of trees) {
    it(`say the same of ${name}`, async () => {
      const root = make();
      const client = await startClient(root);
      try {
        const cli = pedigree('audit', root, '--format', 'json', '--fail-on', 'never').out;
        const report = JSON.parse(cli) as Report;
        const { folders } = await client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit });
        assert.equal(`${JSON.stringify(folders[0]?.report, null, 1)}\n`, cli);
        for (const path of new Set(report.findings.map((finding) => finding.path))) {
          const { items } = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } });
          assert.deepEqual(
            items.map(ofEditor),
            report.findings.filter((finding) => finding.path === path && finding.key === null && finding.cell === null).map(ofReport),
            path,
          );
        }
      } finally {
        await client.stop();
        rmSync(root, { recursive: true, force: true });
      }
    });
  }
  it('have findings to agree on', () => assert.ok(trees.length > 10));
});
