import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import type { Diagnostic, DocumentLink, Hover } from 'vscode-languageserver/node';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import type { Folder } from '../../server/src/lsp/folders.ts';
import { relatedPlaces } from '../../server/src/lsp/related.ts';
import type { Finding } from '../../server/src/protocol/report.ts';
import { rulePage } from '../../server/src/protocol/requests.ts';
import { rules } from '../../server/src/rules/index.ts';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import { testKnowledge } from '../support/knowledge.ts';
import type { LspClient } from '../support/lsp.ts';
import { today } from '../support/repo.ts';

const mit = '--- LICENSE\n[text of MIT]\n';

describe('at the line', function () {
  this.timeout(60_000);
  const clients: LspClient[] = [];
  const roots: string[] = [];
  const start = async (text: string, capabilities?: unknown): Promise<LspClient> => {
    const root = layOut(text);
    roots.push(root);
    const client = await startClient(root, { folders: [root], ...(capabilities === undefined ? {} : { capabilities }) });
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });
  const pull = async (client: LspClient, path: string): Promise<readonly Diagnostic[]> =>
    (await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } })).items;
  const hover = async (client: LspClient, path: string, line: number, character: number): Promise<string> => {
    const found = await client.request<Hover | null>('textDocument/hover', { textDocument: { uri: client.uri(path) }, position: { line, character } });
    return found === null ? '' : (found.contents as { value: string }).value;
  };
  const links = async (client: LspClient, path: string): Promise<readonly (readonly [number, string])[]> =>
    (await client.request<readonly DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: client.uri(path) } })).map((link) => [
      link.range.start.line,
      link.target?.replace(`${client.uri('.').replace(/\/\.?$/, '')}/`, 'file: ') ?? '',
    ]);

  describe('a diagnostic', () => {
    it('leads to a page that is there, for every rule', () => {
      for (const { id } of rules) {
        const [, page] = /\/blob\/main\/(.*)$/.exec(rulePage(id)) ?? [];
        assert.ok(page !== undefined && existsSync(page), id);
      }
    });
    const tagged = `--- pyproject.toml\n[project]\nname = "x"\nlicense = "GPL-3.0"\n--- pedigree.yaml\naccept:\n  - { rule: output-terms, reason: none here }\n--- README.md\n---\nlicense: mit\n# pedigree-ignore output-terms: none here\nlibrary_name: x\n---\n`;
    it('strikes through what is deprecated, and fades what holds nothing back', async () => {
      const client = await start(tagged);
      const tagsOf = async (path: string, rule: string): Promise<unknown> => (await pull(client, path)).find((item) => item.code === rule)?.tags;
      assert.deepEqual(await tagsOf('pyproject.toml', 'deprecated-licence-id'), [2]);
      assert.deepEqual(await tagsOf('pedigree.yaml', 'invalid-suppression'), [1]);
      assert.deepEqual(await tagsOf('README.md', 'invalid-suppression'), [1]);
    });
    it('keeps what has no reason in sight', async () => {
      const client = await start('--- pedigree.yaml\naccept:\n  - { rule: output-terms }\n');
      const items = await pull(client, 'pedigree.yaml');
      assert.deepEqual(
        items.map((item) => [item.code, item.tags]),
        [['invalid-suppression', undefined]],
      );
    });
    it('strikes through data that were withdrawn', async () => {
      const client = await start(
        `--- run.py\nfrom datasets import load_dataset\nload_dataset("the_pile_books3")\nload_dataset("EleutherAI/the_pile_deduplicated")\n`,
      );
      const items = (await pull(client, 'run.py')).filter((item) => item.code === 'withdrawn-data');
      for (const item of items) assert.equal(item.tags?.includes(2) === true, !/holds, or came out of/.test(String(item.message)), String(item.message));
      assert.ok(items.length > 0);
    });
    it('has no tags for a client that shows none', async () => {
      const client = await start(tagged, { textDocument: { diagnostic: {} } });
      assert.ok((await pull(client, 'pyproject.toml')).every((item) => item.tags === undefined));
    });
    it('tells the way along which terms came, whether its rule names it or not', async () => {
      const root = layOut('--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n');
      roots.push(root);
      const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => today });
      await workspace.scan();
      const analysis = workspace.analysis();
      const finding = analysis.report.findings.find((entry) => entry.ruleId === 'licence-laundering');
      assert.ok(finding);
      const folder = { workspace } as unknown as Folder;
      const rows = (given: Finding): readonly string[] =>
        relatedPlaces({ folder }, analysis, given).map(({ path, line, message }) => `${path}:${line} ${message}`);
      assert.ok(rows(finding).includes('README.md:3 this repository: fine-tune of meta-llama/Llama-3.1-8B'));
      assert.deepEqual(rows({ ...finding, related: [] }), ['README.md:3 this repository: fine-tune of meta-llama/Llama-3.1-8B']);
      // Each place once, and no more than somebody reads.
      const many = Array.from({ length: 30 }, (_, at) => ({ ...finding, message: 'x', line: 1 + (at % 15), cell: null }));
      assert.equal(rows({ ...finding, related: many }).length, 10);
      assert.deepEqual(rows({ ...finding, related: [], clause: null }), []);
    });
  });

  const flux = 'black-forest-labs/FLUX.1-dev';
  /** One of every kind of file in which somebody names a work: what is opened in an editor, under which language. */
  const kinds: readonly (readonly [path: string, language: string, text: string, rule: string])[] = [
    ['card/README.md', 'markdown', `---\nlicense: mit\nbase_model: ${flux}\n---\n`, 'licence-laundering'],
    ['train.yaml', 'yaml', `base_model: ${flux}\nlearning_rate: 0.1\noutput_dir: out\n`, 'noncommercial-weights'],
    ['lora/adapter_config.json', 'json', `{ "base_model_name_or_path": "${flux}", "peft_type": "LORA" }\n`, 'noncommercial-weights'],
    ['run.py', 'python', `from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("${flux}")\n`, 'noncommercial-weights'],
    ['run.sh', 'shellscript', `hf download ${flux}\n`, 'noncommercial-weights'],
    ['Dockerfile', 'dockerfile', `FROM python:3.12\nRUN hf download ${flux}\n`, 'noncommercial-weights'],
    ['docker/gpu.Dockerfile', 'dockerfile', `FROM python:3.12\nRUN hf download ${flux}\n`, 'noncommercial-weights'],
    ['Makefile', 'makefile', `get:\n\thf download ${flux}\n`, 'noncommercial-weights'],
    ['train.toml', 'toml', `pretrained_model_name_or_path = "${flux}"\nlearning_rate = 0.1\noutput_dir = "out"\n`, 'noncommercial-weights'],
    ['Modelfile', 'modelfile', 'FROM hf.co/CohereForAI/c4ai-command-r-plus\n', 'noncommercial-weights'],
    ['LICENSE-MODEL', 'plaintext', '[MIT with a condition]', 'modified-licence'],
    [
      'app.ts',
      'typescript',
      "import { pipeline } from '@huggingface/transformers';\nawait pipeline('text-generation', 'CohereForAI/c4ai-command-r-plus');\n",
      'noncommercial-weights',
    ],
    [
      'app.mjs',
      'javascript',
      "import { pipeline } from '@huggingface/transformers';\nawait pipeline('text-generation', 'CohereForAI/c4ai-command-r-plus');\n",
      'noncommercial-weights',
    ],
    [
      'compose.yaml',
      'dockercompose',
      `services:\n  llm:\n    image: vllm/vllm-openai\n    command: --model CohereForAI/c4ai-command-r-plus\n`,
      'noncommercial-weights',
    ],
    ['pyproject.toml', 'toml', '[project]\nname = "x"\nlicense = "GPL-3.0"\n', 'deprecated-licence-id'],
    ['requirements.txt', 'pip-requirements', 'PyMuPDF\n', 'copyleft-dependency'],
  ];
  describe('an open text, saved or not', () => {
    for (const [path, language, text, rule] of kinds)
      it(`is read in ${path}`, async () => {
        const client = await start(mit);
        const shipped = (await import('spdx-license-list/full.js')).default as unknown as Record<string, { licenseText: string }>;
        const whole = text.startsWith('[MIT') ? `${shipped['MIT']?.licenseText.trimEnd()}\n\nYou may not use the Software for a commercial purpose.\n` : text;
        client.open(path, whole, language);
        const items = await pull(client, path);
        const found = items.find((item) => item.code === rule);
        assert.ok(found, `${items.map((item) => `${String(item.code)}`).join(', ')}`);
        // Closed without having been saved, it was never there.
        client.notify('textDocument/didClose', { textDocument: { uri: client.uri(path) } });
        assert.deepEqual(await pull(client, path), []);
      });
    it('is weighed by a policy that is being written', async () => {
      const text = `from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("${flux}")\n`;
      const client = await start(`--- run.py\n${text}${mit}`);
      const severity = async (): Promise<number | undefined> => (await pull(client, 'run.py')).find((item) => item.code === 'noncommercial-weights')?.severity;
      assert.equal(await severity(), 2);
      client.open('pedigree.yaml', 'use: { commercial: false }\n', 'yaml');
      assert.notEqual(await severity(), 2);
      client.change('pedigree.yaml', 2, 'use: { commercial: true }\n');
      assert.equal(await severity(), 2);
      client.change('pedigree.yaml', 3, 'rules: { noncommercial-weights: error }\n');
      assert.equal(await severity(), 1);
    });
  });

  describe('a hover', () => {
    const card = '---\nlicense: mit\nbase_model: our/tuned\n---\n';
    it('answers first: may I, for what, on which condition, says who, as of when, and by which way', async () => {
      const text = '---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
      const client = await start(`--- README.md\n${text}--- pedigree.yaml\nuse: { commercial: true, distribute: [weights] }\n`);
      client.open('README.md', text);
      const lines = (await hover(client, 'README.md', 2, 20)).split('\n').filter((line) => line !== '');
      assert.match(lines[0] ?? '', /^\*\*meta-llama\/Llama-3\.1-8B\*\*/);
      assert.match(lines[2] ?? '', /^\*\*May I use it here\? Yes for commercial use, on conditions\.\*\*/);
      assert.match(lines[3] ?? '', /^Use weighed here: commercial, weights handed on \(pedigree\.yaml\)/);
      assert.match(lines[4] ?? '', /^- above 700 million monthly active users.* \\\[s\. 2\\\]$/);
      assert.ok(lines.some((line) => line.startsWith('Owed where it is handed on: display "Built with Llama" \\[s. 1.b.i\\];')));
      assert.ok(lines.some((line) => /^Says who: Llama 3\.1 Community License Agreement: the catalogue .*, as of 20\d\d-/.test(line)));
      // What is known beyond that stands behind it.
      assert.ok(lines.findIndex((line) => line.startsWith('| **Commercial use**')) > 8);
    });
    it('follows the use that the policy states', async () => {
      const text = `from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("${flux}")\n`;
      const client = await start(`--- run.py\n${text}`);
      client.open('run.py', text, 'python');
      const answers: string[] = [];
      for (const [version, policy] of ['', 'use: { commercial: true }\n', 'use: { commercial: false }\n'].entries()) {
        if (version === 1) client.open('pedigree.yaml', policy, 'yaml');
        else if (version > 1) client.change('pedigree.yaml', version, policy);
        answers.push(/May I use it here\? (.*?)\.\*\*/.exec(await hover(client, 'run.py', 1, 45))?.[1] ?? '');
      }
      assert.deepEqual(answers, ['Only for non-commercial use', 'No, not for commercial use', 'Yes for non-commercial use, on conditions']);
    });
    it('tells the way to a base further back', async () => {
      const client = await start(`--- README.md\n${card}--- tuned/README.md\n---\nbase_model: ${flux}\n---\n`);
      const text = `from transformers import AutoModel\nAutoModel.from_pretrained("./tuned")\n`;
      client.open('run.py', text, 'python');
      const value = await hover(client, 'run.py', 1, 32);
      assert.match(value, /How it came here:\n\n- tuned ← fine-tune of black-forest-labs\/FLUX\.1-dev \(s\. /);
    });
    it('says of a licence what the work may be published as', async () => {
      const text = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
      const client = await start(`--- README.md\n${text}`);
      client.open('README.md', text);
      assert.match(await hover(client, 'README.md', 1, 10), /^\*\*this repository may be published as: Llama 3\.1 Community License Agreement\.\*\*/);
    });
    it('says of a service what may be trained on its outputs', async () => {
      const text = 'from openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n';
      const client = await start(`--- run.py\n${text}`);
      client.open('run.py', text, 'python');
      assert.match(
        await hover(client, 'run.py', 1, 45),
        /\*\*May I train a model on its outputs\? not models that compete with it, per its terms \\\[s\. 3\.3\(e\)\\\]\.\*\* {2}\nSays who: the text was read, as of 20/,
      );
    });
    it('says of a work that nobody knows that nothing is known', async () => {
      const text = 'from transformers import AutoModel\nAutoModel.from_pretrained("nobody/knows-this")\n';
      const client = await start(`--- run.py\n${text}`);
      client.open('run.py', text, 'python');
      assert.match(await hover(client, 'run.py', 1, 32), /May I use it here\? Not known\.\*\*[^]*that allows nothing by itself/);
    });
  });

  describe('a link', () => {
    it('leads to works at the revision that is used, to licences and to files of the tree', async () => {
      const text = '---\nlicense: other\nlicense_name: ours\nlicense_link: LICENSE.md\n---\n';
      const config = 'base_model: ./base\nlearning_rate: 0.1\noutput_dir: out\n';
      const code = 'from transformers import AutoModel\nAutoModel.from_pretrained("a/b", revision="0123abc")\nAutoModel.from_pretrained("a/c")\n';
      const client = await start(
        `--- README.md\n${text}--- LICENSE.md\nOurs.\n--- base/README.md\n---\nlicense: mit\n---\n--- run.py\n${code}--- train.yaml\n${config}--- pyproject.toml\n[project]\nname = "x"\nlicense = "Apache-2.0"\n`,
      );
      client.open('README.md', text);
      client.open('run.py', code, 'python');
      assert.deepEqual(await links(client, 'README.md'), [[3, 'file: LICENSE.md']]);
      assert.deepEqual(await links(client, 'train.yaml'), [[0, 'file: base/README.md']]);
      assert.deepEqual(await links(client, 'run.py'), [
        [1, 'https://huggingface.co/a/b/tree/0123abc'],
        [2, 'https://huggingface.co/a/c'],
      ]);
      assert.match((await links(client, 'pyproject.toml'))[0]?.[1] ?? '', /^https:\/\//);
    });
    it('leads from a policy to works, rules, licences and files', async () => {
      const text =
        'rules: { output-terms: off }\nworks:\n  - { id: "pkg:huggingface/a/b", licence: Apache-2.0 }\n# pkg:huggingface/a/comment\nprovenance:\n  - { path: data/train.csv, relation: trainedOn, from: "pkg:huggingface/datasets/a/c@0123abc" }\n';
      const client = await start(`--- pedigree.yaml\n${text}--- data/train.csv\na\n`);
      client.open('pedigree.yaml', text, 'yaml');
      const found = await links(client, 'pedigree.yaml');
      assert.ok(
        found.some(([line, target]) => line === 0 && target === rulePage('output-terms')),
        JSON.stringify(found),
      );
      assert.ok(found.some(([line, target]) => line === 2 && target === 'https://huggingface.co/a/b'));
      assert.ok(found.some(([line, target]) => line === 2 && /apache|spdx/i.test(target)));
      assert.ok(found.some(([line, target]) => line === 5 && target === 'file: data/train.csv'));
      assert.ok(found.some(([line, target]) => line === 5 && target === 'https://huggingface.co/datasets/a/c/tree/0123abc'));
      assert.ok(found.every(([line]) => line !== 3));
    });
  });
});
