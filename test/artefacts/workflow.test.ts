import assert from 'node:assert/strict';
import { workflowReader } from '../../server/src/artefacts/workflow.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const flow = (...steps: readonly string[]): string =>
  lines('name: Deploy', 'on: push', 'jobs:', '  deploy:', '    runs-on: x', '    steps:', ...steps.map((step) => `      ${step}`));
const path = '.github/workflows/deploy.yml';
const loads = 'loads hub:acme/base-7b <- acme/base-7b';
const tested = 'loads hub:acme/base-7b evaluation <- acme/base-7b';

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a command': [flow('- run: hf download acme/base-7b'), loads],
  'a block of commands': [flow('- run: |', '    set -e', '    M=acme/base-7b', '    hf download "$M"'), loads],
  'a folded block': [flow('- run: >-', '    hf download', '    acme/base-7b'), loads],
  'double quotes': [flow('- run: "hf download \\"acme/base-7b\\"\\necho x"'), loads],
  'single quotes': [flow("- run: 'bash -c ''hf download acme/base-7b'''"), loads],
  'a variable of the step': [flow('- run: hf download $M', '  env: { M: acme/base-7b }'), loads],
  'a variable of the workflow': [`env:\n  M: acme/base-7b\n${flow('- run: hf download ${{ env.M }}')}`, loads],
  'a matrix': [
    lines(
      'jobs:',
      '  deploy:',
      '    strategy:',
      '      matrix:',
      '        model: [acme/base-7b, acme/other]',
      '    steps:',
      '      - run: hf download ${{ matrix.model }}',
    ),
    loads,
    'loads hub:acme/other <- acme/other',
  ],
  'an expression that nobody can tell': [flow('- run: hf download ${{ secrets.MODEL || github.x }}')],
  'an action': [lines('name: deploy', 'runs:', '  using: composite', '  steps:', '    - run: hf download acme/base-7b', '      shell: bash'), loads],
  'a step that uses another': [flow('- uses: actions/checkout@v4', '  with: { model: acme/base-7b }')],
  'a step of a test': [flow('- name: Smoke test', '  run: hf download acme/base-7b'), tested],
};

describe('workflows', () => {
  for (const each of ['.github/workflows/ci.yml', '.github/actions/x/action.yaml', 'action.yml', '.gitlab-ci.yml'])
    it(`looks into ${each}`, () => assert.ok(matchesPath(workflowReader, each)));
  for (const each of ['workflows/ci.yml', '.github/dependabot.yml', 'x.yaml']) it(`leaves ${each} alone`, () => assert.ok(!matchesPath(workflowReader, each)));
  for (const [name, [text, ...shown]] of Object.entries(cases)) it(`reads ${name}`, () => assert.deepEqual(shownBy(workflowReader, path, text), shown));
  it('takes a workflow that hands nothing on for a test', () =>
    assert.deepEqual(shownBy(workflowReader, '.github/workflows/ci.yml', flow('- run: hf download acme/base-7b').replaceAll(/deploy/gi, 'x')), [tested]));
  it('reads jobs of another runner', () =>
    assert.deepEqual(
      shownBy(workflowReader, '.gitlab-ci.yml', lines('deploy:', '  variables: { M: acme/base-7b }', '  script:', '    - echo', '    - hf download $M')),
      [loads],
    ));
  it('never throws', () =>
    fuzzText(
      workflowReader,
      path,
      `env: { M: acme/base-7b }\n${flow('- run: |', '    hf download ${{ env.M }}', '- run: "x \\"y\\"; vllm serve acme/b"', "- run: 'python -c ''A.from_pretrained(1)'''", '- run: >', '    ollama pull', '    llama3.1')}`,
    ));
});
