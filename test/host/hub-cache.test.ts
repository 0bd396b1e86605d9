import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lutimesSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubCacheFolder, openHubCache } from '../../server/src/host/hub-cache.ts';
import type { CachedWork } from '../../server/src/host/hub-cache.ts';
import { cacheWork } from '../support/hub-cache.ts';

const a = `aaaaaaa1${'0'.repeat(32)}`;
const b = `bbbbbbb2${'0'.repeat(32)}`;

describe('the folder of the hub cache', () => {
  const cases: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
    [{}, join(homedir(), '.cache', 'huggingface', 'hub')],
    [{ XDG_CACHE_HOME: '/x' }, '/x/huggingface/hub'],
    [{ HF_HOME: '/h', XDG_CACHE_HOME: '/x' }, '/h/hub'],
    [{ HUGGINGFACE_HUB_CACHE: '/old', HF_HOME: '/h' }, '/old'],
    [{ HF_HUB_CACHE: '/new', HUGGINGFACE_HUB_CACHE: '/old', HF_HOME: '/h' }, '/new'],
    [{ HF_HUB_CACHE: '', HF_HOME: '~/h', HOME: '/home/me' }, '/home/me/h/hub'],
    [{ HF_HOME: '$SCRATCH/${USER}/h', SCRATCH: '/s', USER: 'me' }, '/s/me/h/hub'],
  ];
  for (const [environment, folder] of cases)
    it(JSON.stringify(environment), function () {
      if (process.platform === 'win32') this.skip();
      assert.equal(hubCacheFolder(environment), folder);
    });
});

describe('the hub cache', () => {
  let cache = '';
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'pedigree-cache-'));
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));
  const find = (id: string, revision: string | null = null, names: readonly string[] = [], type: 'model' | 'dataset' = 'model'): CachedWork | undefined =>
    openHubCache(cache).find(type, [id, ...names], revision);
  const shown = (found: CachedWork | undefined): readonly unknown[] => [found?.commit, found?.read, found?.files.card];

  it('gives the card of the commit that the branch stood for', () => {
    cacheWork(cache, 'models--brook--new', { [a]: { 'README.md': 'old' }, [b]: { 'README.md': 'now' } }, { main: b, v1: a, 'pr/7': a });
    assert.deepEqual(shown(find('brook/new')), [b, b, 'now']);
    assert.deepEqual(shown(find('brook/new', 'main')), [b, b, 'now']);
    assert.deepEqual(shown(find('brook/new', 'v1')), [a, a, 'old']);
    assert.deepEqual(shown(find('brook/new', 'pr/7')), [a, a, 'old']);
    assert.deepEqual(shown(find('brook/new', 'v2')), [undefined, undefined, undefined]);
  });
  it('gives that of a pinned commit, whole or short', () => {
    cacheWork(cache, 'models--brook--new', { [a]: { 'README.md': 'old' }, [b]: { 'README.md': 'now' } }, { main: b });
    assert.deepEqual(shown(find('brook/new', a)), [a, a, 'old']);
    assert.deepEqual(shown(find('brook/new', 'aaaaaaa')), [a, a, 'old']);
    assert.equal(find('brook/new', 'c'.repeat(40)), undefined);
  });
  it('reads the only snapshot where no branch is noted, and tells no commit to pin to', () => {
    cacheWork(cache, 'models--brook--new', { [a]: { 'README.md': 'x' } });
    assert.deepEqual(shown(find('brook/new')), [null, a, 'x']);
    cacheWork(cache, 'models--brook--new', { [b]: { 'README.md': 'y' } });
    assert.equal(find('brook/new'), undefined);
  });
  it('knows the commit of a branch whose files are gone', () => {
    cacheWork(cache, 'models--brook--new', {}, { main: a });
    assert.deepEqual(shown(find('brook/new')), [a, null, null]);
  });
  it('finds data sets, older ids and other capitals', () => {
    cacheWork(cache, 'datasets--brook--data', { [a]: { 'README.md': 'data' } }, { main: a });
    cacheWork(cache, 'datasets--words', { [a]: { 'README.md': 'words' } }, { main: a });
    cacheWork(cache, 'models--Brook--Before', { [a]: { 'README.md': 'before' } }, { main: a });
    assert.equal(find('brook/data', null, [], 'dataset')?.files.card, 'data');
    assert.equal(find('words', null, [], 'dataset')?.files.card, 'words');
    assert.equal(find('brook/data'), undefined);
    assert.equal(find('brook/after', null, ['brook/before'])?.files.card, 'before');
  });
  it('reads configurations and licence texts beside the card', () => {
    cacheWork(
      cache,
      'models--brook--new',
      { [a]: { 'README.md': 'x', 'config.json': '{}', 'adapter_config.json': '[]', LICENSE: 'text', 'LICENSE.py': 'no', 'sub/LICENSE': 'no' } },
      { main: a },
    );
    const files = find('brook/new')?.files;
    assert.deepEqual([files?.config, files?.adapter, files?.licences], ['{}', '[]', [{ name: 'LICENSE', text: 'text' }]]);
  });
  it('knows since when a commit has lain here', () => {
    cacheWork(cache, 'models--brook--new', { [a]: { 'README.md': 'x' } }, { main: a });
    const at = (day: string): string | null | undefined => {
      const time = new Date(day);
      lutimesSync(join(cache, 'models--brook--new', 'snapshots', a, 'README.md'), time, time);
      return find('brook/new')?.before;
    };
    assert.equal(at('2024-03-05'), '2024-03-05');
    // Set by an archive or an image, which know of no such time.
    assert.equal(at('1970-01-01'), null);
  });
  it('reads nothing outside itself, whatever links and names say', () => {
    writeFileSync(join(cache, '..', `outside-${process.pid}.md`), 'secret');
    try {
      const root = join(cache, 'models--brook--new');
      mkdirSync(join(root, 'snapshots', a), { recursive: true });
      mkdirSync(join(root, 'refs'));
      writeFileSync(join(root, 'refs', 'main'), a);
      symlinkSync(join(cache, '..', `outside-${process.pid}.md`), join(root, 'snapshots', a, 'README.md'));
      const found = find('brook/new');
      assert.deepEqual([found?.files.card, found?.problems], [null, ['README.md leads out of the folder']]);
      writeFileSync(join(root, 'refs', 'main'), `../../../../outside-${process.pid}`);
      for (const revision of ['../../main', '..', '.', 'a/../b', '/etc/passwd', 'x'.repeat(5000), '', '\0'])
        assert.equal(find('brook/new', revision), undefined);
    } finally {
      rmSync(join(cache, '..', `outside-${process.pid}.md`));
    }
  });
  it('says what it could not read', () => {
    cacheWork(cache, 'models--brook--new', { [a]: { 'README.md': 'x'.repeat(1_000_001) } }, { main: a });
    assert.deepEqual(find('brook/new')?.problems, ['README.md larger than 1000 kB']);
  });
  it('hangs at no pipe and needs no folder', function () {
    if (process.platform === 'win32') this.skip();
    cacheWork(cache, 'models--brook--new', { [a]: {} }, { main: a });
    execFileSync('mkfifo', [join(cache, 'models--brook--new', 'snapshots', a, 'README.md')]);
    assert.deepEqual(find('brook/new')?.problems, ['README.md is no regular file']);
    assert.equal(openHubCache(join(cache, 'none')).find('model', ['brook/new'], null), undefined);
  });
});
