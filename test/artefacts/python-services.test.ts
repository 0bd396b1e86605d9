import assert from 'node:assert/strict';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { fuzzText, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const path = 'src/generate_data.py';

const table = (cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(pythonReader, path, text), expected));
};

const openai = 'from openai import OpenAI\nclient = OpenAI()\n';
const ask = 'client.chat.completions.create(model="gpt-4o", messages=m)';
const shownOnly = 'call openai/gpt-4o mention <- gpt-4o';

/** Where the outputs of the calls of a text go: the data, and how it is known. */
const goes = (text: string, at = path): readonly string[] =>
  readWith(pythonReader, at, text).facts.flatMap((fact) =>
    fact.kind === 'relation' && fact.type === 'generatedBy'
      ? [`${fact.from.slice('local:'.length)} by ${fact.to}${fact.via === 'api-call' ? '' : ` (${fact.via})`}`]
      : [],
  );

const flows = (cases: Readonly<Record<string, readonly [text: string, ...expected: readonly string[]]>>): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () =>
      assert.deepEqual(
        goes(text).filter((line) => !line.endsWith(' (asks in a function)')),
        expected,
      ),
    );
};

/** A library that has members of enumerations for models and for who runs them. */
const members = (given: string): string => `from otter.models import Factory\nfrom otter.types import Kind, Platform\nmodel = Factory.create(${given})\n`;

const train = 'data/train.jsonl by service:openai/gpt-4o';
const kept = 'with open("data/train.jsonl", "w") as f:\n';

describe('services in Python', () => {
  describe('whose a call is', () => {
    table({
      'a cloud that sells the models of others': [
        'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint="https://acme.openai.azure.com")\nc.chat.completions.create(model="gpt-4o")',
        'call azure/gpt-4o mention <- gpt-4o',
      ],
      'a cloud by its address alone': [
        'from openai import OpenAI\nc = OpenAI(base_url="https://acme.openai.azure.com/openai")\nc.chat.completions.create(model="ours")',
        'call azure/ours mention <- ours',
      ],
      'a cloud that has the terms of the maker': [
        'import boto3\nc = boto3.client("bedrock-runtime")\nc.converse(modelId="anthropic.claude-3-haiku-20240307-v1:0", messages=m)',
        'call anthropic/anthropic.claude-3-haiku-20240307-v1:0 mention <- anthropic.claude-3-haiku-20240307-v1:0',
      ],
      'a member of an enumeration': [members('model_platform=Platform.OPENAI, model_type=Kind.GPT_4O_MINI'), 'call openai/gpt-4o-mini mention <- GPT_4O_MINI'],
      'a member with the points of its version': [members('model_type=Kind.GPT_3_5_TURBO'), 'call openai/gpt-3.5-turbo mention <- GPT_3_5_TURBO'],
      'its value': [members('model=Kind.CLAUDE_3_5_SONNET.value'), 'call anthropic/claude-3.5-sonnet mention <- CLAUDE_3_5_SONNET'],
      'whatever a platform picks': [members('model_platform=Platform.OPENAI, model_type=Kind.DEFAULT'), 'call openai mention <- OPENAI'],
      'a member that another platform runs': [members('model_platform=Platform.OLLAMA, model_type=Kind.GPT_4O_MINI')],
      'a platform whose model it is not': [members('model_platform=Platform.ANTHROPIC, model_type=Kind.GPT_4O_MINI')],
      'a member behind an address': [members('model_platform=Platform.OPENAI, model_type=Kind.GPT_4O_MINI, url=u')],
      'a platform that is told some other way': [members('model_platform=chosen, model_type=Kind.GPT_4O_MINI')],
      'a member that is no model': [members('model_type=Kind.LARGE')],
      'a member of nobody knows what': ['model = Factory.create(model_type=Kind.GPT_4O_MINI)\n'],
      'a member of a class, not an enumeration': [members('model_type=Kind.gpt_4o_mini')],
      'a member that is counted': [members('x=1') + 'n = count_tokens(model=Kind.GPT_4O_MINI)\n'],
      'another client of that cloud': ['import boto3\nc = boto3.client("s3")\nc.converse(modelId="x")'],
      "a maker's client for a cloud": [
        'from anthropic import AnthropicVertex\nc = AnthropicVertex(region="x")\nc.messages.create(model="claude-sonnet-4@20250514")',
        'call google-vertex/claude-sonnet-4@20250514 mention <- claude-sonnet-4@20250514',
      ],
      'a router by its address': [
        'from openai import OpenAI\nc = OpenAI(base_url="https://openrouter.ai/api/v1")\nc.chat.completions.create(model="anthropic/claude-sonnet-4")',
        'call anthropic/claude-sonnet-4 mention <- anthropic/claude-sonnet-4',
      ],
      'a router with a model that cannot be told': [
        'from openai import OpenAI\nc = OpenAI(base_url="https://openrouter.ai/api/v1")\nc.chat.completions.create(model=args.model)',
        'call openrouter mention <- create',
      ],
      'a prefix of a cloud': ['import litellm\nlitellm.completion("azure/gpt-4o", messages=m)', 'call azure/gpt-4o mention <- azure/gpt-4o'],
      'two prefixes': [
        'import litellm\nlitellm.completion(model="openrouter/google/gemini-2.0-flash")',
        'call google/gemini-2.0-flash mention <- openrouter/google/gemini-2.0-flash',
      ],
      'the prefix of a protocol before an open model': ['import litellm\nlitellm.completion(model="openai/gpt-oss-20b")'],
      'a router and no model': ['import litellm\nlitellm.completion(model=args.model)'],
      'a class of another package': [
        'from langchain.chat_models import ChatOpenAI\nllm = ChatOpenAI(model_name="gpt-4")',
        'call openai/gpt-4 mention <- gpt-4',
      ],
      'a class of a router': [
        'from bespokelabs import curator\nllm = curator.LLM(model_name="gemini-2.0-flash")',
        'call google/gemini-2.0-flash mention <- gemini-2.0-flash',
      ],
      'a class for answers': ['from openai.types.chat import ChatCompletion\nChatCompletion(**data)'],
      'a message of a client': ['from mistralai.models.chat_completion import ChatMessage\nChatMessage(role="user", content="x")'],
      'a wrapper around a client': [
        'import instructor\nfrom openai import OpenAI\nc = instructor.from_openai(OpenAI())\nc.chat.completions.create(model="gpt-4o")',
        shownOnly,
      ],
      'a client as a parameter': [
        'from openai import OpenAI\ndef f(c):\n    print(c.chat.completions.create(model="gpt-4o"))\nclient = OpenAI()\nf(client)',
        shownOnly,
      ],
      'two clients of one name': [
        'import anthropic\nfrom openai import OpenAI\ndef a():\n    client = OpenAI()\n    client.chat.completions.create(model=x)\ndef b():\n    client = anthropic.Anthropic()\n    client.messages.create(model=x)',
        'call openai mention <- create',
        'call anthropic mention <- create',
      ],
      'a model that the service does not have': ['import openai\nopenai.ChatCompletion.create(model="mistral-7b-instruct")'],
      'settings that may hold an address': [
        'from openai import OpenAI\nkw = {}\nif base_url:\n    kw["base_url"] = base_url\nclient = OpenAI(**kw)\nclient.chat.completions.create(model="gpt-4o")',
      ],
      'an address that nobody has to give, and a model that cannot be told': [
        'p.add_argument("--url", default=None)\nfrom openai import OpenAI\nc = OpenAI(base_url=args.url)\nc.chat.completions.create(**kwargs)',
      ],
      'an address that nobody has to give': [
        'p.add_argument("--url", default=None)\nfrom openai import OpenAI\nc = OpenAI(base_url=args.url)\nc.chat.completions.create(model="gpt-4o")',
        shownOnly,
      ],
      'an address that everybody has to give': [
        'p.add_argument("--url", required=True)\nfrom openai import OpenAI\nc = OpenAI(base_url=args.url)\nc.chat.completions.create(model="gpt-4o")',
      ],
      "an address in the service's own variable": [
        'import os\nfrom openai import OpenAI\nc = OpenAI(base_url=os.environ["OPENAI_BASE_URL"])\nc.chat.completions.create(model="gpt-4o")',
        shownOnly,
      ],
      'an address in a variable of another name': [
        'import os\nfrom openai import OpenAI\nc = OpenAI(base_url=os.environ["VLLM_URL"])\nc.chat.completions.create(model="gpt-4o")',
      ],
      'over HTTP': [
        'import requests\nbody = {"model": "gpt-4o", "messages": m}\nrequests.post("https://api.openai.com/v1/chat/completions", json=body)',
        shownOnly,
      ],
      'over HTTP, the address put together': ['BASE = "https://api.openai.com"\nsession.post(f"{BASE}{path}", json={"model": "gpt-4o"})', shownOnly],
      'over HTTP, for something else': ['requests.post("https://api.openai.com/v1/files", files=x)'],
      "an open model on a server of one's own": [
        'from openai import OpenAI\nc = OpenAI(base_url="http://localhost:8000/v1")\nc.chat.completions.create(model="meta-llama/Llama-3.1-8B-Instruct")',
      ],
      'answers that were asked for in a batch': [`${openai}text = client.files.content(batch.output_file_id).text`, 'call openai mention <- content'],
      'a count of tokens': ['import tiktoken\nn = count_tokens(text, model="gpt-4o")'],
      'a judge': [`${openai}judge = Judge(model_name="gpt-4o")`, 'call openai/gpt-4o evaluation <- gpt-4o'],
    });
  });

  describe('where outputs go', () => {
    flows({
      'through a function': [`${openai}def answer():\n    return ${ask}\n${kept}    f.write(answer())`, train],
      'through a list': [`${openai}rows = []\nfor x in xs:\n    rows.append({"a": ${ask}})\n${kept}    json.dump(rows, f)`, train],
      'through a record of a list': [`${openai}for row in rows:\n    row["answer"] = ${ask}\n${kept}    json.dump(rows, f)`, train],
      'through a counted loop': [`${openai}for i, row in enumerate(rows):\n    row["answer"] = ${ask}\n${kept}    json.dump(rows, f)`, train],
      'through a parameter that is filled': [`${openai}def add(row):\n    row["answer"] = ${ask}\nadd(rows)\n${kept}    json.dump(rows, f)`, train],
      'through a function that writes': [`${openai}def save(rows, f):\n    f.write(rows)\n${kept}    save(${ask}, f)`, train],
      'through an attribute': [
        `${openai}class G:\n    def make(self):\n        self.rows = ${ask}\n    def save(self):\n        ${kept.trim()}\n            json.dump(self.rows, f)`,
        train,
      ],
      'through a class above': [
        `${openai}class A:\n    def run(self):\n        ${kept.trim()}\n            f.write(self.one())\nclass B(A):\n    def one(self):\n        return ${ask}`,
        train,
      ],
      'through an object that is called': [
        `${openai}class G:\n    def __call__(self):\n        return ${ask}\ndef made():\n    return G()\ng = made()\n${kept}    f.write(g())`,
        train,
      ],
      'through threads': [`${openai}def one(x):\n    return ${ask}\nwith Pool() as p:\n    rows = list(p.map(one, xs))\n${kept}    json.dump(rows, f)`, train],
      'through futures': [
        `${openai}def one(x):\n    return ${ask}\nfs = [ex.submit(one, x) for x in xs]\nrows = []\nfor d in as_completed(fs):\n    rows.append(d.result())\n${kept}    json.dump(rows, f)`,
        train,
      ],
      'through a data frame': [`${openai}def one(x):\n    return ${ask}\ndf["answer"] = df["q"].apply(one)\ndf.to_json("data/train.jsonl")`, train],
      'through an f-string': [`${openai}r = ${ask}\n${kept}    f.write(f"{r.choices}")`, train],
      'through a writer of rows': [
        `${openai}with open("data/train.csv", "w") as f:\n    w = csv.writer(f)\n    w.writerow([${ask}])`,
        'data/train.csv by service:openai/gpt-4o',
      ],
      'through a global list': [`${openai}rows = []\ndef one():\n    global rows\n    rows += [${ask}]\n${kept}    json.dump(rows, f)`, train],
      'through a function that is handed in': [
        `${openai}def put(row, text):\n    row["a"] = text\ndef all(rows, put):\n    for row in rows:\n        put(row, ${ask})\nall(rows, put)\n${kept}    json.dump(rows, f)`,
        train,
      ],
      'by print': [`${openai}${kept}    print(${ask}, file=f)`, train],
      'by a helper that is named for it': [`${openai}import util\nutil.save_jsonl(${ask}, "data/train.jsonl")`, train],
      'by a path that writes': [`${openai}Path("data/train.jsonl").write_text(${ask})`, train],
      'by a path that opens': [`${openai}with Path("data/train.jsonl").open("w") as f:\n    f.write(${ask})`, train],
      'by a path put together': [`${openai}OUT = "data"\nwith open(os.path.join(OUT, "train.jsonl"), "w") as f:\n    f.write(${ask})`, train],
      'by a path with a slash': [`${openai}OUT = Path("data")\nwith open(OUT / "train.jsonl", "w") as f:\n    f.write(${ask})`, train],
      'to the hub': [`${openai}ds = Dataset.from_list([{"a": ${ask}}])\nds.push_to_hub("acme/mine")`, 'src/generate_data.py#outputs by service:openai/gpt-4o'],
      'into a trainer': [
        `${openai}ds = Dataset.from_list([{"a": ${ask}}])\nSFTTrainer(train_dataset=ds).train()`,
        'src/generate_data.py#outputs by service:openai/gpt-4o',
      ],
      'sounds and pictures are no rows': [`${openai}with open(out, "wb") as f:\n    f.write(${ask})`],
      'a page is no row': [`${openai}with open("report.md", "w") as f:\n    f.write(${ask})`],
      'a cache is no data': [`${openai}cache = {}\ncache[q] = ${ask}\nwith open("cache.json", "w") as f:\n    json.dump(cache, f)`],
    });

    const nothing: Readonly<Record<string, string>> = {
      'what is compared is no output': `${openai}good = ${ask} == "yes"\n${kept}    f.write(good)`,
      'what filters is no output': `${openai}rows = [x for x in xs if ${ask}]\n${kept}    json.dump(rows, f)`,
      'how many tokens is no output': `${openai}r = ${ask}\n${kept}    f.write(r.usage.total_tokens)`,
      'the length is no output': `${openai}r = ${ask}\n${kept}    f.write(len(r))`,
    };
    for (const [name, text] of Object.entries(nothing)) it(name, () => assert.deepEqual(goes(text, 'src/run.py'), []));

    it('is told apart for two calls of one file', () =>
      assert.deepEqual(
        goes(
          `import anthropic\nfrom openai import OpenAI\na = OpenAI()\nb = anthropic.Anthropic()\nx = a.chat.completions.create(model="gpt-4o")\ny = b.messages.create(model="claude-sonnet-4")\n${kept}    f.write(x)\nwith open("data/dpo.jsonl", "w") as f2:\n    f2.write(y)`,
        ),
        [train, 'data/dpo.jsonl by service:anthropic/claude-sonnet-4'],
      ));

    it('is only likely with one sign of data', () =>
      assert.deepEqual(goes(`${openai}with open("answers.json", "w") as f:\n    json.dump(${ask}, f)`, 'src/run.py'), [
        'answers.json by service:openai/gpt-4o (may be kept)',
      ]));

    it('is not guessed for an application that talks', () =>
      assert.deepEqual(goes(`${openai}while True:\n    q = input()\n    ${kept.trim()}\n        f.write(${ask})`), []));
    it('is told for a program that asks whether to go on', () => assert.deepEqual(goes(`${openai}input("go on?")\n${kept}    f.write(${ask})`), [train]));
  });

  describe('over files', () => {
    const one = (at: string, text: string): readonly string[] => goes(text, at);
    it('says which functions answer', () =>
      assert.deepEqual(one('lib/llm.py', `${openai}def raw():\n    return ${ask}\ndef clean():\n    return raw().strip()\ndef other():\n    return 1`), [
        'lib/llm.py#raw by service:openai/gpt-4o (asks in a function)',
        'lib/llm.py#clean by service:openai/gpt-4o (asks in a function)',
      ]));
    it('says which classes answer', () =>
      assert.deepEqual(one('lib/llm.py', `${openai}class LLM:\n    def chat(self):\n        return ${ask}`), [
        'lib/llm.py#LLM by service:openai/gpt-4o (asks in a function)',
      ]));
    it('says which functions of others reach data', () =>
      assert.deepEqual(one('src/collect_data.py', `from lib.llm import LLM, other\nm = LLM("x")\n${kept}    f.write(m.chat("q"))\nother()`), [
        'data/train.jsonl by local:lib/llm.py#LLM (calls a function)',
      ]));
    it('says which functions of others fill what they are given', () =>
      assert.deepEqual(one('src/collect_data.py', `from lib.llm import ask_all\nask_all(rows, prompt)\n${kept}    json.dump(rows, f)`), [
        'data/train.jsonl by local:lib/llm.py#ask_all (calls a function)',
      ]));
    it('says which functions fill what they are given', () =>
      assert.deepEqual(one('lib/llm.py', `${openai}def ask_all(rows, put):\n    for row in rows:\n        put(row, ${ask})`), [
        'lib/llm.py#ask_all by service:openai/gpt-4o (asks in a function)',
      ]));
    it('says what is handed on', () =>
      assert.deepEqual(one('src/mid.py', 'from lib import llm\nprompt = "chat"\nOPEN = "to_json("\ndef made():\n    return llm.chat("q")'), [
        'src/mid.py#made by local:lib/llm.py#chat (asks in a function)',
      ]));
    it('leaves the modules of Python and its tools alone', () =>
      assert.deepEqual(one('src/collect_data.py', `import json\nimport requests\n${kept}    f.write(json.dumps(requests.get("x")))`), []));
  });

  it('ends soon on values that all move into each other', () => {
    const started = cpuTime();
    const names = Array.from({ length: 400 }, (_, at) => `def f${at}(a):\n    x${at}.append(f${(at + 7) % 400}(a))\n    return x${(at + 3) % 400}\n`).join('');
    readWith(pythonReader, path, `${openai}${names}${'x1 = f1(f2(f3(f4(x2))))\n'.repeat(800)}${kept}    f.write(x1)\n`);
    assert.ok(cpuTime() - started < 4000, `${(cpuTime() - started).toFixed(0)} ms`);
  });
  for (const part of [
    'f(g(',
    'x = [f(',
    '(x for x in ',
    'x if y else ',
    'a = b = ',
    'for a in b: ',
    'with open("a", "w") as f: ',
    'f"{a}{b}" ',
    'x.append(',
    'self.x = self.y\n',
    'global a\n',
    'if x: ',
    'class A(B):\n def f(self): return self.g()\n',
    'lambda: ',
    'x[',
    'open(x, "w").write(y)\n',
    'yield ',
  ])
    it(`ends soon on ${JSON.stringify(part)} over and over`, () => {
      const started = cpuTime();
      readWith(pythonReader, path, `${openai}x = ${ask}\n${part.repeat(Math.floor(120_000 / part.length))}`);
      assert.ok(cpuTime() - started < 4000, `${(cpuTime() - started).toFixed(0)} ms`);
    });

  it('never throws, whatever the bytes', function () {
    this.timeout(60_000);
    fuzzText(
      pythonReader,
      path,
      `${openai}import lib.llm as llm\nclass G(Base):\n    def __call__(self, q, *, n=1):\n        self.rows += [{"a": r.text, **x} for r in [${ask}] if r]\n        return self.rows\ng = G()\nwith Path("a") .open("w") as f, open(f"{x.y}.jsonl", mode="a") as h:\n    h.write(f"{g(q)} {llm.ask(q)}" if g else "")\nfor i, (a, b) in enumerate(zip(p, q)):\n    a["x"], b = g(a), (y := g(b))\nrequests.post(f"{BASE}/chat/completions", json={"model": "gpt-4o"})\n`,
    );
  });
});
