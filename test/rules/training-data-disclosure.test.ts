import assert from 'node:assert/strict';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';

const rule = 'training-data-disclosure';
const trained = `
--- train.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: Open-Orca/SlimOrca
    type: sharegpt
`;
const synthetic = `
--- make.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps({"text": client.chat.completions.create(model="gpt-4o", messages=[])}))
--- train.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: data/train.jsonl
    type: alpaca
`;

const cases: readonly (readonly [string, string])[] = [
  ['one that is absent', `--- pedigree.yaml\ndisclose: [eu-gpai-summary]\n           ^^^^^^^^^^^^^^^ information ${rule}${trained}`],
  ['nothing that is not asked for', `--- pedigree.yaml\nrules: {}${trained}`],
  ['a name that nothing is known of', `--- pedigree.yaml\ndisclose: [our-own]\n           ^^^^^^^ information ${rule}${trained}`],
  [
    'one under the path of the policy',
    `--- pedigree.yaml\ndisclose: [{ name: california-ab-2013, path: docs/a.md }]${trained}--- docs/a.md\n# Data\n\n<!-- pedigree: disclosure california-ab-2013 -->\n\nSlim-Orca.\n`,
  ],
  [
    'one under the path of the policy that does not say what it is',
    `--- pedigree.yaml\ndisclose: [{ name: california-ab-2013, path: docs/a.md }]\n           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information ${rule}${trained}--- docs/a.md\n# Data\n\nSlim-Orca.\n`,
  ],
  ['one in another form, which is not read', `--- pedigree.yaml\ndisclose: [{ name: california-ab-2013, path: docs/a.html }]${trained}--- docs/a.html\n<p>\n`],
  [
    'one that says what it is, wherever it lies',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${trained}--- docs/a.md\n# Data\n\n<!-- pedigree: disclosure california-ab-2013 -->\n\nSlimOrca.\n`,
  ],
  [
    'names in other capitals',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${trained}--- docs/Training_Data.md\n# Data\n--- docs/training_data.md\n# Data of SLIM Orca\n`,
  ],
  [
    'what a comment alone names',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${trained}--- TRAINING_DATA.md\n# Data\n^^^^^^ information ${rule}\n\n<!-- SlimOrca -->\n`,
  ],
  [
    'a base that only one of both asks for',
    `--- pedigree.yaml\ndisclose: [eu-gpai-summary]${trained}--- TRAINING_DATA_SUMMARY.md\n# SlimOrca\n^^^^^^^^^^ information ${rule}\n`,
  ],
  [
    'own data, and who wrote them',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${synthetic}--- TRAINING_DATA.md\n# Data\n\n\`data/train.jsonl\`, written by GPT-4o.\n`,
  ],
  [
    'own data without who wrote them',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${synthetic}--- TRAINING_DATA.md\n# Data\n^^^^^^ information ${rule}\n\n\`data/train.jsonl\`, by a model.\n`,
  ],
  [
    'what nothing uses any more',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]${trained}--- TRAINING_DATA.md\n# Data\n\n- SlimOrca\n- https://huggingface.co/datasets/otter/river-chats.\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information ${rule}\n`,
  ],
  [
    'what is published under our own name',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]\npublish: { name: otter/swim }${trained}--- TRAINING_DATA.md\n# Data\n\nSlimOrca, and https://huggingface.co/datasets/otter/river-chats\n`,
  ],
  [
    'what a README shows to be typed',
    `--- pedigree.yaml\ndisclose: [eu-gpai-summary]\n--- README.md\n# Swim\n\n\`\`\`bash\npython train.py --model_name_or_path otter/base --dataset_name otter/river-chats\n\`\`\`\n--- TRAINING_DATA_SUMMARY.md\n# Data\n`,
  ],
  [
    'data that a script makes in its memory',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]\n--- train.py\nfrom datasets import Dataset\nfrom trl import SFTTrainer\n\nrows = Dataset.from_list([{"text": "a"}])\nSFTTrainer(model="otter/base", train_dataset=rows).train()\n--- TRAINING_DATA.md\n# Data\n`,
  ],
  [
    'a note of the policy',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]\nprovenance:\n  - { path: weights, relation: trainedOn, from: "pkg:huggingface/datasets/otter/river-chats" }\n--- TRAINING_DATA.md\n# Data\n^^^^^^ information ${rule}\n`,
  ],
  [
    'what it is only tested on',
    `--- pedigree.yaml\ndisclose: [california-ab-2013]\n--- eval/run.py\nfrom datasets import load_dataset\n\ndata = load_dataset("otter/exam")\n--- TRAINING_DATA.md\n# Data\n\nNone.\n`,
  ],
];

const findingsOf = (text: string) => analyseFiles(parseRepo(text).files).report.findings.filter((finding) => finding.ruleId === rule);

describe(rule, () => {
  for (const [title, repo] of cases) it(`sees ${title}`, () => void check(repo, rule));

  it('names what a document lacks, with where it is used', () => {
    const [finding] = findingsOf(`--- pedigree.yaml\ndisclose: [eu-gpai-summary]${synthetic}--- TRAINING_DATA_SUMMARY.md\n# Data\n`);
    assert.deepEqual(finding?.works, ['local:data/train.jsonl', 'service:openai/gpt-4o', 'pkg:huggingface/mistralai/Mistral-7B-v0.1']);
    assert.match(finding.message, /data\/train\.jsonl, openai\/gpt-4o, mistralai\/Mistral-7B-v0\.1\. Add them/);
    assert.deepEqual([...new Set(finding.related.map(({ path }) => path))], ['train.yaml']);
  });

  for (const name of ['eu-gpai-summary', 'california-ab-2013'])
    for (const [title, repo] of [
      ['data of others', trained],
      ['data of its own', synthetic],
    ] as const)
      it(`drafts ${name} for ${title}, after which nothing is found, of any rule`, () => {
        const { files } = parseRepo(`--- pedigree.yaml\ndisclose: [${name}]${repo}`);
        const before = analyseFiles(files).report.findings;
        const created = before.find((finding) => finding.ruleId === rule)?.fixes[0]?.creates[0];
        assert.ok(created && !created.append);
        const after = analyseFiles(new Map([...files, [created.path, new TextEncoder().encode(created.text)]])).report.findings;
        const told = (findings: typeof before): readonly string[] => findings.map((finding) => `${finding.ruleId} ${finding.path}:${finding.line}`);
        assert.deepEqual(told(after), told(before.filter((finding) => finding.ruleId !== rule)));
      });

  it('takes an acceptance of one work for that one alone', () => {
    const policy = (work: string): string =>
      `--- pedigree.yaml\ndisclose: [eu-gpai-summary]\naccept: [ { rule: ${rule}, work: "${work}", reason: not a source } ]`;
    const accepted = 'pkg:huggingface/mistralai/Mistral-7B-v0.1';
    const { report } = analyseFiles(parseRepo(`${policy(accepted)}${trained}--- TRAINING_DATA_SUMMARY.md\n# Data\n`).files);
    assert.deepEqual(
      report.findings.filter((finding) => finding.ruleId === rule || finding.ruleId === 'invalid-suppression').map((finding) => finding.works),
      [['pkg:huggingface/datasets/Open-Orca/SlimOrca']],
    );
    assert.equal(report.suppressed.length, 1);
  });

  it('adds what is lacking at the end', () => {
    const { files } = parseRepo(`--- pedigree.yaml\ndisclose: [california-ab-2013]${synthetic}--- TRAINING_DATA.md\n# Data\n`);
    const [finding] = analyseFiles(files).report.findings.filter((entry) => entry.ruleId === rule);
    const created = finding?.fixes[0]?.creates[0];
    assert.ok(created?.append);
    const text = `# Data\n${created.text}`;
    assert.deepEqual(
      analyseFiles(new Map([...files, [created.path, new TextEncoder().encode(text)]])).report.findings.filter((entry) => entry.ruleId === rule),
      [],
    );
  });
});
