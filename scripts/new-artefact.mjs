// `npm run new-artefact ID`: the reader, its test with the fuzz test, and its place in the index.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const id = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(id) || existsSync(`server/src/artefacts/${id}.ts`)) {
  console.error(id === '' ? 'usage: npm run new-artefact my-format' : `"${id}" is no free name (small letters, digits and hyphens)`);
  process.exit(2);
}
const name = `${id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())}Reader`;

writeFileSync(
  `server/src/artefacts/${id}.ts`,
  `import { limits } from '../text/limits.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** What the format is, where its keys are defined, and which facts it gives. */
export const ${name}: Reader = {
  id: '${id}',
  version: 1,
  matches: (_path, name) => name === 'replace-this-name.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const at = text.indexOf('replace this key');
    if (at >= 0) {
      const factId = '${id}:work';
      facts.push({ kind: 'work', id: factId, work: 'here', workKind: 'model', via: 'config' });
      anchors[factId] = { span: { start: at, end: at + 'replace this key'.length } };
    }
    return { facts, anchors, problems: [] };
  },
};
`,
);
writeFileSync(
  `test/artefacts/${id}.test.ts`,
  `import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ${name} } from '../../server/src/artefacts/${id}.ts';
import { testKnowledge } from '../support/knowledge.ts';

const read = (text: string) => ${name}.read({ path: 'replace-this-name.json', text, bytes: new TextEncoder().encode(text), size: text.length }, testKnowledge());

describe('${id}', () => {
  it('reads its key', () => assert.equal(read('{ "replace this key": 1 }').facts.length, 1));
  it('stays silent without it', () => assert.equal(read('{}').facts.length, 0));
  it('never throws', () => fc.assert(fc.property(fc.string(), (text) => void read(text)), { numRuns: 200 }));
});
`,
);
const index = 'server/src/artefacts/index.ts';
const text = readFileSync(index, 'utf8');
writeFileSync(
  index,
  text
    .replace(/(import type \{ Reader \})/, `import { ${name} } from './${id}.ts';\n$1`)
    .replace(/(export const readers[^=]*= \[)([\s\S]*?)\n?\];/, (_, open, list) => `${open}${list.trimEnd()}\n  ${name},\n];`),
);
console.log(`server/src/artefacts/${id}.ts, test/artefacts/${id}.test.ts`);
