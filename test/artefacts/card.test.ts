import assert from 'node:assert/strict';
import { cardReader } from '../../server/src/artefacts/card/reader.ts';
import { anchored, encode, fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

const shown = (text: string, path = 'README.md'): readonly string[] => shownBy(cardReader, path, text);
const card = (...lines: readonly string[]): string => `---\n${lines.join('\n')}\n---\n`;

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));
};

describe('cards', () => {
  for (const path of ['README.md', 'a/b/ReadMe.md', 'MODEL_CARD.md', 'modelcard.md', 'dataset_card.md'])
    it(`reads ${path}`, () => assert.ok(matchesPath(cardReader, path)));
  for (const path of ['README', 'README.rst', 'readme.zh.md', 'docs/card.md']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(cardReader, path)));

  describe('licences', () => {
    table({
      'a tag': [card('license: mit'), 'licence MIT <- mit'],
      'in quotes': [card('license: "apache-2.0"'), 'licence Apache-2.0 <- apache-2.0'],
      'in single quotes, with a comment': [card("license: 'mit'  # as ever"), 'licence MIT <- mit'],
      'with a comment behind it': [card('license: mit # as ever'), 'licence MIT <- mit'],
      'a block list': [card('license:', '- mit', '- apache-2.0'), 'licence MIT <- mit', 'licence Apache-2.0 <- apache-2.0'],
      'a flow list': [card('license: [mit, "cc-by-4.0"]'), 'licence MIT <- mit', 'licence CC-BY-4.0 <- cc-by-4.0'],
      'an SPDX id in capitals': [card('license: MIT'), 'licence MIT invalid-id mit <- MIT'],
      'a word that is none': [card('license: apache'), 'licence none invalid-id <- apache'],
      'a misspelt tag': [card('license: apache2.0'), 'licence Apache-2.0 invalid-id apache-2.0 <- apache2.0'],
      'a community licence': [card('license: llama3.1'), 'licence LicenseRef-llama-3.1-community <- llama3.1'],
      'other, with name and link': [
        card('license: other', 'license_name: tongyi-qianwen', 'license_link: https://example.org/LICENSE'),
        'licence LicenseRef-tongyi-qianwen-license <- other',
      ],
      'other, with a name that nobody knows, and a link': [
        card('license: other', 'license_name: house-terms', 'license_link: LICENSE'),
        'licence none <- other',
      ],
      'other, with a name alone': [card('license: other', 'license_name: house-terms'), 'licence none link-missing <- other'],
      'other, with a link alone': [card('license: other', 'license_link: LICENSE'), 'licence none name-missing <- other'],
      'other, with an empty name': [card('license: other', 'license_name:', 'license_link: LICENSE'), 'licence none name-missing <- other'],
      'other, with nothing': [card('license: other'), 'licence none name-missing <- other'],
      no: [card('license: no'), 'licence none invalid-id <- no'],
      nothing: [card('license:', 'tags: [x]')],
      null: [card('license: null', 'tags: [x]')],
      'a number': [card('license: 1.0', 'base_model: a/b'), 'finetune hub:a/b <- a/b'],
      'a placeholder': [card('license: {{ license }}', 'library_name: peft')],
      'the last of two': [card('license: mit', 'base_model: a/b', 'license: apache-2.0'), 'licence Apache-2.0 <- apache-2.0', 'finetune hub:a/b <- a/b'],
      'the old key of data sets': [card('licenses:', '- cc-by-4.0', 'task_categories: [x]'), 'licence CC-BY-4.0 <- cc-by-4.0'],
      'the old key in a model': [card('licenses:', '- cc-by-4.0', 'tags: [x]'), 'licence CC-BY-4.0 <- cc-by-4.0'],
      'the old key beside the new one': [card('licenses: [mit]', 'license: cc-by-4.0'), 'licence CC-BY-4.0 <- cc-by-4.0'],
      'one for each configuration': [
        card('license:', '  first: [mit]', '  second:', '  - cc-by-4.0', 'task_categories: [x]'),
        'licence MIT <- mit',
        'licence CC-BY-4.0 <- cc-by-4.0',
      ],
      'a link in its place': [card('license: [mit](https://example.org/LICENSE)'), 'licence none broken-syntax <- [mit](https://example.org/LICENSE)'],
    });
  });

  describe('relations', () => {
    table({
      'a base': [card('base_model: acme/base'), 'finetune hub:acme/base <- acme/base'],
      'a base in a list': [card('base_model:', '- acme/base'), 'finetune hub:acme/base <- acme/base'],
      'a base in quotes': [card('base_model: "acme/base"'), 'finetune hub:acme/base <- acme/base'],
      'a base as a link': [card('base_model: https://huggingface.co/acme/base'), 'finetune hub:acme/base <- https://huggingface.co/acme/base'],
      'several bases': [card('base_model: [acme/a, acme/b]'), 'merge hub:acme/a <- acme/a', 'merge hub:acme/b <- acme/b'],
      'a base with its relation': [
        card('base_model: acme/base', 'base_model_relation: quantized', 'library_name: peft'),
        'quantized hub:acme/base <- acme/base',
      ],
      'a relation that is none': [card('base_model: acme/base', 'base_model_relation: child'), 'finetune hub:acme/base <- acme/base'],
      'an adapter by its library': [card('base_model: acme/base', 'library_name: peft'), 'adapter hub:acme/base <- acme/base'],
      'an adapter by a tag': [card('base_model: acme/base', 'tags:', '- LoRA'), 'adapter hub:acme/base <- acme/base'],
      'packed weights by a tag': [card('base_model: acme/base', 'tags: [gguf]'), 'quantized hub:acme/base <- acme/base'],
      'packed weights by their maker': [card('base_model: acme/base', 'quantized_by: me'), 'quantized hub:acme/base <- acme/base'],
      'a merge by a tag': [card('base_model: acme/base', 'tags: [mergekit]'), 'merge hub:acme/base <- acme/base'],
      'a base that is a path': [card('base_model: ./out/model', 'license: mit'), 'licence MIT <- mit'],
      'a base from before the hub had organisations': [card('base_model: bert-base-uncased'), 'finetune hub:bert-base-uncased <- bert-base-uncased'],
      'a base that nobody knows by one word': [card('base_model: something', 'license: mit'), 'licence MIT <- mit'],
      'data sets': [
        card('datasets:', '- acme/data', '- "squad"', 'license: mit'),
        'licence MIT <- mit',
        'trainedOn hub:datasets/acme/data <- acme/data',
        'trainedOn hub:datasets/squad <- squad',
      ],
      'sources of a data set': [
        card('task_categories: [x]', 'source_datasets:', '- original', '- extended|acme/data', '- extended|other-squad'),
        'copiedFrom hub:datasets/acme/data <- extended|acme/data',
        'copiedFrom hub:datasets/squad <- extended|other-squad',
      ],
      'a placeholder for a base': [card('base_model: your-org/model', 'license: mit'), 'licence MIT <- mit'],
    });
  });

  describe('names', () => {
    table({
      'the name of the index': [card('model-index:', '- name: acme/My-Model-7B', 'license: mit'), 'licence MIT <- mit', 'name My-Model-7B <- acme/My-Model-7B'],
      'a title that is a name': [`${card('license: mit')}\n# My-Model-7B\n`, 'licence MIT <- mit', 'name My-Model-7B <- My-Model-7B'],
      'a title of words': [`${card('license: mit')}\n# My model\n`, 'licence MIT <- mit'],
      'a title of one plain word': [`${card('license: mit')}\n# Overview\n`, 'licence MIT <- mit'],
    });
  });

  describe('forms of the text', () => {
    table({
      CRLF: ['---\r\nlicense: mit\r\nbase_model:\r\n- acme/base\r\n---\r\n# T\r\n', 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'CR alone': ['---\rlicense: mit\rbase_model: acme/base\r---\rText', 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'other letters before it': [card('tags: [é😀]', 'license: mit', 'base_model: acme/base'), 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'blank lines before it': ['\n \n---\nlicense: mit\nbase_model: acme/base\n---\n', 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'blank lines before it, CRLF': ['\r\n---\r\nlicense: mit\r\n---\r\n', 'licence MIT <- mit'],
      'dots at the end': ['---\nlicense: mit\n...\n', 'licence MIT <- mit'],
      'spaces behind the fences': ['---  \nlicense: mit\n---\t\n', 'licence MIT <- mit'],
      'an end without a line end': ['---\nlicense: mit\n---', 'licence MIT <- mit'],
      'a fence that never closes': ['---\nlicense: mit\n'],
      'no front matter': ['# Model\n\nlicense: mit\n'],
      'a rule in the text': ['# Model\n\n---\nlicense: mit\n---\n'],
      'nothing between the fences': ['---\n---\n'],
      'a list for front matter': ['---\n- license\n---\n'],
      'text for front matter': ['---\nlicense mit\n---\n'],
      'an empty file': [''],
      'a mark and nothing else': ['---'],
      'another line broken': [card('license: mit', 'title: "x', 'base_model: acme/base'), 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'a colon in another line': [
        card('license: mit', 'description: a: b', 'base_model:', '  - acme/base'),
        'licence MIT <- mit',
        'finetune hub:acme/base <- acme/base',
      ],
      'tabs before an item': [card('license: mit', 'tags:', '\t- x', 'base_model: "acme/base"'), 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'tabs behind the colon': [card('license:\tmit', 'base_model:\tacme/base'), 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'broken, with a comment and quotes': [
        card("license: 'mit' # x", 'x: "', 'base_model: acme/base # y'),
        'licence MIT <- mit',
        'finetune hub:acme/base <- acme/base',
      ],
      'broken, CRLF': ['---\r\nlicense: mit\r\nx: "\r\nbase_model:\r\n- acme/base\r\n---\r\n', 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'too deep': [card('license: mit', `x: ${'['.repeat(500)}`), 'licence MIT <- mit'],
      'an alias': [card('x: &a mit', 'license: *a', 'base_model: acme/base'), 'licence MIT <- *a', 'finetune hub:acme/base <- acme/base'],
      'an alias of nothing': [card('license: mit', 'tags: [*x]', 'base_model: acme/base'), 'licence MIT <- mit', 'finetune hub:acme/base <- acme/base'],
      'a block of text': [card('license: |', '  mit', 'base_model: acme/base'), 'licence MIT <- |\n  mit\n', 'finetune hub:acme/base <- acme/base'],
      'the front matter of a site': [card('title: Home', 'layout: default', 'tags: [x]')],
      'the front matter of a site with a licence': [card('title: Home', 'layout: default', 'license: mit')],
      'a template': [card('license: mit', 'base_model: {{ base }}', 'x: {% y %}')],
    });
  });

  it('says of which work it is the card, and of which kind', () => {
    const kinds: Readonly<Record<string, string | undefined>> = {
      'pipeline_tag: x': 'work model',
      'base_model: a/b': 'work model',
      'task_categories: [x]': 'work dataset',
      'dataset_info: {features: []}': 'work dataset',
      'sdk: gradio\nlicense: mit': 'work code',
      'license: mit': 'work model',
      'title: x': undefined,
      'license: mit\ntask_ids: [x]\nsize_categories: [y]\npipeline_tag: z': 'work dataset',
    };
    for (const [text, expected] of Object.entries(kinds)) assert.equal(shownBy(cardReader, 'a/README.md', card(text), true)[0], expected, text);
    const { facts } = readWith(cardReader, 'a/README.md', card('license: mit'));
    assert.deepEqual(
      facts.map((fact) => 'work' in fact && fact.work),
      ['local:a', 'local:a'],
    );
    assert.deepEqual(
      readWith(cardReader, 'README.md', card('license: mit')).facts.map((fact) => 'work' in fact && fact.work),
      ['local:.', 'local:.'],
    );
  });

  it('speaks as a distributor where it names a base, and of the weights, the data or the code', () => {
    const said = (text: string): readonly unknown[] =>
      readWith(cardReader, 'README.md', card(text)).facts.flatMap((fact) =>
        fact.kind === 'licence' ? [fact.speaker, fact.scope, fact.evidence, fact.via] : [],
      );
    assert.deepEqual(said('license: mit'), ['licensor', 'weights', 'declared', 'card']);
    assert.deepEqual(said('license: mit\nbase_model: a/b'), ['distributor', 'weights', 'declared', 'card']);
    assert.deepEqual(said('license: mit\ntask_categories: [x]'), ['licensor', 'data', 'declared', 'card']);
    assert.deepEqual(said('license: mit\nsdk: gradio'), ['licensor', 'code', 'declared', 'card']);
  });

  it('is a mention in documentation, and an evaluation among tests', () => {
    assert.deepEqual(shown(card('base_model: acme/base'), 'docs/README.md'), ['finetune hub:acme/base mention <- acme/base']);
    assert.deepEqual(shown(card('base_model: acme/base'), 'tests/README.md'), ['finetune hub:acme/base evaluation <- acme/base']);
  });

  it('names what is wrong with its YAML, at the place', () => {
    const text = card('license: mit', 'a: b: c');
    const { problems } = readWith(cardReader, 'README.md', text);
    assert.ok(
      problems.length > 0 &&
        problems.every(({ message, span }) => message.startsWith('front matter: ') && span && span.start >= text.indexOf('a: b') && span.end <= text.length),
    );
    assert.deepEqual(readWith(cardReader, 'README.md', card('license: mit')).problems, []);
  });

  it('says that its front matter is too long to be read', () => {
    const problems = (text: string): readonly unknown[] => readWith(cardReader, 'README.md', text).problems.map((problem) => [problem.message, problem.limit]);
    assert.deepEqual(problems(card('license: mit', '# x\n'.repeat(20_000))), [['front matter longer than 64 kB', true]]);
    assert.deepEqual(problems(`---\n\n${'A rule, then text.\n'.repeat(5000)}`), []);
    assert.deepEqual(problems(card('license: mit', '# x\n'.repeat(10_000))), []);
  });

  it('knows where a fix may insert, keeping the line ends', () => {
    const slots = (text: string): Readonly<Record<string, string>> => {
      const reading = readWith(cardReader, 'README.md', text);
      return Object.fromEntries(
        Object.entries(reading.anchors)
          .filter(([id]) => id.startsWith('card:') && !id.includes('work') && !id.includes('licence'))
          .map(([id, { span }]) => [id, JSON.stringify(text.slice(span.start, span.start + 4))]),
      );
    };
    assert.deepEqual(slots('# T\n'), { 'card:open': '"# T\\n"', 'card:body': '"# T\\n"', 'card:end': '""' });
    assert.deepEqual(slots('---\ntags: [x]\nlibrary_name: y\n---\nBody\n'), {
      'card:open': '"---\\n"',
      'card:body': '"Body"',
      'card:end': '""',
      'card:license-insert': '"tags"',
    });
    assert.equal(slots('---\nlicense: mit\ntags: [x]\n---\n')['card:license-insert'], '"tags"');
    assert.equal(slots('---\nlicense:\n- mit\n\n\ntags: [x]\n---\n')['card:license-insert'], '"\\n\\nta"');
    assert.equal(slots('---\r\nlicense: mit\r\ntags: [x]\r\n---\r\n')['card:license-insert'], '"tags"');
    assert.ok('card:eol-crlf' in slots('---\r\nlicense: mit\r\n---\r\n'));
    assert.equal(slots('---\nbase_model: a/b\n---\nBody')['card:license-insert'], '"---\\n"');
  });

  it('has the whole line of a licence for a fix', () => {
    const line = (text: string): string => {
      const reading = readWith(cardReader, 'README.md', text);
      const id = Object.keys(reading.anchors).find((key) => key.endsWith('#line'));
      return anchored(text, reading, id === undefined ? undefined : reading.anchors[id]);
    };
    assert.equal(line('---\ntags: [x]\nlicense: mit # x\nbase_model: a/b\n---\n'), 'license: mit # x\n');
    assert.equal(line('---\r\ntags: [x]\r\nlicense: mit\r\n---\r\n'), 'license: mit\r\n');
    assert.equal(line('---\rlicense: mit\r---\r'), 'license: mit\r');
  });

  it('counts without the byte order mark', () => {
    const { facts, anchors } = readWith(cardReader, 'README.md', encode('\ufeff---\nlicense: mit\n---\n'));
    assert.deepEqual(
      facts.filter((fact) => fact.kind === 'licence').map((fact) => anchors[fact.id]?.span),
      [{ start: 13, end: 16 }],
    );
  });

  it('keeps its facts while the text only moves', () =>
    assert.deepEqual(
      readWith(cardReader, 'README.md', card('license: mit', 'base_model: acme/base')).facts,
      readWith(cardReader, 'README.md', card('# moved', 'tags: [x]', 'license:   mit', '', 'base_model: acme/base')).facts,
    ));

  it('ends soon on hostile front matter', () => {
    const started = cpuTime();
    for (const part of ['a: b\n', '- ', '[', '"', "'", '&a ', '|\n', ' \n', '\t', '\r', 'license: [\n', '{{', '---x\n', '#'])
      readWith(cardReader, 'README.md', `---\nlicense: mit\n${part.repeat(Math.floor(50_000 / part.length))}\n---\n`);
    assert.ok(cpuTime() - started < 6000, `${cpuTime() - started} ms`);
  });

  it('ends soon on many blanks in front matter that is broken', () => {
    const started = cpuTime();
    readWith(cardReader, 'README.md', `---\nlicense: mit${' '.repeat(60_000)}x\nbroken: [\n---\n`);
    assert.ok(cpuTime() - started < 1500, `${cpuTime() - started} ms`);
  });

  it('leaves comments out where the front matter is broken', () =>
    assert.deepEqual(shownBy(cardReader, 'README.md', '---\nlicense: mit  # not "x" # y\nbase_model: acme/a#b\nbroken: [\n---\n'), ['licence MIT <- mit']));

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(
      cardReader,
      'README.md',
      `---\nlicense: other\nlicense_name: tongyi-qianwen\nlicense_link: "LICENSE"\nbase_model:\n- acme/base\n- 'a/b'\ntags: [x, lora]\ndatasets: &d\n- squad\nmodel-index:\n- name: My-7B\n---\n# My-Model-7B\n\ntext\n`,
    );
    fuzzText(
      cardReader,
      'data/README.md',
      '---\r\nlicense:\r\n  a: [mit]\r\ntask_categories:\r\n\t- "x\r\nsource_datasets:\r\n- extended|other-squad\r\ndescription: a: b\r\n---\r\n',
    );
  });
});
