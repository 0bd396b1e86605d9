import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer, StatusParameters } from '../../server/src/protocol/requests.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { editRequest, exportRequest, foldersRequest, lineageRequest } from '../../server/src/protocol/views.ts';
import type { EditAnswer, EditParameters, ExportAnswer, FoldersAnswer, LineageAnswer } from '../../server/src/protocol/views.ts';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';

const card = (licence: string): string => `---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\ndatasets:\n  - tatsu-lab/alpaca\n---\n`;

describe('what the views of an editor ask the running server', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const clients: LspClient[] = [];
  const start = async (...texts: readonly string[]): Promise<LspClient> => {
    const made = texts.map(layOut);
    roots.push(...made);
    const client = await startClient(made[0] ?? '/nowhere', { folders: made });
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });
  const folders = (client: LspClient, known: Readonly<Record<string, string>> = {}): Promise<FoldersAnswer> => client.request(foldersRequest, { known });
  const rulesOf = ({ folders: [first] }: FoldersAnswer): readonly string[] => (first?.content?.report.findings ?? []).map(({ ruleId }) => ruleId);

  it('tells every folder with the words for it, and what is typed and not saved', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const before = await folders(client);
    const [folder] = before.folders;
    assert.match(folder?.content?.summary.sentences.join(' ') ?? '', /1 contradiction to settle/);
    assert.equal(folder?.content?.summary.names['pkg:huggingface/meta-llama/Llama-3.1-8B'], 'meta-llama/Llama-3.1-8B');
    assert.ok(rulesOf(before).includes('licence-laundering'));
    client.open('README.md', card('llama3.1'));
    assert.ok(!rulesOf(await folders(client)).includes('licence-laundering'));
  });

  it('sends nothing again that the client has', async () => {
    const client = await start(`--- README.md\n${card('mit')}`, `--- README.md\n${card('llama3.1')}`);
    const first = await folders(client);
    const known = Object.fromEntries(first.folders.map(({ uri, revision }) => [uri, revision]));
    assert.deepEqual(
      (await folders(client, known)).folders.map(({ content }) => content),
      [null, null],
    );
    client.open('README.md', card('llama3.1'));
    assert.deepEqual(
      (await folders(client, known)).folders.map(({ content }) => content === null),
      [false, true],
    );
  });

  it('counts the findings in its status, so that an icon needs no report', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const { findings } = await client.waitFor<StatusParameters>('pedigree/status', (params) => params.state === 'ready');
    assert.ok(findings.error === 1 && findings.warning > 0);
  });

  it('draws the lineage with what each work permits, weighed for the use', async () => {
    const client = await start(
      `--- README.md\n${card('mit')}--- pedigree.yaml\nuse: { commercial: true, distribute: [weights] }\n--- generate.py\nfrom openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n`,
    );
    const answer = await client.request<LineageAnswer>(lineageRequest, {});
    const [folder] = answer.folders;
    assert.match(folder?.use ?? '', /^commercial, weights handed on \(pedigree\.yaml\)$/);
    const work = (id: string) => folder?.works.find((each) => each.id === id);
    assert.deepEqual([work('pkg:huggingface/datasets/tatsu-lab/alpaca')?.verdict, work('pkg:huggingface/datasets/tatsu-lab/alpaca')?.kind], ['no', 'data set']);
    assert.equal(work('pkg:huggingface/meta-llama/Llama-3.1-8B')?.verdict, 'conditions');
    assert.equal(work('service:openai/gpt-4o')?.verdict, 'terms');
    assert.ok((work('service:openai/gpt-4o')?.points.length ?? 0) > 0);
    assert.deepEqual(work('local:.')?.publishable?.as, ['LicenseRef-llama-3.1-community']);
    assert.equal(work('local:.')?.findings.error, 1);
    // No line leads to a work that is not there.
    const ids = new Set(folder?.works.map(({ id }) => id));
    assert.ok(folder?.relations.every(({ from, to }) => ids.has(from) && ids.has(to)));
    assert.ok(folder?.relations.some(({ words, at }) => words === 'fine-tune of' && at?.path === 'README.md' && at.line === 3));
  });

  it('gives what is published the answer of what publishes it', async () => {
    const client = await start(
      `--- train.py\nfrom transformers import AutoModelForCausalLM, TrainingArguments\nmodel = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")\nargs = TrainingArguments(output_dir="out", push_to_hub=True, hub_model_id="northwind-labs/bot")\nmodel.push_to_hub("northwind-labs/bot")\n`,
    );
    const [folder] = (await client.request<LineageAnswer>(lineageRequest, {})).folders;
    const publishing = folder?.relations.find(({ type }) => type === 'publishes');
    if (!publishing) return;
    const [from, to] = [publishing.from, publishing.to].map((id) => folder?.works.find((each) => each.id === id));
    assert.equal(to?.verdict, from?.verdict);
  });

  it('writes the report as a file, in three formats', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const text = async (format: string): Promise<string> => (await client.request<ExportAnswer>(exportRequest, { format })).text;
    assert.equal((JSON.parse(await text('json')) as Report).schemaVersion, 1);
    const markdown = await text('markdown');
    assert.match(markdown, /^# Licences and provenance of /);
    assert.match(markdown, /- \[ \] Settle \d+ contradictions?/);
    const html = await text('html');
    assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">/);
    assert.doesNotMatch(html, /<script|<b>|<img|\shref=|\ssrc=/);
    await assert.rejects(text('exe'), /no such format/);
  });

  it('finds the same where a report of it lies in the folder', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const found = async (): Promise<unknown> => (await folders(client)).folders[0]?.content?.report.findings.map(({ fingerprint }) => fingerprint);
    const before = await found();
    for (const [format, ending] of [
      ['markdown', 'md'],
      ['html', 'html'],
      ['json', 'json'],
    ] as const) {
      client.open(`pedigree-report.${ending}`, (await client.request<ExportAnswer>(exportRequest, { format })).text);
      assert.deepEqual(await found(), before, format);
    }
  });

  it('writes several folders into one file', async () => {
    const client = await start(`--- README.md\n${card('mit')}`, `--- README.md\n${card('llama3.1')}`);
    const { text } = await client.request<ExportAnswer>(exportRequest, { format: 'json' });
    assert.equal((JSON.parse(text) as readonly unknown[]).length, 2);
    const markdown = (await client.request<ExportAnswer>(exportRequest, { format: 'markdown' })).text;
    assert.equal(markdown.match(/^# /gm)?.length, 2);
  });

  const edit = async (client: LspClient, rule: string, action: EditParameters['action']): Promise<EditAnswer> => {
    const [folder] = (await folders(client)).folders;
    const finding = folder?.content?.report.findings.find(({ ruleId }) => ruleId === rule);
    return client.request(editRequest, { folder: folder?.uri ?? '', fingerprint: finding?.fingerprint ?? '', action } satisfies EditParameters);
  };

  it('mends a finding of a file that is not open, and refuses when it has changed', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const { edit: made, refused } = await edit(client, 'licence-laundering', { kind: 'fix', title: 'Declare the inherited terms: llama3.1' });
    assert.equal(refused, null);
    const [change] = (made as WorkspaceEdit).documentChanges ?? [];
    assert.ok(change && 'edits' in change && change.textDocument.uri.endsWith('/README.md'));
    const other = await edit(client, 'licence-laundering', { kind: 'fix', title: 'Something else' });
    assert.match(other.refused ?? '', /has changed/);
    writeFileSync(join(roots[0] ?? '', 'README.md'), `\n${card('mit')}`);
    assert.match(
      (await edit(client, 'licence-laundering', { kind: 'fix', title: 'Declare the inherited terms: llama3.1' })).refused ?? '',
      /has changed since it was read/,
    );
  });

  it('accepts a finding in the policy, with the reason, for its file or for a work', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const textOf = ({ edit: made }: EditAnswer): string => {
      const change = (made as WorkspaceEdit).documentChanges?.at(-1);
      return change && 'edits' in change ? change.edits.map((each) => ('newText' in each ? each.newText : '')).join('') : '';
    };
    const inFile = textOf(await edit(client, 'noncommercial-data', { kind: 'accept', reason: 'say "why": #1', until: '2099-01-31', work: null }));
    assert.equal(inFile, 'accept:\n  - rule: noncommercial-data\n    paths: ["README.md"]\n    reason: "say \\"why\\": #1"\n    until: 2099-01-31\n');
    const ofWork = textOf(
      await edit(client, 'noncommercial-data', { kind: 'accept', reason: 'x', until: null, work: 'pkg:huggingface/datasets/tatsu-lab/alpaca' }),
    );
    assert.match(ofWork, /work: "pkg:huggingface\/datasets\/tatsu-lab\/alpaca"\n {4}reason: "x"\n$/);
    // What it writes holds the finding back.
    client.open('pedigree.yaml', inFile);
    assert.ok(!rulesOf(await folders(client)).includes('noncommercial-data'));
  });

  it('says so when a finding is gone', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const answer = await client.request<EditAnswer>(editRequest, { folder: client.uri(''), fingerprint: 'x', action: { kind: 'fix', title: 'y' } });
    assert.deepEqual(answer, { edit: null, refused: 'the finding is gone' });
  });

  it('reports how far an audit is in percent, never backwards, and hears a cancel between two files', async () => {
    // Files that take long to read: a cancel has to be heard between two of them.
    const slow = `from transformers import AutoModel\n${'model = AutoModel.from_pretrained("org/name")\n'.repeat(400)}`;
    const client = await start(Array.from({ length: 200 }, (_, at) => `--- f${at}.py\n# ${at}\n${slow}`).join(''));
    const whole = await client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit, workDoneToken: 'whole' });
    assert.equal(whole.cancelled, false);
    const of = (token: string) =>
      client.received
        .filter(({ method }) => method === '$/progress')
        .map(({ params }) => params as { token: string; value: { kind: string; percentage?: number; cancellable?: boolean } })
        .filter((told) => told.token === token);
    // Under the token that was given, so that who asked shows it, and not a second one beside.
    assert.deepEqual(
      [of('whole')[0]?.value.kind, of('whole').at(-1)?.value.kind, client.received.some(({ method }) => method === 'window/workDoneProgress/create')],
      ['begin', 'end', false],
    );
    for (let at = 0; at < 200; at += 1)
      writeFileSync(join(roots[0] ?? '', `f${at}.py`), `# again ${at}\n${readFileSync(join(roots[0] ?? '', `f${at}.py`), 'utf8')}`);
    let id = 0;
    let sent = 0;
    const answer = client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit, workDoneToken: 'cut' }, (given) => (id = given));
    await client.waitFor<{ token: string; value: { kind: string; percentage?: number } }>(
      '$/progress',
      ({ token, value }) => token === 'cut' && value.kind === 'report',
    );
    sent = performance.now();
    client.notify('$/cancelRequest', { id });
    const ended = await answer.then(
      ({ cancelled }) => cancelled,
      (error: { code: number }) => error.code === -32800,
    );
    const waited = performance.now() - sent;
    assert.ok(ended);
    assert.ok(waited < 2_000, `${waited.toFixed(0)} ms`);
    const told = of('cut');
    const percentages = told.flatMap(({ value }) => (value.kind === 'report' ? (value.percentage ?? -1) : []));
    assert.deepEqual([told[0]?.value.kind, told[0]?.value.cancellable, told.at(-1)?.value.kind], ['begin', true, 'end']);
    assert.ok(percentages.length > 0 && percentages.every((each, at) => each >= (percentages[at - 1] ?? 0) && each <= 90), percentages.join(' '));
  });
});
