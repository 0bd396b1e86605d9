import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

describe('action.yml', () => {
  interface Step {
    readonly uses?: string;
    readonly run?: string;
    readonly shell?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const text = readFileSync('action.yml', 'utf8');
  const action = parse(text) as { inputs: Record<string, { description: string; default: string }>; runs: { using: string; steps: readonly Step[] } };

  it('has the inputs that are documented', () => {
    const page = readFileSync('docs/ci.md', 'utf8');
    for (const name of Object.keys(action.inputs)) assert.ok(page.includes(`\`${name}\``), name);
  });
  it('names every action by a commit, with its version', () => {
    const used = action.runs.steps.flatMap(({ uses }) => uses ?? []);
    assert.ok(used.length > 0 && used.every((uses) => /@[0-9a-f]{40}$/.test(uses)));
    assert.equal([...text.matchAll(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/gm)].length, used.length);
  });
  it('puts nothing into a line of a shell', () => {
    for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined))
      assert.deepEqual([shell, run], ['bash', 'node "$GITHUB_ACTION_PATH/scripts/action.mjs"']);
  });
  it('hands every input on that the script asks for', () => {
    const asked = new Set([...readFileSync('scripts/action.mjs', 'utf8').matchAll(/input\('(\w+)'\)/g)].map((match) => `PEDIGREE_${match[1] ?? ''}`));
    assert.deepEqual(new Set(action.runs.steps.flatMap(({ env }) => Object.keys(env ?? {}))), asked);
  });
});

describe('the problem matcher', () => {
  it('reads the lines that the one of the extension reads', () => {
    interface Matcher {
      readonly owner: string;
      readonly pattern: readonly object[];
    }
    const { problemMatcher } = JSON.parse(readFileSync('.github/pedigree-matcher.json', 'utf8')) as { problemMatcher: readonly Matcher[] };
    assert.deepEqual(
      problemMatcher.map(({ owner, pattern }) => [owner, pattern]),
      packageJson.contributes.problemMatchers.map(({ owner, pattern }) => [owner, [pattern]]),
    );
  });
});
