import assert from 'node:assert/strict';
import { displayIndex, isPublished, obligationsOf, publishableOf } from '../../server/src/lineage/publish.ts';
import { artefactsOf, boundBy, card, lineageOf, smallWorld } from './tree.ts';

const publishable = (text: string): readonly string[] =>
  publishableOf(lineageOf(text), smallWorld).map(({ work, as, why }) => `${work} as ${as.join('+').replaceAll('LicenseRef-', '') || 'nothing'}: ${why}`);

/** `duty: yes, no, or ?, and the file that shows it`. */
const duties = (text: string, shown: Readonly<Record<string, string>> = {}): readonly string[] => {
  const displays = displayIndex(Object.entries(shown).map(([line, path]) => ({ text: line, at: { path, fact: 'f' } })));
  return obligationsOf(lineageOf(text), displays).map(({ duty, met, at }) => `${duty}: ${met === null ? '?' : met ? 'yes' : 'no'}${at ? ` ${at.path}` : ''}`);
};

describe('what may be published', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...lines: readonly RegExp[]]>> = {
    'a fine-tune of a community licence': [
      card('license: mit', 'base_model: acme/wide'),
      /^local:\. as wide: LicenseRef-wide of \S*acme\/wide reaches it \(s\. use-policy\)\. Terms of your own may be added beside these, not in their place\.$/,
    ],
    'a merge of two': [card('base_model: [acme/wide, acme/narrow]'), /^local:\. as wide\+narrow: .*All of them bind together\.$/],
    'a base that may not be changed': [
      card('base_model: acme/barred'),
      /^local:\. as nothing: LicenseRef-barred of \S*acme\/barred bars it \(s\. derivatives\)\.$/,
    ],
    'a free base': [card('license: mit', 'base_model: acme/free'), /^local:\. as MIT: Nothing known that reaches it limits the choice of licence\.$/],
    'a base that nobody knows': [
      card('license: mit', 'base_model: acme/unknown'),
      /^local:\. as MIT: Nothing known .* The terms of \S*acme\/unknown are not known\.$/,
    ],
    'two that nobody knows': [card('license: mit', 'base_model: [acme/unknown, acme/other]'), / The terms of \S*acme\/unknown and 1 more are not known\.$/],
    'non-commercial data': [
      card('license: mit', 'datasets: [acme/nc-data]'),
      /^local:\. as MIT: Nothing known .* It is trained on \S*acme\/nc-data, whose terms are non-commercial; whether training carries such terms is unsettled\.$/,
    ],
    'free data': [card('license: mit', 'datasets: [acme/free-data]'), /^local:\. as MIT: Nothing known that reaches it limits the choice of licence\.$/],
    code: ['--- pyproject.toml\n[project]\nname = "x"\nlicense = "MIT"\n'],
    'a script that loads': ['--- run.py\nAutoModel.from_pretrained("acme/wide")\n'],
    nothing: ['--- a.txt\nx\n'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) {
    it(name, () => {
      const lines = publishable(text);
      assert.equal(lines.length, expected.length, lines.join('\n'));
      for (const [at, pattern] of expected.entries()) assert.match(lines[at] ?? '', pattern);
    });
  }

  it("is a card, packed weights, a published name, the policy's target, and what is bundled", () => {
    const published = (text: string, work = 'local:.'): boolean => {
      const lineage = lineageOf(text);
      const found = lineage.works.get(work);
      return found !== undefined && isPublished(found, lineage);
    };
    assert.ok(published(card('license: mit')));
    assert.ok(published('--- m.gguf gguf {}\n', 'local:m.gguf'));
    assert.ok(published('--- m.safetensors safetensors {"license": "mit"}\n'));
    assert.ok(published('--- train.yaml\nbase_model: acme/wide\nnum_epochs: 1\nhub_model_id: acme/mine\n', 'local:train.yaml'));
    assert.ok(published(card('base_model: acme/wide')), 'a card without a licence');
    assert.ok(published('--- config.json\n{"model_type": "x"}\n--- pedigree.yaml\npublish: { name: acme/mine }\n'));
    assert.ok(!published('--- config.json\n{"model_type": "x"}\n'));
    assert.ok(!published('--- README.md\n# x\n'));
    assert.ok(!published(card('base_model: acme/wide'), 'pkg:huggingface/acme/wide'), 'works of others are not published here');
  });
});

describe('what is owed', () => {
  const base = card('base_model: acme/wide');
  const cases: Readonly<Record<string, readonly [text: string, shown: Readonly<Record<string, string>>, ...lines: readonly string[]]>> = {
    'nothing shown': [base, {}, 'use-policy: ?', 'name-prefix: ?', 'display-notice: no', 'licence-copy: no'],
    'the display, in other letters': [
      base,
      { 'MADE  with wide': 'NOTICE' },
      'use-policy: ?',
      'name-prefix: ?',
      'display-notice: yes NOTICE',
      'licence-copy: no',
    ],
    'another display that is as good': [
      base,
      { 'Improved with Wide': 'README.md' },
      'use-policy: ?',
      'name-prefix: ?',
      'display-notice: yes README.md',
      'licence-copy: no',
    ],
    'another display': [base, { 'Made with Narrow': 'README.md' }, 'use-policy: ?', 'name-prefix: ?', 'display-notice: no', 'licence-copy: no'],
    'a name with the prefix': [
      `${base.trimEnd()}\n# Wide-Mine-7B\n`,
      {},
      'use-policy: ?',
      'name-prefix: yes README.md',
      'display-notice: no',
      'licence-copy: no',
    ],
    'a name without it': [`${base.trimEnd()}\n# Mine-Wide-7B\n`, {}, 'use-policy: ?', 'name-prefix: no README.md', 'display-notice: no', 'licence-copy: no'],
    'one name of two without it': [
      `${base.trimEnd()}\n# Wide-Mine-7B\n--- pedigree.yaml\npublish: { name: acme/Mine }\n`,
      {},
      'use-policy: ?',
      'name-prefix: no',
      'display-notice: no',
      'licence-copy: no',
    ],
    'a title without it, of what is published under another name': [
      `${base.trimEnd()}\n# Mine-7B\n--- pedigree.yaml\npublish: { name: acme/Wide-Mine }\n`,
      {},
      'use-policy: ?',
      'name-prefix: yes',
      'display-notice: no',
      'licence-copy: no',
    ],
    'an adapter, of which no copy is asked': [card('base_model: acme/wide', 'library_name: peft'), {}, 'use-policy: ?', 'name-prefix: ?', 'display-notice: no'],
    'terms of its own alone': [card('license: wide'), {}],
    'free terms': [card('base_model: acme/free'), {}, 'licence-copy: no'],
    'free terms, with their text': [`${card('base_model: acme/free')}--- LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n`, {}, 'licence-copy: yes LICENSE'],
    'free terms, with another text': [`${card('base_model: acme/free')}--- LICENSE\nHouse Terms\n\nYou may look at it.\n`, {}, 'licence-copy: no'],
    'a script that loads': ['--- run.py\nAutoModel.from_pretrained("acme/wide")\n', {}],
  };
  for (const [name, [text, shown, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(duties(text, shown), expected));

  it('finds the first place of a line', () => {
    const { find } = displayIndex([
      { text: 'Made with Wide', at: { path: 'a', fact: '1' } },
      { text: 'made with  wide', at: { path: 'b', fact: '2' } },
    ]);
    assert.deepEqual(find(' MADE WITH WIDE '), { path: 'a', fact: '1' });
    assert.equal(find('Made with'), undefined);
  });
});

describe('the policy in a lineage', () => {
  const policy = (text: string): string => `--- pedigree.yaml\n${text}\n`;
  const bound = (text: string, work?: string): readonly string[] => boundBy(lineageOf(text), work);

  it('states the terms of a work', () =>
    assert.deepEqual(bound(policy('works: [ { id: "pkg:huggingface/acme/unknown", licence: LicenseRef-narrow } ]') + card('base_model: acme/unknown')), [
      'narrow of acme/unknown: commercial-use attribution (finetune)',
    ]));
  it('states them under an old id', () =>
    assert.deepEqual(bound(policy('works: [ { id: "pkg:huggingface/acme/older", licence: LicenseRef-narrow } ]'), 'pkg:huggingface/acme/new'), [
      'narrow, own',
    ]));
  it('states those of a work of this repository', () =>
    assert.deepEqual(bound(policy('works: [ { id: "local:models/ours", licence: LicenseRef-narrow } ]'), 'local:models/ours'), ['narrow, own']));

  it('takes away what was bought', () => {
    const grant = (until: string): string =>
      policy(`grants: [ { work: "pkg:huggingface/acme/wide", licence: commercial, reference: contract 12, until: ${until} } ]`) +
      card('license: mit', 'base_model: acme/wide');
    assert.deepEqual(bound(grant('2027-01-01')), ['MIT, own']);
    assert.deepEqual(bound(grant('2026-11-24')), ['MIT, own'], 'the last day counts');
    assert.equal(bound(grant('2026-11-23')).length, 2);
  });
  it('takes away nothing of other works', () =>
    assert.equal(bound(policy('grants: [ { work: "pkg:huggingface/acme/narrow", licence: commercial } ]') + card('base_model: acme/wide')).length, 1));

  it('notes where weights and data came from', () => {
    assert.deepEqual(
      bound(policy('provenance: [ { path: weights/m.bin, relation: finetune, from: "pkg:huggingface/acme/wide@0123abc" } ]'), 'local:weights/m.bin'),
      ['wide of acme/wide: use-policy name-prefix display-notice licence-copy (finetune)'],
    );
    assert.deepEqual(
      bound(policy('provenance: [ { path: weights/m.bin, is: "local:mine", relation: adapter, from: "pkg:huggingface/acme/older" } ]'), 'local:mine'),
      ['wide of acme/new: use-policy name-prefix display-notice (adapter)'],
    );
  });
  it('may note a circle', () =>
    assert.deepEqual(
      bound(
        policy(
          'provenance:\n- { path: a, relation: finetune, from: "local:b" }\n- { path: b, relation: finetune, from: "local:a" }\n- { path: b, relation: finetune, from: "pkg:huggingface/acme/same" }',
        ),
        'local:a',
      ),
      ['same of acme/same: same-licence (finetune finetune)'],
    ));
  it('gives the published name', () =>
    assert.deepEqual(
      lineageOf(policy('publish: { name: acme/Mine-7B }'))
        .works.get('local:.')
        ?.names.map((entry) => [entry.name, entry.via]),
      [['Mine-7B', 'policy']],
    ));
});

describe('the profile', () => {
  const profile = (text: string): readonly unknown[] => {
    const { commercial, origin, at } = lineageOf(text).profile;
    return [commercial, origin, at?.path];
  };
  const mit = '--- LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n';
  const cases: Readonly<Record<string, readonly [text: string, commercial: boolean | null, origin: string, path?: string]>> = {
    nothing: ['--- a.txt\nx\n', null, 'none'],
    'the policy': [`${mit}--- pedigree.yaml\nuse: { commercial: false }\n`, false, 'policy'],
    'a policy that does not say': [`${mit}--- pedigree.yaml\nuse: { territories: [EU] }\n`, null, 'policy'],
    'a policy without a use': [`${mit}--- pedigree.yaml\nrules: {}\n`, true, 'inferred', 'LICENSE'],
    'a free licence': [mit, true, 'inferred', 'LICENSE'],
    'a manifest': ['--- pyproject.toml\n[project]\nname = "x"\nlicense = "MIT"\n', true, 'inferred', 'pyproject.toml'],
    'a card': [card('license: mit'), true, 'inferred', 'README.md'],
    'a share-alike card': [card('license: same'), true, 'inferred', 'README.md'],
    conditions: [card('license: wide'), null, 'inferred', 'README.md'],
    'non-commercial weights of free code': [card('license: narrow') + mit, true, 'inferred', 'LICENSE'],
    'non-commercial weights alone': [card('license: narrow'), false, 'inferred', 'README.md'],
    'a non-commercial space': [card('license: narrow', 'sdk: gradio') + mit, false, 'inferred', 'README.md'],
    'a licence of a folder below': [mit.replace('LICENSE', 'sub/LICENSE'), null, 'none'],
    'a badge': ['--- README.md\n![License](https://img.shields.io/badge/License-MIT-blue)\n', null, 'none'],
    'what a base brings': [card('base_model: acme/narrow'), null, 'none'],
    'unknown terms': [card('license: other', 'license_name: house', 'license_link: LICENSE'), null, 'none'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(`by ${name}`, () => assert.deepEqual(profile(text), expected.length === 2 ? [...expected, undefined] : expected));
});

describe('works of a tree', () => {
  const owner = (text: string, path: string): string => lineageOf(text).workOf(path);
  it('own the files at and below them', () => {
    const text = `${card('license: mit')}--- a/README.md\n---\nlicense: mit\n---\n--- a/b/run.py\nAutoModel.from_pretrained("acme/wide")\n--- c/x.py\nx\n`;
    assert.deepEqual(
      ['a/b/run.py', 'a/x', 'c/x.py', 'x'].map((path) => owner(text, path)),
      ['local:a', 'local:a', 'local:.', 'local:.'],
    );
    assert.ok(lineageOf(text).edges.some((edge) => edge.from === 'local:a' && edge.to === 'pkg:huggingface/acme/wide' && edge.type === 'loads'));
  });
  it('are listed by both ends of every edge', () => {
    const lineage = lineageOf(`${card('license: mit', 'base_model: brook/tuned')}--- run.py\nAutoModel.from_pretrained("acme/wide")\n`);
    assert.ok(lineage.edges.length > 2);
    assert.deepEqual(new Set([...lineage.edgesFrom.values()].flat()), new Set(lineage.edges));
    assert.deepEqual(new Set([...lineage.edgesTo.values()].flat()), new Set(lineage.edges));
    for (const [work, edges] of lineage.edgesTo) for (const edge of edges) assert.equal(edge.to, work);
  });
  it('leave a licence text to its folder', () => {
    const lineage = lineageOf('--- sub/LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n--- sub/x.py\nx\n');
    assert.equal(lineage.works.get('local:.')?.statements.length, 0);
    assert.equal(lineage.works.get('local:sub')?.statements.length, 1);
  });
  it('know the project of somebody else', () => {
    const lineage = lineageOf(
      '--- kept/LICENSE\nMIT License\n\nCopyright (c) 2026 Us\n--- kept/pyproject.toml\n[project]\nname = "x"\n--- kept/a/x.py\nx\n--- third_party/y/z.py\nx\n--- own.py\nx\n',
    );
    assert.deepEqual(
      ['kept/a/x.py', 'third_party/y/z.py', 'own.py'].map((path) => lineage.vendorOf(path)),
      ['kept', 'third_party/y', undefined],
    );
  });
  it('join a registry entry only to what names it', () => {
    const registry = '--- data/dataset_info.json\n{"mine": {"hf_hub_url": "acme/nc-data"}, "spare": {"hf_hub_url": "acme/free-data"}}\n';
    const roles = (text: string): readonly string[] =>
      lineageOf(text)
        .edges.filter((edge) => edge.type === 'copiedFrom')
        .map((edge) => `${edge.to.split('/').at(-1)} ${edge.role}`);
    assert.deepEqual(roles(registry), ['nc-data mention', 'free-data mention']);
    assert.deepEqual(roles(`${registry}--- train.yaml\nmodel_name_or_path: acme/free\nstage: sft\ndataset: mine\n`), ['nc-data decision', 'free-data mention']);
  });
  it('read all files of a tree', () => assert.deepEqual([...artefactsOf(`${card('license: mit')}--- a/x.txt\nx\n`).keys()], ['README.md', 'a/x.txt']));
});
