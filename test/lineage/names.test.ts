import assert from 'node:assert/strict';
import { testKnowledge } from '../support/knowledge.ts';
import { check } from '../support/repo.ts';
import { lineageOf } from './tree.ts';

const known = (text: string): ReturnType<typeof lineageOf> => lineageOf(text, testKnowledge());
const edges = (text: string, from: string): readonly string[] =>
  (known(text).edgesFrom.get(from) ?? [])
    .filter((edge) => edge.type === 'copiedFrom')
    .map((edge) => `${edge.to}${edge.evidence ? ` by ${edge.evidence}` : ''}`);
const config = (...lines: readonly string[]): string => `--- train.yaml\nbase_model: HuggingFaceTB/SmolLM2-1.7B\nlearning_rate: 0.0002\n${lines.join('\n')}\n`;
const trainedOn = (id: string): string => config('datasets:', `  - path: ${id}`, '    type: completion');

describe('what the catalogue knows of where data come from', () => {
  it('is an edge for each source, of the hub and of repositories of code', () =>
    assert.deepEqual(edges(trainedOn('yahma/alpaca-cleaned'), 'pkg:huggingface/datasets/yahma/alpaca-cleaned'), [
      'pkg:github/gururise/AlpacaDataCleaned#data',
      'pkg:huggingface/datasets/tatsu-lab/alpaca',
    ]));

  it('reaches further, and data of a repository of code are data', () => {
    const lineage = known(trainedOn('yahma/alpaca-cleaned'));
    const data = lineage.works.get('pkg:github/Instruction-Tuning-with-GPT-4/GPT-4-LLM#data');
    assert.equal(data?.kind, 'dataset');
    assert.deepEqual(
      data.statements.map((statement) => [statement.scope, statement.licences]),
      [['data', ['CC-BY-NC-4.0']]],
    );
  });

  it('lets no terms of a source bind what was made from it: whether they do is not settled', () =>
    assert.ok(
      known(trainedOn('yahma/alpaca-cleaned'))
        .bindings.get('pkg:huggingface/datasets/yahma/alpaca-cleaned')
        ?.every((binding) => !binding.inherited),
    ));
});

describe('a copy that its name alone tells', () => {
  it('is an edge that says so, and what it brings is a guess', () => {
    const text = trainedOn('someone/LLaVAR-Instruct-16K');
    const id = 'pkg:huggingface/datasets/someone/LLaVAR-Instruct-16K';
    assert.deepEqual(edges(text, id), ['pkg:huggingface/datasets/HuggingFaceM4/LLaVAR-Instruct-16K by name']);
    assert.deepEqual(
      known(text)
        .bindings.get(id)
        ?.map((binding) => [binding.licence, binding.statement.evidence, binding.inherited]),
      [['CC-BY-NC-4.0', 'name', true]],
    );
  });

  it('is not looked for where a record says what it is', () =>
    assert.deepEqual(edges(trainedOn('tatsu-lab/alpaca'), 'pkg:huggingface/datasets/tatsu-lab/alpaca'), []));

  it('brings every clause of a model, as a guess as well', () => {
    const id = 'pkg:huggingface/someone/depth-anything-V2-Large';
    const lineage = known('--- a.py\nfrom transformers import AutoModel\nm = AutoModel.from_pretrained("someone/depth-anything-V2-Large")\n');
    const [binding] = lineage.bindings.get(id) ?? [];
    assert.deepEqual([binding?.licence, binding?.statement.evidence], ['CC-BY-NC-4.0', 'name']);
    assert.ok(binding?.clauses.some((clause) => clause.kind === 'commercial-use') && binding.clauses.some((clause) => clause.kind === 'attribution'));
  });

  it('does not hide what is known for sure of the same source', () => {
    const lineage = known('--- README.md\n---\nbase_model: [someone/Depth-Anything-V2-Large, depth-anything/Depth-Anything-V2-Large]\n---\n');
    assert.deepEqual(
      lineage.bindings.get('local:.')?.map((binding) => [binding.source, binding.statement.evidence]),
      [['pkg:huggingface/depth-anything/Depth-Anything-V2-Large', 'catalogue']],
    );
  });
});

describe('a model that was put up again', () => {
  it('is bound as the original is', () => {
    const lineage = known('--- a.py\nfrom transformers import AutoModel\nm = AutoModel.from_pretrained("NousResearch/Llama-2-7b-hf")\n');
    assert.ok(
      lineage.bindings
        .get('pkg:huggingface/NousResearch/Llama-2-7b-hf')
        ?.some((binding) => binding.inherited && binding.source === 'pkg:huggingface/meta-llama/Llama-2-7b-hf'),
    );
  });
});

describe('files that have the name of published ones', () => {
  const text =
    '--- train.sh\nswift sft --model HuggingFaceTB/SmolLM2-1.7B --dataset data/llava_v1_5_mix665k.json\n--- data/llava_v1_5_mix665k.json\n[{"a": 1}]\n';
  it('lead to these by a guess', () => {
    const found = known(text).edges.filter((edge) => edge.from === 'local:data/llava_v1_5_mix665k.json');
    const said = 'pkg:huggingface/datasets/liuhaotian/LLaVA-Instruct-150K copiedFrom name';
    // Once where the script takes it, once where it lies.
    assert.deepEqual(
      found.map((edge) => `${edge.to} ${edge.type} ${edge.evidence}`),
      [said, said],
    );
  });
});

describe('rules over guesses', () => {
  it('inform of non-commercial data, and say on what that rests', () => {
    const findings = check(
      `--- LICENSE\n[text of MIT]\n${trainedOn('someone/LLaVAR-Instruct-16K')}          ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data\n`.replace(
        '    type: completion\n          ^',
        '          ^',
      ),
      'noncommercial-data',
    );
    assert.equal(findings.length, 1);
    assert.match(findings[0]?.message ?? '', /which reaches it from HuggingFaceM4\/LLaVAR-Instruct-16K.*judging by its name alone/);
  });

  it('inform of non-commercial weights', () => {
    const findings = check(
      '--- LICENSE\n[text of MIT]\n--- a.py\nfrom transformers import AutoModel\nm = AutoModel.from_pretrained("someone/Depth-Anything-V2-Large")\n                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights\n',
      'noncommercial-weights',
    );
    assert.match(findings[0]?.message ?? '', /judging by its name alone/);
  });

  it('take no declaration of a model made from one for a lie', () =>
    check(
      '--- README.md\n---\nlicense: mit\n         ^^^ information licence-laundering\nbase_model: someone/Depth-Anything-V2-Large\n---\n',
      'licence-laundering',
    ));

  it('take no data published under another licence for taken', () => {
    const text =
      '--- README.md\n---\nlicense: mit\npretty_name: x\ntask_categories: [text-generation]\nsource_datasets:\n  - someone/LLaVAR-Instruct-16K\n---\n';
    for (const rule of ['licence-laundering', 'share-alike']) check(text, rule);
  });

  it('take no file of data for taken because of its name', () => {
    const text =
      '--- LICENSE\n[text of MIT]\n--- data/README.md\n---\nlicense: mit\ntask_categories: [text-generation]\n---\n--- data/alpaca_chat_data.json\n[{"a": 1}]\n';
    const script = '--- train.sh\nswift sft --model HuggingFaceTB/SmolLM2-1.7B --dataset data/alpaca_chat_data.json\n';
    for (const rule of ['licence-laundering', 'share-alike', 'gated-redistribution']) check(`${text}${script}`, rule);
  });
});
