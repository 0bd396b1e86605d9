// Takes the README's pictures from the last run of the real-editor tests: npm run test:e2e && node scripts/update-images.mjs
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const pictures = {
  '1-problem': 'problem',
  '2-hover': 'hover',
  '3-fix': 'fix',
  '9-report': 'report',
  '7-fix-or-accept': 'findings',
  '8-lineage': 'lineage',
  '10-question': 'policy',
};
mkdirSync('docs/images', { recursive: true });
for (const [from, to] of Object.entries(pictures)) copyFileSync(join('test/e2e/screenshots', `${from}.png`), join('docs/images', `${to}.png`));
