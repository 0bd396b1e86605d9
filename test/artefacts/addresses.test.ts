import assert from 'node:assert/strict';
import { addressesReader } from '../../server/src/artefacts/addresses.ts';
import { javascriptReader } from '../../server/src/artefacts/javascript/reader.ts';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { modelNamedFirst } from '../../server/src/knowledge/families.ts';
import { check } from '../support/repo.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { cpuTime } from '../support/time.ts';
import { fuzzText, readWith, shownBy } from './reading.ts';

const hub = 'https://huggingface.co';
const llama = 'meta-llama/Llama-2-7b-hf';
const file = `${hub}/${llama}/resolve/main/model.safetensors`;
const told = `loads hub:${llama} @main <- ${file}`;
const guessed = (address: string): string => `loads hub:meta-llama/Llama-3.3-70B-Instruct <- ${address}`;
const derived = `${hub}/acme/Llama-3_3-70B-Q40-Instruct-Otter/resolve/main/otter.m?download=true`;
const packed = `${hub}/acme/zoo/resolve/main/FP32/Llama_3.3_70B_Instruct.zip`;

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const python: Cases = {
  'a table': [`FILES = {"a": {"url": "${file}"}}\n`, told],
  'a list': [`FILES = [["${file}"], "x"]\n`, told],
  'a constant': [`URL = "${file}?download=1"\n`, `${told}?download=1`],
  'a mirror': [`URL = "https://hf-mirror.com/${llama}/resolve/main/a.bin"\n`, `loads hub:${llama} @main <- https://hf-mirror.com/${llama}/resolve/main/a.bin`],
  'another hub': [
    `URL = "https://modelscope.cn/models/${llama}/resolve/master/a.bin"\n`,
    `loads hub:${llama} <- https://modelscope.cn/models/${llama}/resolve/master/a.bin`,
  ],
  data: [
    `URL = "${hub}/datasets/tatsu-lab/alpaca/resolve/main/data.parquet"\n`,
    `loads hub:datasets/tatsu-lab/alpaca @main <- ${hub}/datasets/tatsu-lab/alpaca/resolve/main/data.parquet`,
  ],
  'a copy of data that somebody put up': [
    `URL = "${hub}/datasets/qnguyen3/ocr_vqa/resolve/main/ocr_vqa.zip"\n`,
    `loads hub:datasets/qnguyen3/ocr_vqa @main <- ${hub}/datasets/qnguyen3/ocr_vqa/resolve/main/ocr_vqa.zip`,
  ],
  'a repository named for a known model': [`FILES = ["${derived}"]\n`, `loads hub:acme/Llama-3_3-70B-Q40-Instruct-Otter @main <- ${derived}`],
  'a file named for one': [`FILES = ["${packed}"]\n`, guessed(packed)],
  'a function that evaluates': [`def evaluate():\n    return ["${file}"]\n`, told.replace(' <-', ' evaluation <-')],
  'settings and words': [`MAP = {"a": "${hub}/${llama}/resolve/main/config.json", "b": "${hub}/${llama}/resolve/main/vocab.txt"}\n`],
  'a page': [`URL = "${hub}/${llama}"\n`],
  'an unknown work': [`URL = "${hub}/acme/otter/resolve/main/a.bin"\n`],
  'any host, with the id in its path': [
    `URL = "https://weights.example.com/default/${llama}/files.tar?x=1"\n`,
    `loads hub:${llama} <- https://weights.example.com/default/${llama}/files.tar?x=1`,
  ],
  'any host, with an id that nothing knows, a page, or half of an id': [
    `URLS = ["https://a.example/acme/otter/files.tar", "https://a.example/${llama}/index.html", "https://a.example/meta-llama/files.tar"]\n`,
  ],
  'a repository of code': [`URL = "https://github.com/${llama}/archive/main.zip"\n`],
  'a message': [`print("${file}")\nraise ValueError("${file}")\n`],
  'words of documentation': [`def f():\n    """See ${file} for more."""\n`],
  'where the publisher hands the files out': [
    'URL = "https://dl.fbaipublicfiles.com/hiera/otter_224.pth"\n',
    'loads pkg:github/facebookresearch/hiera#weights <- https://dl.fbaipublicfiles.com/hiera/otter_224.pth',
  ],
  'the releases of a repository of code': [
    'URL = "https://github.com/deepinsight/insightface/releases/download/v0.7/otter.zip"\n',
    'loads hub:public-data/insightface <- https://github.com/deepinsight/insightface/releases/download/v0.7/otter.zip',
  ],
  'what lies beside them, what measures, another folder and another host': [
    'A = ["https://dl.fbaipublicfiles.com/hiera/otter.json", "https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/inception-2015-12-05.pt", "https://dl.fbaipublicfiles.com/otter/a.pth", "https://example.org/hiera/a.pth"]\n',
  ],
  'sizes side by side': [
    `F = [${['125m', '350m', '1.3b', '2.7b'].map((size) => `"https://dl.fbaipublicfiles.com/opt/v1_20220502/${size}/part-0.pt"`).join(', ')}]\n`,
    'loads hub:facebook/opt-125m <- https://dl.fbaipublicfiles.com/opt/v1_20220502/125m/part-0.pt',
  ],
};

describe('addresses of files of the hub', () => {
  for (const [title, [text, ...shown]] of Object.entries(python)) it(`in Python: ${title}`, () => assert.deepEqual(shownBy(pythonReader, 'a.py', text), shown));
  it('in JavaScript', () => {
    assert.deepEqual(shownBy(javascriptReader, 'a.ts', `export const files = [{ url: '${file}' }];\n`), [told]);
    assert.deepEqual(shownBy(javascriptReader, 'a.ts', `export const files = [{ url: '${hub}/${llama}' }];\n`), []);
  });
  it('in JSON', () => {
    assert.deepEqual(shownBy(addressesReader, 'a.json', `{ "files": ["${file}"] }\n`), [told]);
    assert.deepEqual(shownBy(addressesReader, 'a.json', `{ "files": ["${hub}/${llama}"] }\n`), []);
  });

  it('are read in YAML and TOML, as the value of a key or of an item', () => {
    const text = `a:\n  url: ${file}\n  more:\n    - "${file}"\n# url: ${file}\n  help: see ${file}\n`;
    assert.deepEqual(shownBy(addressesReader, 'a.yaml', text), [told, told]);
    assert.deepEqual(shownBy(addressesReader, 'a.toml', `url = "${file}"\n`), [told]);
  });

  it('are a catalogue where there are many', () => {
    const sizes = ['7b', '13b', '70b'].flatMap((size) => [`2-${size}-hf`, `2-${size}`, `2-${size}-chat-hf`, `2-${size}-chat`]);
    const list = (all: readonly string[]): string => JSON.stringify(all.map((size) => file.replace('2-7b-hf', size)));
    assert.equal(readWith(addressesReader, 'a.json', list(sizes.slice(0, 6))).facts.length, 6);
    assert.deepEqual(readWith(addressesReader, 'a.json', list([...sizes, '3.1-8B', '3.2-1B', '3.2-3B'])).facts, []);
    assert.deepEqual(readWith(pythonReader, 'a.py', `x = ${list([...sizes, '3.1-8B', '3.2-1B', '3.2-3B'])}\n`).facts, []);
  });

  it('are information, and a guess by a name is said to be one', () => {
    const found = check(
      `--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- get.py
FILES = ["${derived}"]
          ${'^'.repeat(derived.length)} information restricted-weights
`,
      'restricted-weights',
    );
    assert.match(found[0]?.message ?? '', /judging by its name/);
  });

  it('lead to no model that has other words in its name', () => {
    for (const name of ['otter-Llama-3.3-70B', 'Mistral-7B-OpenOrca', 'llama-7b', 'zoo', '7b', ''])
      assert.equal(modelNamedFirst(name, testKnowledge()), undefined, name);
  });

  it('survive any text', () => {
    fuzzText(addressesReader, 'a.json', `{"a": "${file}", "b": [{"c": "${derived}"}]}`);
    fuzzText(addressesReader, 'a.yaml', `a: ${file}\nb:\n  - "${derived}"\n`);
  });
  it('take no time over files that have none', () => {
    const start = cpuTime();
    assert.deepEqual(readWith(addressesReader, 'a.json', `["${hub}/resolve/"${`, "${'a'.repeat(300)}/resolve/"`.repeat(150)}]`).facts, []);
    assert.deepEqual(readWith(pythonReader, 'a.py', `x = [${`"${file}", `.repeat(5_000)}]\n`).facts, []);
    assert.ok(cpuTime() - start < 1_500);
  });
});
