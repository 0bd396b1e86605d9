// Reads real cards with the card reader and compares what it says with values parsed by others: node scripts/check-cards.mjs [CARDS] [--all]
// The cards are not part of the project: where they are absent, this says so and ends well.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean', default: false } } });
const folder = resolve(positionals[0] ?? join(root, '..', 'shared', 'cards'));
if (!existsSync(join(folder, 'index.jsonl'))) {
  console.log(`check-cards: no cards at ${folder}: the card reader was not compared`);
  process.exit(0);
}
// The reader is TypeScript: this script runs itself again with the loader for it.
if (!process.execArgv.includes('tsx'))
  process.exit(spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
const { cardReader } = await import('../server/src/artefacts/card/reader.ts');
const { decode } = await import('../server/src/text/decode.ts');
const { knowledgeDirectory, openKnowledge } = await import('../server/src/host/knowledge.ts');
const knowledge = openKnowledge(knowledgeDirectory());

/** Cards of a hundred in which a field has to agree, a little below what was measured over 1,325 cards: 100 each. */
const floors = { license: 99.8, base_model: 99.8, datasets: 99.7, kind: 99.7 };
const shownAtMost = 10;

const listOf = (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]).map(String);
const sorted = (list) => [...new Set(list)].toSorted();

/** What the reader has for each field: the text at the place of the fact. */
const readValues = (text, reading) => {
  const at = (fact) => {
    const { span } = reading.anchors[fact.id];
    return text.slice(span.start, span.end).trim();
  };
  const via = (name) => reading.facts.filter((fact) => fact.kind === 'relation' && fact.via === name).map(at);
  return {
    kind: reading.facts.flatMap((fact) => (fact.kind === 'work' ? [fact.workKind] : [])),
    license: reading.facts.filter((fact) => fact.kind === 'licence').map((fact) => fact.stated),
    base_model: via('base_model'),
    datasets: via('datasets'),
  };
};

const spansInside = (text, reading) =>
  [...Object.values(reading.anchors), ...reading.problems].every(
    ({ span }) => span === null || (span.start >= 0 && span.start <= span.end && span.end <= text.length),
  );

/**
 * Words without an organisation are names of data sets in general as often as ids of the hub: the reader tells those that it knows, which
 * have to be among the parsed ones. The same holds of words that say that there is none.
 */
const comparable = (wanted, found) => {
  const isId = (value) => /^[\w.-]+\/[\w.-]+$/.test(value);
  return [wanted.filter(isId), found.filter((value) => isId(value) || !wanted.includes(value))];
};

const rows = readFileSync(join(folder, 'index.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const counts = Object.fromEntries(Object.keys(floors).map((field) => [field, { cards: 0, agree: 0, stated: 0, told: 0 }]));
const disagreements = [];
let thrown = 0;
let salvaged = 0;
let outside = 0;
let falseErrors = 0;
let slowest = { file: '', ms: 0 };
for (const row of rows) {
  const bytes = readFileSync(join(folder, row.file));
  const text = decode(bytes)?.text ?? '';
  const started = performance.now();
  let reading;
  try {
    reading = cardReader.read({ path: 'README.md', text, bytes, size: bytes.length }, knowledge);
  } catch (error) {
    thrown += 1;
    console.log(`${row.file}: the reader throws: ${error}`);
    continue;
  }
  const ms = performance.now() - started;
  if (ms > slowest.ms) slowest = { file: row.file, ms };
  if (!spansInside(text, reading)) {
    outside += 1;
    console.log(`${row.file}: a span lies outside the text`);
  }
  // Where others gave up, there is nothing to compare with.
  if (row.features.includes('yaml-error')) {
    salvaged += 1;
    continue;
  }
  if (reading.problems.length > 0) {
    falseErrors += 1;
    console.log(`${row.file}: a false error: ${reading.problems[0].message}`);
  }
  const read = readValues(text, reading);
  for (const field of Object.keys(floors)) {
    const both = [sorted(listOf(row[field]).map((value) => value.trim())), sorted(read[field])];
    // A card that says nothing of itself, and one that is of neither kind, have no kind to compare.
    if (field === 'kind' && (read.kind.length === 0 || row.kind === 'other')) continue;
    const [wanted, found] = field === 'license' || field === 'kind' ? both : comparable(...both);
    const count = counts[field];
    const same = wanted.join('\n') === found.join('\n');
    count.cards += 1;
    count.stated += wanted.length;
    count.told += wanted.filter((value) => found.includes(value)).length;
    if (same) count.agree += 1;
    else disagreements.push(`${row.file} ${field}: parsed ${JSON.stringify(wanted)}, read ${JSON.stringify(found)} (${row.features.join(' ')})`);
  }
}
for (const line of disagreements.slice(0, options.all ? undefined : shownAtMost)) console.log(line);
let below = false;
for (const [field, { cards, agree, stated, told }] of Object.entries(counts)) {
  const share = (100 * agree) / Math.max(1, cards);
  below ||= share < floors[field];
  console.log(
    `check-cards: ${field}: ${agree} of ${cards} cards agree (${share.toFixed(2)} %, floor ${floors[field]} %); ${told} of ${stated} values are told`,
  );
}
console.log(
  `check-cards: ${rows.length} cards, ${salvaged} of broken YAML, ${disagreements.length} disagreements, ${thrown} throws, ${falseErrors} false YAML errors, ${outside} spans outside; slowest ${slowest.file} ${slowest.ms.toFixed(0)} ms`,
);
process.exitCode = thrown > 0 || falseErrors > 0 || outside > 0 || below ? 1 : 0;
