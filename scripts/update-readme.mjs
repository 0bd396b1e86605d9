// Writes what the README shows: the real output for examples/, and the list of rules. `--check` fails when it has moved on.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const run = spawnSync(process.execPath, ['dist/cli.js', 'audit', 'examples', '--fail-on', 'never'], {
  encoding: 'utf8',
  env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '' },
});
if (run.status !== 0) throw new Error(`the audit of examples/ ended with ${run.status}: ${run.stderr}`);
const part = (from, to) => {
  const start = run.stdout.indexOf(from);
  const end = to === undefined ? run.stdout.length : run.stdout.indexOf(to, start);
  if (start < 0 || end < 0) throw new Error(`the output holds no "${from}"`);
  return run.stdout.slice(start, end).trimEnd();
};
const rules = readdirSync('docs/rules')
  .filter((name) => name.endsWith('.md'))
  .toSorted()
  .map((name) => {
    const [title, , says] = readFileSync(`docs/rules/${name}`, 'utf8').split('\n');
    return `| [${title.slice(2)}](docs/rules/${name}) | ${says} |`;
  });
const between = (text, begin, end, inner) => {
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the README has no ${begin}`);
  return `${text.slice(0, from + begin.length)}\n${inner}\n${text.slice(to)}`;
};
const fenced = (text) => `\`\`\`\n${text}\n\`\`\``;
const before = readFileSync('README.md', 'utf8');
let text = between(before, '<!-- output: examples README.md -->', '<!-- /output -->', fenced(part('README.md\n', '\n\nchat.py')));
text = between(text, '<!-- output: examples end -->', '<!-- /output -->', fenced(part('What it may be published as')));
text = between(text, '<!-- rules -->', '<!-- /rules -->', rules.join('\n'));
if (text === before) process.exit(0);
if (process.argv.includes('--check')) {
  console.error('The README shows an older output: npm run update-readme');
  process.exit(1);
}
writeFileSync('README.md', text);
