import { check } from '../support/repo.ts';

const distil = (student: string, teacher: string, mark = ''): string => `
--- distil.yaml
model_name_or_path: ${student}
teacher_model_name_or_path: ${teacher}
${mark === '' ? '' : `${' '.repeat(28)}${'^'.repeat(teacher.length)} ${mark} output-terms\n`}dataset_name: acme-lab/prompts
learning_rate: 1.0e-5
output_dir: out
`;

const cases: readonly (readonly [string, string])[] = [
  ['a teacher whose terms bar it', distil('mistralai/Mistral-7B-v0.1', 'meta-llama/Llama-2-70b-chat-hf', 'warning')],
  ['a student of the same family', distil('meta-llama/Llama-2-7b-hf', 'meta-llama/Llama-2-70b-chat-hf')],
  ['a teacher whose terms ask for a name', distil('mistralai/Mistral-7B-v0.1', 'meta-llama/Llama-3.1-70B-Instruct', 'information')],
  ['a teacher that is free', distil('mistralai/Mistral-7B-v0.1', 'Qwen/Qwen2.5-32B-Instruct')],
  [
    'outputs that are meant to train others, by the policy',
    `
--- serve.py
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-70b-chat-hf")
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning output-terms
--- pedigree.yaml
use: { train-other-models: true }
`,
  ],
  [
    'outputs that are not',
    `
--- serve.py
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-70b-chat-hf")
--- pedigree.yaml
use: { train-other-models: false }
`,
  ],
  [
    'a policy that says nothing of outputs',
    `
--- serve.py
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-70b-chat-hf")
--- pedigree.yaml
use: { commercial: false }
`,
  ],
  [
    'data that a model wrote, by a note of the policy',
    `
--- train.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: data/answers.jsonl
          ^^^^^^^^^^^^^^^^^^ warning output-terms
    type: alpaca
learning_rate: 0.0002
--- data/answers.jsonl
{}
--- pedigree.yaml
provenance:
  - { path: data/answers.jsonl, relation: generatedBy, from: "pkg:huggingface/meta-llama/Meta-Llama-3-70B-Instruct", date: 2024-05-02 }
`,
  ],
  [
    'public data that are recorded as written by such a model',
    `
--- train.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: Magpie-Align/Magpie-Pro-300K-Filtered
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information output-terms
    type: sharegpt
learning_rate: 0.0002
`,
  ],
  [
    'the same data, only loaded',
    `
--- look.py
from datasets import load_dataset
data = load_dataset("Magpie-Align/Magpie-Pro-300K-Filtered")
`,
  ],
];

describe('output-terms', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'output-terms'));
});
