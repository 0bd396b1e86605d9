import assert from 'node:assert/strict';
import { javascriptReader } from '../../server/src/artefacts/javascript/reader.ts';
import type { RelationFact } from '../../server/src/artefacts/types.ts';
import { limits } from '../../server/src/text/limits.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;
const table = (cases: Cases, path = 'src/run.ts'): void => {
  for (const [name, [text, ...shown]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(javascriptReader, path, text), shown));
};
const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const relations = (text: string): readonly RelationFact[] =>
  readWith(javascriptReader, 'run.ts', text).facts.filter((fact): fact is RelationFact => fact.kind === 'relation');

const loads = 'loads hub:acme/base-7b <- acme/base-7b';
const pipeline = "import { pipeline } from '@huggingface/transformers';";
const load = 'AutoModel.from_pretrained';

describe('JavaScript', () => {
  for (const path of ['a.js', 'b.mjs', 'c.cjs', 'd.ts', 'e.mts', 'f.tsx', 'g.jsx', 'h.vue', 'i.svelte', 'index.html'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(javascriptReader, path)));
  for (const path of ['a.d.ts', 'a.min.js', 'dist/a.js', 'x/vendor/a.js', 'a.json', 'a.py'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(javascriptReader, path)));

  describe('what is loaded', () => {
    table({
      'by a pipeline': [lines(pipeline, "const p = await pipeline('text-generation', 'acme/base-7b');"), loads],
      'by a pipeline of an address': [
        lines("import { pipeline } from 'https://cdn.jsdelivr.net/npm/@xenova/transformers@2.17.2';", "pipeline('summarization', 'acme/base-7b')"),
        loads,
      ],
      'by a pipeline that is required': [
        lines("const { pipeline: make, pipeline } = require('@xenova/transformers');", "pipeline('x', 'acme/base-7b')"),
        loads,
      ],
      'by a pipeline that is imported late': [lines("const { pipeline } = await import('@xenova/transformers');", "pipeline('x', 'acme/base-7b')"), loads],
      'by a pipeline of elsewhere': ["pipeline('text-generation', 'acme/base-7b')", loads],
      'by something else of that name': [lines("import { pipeline } from 'node:stream';", "pipeline('text-generation', 'acme/base-7b')")],
      'by something else of that name, from nowhere': ["pipeline('input.txt', 'acme/base-7b')"],
      'by a class': [`await ${load}('acme/base-7b', { dtype: 'q4' })`, loads],
      'by a class, at a revision': [`${load}("acme/base-7b", { revision: "0123abc" })`, 'loads hub:acme/base-7b @0123abc <- acme/base-7b'],
      'by a class, at one set elsewhere': [`${load}("acme/base-7b", { revision: REV })`, 'loads hub:acme/base-7b @set elsewhere <- acme/base-7b'],
      'by the client of the hub': [
        lines("import { downloadFile } from '@huggingface/hub';", "await downloadFile({ repo: 'acme/base-7b', path: 'config.json' });"),
        loads,
      ],
      'by the client of the hub, data': [
        lines("import * as hub from '@huggingface/hub';", "hub.snapshotDownload({ repo: { type: 'dataset', name: 'acme/data' } });"),
        'loads hub:datasets/acme/data <- acme/data',
      ],
      'by the client of the hub, data in short': [
        lines("import { listFiles } from '@huggingface/hub';", "listFiles({ repo: 'datasets/acme/data' })"),
        'loads hub:datasets/acme/data <- datasets/acme/data',
      ],
      'by a client that infers': [
        lines(
          "import { InferenceClient } from '@huggingface/inference';",
          'const hf = new InferenceClient(token);',
          "hf.chatCompletion({ model: 'acme/base-7b', messages })",
        ),
        loads,
      ],
      'in a browser': [
        lines("import { CreateMLCEngine } from '@mlc-ai/web-llm';", "CreateMLCEngine('Llama-3.1-8B-Instruct-q4f32_1-MLC', {})"),
        'loads hub:mlc-ai/Llama-3.1-8B-Instruct-q4f32_1-MLC <- Llama-3.1-8B-Instruct-q4f32_1-MLC',
      ],
      'from a library of models': [
        lines("import ollama from 'ollama';", "await ollama.chat({ model: 'llama3.1:70b', messages });"),
        'loads hub:meta-llama/Llama-3.1-70B-Instruct <- llama3.1:70b',
      ],
      'from a library by a client': [
        lines("import { Ollama } from 'ollama';", "class A { client = new Ollama({ host }); ask() { return this.client.generate({ model: 'llama3.1' }); } }"),
        'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1',
      ],
      'from a library by another package': [
        lines("import { ChatOllama } from '@langchain/ollama';", "new ChatOllama({ model: 'llama3.1' })"),
        'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1',
      ],
      'by a runner': [
        lines("import { resolveModelFile } from 'node-llama-cpp';", "resolveModelFile('hf:acme/base-7b/x.Q4_K_M.gguf', dir)"),
        'loads hub:acme/base-7b <- hf:acme/base-7b/x.Q4_K_M.gguf',
      ],
      'by an address': [
        "const url = 'https://huggingface.co/acme/base-7b/resolve/main/model.onnx';\nconst r = await fetch(url);",
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/model.onnx',
      ],
      'by an address with a placeholder': [
        'fetch(`https://huggingface.co/acme/base-7b/resolve/main/${file}`)',
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/',
      ],
      'an address to look at': ["window.open('https://huggingface.co/acme/base-7b')"],
    });
    it('takes a tokenizer for what it is', () =>
      assert.equal(relations("AutoTokenizer.from_pretrained('acme/base-7b')")[0]?.via, 'tokenizer or configuration'));
    it('tells what could be pinned', () => assert.equal(relations(`${load}('acme/base-7b')`)[0]?.pinnable, true));
  });

  describe('where the id stands', () => {
    table({
      'in a constant': [`const MODEL = 'acme/base-7b';\n${load}(MODEL)`, loads],
      'in a constant with a type': [`export const MODEL: string = 'acme/base-7b' as const;\n${load}(MODEL)`, loads],
      'in a constant without a semicolon': [`const MODEL = 'acme/base-7b'\n${load}(MODEL)`, loads],
      'in a template': [`${load}(\`acme/base-7b\`)`, loads],
      'in a template with a placeholder': [`${load}(\`acme/\${name}\`)`],
      'in an object': [`const config = { a: 1, model: 'acme/base-7b' };\n${load}(config.model)`, loads],
      'in a table': [`const MODELS = { "small": 'acme/base-7b' };\n${load}(MODELS['small'])`, loads],
      'in a static field': [`class P {\n  static task = 'x';\n  static model = 'acme/base-7b';\n  static get() { return ${load}(this.model); }\n}`, loads],
      'in a field of another class': [`class P { static model = 'acme/base-7b'; }\n${load}(P.model)`, loads],
      'in a default of a parameter': [`async function f(model = 'acme/base-7b') { return ${load}(model); }`, loads],
      'in a default of the environment': [`${load}(process.env.MODEL ?? 'acme/base-7b')`, loads],
      'behind or': [`${load}(name || 'acme/base-7b')`, loads],
      'in a choice': [`${load}(big ? 'acme/base-7b' : 'acme/small')`, loads, 'loads hub:acme/small <- acme/small'],
      'in the nearest constant before': [`let m = 'acme/old';\nm = 'acme/base-7b';\n${load}(m);\nm = 'acme/later';`, loads],
      'in the environment': [`${load}(process.env.MODEL)`],
      'in a comment': [`// ${load}('acme/base-7b')\n/* ${load}('acme/base-7b') */`],
      'in a text': [`const help = "use ${load}('acme/base-7b')";`],
      'behind a pattern': [`const r = /['"\`]/.test(x);\n${load}('acme/base-7b')`, loads],
      'behind a division': [`const r = a / b; const s = c / d;\n${load}('acme/base-7b')`, loads],
      'in a placeholder': [`const t = \`a \${${load}('acme/base-7b')} b\`;`, loads],
      'with a type argument': [`${load}<Model<A>>('acme/base-7b')`, loads],
      'in a name that means itself': [`const m = m;\n${load}(m)`],
      'behind other letters': [`const é = "é😀";\n${load}('acme/base-7b')`, loads],
      'in quotes that never end': [`${load}('acme/base-7b`],
      'in a placeholder name': [`${load}('your-org/your-model')`],
      'with CRLF': [`const M = 'acme/base-7b';\r\n${load}(\r\n  M,\r\n);\r\n`, loads],
    });
    it('in the script of a page', () =>
      assert.deepEqual(
        shownBy(javascriptReader, 'index.html', `<p>It's ${load}('acme/other')</p>\n<script type="module">\n${load}('acme/base-7b')\n</script>`),
        [loads],
      ));
    it('in a test', () =>
      assert.deepEqual(shownBy(javascriptReader, 'src/run.spec.ts', `${load}('acme/base-7b')`), ['loads hub:acme/base-7b evaluation <- acme/base-7b']));
    it('in a bundle', () => assert.deepEqual(shownBy(javascriptReader, 'app.js', `${load}('acme/base-7b');${' '.repeat(limits.lineLength)}`), []));
  });

  describe('services', () => {
    const openai = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
    const ask = "client.chat.completions.create({ model: 'gpt-4o', messages })";
    const said = 'call openai/gpt-4o mention <- gpt-4o';
    table({
      'are asked': [openai + ask, said],
      'are asked by what is required': [`const { OpenAI } = require("openai");\nconst client = new OpenAI();\n${ask}`, said],
      'are asked by a field': [
        `${openai}class A { constructor() { this.ai = new OpenAI(); } run() { return this.ai.responses.create({ model: 'gpt-4o' }); } }`,
        said,
      ],
      'are asked under another address': [`import OpenAI from 'openai';\nconst client = new OpenAI({ baseURL: 'http://localhost:8000/v1' });\n${ask}`],
      'are asked under one that cannot be told': [`import OpenAI from 'openai';\nconst client = new OpenAI({ baseURL: url });\n${ask}`],
      'are asked by the address of another': [
        `import OpenAI from 'openai';\nconst client = new OpenAI({ baseURL: 'https://api.deepseek.com' });\nclient.chat.completions.create({ model: 'deepseek-chat' })`,
        'call deepseek/deepseek-chat mention <- deepseek-chat',
      ],
      'are asked by another client': [
        "import Anthropic from '@anthropic-ai/sdk';\nnew Anthropic().messages.create({ model: 'claude-sonnet-4-20250514' })",
        'call anthropic/claude-sonnet-4-20250514 mention <- claude-sonnet-4-20250514',
      ],
      'are asked by a provider': ["import { openai } from '@ai-sdk/openai';\ngenerateText({ model: openai('gpt-4o'), prompt })", said],
      'are asked by a provider that is made': [
        "import { createOpenAI } from '@ai-sdk/openai';\nconst provider = createOpenAI({ apiKey });\ngenerateText({ model: provider('gpt-4o') })",
        said,
      ],
      'are asked by a provider of another address': [
        "import { createOpenAI } from '@ai-sdk/openai';\nconst provider = createOpenAI({ baseURL: 'http://x/v1' });\ngenerateText({ model: provider('gpt-4o') })",
      ],
      'are asked by a chain': ["import { ChatOpenAI } from '@langchain/openai';\nnew ChatOpenAI({ modelName: 'gpt-4o' })", said],
      'are asked by fetch': [
        "fetch('https://api.openai.com/v1/chat/completions', { method: 'POST' })",
        'call openai mention <- https://api.openai.com/v1/chat/completions',
      ],
      'are only named': ["const models = ['gpt-4o', 'claude-3-opus'];\nimport 'openai';"],
    });
    const keep = "fs.appendFileSync('data/train.jsonl', JSON.stringify(row));";
    table({
      'whose answers are kept as data': [
        `${openai}const r = await ${ask};\n${keep}`,
        'call openai/gpt-4o decision <- gpt-4o',
        'generatedBy service:openai/gpt-4o <- gpt-4o',
      ],
      'whose answers are kept elsewhere': [`${openai}const r = await ${ask};\nfs.writeFileSync('cache/answers.json', r);`, said],
      'whose answers a server keeps': [`import express from 'express';\n${openai}${ask};\n${keep}`, said],
    });
    it('names the file that is kept', () => assert.equal(relations(`${openai}${ask};\n${keep}`)[0]?.from, 'local:data/train.jsonl'));
    it('keeps judges apart', () =>
      assert.deepEqual(shownBy(javascriptReader, 'scripts/judge.ts', `${openai}${ask};\n${keep}`), ['call openai/gpt-4o evaluation <- gpt-4o']));
  });

  it('says what it publishes', () =>
    assert.deepEqual(shownBy(javascriptReader, 'run.ts', "import { uploadFiles } from '@huggingface/hub';\nuploadFiles({ repo: 'acme/ours', files })"), [
      'publishes hub:acme/ours <- acme/ours',
    ]));

  for (const [name, piece] of Object.entries({
    templates: '`${',
    brackets: 'f(',
    choices: 'a ? b : ',
    objects: '{ a: ',
    calls: 'a.b(',
    patterns: 'a = /',
    types: 'a<',
    names: 'let a = a + a;',
  }))
    it(`ends on a file of nothing but ${name}`, () => {
      const started = cpuTime();
      readWith(javascriptReader, 'run.ts', `ollama\n${Array.from({ length: 200 }, () => piece.repeat(200)).join('\n')}`);
      assert.ok(cpuTime() - started < 3000);
    });

  it('never throws', () =>
    fuzzText(
      javascriptReader,
      'run.ts',
      lines(
        pipeline,
        "import OpenAI from 'openai';",
        "const M: string = process.env.M ?? 'acme/base-7b';",
        "class P { static model = `acme/${x}`; run = () => pipeline('a-b', M, { revision: 'main' }); }",
        "const c = new OpenAI({ baseURL: 'https://api.openai.com' }); // x",
        "c.chat.completions.create({ model: big ? 'gpt-4o' : /re[/]/.source });",
        "fs.writeFileSync('data/train.jsonl', `${a}${`b${c}`}`);",
      ),
    ));
});
