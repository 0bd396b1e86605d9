import assert from 'node:assert/strict';
import { analyseFiles, parseRepo } from '../support/repo.ts';

const repo = `--- README.md
---
license: mit
base_model: meta-llama/Llama-3.1-8B
---
# x
--- run.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`;

const changed = (files: ReadonlyMap<string, Uint8Array>, path: string, change: (text: string) => string): Map<string, Uint8Array> =>
  new Map(files).set(path, new TextEncoder().encode(change(new TextDecoder().decode(files.get(path)))));

describe('incremental analysis', () => {
  const { files } = parseRepo(repo);
  const first = analyseFiles(files);

  it('keeps its conclusions while no fact changes, and moves the places', () => {
    const second = analyseFiles(
      changed(files, 'run.py', (text) => `\n\n${text}`),
      first,
    );
    assert.equal(second.conclusions, first.conclusions);
    const lines = (analysis: typeof first): readonly number[] =>
      analysis.report.findings.filter((finding) => finding.path === 'run.py').map((finding) => finding.line);
    assert.deepEqual(
      lines(second),
      lines(first).map((line) => line + 2),
    );
  });
  it('concludes anew when a fact changes', () => {
    const second = analyseFiles(
      changed(files, 'README.md', (text) => text.replace('mit', 'llama3.1')),
      first,
    );
    assert.notEqual(second.conclusions, first.conclusions);
    assert.ok(!second.report.findings.some((finding) => finding.ruleId === 'licence-laundering'));
  });
  it('equals a fresh run after any change', () => {
    for (const change of [
      (text: string) => text.replace('mit', 'MIT'),
      (text: string) => text.replace('---\n# x', 'tags: [x]\n---\n# x'),
      (text: string) => `${text}\nmore`,
    ]) {
      const next = changed(files, 'README.md', change);
      assert.deepEqual(analyseFiles(next, first).report, analyseFiles(next).report);
    }
  });
  it('equals a fresh run after a file without facts got another name', () => {
    const tree = parseRepo(`--- src/train.py
from transformers import Trainer
from datasets import load_dataset
data = load_dataset("json", data_files="zdata.jsonl")
Trainer(model="x").train()
--- src/zdata.jsonl
{}
--- pedigree.yaml
provenance:
  - { path: src/zdata.jsonl, relation: copiedFrom, from: "pkg:huggingface/datasets/allenai/soda" }
`).files;
    const before = analyseFiles(tree);
    const renamed = new Map([...tree].map(([path, bytes]) => [path === 'src/zdata.jsonl' ? 'src/ydata.jsonl' : path, bytes] as const));
    const fresh = analyseFiles(renamed);
    assert.notDeepEqual(fresh.report.relations, before.report.relations);
    assert.deepEqual(analyseFiles(renamed, before).report, fresh.report);
  });
  it('has stable fingerprints when text moves', () => {
    const moved = analyseFiles(changed(files, 'run.py', (text) => `# a comment\n${text}`));
    assert.deepEqual(
      moved.report.findings.map((finding) => finding.fingerprint),
      first.report.findings.map((finding) => finding.fingerprint),
    );
  });
});
