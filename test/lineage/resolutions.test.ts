import assert from 'node:assert/strict';
import { asked } from '../../server/src/analysis/asks.ts';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Analysis } from '../../server/src/analysis/types.ts';
import { datasetWork, modelWork } from '../../server/src/artefacts/hub-id.ts';
import type { Resolution, ResolvedTerms } from '../../server/src/lineage/resolutions.ts';
import { noPolicy, readPolicy } from '../../server/src/policy/read.ts';
import type { Policy } from '../../server/src/policy/types.ts';
import { artefactsOf, boundBy, card, smallWorld } from './tree.ts';

const commit = 'a'.repeat(40);
const other = 'b'.repeat(40);

const policyOf = (text: string): Policy => {
  const [, policy] = text.split('--- pedigree.yaml\n');
  return policy === undefined ? noPolicy : readPolicy(policy, 'pedigree.yaml', policy);
};

const says = (licence: string, more: Partial<ResolvedTerms> = {}): ResolvedTerms => ({
  stated: licence,
  licences: [licence],
  choice: false,
  scope: 'weights',
  speaker: 'licensor',
  via: 'card',
  ...more,
});
const answer = (id: string, more: Partial<Resolution> = {}): Resolution => ({
  work: modelWork(id),
  asked: null,
  by: 'hub',
  state: 'found',
  id,
  commit,
  date: '2026-01-01',
  before: null,
  gated: false,
  source: `hub of ${id}`,
  terms: [],
  relations: [],
  ...more,
});
const input = (text: string, resolutions: readonly Resolution[]) => ({
  artefacts: artefactsOf(text),
  policy: policyOf(text),
  today: '2026-11-24',
  version: '0',
  skipped: [],
  inlineSuppressions: true,
  resolutions,
});
const run = (text: string, ...resolutions: readonly Resolution[]): Analysis => analyse(input(text, resolutions), smallWorld);
const bound = (text: string, ...resolutions: readonly Resolution[]): readonly string[] => boundBy(run(text, ...resolutions).lineage);
const asks = (text: string, ...resolutions: readonly Resolution[]): readonly string[] =>
  asked(input(text, resolutions), smallWorld).map(({ id, revision, needs }) =>
    `${id}${revision === null ? '' : `@${revision}`} ${Object.entries(needs)
      .flatMap(([name, is]) => (is ? [name] : []))
      .join(' ')}`.trim(),
  );

const load = (id: string, rest = ''): string => `--- a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("${id}"${rest})\n`;
const tuned = (base: string): string => card('license: mit', `base_model: ${base}`);

describe('what the cache and the hub answered', () => {
  it('are the terms of a work that nothing else knows, with their evidence', () => {
    const { lineage, report } = run(load('brook/new'), answer('brook/new', { terms: [says('LicenseRef-narrow')] }));
    assert.deepEqual(boundBy(lineage, modelWork('brook/new')), ['narrow, own']);
    const row = report.works.find((work) => work.id === modelWork('brook/new'));
    assert.deepEqual([row?.evidence, row?.asOf, row?.source, row?.confidence], ['hub', '2026-01-01', 'hub of brook/new', 'card']);
    assert.deepEqual(report.summary.works, { known: 1, unknown: 0 });
    assert.ok(!report.findings.some((finding) => finding.ruleId === 'unknown-terms'));
    assert.match(report.findings.find((finding) => finding.ruleId === 'noncommercial-weights')?.message ?? '', /per its card on the hub of 2026-01-01/);
  });
  it('stand over the catalogue, the cache over the hub, and all below what the tree says', () => {
    const hub = answer('acme/free', { terms: [says('LicenseRef-narrow')] });
    const cache = answer('acme/free', { by: 'cache', terms: [says('LicenseRef-wide')] });
    const own = (...resolutions: readonly Resolution[]): readonly string[] => boundBy(run(load('acme/free'), ...resolutions).lineage, modelWork('acme/free'));
    assert.deepEqual(own(), ['MIT, own']);
    assert.deepEqual(own(hub), ['narrow, own']);
    assert.deepEqual(own(hub, cache), ['wide, own']);
    const noted = `${load('acme/free')}--- pedigree.yaml\nworks: [ { id: "pkg:huggingface/acme/free", licence: LicenseRef-same } ]\n`;
    assert.deepEqual(boundBy(run(noted, hub, cache).lineage, modelWork('acme/free')), ['same, own']);
  });
  it('undo nothing that the catalogue knows to bind beside a tag', () => {
    const two = answer('acme/two', { terms: [says('LicenseRef-wide')] });
    assert.deepEqual(boundBy(run(load('acme/two'), two).lineage, modelWork('acme/two')), ['wide, own', 'narrow, own']);
    const anew = answer('acme/two', { terms: [says('MIT')] });
    assert.deepEqual(boundBy(run(load('acme/two'), anew).lineage, modelWork('acme/two')), ['MIT, own']);
  });
  it('leave the catalogue to speak where a card names no exact licence', () => {
    const vague = answer('acme/free', { terms: [says('other', { licences: [] })] });
    assert.deepEqual(boundBy(run(load('acme/free'), vague).lineage, modelWork('acme/free')), ['MIT, own']);
    const words = answer('acme/worded', { terms: [says('other', { licences: [] })] });
    assert.deepEqual(
      run(load('acme/worded'), words)
        .lineage.works.get(modelWork('acme/worded'))
        ?.statements.map((statement) => statement.stated),
      ['category:research-only', 'other'],
    );
    const { report } = run(load('brook/new'), answer('brook/new', { terms: [says('other', { licences: [] })] }));
    assert.match(report.findings.find((finding) => finding.ruleId === 'unknown-terms')?.message ?? '', /listed as "other"/);
  });
  it('lead on along the bases of their cards', () => {
    const first = answer('brook/first', { terms: [says('MIT')], relations: [{ to: modelWork('brook/second'), type: 'finetune' }] });
    const second = answer('brook/second', { relations: [{ to: modelWork('acme/narrow'), type: 'quantized' }] });
    assert.deepEqual(bound(tuned('brook/first'), first, second), [
      'MIT, own',
      'MIT of brook/first: licence-copy (finetune)',
      'narrow of acme/narrow: commercial-use attribution (finetune finetune quantized)',
    ]);
  });
  it('may go round in a circle, name themselves, or end in nothing', () => {
    const one = answer('brook/one', { relations: [{ to: modelWork('brook/two'), type: 'finetune' }] });
    const two = answer('brook/two', {
      terms: [says('LicenseRef-wide')],
      relations: [modelWork('brook/one'), modelWork('brook/two'), modelWork('brook/nowhere')].map((to) => ({ to, type: 'merge' as const })),
    });
    assert.equal(bound(tuned('brook/one'), one, two).filter((row) => row.startsWith('wide of brook/two')).length, 1);
    assert.deepEqual(asks(tuned('brook/one'), one, two), ['brook/nowhere terms', 'brook/one terms', 'brook/two']);
    assert.match(run(tuned('brook/one')).report.publishable[0]?.why ?? '', /terms of brook\/one are not known/);
  });
  it('count at the revision that is used, and at no other', () => {
    const at = (asked: string | null, licence: string): Resolution => answer('brook/new', { asked, commit: asked, terms: [says(licence)] });
    const all = [at(null, 'MIT'), at(commit, 'LicenseRef-narrow'), at(other, 'LicenseRef-wide')];
    const own = (text: string): readonly string[] => boundBy(run(text, ...all).lineage, modelWork('brook/new'));
    assert.deepEqual(own(load('brook/new')), ['MIT, own']);
    assert.deepEqual(own(load('brook/new', `, revision="${commit}"`)), ['narrow, own']);
    assert.deepEqual(own(`${load('brook/new', `, revision="${commit}"`)}${load('brook/new', `, revision="${other}"`).replace('a.py', 'b.py')}`), [
      'narrow, own',
      'wide, own',
    ]);
    // A card cannot pin: the call that does says what is used.
    assert.deepEqual(own(`${tuned('brook/new')}${load('brook/new', `, revision="${commit}"`)}`), ['narrow, own']);
  });
  it('tell of renames: one work under both ids, whichever the tables know', () => {
    const renamed = answer('brook/before', { id: 'brook/after', terms: [says('LicenseRef-narrow')] });
    const { lineage } = run(`${load('brook/before')}${load('brook/after').replace('a.py', 'b.py')}`, renamed);
    assert.equal(lineage.works.get(modelWork('brook/after'))?.mentions.length, 2);
    assert.ok(!lineage.works.has(modelWork('brook/before')));
    assert.deepEqual(boundBy(lineage, modelWork('brook/after')), ['narrow, own']);
    // The tables know the old id alone.
    const moved = answer('acme/narrow', { id: 'brook/moved' });
    assert.deepEqual(boundBy(run(load('acme/narrow'), moved).lineage, modelWork('brook/moved')), ['narrow, own']);
    // The hub calls it what the tables say it was called before.
    const back = answer('acme/new', { id: 'acme/older' });
    const both = run(`${load('acme/new')}${load('acme/older').replace('a.py', 'b.py')}`, back).lineage;
    assert.deepEqual(boundBy(both, modelWork('acme/older')), ['wide, own']);
    assert.equal(both.works.get(modelWork('acme/older'))?.mentions.length, 2);
  });
  it('say why nothing is known', () => {
    const message = (state: Resolution['state'], by: Resolution['by'] = 'hub'): string =>
      run(load('brook/new'), answer('brook/new', { state, by })).report.findings.find((finding) => finding.ruleId === 'unknown-terms')?.message ?? '';
    assert.match(message('absent'), /^The hub knows no brook\/new/);
    assert.match(message('refused'), /members only/);
    assert.match(message('found'), /^Nothing known states/);
  });
  it('give conclusions a key of their own', () => {
    const plain = run(load('brook/new'));
    const told = analyse(input(load('brook/new'), [answer('brook/new', { terms: [says('MIT')] })]), smallWorld, plain);
    assert.notEqual(told.conclusions, plain.conclusions);
    assert.deepEqual([plain.report.inputs.cache, plain.report.inputs.hub], [false, false]);
  });
});

describe('dated terms', () => {
  const pinned = load('acme/dated', `, revision="${commit}"`);
  const own = (text: string, ...resolutions: readonly Resolution[]): readonly [string, string | undefined] => {
    const { lineage } = run(text, ...resolutions);
    const [binding] = lineage.bindings.get(modelWork('acme/dated')) ?? [];
    return [binding?.licence ?? '', binding?.statement.note];
  };
  const dated = (more: Partial<Resolution>): Resolution => answer('acme/dated', { asked: commit, date: null, ...more });

  it('are those of today for a branch', () => assert.deepEqual(own(load('acme/dated')), ['LicenseRef-wide', undefined]));
  it('are those of the day of a pinned commit, where it is known', () => {
    assert.deepEqual(own(pinned, dated({ date: '2025-12-31' })), ['LicenseRef-old', 'as they were on 2025-12-31, the day of the pinned commit']);
    assert.deepEqual(own(pinned, dated({ date: '2026-01-01' })), ['LicenseRef-wide', undefined]);
  });
  it('are the newest, and said to be, where it is not', () => {
    const note = 'the newest of its dated terms, since the day of the pinned commit is not known';
    assert.deepEqual(own(pinned), ['LicenseRef-wide', note]);
    assert.deepEqual(own(pinned, dated({ state: 'absent' })), ['LicenseRef-wide', note]);
  });
  it('are the oldest where a copy lies here from before they changed', () => {
    assert.equal(own(pinned, dated({ by: 'cache', before: '2025-06-01' }))[0], 'LicenseRef-old');
    assert.match(own(pinned, dated({ by: 'cache', before: '2026-06-01' }))[1] ?? '', /newest/);
  });
  it('are the oldest where the policy notes that something was made from that commit before they changed', () => {
    const noted = (date: string): string =>
      `${pinned}--- pedigree.yaml\nprovenance: [ { path: out, relation: finetune, from: "pkg:huggingface/acme/dated@${commit}", date: ${date} } ]\n`;
    assert.deepEqual(own(noted('2025-06-01')), ['LicenseRef-old', 'as they were on 2025-06-01, the day of the pinned commit']);
    assert.match(own(noted('2026-06-01'))[1] ?? '', /newest/);
  });
  it('are those of the newest of several commits, and of today beside a branch', () => {
    const second = load('acme/dated', `, revision="${other}"`).replace('a.py', 'b.py');
    const old = dated({ date: '2025-01-01' });
    assert.equal(own(`${pinned}${second}`, old, dated({ asked: other, date: '2026-02-01' }))[0], 'LicenseRef-wide');
    assert.equal(own(`${pinned}${second}`, old, dated({ asked: other, date: '2025-02-01' }))[0], 'LicenseRef-old');
    assert.equal(own(`${pinned}${load('acme/dated').replace('a.py', 'b.py')}`, old)[0], 'LicenseRef-wide');
    const many = ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(40));
    const all = many.map((revision, at) => load('acme/dated', `, revision="${revision}"`).replace('a.py', `a${at}.py`)).join('');
    const dates = (last: string): readonly Resolution[] => many.map((asked, at) => dated({ asked, date: at === many.length - 1 ? last : '2025-01-01' }));
    assert.equal(own(all, ...dates('2026-02-01'))[0], 'LicenseRef-wide');
    assert.equal(own(all, ...dates('2025-02-01'))[0], 'LicenseRef-old');
    assert.match(own(all, ...dates('2025-02-01').slice(0, 4))[1] ?? '', /newest/);
  });
  it('give way to the card of that commit', () => assert.deepEqual(own(pinned, dated({ date: '2025-01-01', terms: [says('MIT')] })), ['MIT', undefined]));
});

describe('what is worth asking', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'a work that nothing knows, first',
      `${load('acme/free', `, revision="${commit}"`)}${load('zoo/new').replace('a.py', 'b.py')}`,
      ['zoo/new terms commit', `acme/free@${commit}`],
    ],
    ['a guess from a name', load('acme/guessed', `, revision="${commit}"`), [`acme/guessed@${commit} terms`]],
    ['a commit where terms are dated', load('acme/dated', `, revision="${commit}"`), [`acme/dated@${commit} date`]],
    ['a branch, for its commit', load('acme/free', ', revision="main"'), ['acme/free@main commit']],
    ['a base, and what it came from', tuned('brook/tuned'), ['acme/wide', 'brook/tuned']],
    ['no data that a base was trained on', tuned('acme/fed'), ['acme/fed']],
    ['no work of this repository, and none that is evaluated', `--- eval/a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("zoo/new")\n`, []],
    [
      'nothing more of what the policy grants',
      `${load('zoo/new', `, revision="${commit}"`)}--- pedigree.yaml
grants: [ { work: "pkg:huggingface/zoo/new", licence: x } ]
`,
      [`zoo/new@${commit}`],
    ],
    [
      'what the policy says that a work came from, at its commit',
      `--- pedigree.yaml
provenance: [ { path: a.bin, relation: finetune, from: "pkg:huggingface/zoo/new@${commit}" } ]
`,
      [`zoo/new@${commit} terms`],
    ],
  ];
  for (const [title, text, expected] of cases) it(title, () => assert.deepEqual(asks(text), expected));

  it('data sets too, with all ids that they have here', () => {
    const [ask] = asked(input(card('license: mit', 'datasets:', '  - acme/nc-data'), []), smallWorld);
    assert.deepEqual([ask?.work, ask?.type, ask?.names], [datasetWork('acme/nc-data'), 'dataset', []]);
    const [renamed] = asked(input(load('acme/older'), []), smallWorld);
    assert.deepEqual([renamed?.id, renamed?.names], ['acme/new', ['acme/older']]);
  });
});
