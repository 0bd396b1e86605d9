import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { completionsAt, documentItem } from '../../server/src/lsp/complete/completion.ts';
import { candidatesFor, sources } from '../../server/src/lsp/complete/candidates.ts';
import { policyKeys } from '../../server/src/lsp/complete/policy-keys.ts';
import { testKnowledge } from '../support/knowledge.ts';

/** `|` is the cursor; answers what is written there for each item, by its label. */
const at = (path: string, marked: string) => {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const before = marked.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return completionsAt(path, text, position, testKnowledge()).map((item) => {
    assert.ok(item.textEdit && 'range' in item.textEdit);
    const { range, newText } = item.textEdit;
    const line = text.split('\n')[position.line] ?? '';
    return { item, line: line.slice(0, range.start.character) + newText + line.slice(range.end.character) };
  });
};

const model = 'meta-llama/Llama-3.1-8B';
const data = 'tatsu-lab/alpaca';

/** Where, what stands there, one that is offered, and the line with it taken. */
const offered: readonly (readonly [string, string, string, string, string])[] = [
  ['hub tags behind license', 'README.md', '---\nlicense:|\n---\n', 'llama3.1', 'license: llama3.1'],
  ['hub tags in a list', 'README.md', '---\nlicense:\n  - ap|\n---\n', 'apache-2.0', '  - apache-2.0'],
  ['models behind base_model', 'sub/README.md', `---\nbase_model: meta|\n---\n`, model, `base_model: ${model}`],
  ['quoted models', 'README.md', `---\nbase_model: "meta|"\n---\n`, model, `base_model: "${model}"`],
  ['data sets in a list', 'README.md', `---\ndatasets:\n  - a/b\n  - tatsu|\n---\n`, data, `  - ${data}`],
  ['relations of a base', 'README.md', '---\nbase_model_relation: |\n---\n', 'quantized', 'base_model_relation: quantized'],
  [
    'usual names of licences',
    'README.md',
    '---\nlicense: other\nlicense_name: |\n---\n',
    'flux-1-dev-non-commercial-license',
    'license_name: flux-1-dev-non-commercial-license',
  ],
  ['SPDX ids in a tag', 'run.c', '// SPDX-License-Identifier: MIT OR Apa|', 'Apache-2.0', '// SPDX-License-Identifier: MIT OR Apache-2.0'],
  ['SPDX ids in REUSE.toml', 'REUSE.toml', 'SPDX-License-Identifier = "|"', 'MIT', 'SPDX-License-Identifier = "MIT"'],
  ['SPDX ids in a manifest', 'pyproject.toml', '[project]\nlicense = "|"', 'Apache-2.0', 'license = "Apache-2.0"'],
  ['SPDX ids in package.json', 'package.json', '{\n  "license": "|"\n}', 'MIT', '  "license": "MIT"'],
  ['SPDX ids in a citation', 'CITATION.cff', 'license: |', 'MIT', 'license: MIT'],
  ['disclosures', 'pedigree.yaml', 'disclose: [eu|]', 'eu-gpai-summary', 'disclose: [eu-gpai-summary]'],
  ['rules in a comment', 'run.py', 'x = 1  # pedigree-ignore licence|', 'licence-laundering', 'x = 1  # pedigree-ignore licence-laundering'],
  ['models of from_pretrained', 'run.py', 'm = AutoModel.from_pretrained("|")', model, `m = AutoModel.from_pretrained("${model}")`],
  ['models over lines', 'run.py', 'm = AutoModel.from_pretrained(\n    "meta|",\n)', model, `    "${model}",`],
  ['models by keyword', 'run.py', "LLM(dtype='auto', model='meta|')", model, `LLM(dtype='auto', model='${model}')`],
  ['models of a pipeline', 'run.py', 'pipeline("text-generation", "|")', model, `pipeline("text-generation", "${model}")`],
  ['data sets of load_dataset', 'run.py', 'load_dataset("tatsu|")', data, `load_dataset("${data}")`],
  ['data sets of a download', 'run.py', 'snapshot_download("|", repo_type="dataset")', data, `snapshot_download("${data}", repo_type="dataset")`],
  ['both of a download', 'run.py', 'snapshot_download(repo_id="|")', model, `snapshot_download(repo_id="${model}")`],
  ['models in a variable', 'run.py', 'BASE_MODEL = "|"', model, `BASE_MODEL = "${model}"`],
  ['models of a cell', 'a.ipynb', 'AutoModel.from_pretrained("|")', model, `AutoModel.from_pretrained("${model}")`],
  ['models of a command in a cell', 'a.ipynb', '!hf download |', model, `!hf download ${model}`],
  ['models of JavaScript', 'app.ts', "const p = await pipeline('text-generation', '|')", model, `const p = await pipeline('text-generation', '${model}')`],
  ['models of a trainer', 'train.yaml', 'base_model: |', model, `base_model: ${model}`],
  ['data sets of a trainer', 'train.yaml', 'datasets:\n  - path: |\n', data, `  - path: ${data}`],
  ['data sets of a list at the column of its key', 'train.yml', 'datasets:\n- path: tatsu|\n', data, `- path: ${data}`],
  ['models of a merge', 'merge.yaml', 'models:\n  - model: |\n', model, `  - model: ${model}`],
  ['a base in JSON', 'adapter_config.json', '{ "base_model_name_or_path": "|" }', model, `{ "base_model_name_or_path": "${model}" }`],
  ['a base in TOML', 'train.toml', 'pretrained_model_name_or_path = "|"', model, `pretrained_model_name_or_path = "${model}"`],
  ['a base of a Modelfile', 'Modelfile', 'FROM |', `hf.co/${model}`, `FROM hf.co/${model}`],
  ['a base of a Modelfile with its address', 'Modelfile', 'FROM hf.co/meta|', model, `FROM hf.co/${model}`],
  ['a download in a script', 'run.sh', 'hf download meta|', model, `hf download ${model}`],
  ['an option in a script', 'run.sh', 'python train.py \\\n  --model_name_or_path |', model, `  --model_name_or_path ${model}`],
  ['an option with its value', 'run.sh', 'python train.py --dataset_name=|', data, `python train.py --dataset_name=${data}`],
  ['what is served in a Dockerfile', 'Dockerfile', 'RUN vllm serve |', model, `RUN vllm serve ${model}`],
  ['what is served by a container', 'Dockerfile', 'CMD ["vllm", "serve", "|"]', model, `CMD ["vllm", "serve", "${model}"]`],
  ['keys of a policy', 'pedigree.yaml', 'us|', 'use', 'use:'],
  ['keys in a mapping', 'pedigree.yaml', 'use:\n  com|', 'commercial', '  commercial: '],
  ['keys in braces', 'pedigree.yaml', 'use: { com| }', 'commercial', 'use: { commercial:  }'],
  ['a key that has its colon', 'pedigree.yaml', 'us|: {}', 'use', 'use: {}'],
  ['keys of an item', 'pedigree.yaml', 'accept:\n  - rule: a\n    rea|', 'reason', '    reason: '],
  ['keys of a first line', 'pedigree.yaml', 'accept:\n  - |', 'rule', '  - rule: '],
  ['keys of an item without an indent', 'pedigree.yaml', 'accept:\n- rule: a\n  wo|', 'work', '  work: '],
  ['words of a value', 'pedigree.yaml', 'use:\n  commercial: |', 'true', '  commercial: true'],
  ['words of a list', 'pedigree.yaml', 'use:\n  distribute: [weights, |]', 'code', '  distribute: [weights, code]'],
  ['words of a list in a block', 'pedigree.yaml', 'use:\n  distribute:\n    - |', 'service', '    - service'],
  ['rules of an acceptance', 'pedigree.yaml', 'accept: [ { rule: | } ]', 'output-terms', 'accept: [ { rule: output-terms } ]'],
  ['works of an acceptance', 'pedigree.yaml', 'accept:\n  - work: "pkg|"', `pkg:huggingface/${model}`, `  - work: "pkg:huggingface/${model}"`],
  ['services of a note', 'pedigree.yaml', 'provenance:\n  - from: serv|', 'service:openai', '  - from: service:openai'],
  ['relations of a note', 'pedigree.yaml', 'provenance:\n  - { path: a, relation: | }', 'generatedBy', '  - { path: a, relation: generatedBy }'],
  ['rules with levels', 'pedigree.yaml', 'rules:\n  unpin|', 'unpinned-revision', '  unpinned-revision: '],
  ['levels', 'pedigree.yaml', 'rules: { unpinned-revision: | }', 'off', 'rules: { unpinned-revision: off }'],
  [
    'levels of an override',
    'pedigree.yaml',
    'overrides:\n  - paths: ["a/**"]\n    rules:\n      output-terms: |',
    'information',
    '      output-terms: information',
  ],
  ['licences of a policy', 'pedigree.yaml', 'licences:\n  deny: [AGPL|]', 'AGPL-3.0-only', '  deny: [AGPL-3.0-only]'],
  ['licences with a name of ours', 'pedigree.yaml', 'works:\n  - id: a\n    licence: |', 'LicenseRef-flux-1-dev-nc', '    licence: LicenseRef-flux-1-dev-nc'],
];

const silent: readonly (readonly [string, string, string])[] = [
  ['prose', 'README.md', '---\nlicense: mit\n---\nlicense: |\n'],
  ['other keys of a card', 'README.md', '---\nlanguage: |\n---\n'],
  ['other strings', 'run.py', 'print("|")'],
  ['a string that is put together', 'run.py', 'AutoModel.from_pretrained(f"|")'],
  ['what stands outside a string', 'run.py', 'AutoModel.from_pretrained(|)'],
  ['another argument', 'run.py', 'pipeline("|")'],
  ['another keyword', 'run.py', 'load_dataset("a/b", split="|")'],
  ['a model of a service', 'run.py', 'client.chat.completions.create(model="|")'],
  ['a comment', 'run.py', '# from_pretrained("|")'],
  ['other keys of a configuration', 'train.yaml', 'learning_rate: |'],
  ['a path of something else', 'a.yaml', 'volumes:\n  - path: |'],
  ['words of other commands', 'run.sh', 'echo download |'],
  ['a comment of a policy', 'pedigree.yaml', '# us|'],
  ["a policy's own words", 'pedigree.yaml', 'accept:\n  - reason: |'],
  ['a policy below the root', 'sub/pedigree.yaml', 'us|'],
  ['keys that a policy has not', 'pedigree.yaml', 'nothing:\n  x|'],
];

describe('completion', () => {
  for (const [title, path, marked, label, line] of offered)
    it(`offers ${title}`, () => {
      const rows = at(path, marked);
      const row = rows.find(({ item }) => item.label === label);
      assert.ok(row, `${label} is not among ${rows.length}: ${rows.slice(0, 5).map(({ item }) => item.label)}`);
      assert.equal(row.line, line);
    });
  for (const [title, path, marked] of silent)
    it(`says nothing in ${title}`, () =>
      assert.deepEqual(
        at(path, marked).map(({ item }) => item.label),
        [],
      ));

  it('tells the class of the terms of each id, and more when it is asked', () => {
    const { item } = at('README.md', '---\nbase_model: |\n---\n').find((row) => row.item.label === model) ?? {};
    assert.ok(item);
    assert.match(item.detail ?? '', /^use-restricted: Llama 3\.1 Community License Agreement$/);
    assert.equal(item.labelDetails?.description, 'use-restricted');
    const { documentation } = documentItem(item, testKnowledge());
    assert.ok(typeof documentation === 'object' && /Commercial use.*on conditions/.test(documentation.value));
    for (const [path, marked] of [
      ['a.md', '---\nlicense: |\n---\n'],
      ['a.py', '# SPDX-License-Identifier: |'],
      ['a.py', 'load_dataset("|")'],
    ] as const)
      assert.ok(at(path, marked).every((row) => (row.item.detail ?? '') !== '' && (row.item.labelDetails?.description ?? '') !== ''));
  });
  it('documents a rule', () => {
    const { item } = at('a.py', '# pedigree-ignore |')[0] ?? {};
    assert.ok(item && documentItem(item, testKnowledge()).documentation);
  });
  it('lists no id twice', () => {
    for (const source of [...sources, 'keys:'] as const) {
      const labels = candidatesFor(source, testKnowledge()).map(({ label }) => label);
      assert.ok(labels.length > 0, source);
      assert.equal(new Set(labels).size, labels.length, source);
    }
  });

  interface Schema {
    readonly $ref?: string;
    readonly description?: string;
    readonly type?: unknown;
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly items?: Schema;
    readonly anyOf?: readonly Schema[];
  }
  it('knows the keys of a policy as the schema has them', () => {
    const schema = JSON.parse(readFileSync('schemas/pedigree.schema.json', 'utf8')) as Schema & { readonly definitions: Readonly<Record<string, Schema>> };
    const places = new Map<string, Readonly<Record<string, Schema>>>();
    const walk = (node: Schema, path: string): void => {
      if (node.$ref !== undefined) return;
      if (node.properties) places.set(path, node.properties);
      for (const [key, value] of Object.entries(node.properties ?? {})) walk(value, path === '' ? key : `${path}.${key}`);
      if (node.items) walk(node.items, `${path}.[]`);
      for (const each of node.anyOf ?? []) walk(each, path);
    };
    walk(schema, '');
    assert.deepEqual(Object.keys(policyKeys).toSorted(), [...places.keys()].toSorted());
    for (const [path, keys] of places) {
      assert.deepEqual(Object.keys(policyKeys[path] ?? {}), Object.keys(keys), path);
      for (const [key, { description, $ref }] of Object.entries(keys)) {
        const said = description ?? schema.definitions[$ref?.split('/').at(-1) ?? '']?.description ?? '';
        assert.ok(said.startsWith(policyKeys[path]?.[key]?.what ?? '?') || said === 'Levels by rule id.', `${path}.${key}`);
      }
    }
  });

  it('never throws, whatever is written and wherever', () => {
    const piece = fc.constantFrom(
      'from_pretrained(',
      '"',
      "'",
      'base_model',
      ':',
      ' ',
      '\n',
      '- ',
      '{',
      '[',
      ',',
      ']',
      '}',
      '---',
      'license',
      'accept',
      '=',
      '--model',
      '\\',
      '(',
      ')',
      '😀',
      '\r\n',
      '#',
    );
    const path = fc.constantFrom('README.md', 'a.py', 'a.yaml', 'pedigree.yaml', 'a.json', 'a.toml', 'run.sh', 'Dockerfile', 'Modelfile', 'a.ipynb', 'a.ts');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), path, fc.nat(30), fc.nat(8), (pieces, name, character, line) => {
        const text = pieces.join('');
        for (const item of completionsAt(name, text, { line, character }, testKnowledge()))
          assert.ok(item.textEdit && 'range' in item.textEdit && item.textEdit.range.start.character >= 0);
      }),
      { numRuns: 300 },
    );
  });
  it('answers within a few milliseconds, once the tables are read', () => {
    at('a.py', 'AutoModel.from_pretrained("|")');
    const begun = performance.now();
    for (let round = 0; round < 20; round += 1) at('a.py', 'AutoModel.from_pretrained("|")');
    assert.ok((performance.now() - begun) / 20 < 50);
  });
});
