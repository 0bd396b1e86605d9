import assert from 'node:assert/strict';
import { check } from '../support/repo.ts';

/** A script that keeps what a service answers. */
const collect = (path: string, severity: string): string =>
  `--- ${path}
from openai import OpenAI

with open("train.jsonl", "w") as out:
    out.write(OpenAI().chat.completions.create(model="gpt-4o", messages=[]).choices[0].message.content)
                                                      ^^^^^^ ${severity} service-output-data
`;

const cases: readonly (readonly [string, string])[] = [
  [
    'a function named for making a list, beside one that writes something else',
    `
--- keys/store.py
import json
from openai import OpenAI

def insert_key(path, key):
    with open(path, "w") as store:
        json.dump(key, store)

def generate_key_list(prompt):
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[prompt]).choices[0].message.content
`,
  ],
  [
    'one answer that becomes the settings of a program',
    `
--- otter/config_generation.py
import json
import yaml
from openai import OpenAI

def generate_config(task):
    answer = OpenAI().chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": task}])
    return json.loads(answer.choices[0].message.content)

def cli_generate_config(args):
    config = generate_config(args.description)
    with open(args.output, "w") as out:
        out.write(yaml.dump(config))
`,
  ],
  [
    'stored by an example',
    `
--- examples/tea/generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
                                                       ^^^^^^ information service-output-data
        out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
`,
  ],
  [
    'stored by this repository',
    `
--- generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
                                                       ^^^^^^ warning service-output-data
        out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
`,
  ],
  [
    'a call whose model cannot be told beside one that names it',
    `
--- generate.py
import json
from openai import OpenAI

client = OpenAI()
def more(topic, model):
    return client.chat.completions.create(model=model, messages=[{"role": "user", "content": topic}])
                                   ^^^^^^ information service-output-data

with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
                                                       ^^^^^^ warning service-output-data
        out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
    for topic in open("topics.txt"):
        out.write(json.dumps({"text": more(topic, topic).choices[0].message.content}) + "\\n")
`,
  ],
  [
    'a judge',
    `
--- eval/judge.py
import json
from openai import OpenAI
client = OpenAI()
def judge(answer):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": answer}])
    with open("scores.json", "w") as out:
        json.dump({"score": reply.choices[0].message.content}, out)
`,
  ],
  [
    'an application that stores nothing',
    `
--- app.py
import gradio
from openai import OpenAI
client = OpenAI()
def answer(text, history):
    return client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": text}]).choices[0].message.content
gradio.ChatInterface(answer).launch()
`,
  ],
  [
    'a local server that speaks the same protocol',
    `
--- generate.py
import json
from openai import OpenAI
client = OpenAI(base_url="http://localhost:8000/v1", api_key="none")
with open("data/train.jsonl", "w") as out:
    answer = client.chat.completions.create(model="gpt-4o", messages=[])
    out.write(json.dumps({"text": answer.choices[0].message.content}))
`,
  ],
  [
    'a data set that is known to hold such outputs',
    `
--- README.md
---
license: mit
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - HuggingFaceH4/ultrachat_200k
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information service-output-data
---
`,
  ],
  [
    'a data set with the name of one that is known, under another owner',
    `
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: someone-else/ultrachat_200k
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information service-output-data
  - path: someone-else/alpaca
  - path: someone-else/poems-by-gpt4
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ information service-output-data
  - path: someone-else/poems-sharegpt
  - path: someone-else/gpt4all-poems
`,
  ],
  [
    'an address that cannot be told',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI(base_url=settings.url)
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
`,
  ],
  [
    'terms that only somebody reported',
    `
--- generate_data.py
import json
import dashscope
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(dashscope.Generation.call(model="qwen-max", prompt="x")))
                                                          ^^^^^^^^ information service-output-data
`,
  ],
  [
    'an origin that the policy notes',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
--- pedigree.yaml
provenance:
  - { path: data/train.jsonl, relation: generatedBy, from: "service:openai/gpt-4o", date: 2026-09-12 }
`,
  ],
  [
    'an origin that the policy notes for all models of the service',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
--- pedigree.yaml
provenance:
  - { path: data, relation: generatedBy, from: "service:openai", date: 2026-09-12 }
`,
  ],
  [
    'an origin of other data that the policy notes',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
                                                               ^^^^^^ information service-output-data
--- pedigree.yaml
provenance:
  - { path: old/train.jsonl, relation: generatedBy, from: "service:openai/gpt-4o", date: 2026-09-12 }
`,
  ],
  [
    'another model that the policy notes',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
                                                               ^^^^^^ information service-output-data
--- pedigree.yaml
provenance:
  - { path: data/train.jsonl, relation: generatedBy, from: "service:openai/gpt-3.5-turbo", date: 2026-09-12 }
`,
  ],
  [
    'another service that the policy notes',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
                                                               ^^^^^^ warning service-output-data
--- pedigree.yaml
provenance:
  - { path: data/train.jsonl, relation: generatedBy, from: "service:deepseek", date: 2026-09-12 }
`,
  ],
  [
    'data that the policy says came from elsewhere',
    `
--- generate_data.py
import json
from openai import OpenAI
client = OpenAI()
with open("data/train.jsonl", "w") as out:
    out.write(json.dumps(client.chat.completions.create(model="gpt-4o", messages=[])))
                                                               ^^^^^^ warning service-output-data
--- pedigree.yaml
provenance:
  - { path: data/train.jsonl, relation: copiedFrom, from: "service:openai/gpt-4o", date: 2026-09-12 }
`,
  ],
  [
    'answers that are judged beside the script that asks for them',
    `
--- projects/riddles/answer.py
import json
from openai import OpenAI
client = OpenAI()
with open("answers.jsonl", "w") as out:
    for question in open("questions.jsonl"):
        out.write(json.dumps({"question": question, "answer": client.chat.completions.create(model="gpt-4o", messages=[question])}))
--- projects/riddles/evaluate.py
print("wrong")
--- projects/poems/answer.py
import json
from openai import OpenAI
client = OpenAI()
with open("answers.jsonl", "w") as out:
    for question in open("questions.jsonl"):
        out.write(json.dumps({"question": question, "answer": client.chat.completions.create(model="gpt-4.1", messages=[question])}))
                                                                                                    ^^^^^^^ warning service-output-data
--- projects/poems/evaluate.py
print("wrong")
--- projects/poems/train.py
print("better")
`,
  ],
  [
    'a column named for who wrote it',
    `
--- train.py
from datasets import load_dataset
from trl import SFTTrainer

data = load_dataset("otter/pairs").rename_column("gpt4_output", "completion")
                                                  ^^^^^^^^^^^ information service-output-data
SFTTrainer(model="otter/base", train_dataset=data).train()
--- compare.py
print(row["gpt4_output"])
`,
  ],
  [
    'answers that the file beside it scores',
    `
--- sums/ask.py
import json
from openai import OpenAI
answer = OpenAI().chat.completions.create(model="gpt-4o", messages=[])
with open("answers.jsonl", "a") as out:
    out.write(json.dumps({"question": 1, "answer": answer}))
--- sums/sums_score.py
print(open("answers.jsonl").read())
`,
  ],
  [
    'the call that collects, not the default of a class that nothing makes',
    `
--- chat/base.py
from openai import OpenAI
import json
class Chat:
    def __init__(self, model="gpt-4o"):
        self.model = model
    def keep(self):
        answer = OpenAI().chat.completions.create(model=self.model, messages=[])
        with open("train_data.jsonl", "a") as out:
            out.write(json.dumps({"question": 1, "answer": answer}))
--- chat/collect_data.py
import json
from openai import OpenAI
answer = OpenAI().chat.completions.create(model="gpt-4o", messages=[])
                                                 ^^^^^^ warning service-output-data
with open("train_data.jsonl", "a") as out:
    out.write(json.dumps({"question": 1, "answer": answer}))
`,
  ],
  [
    'answers that the same file judges',
    `
--- sums/sums.py
import json
from openai import OpenAI
client = OpenAI()
def solve(row):
    proof = client.chat.completions.create(model="gpt-4o", messages=[])
    with open("sums.jsonl", "a") as out:
        out.write(json.dumps({"question": row, "answer": proof}))
def evaluate():
    return sum(1 for line in open("sums.jsonl"))
`,
  ],
  [
    'runs of a study',
    `
--- experiments/run_synthetic.py
import json
from openai import OpenAI
client = OpenAI()
answer = client.chat.completions.create(model="gpt-4o", messages=[])
                                               ^^^^^^ information service-output-data
with open("synthetic_data.jsonl", "a") as out:
    out.write(json.dumps({"question": 1, "answer": answer}))
`,
  ],
  [
    'what an agent answered, and how well',
    `
--- easytool/run.py
import json
from openai import OpenAI
client = OpenAI()
for row in rows:
    answer = client.chat.completions.create(model="gpt-4o", messages=[])
    with open("runs.jsonl", "a") as out:
        out.write(json.dumps({"question": row, "answer": answer, "final_answer": answer, "execute_log": log}))
`,
  ],
  [
    'outputs that only may be kept',
    `
--- run.py
import json
from openai import OpenAI
client = OpenAI()
with open("answers.json", "w") as out:
    json.dump(client.chat.completions.create(model="gpt-4o", messages=[]), out)
                                                    ^^^^^^ information service-output-data
`,
  ],
  [
    'a model that cannot be told, and one that can, in one folder',
    `
--- rewards/need.py
import json
from openai import OpenAI
def collect(path, model):
    with open("data/train.jsonl", "w") as out:
        json.dump(OpenAI().chat.completions.create(model=model, messages=[]), out)
                                            ^^^^^^ warning service-output-data
--- rewards/use.py
import json
from openai import OpenAI
with open("data/train2.jsonl", "w") as out:
    json.dump(OpenAI().chat.completions.create(model="gpt-4o", messages=[]), out)
                                                      ^^^^^^ information service-output-data
--- other/use.py
import json
from openai import OpenAI
with open("data/train3.jsonl", "w") as out:
    json.dump(OpenAI().chat.completions.create(model="gpt-4.1", messages=[]), out)
                                                      ^^^^^^^ warning service-output-data
`,
  ],
  [
    'answers that are measured, whatever the folder is called',
    `
--- reward_data/infer.py
import json
from openai import OpenAI
rows = []
for row in load("rows.json"):
    pred = OpenAI().chat.completions.create(model="gpt-4o", messages=[row])
    rows.append({"input": row, "pred": pred, "bleu": bleu(pred, row["answers"])})
with open(args.output, "w") as out:
    json.dump(rows, out)
`,
  ],
  [
    'the same without a measure',
    `
--- reward_data/infer.py
import json
from openai import OpenAI
rows = []
for row in load("rows.json"):
    pred = OpenAI().chat.completions.create(model="gpt-4o", messages=[row])
                                                   ^^^^^^ warning service-output-data
    rows.append({"input": row, "pred": pred})
with open(args.output, "w") as out:
    json.dump(rows, out)
`,
  ],
  [
    'the model named as a default, the client in another file',
    `
--- generate_instruction.py
import json
import utils

def generate(model_name="text-davinci-003"):
                         ^^^^^^^^^^^^^^^^ warning service-output-data
    results = utils.complete(prompts=[], model_name=model_name)
    with open("regen.json", "w") as out:
        json.dump(results, out)
`,
  ],
  [
    'asked in one file, kept by another',
    `
--- evolve/openai_access.py
from openai import OpenAI

def ask_once(prompt):
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[])
                                                   ^^^^^^ warning service-output-data

def ask(prompt):
    return ask_once(prompt)
--- evolve/main.py
import json
from openai_access import ask

made = [ask(line) for line in open("seed.jsonl", "r")]
with open("evolved.json", "w") as out:
    json.dump(made, out)
`,
  ],
  [
    'asked in one file, another keeps something else',
    `
--- evolve/openai_access.py
from openai import OpenAI

def ask(prompt):
    return OpenAI().chat.completions.create(model="gpt-4o", messages=[])

def answer_lines(path):
    return open(path, "r")
--- evolve/main.py
import json
from openai_access import answer_lines

with open("evolved.json", "w") as out:
    json.dump(list(answer_lines("seed.jsonl")), out)
`,
  ],
  [
    'data of the provider itself',
    `
--- README.md
---
license: mit
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - openai/summarize_from_feedback
---
`,
  ],
  [
    'one default for the clients of two providers',
    `
--- generate.py
import argparse
import json
from anthropic import Anthropic
from openai import OpenAI

parser = argparse.ArgumentParser()
parser.add_argument("--model", default="gpt-4o")
                                        ^^^^^^ warning service-output-data
args = parser.parse_args()

def complete(prompt, out):
    if "gpt" in args.model:
        answer = OpenAI().chat.completions.create(model=args.model, messages=[])
    else:
        answer = Anthropic().messages.create(model=args.model, messages=[])
                                      ^^^^^^ warning service-output-data
    out.write(json.dumps({"text": str(answer)}))

with open("train.jsonl", "w") as out:
    complete("x", out)
`,
  ],
  [
    'a chat with the user that keeps its history',
    `
--- chatbot.py
import json
from openai import OpenAI

history = []
while True:
    history.append(input("User: "))
    history.append(OpenAI().chat.completions.create(model="gpt-4o", messages=[]))
    with open("history.json", "w") as out:
        json.dump(history, out)
`,
  ],
  [
    'a monitor that sorts what it sees',
    `
--- serve/monitor/label.py
import json
from openai import OpenAI
client = OpenAI()
with open("labels.jsonl", "w") as out:
    answer = client.chat.completions.create(model="gpt-4o", messages=[])
    out.write(json.dumps({"label": answer.choices[0].message.content}))
`,
  ],
  [
    'told in a README above',
    `
--- README.md
Answers are made by calling the OpenAI endpoint.
${collect('data/collect.py', 'information')}`,
  ],
  [
    'told in a README beside, under a name of the family',
    `
--- data/README.md
Run collect.py, which uses ChatGPT to rephrase the questions.
${collect('data/collect.py', 'information')}`,
  ],
  [
    'told in a README above, with the terms',
    `
--- README.md
Answers are made by calling the OpenAI endpoint, whose Terms of Use limit what they may train.
${collect('data/collect.py', 'information')}`,
  ],
  [
    'the terms in one README, the service in another',
    `
--- README.md
The data must not be used to compete with OpenAI.
--- data/README.md
Run collect.py, which uses ChatGPT to rephrase the questions.
${collect('data/collect.py', 'information')}`,
  ],
  [
    'told in a README of another folder',
    `
--- other/README.md
Run collect.py, which uses ChatGPT; the Terms of Use of OpenAI hold for what it writes.
${collect('data/collect.py', 'warning')}`,
  ],
  [
    'another service is told of',
    `
--- README.md
Questions are rephrased by Claude.
${collect('data/collect.py', 'warning')}`,
  ],
  [
    'a README that compares itself with it',
    `
--- README.md
It was made to outperform GPT-4.
${collect('data/collect.py', 'warning')}`,
  ],
  [
    'a demo',
    `
${collect('label_demo.py', 'information')}`,
  ],
  [
    'described in prose',
    `
--- README.md
# tickets

The dataset was generated by GPT-4 from two hundred prompts.
                             ^^^^^ information service-output-data
`,
  ],
];

describe('service-output-data', () => {
  it('says that a name is a name', () => {
    const findings = check(cases.find(([title]) => title.startsWith('a data set with the name'))?.[1] ?? '', 'service-output-data');
    assert.deepEqual(
      findings.map(({ evidence }) => evidence),
      ['name', 'name'],
    );
    assert.match(findings[0]?.message ?? '', /which is that of [\w-]+\/ultrachat_200k/);
    assert.match(findings[1]?.message ?? '', /judging by its name alone/);
  });

  for (const [title, repo] of cases) it(title, () => void check(repo, 'service-output-data'));

  it('tells where a file that keeps outputs publishes data', () => {
    const [finding] = check(
      `
--- collect_data.py
import json
from datasets import load_dataset
from openai import OpenAI

with open("train.jsonl", "w") as out:
    out.write(json.dumps(OpenAI().chat.completions.create(model="gpt-4o", messages=[])))
                                                                 ^^^^^^ warning service-output-data
dataset = load_dataset("json", data_files="train.jsonl")
dataset.push_to_hub("otter/answers")
`,
      'service-output-data',
    );
    assert.deepEqual(
      finding?.related.map((related) => [related.line, related.message]),
      [[8, 'data are published as otter/answers here']],
    );
  });
});
