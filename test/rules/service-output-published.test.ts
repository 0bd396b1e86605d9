import assert from 'node:assert/strict';
import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a data set made in memory',
    `
--- make.py
from datasets import Dataset
from openai import OpenAI

client = OpenAI()
rows = [{"text": client.chat.completions.create(model="gpt-4o", messages=[q])} for q in open("q.txt")]
Dataset.from_list(rows).push_to_hub("otter/answers")
                                     ^^^^^^^^^^^^^ information service-output-published
`,
  ],
  [
    'a file that another script uploads',
    `
--- generate_data.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps({"text": client.chat.completions.create(model="gpt-4o", messages=[])}))
--- upload.py
from datasets import load_dataset

data = load_dataset("json", data_files="data/train.jsonl")
data.push_to_hub("otter/answers")
                  ^^^^^^^^^^^^^ information service-output-published
`,
  ],
  [
    'a folder that is uploaded',
    `
--- generate_data.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps({"text": client.chat.completions.create(model="gpt-4o", messages=[])}))
--- upload.py
from huggingface_hub import HfApi

HfApi().upload_folder(folder_path="data", repo_id="otter/answers", repo_type="dataset")
                                                   ^^^^^^^^^^^^^ information service-output-published
`,
  ],
  [
    'an id that cannot be told',
    `
--- make.py
from datasets import Dataset
from openai import OpenAI

client = OpenAI()
rows = [{"text": client.chat.completions.create(model="gpt-4o", messages=[q])} for q in open("q.txt")]
Dataset.from_list(rows).push_to_hub(args.repo)
                        ^^^^^^^^^^^ information service-output-published
`,
  ],
  [
    'a file that keeps outputs and publishes what it reads elsewhere',
    `
--- collect_data.py
import json
from glob import glob
from datasets import Dataset
from openai import OpenAI

client = OpenAI()
def ask(question, name):
    with open(f"data/raw/{name}.json", "w") as out:
        json.dump({"question": question, "answer": client.chat.completions.create(model="gpt-4o", messages=[question])}, out)

def upload():
    dataset = Dataset.from_list([json.load(open(path)) for path in glob("data/raw/*.json")])
    dataset.push_to_hub("otter/answers")
                         ^^^^^^^^^^^^^ information service-output-published
`,
  ],
  [
    'a file that lies in the tree',
    `
--- generate_data.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps({"text": client.chat.completions.create(model="gpt-4o", messages=[])}))
--- data/train.jsonl
! information service-output-published
{"text": "rain"}
`,
  ],
  [
    'data that the policy says a service wrote',
    `
--- upload.py
from datasets import load_dataset

data = load_dataset("json", data_files="data/train.jsonl")
data.push_to_hub("otter/answers")
                  ^^^^^^^^^^^^^ information service-output-published
--- pedigree.yaml
provenance:
  - { path: data/train.jsonl, relation: generatedBy, from: "service:mistral/mistral-large-latest", date: 2024-02-01 }
`,
  ],
  [
    'data of nobody',
    `
--- upload.py
from datasets import load_dataset

data = load_dataset("json", data_files="data/train.jsonl")
data.push_to_hub("otter/answers")
`,
  ],
  [
    'a model that is pushed',
    `
--- train.py
from openai import OpenAI
from transformers import AutoModel

print(OpenAI().chat.completions.create(model="gpt-4o", messages=[]))
model = AutoModel.from_pretrained("otter/base")
model.push_to_hub("otter/model")
`,
  ],
  [
    'scores of an evaluation',
    `
--- eval/judge.py
from datasets import Dataset
from openai import OpenAI

client = OpenAI()
rows = [{"score": client.chat.completions.create(model="gpt-4o", messages=[q])} for q in open("q.txt")]
Dataset.from_list(rows).push_to_hub("otter/scores")
`,
  ],
];

describe('service-output-published', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'service-output-published'));

  it('tells the terms of the day that is noted', () => {
    const [finding] = check(cases.find(([title]) => title.startsWith('data that the policy'))?.[1] ?? '', 'service-output-published');
    assert.match(finding?.message ?? '', /terms of February 2024 barred models/);
  });
  it('says "may" where it only stands in the same file', () => {
    const [finding] = check(cases.find(([title]) => title.startsWith('a file that keeps'))?.[1] ?? '', 'service-output-published');
    assert.match(finding?.message ?? '', /which may hold them/);
  });
});
