import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { disclosures } from '../../server/src/knowledge/disclosures.ts';
import { layOut, pedigree } from '../support/cli.ts';

const repo = `--- train.py
from datasets import load_dataset
from transformers import AutoModelForCausalLM, Trainer

model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-v0.1")
chats = load_dataset("Open-Orca/SlimOrca")
Trainer(model=model, train_dataset=chats).train()
model.push_to_hub("otter/otter-7b")
--- make.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps({"text": client.chat.completions.create(model="gpt-4o", messages=[])}))
--- axolotl.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: data/train.jsonl
    type: alpaca
--- data/notes.jsonl
{}
`;

describe('pedigree disclose', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const make = (text: string): string => {
    const root = layOut(text);
    roots.push(root);
    return root;
  };
  before(() => assert.ok(existsSync('dist/cli.js'), 'run `npm run build` first'));
  after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

  it('puts in what is known, marks what is not, and is the same each time', () => {
    const root = make(repo);
    const { code, out, err } = pedigree('disclose', 'eu-gpai-summary', root);
    assert.deepEqual([code, err], [0, '']);
    assert.match(out, /help, not a ruling/);
    assert.match(out, /^Models: `otter\/otter-7b`$/m);
    assert.match(
      out,
      /^\| `pkg:huggingface\/mistralai\/Mistral-7B-v0\.1` \| https:\/\/huggingface\.co\/mistralai\/Mistral-7B-v0\.1 \| Apache License 2\.0 \(the catalogue/m,
    );
    assert.match(out, /^\| `pkg:huggingface\/datasets\/Open-Orca\/SlimOrca` \| .*`train\.py` \|$/m);
    assert.match(out, /^\| `local:data\/train\.jsonl` \| by `make\.py` \| \*\*\[to be filled in\]\*\* \| `service:openai\/gpt-4o` \(/m);
    assert.match(out, /^- Measures against illegal content: \*\*\[to be filled in\]\*\*$/m);
    assert.equal(pedigree('disclose', 'eu-gpai-summary', root).out, out);
  });

  it('has every section that is asked for, also where nothing is trained', () => {
    const root = make('--- a.txt\n');
    for (const { id, sections } of disclosures) {
      const { out } = pedigree('disclose', id, root);
      assert.deepEqual(
        [...out.matchAll(/^## \d+\. (.*)$/gm)].map((found) => found[1]),
        sections.map(({ title }) => title),
      );
      assert.match(out, /none was found/);
    }
  });

  it('names who wrote data that another file filters', () => {
    const filtered = `${repo.replace('path: data/train.jsonl', 'path: data/clean.jsonl')}--- clean.py
import json

rows = [json.loads(line) for line in open("data/train.jsonl")]
with open("data/clean.jsonl", "w") as out:
    for row in rows:
        out.write(json.dumps(row))
`;
    const { out } = pedigree('disclose', 'eu-gpai-summary', make(filtered));
    assert.match(
      out,
      /^\| `local:data\/clean\.jsonl` \| made from `local:data\/train\.jsonl` by `clean\.py`, `make\.py` \| \*\*\[to be filled in\]\*\* \| `service:openai\/gpt-4o` \(/m,
    );
  });

  it('writes a file, and overwrites nothing that it was not told to', () => {
    const root = make(repo);
    const file = join(root, 'TRAINING_DATA.md');
    assert.equal(pedigree('disclose', 'california-ab-2013', root, '--output', file).code, 0);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, 'ours\n');
    const again = pedigree('disclose', 'california-ab-2013', root, '--output', file);
    assert.equal(again.code, 2);
    assert.match(again.err, /is there already; --force overwrites it/);
    assert.equal(readFileSync(file, 'utf8'), 'ours\n');
    assert.equal(pedigree('disclose', 'california-ab-2013', root, '--output', file, '--force').code, 0);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('leaves names of files and works no way out of their cells', () => {
    const root = make('--- train.yaml\nbase_model: otter/base\ndatasets:\n  - path: "data/a|b<img src=x>`c.jsonl"\n    type: alpaca\n');
    const { out } = pedigree('disclose', 'eu-gpai-summary', root);
    for (const line of out.split('\n').filter((each) => each.startsWith('| '))) assert.equal(line.split('|').length, 7, line);
    assert.doesNotMatch(out.replace(/`[^`\n]*`/g, ''), /<img/);
  });

  const wrong: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['no name', () => [], /name one disclosure: eu-gpai-summary/],
    ['an unknown name', () => ['our-own'], /nothing is known of a disclosure "our-own"/],
    ['two folders', () => ['eu-gpai-summary', '.', '.'], /one folder/],
    ['a folder that is not there', () => ['eu-gpai-summary', 'no-such-folder'], /is no folder/],
    ['an unknown option', () => ['eu-gpai-summary', '--frobnicate'], /frobnicate/],
    ['a broken policy', () => ['eu-gpai-summary', make('--- pedigree.yaml\nrules: { x: loud }\n')], /pedigree\.yaml:1:/],
    ['a place that cannot be written', () => ['eu-gpai-summary', make(repo), '--output', join(make(repo), 'no', 'such', 'file.md')], /cannot be written/],
  ];
  for (const [title, words, message] of wrong)
    it(`ends with 2 for ${title}`, () => {
      const run = pedigree('disclose', ...words());
      assert.equal(run.code, 2, run.out);
      assert.match(run.err, message);
    });
});
