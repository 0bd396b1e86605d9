import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recognition } from '../../server/src/licence/recognition.ts';
import { isSpdxId, nearestSpdxId, replacementOf, spdxId } from '../../server/src/licence/spdx.ts';

describe('ids of the SPDX list', () => {
  it('are found whatever their case, and exact only as the list spells them', () => {
    assert.equal(spdxId('apache-2.0'), 'Apache-2.0');
    assert.ok(isSpdxId('Apache-2.0'));
    assert.ok(!isSpdxId('apache-2.0'));
    assert.equal(spdxId('Apache 2.0'), undefined);
    assert.equal(spdxId('__proto__'), undefined);
  });

  const replaced: Readonly<Record<string, string | undefined>> = {
    'GPL-3.0': 'GPL-3.0-only',
    'GPL-3.0+': 'GPL-3.0-or-later',
    'AGPL-3.0': 'AGPL-3.0-only',
    'LGPL-2.1+': 'LGPL-2.1-or-later',
    'GPL-2.0-with-classpath-exception': 'GPL-2.0-only WITH Classpath-exception-2.0',
    'GPL-3.0-only': undefined,
    MIT: undefined,
    toString: undefined,
  };
  for (const [id, replacement] of Object.entries(replaced))
    it(`${id} is replaced by ${replacement ?? 'nothing'}`, () => assert.equal(replacementOf(id), replacement));

  it('are in the list on both sides of every replacement', () => {
    for (const [old, now] of Object.entries(recognition.deprecated)) {
      assert.ok(isSpdxId(old.replace(/\+$/, '')), old);
      assert.ok(isSpdxId(now.split(' WITH ')[0] ?? ''), now);
    }
  });

  const nearest: Readonly<Record<string, string | undefined>> = {
    'Appache-2.0': 'Apache-2.0',
    'apache2.0': 'Apache-2.0',
    mti: 'MIT',
    'BSD3-Clause': 'BSD-3-Clause',
    'CC-BY-NC-40': 'CC-BY-NC-4.0',
    'MIT license': 'MIT',
    'something else entirely': undefined,
    '': undefined,
  };
  for (const [text, id] of Object.entries(nearest)) it(`nearest to "${text}" is ${id ?? 'none'}`, () => assert.equal(nearestSpdxId(text), id));

  it('never suggests a deprecated id', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('GPL-3', 'GPL-3.', 'LGPL-21', 'AGPL-3.00', 'wxWindow', 'GFDL-1.33'),
        (text) => replacementOf(nearestSpdxId(text) ?? 'MIT') === undefined,
      ),
    );
  });
});
