import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createResolver } from '../../server/src/host/resolve.ts';
import type { Asked, Resolver } from '../../server/src/host/resolve.ts';
import type { Ask } from '../../server/src/lineage/asks.ts';
import { limits } from '../../server/src/text/limits.ts';
import { cacheWork } from '../support/hub-cache.ts';
import { startHub } from '../support/hub.ts';
import type { Handler, TestHub, TestWork } from '../support/hub.ts';
import { testKnowledge } from '../support/knowledge.ts';

const sha = 'a'.repeat(40);
const pinned = 'b'.repeat(40);
const never = (): boolean => false;

const ask = (id: string, more: Partial<Ask> = {}): Ask => ({
  work: `pkg:huggingface/${id}`,
  type: 'model',
  id,
  names: [],
  revision: null,
  needs: { terms: true, commit: false, date: false },
  ...more,
});
const card = (...lines: readonly string[]): string => `---\n${lines.join('\n')}\n---\n`;
const free: TestWork = { sha, cardData: { license: 'mit' } };

describe('the resolver', () => {
  const hubs: TestHub[] = [];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pedigree-resolve-'));
  });
  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const cache = (): string => join(folder, 'hub-cache');
  const start = async (works: Readonly<Record<string, TestWork>>, before?: Handler): Promise<TestHub> => {
    const hub = await startHub(works, before);
    hubs.push(hub);
    return hub;
  };
  const resolver = (asked: Partial<Asked>, hub?: TestHub, more: NodeJS.ProcessEnv = {}): Resolver =>
    createResolver({
      cache: false,
      hub: false,
      ...asked,
      knowledge: testKnowledge(),
      environment: { HF_HUB_CACHE: cache(), HF_ENDPOINT: hub?.endpoint, PEDIGREE_CACHE: join(folder, 'answers'), HF_HUB_DOWNLOAD_TIMEOUT: '0.3', ...more },
    });
  const run = async (made: Resolver, ...asks: readonly Ask[]): Promise<readonly string[]> => {
    await made.answer(asks, never);
    return made
      .resolutions()
      .map(({ work, by, state, terms, relations }) =>
        [
          work.replace('pkg:huggingface/', ''),
          by,
          state,
          ...terms.map((entry) => `${entry.licences.join('+') || entry.stated} (${entry.scope})`),
          ...relations.map(({ to, type }) => `${type} ${to.replace('pkg:huggingface/', '')}`),
        ].join(' '),
      );
  };
  const reasons = (made: Resolver): readonly string[] => made.skipped().map(({ reason }) => reason);

  describe('reads the cache', () => {
    it('as the readers of a tree do', async () => {
      cacheWork(
        cache(),
        'models--brook--new',
        { [sha]: { 'README.md': card('license: mit', 'base_model: acme-lab/base', 'datasets: [acme-lab/data]') } },
        { main: sha },
      );
      cacheWork(cache(), 'datasets--brook--data', { [sha]: { 'README.md': card('license: cc-by-4.0', 'source_datasets: [acme-lab/data]') } }, { main: sha });
      const made = resolver({ cache: true });
      assert.deepEqual(
        await run(made, ask('brook/new'), ask('brook/none'), ask('brook/data', { work: 'pkg:huggingface/datasets/brook/data', type: 'dataset' })),
        [
          'brook/new cache found MIT (weights) finetune acme-lab/base trainedOn datasets/acme-lab/data',
          'datasets/brook/data cache found CC-BY-4.0 (data) copiedFrom datasets/acme-lab/data',
        ],
      );
      assert.deepEqual([made.resolutions()[0]?.commit, made.resolutions()[0]?.source], [sha, `local hub cache: brook/new@${sha}`]);
    });
    it('with what an adapter and a configuration say where the card does not', async () => {
      const config = '{"model_type":"x","_name_or_path":"acme-lab/base"}';
      cacheWork(cache(), 'models--brook--tuned', { [sha]: { 'config.json': config } }, { main: sha });
      cacheWork(cache(), 'models--brook--own', { [sha]: { 'config.json': config.replace('acme-lab/base', 'elsewhere/own') } }, { main: sha });
      cacheWork(
        cache(),
        'models--brook--lora',
        { [sha]: { 'config.json': config, 'adapter_config.json': '{"base_model_name_or_path":"acme-lab/root"}' } },
        { main: sha },
      );
      assert.deepEqual(await run(resolver({ cache: true }), ask('brook/tuned'), ask('brook/own'), ask('brook/lora')), [
        'brook/lora cache found adapter acme-lab/root',
        'brook/own cache found',
        'brook/tuned cache found finetune acme-lab/base',
      ]);
    });
    it('and says what it could not', async () => {
      cacheWork(cache(), 'models--brook--new', { [sha]: { 'README.md': 'x'.repeat(limits.snapshotFileBytes + 1) } }, { main: sha });
      const made = resolver({ cache: true });
      await run(made, ask('brook/new'));
      assert.deepEqual(reasons(made), ['hub cache: brook/new: README.md larger than 1000 kB']);
    });
    it('and that more files of licences lie there than are read', async () => {
      const terms = (count: number): Record<string, string> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`LICENSE-${at}`, 'Terms']));
      cacheWork(cache(), 'models--brook--many', { [sha]: terms(limits.snapshotLicences) }, { main: sha });
      cacheWork(cache(), 'models--brook--more', { [sha]: terms(limits.snapshotLicences + 1) }, { main: sha });
      const made = resolver({ cache: true });
      await run(made, ask('brook/many'), ask('brook/more'));
      assert.deepEqual(reasons(made), [`hub cache: brook/more: more than ${limits.snapshotLicences} files of licences`]);
    });
    it('of whatever bytes', async () => {
      const odd = [
        '',
        '---',
        '---\n',
        '---\nlicense: [\n---\n',
        `---\n${'['.repeat(5000)}\n---\n`,
        '\u0000\u0001',
        '---\nlicense: {a: {b: c}}\nbase_model: {x: 1}\n---\n',
      ];
      for (const [at, text] of odd.entries())
        cacheWork(
          cache(),
          `models--brook--new-${at}`,
          { [sha]: { 'README.md': text, 'config.json': text, 'adapter_config.json': text, LICENSE: text } },
          { main: sha },
        );
      const made = resolver({ cache: true });
      await run(made, ...odd.map((_, at) => ask(`brook/new-${at}`)));
      assert.equal(made.resolutions().length, odd.length);
    });
  });

  describe('asks the hub', () => {
    it('for what nothing knows, and for nothing else', async () => {
      const hub = await start({ 'brook/new': free });
      const made = resolver({ hub: true }, hub);
      const known = ask('brook/known', { needs: { terms: false, commit: false, date: false } });
      assert.deepEqual(await run(made, ask('brook/new'), known), ['brook/new hub found MIT (weights)']);
      assert.deepEqual(
        hub.requests.map(({ path }) => path),
        ['/api/models/brook/new'],
      );
    });
    it('for nothing that the cache answers', async () => {
      cacheWork(cache(), 'models--brook--new', { [sha]: { 'README.md': card('license: mit') } }, { main: sha });
      cacheWork(cache(), 'models--brook--vague', { [sha]: { 'README.md': card('license: other') } }, { main: sha });
      const hub = await start({ 'brook/new': free, 'brook/vague': free });
      const commit = ask('brook/new', { needs: { terms: true, commit: true, date: false } });
      assert.deepEqual(await run(resolver({ cache: true, hub: true }, hub), commit, ask('brook/vague')), [
        'brook/new cache found MIT (weights)',
        'brook/vague cache found other (weights)',
        'brook/vague hub found MIT (weights)',
      ]);
      assert.equal(hub.requests.length, 1);
    });
    it('for the day of a commit, which no cache knows', async () => {
      cacheWork(cache(), 'models--brook--new', { [pinned]: { 'README.md': card('license: mit') } });
      const hub = await start({ 'brook/new': { sha, revisions: { [pinned]: { sha: pinned, date: '2024-05-06' } } } });
      const made = resolver({ cache: true, hub: true }, hub);
      await run(made, ask('brook/new', { revision: pinned, needs: { terms: false, commit: false, date: true } }));
      assert.deepEqual(
        made.resolutions().map(({ by, date }) => [by, date]),
        [
          ['cache', null],
          ['hub', '2024-05-06'],
        ],
      );
    });
    it('once: neither a second time, nor the next audit', async () => {
      const hub = await start({ 'brook/new': free });
      const made = resolver({ hub: true }, hub);
      await run(made, ask('brook/new'), ask('brook/none'));
      assert.ok(made.isAnswered(ask('brook/new')) && made.isAnswered(ask('brook/none')));
      made.forget();
      assert.ok(!made.isAnswered(ask('brook/new')));
      await run(made, ask('brook/new'), ask('brook/none'));
      assert.deepEqual(await run(resolver({ hub: true }, hub), ask('brook/new'), ask('brook/none')), [
        'brook/new hub found MIT (weights)',
        'brook/none hub absent',
      ]);
      assert.equal(hub.requests.length, 2);
    });
    it('anew with a token, and keeps no refusal of one account for the next', async () => {
      const hub = await start({ 'brook/new': free });
      await run(resolver({ hub: true }, hub), ask('brook/new'));
      await run(resolver({ hub: true }, hub, { HF_TOKEN: 'hf_x' }), ask('brook/new'), ask('brook/none'));
      await run(resolver({ hub: true }, hub, { HF_TOKEN: 'hf_y' }), ask('brook/new'), ask('brook/none'));
      assert.deepEqual(hub.requests.map(({ path, token }) => `${path.split('/').at(-1)} ${token}`).toSorted(), [
        'new Bearer hf_x',
        'new null',
        'none Bearer hf_x',
        'none Bearer hf_y',
      ]);
    });
    it('in any order, with one outcome', async () => {
      const works = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`brook/new-${String(at).padStart(2, '0')}`, free]));
      const hub = await start(works);
      const asks = Object.keys(works).map((id) => ask(id));
      const one = await run(resolver({ hub: true }, hub), ...asks);
      assert.deepEqual(await run(resolver({ hub: true }, hub), ...asks.toReversed()), one);
      assert.equal(one.length, 12);
    });
    it('under no id that would be another address', async () => {
      const hub = await start({});
      const made = resolver({ hub: true }, hub);
      assert.deepEqual(await run(made, ask('../x'), ask('a/b/c'), ask('a?b/c'), ask('..'), ask('')), []);
      assert.equal(hub.requests.length, 0);
    });
  });

  describe('leaves the hub alone', () => {
    it('when it fails again and again', async () => {
      const hub = await start({}, (_request, response) => {
        response.writeHead(503).end();
        return true;
      });
      const made = resolver({ hub: true }, hub);
      await run(made, ...Array.from({ length: 20 }, (_, at) => ask(`brook/new-${at}`)));
      assert.ok(hub.requests.length < limits.hubFailures + limits.hubParallel, String(hub.requests.length));
      assert.ok(reasons(made).includes('hub: left alone after it failed'));
      assert.ok(reasons(made).some((reason) => /^hub: brook\/new-\d+: answered 503$/.test(reason)));
      assert.ok(!existsSync(join(folder, 'answers', 'hub')));
    });
    it('when it says that it was asked too much', async () => {
      const hub = await start({}, (_request, response) => {
        response.writeHead(429).end();
        return true;
      });
      const made = resolver({ hub: true }, hub);
      await run(made, ...Array.from({ length: 20 }, (_, at) => ask(`brook/new-${at}`)));
      assert.ok(hub.requests.length <= limits.hubParallel);
    });
    it('when too many works are asked for', async () => {
      const hub = await start({});
      const made = resolver({ hub: true }, hub);
      await run(made, ...Array.from({ length: limits.hubAsks + 5 }, (_, at) => ask(`brook/new-${at}`)));
      assert.equal(hub.requests.length, limits.hubAsks);
      assert.deepEqual(reasons(made), [`hub: left alone after ${limits.hubAsks} works`]);
    }).timeout(20_000);
    it('when the user is offline, or says where it is in a way that leads nowhere', async () => {
      for (const environment of [{ HF_HUB_OFFLINE: '1' }, { HF_ENDPOINT: 'nowhere' }]) {
        const made = resolver({ hub: true }, undefined, environment);
        assert.deepEqual(await run(made, ask('brook/new')), []);
        assert.match(reasons(made).join(), /^hub: not asked: HF_/);
      }
    });
    it('when it is slow, and says so', async () => {
      const hub = await start({}, () => true);
      const made = resolver({ hub: true }, hub);
      await run(made, ask('brook/new'));
      assert.deepEqual(reasons(made), ['hub: brook/new: no answer within 0.3 s']);
    });
    it('when somebody cancels', async () => {
      const hub = await start({}, () => true);
      const made = resolver({ hub: true }, hub, { HF_HUB_DOWNLOAD_TIMEOUT: '30' });
      const begun = performance.now();
      await made.answer([ask('brook/new'), ask('brook/other')], () => performance.now() - begun > 50);
      assert.ok(performance.now() - begun < 5000);
      assert.deepEqual([made.resolutions(), made.isAnswered(ask('brook/new')), reasons(made)], [[], false, []]);
    });
  });
});
