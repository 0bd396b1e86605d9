import assert from 'node:assert/strict';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (path: string, cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(pythonReader, path, text), expected));
};

const loads = 'loads hub:acme/base-7b <- acme/base-7b';
const tuned = 'finetune hub:acme/base-7b <- acme/base-7b';
const load = 'AutoModel.from_pretrained';

describe('Python', () => {
  it('is known by its ending', () =>
    assert.ok(matchesPath(pythonReader, 'a/b.py') && !matchesPath(pythonReader, 'a/b.pyi') && !matchesPath(pythonReader, 'py')));

  describe('what a trainer is given', () => {
    const adapted = 'adapter hub:acme/base-7b <- acme/base-7b';
    table('run.py', {
      'by name': [`m = ${load}("acme/base-7b")\nTrainer(model=m).train()`, tuned, loads],
      'by position': [`m = ${load}("acme/base-7b")\nSFTTrainer(m, args).train()`, tuned, loads],
      'in place': [`Trainer(model=${load}("acme/base-7b")).train()`, tuned, loads],
      'moved to a device': [`m = ${load}("acme/base-7b").to("cuda")\nTrainer(model=m).train()`, tuned, loads],
      'beside its tokenizer': [`m, t = FastLanguageModel.from_pretrained(model_name="acme/base-7b")\nSFTTrainer(model=m, tokenizer=t).train()`, tuned, loads],
      'as an attribute': [`self.m = ${load}("acme/base-7b")\nTrainer(model=self.m).train()`, tuned, loads],
      'with an adapter around it': [`m = ${load}("acme/base-7b")\nm = get_peft_model(m, config)\nTrainer(model=m).train()`, adapted, loads],
      'with an adapter beside it': [`m = ${load}("acme/base-7b")\nSFTTrainer(model=m, peft_config=c).train()`, adapted, loads],
      'something else': [`m = ${load}("acme/base-7b")\nTrainer(model=other).train()`, loads],
      'a name that goes round': [`m = wrap(m)\nTrainer(model=m).train()\n${load}("acme/base-7b")`, loads],
      'and only evaluates': [`m = ${load}("acme/base-7b")\nt = Trainer(model=m)\nt.evaluate()`, loads],
      'by its own name': [`m = ${load}("acme/base-7b")\nt = Trainer(model=m)\nt.train()`, tuned, loads],
      'as a parameter': [`def a():\n    m = ${load}("acme/base-7b")\ndef b(m):\n    Trainer(model=m).train()`, loads],
      'in another function': [`def a():\n    m = ${load}("acme/base-7b")\ndef b():\n    Trainer(model=m).train()`, loads],
      'beside its teacher': [`m = Distil(student, teacher=${load}("acme/base-7b"))\nTrainer(model=m).train()`, loads],
      'a later one': [`Trainer(model=m).train()\nm = ${load}("acme/base-7b")`, loads],
    });
  });

  describe('where the id stands', () => {
    table('run.py', {
      'in the call': [`${load}("acme/base-7b")`, loads],
      'in single quotes': [`${load}('acme/base-7b')`, loads],
      'in three quotes': [`${load}("""acme/base-7b""")`, loads],
      'in a raw string': [`${load}(r"acme/base-7b")`, loads],
      'in two strings side by side': [`${load}("acme/" "base-7b")`, 'loads hub:acme/base-7b <- acme/" "base-7b'],
      'in brackets': [`${load}((\n  "acme/base-7b"\n))`, loads],
      'by keyword': [`${load}(pretrained_model_name_or_path="acme/base-7b")`, loads],
      'by another keyword': [`${load}(path="acme/base-7b")`],
      'behind a keyword': [`${load}(revision="abc", *x)`],
      'in a constant': [`MODEL = "acme/base-7b"\n${load}(MODEL)`, loads],
      'in a constant with a type': [`MODEL: str = "acme/base-7b"\n${load}(MODEL)`, loads],
      'in the nearest constant before': [`M = "acme/other"\nM = "acme/base-7b"\n${load}(M)\nM = "acme/later"`, loads],
      'in a constant of a constant': [`A = "acme/base-7b"\nB = A\n${load}(B)`, loads],
      'in a constant below, for a function': [`def f():\n    return ${load}(M)\nM = "acme/base-7b"`, loads],
      'in a constant below, for the module': [`${load}(M)\nM = "acme/base-7b"`],
      'in a constant of another function': [`def a():\n    m = "acme/base-7b"\ndef b():\n    ${load}(m)`],
      'in a default': [`def f(model="acme/base-7b"):\n    ${load}(model)`, loads],
      'in a default with a type': [`def f(model: str = "acme/base-7b"):\n    ${load}(model)`, loads],
      'at a call, by position': [`def f(a, model):\n    ${load}(model)\nf(1, "acme/base-7b")`, loads],
      'at a call, by keyword': [`def f(a, model="acme/other"):\n    ${load}(model)\nf(1, model="acme/base-7b")`, loads],
      'at a call of a method': [`class C:\n    def f(self, model):\n        ${load}(model)\nC().f("acme/base-7b")`, loads],
      'at the making of an object': [
        `class C:\n    def __init__(self, model):\n        self.model = model\n    def f(self):\n        ${load}(self.model)\nC("acme/base-7b")`,
        loads,
      ],
      'in an attribute': [`class C:\n    def __init__(self):\n        self.name = "acme/base-7b"\n    def f(self):\n        ${load}(self.name)`, loads],
      'in a field of a class': [`class Config:\n    model = "acme/base-7b"\n${load}(config.model)`, loads],
      'in a field of a dataclass': [
        `@dataclass\nclass Args:\n    model: str = field(default="acme/base-7b", metadata={"help": "x"})\ndef main(args):\n    ${load}(args.model)`,
        loads,
      ],
      'in a default of argparse': [`p.add_argument("--model-name", type=str, default="acme/base-7b")\nargs = p.parse_args()\n${load}(args.model_name)`, loads],
      'in a default of argparse with a short flag': [`p.add_argument("-m", "--model", default="acme/base-7b")\n${load}(args.model)`, loads],
      'in an option without a default': [`p.add_argument("--model")\n${load}(args.model)`],
      'in a default of the environment': [`${load}(os.environ.get("MODEL", "acme/base-7b"))`, loads],
      'in a default of getenv': [`M = os.getenv("MODEL", "acme/base-7b")\n${load}(M)`, loads],
      'in the environment': [`${load}(os.environ["MODEL"])`],
      'behind or': [`${load}(name or "acme/base-7b")`, loads],
      'in a choice': [`${load}("acme/base-7b" if big else "acme/small")`, loads],
      'in the other branch': [`${load}(name if name else "acme/base-7b")`, loads],
      'in the last of several branches': [`${load}(a if a else b if b else "acme/base-7b")`, loads],
      'in neither branch': [`${load}(a if f(x, "acme/base-7b") else b)`],
      'in a table': [`MODELS = {"a": "acme/base-7b", "b": "acme/other"}\n${load}(MODELS["a"])`, loads],
      'in a table at a name': [`MODELS = {"a": "acme/base-7b"}\n${load}(MODELS[x])`],
      'in a list': [`for m in ["acme/base-7b"]:\n    ${load}(m)`],
      'in an f-string without a hole': [`${load}(f"acme/base-7b")`, loads],
      'in an f-string with a hole': [`${load}(f"acme/base-{size}")`],
      'in an f-string that is an address': [
        'hf_hub_download(f"acme/{x}")\ncached_download(f"https://huggingface.co/acme/base-7b/resolve/main/{file}")',
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/{file}',
      ],
      'in settings made of a dictionary': [`cfg = OmegaConf.create({"model": {"name": "acme/base-7b"}})\n${load}(cfg.model.name)`, loads],
      'in a dictionary of dictionaries': [`CFG = {"model": {"name": "acme/base-7b"}}\n${load}(CFG["model"]["name"])`, loads],
      'in a dictionary of keywords': [`cfg = dict(model=dict(name="acme/base-7b"))\n${load}(cfg["model"]["name"])`, loads],
      'in settings that are set': [`cfg.model.name = "acme/base-7b"\n${load}(cfg.model.name)`, loads],
      'in fields of fields': [
        `@dataclass\nclass Model:\n    path: str = "acme/base-7b"\n@dataclass\nclass Config:\n    model: Model = field(default_factory=Model)\n${load}(cfg.model.path)`,
        loads,
      ],
      'in settings of another place': [`cfg = OmegaConf.create({"other": {"name": "acme/base-7b"}})\n${load}(cfg.model.name)`],
      'in a sum': [`${load}("acme/" + "base-7b")`, 'loads hub:acme/base-7b <- base-7b'],
      'in a sum with what cannot be told': [`${load}("acme/" + name)`],
      'in an f-string of known names': [`ORG = "acme"\nNAME = "base-7b"\n${load}(f"{ORG}/{NAME}")`, 'loads hub:acme/base-7b <- {ORG}/{NAME}'],
      'in a comment': [`# ${load}("acme/base-7b")\nx = from_pretrained`],
      'in a docstring': [`"""${load}("acme/base-7b")"""`],
      'in a name that means itself': [`M = M\n${load}(M)`],
      'in names that mean each other': [`def f():\n    a = b\n    b = a\n    ${load}(a)`],
      'with CRLF': [`M = "acme/base-7b"\r\n${load}(\r\n    M,\r\n)\r\n`, loads],
      'behind other letters': [`é😀 = "é😀"\n${load}("acme/base-7b")`, loads],
      'over a backslash': [`M = \\\n  "acme/base-7b"\n${load}(M)`, loads],
      'in a string that never ends': [`${load}("acme/base-7b`],
    });
  });

  describe('what is no id', () => {
    const texts = [
      './out',
      'out/model',
      '/models/acme/base',
      '../base',
      'C:\\\\base',
      'model.safetensors',
      'data/model',
      'your-org/your-model',
      'acme/<model>',
      'checkpoints/last',
      '',
      'a/b/c',
      'base',
      'acme/base.json',
    ];
    for (const text of texts) it(JSON.stringify(text), () => assert.deepEqual(shownBy(pythonReader, 'run.py', `${load}("${text}")`), []));
  });

  describe('calls', () => {
    table('run.py', {
      'a revision': [`${load}("acme/base-7b", revision="0123abc")`, 'loads hub:acme/base-7b @0123abc <- acme/base-7b'],
      'a revision by a constant': [`R = "0123abc"\n${load}("acme/base-7b", revision=R)`, 'loads hub:acme/base-7b @0123abc <- acme/base-7b'],
      'a revision from elsewhere': [`${load}("acme/base-7b", revision=args.revision)`, 'loads hub:acme/base-7b @set elsewhere <- acme/base-7b'],
      'two loads of one constant': [`M = "acme/base-7b"\nAutoTokenizer.from_pretrained(M)\n${load}(M)`, loads],
      'two loads of two literals': [`AutoTokenizer.from_pretrained("acme/base-7b")\n${load}("acme/base-7b")`, loads, loads],
      'a data set': ['load_dataset("acme/data", split="train")', 'loads hub:datasets/acme/data <- acme/data'],
      'a data set by one known word': ['load_dataset("squad")', 'loads hub:datasets/squad <- squad'],
      'a known data set that a builder is given': ['build(source="yahma/alpaca-cleaned")', 'loads hub:datasets/yahma/alpaca-cleaned <- yahma/alpaca-cleaned'],
      'a default that reaches a builder': [
        'def f(*, source: str = "yahma/alpaca-cleaned"):\n    return Build(source=source)\n',
        'loads hub:datasets/yahma/alpaca-cleaned <- yahma/alpaca-cleaned',
      ],
      'a model that some class is given with the flag': ['Encoder("acme/base-7b", trust_remote_code=True)', 'loads hub:acme/base-7b <- acme/base-7b'],
      'a model that some class is given without it': ['Encoder("acme/base-7b", trust_remote_code=False)'],
      'a recorded data set under a keyword of its own': [
        'c = dict(extra_repo="yahma/alpaca-cleaned", other_repo="acme/nobody-knows", base_repo="lmsys/vicuna-7b-v1.5")',
        'loads hub:datasets/yahma/alpaca-cleaned <- yahma/alpaca-cleaned',
      ],
      'a data set to measure on, and where something goes': [
        'c = dict(eval_dataset="yahma/alpaca-cleaned", test_dataset="yahma/alpaca-cleaned", push_repo="yahma/alpaca-cleaned", target_repo="yahma/alpaca-cleaned")',
      ],
      'a source that is no known data set': ['build(source="acme/nobody-knows", dataset="train")'],
      'a data set of files': ['load_dataset("json", data_files="a.json")'],
      'a pipeline': ['pipeline("text-generation", model="acme/base-7b")', loads],
      'a pipeline by position': ['pipeline("text-generation", "acme/base-7b")', loads],
      'another pipeline': ['self.pipeline("acme/base-7b")'],
      'a snapshot': ['snapshot_download("acme/base-7b")', loads],
      'a snapshot of data': ['snapshot_download(repo_id="acme/data", repo_type="dataset")', 'loads hub:datasets/acme/data <- acme/data'],
      'a snapshot of a space': ['snapshot_download(repo_id="acme/app", repo_type="space")'],
      'sentence transformers': ['SentenceTransformer("acme/base-7b")', loads],
      vLLM: ['LLM(model="acme/base-7b", trust_remote_code=True)', loads],
      'a trainer': ['SFTTrainer("acme/base-7b").train()', tuned, loads],
      'an adapter': ['PeftModel.from_pretrained(base, "acme/lora")', 'loads hub:acme/lora <- acme/lora'],
      'an adapter whose base is found': ['AutoPeftModel.from_pretrained("acme/lora")', 'loads hub:acme/lora <- acme/lora'],
      'an address': [
        'load_file_from_url(url="https://huggingface.co/acme/base-7b/resolve/main/x.pth")',
        'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/x.pth',
      ],
      'an address elsewhere': ['load_file_from_url("https://example.org/acme/base-7b/x.pth")'],
      'face analysis by its default': [
        'FaceAnalysis(); from_pretrained',
        'loads url:insightface/buffalo_l <- FaceAnalysis',
        'licence LicenseRef-insightface-models <- FaceAnalysis',
      ],
      'face analysis by name': [
        'FaceAnalysis(name="antelopev2")',
        'loads url:insightface/antelopev2 <- antelopev2',
        'licence LicenseRef-insightface-models <- antelopev2',
      ],
      'face analysis by a name from elsewhere': [
        'def load(cfg):\n    return FaceAnalysis(name=cfg.MODEL_NAME)',
        'loads url:insightface/model_zoo <- FaceAnalysis',
        'licence LicenseRef-insightface-models <- FaceAnalysis',
      ],
      'face analysis by a pack of somebody else': ['FaceAnalysis(name="my_pack")'],
      'face analysis, as its package has it': [
        'from insightface.app import FaceAnalysis\nFaceAnalysis()',
        'loads url:insightface/buffalo_l <- FaceAnalysis',
        'licence LicenseRef-insightface-models <- FaceAnalysis',
      ],
      'face analysis of another module': ['import backend_pb2\nbackend_pb2.FaceAnalysis(confidence=0.5)'],
      'face analysis that another module wrote': ['from faces import FaceAnalysis\nFaceAnalysis()'],
      'a definition of that name': ['def from_pretrained(name="acme/base-7b"):\n    pass'],
      publishing: ['model.push_to_hub("acme/mine")', 'publishes hub:acme/mine <- acme/mine', 'name mine <- acme/mine'],
      'publishing data': ['dataset.push_to_hub("acme/mine")', 'publishes hub:datasets/acme/mine <- acme/mine'],
      "publishing by a trainer's argument": ['TrainingArguments(hub_model_id="acme/mine")', 'publishes hub:acme/mine <- acme/mine', 'name mine <- acme/mine'],
      'names of prototypes': ['constructor("acme/base-7b"); from_pretrained; toString("a/b"); __proto__("a/b")'],
    });

    it('may run code of the repository only where it says so', () => {
      const remote = (call: string): unknown => readWith(pythonReader, 'run.py', call).facts.map((fact) => fact.kind === 'relation' && fact.remoteCode);
      assert.deepEqual(remote(`${load}("acme/base-7b", trust_remote_code=True)`), [true]);
      assert.deepEqual(remote(`${load}("acme/base-7b", trust_remote_code=False)`), [false]);
      assert.deepEqual(remote(`${load}("acme/base-7b")`), [false]);
    });

    it('knows where a revision may be put in', () => {
      const pinned = (text: string): string => {
        const { facts, anchors } = readWith(pythonReader, 'run.py', text);
        const at = anchors[`${facts[0]?.id}#revision`]?.span.start;
        return at === undefined ? 'nowhere' : `${text.slice(0, at)}, revision="x"${text.slice(at)}`;
      };
      assert.equal(pinned(`${load}("acme/base-7b")`), `${load}("acme/base-7b", revision="x")`);
      assert.equal(pinned(`${load}(\n    "acme/base-7b",\n)`), `${load}(\n    "acme/base-7b", revision="x",\n)`);
      assert.equal(pinned(`${load}("acme/base-7b", f(x))  # y`), `${load}("acme/base-7b", f(x), revision="x")  # y`);
      assert.equal(pinned(`${load}("acme/base-7b", revision="y")`), 'nowhere');
    });
  });

  describe('training', () => {
    table('train.py', {
      'data of a trainer': ['d = load_dataset("acme/data")\nTrainer(train_dataset=d)', 'trainedOn hub:datasets/acme/data <- acme/data'],
      'data of a loop': ['d = load_dataset("acme/data")\nloss.backward()', 'trainedOn hub:datasets/acme/data <- acme/data'],
      'data without training': ['load_dataset("acme/data")', 'loads hub:datasets/acme/data <- acme/data'],
      'local files': ['d = load_dataset("json", data_files="data/a.jsonl")\nTrainer(train_dataset=d)', 'trainedOn local:data/a.jsonl <- data/a.jsonl'],
      'local files outside': ['d = load_dataset("json", data_files="../../a.jsonl")\nTrainer(train_dataset=d)'],
    });
    it('is not told of a file of another name', () =>
      assert.deepEqual(shownBy(pythonReader, 'run.py', 'd = load_dataset("acme/data")\nloss.backward()'), ['loads hub:datasets/acme/data <- acme/data']));
  });

  describe('roles', () => {
    const role = (path: string, text: string): readonly string[] => shownBy(pythonReader, path, text);
    it('is a decision elsewhere', () => assert.deepEqual(role('src/a.py', `${load}("acme/base-7b")`), [loads]));
    for (const path of ['tests/a.py', 'eval/a.py', 'src/benchmarks/a.py', 'src/test_a.py'])
      it(`is an evaluation in ${path}`, () => assert.deepEqual(role(path, `${load}("acme/base-7b")`), ['loads hub:acme/base-7b evaluation <- acme/base-7b']));
    it('is a mention in docs', () => assert.deepEqual(role('docs/a.py', `${load}("acme/base-7b")`), ['loads hub:acme/base-7b mention <- acme/base-7b']));
    it('is an evaluation in a function that judges', () =>
      assert.deepEqual(role('src/a.py', `def run_eval():\n    ${load}("acme/base-7b")\n${load}("acme/base-7b")`), [
        'loads hub:acme/base-7b evaluation <- acme/base-7b',
        loads,
      ]));
    it('is no evaluation by a part of a word', () => assert.deepEqual(role('src/retrieval.py', `def evolve():\n    ${load}("acme/base-7b")`), [loads]));
  });

  describe('services', () => {
    const client = 'from openai import OpenAI\nclient = OpenAI()\n';
    const ask = 'client.chat.completions.create(model="gpt-4o", messages=m)';
    table('src/generate_data.py', {
      'shown only': [`${client}print(${ask})`, 'call openai/gpt-4o mention <- gpt-4o'],
      'kept as data': [
        `${client}r = ${ask}\nwith open("data/train.jsonl", "w") as f:\n    f.write(r)`,
        'call openai/gpt-4o decision <- gpt-4o',
        'generatedBy service:openai/gpt-4o <- gpt-4o',
      ],
      'kept in a place that cannot be told': [
        `${client}r = ${ask}\nwith open(path, "w") as f:\n    f.write(r)`,
        'call openai/gpt-4o decision <- gpt-4o',
        'generatedBy service:openai/gpt-4o <- gpt-4o',
      ],
      'kept by a data frame': [
        `${client}df = pd.DataFrame([${ask}])\ndf.to_json("out.jsonl")`,
        'call openai/gpt-4o decision <- gpt-4o',
        'generatedBy service:openai/gpt-4o <- gpt-4o',
      ],
      'published as data': [
        `${client}dataset = Dataset.from_list([{"text": ${ask}}])\ndataset.push_to_hub("acme/mine")`,
        'publishes hub:datasets/acme/mine <- acme/mine',
        'call openai/gpt-4o decision <- gpt-4o',
        'generatedBy service:openai/gpt-4o <- gpt-4o',
      ],
      'a file that is read': [`${client}r = ${ask}\nwith open("data/train.jsonl") as f:\n    f.read()`, 'call openai/gpt-4o mention <- gpt-4o'],
      'a file of scores': [`${client}r = ${ask}\nwith open("scores.txt", "w") as f:\n    f.write(r)`, 'call openai/gpt-4o mention <- gpt-4o'],
      'an application': [
        `import gradio as gr\n${client}r = ${ask}\nwith open("data/train.jsonl", "w") as f:\n    f.write(r)`,
        'call openai/gpt-4o mention <- gpt-4o',
      ],
      'in a function that judges': [
        `${client}def judge():\n    r = ${ask}\n    with open("data/train.jsonl", "w") as f:\n        f.write(r)`,
        'call openai/gpt-4o evaluation <- gpt-4o',
      ],
      "a server of one's own": [
        'from openai import OpenAI\nclient = OpenAI(base_url="http://localhost:8000/v1")\nclient.chat.completions.create(model="gpt-4o")',
      ],
      "a server of one's own by a constant": [
        'from openai import OpenAI\nURL = "http://localhost:8000/v1"\nclient = OpenAI(base_url=URL)\nclient.chat.completions.create(model="x")',
      ],
      'a server that cannot be told': ['from openai import OpenAI\nclient = OpenAI(base_url=args.url)\nclient.chat.completions.create(model="gpt-4o")'],
      'a server set for the module': ['import openai\nopenai.api_base = "http://localhost:8000/v1"\nopenai.ChatCompletion.create(model="x")'],
      'another service by its address': [
        'from openai import OpenAI\nclient = OpenAI(base_url="https://api.deepseek.com/v1")\nclient.chat.completions.create(model="deepseek-chat")',
        'call deepseek/deepseek-chat mention <- deepseek-chat',
      ],
      'the old client': ['import openai\nopenai.ChatCompletion.create(model="gpt-4")', 'call openai/gpt-4 mention <- gpt-4'],
      'the model in a constant': [`${client}MODEL = "gpt-4o"\nclient.chat.completions.create(model=MODEL)`, 'call openai/gpt-4o mention <- gpt-4o'],
      'no model that can be told': [`${client}client.chat.completions.create(model=args.model)`, 'call openai mention <- create'],
      messages: [
        'import anthropic\nc = anthropic.Anthropic()\nc.messages.create(model="claude-sonnet-4", max_tokens=5)',
        'call anthropic/claude-sonnet-4 mention <- claude-sonnet-4',
      ],
      "an object's client": [
        'from openai import OpenAI\nclass C:\n    def __init__(self):\n        self.client = OpenAI()\n    def f(self):\n        self.client.chat.completions.create(model="gpt-4o")',
        'call openai/gpt-4o mention <- gpt-4o',
      ],
      'a router': [
        'import litellm\nlitellm.completion(model="anthropic/claude-sonnet-4", messages=m)',
        'call anthropic/claude-sonnet-4 mention <- anthropic/claude-sonnet-4',
      ],
      'a helper of another file': ['from util import ask\nask(prompt, model="gpt-4o")', 'call openai/gpt-4o mention <- gpt-4o'],
      'a setting': ['p.add_argument("--model", model="gpt-4o")'],
      "somebody else's create": ['db.messages.create(model="x")'],
    });

    it('are an evaluation in a file that judges', () =>
      assert.deepEqual(shownBy(pythonReader, 'eval/judge.py', `${client}r = ${ask}\nwith open("data/train.jsonl", "w") as f:\n    f.write(r)`), [
        'call openai/gpt-4o evaluation <- gpt-4o',
      ]));

    it('write to the file that the call names', () => {
      const text = `${client}r = ${ask}\nwith open("data/train.jsonl", "w") as f:\n    f.write(r)`;
      assert.deepEqual(
        readWith(pythonReader, 'src/generate_data.py', text).facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.from} ${fact.type}`] : [])),
        ['local:data/train.jsonl generatedBy'],
      );
      const elsewhere = text.replace('"data/train.jsonl"', 'path');
      assert.deepEqual(
        readWith(pythonReader, 'src/generate_data.py', elsewhere).facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.from} ${fact.type}`] : [])),
        ['local:src/generate_data.py#files generatedBy'],
      );
    });
  });

  describe('setup.py', () => {
    table('setup.py', {
      'a licence': ['setup(name="x", license="MIT")', 'licence MIT <- MIT'],
      'a licence by a constant': ['L = "Apache-2.0"\nsetup(license=L)', 'licence Apache-2.0 <- Apache-2.0'],
      classifiers: [
        'setup(classifiers=["Programming Language :: Python", "License :: OSI Approved :: MIT License"])',
        'licence MIT <- License :: OSI Approved :: MIT License',
      ],
      'a licence in words': ['setup(license="Apache License, Version 2.0")', 'licence Apache-2.0 <- Apache License, Version 2.0'],
      'a licence that is read from a file': ['setup(license=open("LICENSE").read())'],
      'a text for a licence': [`setup(license="${'word '.repeat(60)}")`],
      nothing: ['setup(name="x")'],
    });
    it('is none of another name', () => assert.deepEqual(shownBy(pythonReader, 'a/setup_x.py', 'setup(license="MIT")'), []));
  });

  describe('hostile text', () => {
    const within = (milliseconds: number, text: string): void => {
      const started = cpuTime();
      readWith(pythonReader, 'src/generate_train.py', text);
      assert.ok(cpuTime() - started < milliseconds, `${(cpuTime() - started).toFixed(0)} ms`);
    };

    it('follows functions that all call each other no further than its budget', () => {
      const size = 60;
      const calls = (from: number): string => Array.from({ length: size }, (_, to) => `    f${to}(model${from}, x)`).join('\n');
      const web = Array.from({ length: size }, (_, from) => `def f${from}(model${from}, x):\n    ${load}(model${from})\n${calls(from)}`).join('\n');
      within(3000, web);
    });
    it('follows attributes and constants that all name each other no further than its budget', () => {
      const many = Array.from({ length: 400 }, (_, at) => `    self.a${at % 4} = self.a${(at + 1) % 4}`).join('\n');
      within(3000, `class C:\n  def f(self):\n${many}\n    ${load}(self.a0)\n`.repeat(3));
      within(3000, `${Array.from({ length: 2000 }, (_, at) => `M${at} = M${at + 1} or M${at + 2}`).join('\n')}\ndef f():\n    ${load}(M0)\n`);
    });
    const many: Readonly<Record<string, string>> = {
      'calls of one client': 'client.chat.completions.create(model=x)\n',
      clients: 'client = OpenAI()\nclient.chat.completions.create(model=x)\n',
      'clients without a name': 'OpenAI().chat.completions.create(model=x)\n',
      'loads of one name': `${load}(M)\n`,
      'names and loads': `M = x\n${load}(M)\n`,
      options: 'p.add_argument("--a", default=M)\nload_dataset(args.b)\n',
      defaults: 'load_dataset(d.get("a", x))\n',
      files: 'open(path, mode)\n',
      'functions of one name': `def g(m):\n  ${load}(m)\ng(x)\n`,
      classes: `class C:\n  a = x\n${load}(o.a)\n`,
      attributes: `o.a = o.b\no.b = o.a\n${load}(o.a)\n`,
      fields: `a: str = field(default=b)\n${load}(a)\n`,
      tables: `D = {"a": b, "c": d}\n${load}(D["z"])\n`,
      'sinks and calls': 'client.chat.completions.create(model="gpt-4o")\nopen("log.txt", "w")\n',
      records: 'class R: pass\nx = R(repo_id=m)\nhf_hub_download(x.repo_id)\n',
    };
    for (const [name, part] of Object.entries(many))
      it(`ends soon on very many ${name}`, () =>
        within(2500, `from openai import OpenAI\nclient = OpenAI()\n${part.repeat(Math.floor(200_000 / part.length))}`));

    it('ends soon on a large table that is asked often', () => within(2500, `D = {${'"a": b, '.repeat(20_000)}}\n${`${load}(D["z"])\n`.repeat(3000)}`));

    it('ends soon on definitions inside a bracket, which are none', () => {
      within(3000, `x = (\n${'async def f\n'.repeat(80_000)}`);
      within(3000, `x = (\n${'async def f(a=1):\n'.repeat(40_000)}`);
    });
    it('ends soon on blocks inside blocks', () => {
      within(3000, Array.from({ length: 1200 }, (_, at) => `${' '.repeat(at)}def f${at}(a):\n`).join(''));
      within(3000, Array.from({ length: 40_000 }, (_, at) => `async def f${at}(a):\n`).join(''));
    });

    it('says so when it gives up', () => {
      const { problems } = readWith(pythonReader, 'a.py', `${'o.a = o.b\no.b = o.a\n'.repeat(5000)}${`${load}(o.a)\n`.repeat(3000)}`);
      assert.deepEqual(problems, [{ message: 'more names of Python than are followed', span: null, limit: true }]);
      assert.deepEqual(readWith(pythonReader, 'a.py', `M = "acme/base-7b"\n${`${load}(M)\n`.repeat(3000)}`).problems, []);
    });

    for (const part of [
      'async def f ',
      '(',
      ')',
      '[(',
      '"',
      "'''",
      'f"{',
      '\\',
      'def f(',
      'class ',
      'a.b.',
      'a().',
      'a=',
      ',',
      'x if y else ',
      ' or ',
      '\n ',
      'from_pretrained(',
      'import a.b, ',
      'lambda: ',
      '# ',
      '\r',
      'é',
      'f(f(',
    ]) {
      it(`ends soon on ${JSON.stringify(part)} over and over`, () => within(3000, `from_pretrained\n${part.repeat(Math.floor(150_000 / part.length))}`));
    }
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(30_000);
    const sample = `from openai import OpenAI\nimport json\nM = "acme/base-7b"\nclient = OpenAI(base_url=f"https://api.openai.com/{x}")\ndef generate_data(model: str = M, *, out="data/train.jsonl"):\n    r = client.chat.completions.create(model="gpt-4o")\n    with open(out, "w") as f:\n        json.dump(r, f)\nt = ${load}(M, trust_remote_code=True,)\nargs.add_argument('--model-name', default='acme/b')\n${load}(args.model_name, revision=x["y"] or "z")\nFaceAnalysis("antelopev2")\nmodel.push_to_hub("acme/mine")\nTrainer(load_dataset("squad", data_files=r"a\\b.json"))\n`;
    fuzzText(pythonReader, 'src/generate_train.py', sample);
    fuzzText(
      pythonReader,
      'setup.py',
      'L = "MIT"\nsetup(\n    name="x",\n    license=L,\n    classifiers=["License :: OSI Approved :: MIT License",],\n)\n',
      100,
    );
  });
});
