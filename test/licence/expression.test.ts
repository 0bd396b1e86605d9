import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readExpression } from '../../server/src/licence/expression.ts';
import { limits } from '../../server/src/text/limits.ts';

interface Case {
  readonly licences: readonly string[];
  readonly choice?: boolean;
  readonly exceptions?: readonly string[];
  readonly normalised?: string;
}

const good: Readonly<Record<string, Case>> = {
  MIT: { licences: ['MIT'] },
  'apache-2.0': { licences: ['Apache-2.0'], normalised: 'Apache-2.0' },
  ' MIT ': { licences: ['MIT'], normalised: 'MIT' },
  'MIT OR Apache-2.0': { licences: ['MIT', 'Apache-2.0'], choice: true },
  'mit or apache-2.0': { licences: ['MIT', 'Apache-2.0'], choice: true, normalised: 'MIT OR Apache-2.0' },
  'MIT AND CC-BY-4.0': { licences: ['MIT', 'CC-BY-4.0'] },
  'MIT AND (Apache-2.0 OR BSD-3-Clause)': { licences: ['MIT', 'Apache-2.0', 'BSD-3-Clause'] },
  'MIT OR MIT': { licences: ['MIT'], choice: true },
  'GPL-2.0-only WITH Classpath-exception-2.0': { licences: ['GPL-2.0-only'], exceptions: ['Classpath-exception-2.0'] },
  'Apache-2.0 WITH LLVM-exception OR MIT': { licences: ['Apache-2.0', 'MIT'], choice: true, exceptions: ['LLVM-exception'] },
  'MIT WITH AdditionRef-ours': { licences: ['MIT'], exceptions: ['AdditionRef-ours'] },
  'GPL-2.0+': { licences: ['GPL-2.0+'] },
  'Apache-2.0+': { licences: ['Apache-2.0'] },
  'LicenseRef-ours-1.0': { licences: ['LicenseRef-ours-1.0'] },
  'DocumentRef-other:LicenseRef-x': { licences: ['DocumentRef-other:LicenseRef-x'] },
};

const bad = [
  '',
  '   ',
  'Apache 2.0',
  'MIT License',
  'MIT/Apache-2.0',
  'MIT OR',
  'OR MIT',
  '(MIT',
  'MIT)',
  'MIT MIT',
  'MIT AND AND MIT',
  'GPL-2.0 +',
  'MIT WITH Nothing',
  'see LICENSE',
  'MIT\u0000',
  '()',
];

describe('SPDX expressions', () => {
  for (const [text, { licences, choice = false, exceptions = [], normalised }] of Object.entries(good)) {
    it(`reads ${text}`, () => {
      const read = readExpression(text);
      assert.deepEqual({ ...read, normalised: undefined }, { licences, choice, exceptions, normalised: undefined });
      if (normalised !== undefined) assert.equal(read?.normalised, normalised);
    });
  }

  for (const text of bad) it(`refuses ${JSON.stringify(text)}`, () => assert.equal(readExpression(text), undefined));

  it('reads nesting up to the limit and refuses it above', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}MIT${')'.repeat(depth)}`;
    assert.deepEqual(readExpression(nested(limits.nesting))?.licences, ['MIT']);
    assert.equal(readExpression(nested(limits.nesting + 1)), undefined);
    assert.equal(readExpression('('.repeat(4000)), undefined);
  });

  it('refuses too many tokens and too long a text', () => {
    const chain = (count: number): string => Array.from({ length: count }, () => 'MIT').join(' OR ');
    assert.deepEqual(readExpression(chain(100))?.licences, ['MIT']);
    assert.equal(readExpression(chain(limits.expressionTokens)), undefined);
    assert.equal(readExpression(`LicenseRef-${'x'.repeat(limits.expressionLength)}`), undefined);
  });

  it('never throws, and what it calls normalised it reads again', () => {
    const words = fc.constantFrom(
      'MIT',
      'mit',
      'Apache-2.0',
      'GPL-3.0',
      '+',
      '(',
      ')',
      'AND',
      'or',
      'WITH',
      'Classpath-exception-2.0',
      'LicenseRef-x',
      ':',
      'DocumentRef-',
      '',
      '-',
      '\u0000',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.array(words, { maxLength: 20 }).map((list) => list.join(' ')),
          fc.array(words, { maxLength: 20 }).map((list) => list.join('')),
        ),
        (text) => {
          const read = readExpression(text);
          if (read) assert.deepEqual(readExpression(read.normalised), read);
        },
      ),
      { numRuns: 500 },
    );
  });
});
