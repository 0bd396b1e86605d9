import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { rules } from '../server/src/rules/index.ts';
import { check } from './support/repo.ts';

const headings = ['What it finds', 'Why it matters', 'Fires', 'Does not fire', 'How to fix', 'How to turn it off'];

/** The examples of the pages are run: a page cannot drift from its rule. */
const example = (page: string, heading: string): string => {
  const section = page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return /```repo\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
};

describe('every rule', () => {
  it('stands in the index by its id, in order', () => {
    const ids = rules.map((rule) => rule.id);
    assert.deepEqual(ids, [...ids].toSorted());
    const others = new Set(['index.ts', 'types.ts', 'support']);
    assert.deepEqual(
      readdirSync('server/src/rules')
        .filter((name) => !others.has(name))
        .map((name) => name.replace('.ts', ''))
        .toSorted(),
      ids,
    );
  });

  it('has a page, and no page lacks its rule', () => {
    assert.deepEqual(
      readdirSync('docs/rules')
        .filter((name) => name.endsWith('.md'))
        .map((name) => name.replace('.md', ''))
        .toSorted(),
      rules.map((rule) => rule.id),
    );
  });

  for (const rule of rules) {
    const page = existsSync(`docs/rules/${rule.id}.md`) ? readFileSync(`docs/rules/${rule.id}.md`, 'utf8') : '';

    it(`${rule.id} has a test of its own and a page of the right shape`, () => {
      assert.ok(existsSync(`test/rules/${rule.id}.test.ts`), 'no test');
      assert.ok(page.startsWith(`# ${rule.id}\n`));
      assert.deepEqual(
        [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]),
        headings,
      );
    });

    it(`${rule.id} says what and why, then what to do`, () => {
      for (const message of Object.values(rule.messages)) assert.match(message, /[.!](?: \{?[A-Z]| \{)/, message);
    });

    it(`${rule.id} fires on its page's example`, () => {
      assert.ok(example(page, 'Fires').includes(rule.id), 'the example marks nothing');
      check(example(page, 'Fires'), rule.id);
    });

    it(`${rule.id} does not fire on its page's counter-example`, () => {
      assert.ok(example(page, 'Does not fire').length > 0);
      assert.equal(check(example(page, 'Does not fire'), rule.id).length, 0);
    });
  }
});
