import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explain } from '../../server/src/cli/explain.ts';
import { describe as describeId } from '../../server/src/report/describe.ts';
import { describeMarkdown, describeText } from '../../server/src/report/describe-text.ts';
import type { Description } from '../../server/src/report/description.ts';
import { nearest } from '../../server/src/report/nearest.ts';
import { testKnowledge } from '../support/knowledge.ts';

const knowledge = testKnowledge();

const description = (id: string): Description => {
  const found = describeId(id, knowledge);
  assert.ok(found, id);
  return found;
};

const row = (id: string, label: string): string =>
  description(id)
    .rows.filter((entry) => entry.label === label)
    .map((entry) => `${entry.value}${entry.clause ? ` [${entry.clause}]` : ''}`)
    .join(' | ');

describe('describe', () => {
  const kinds: Readonly<Record<string, readonly [Description['kind'], string]>> = {
    MIT: ['licence', 'MIT License'],
    mit: ['licence', 'MIT License'],
    'llama3.1': ['licence', 'Llama 3.1 Community License Agreement'],
    'llama-3.1-community': ['licence', 'Llama 3.1 Community License Agreement'],
    'LicenseRef-llama-3.1-community': ['licence', 'Llama 3.1 Community License Agreement'],
    'qwen-research': ['licence', 'Qwen RESEARCH LICENSE AGREEMENT'],
    'gpl-3.0': ['licence', 'GNU GPL 3.0'],
    'bsl-1.0': ['licence', 'Boost Software License 1.0'],
    cc: ['licence', 'Creative Commons license family'],
    other: ['licence', 'Other'],
    exaone: ['licence', 'exaone'],
    'meta-llama/Llama-3.1-8B': ['model', 'meta-llama/Llama-3.1-8B'],
    'pkg:huggingface/meta-llama/Llama-3.1-8B@0e9e39f': ['model', 'meta-llama/Llama-3.1-8B'],
    'meta-llama/Llama-3.1-8B@main': ['model', 'meta-llama/Llama-3.1-8B'],
    gpt2: ['model', 'gpt2'],
    'tatsu-lab/alpaca': ['dataset', 'tatsu-lab/alpaca'],
    'pkg:huggingface/datasets/tatsu-lab/alpaca': ['dataset', 'tatsu-lab/alpaca'],
    openorca: ['dataset', 'Open-Orca/OpenOrca'],
    openai: ['service', 'OpenAI API'],
    'service:openai': ['service', 'OpenAI API'],
    'service:openai/gpt-4o': ['service', 'gpt-4o (OpenAI API)'],
    ' mit ': ['licence', 'MIT License'],
  };
  for (const [id, [kind, title]] of Object.entries(kinds))
    it(`${id} is a ${kind}`, () => assert.deepEqual([description(id).kind, description(id).title], [kind, title]));

  for (const id of [
    '',
    ' ',
    'nobody/nothing',
    'pkg:huggingface/tatsu-lab/alpaca',
    'pkg:huggingface/',
    'service:nobody',
    'LicenseRef-nothing',
    '__proto__',
    'pkg:pypi/openai',
    'service:',
    '@',
    '/',
  ]) {
    it(`knows nothing of ${JSON.stringify(id)}`, () => assert.equal(describeId(id, knowledge), undefined));
  }

  describe('answers the questions about a licence, with clauses', () => {
    const cases: readonly (readonly [string, string, string | RegExp])[] = [
      ['llama3.1', 'Commercial use', 'on conditions: commercial use only below a number of users [s. 2]'],
      ['llama3.1', 'Redistribute', 'yes'],
      ['llama3.1', 'Train other models on outputs', /^on conditions: .* begins with "Llama" \[s\. 1\.b\.i\]$/],
      ['llama3.1', 'Threshold', /above 700 million monthly active users, counted on 2024-07-23/],
      ['llama3.1', 'Must display', /"Built with Llama".*\[s\. 1\.b\.i\]$/],
      ['llama3.1', 'Notice file', /"Llama 3\.1 is licensed under the Llama 3\.1 Community License, Copyright © Meta Platforms/],
      ['llama3.1', 'Name', /begin with "Llama" \[s\. 1\.b\.i\]$/],
      ['llama3.1', 'Copy of the licence', /\[s\. 1\.b\.i\]$/],
      ['llama2', 'Train other models on outputs', 'no: outputs may not be used to improve other large language models [s. 1.b.v]'],
      ['gemma', 'Train other models on outputs', 'on conditions: a model trained on outputs counts as a derivative; the outputs themselves do not [s. 1.1(e)]'],
      ['llama4', 'Territory', 'no rights for those in EU, as to multimodal models only [acceptable use policy]'],
      ['cc-by-nc-4.0', 'Commercial use', 'no: commercial use is not permitted [s. 2.a]'],
      ['cc-by-sa-4.0', 'Same licence', /same licence \[s\. 3\.b\]$/],
      ['llama-1-2023', 'Commercial use', 'no: use is for research only [s. 1.a]'],
      ['mit', 'Train other models on outputs', 'not said, so far as is known'],
      ['intel-research', 'Redistribute', 'not known'],
      ['agpl-3.0', 'Same licence', /offered its source \[s\. 13\]$/],
      ['cc', 'Tag', /family of licences and no version/],
      ['other', 'Tag', /names no licence/],
      ['lppl-1.3c', 'Commercial use', 'yes'],
      ['LicenseRef-modified-MIT', 'Made from', 'MIT License (MIT)'],
    ];
    for (const [id, label, expected] of cases)
      it(`${id}: ${label}`, () => (typeof expected === 'string' ? assert.equal(row(id, label), expected) : assert.match(row(id, label), expected)));
    it('says no terms of a text with changed conditions', () => {
      const { title, rows, notes, seeAlso } = description('LicenseRef-modified-MIT');
      assert.deepEqual([title, rows.length, seeAlso], ['MIT License with changes', 1, ['MIT']]);
      assert.match(notes.join(' '), /are not its terms/);
    });
    it('warns where a licence is known by summary only', () => assert.match(description('intel-research').notes.join(' '), /by summary only/));
    it('leaves that out where the text was read', () => assert.doesNotMatch(description('llama3.1').notes.join(' '), /How this is known/));
  });

  describe('says of a model where its licence comes from, and what limits', () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      [
        'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
        'Licences, all bind',
        /^MIT License \(MIT\) and Llama 3\.1 Community License Agreement .*evidence: the publisher's own repository$/,
      ],
      ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 'Base', /^fine-tune of meta-llama\/Llama-3\.1-8B$/],
      ['deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 'Name', /\(Llama 3\.1 Community License Agreement\) \[s\. 1\.b\.i\]$/],
      ['Qwen/Qwen2.5-3B', 'Commercial use', /^no: use is for research only/],
      ['Qwen/Qwen2.5-7B-New-Variant', 'Licence', /^Apache License 2\.0 \(Apache-2\.0\); evidence: the publisher's rule for its own ids$/],
      ['gpt2', 'Licence', /evidence: a listing of the hub's tags, as of 2025-02-08$/],
      ['lmsys/vicuna-33b-v1.3', 'Licence', /^stated as non-commercial, no licence named/],
      ['mistralai/Devstral-2-123B-Instruct-2512', 'Licence', /^stated as "Modified MIT", which names no exact licence/],
      ['unsloth/Llama-3.1-8B-Instruct', 'Licence', /^none is known: that says nothing of what is allowed$/],
      ['unsloth/Llama-3.1-8B-Instruct', 'Base', /^quantised from meta-llama\/Llama-3\.1-8B-Instruct$/],
      ['01-ai/Yi-34B-Chat', 'Licence', /Yi Series.*, until 2025-02-08; .* \| Apache License 2\.0 \(Apache-2\.0\), from 2025-02-08; /],
      ['cyankiwi/gemma-4-31B-it-AWQ-4bit', 'Licence', /evidence: guessed from the id alone/],
    ];
    for (const [id, label, expected] of cases) it(`${id}: ${label}`, () => assert.match(row(id, label), expected));
    it('names disagreeing sources', () =>
      assert.match(description('tiiuae/falcon-180B').notes.join(' '), /Sources disagree: Apache-2\.0; LicenseRef-falcon-180b-tii-1\.0/));
    it('tells a rename from a copy', () => {
      assert.match(description('gpt2').notes.join(' '), /gpt2 is now openai-community\/gpt2/);
      assert.match(description('runwayml/stable-diffusion-v1-5').notes.join(' '), /not the same repository/);
    });
    it('points to what can be asked next', () => assert.deepEqual(description('Qwen/Qwen2.5-3B').seeAlso, ['LicenseRef-qwen-research-2024']));
  });

  describe('says of data and services only what is known', () => {
    it('calls service terms terms', () =>
      assert.match(row('tatsu-lab/alpaca', 'Holds outputs of'), /^gpt-3 \(OpenAI API\); per its terms, .* \[s\. 3\.3\(e\)\]$/));
    it('does not extend them to users of the data', () => assert.match(description('tatsu-lab/alpaca').notes.join(' '), /bind those who called it; whether/));
    it('says that a page states no licence', () => assert.equal(row('teknium/OpenHermes-2.5', 'Licence'), 'its own page is recorded as stating none'));
    it('reports disputes as what they are, with dates', () =>
      assert.match(
        description('EleutherAI/pile').notes.join(' '),
        /Recorded as withdrawn \(2023\): .*Recorded as taken-down \(2023-07\): .*Recorded as disputed \(2024-07-16\)/s,
      ));
    it('says that terms were not read', () => assert.match(row('cohere', 'Train a model on outputs'), /^not known: the terms were not read$/));
    it('says "per its terms"', () =>
      assert.equal(row('anthropic', 'Train a model on outputs'), 'no, per its terms [Usage Policy (model distillation); Commercial Terms D.4(a)]'));
  });

  it('has a source, or a reason to have none, for everything', () => {
    for (const id of ['mit', 'gemma', 'meta-llama/Llama-3.1-8B', 'tatsu-lab/alpaca', 'openai', 'gpt2', '01-ai/Yi-34B-Chat'])
      assert.ok(description(id).sources.length > 0, id);
  });

  it('describes every licence, service and tag, and many works, without an empty row', () => {
    const ids = [
      ...knowledge.allTerms().map((terms) => terms.id),
      ...knowledge.allServices().map((service) => `service:${service.id}`),
      ...knowledge.allHubLicences().map((tag) => tag.tag),
      ...knowledge.modelIds().filter((_, index) => index % 7 === 0),
      ...knowledge.datasetIds().filter((_, index) => index % 7 === 0),
    ];
    for (const id of ids)
      for (const entry of description(id).rows)
        assert.ok(
          entry.label !== '' && entry.value.trim() !== '' && !entry.value.includes('undefined') && !entry.value.includes('null'),
          `${id}: ${JSON.stringify(entry)}`,
        );
  });
});

const hostile: Description = {
  kind: 'model',
  title: '[x](command:evil) <img src=x>',
  subtitle: '# heading\n\n- list',
  rows: [{ label: '**bold**', value: '`code` ![i](http://x) | $(zap) \u202e\u0007', clause: ']s. 1' }],
  notes: ['> quote\n# h', '::error file=x::y'],
  sources: [{ source: '<script>', asOf: null, confidence: 'table' }],
  seeAlso: ['a\u001b[31m'],
};

describe('descriptions as text', () => {
  it('keeps columns, wraps, and shows clauses in brackets', () => {
    const text = describeText(description('llama3.1'));
    assert.ok(text.split('\n').every((line) => line.length <= 100 || !line.trimEnd().slice(34).includes(' ')));
    assert.match(text, /^Llama 3\.1 Community License Agreement\n/);
    assert.match(text, /\n {2}Commercial use {17}on conditions: .*\[s\. 2\]\n/);
    assert.match(text, /Source: github:meta-llama/);
  });
  it('holds no control character, direction override or workflow command', () => {
    const text = describeText(hostile);
    assert.ok([...text].every((character) => character === '\n' || (character >= ' ' && character !== '\u007f' && character !== '\u202e')));
    assert.doesNotMatch(text, /^::/m);
  });
});

describe('descriptions as markdown', () => {
  it('lists rows with their clauses', () =>
    assert.match(describeMarkdown(description('llama2')), /\| \*\*Commercial use\*\* \| on conditions: .* \\\[s\. 2\\\] \|/));
  it('lets nothing of the data be markup', () => {
    const text = describeMarkdown(hostile);
    assert.doesNotMatch(text, /(?<!\\)(?:\[|\]|`|<|>|\$|!|#)/);
    assert.equal(text.match(/(?<!\\)\*\*/g)?.length, 4);
    assert.equal(text.split('\n').filter((line) => line.startsWith('| **')).length, 1);
  });
  it('escapes whatever stands in a value', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (value) => {
        const text = describeMarkdown({ kind: 'rule', title: 't', subtitle: '', rows: [{ label: 'l', value }], notes: [], sources: [], seeAlso: [] });
        const line = text.split('\n').at(-1) ?? '';
        assert.ok(line.startsWith('| **l** | ') && line.endsWith(' |'));
        assert.equal(text.split('\n').length, 5);
        // Every mark that could start something has a backslash before it.
        const unescaped = line.slice('| **l** | '.length, -' |'.length).replace(/\\[!-/:-@[-`{-~]/g, '·');
        assert.doesNotMatch(unescaped, /[\\`*{}[\]#!|<>&~$@]|:\/\/|\bwww\.|^[-+=]|^\d+[.)]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/iu);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('pedigree explain', () => {
  it('prints text, or the description as JSON', () => {
    assert.match(explain('mit', 'text', knowledge).out, /^MIT License\n/);
    assert.deepEqual(JSON.parse(explain('mit', 'json', knowledge).out), JSON.parse(JSON.stringify(description('mit'))));
    assert.deepEqual([explain('mit', 'text', knowledge).code, explain('mit', 'text', knowledge).err], [0, '']);
  });
  it('asks the rules first', () => {
    const rule: Description = { kind: 'rule', title: 'my-rule', subtitle: '', rows: [], notes: [], sources: [], seeAlso: [] };
    assert.match(explain('my-rule', 'text', knowledge, (id) => (id === 'my-rule' ? rule : undefined)).out, /^my-rule\n/);
    assert.match(explain('mit', 'text', knowledge, () => undefined).out, /^MIT License/);
  });

  const misses: Readonly<Record<string, string>> = {
    'Lama-3.1-8B': 'meta-llama/Llama-3.1-8B',
    'meta-lama/Llama-3.1-8B': 'meta-llama/Llama-3.1-8B',
    apache2: 'apache-2.0',
    aplaca: 'tatsu-lab/alpaca',
    opanai: 'openai',
    'cc-by-nc-40': 'cc-by-nc-4.0',
    'LicenseRef-lama-3.1-community': 'llama-3.1-community',
    'service:openia': 'openai',
    'gpt-4o': 'service:openai/gpt-4o',
    Claude: 'service:anthropic',
    'non-commercial-weights': 'noncommercial-weights',
    mti: 'mit',
  };
  for (const [id, expected] of Object.entries(misses)) {
    it(`suggests ${expected} for ${id}`, () => {
      const { code, out, err } = explain(id, 'text', knowledge);
      assert.deepEqual([code, out], [2, '']);
      assert.ok(nearest(id, knowledge).includes(expected), err);
      assert.ok(err.includes(expected));
      assert.ok(nearest(id, knowledge).length <= 5);
    });
  }
  it('suggests nothing for what is like nothing', () => {
    assert.deepEqual(nearest('zzzzqqqqxxxx', knowledge), []);
    assert.deepEqual(nearest('', knowledge), []);
    assert.deepEqual(nearest('x'.repeat(10_000), knowledge), []);
  });
  it('repeats an unknown id safely and shortly', () =>
    assert.match(
      explain(`\u001b[31m\n${'y'.repeat(500)}`, 'text', knowledge).err,
      /^pedigree explain: nothing is known here of "\uFFFD\[31m y{100,}\.\.\."\.\n$/,
    ));
});
