import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'share-alike beside community terms, in a card',
    `
--- README.md
---
license: other
license_name: mixed
tags: [merge]
base_model:
  - meta-llama/Llama-2-7b-hf
  - mosaicml/mpt-7b-chat
    ^^^^^^^^^^^^^^^^^^^^ error merge-conflict
---
`,
  ],
  [
    'two that each ask for their own licence, in slices',
    `
--- merge.yml
merge_method: passthrough
dtype: float16
slices:
  - sources:
      - model: LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error merge-conflict
        layer_range: [0, 16]
  - sources:
      - model: black-forest-labs/FLUX.1-dev
        layer_range: [8, 24]
`,
  ],
  [
    'shown as an example',
    `
--- examples/merge.yml
merge_method: passthrough
dtype: float16
slices:
  - sources:
      - model: LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information merge-conflict
        layer_range: [0, 16]
  - sources:
      - model: black-forest-labs/FLUX.1-dev
        layer_range: [8, 24]
`,
  ],
  [
    'names that begin differently',
    `
--- merge.yml
merge_method: slerp
base_model: meta-llama/Meta-Llama-3-8B
dtype: bfloat16
models:
  - model: meta-llama/Meta-Llama-3-8B
           ^^^^^^^^^^^^^^^^^^^^^^^^^^ error merge-conflict
  - model: naver-hyperclovax/HyperCLOVAX-SEED-Text-Instruct-1.5B
--- pedigree.yaml
works: [ { id: "pkg:huggingface/naver-hyperclovax/HyperCLOVAX-SEED-Text-Instruct-1.5B", licence: LicenseRef-hyperclova-x-seed } ]
`,
  ],
  [
    'versions of one licence, and names of which one begins the other',
    `
--- merge.yml
merge_method: slerp
base_model: meta-llama/Meta-Llama-3-8B
dtype: bfloat16
models:
  - model: meta-llama/Meta-Llama-3-8B
  - model: meta-llama/Llama-3.1-8B
`,
  ],
  [
    'narrow beside free',
    `
--- merge.yml
merge_method: slerp
base_model: mistralai/Mistral-7B-v0.1
dtype: bfloat16
models:
  - model: mosaicml/mpt-7b-chat
`,
  ],
  [
    'a licence was agreed for one of them',
    `
--- merge.yml
merge_method: linear
dtype: float16
models:
  - model: mosaicml/mpt-7b-chat
  - model: meta-llama/Llama-2-7b-hf
--- pedigree.yaml
grants: [ { work: "pkg:huggingface/mosaicml/mpt-7b-chat", licence: agreed } ]
`,
  ],
  [
    'a fine-tune of one is no merge',
    `
--- README.md
---
license: cc-by-nc-sa-4.0
base_model: mosaicml/mpt-7b-chat
---
`,
  ],
];

describe('merge-conflict', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'merge-conflict'));
});
