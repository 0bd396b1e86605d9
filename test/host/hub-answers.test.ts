import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAnswers } from '../../server/src/host/hub-answers.ts';
import type { HubReply } from '../../server/src/host/hub-client.ts';
import { hubSettings } from '../../server/src/host/hub-settings.ts';
import { limits } from '../../server/src/text/limits.ts';

const reply: HubReply = { kind: 'found', id: 'brook/new', commit: null, date: null, gated: false, card: 'card', licence: null };

describe('answers of the hub on disk', () => {
  let folder = '';
  let now = 1_000_000;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pedigree-answers-'));
    now = 1_000_000;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = () => openAnswers(folder, () => now);
  const fileOf = (): string => join(folder, 'hub', readdirSync(join(folder, 'hub'))[0] ?? '');

  it('hold for their time, for their own question', () => {
    open().put('key', reply, 500);
    assert.deepEqual(open().get('key'), reply);
    assert.equal(open().get('other'), undefined);
    now += 500;
    assert.equal(open().get('key'), undefined);
  });
  it('do not hold for ever when the clock is set back', () => {
    open().put('key', reply, limits.hubCommitHolds);
    now -= 1000;
    assert.equal(open().get('key'), undefined);
  });
  it('are for their owner alone', function () {
    if (process.platform === 'win32') this.skip();
    open().put('key', reply, 500);
    assert.deepEqual([statSync(join(folder, 'hub')).mode & 0o777, statSync(fileOf()).mode & 0o777], [0o700, 0o600]);
  });
  it('are asked for again where the file is something else', () => {
    const answers = open();
    answers.put('key', reply, 500);
    const whole = readFileSync(fileOf(), 'utf8');
    const damaged = [
      '',
      '{',
      'null',
      '[]',
      '7',
      whole.slice(0, -5),
      whole.replace('"shape":1', '"shape":0'),
      whole.replace('"found"', '"lost"'),
      whole.replace('"card"', '{}'),
    ];
    for (const text of damaged) {
      writeFileSync(fileOf(), text);
      assert.equal(answers.get('key'), undefined, text);
    }
  });
  it('are not kept where nothing can be written, and nobody is told', () => {
    writeFileSync(join(folder, 'hub'), '');
    open().put('key', reply, 500);
    assert.equal(open().get('key'), undefined);
  });
});

describe('the settings of the hub', () => {
  const of = (environment: NodeJS.ProcessEnv): unknown => {
    const opened = hubSettings(environment);
    return typeof opened === 'string' ? opened : [opened.settings.endpoint, opened.settings.token, opened.settings.timeout, ...opened.notes];
  };
  const cases: readonly (readonly [NodeJS.ProcessEnv, unknown])[] = [
    [{}, ['https://huggingface.co', null, 10_000]],
    [{ HF_ENDPOINT: 'https://mirror.example/hub/', HF_TOKEN: ' hf_x\n' }, ['https://mirror.example/hub', 'hf_x', 10_000]],
    [{ HF_ENDPOINT: 'http://127.0.0.1:8080', HF_TOKEN: 'hf_x' }, ['http://127.0.0.1:8080', 'hf_x', 10_000]],
    [
      { HF_ENDPOINT: 'http://mirror.example', HF_TOKEN: 'hf_x' },
      ['http://mirror.example', null, 10_000, 'HF_TOKEN is not used: the line to HF_ENDPOINT is not encrypted'],
    ],
    [{ HF_TOKEN: 'hf x\r\ny' }, ['https://huggingface.co', null, 10_000, 'HF_TOKEN is not used: it holds what no token holds']],
    [{ HF_HUB_DOWNLOAD_TIMEOUT: '2' }, ['https://huggingface.co', null, 2000]],
    [{ HF_HUB_DOWNLOAD_TIMEOUT: 'soon' }, ['https://huggingface.co', null, 10_000]],
    [{ HF_HUB_OFFLINE: '1' }, 'HF_HUB_OFFLINE is set'],
    [{ HF_ENDPOINT: 'mirror' }, 'HF_ENDPOINT is no address'],
    [{ HF_ENDPOINT: 'file:///x' }, 'HF_ENDPOINT is no address of the web'],
    [{ HF_ENDPOINT: 'https://me:pw@mirror.example' }, 'HF_ENDPOINT holds a password: HF_TOKEN is the place for secrets'],
    [{ HF_ENDPOINT: 'https://mirror.example/?x' }, 'HF_ENDPOINT has more than a host and a path'],
  ];
  for (const [environment, expected] of cases) it(JSON.stringify(environment), () => assert.deepEqual(of(environment), expected));
});
