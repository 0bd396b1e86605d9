import assert from 'node:assert/strict';
import { readExpression } from '../../server/src/licence/expression.ts';
import { nameOf } from '../../server/src/licence/names.ts';
import { recognition } from '../../server/src/licence/recognition.ts';
import { isSpdxId } from '../../server/src/licence/spdx.ts';
import { squeeze } from '../../server/src/licence/squeeze.ts';
import { nameKey } from '../../server/src/licence/words.ts';
import { testKnowledge } from '../support/knowledge.ts';

const { families, names, weakNames, vagueNames, classifiers, links, texts, materialChanges, noLicence } = recognition;

/** Words of a phrase that identifies: longer ones would be sentences of somebody's text. */
const longestPhrase = 12;

describe('the table of names and phrases', () => {
  it('names only licences that have terms or an SPDX id', () => {
    const ids = [
      ...families.flatMap((family) => [...Object.values(family.versions), ...Object.values(family.later ?? {})]),
      ...Object.values(names),
      ...Object.values(weakNames),
      ...Object.values(classifiers).filter((id) => id !== null),
      ...Object.values(links),
      ...texts.flatMap((record) => [record.licence, ...(record.over ?? [])]),
    ];
    // The list of the expression parser is newer than that of ids.
    for (const id of ids)
      assert.ok(id.startsWith('LicenseRef-') ? testKnowledge().terms(id) !== undefined : isSpdxId(id) || readExpression(id)?.normalised === id, id);
  });

  it('has the categories of the knowledge', () => {
    for (const category of [...Object.values(vagueNames), ...families.map((family) => family.unversioned ?? null)])
      assert.ok([null, 'non-commercial', 'share-alike', 'use-restricted', 'research-only'].includes(category), String(category));
  });

  it('has no name twice with another meaning', () => {
    const seen = new Map<string, string>();
    for (const [name, id] of [
      ...Object.entries(names),
      ...Object.entries(weakNames),
      ...Object.entries(vagueNames),
      ...noLicence.map((name) => [name, 'none'] as const),
    ]) {
      const key = nameKey(name);
      assert.notEqual(key, '', name);
      assert.ok(!seen.has(key) || seen.get(key) === id, `${name}: ${seen.get(key)} and ${id}`);
      seen.set(key, String(id));
    }
  });

  it('reads back every name that it has', () => {
    for (const [name, id] of [...Object.entries(names), ...Object.entries(weakNames)]) assert.deepEqual(nameOf(name, testKnowledge())?.licences, [id], name);
    for (const name of Object.keys(vagueNames)) assert.deepEqual(nameOf(name, testKnowledge())?.licences, [], name);
  });

  it('writes phrases as texts are squeezed, and none as long as a sentence', () => {
    const phrases = [
      ...materialChanges,
      ...texts.flatMap((record) => [
        ...(record.title ?? []),
        ...(record.all ?? []),
        ...(record.any ?? []),
        ...(record.none ?? []),
        ...(record.to ?? []),
        record.from ?? 'x',
      ]),
    ];
    for (const phrase of phrases) {
      assert.equal(squeeze(phrase).plain, ` ${phrase} `, phrase);
      assert.ok(phrase.split(' ').length <= longestPhrase, phrase);
    }
  });

  it('writes addresses as they are compared', () => {
    for (const address of Object.keys(links)) assert.match(address, /^[a-z0-9.-]+(?:\/[\w.~-]+)*$/);
  });

  it('can tell every text: each has a title, a beginning or phrases', () => {
    for (const record of texts) {
      assert.ok((record.title ?? record.all ?? []).length > 0 || record.from !== undefined, record.licence);
      if (record.from !== undefined) assert.ok((record.to ?? []).length > 0, record.licence);
    }
  });
});
