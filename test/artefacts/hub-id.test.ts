import assert from 'node:assert/strict';
import fc from 'fast-check';
import { factIds, hubId, hubReference, isHubId, isPlaceholder, localWork, roleOfPath } from '../../server/src/artefacts/hub-id.ts';

describe('ids of the hub', () => {
  for (const id of ['acme/base', 'a1/b.c-d_e', 'Acme-Org/Model.v1.5-7B', '01-ai/Yi-6B', 'a/b']) it(`${id} is one`, () => assert.ok(isHubId(id)));
  const none = [
    'acme',
    'acme/',
    '/base',
    'a/b/c',
    'acme/base.json',
    'acme/base.safetensors',
    'acme/..',
    '../base',
    './base',
    'acme/-base',
    'acme/base-',
    'acme/ba--se',
    'a..b/c',
    'acme/ba se',
    'acme/{x}',
    '<org>/name',
    'your-org/name',
    'org/name',
    'acme/your-model',
    'xxxx/wizard',
    'acme/wizard_model_path',
    'acme/...',
    'a'.repeat(150) + '/b',
    '',
    'ac\nme/b',
  ];
  for (const id of none) it(`${JSON.stringify(id.slice(0, 30))} is none`, () => assert.ok(!isHubId(id)));

  const references: Readonly<Record<string, readonly [id: string, type: string | null, revision: string | null] | undefined>> = {
    'acme/base': ['acme/base', null, null],
    ' acme/base ': ['acme/base', null, null],
    'acme/base@abc': ['acme/base', null, 'abc'],
    'hf://acme/base': ['acme/base', 'model', null],
    'hf://datasets/acme/data@main': ['acme/data', 'dataset', 'main'],
    'https://huggingface.co/acme/base': ['acme/base', 'model', null],
    'http://www.huggingface.co/acme/base/': ['acme/base', 'model', null],
    'huggingface.co/acme/base': ['acme/base', 'model', null],
    'https://hf.co/acme/base?x=1': ['acme/base', 'model', null],
    'https://huggingface.co/acme/base#top': ['acme/base', 'model', null],
    'https://huggingface.co/datasets/acme/data': ['acme/data', 'dataset', null],
    'https://huggingface.co/acme/base/blob/0123abc/LICENSE': ['acme/base', 'model', '0123abc'],
    'https://huggingface.co/datasets/acme/data/resolve/main/a.json': ['acme/data', 'dataset', 'main'],
    'https://hf-mirror.com/acme/base': ['acme/base', 'model', null],
    'https://huggingface.co/spaces/acme/app': undefined,
    'https://huggingface.co/docs/hub/index': undefined,
    'https://huggingface.co/blog/acme': undefined,
    'https://huggingface.co/acme': undefined,
    'https://huggingface.co/papers/2307.09288': undefined,
    'https://huggingface.co/datasets/squad': undefined,
    'https://huggingface.co/docs/hub': undefined,
    'https://example.org/acme/base': undefined,
    'https://huggingface.co.evil.org/acme/base': undefined,
    'data/train': undefined,
    'Models/base': undefined,
    './acme/base': undefined,
    'acme/base.py': undefined,
    base: undefined,
    '@acme/base': undefined,
    's3://acme/base': undefined,
    'https://huggingface.co/your-org/base': undefined,
  };
  for (const [text, expected] of Object.entries(references)) {
    it(`${JSON.stringify(text)} is ${expected ? expected.join(' ') : 'no reference'}`, () => {
      const found = hubReference(text);
      assert.deepEqual(found && [found.id, found.type, found.revision], expected);
    });
  }

  it('never throws, and gives ids that are ids', () => {
    const parts = fc.constantFrom(
      'https://',
      'hf://',
      'huggingface.co/',
      'datasets/',
      'acme',
      '/',
      'base-7b',
      '@',
      '.',
      '..',
      '-',
      'resolve/',
      'main',
      '?',
      '#',
      ' ',
      '{x}',
      '\u0000',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 60 }),
          fc.array(parts, { maxLength: 10 }).map((list) => list.join('')),
        ),
        (text) => {
          const id = hubId(text);
          assert.ok(id === undefined || isHubId(id), id);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('placeholders', () => {
  for (const text of [
    'your-name/x',
    'org/x',
    'x/my-model',
    '<x>/y',
    '{a}/b',
    '$X/y',
    'a/...',
    'path/to',
    "a/'b'",
    'username/x',
    'hf/model',
    'HF_USERNAME/x',
    'my-user-name/x',
    'YourName/x',
    'your_hf_name/x',
    'hf-user/x',
  ])
    it(`${text} is one`, () => assert.ok(isPlaceholder(text)));
  for (const text of ['acme/base', 'openorg/x', 'yours/x', 'a/foobar', 'a/tweets-by-username', 'yourtts/x', 'hf-internal/x'])
    it(`${text} is none`, () => assert.ok(!isPlaceholder(text)));
});

describe('local works', () => {
  const paths: Readonly<Record<string, string | undefined>> = {
    'a/b.json': 'local:a/b.json',
    './a': 'local:a',
    'a//b/./c': 'local:a/b/c',
    'a/../b': 'local:b',
    'a/b/../../c': 'local:c',
    '..': undefined,
    '../a': undefined,
    'a/../../b': undefined,
    '/a': undefined,
    '~/a': undefined,
    'C:\\a': undefined,
    '\\\\server\\a': undefined,
    '$HOME/a': undefined,
    'https://x/a': undefined,
    'file:///a': undefined,
    'a/*.json': undefined,
    '{a}/b': undefined,
    'a\nb': undefined,
    '.': undefined,
    '': undefined,
    [`${'a/'.repeat(300)}b`]: undefined,
  };
  for (const [path, expected] of Object.entries(paths))
    it(`${JSON.stringify(path.slice(0, 40))} is ${expected ?? 'none'}`, () => assert.equal(localWork(path), expected));
  it('never leave the root', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('..', '.', 'a', '', 'b'), { maxLength: 12 }).map((parts) => parts.join('/')),
        (path) => assert.ok(!/(?:^local:|\/)\.\.?(?:\/|$)/.test(localWork(path) ?? 'local:a')),
      ),
    ));
});

describe('roles by path', () => {
  const roles: Readonly<Record<string, string>> = {
    'train.py': 'decision',
    'src/run.py': 'decision',
    'tests/a.py': 'evaluation',
    'test_a.py': 'evaluation',
    'a_test.py': 'evaluation',
    'eval/a.py': 'evaluation',
    'src/evaluation/a.py': 'evaluation',
    'bench/a.py': 'evaluation',
    'a/judge.py': 'evaluation',
    'lm-evaluation-harness/a.py': 'evaluation',
    'mteb-zh/mteb_zh/models.py': 'evaluation',
    'src/LongBench/a.py': 'evaluation',
    'AlpacaEval/a.py': 'evaluation',
    'evalplus/a.py': 'evaluation',
    'src/workbench/a.py': 'decision',
    'longbench.py': 'decision',
    'docs/a.md': 'mention',
    'website/a/b.md': 'mention',
    'templates/card.md': 'mention',
    '.otter/skills/swim/README.md': 'mention',
    '.github/prompts/a.md': 'mention',
    'skills/swim/README.md': 'decision',
    '.github/scripts/a.py': 'decision',
    'docs.py': 'decision',
    'retrieval/a.py': 'decision',
    'latest/a.py': 'decision',
    'contest/a.py': 'decision',
    'medieval/a.py': 'decision',
  };
  for (const [path, role] of Object.entries(roles)) it(`${path} is a ${role}`, () => assert.equal(roleOfPath(path), role));
});

describe('ids of facts', () => {
  it('tell equal contents apart, in their order', () => {
    const idOf = factIds('r');
    assert.deepEqual(
      [idOf('a', 'x'), idOf('a', 'x'), idOf('b', 'x'), idOf('a', '__proto__'), idOf('a', 'x')],
      ['r:a:x', 'r:a:x~1', 'r:b:x', 'r:a:__proto__', 'r:a:x~2'],
    );
  });
  it('are never equal', () =>
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'x~1', 'x~2', 'x~1~1'), { maxLength: 8 }), (contents) => {
        const idOf = factIds('r');
        const ids = contents.map((content) => idOf('a', content));
        assert.equal(new Set(ids).size, ids.length, ids.join(' '));
      }),
    ));
});
