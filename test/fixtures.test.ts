import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { marked } from './support/mark.ts';
import { check } from './support/repo.ts';

/** Whole small repositories in the shape of real ones, one text each; the format is told in support/repo.ts. */
describe('fixtures', () => {
  for (const name of readdirSync('test/fixtures').filter((entry) => entry.endsWith('.repo'))) {
    it(name, () => {
      const path = `test/fixtures/${name}`;
      // MARK_FIXTURES=1 writes the marks anew; read the difference before you keep it.
      if (process.env['MARK_FIXTURES'] === '1') writeFileSync(path, marked(readFileSync(path, 'utf8')));
      check(readFileSync(path, 'utf8'));
    });
  }
});
