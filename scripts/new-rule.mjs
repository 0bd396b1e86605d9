// `npm run new-rule ID`: the rule, its test and its page, and its place in the index.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const id = process.argv[2] ?? '';
const wrong =
  id === ''
    ? 'usage: npm run new-rule my-rule'
    : !/^[a-z][a-z-]*[a-z]$/.test(id)
      ? `"${id}" is no rule id: small letters and hyphens`
      : existsSync(`server/src/rules/${id}.ts`)
        ? `there is a rule "${id}" already`
        : undefined;
if (wrong) {
  console.error(wrong);
  process.exit(2);
}
const name = id.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

writeFileSync(
  `server/src/rules/${id}.ts`,
  `import { sortedWorks } from './support/helpers.ts';
import { shortName } from '../lineage/path.ts';
import { defineRule } from './types.ts';

export const ${name} = defineRule({
  id: '${id}',
  severity: 'information',
  title: 'What the rule finds, in one line',
  messages: {
    found: '{work} is what the rule looks for, because of this. Do that about it.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      const mention = work.mentions.find((entry) => entry.role === 'decision');
      if (work.local || !mention || work.id !== 'pkg:huggingface/acme-lab/this-condition') continue;
      yield { messageId: 'found', data: { work: shortName(work.id) }, at: mention.at, works: [work.id], evidence: 'declared' };
    }
  },
});
`,
);
const fires = `--- run.py
from transformers import AutoModel

model = AutoModel.from_pretrained("acme-lab/this-condition")
                                   ${'^'.repeat('acme-lab/this-condition'.length)} information ${id}
`;
const silent = `--- run.py
from transformers import AutoModel

model = AutoModel.from_pretrained("acme-lab/another")
`;
writeFileSync(
  `test/rules/${id}.test.ts`,
  `import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  ['fires', \`
${fires}\`],
  ['stays silent', \`
${silent}\`],
];

describe('${id}', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, '${id}'));
});
`,
);
writeFileSync(
  `docs/rules/${id}.md`,
  `# ${id}

What the rule finds, in one line.

## What it finds

## Why it matters

## Fires

\`\`\`repo
${fires}\`\`\`

## Does not fire

\`\`\`repo
${silent}\`\`\`

## How to fix

## How to turn it off

In \`pedigree.yaml\`: \`rules: { ${id}: off }\`, for some paths by \`overrides\`, for one work by \`accept\` with a reason and a date. At the line: a comment \`pedigree-ignore ${id}: reason\`.
`,
);

const index = 'server/src/rules/index.ts';
const text = readFileSync(index, 'utf8');
const imports = [...text.matchAll(/^import \{ (\w+) \} from '\.\/([\w-]+)\.ts';$/gm)].map((match) => [match[2], match[1]]);
const all = [...imports, [id, name]].sort((a, b) => (a[0] < b[0] ? -1 : 1));
const head = all.map(([file, symbol]) => `import { ${symbol} } from './${file}.ts';`).join('\n');
writeFileSync(
  index,
  `${head}\nimport type { Rule } from './types.ts';\n\n/** All rules, by id. A test holds the order and that each has its page and its test. */\nexport const rules: readonly Rule[] = [\n${all.map(([, symbol]) => `  ${symbol},`).join('\n')}\n];\n\nexport const ruleById = (id: string): Rule | undefined => rules.find((rule) => rule.id === id);\n`,
);

// The schema of pedigree.yaml lists the rules, for editors that complete and check it.
const schemaFile = 'schemas/pedigree.schema.json';
const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
const { rules } = schema.definitions;
const levels = Object.values(rules.properties)[0].enum;
const sorted = Object.entries({ ...rules.properties, [id]: { description: 'What the rule finds, in one line.', enum: levels } }).sort(([a], [b]) =>
  a < b ? -1 : 1,
);
rules.properties = Object.fromEntries(sorted);
schema.properties.accept.items.properties.rule.enum = sorted.map(([rule]) => rule);
writeFileSync(schemaFile, `${JSON.stringify(schema, null, 2)}\n`);
console.log(`server/src/rules/${id}.ts, test/rules/${id}.test.ts, docs/rules/${id}.md; then npm run update-readme`);
