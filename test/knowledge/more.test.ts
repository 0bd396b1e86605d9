import assert from 'node:assert/strict';
import { originOf } from '../../server/src/knowledge/origins.ts';
import { readFileSync, readdirSync } from 'node:fs';
import { describe as describeId } from '../../server/src/report/describe.ts';
import { testKnowledge } from '../support/knowledge.ts';

interface Row {
  readonly id: string;
  readonly from?: readonly string[];
  readonly by?: readonly string[];
  readonly files?: readonly string[];
  readonly bases?: readonly string[];
  readonly source: string | { readonly source: string; readonly confidence: string };
}
interface Sheet {
  readonly sources: Readonly<Record<string, { readonly source: string; readonly asOf: string | null; readonly confidence: string }>>;
  readonly rows: readonly Row[];
}

const folder = 'scripts/knowledge/more';
const sheets = (kind: string): readonly Sheet[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Sheet);
const knowledge = testKnowledge();

/** Names that many files have tell nothing. */
const common =
  /^(?:train|test|dev|valid|val|data|dataset|model|weights|checkpoint|config|index|metadata|merged?|all|full|output|sft|dpo|chat)(?:[-_.]?\d*)?\.\w+$/i;

describe('the sheets of further facts', () => {
  for (const kind of ['datasets', 'models']) {
    it(`${kind}: each row once, with a source that is a commit or a page, and a use for each source`, () => {
      const ids = sheets(kind).flatMap((sheet) =>
        // By which names and addresses of files a work is known may stand in a row of its own.
        sheet.rows.filter((row) => Object.keys(row).some((key) => !['id', 'files', 'addresses', 'source'].includes(key))).map((row) => row.id),
      );
      assert.equal(new Set(ids).size, ids.length);
      for (const { sources, rows } of sheets(kind)) {
        const used = new Set(rows.map((row) => row.source));
        assert.deepEqual(
          Object.keys(sources).filter((key) => !used.has(key)),
          [],
        );
        for (const { source, asOf, confidence } of Object.values(sources)) {
          assert.match(source, /^github:[\w.-]+\/[\w.-]+@[0-9a-f]{7} \S/);
          assert.match(asOf ?? '', /^20\d\d-\d\d-\d\d$/);
          assert.notEqual(confidence, 'general-knowledge');
        }
      }
    });

    it(`${kind}: are found in the tables`, () => {
      for (const sheet of sheets(kind))
        for (const { id } of sheet.rows) assert.ok(kind === 'models' ? (knowledge.model(id) ?? sheet.rows.length) : knowledge.dataset(id), id);
    });
  }

  it('name no file that is named as many are', () => {
    for (const { rows } of [...sheets('datasets'), ...sheets('models')])
      for (const name of rows.flatMap((row) => row.files ?? [])) assert.doesNotMatch(name, common, name);
  });

  it('lead from no data set back to itself', () => {
    const seen = (id: string, path: readonly string[]): void => {
      assert.ok(!path.includes(id), [...path, id].join(' <- '));
      for (const source of knowledge.dataset(id)?.derivedFrom ?? []) seen(source, [...path, id]);
    };
    for (const { rows } of sheets('datasets')) for (const { id } of rows) seen(knowledge.dataset(id)?.id ?? id, []);
  });
});

describe('what they say', () => {
  const writers = (id: string): readonly string[] => (knowledge.dataset(id)?.generatedBy ?? []).map((by) => by.service ?? by.model ?? by.name);
  it('keeps the terms of a copy apart from those of its source', () => {
    assert.deepEqual(knowledge.dataset('yahma/alpaca-cleaned')?.licences.at(-1)?.licences, ['CC-BY-4.0']);
    assert.ok(knowledge.dataset('yahma/alpaca-cleaned')?.derivedFrom.includes('tatsu-lab/alpaca'));
    assert.deepEqual(knowledge.dataset('pkg:github/Instruction-Tuning-with-GPT-4/GPT-4-LLM')?.licences.at(-1)?.licences, ['CC-BY-NC-4.0']);
    assert.ok(!knowledge.datasetIds().some((id) => id.includes(':')));
  });
  it('tells which services wrote well-known data, their mirrors and translations', () => {
    const services = (id: string): readonly string[] => [...new Set((originOf(knowledge, id)?.makers ?? []).map(({ service }) => service))];
    for (const id of [
      'allenai/prosocial-dialog',
      'hfl/alpaca_zh_51k',
      'd0rj/OpenOrca-ru',
      'osunlp/MagicBrush',
      'Loie/Auto-ACD',
      'pkg:github/OpenBMB/ToolBench',
    ])
      assert.deepEqual(services(id), ['openai'], id);
    assert.deepEqual(services('Gryphe/Sonnet3.5-Charcard-Roleplay'), ['anthropic']);
    assert.deepEqual(services('databricks/databricks-dolly-15k'), []);
  });

  it('tells services from open weights', () => {
    assert.deepEqual(writers('Lin-Chen/ShareGPT4V'), ['openai']);
    assert.deepEqual(writers('Magpie-Align/Magpie-Qwen2-Pro-1M-v0.1'), ['Qwen/Qwen2-72B-Instruct']);
    assert.ok(writers('simplescaling/s1K-1.1').includes('deepseek-ai/DeepSeek-R1'));
  });
  it('says that a page states no licence only where that was seen', () => {
    assert.equal(knowledge.dataset('teknium/openhermes')?.licenceStatus, 'stated-none');
    assert.equal(knowledge.dataset('HuggingFaceTB/smoltalk')?.licenceStatus, 'stated-none');
    assert.equal(knowledge.dataset('UCLA-AGI/SPIN_iter0')?.licenceStatus, 'unknown');
  });
  it('tells the versions of a family apart', () => {
    const licence = (id: string): string | null | undefined =>
      knowledge.model(id)?.licences.at(-1)?.licences.join(' ') || knowledge.model(id)?.licences.at(-1)?.stated;
    assert.equal(licence('lmsys/vicuna-7b-v1.3'), 'LicenseRef-llama-1-2023');
    assert.equal(licence('lmsys/vicuna-7b-v1.5-16k'), 'LicenseRef-llama-2-community');
    assert.equal(licence('WizardLM/WizardLM-13B-V1.1'), 'category:non-commercial');
    assert.equal(licence('WizardLMTeam/WizardLM-13B-V1.2'), 'LicenseRef-llama-2-community');
    assert.equal(licence('stabilityai/stablelm-base-alpha-3b'), 'CC-BY-SA-4.0');
    assert.equal(licence('stabilityai/stablelm-tuned-alpha-3b'), 'CC-BY-NC-SA-4.0');
    assert.deepEqual(
      knowledge.model('01-ai/Yi-34B')?.licences.map((row) => row.licences[0]),
      ['LicenseRef-yi-series-community-2.1', 'Apache-2.0'],
    );
    assert.equal(licence('depth-anything/Depth-Anything-V2-Small'), 'Apache-2.0');
    assert.equal(licence('depth-anything/Depth-Anything-V2-Large'), 'CC-BY-NC-4.0');
  });
  it('keeps the publisher’s word over a copied one', () => {
    assert.equal(knowledge.model('NousResearch/Llama-2-7b-hf')?.relation, 'copiedFrom');
    assert.deepEqual(knowledge.model('NousResearch/Llama-2-7b-hf')?.bases, ['meta-llama/Llama-2-7b-hf']);
  });
  it('knows every size of a family, and no neighbour of it', () => {
    const licence = (id: string): string | undefined => knowledge.model(id)?.licences.at(-1)?.licences[0];
    for (const size of ['125m', '1.3b', '13b', '30b', '66b']) assert.equal(licence(`facebook/opt-${size}`), 'LicenseRef-opt-175b-license', size);
    for (const size of ['125m', '30b', '120b']) assert.equal(licence(`facebook/galactica-${size}`), 'CC-BY-NC-4.0', size);
    assert.notEqual(licence('facebook/opt-iml-1.3b-tuned'), 'LicenseRef-opt-175b-license');
    assert.equal(licence('someone/opt-1.3b'), undefined);
  });
  it('knows code and packages whose terms reach who copies or installs them', () => {
    const licence = (id: string): string | undefined => knowledge.package(id)?.licences[0];
    assert.equal(licence('pkg:github/facebookresearch/ToMe'), 'CC-BY-NC-4.0');
    assert.equal(licence('pkg:github/Cornell-RelaxML/quip-sharp'), 'GPL-3.0-only');
    assert.equal(licence('pkg:pypi/python-levenshtein'), 'GPL-2.0-or-later');
    assert.equal(licence('pkg:pypi/rapidfuzz'), undefined);
    assert.equal(licence('pkg:github/NVlabs/FasterViT'), 'LicenseRef-nvidia-source-code-nc');
    assert.equal(licence('pkg:github/hbb1/2d-gaussian-splatting'), 'LicenseRef-inria-gaussian-splatting');
    for (const name of ['mkocabas/VIBE', 'openai/jukebox']) assert.equal(knowledge.package(`pkg:github/${name}`)?.stated, 'category:non-commercial', name);
  });
  it('tells code from weights, and what a repository was under before', () => {
    assert.deepEqual(knowledge.package('pkg:github/facebookresearch/ConvNeXt-V2')?.licences, ['MIT']);
    for (const name of ['facebookresearch/moco', 'facebookresearch/vicreg', 'myshell-ai/OpenVoice', 'AliaksandrSiarohin/first-order-model']) {
      assert.deepEqual(knowledge.package(`pkg:github/${name}`)?.licences, ['MIT'], name);
      assert.deepEqual(knowledge.package(`pkg:github/${name}`)?.earlier, ['CC-BY-NC-4.0'], name);
    }
  });
  it('knows what is most copied from, under former owners too', () => {
    const known = (name: string): string | null | undefined =>
      knowledge.package(`pkg:github/${name}`)?.licences[0] ?? knowledge.package(`pkg:github/${name}`)?.stated;
    assert.equal(known('cleinc/bts'), 'GPL-3.0-only');
    assert.equal(known('makinacorpus/easydict'), 'LGPL-3.0-only');
    assert.equal(known('yangxy/GPEN'), 'category:non-commercial');
    assert.equal(known('richzhang/PerceptualSimilarity'), 'BSD-2-Clause');
    // Repositories that moved keep the address with which code was taken.
    for (const name of ['xinntao/BasicSR', 'XPixelGroup/BasicSR', 'THUDM/CogVideo', 'zai-org/CogVideo']) assert.equal(known(name), 'Apache-2.0', name);
    assert.equal(known('somebody/BasicSR'), undefined);
  });
  it('answers for data by the name that writers use', () => {
    assert.equal(describeId('WebVid-10M', knowledge)?.title, 'TempoFunk/webvid-10M');
    assert.ok(describeId('Clotho', knowledge));
    assert.equal(describeId('Clothesline-9X', knowledge), undefined);
    assert.equal(knowledge.disputes('TempoFunk/webvid-10M')[0]?.kind, 'withdrawn');
  });
});
