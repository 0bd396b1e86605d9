// Checks that no sentence of the tables is copied from a licence: node scripts/check-knowledge.mjs [TEXTS] [--require]
// The texts are not part of the project: where they are absent, this says so and ends well unless they are required.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const data = join(root, 'server', 'src', 'knowledge', 'data');

/** Words in a row that count as copied: shorter runs are terms of art that no paraphrase can avoid. */
const longestRun = 9;

/** Keys whose values are names, ids, addresses, or lines that a licence orders to be shown word for word. */
const exact = new Set([
  'id',
  'name',
  'value',
  'alternatives',
  'source',
  'link',
  'hubTags',
  'licenceNames',
  'from',
  'to',
  'ids',
  'pattern',
  'modelPatterns',
  'prefixes',
  'hosts',
  'python',
  'javascript',
  'environment',
]);

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Every run of that many words in a row. */
const runsOf = (list, visit) => {
  for (let start = 0; start + longestRun <= list.length; start++) visit(list.slice(start, start + longestRun).join(' '), start);
};

const textFiles = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textFiles(path);
    return /\.(?:txt|md|xml)$/u.test(name) ? [path] : [];
  });

/** Quoted passages inside our sentences are prescribed lines as well. */
const withoutQuotes = (text) => text.replace(/"[^"]*"/gu, ' | ');

function* sentences(value, key, path) {
  if (exact.has(key)) return;
  if (typeof value === 'string') yield [path, withoutQuotes(value)];
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* sentences(item, key, `${path}[${item?.id ?? index}]`);
  else if (value !== null && typeof value === 'object') for (const [name, item] of Object.entries(value)) yield* sentences(item, name, `${path}.${name}`);
}

const ownRuns = () => {
  const runs = new Map();
  for (const name of readdirSync(data).filter((file) => file.endsWith('.json') && !/^(?:recognition|licence-aliases)/u.test(file))) {
    for (const [path, sentence] of sentences(JSON.parse(readFileSync(join(data, name), 'utf8')), '', name)) {
      for (const part of sentence.split('|')) runsOf(words(part), (run) => runs.set(run, path));
    }
  }
  return runs;
};

const main = () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { require: { type: 'boolean', default: false } } });
  const folder = resolve(positionals[0] ?? join(root, '..', 'shared', 'licence-texts'));
  if (!existsSync(folder)) {
    console.log(`check-knowledge: no licence texts at ${folder}: copied sentences were not looked for`);
    process.exitCode = values.require ? 1 : 0;
    return;
  }
  const own = ownRuns();
  const files = textFiles(folder);
  const found = new Map();
  for (const file of files) {
    runsOf(words(readFileSync(file, 'utf8')), (run) => {
      if (own.has(run) && !found.has(run)) found.set(run, file);
    });
  }
  for (const [run, file] of found) console.log(`${own.get(run)}: "${run}" stands in ${file.slice(folder.length + 1)}`);
  console.log(`check-knowledge: ${own.size} runs of ${longestRun} words against ${files.length} texts: ${found.size} copied`);
  process.exitCode = found.size > 0 ? 1 : 0;
};

main();
