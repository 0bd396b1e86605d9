import assert from 'node:assert/strict';
import { extendPolicy } from '../../server/src/policy/extend.ts';
import { readPolicy } from '../../server/src/policy/read.ts';
import { analyseFiles, check, parseRepo, shown } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'without a reason',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned-revision
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'an unknown rule',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned: newest on purpose
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'in use',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned-revision: newest on purpose
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'an accept entry in use',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- pedigree.yaml
accept:
  - { rule: unpinned-revision, paths: ["*.py"], reason: newest on purpose }
`,
  ],
  [
    'accept entries that hold nothing back',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- pedigree.yaml
accept:
  - { rule: unpinned-revision, paths: ["*.py"] }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
  - { rule: unpinned-revision, reason: for a while, until: 2026-01-31 }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
  - { rule: noncommercial-data, reason: none is used }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
`,
  ],
  [
    'levels of rules that there are not',
    `
--- a.py
x = 1
--- pedigree.yaml
rules:
  unpinned-revison: off
  ^^^^^^^^^^^^^^^^ warning invalid-suppression
  unpinned-revision: off
overrides:
  - { paths: ["*.py"], rules: { unpined: off } }
                                ^^^^^^^ warning invalid-suppression
`,
  ],
  [
    'licences of works that nothing speaks of',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- weights/ours/model.safetensors
x
--- pedigree.yaml
works:
  - { id: "pkg:huggingface/HuggingFaceTB/SmolLM2-1.7B", licence: Apache-2.0 }
  - { id: "local:weights/ours", licence: LicenseRef-internal }
  - { id: "local:.", licence: MIT }
  - { id: "local:data/noted.jsonl", licence: MIT }
  - { id: "pkg:huggingface/acme/gone", licence: MIT }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information invalid-suppression
  - { id: "local:weights/gone", licence: MIT }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information invalid-suppression
provenance:
  - { path: data/noted.jsonl, relation: generatedBy, from: "service:openai" }
`,
  ],
  [
    'licences that were bought',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- pedigree.yaml
grants:
  - { work: "pkg:huggingface/HuggingFaceTB/SmolLM2-1.7B", licence: commercial, until: 2099-01-31 }
  - { work: "pkg:huggingface/HuggingFaceTB/SmolLM2-1.7B", licence: commercial, until: 2026-01-31 }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
  - { work: "pkg:huggingface/black-forest-labs/FLUX.1-dev", licence: commercial }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information invalid-suppression
`,
  ],
  [
    'words that mean no licence',
    `
--- a.py
x = 1
--- pedigree.yaml
publish: { weights: llama3.1, code: Apache-2.0, data: CC-BY 40 }
                                                      ^^^^^^^^ warning invalid-suppression
licences:
  allow: [MIT, mit, LicenseRef-ours, GPL-3.0-only, llama3.1]
  deny: [APGL-3.0-only, "CC BY-NC 4.0"]
         ^^^^^^^^^^^^^ warning invalid-suppression
`,
  ],
];

describe('invalid-suppression', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'invalid-suppression'));

  it('tells entries of an extended policy where that is named, and none for being without use', () => {
    const base = readPolicy(
      'rules: { unpined: off }\naccept:\n  - { rule: unpinned-revision, reason: newest, paths: ["*.py"] }\n  - { rule: noncommercial-data, reason: none }\n  - { rule: unknown-terms }\n',
      '../team.pedigree.yaml',
      'b',
    );
    const policy = extendPolicy(readPolicy('use: {}\nextends: ../team.pedigree.yaml\n', 'pedigree.yaml', 'n'), base);
    const { files } = parseRepo('--- a.py\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")\n');
    const { findings, suppressed } = analyseFiles(files, undefined, policy).report;
    assert.deepEqual(findings.map((finding) => `${shown(finding)}: ${finding.message.split('.')[0]}`).toSorted(), [
      'pedigree.yaml:2:10-31 warning invalid-suppression: There is no rule "unpined", so its level (of ',
      'pedigree.yaml:2:10-31 warning invalid-suppression: This acceptance of unknown-terms (of ',
    ]);
    assert.deepEqual(
      suppressed.map((row) => `${row.ruleId} ${row.by}`),
      ['unpinned-revision ../team.pedigree.yaml'],
    );
  });
});
