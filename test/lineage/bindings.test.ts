import assert from 'node:assert/strict';
import { analyse } from '../../server/src/analysis/analyse.ts';
import { createKnowledge } from '../../server/src/knowledge/catalogue.ts';
import { relationTypes } from '../../server/src/knowledge/types.ts';
import { noHub } from '../../server/src/knowledge/tables.ts';
import { noPolicy } from '../../server/src/policy/read.ts';
import { today } from '../support/repo.ts';
import { artefactsOf, boundBy, card, lineageOf, model, smallWorld } from './tree.ts';
import { cpuTime } from '../support/time.ts';

const all = 'use-policy name-prefix display-notice licence-copy';

const cases: Readonly<Record<string, readonly [text: string, ...bound: readonly string[]]>> = {
  'nothing stated': [card('tags: [x]', 'library_name: y')],
  'its own terms': [card('license: mit'), 'MIT, own'],
  'a fine-tune': [card('license: mit', 'base_model: acme/wide'), 'MIT, own', `wide of acme/wide: ${all} (finetune)`],
  'an adapter, which one clause does not reach': [
    card('license: mit', 'base_model: acme/wide', 'library_name: peft'),
    'MIT, own',
    'wide of acme/wide: use-policy name-prefix display-notice (adapter)',
  ],
  'a merge of two': [
    card('base_model: [acme/wide, acme/narrow]'),
    `wide of acme/wide: ${all} (merge)`,
    'narrow of acme/narrow: commercial-use attribution (merge)',
  ],
  'a free base': [card('base_model: acme/free'), 'MIT of acme/free: licence-copy (finetune)'],
  'two licences of one base': [
    card('base_model: acme/two'),
    `wide of acme/two: ${all} (finetune)`,
    'narrow of acme/two: commercial-use attribution (finetune)',
  ],
  'a base of the base, that relabelled it': [
    card('base_model: brook/tuned'),
    'MIT of brook/tuned: licence-copy (finetune)',
    `wide of acme/wide: ${all} (finetune finetune)`,
  ],
  'only what reaches along every edge': [
    card('base_model: brook/twice'),
    'MIT of brook/tuned: licence-copy (finetune quantized)',
    'wide of acme/wide: use-policy name-prefix display-notice (finetune quantized finetune)',
  ],
  'a base that its own publisher licensed anew': [card('base_model: acme/anew'), 'MIT of acme/anew: licence-copy (finetune)'],
  'a publisher that drops what another one set': [
    card('base_model: brook/twice-anew'),
    'MIT of brook/twice-anew: licence-copy (finetune)',
    'wide of acme/wide: use-policy name-prefix display-notice licence-copy (finetune finetune finetune)',
  ],
  'training on data reaches nowhere': [card('license: mit', 'datasets: [acme/nc-data]'), 'MIT, own'],
  'a base trained on data': [card('base_model: acme/fed'), 'MIT of acme/fed: licence-copy (finetune)'],
  'a circle': [card('base_model: acme/a'), `wide of acme/c: ${all} (finetune finetune finetune)`],
  'a base that names itself': [card('base_model: acme/self'), 'MIT of acme/self: licence-copy (finetune)'],
  'a base that nobody knows': [card('license: mit', 'base_model: acme/unknown'), 'MIT, own'],
  'a base that is known by its name alone': [card('base_model: acme/guessed'), 'narrow of acme/guessed: commercial-use attribution (finetune)'],
  'a base under its old id': [card('base_model: acme/older'), `wide of acme/new: ${all} (finetune)`],
  'a base under two ids': [
    `${card('base_model: acme/older')}--- config.json\n{"model_type": "x", "_name_or_path": "acme/new"}\n`,
    `wide of acme/new: ${all} (finetune)`,
  ],
  loading: ['--- run.py\nAutoModel.from_pretrained("acme/wide")\n'],
  'a base in an evaluation': [`${card('license: mit')}--- tests/adapter_config.json\n{"base_model_name_or_path": "acme/wide"}\n`, 'MIT, own'],
  'two ways to the same terms': [
    `${card('license: mit')}--- pedigree.yaml\nprovenance:\n- { path: ., relation: distilledFrom, from: "pkg:huggingface/acme/wide" }\n- { path: ., relation: finetune, from: "pkg:huggingface/brook/tuned" }\n`,
    'MIT, own',
    `wide of acme/wide: ${all} train-on-output (finetune finetune)`,
    'MIT of brook/tuned: licence-copy (finetune)',
  ],
  'two ways of which each carries something': [
    `--- pedigree.yaml\nprovenance:\n- { path: ., relation: adapter, from: "pkg:huggingface/acme/wide" }\n- { path: ., relation: distilledFrom, from: "pkg:huggingface/acme/wide" }\n`,
    'wide of acme/wide: use-policy name-prefix display-notice train-on-output (adapter)',
  ],
  'a file between': [
    '--- pedigree.yaml\nprovenance:\n- { path: ., relation: trainedOn, from: "local:data.jsonl" }\n- { path: data.jsonl, relation: generatedBy, from: "pkg:huggingface/acme/wide" }\n',
    'wide of acme/wide: name-prefix train-on-output (trainedOn generatedBy)',
  ],
};

describe('terms along a lineage', () => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(boundBy(lineageOf(text)), expected));

  it('binds packed weights, which are a work of their own', () => {
    const lineage = lineageOf(
      '--- m.gguf gguf {"general.license": "mit", "general.base_model.count": 1, "general.base_model.0.repo_url": "https://huggingface.co/acme/wide"}\n',
    );
    assert.deepEqual(boundBy(lineage, 'local:m.gguf'), ['MIT, own', 'wide of acme/wide: use-policy name-prefix display-notice (quantized)']);
    assert.deepEqual(boundBy(lineage), []);
  });

  it('takes the terms of the narrowest scope that anything speaks of, from the best evidence', () => {
    const cardAndText = `${card('license: narrow')}--- LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n`;
    assert.deepEqual(boundBy(lineageOf(cardAndText)), ['narrow, own'], 'the card speaks of the weights, the text of everything');
    const manifestToo = `${card('license: narrow', 'sdk: gradio')}--- pyproject.toml\n[project]\nname = "x"\nlicense = "MIT"\n`;
    assert.deepEqual(boundBy(lineageOf(manifestToo)), ['narrow, own'], 'of two declarations of the code the card');
    const textOfCode = `--- LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n--- pyproject.toml\n[project]\nname = "x"\n`;
    assert.deepEqual(boundBy(lineageOf(textOfCode)), ['MIT, own']);
  });

  it('takes what the policy notes of a work before card and catalogue', () => {
    const noted = (id: string, licence: string): string => `--- pedigree.yaml\nworks: [ { id: "${id}", licence: ${licence} } ]\n`;
    const text = `${card('license: narrow', 'base_model: acme/wide')}`;
    assert.deepEqual(boundBy(lineageOf(`${text}${noted('pkg:huggingface/acme/wide', 'MIT')}`)), ['narrow, own', 'MIT of acme/wide: licence-copy (finetune)']);
    assert.deepEqual(boundBy(lineageOf(`${text}${noted('local:.', 'MIT')}`)), ['MIT, own', `wide of acme/wide: ${all} (finetune)`]);
  });

  describe('licences that changed', () => {
    const on = (date: string): readonly string[] => boundBy(lineageOf(card('base_model: acme/dated'), undefined, date), 'pkg:huggingface/acme/dated');
    it('before any date', () => assert.deepEqual(on('2025-12-31'), ['old, own']));
    it('on the day', () => assert.deepEqual(on('2026-01-01'), ['wide, own']));
    it('between two', () => assert.deepEqual(on('2026-12-31'), ['wide, own']));
    it('after the last', () => assert.deepEqual(on('2027-01-01'), ['narrow, own']));
  });

  it('follows a chain as far as it says, and no circle for ever', () => {
    const chain = (length: number): ReturnType<typeof createKnowledge> =>
      createKnowledge(
        {
          version: 'x',
          services: [],
          hubLicences: [],
          licenceNames: {},
          modelPatterns: [],
          datasets: [],
          shortNames: {},
          aliases: [],
          disputes: [],
          packages: [],
          licenceIndex: new Uint8Array(),
          terms: [
            {
              id: 'LicenseRef-end',
              name: 'x',
              version: null,
              publisher: null,
              category: 'use-restricted',
              hubTags: [],
              licenceNames: [],
              osi: null,
              effective: null,
              link: null,
              source: 'x',
              asOf: null,
              confidence: 'x',
              clauses: [{ kind: 'use-policy', clause: null, on: 'use', effect: 'require', what: 'x', binds: 'user', reaches: ['finetune'] }],
            },
          ],
          models: Array.from({ length }, (_, at) =>
            model(`acme/m${at}`, at === length - 1 ? ['LicenseRef-end'] : [], { bases: at === length - 1 ? [] : [`acme/m${at + 1}`], relation: 'finetune' }),
          ),
        },
        noHub,
      );
    assert.equal(boundBy(lineageOf(card('base_model: acme/m0'), chain(20))).length, 1);
    assert.deepEqual(lineageOf(card('base_model: acme/m0'), chain(20)).limited, []);
    const long = lineageOf(card('base_model: acme/m0'), chain(21));
    assert.equal(boundBy(long).length, 0);
    assert.match(long.limited.join(), /^a work with more than 20 works behind it/);
    assert.deepEqual([...long.cut], ['local:.']);
  });

  it('stays cheap on a lattice of works', () => {
    const layers = 12;
    const models = Array.from({ length: layers * 8 }, (_, at) => {
      const layer = Math.floor(at / 8);
      return model(`acme/l${layer}n${at % 8}`, [], {
        bases: layer === layers - 1 ? ['acme/wide'] : Array.from({ length: 8 }, (_other, to) => `acme/l${layer + 1}n${to}`),
        relation: (['finetune', 'adapter', 'quantized', 'merge'] as const)[at % 4] ?? null,
      });
    });
    const knowledge = createKnowledge(
      {
        version: 'x',
        services: [],
        hubLicences: [],
        licenceNames: {},
        modelPatterns: [],
        datasets: [],
        shortNames: {},
        aliases: [],
        disputes: [],
        packages: [],
        licenceIndex: new Uint8Array(),
        terms: [],
        models: [...models, model('acme/wide', ['X'])],
      },
      noHub,
    );
    const started = cpuTime();
    lineageOf(card('base_model: acme/l0n0'), knowledge);
    assert.ok(cpuTime() - started < 3000, `${cpuTime() - started} ms`);
  });

  it('stays cheap where works are joined by every relation', () => {
    const ids = Array.from({ length: 19 }, (_, at) => `local:w${at}`);
    const notes = ids.flatMap((id, at) =>
      relationTypes.map((type) => `- { path: ${id.slice(6)}, relation: ${type}, from: "${ids[at + 1] ?? 'pkg:huggingface/acme/wide'}" }\n`),
    );
    const started = cpuTime();
    const lineage = lineageOf(`--- pedigree.yaml\nprovenance:\n${notes.join('')}`);
    assert.ok(cpuTime() - started < 3000, `${cpuTime() - started} ms`);
    const way = Array.from({ length: 19 }, () => 'finetune').join(' ');
    assert.deepEqual(boundBy(lineage, 'local:w0'), [`wide of acme/wide: ${all} train-on-output (${way})`]);
  });

  it('looks every named work up above the limit of works, and says what is left out', () => {
    const load = (id: string): string => `AutoModel.from_pretrained("${id}")\n`;
    const many = Array.from(
      { length: 6 },
      (_, file) => `--- a${file}.py\n${Array.from({ length: 1900 }, (_line, at) => load(`acme/x${file}-${at}`)).join('')}`,
    );
    const text = `${many.join('')}--- z.py\n${load('acme/free')}${load('brook/twice')}${load('acme/unheard')}`;
    const lineage = lineageOf(text);
    assert.deepEqual(boundBy(lineage, 'pkg:huggingface/acme/free'), ['MIT, own']);
    assert.deepEqual([...lineage.cut], ['pkg:huggingface/brook/twice', 'local:.']);
    const { report } = analyse({ artefacts: artefactsOf(text), policy: noPolicy, today, version: '0', skipped: [], inlineSuppressions: true }, smallWorld);
    assert.deepEqual(report.skipped[0], { path: '.', reason: 'more than 10000 works: some that these came from are left out' });
    const unknown = report.findings.filter((finding) => finding.ruleId === 'unknown-terms' && finding.path === 'z.py').map((finding) => finding.line);
    assert.deepEqual(unknown, [3]);
  });

  it('is the same whatever the order of the files', () => {
    const text = `${card('license: mit', 'base_model: acme/wide')}--- run.py\nload_dataset("acme/nc-data")\n--- a/adapter_config.json\n{"base_model_name_or_path": "acme/narrow"}\n`;
    const turned = text
      .split(/(?=^--- \S)/m)
      .toReversed()
      .join('');
    assert.notEqual(turned, text);
    assert.deepEqual(boundBy(lineageOf(turned)), boundBy(lineageOf(text)));
  });
});
