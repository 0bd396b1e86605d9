import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAction, Diagnostic, ShowDocumentParams, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import { readPolicy } from '../../server/src/policy/read.ts';
import { layOut } from '../support/cli.ts';
import { modern, startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';
import { today } from '../support/repo.ts';

const code = 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n';
const repo = `--- LICENSE\n[text of MIT]\n--- run.py\n${code}`;

describe('what can be done about a finding', function () {
  this.timeout(60_000);
  const clients: LspClient[] = [];
  const roots: string[] = [];
  const start = async (text = repo, capabilities: unknown = modern): Promise<LspClient> => {
    const root = layOut(text);
    roots.push(root);
    const client = await startClient(root, { folders: [root], capabilities });
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });

  const pull = async (client: LspClient, path: string): Promise<readonly Diagnostic[]> =>
    (await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } })).items;
  const found = async (client: LspClient, path: string, rule: string): Promise<Diagnostic> => {
    const items = await pull(client, path);
    const item = items.find((entry) => entry.code === rule);
    assert.ok(item, `no ${rule} in ${items.map((entry) => entry.code).join(', ')}`);
    return item;
  };
  const actionsFor = (client: LspClient, path: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> =>
    client.request('textDocument/codeAction', {
      textDocument: { uri: client.uri(path) },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    });
  const action = async (client: LspClient, path: string, rule: string, title: RegExp): Promise<CodeAction> => {
    const all = await actionsFor(client, path, await found(client, path, rule));
    const one = all.find((entry) => title.test(entry.title));
    assert.ok(one, `${title} is not among: ${all.map((entry) => entry.title).join(' | ')}`);
    return one.edit || one.data === undefined ? one : client.request<CodeAction>('codeAction/resolve', one);
  };
  /** Applies an edit to files on disk, as an editor would that saves at once. */
  const apply = (client: LspClient, { edit }: CodeAction): void => {
    for (const change of edit?.documentChanges ?? []) {
      if ('kind' in change) {
        if (change.kind === 'create') writeFileSync(fileURLToPath(change.uri), '', { flag: 'a' });
        continue;
      }
      const file = fileURLToPath(change.textDocument.uri);
      let text = readFileSync(file, 'utf8');
      const offset = ({ line, character }: { line: number; character: number }): number =>
        text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + character;
      for (const each of change.edits as TextEdit[]) text = text.slice(0, offset(each.range.start)) + each.newText + text.slice(offset(each.range.end));
      writeFileSync(file, text);
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: change.textDocument.uri, type: 1 }] });
    }
  };
  const policyOf = (client: LspClient): string => readFileSync(join(client.root, 'pedigree.yaml'), 'utf8');

  it('offers to ignore it here, in the file, to accept it in the policy, and its page, in that order and behind every fix', async () => {
    const client = await start();
    client.open('run.py', code, 'python');
    const titles = (await actionsFor(client, 'run.py', await found(client, 'run.py', 'noncommercial-weights'))).map((entry) => entry.title);
    const order = [
      /^Ignore noncommercial-weights here/,
      /^Ignore noncommercial-weights in this file/,
      /^Accept noncommercial-weights in pedigree\.yaml/,
      /^Show the page of noncommercial-weights/,
    ];
    const places = order.map((title) => titles.findIndex((entry) => title.test(entry)));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(!places.includes(-1), titles.join(' | '));
  });
  it('offers to accept it in every file, where others decide the same', async () => {
    const client = await start();
    client.open('run.py', code, 'python');
    const titles = async (): Promise<readonly string[]> =>
      (await actionsFor(client, 'run.py', await found(client, 'run.py', 'noncommercial-weights'))).map((entry) => entry.title);
    assert.ok(!(await titles()).some((title) => / in every file/.test(title)));
    writeFileSync(join(client.root, 'too.py'), code);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('too.py'), type: 1 }] });
    assert.ok((await titles()).some((title) => /^Accept noncommercial-weights of \S+ in every file: write the reason in pedigree\.yaml$/.test(title)));
    apply(client, await action(client, 'run.py', 'noncommercial-weights', / in every file/));
    assert.match(policyOf(client), /accept:\n  - rule: noncommercial-weights\n    work: "pkg:\S+"\n    reason: \n/);
  });
  it('goes to where the reason is to be written', async () => {
    const client = await start();
    client.open('run.py', code, 'python');
    const ignore = await action(client, 'run.py', 'noncommercial-weights', /^Ignore .* here/);
    assert.equal(ignore.command?.command, serverCommands.show);
    await client.request('workspace/executeCommand', { command: serverCommands.show, arguments: ignore.command.arguments });
    const shown = await client.waitFor<ShowDocumentParams>('window/showDocument');
    const head = '# pedigree-ignore noncommercial-weights: '.length;
    assert.deepEqual(shown, {
      uri: client.uri('run.py'),
      takeFocus: true,
      selection: { start: { line: 1, character: head }, end: { line: 1, character: head } },
    });
  });
  it('shows nothing but places of the workspace and pages of rules', async () => {
    const client = await start();
    for (const argument of [
      undefined,
      null,
      'x',
      { uri: 'file:///etc/passwd', position: { line: 0, character: 0 } },
      { uri: 'https://example.org', position: { line: 0, character: 0 } },
      { rule: '../x' },
      { uri: client.uri('run.py'), position: { line: -1, character: 0 } },
    ])
      await assert.rejects(client.request('workspace/executeCommand', { command: serverCommands.show, arguments: [argument] }), /no such place/);
    await client.request('workspace/executeCommand', { command: serverCommands.show, arguments: [{ rule: 'licence-laundering' }] });
    const shown = await client.waitFor<ShowDocumentParams>('window/showDocument');
    assert.match(shown.uri, /^https:.*\/licence-laundering\.md$/);
    assert.equal(shown.external, true);
  });
  it('names no place to a client that cannot go there', async () => {
    const client = await start(repo, { ...modern, window: { workDoneProgress: true } });
    client.open('run.py', code, 'python');
    const all = await actionsFor(client, 'run.py', await found(client, 'run.py', 'noncommercial-weights'));
    assert.ok(all.some((entry) => entry.title.startsWith('Ignore')));
    assert.ok(all.every((entry) => entry.command === undefined && !entry.title.startsWith('Show')));
  });

  it('ignores it in the whole file, below what has to come first', async () => {
    const script = '#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n';
    const client = await start(repo.replace(code, `${script}${code}`));
    client.open('run.py', `${script}${code}`, 'python');
    const ignore = await action(client, 'run.py', 'noncommercial-weights', /in this file/);
    const [change] = (ignore.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const edit = change?.edits[0] as TextEdit;
    assert.deepEqual([edit.range.start.line, edit.newText], [2, '# pedigree-ignore-file noncommercial-weights: \n']);
    client.change('run.py', 2, `${script}# pedigree-ignore-file noncommercial-weights: a demonstration\n${code}`);
    assert.ok(!(await pull(client, 'run.py')).some((entry) => entry.code === 'noncommercial-weights'));
  });

  it('accepts it in a policy that is made for it, once a reason is written', async () => {
    const client = await start();
    const accept = await action(client, 'run.py', 'noncommercial-weights', /^Accept/);
    assert.ok(!existsSync(join(client.root, 'pedigree.yaml')));
    apply(client, accept);
    const expected =
      'accept:\n  - rule: noncommercial-weights\n    work: "pkg:huggingface/black-forest-labs/FLUX.1-dev"\n    paths: ["run.py"]\n    reason: \n';
    assert.equal(policyOf(client), expected);
    // Without a reason it holds nothing back, and says so.
    assert.ok((await pull(client, 'run.py')).some((entry) => entry.code === 'noncommercial-weights'));
    assert.ok((await pull(client, 'pedigree.yaml')).some((entry) => entry.code === 'invalid-suppression'));
    const target = accept.command?.arguments?.[0] as { uri: string; position: { line: number; character: number } };
    const lines = policyOf(client).split('\n');
    assert.equal(target.uri, client.uri('pedigree.yaml'));
    assert.equal(lines[target.position.line]?.slice(0, target.position.character), '    reason: ');
    lines[target.position.line] += 'agreed with the owner';
    writeFileSync(join(client.root, 'pedigree.yaml'), lines.join('\n'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('pedigree.yaml'), type: 2 }] });
    assert.ok(!(await pull(client, 'run.py')).some((entry) => entry.code === 'noncommercial-weights'));
    assert.deepEqual(await pull(client, 'pedigree.yaml'), []);
  });
  it('puts the entry into what an open policy holds, saved or not', async () => {
    const client = await start(`${repo}--- pedigree.yaml\nuse: { commercial: true }\n`);
    const unsaved = 'use: { commercial: true }\naccept:\n  - { rule: unpinned-revision, reason: shown as the simplest call }\n# end\n';
    client.open('pedigree.yaml', unsaved, 'yaml');
    const accept = await action(client, 'run.py', 'noncommercial-weights', /^Accept/);
    const [change] = (accept.edit?.documentChanges ?? []) as TextDocumentEdit[];
    const edit = change?.edits[0] as TextEdit;
    assert.equal(change?.textDocument.version, 1);
    const lines = unsaved.split('\n');
    const line = lines[edit.range.start.line] ?? '';
    assert.equal(line.slice(edit.range.start.character), '');
    lines[edit.range.start.line] = `${line}${edit.newText}`;
    const policy = readPolicy(lines.join('\n'), 'pedigree.yaml', '');
    assert.deepEqual([policy.problems, policy.accept.map((entry) => entry.rule)], [[], ['unpinned-revision', 'noncommercial-weights']]);
  });
  it('offers no entry where the policy is broken', async () => {
    const client = await start(`${repo}--- pedigree.yaml\nuse: [\n`);
    const all = await actionsFor(client, 'run.py', await found(client, 'run.py', 'noncommercial-weights'));
    assert.ok(!all.some((entry) => entry.title.startsWith('Accept')), all.map((entry) => entry.title).join(' | '));
  });
  it('writes paths that mean themselves', async () => {
    const client = await start('--- LICENSE\n[text of MIT]\n');
    mkdirSync(join(client.root, 'lab (a)'));
    writeFileSync(join(client.root, 'lab (a)/run [1].py'), code);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('lab (a)/run [1].py'), type: 1 }] });
    apply(client, await action(client, 'lab (a)/run [1].py', 'noncommercial-weights', /^Accept/));
    const [entry] = readPolicy(policyOf(client), 'pedigree.yaml', '').accept;
    assert.equal(entry?.matches?.('lab (a)/run [1].py'), true);
    assert.equal(entry?.matches?.('lab (a)/run 1.py'), false);
  });

  const train = 'base_model: ./weights/from-somewhere\nlearning_rate: 0.1\noutput_dir: out\n';
  it('writes a provenance note for a base of which nothing says where it came from', async () => {
    const client = await start(`--- train.yaml\n${train}`);
    client.open('train.yaml', train, 'yaml');
    const note = await action(client, 'train.yaml', 'unknown-origin', /^Note in pedigree\.yaml what/);
    apply(client, note);
    assert.equal(policyOf(client), `provenance:\n  - path: "weights/from-somewhere"\n    relation: finetune\n    from: \n    date: ${today}\n`);
    const target = note.command?.arguments?.[0] as { position: { line: number; character: number } };
    assert.deepEqual(target.position, { line: 3, character: 10 });
    writeFileSync(join(client.root, 'pedigree.yaml'), policyOf(client).replace('from: ', 'from: pkg:huggingface/meta-llama/Llama-3.1-8B'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('pedigree.yaml'), type: 2 }] });
    assert.ok(!(await pull(client, 'train.yaml')).some((entry) => entry.code === 'unknown-origin'));
  });
  const keep =
    'import json\nfrom openai import OpenAI\nclient = OpenAI()\nanswer = client.chat.completions.create(model="gpt-4o", messages=[])\nwith open("train.jsonl", "w") as out:\n    out.write(json.dumps({"text": answer.choices[0].message.content}))\n';
  it('writes a note of which service wrote data that are kept', async () => {
    const client = await start(`--- make.py\n${keep}`);
    client.open('make.py', keep, 'python');
    apply(client, await action(client, 'make.py', 'service-output-data', /^Note in pedigree\.yaml which data/));
    const text = policyOf(client).replace(/path: $/m, 'path: train.jsonl');
    assert.match(text, /relation: generatedBy\n {4}from: "service:openai\/gpt-4o"\n/);
    assert.deepEqual(readPolicy(text, 'pedigree.yaml', '').problems, []);
    writeFileSync(join(client.root, 'pedigree.yaml'), text);
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('pedigree.yaml'), type: 2 }] });
    assert.ok(!(await pull(client, 'make.py')).some((entry) => entry.code === 'service-output-data'));
  });

  it('puts what a rule would append into the list that is there', async () => {
    const unknown = 'from transformers import AutoModel\nAutoModel.from_pretrained("nobody/knows-this")\n';
    const client = await start(`--- run.py\n${unknown}--- pedigree.yaml\nworks:\nrules: {}\n`);
    client.open('run.py', unknown, 'python');
    apply(client, await action(client, 'run.py', 'unknown-terms', /^Note its licence/));
    const policy = readPolicy(policyOf(client), 'pedigree.yaml', '');
    assert.deepEqual([policy.problems, policy.works.map(({ id }) => id)], [[], ['pkg:huggingface/nobody/knows-this']]);
  });
  it('and behind the entries of it', async () => {
    const unknown = 'from transformers import AutoModel\nAutoModel.from_pretrained("nobody/knows-this")\n';
    const client = await start(`--- run.py\n${unknown}--- pedigree.yaml\nworks:\n  - { id: "local:ours", licence: MIT }\n`);
    client.open('run.py', unknown, 'python');
    apply(client, await action(client, 'run.py', 'unknown-terms', /^Note its licence/));
    const policy = readPolicy(policyOf(client), 'pedigree.yaml', '');
    assert.deepEqual([policy.problems, policy.works.map(({ id }) => id)], [[], ['local:ours', 'pkg:huggingface/nobody/knows-this']]);
  });

  it('has one preferred fix for a finding at most, and none that chooses on "fix all"', async () => {
    const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
    const client = await start(`--- README.md\n${card}`);
    client.open('README.md', card);
    for (const item of await pull(client, 'README.md')) {
      const all = await actionsFor(client, 'README.md', item);
      const own = all.filter((entry) => entry.diagnostics?.length === 1 && entry.isPreferred);
      assert.ok(own.length <= 1, `${String(item.code)}: ${own.map((entry) => entry.title).join(' | ')}`);
    }
  });
});
