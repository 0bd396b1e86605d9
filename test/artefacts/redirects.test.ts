import assert from 'node:assert/strict';
import { redirectsReader } from '../../server/src/artefacts/redirects.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const shown = (text: string): readonly string[] => shownBy(redirectsReader, 'README.md', text);

describe('redirects', () => {
  for (const path of ['README.md', 'run.sh', '.env.example', 'compose.yml', 'Dockerfile', 'a/gen.py'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(redirectsReader, path)));
  it('leaves data alone', () => assert.ok(!matchesPath(redirectsReader, 'a/rows.json')));

  for (const text of [
    'export OPENAI_BASE_URL="http://localhost:8000/v1/"',
    'OPENAI_API_BASE=http://127.0.0.1:8000/v1 python gen.py',
    'os.environ["OPENAI_API_BASE"] = "http://10.0.0.7/v1"',
    'OPENAI_BASE_URL: http://server:8000/v1',
    'export OPENAI_BASE_URL=https://api.deepseek.com',
    'export OPENAI_API_URL=http://localhost:8000/v1',
    'export OPENAI_ENDPOINT=http://localhost:8000/v1',
    'export OPENAI_HOST=http://localhost:8000',
  ])
    it(`sees ${text}`, () =>
      assert.deepEqual(
        shown(text).map((line) => line.split(' <- ')[0]),
        ['redirect openai'],
      ));
  for (const text of [
    'export OPENAI_BASE_URL=https://api.openai.com/v1',
    'export OPENAI_BASE_URL=https://proxy.example.org/v1',
    'export OPENAI_BASE_URL=${URL}',
    'export OLLAMA_HOST=http://localhost:11434',
    'The variable OPENAI_BASE_URL may be set.',
  ])
    it(`sees nothing in ${text}`, () => assert.deepEqual(shown(text), []));

  it('never throws, whatever the bytes, and ends soon', function () {
    this.timeout(20_000);
    fuzzText(redirectsReader, 'run.sh', 'export OPENAI_BASE_URL="http://localhost:8000/v1/"\nOPENAI_API_BASE: https://api.deepseek.com\n');
    assert.equal(readWith(redirectsReader, 'run.sh', 'OPENAI_BASE_URL=http://localhost\n'.repeat(20_000)).facts.length, 1);
  });
});
