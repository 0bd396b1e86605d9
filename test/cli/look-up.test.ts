import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigreeBeside } from '../support/cli.ts';
import type { Run } from '../support/cli.ts';
import { cacheWork } from '../support/hub-cache.ts';
import { startHub } from '../support/hub.ts';
import type { Handler, TestHub, TestWork } from '../support/hub.ts';

const sha = 'a'.repeat(40);
const secret = 'hf_secretsecretsecret';
const load = '--- a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("brook/new")\n';
const tuned = '--- README.md\n---\nlicense: mit\nbase_model: brook/tuned\n---\n';

describe('--cache and --hub', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const hubs: TestHub[] = [];
  let folder = '';
  let nowhere = '';
  before(async () => {
    const hub = await startHub({});
    await hub.stop();
    nowhere = hub.endpoint;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pedigree-look-up-'));
    roots.push(folder);
  });
  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.stop();
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });
  const make = (text: string): string => {
    const root = layOut(text);
    roots.push(root);
    return root;
  };
  const start = async (works: Readonly<Record<string, TestWork>>, before?: Handler): Promise<TestHub> => {
    const hub = await startHub(works, before);
    hubs.push(hub);
    return hub;
  };
  const run = (words: readonly string[], hub?: TestHub, more: NodeJS.ProcessEnv = {}): Promise<Run> =>
    pedigreeBeside(words, {
      HF_HOME: join(folder, 'home'),
      HF_HUB_CACHE: '',
      HUGGINGFACE_HUB_CACHE: '',
      HF_HUB_OFFLINE: '',
      HF_TOKEN: '',
      // Nothing but what a test starts is ever asked.
      HF_ENDPOINT: hub?.endpoint ?? nowhere,
      PEDIGREE_CACHE: join(folder, 'answers'),
      ...more,
    });
  const audit = async (text: string, options: readonly string[], hub?: TestHub, more?: NodeJS.ProcessEnv): Promise<Report> => {
    const { out, err } = await run(['audit', make(text), '--format', 'json', '--fail-on', 'never', ...options], hub, more);
    assert.equal(err, '');
    return JSON.parse(out) as Report;
  };
  const cached = (id: string, files: Readonly<Record<string, string>>): void =>
    cacheWork(join(folder, 'home', 'hub'), `models--${id.replace('/', '--')}`, { [sha]: files }, { main: sha });

  it('are off unless they are asked for', async () => {
    cached('brook/new', { 'README.md': '---\nlicense: cc-by-nc-4.0\n---\n' });
    const hub = await start({ 'brook/new': { sha, cardData: { license: 'cc-by-nc-4.0' } } });
    const report = await audit(load, [], hub);
    assert.deepEqual([report.inputs.cache, report.inputs.hub, report.summary.works, hub.requests.length], [false, false, { known: 0, unknown: 1 }, 0]);
  });
  it('--cache reads what lies on this machine, and asks nobody', async () => {
    cached('brook/new', { 'README.md': '---\nlicense: cc-by-nc-4.0\n---\n' });
    const hub = await start({});
    const report = await audit(load, ['--cache'], hub);
    assert.deepEqual([report.inputs.cache, report.inputs.hub, report.summary.complete, hub.requests.length], [true, false, true, 0]);
    const row = report.works.find((work) => work.id.endsWith('brook/new'));
    assert.deepEqual([row?.licence, row?.evidence, row?.source], ['CC-BY-NC-4.0', 'cache', `local hub cache: brook/new@${sha}`]);
    assert.ok(report.findings.some((finding) => finding.ruleId === 'noncommercial-weights' && finding.evidence === 'cache'));
    const pin = report.findings.find((finding) => finding.ruleId === 'unpinned-revision')?.fixes[0];
    assert.deepEqual([pin?.title, pin?.safe, pin?.edits[0]?.text], ['Pin to aaaaaaaaaaaa, as in the local cache', false, `, revision="${sha}"`]);
  });
  it('--hub follows the bases of cards to terms that reach this repository', async () => {
    const hub = await start({
      'brook/tuned': { sha, cardData: { license: 'apache-2.0', base_model: 'brook/middle', library_name: 'peft' } },
      'brook/middle': { sha, gated: 'auto', cardData: { license: 'other', license_name: 'house', base_model: ['meta-llama/Llama-3.1-8B'] } },
    });
    const report = await audit(tuned, ['--hub'], hub);
    assert.deepEqual([report.inputs.hub, report.summary.complete], [true, true]);
    const laundering = report.findings.find((finding) => finding.ruleId === 'licence-laundering');
    assert.equal(laundering?.severity, 'error');
    assert.match(laundering.message, /adapter|fine-tune of brook\/tuned/);
    assert.ok(
      report.relations.some(({ from, to, type, path }) => from.endsWith('brook/tuned') && to.endsWith('brook/middle') && type === 'adapter' && path === null),
    );
    assert.deepEqual(
      hub.requests.map(({ path }) => path.split('/').slice(-2).join('/')),
      ['brook/tuned', 'brook/middle', `${sha}/LICENSE`],
    );
  });
  it('--hub knows a renamed work as one', async () => {
    const hub = await start({ 'brook/after': { sha, cardData: { license: 'mit' } } }, (request, response) => {
      if (request.url?.startsWith('/api/models/brook/new') !== true) return false;
      response.writeHead(307, { location: request.url.replace('brook/new', 'brook/after') }).end();
      return true;
    });
    const report = await audit(`${load}${load.replace('a.py', 'b.py').replace('brook/new', 'brook/after')}`, ['--hub'], hub);
    assert.deepEqual(
      report.works.filter((work) => work.id.includes('brook/')).map((work) => [work.id, work.licence]),
      [['pkg:huggingface/brook/after', 'MIT']],
    );
  });
  it('--hub tells the day of a pinned commit, which decides among dated terms', async () => {
    const hub = await start({ '01-ai/Yi-34B-Chat': { sha: 'b'.repeat(40), revisions: { [sha]: { sha, date: '2024-01-05' } } } });
    const text = load.replace('"brook/new"', `"01-ai/Yi-34B-Chat", revision="${sha}"`);
    const licence = (report: Report): string | null | undefined => report.works.find((work) => work.id.endsWith('Yi-34B-Chat'))?.licence;
    assert.equal(licence(await audit(text, [])), 'Apache-2.0');
    const report = await audit(text, ['--hub'], hub);
    assert.equal(licence(report), 'LicenseRef-yi-series-community-2.1');
    assert.match(
      report.findings.find((finding) => finding.ruleId === 'restricted-weights')?.message ?? '',
      /as they were on 2024-01-05, the day of the pinned commit/,
    );
  });
  it('--hub says what could not be had, and ends as ever', async () => {
    const hub = await start({ 'brook/fine': { sha, cardData: { license: 'mit' } } }, (request, response) => {
      const path = request.url ?? '';
      if (path.includes('brook/new')) response.writeHead(401).end();
      else if (path.includes('brook/broken')) response.end('{');
      else return false;
      return true;
    });
    const ids = ['brook/new', 'brook/broken', 'brook/none', 'brook/fine'];
    const text = ids.map((id, at) => load.replace('a.py', `${at}.py`).replace('brook/new', id)).join('');
    const report = await audit(text, ['--hub'], hub);
    assert.deepEqual(report.skipped, [{ path: '.', reason: 'hub: brook/broken: an answer that is no JSON' }]);
    assert.equal(report.summary.complete, false);
    const said = report.findings.filter((finding) => finding.ruleId === 'unknown-terms').map((finding) => finding.message.slice(0, 32));
    assert.deepEqual(said, ['The hub shows brook/new to its m', 'Nothing known states the terms o', 'The hub knows no brook/none, so ']);
    assert.equal((await run(['audit', make(text), '--hub', '--require-complete', '--fail-on', 'never'], hub)).code, 3);
  });
  it('--hub survives that nobody is there', async () => {
    const report = await audit(load, ['--hub']);
    assert.deepEqual(report.skipped, [{ path: '.', reason: 'hub: brook/new: not reached: ECONNREFUSED' }]);
  });
  it('--hub waits no longer than it is told to', async () => {
    const hub = await start({}, () => true);
    const report = await audit(load, ['--hub'], hub, { HF_HUB_DOWNLOAD_TIMEOUT: '0.5' });
    assert.deepEqual(report.skipped, [{ path: '.', reason: 'hub: brook/new: no answer within 0.5 s' }]);
  });
  it('--hub asks the second time only what it has to', async () => {
    const hub = await start({ 'brook/new': { sha, cardData: { license: 'mit' } } });
    const one = await audit(load, ['--hub'], hub);
    assert.deepEqual(await audit(load, ['--hub'], hub), one);
    assert.equal(hub.requests.length, 1);
  });
  it('--hub prints its token nowhere, and keeps it nowhere', async () => {
    const hub = await start({ 'brook/new': { sha, cardData: { license: 'mit' } } });
    const root = make(load);
    const runs = [
      await run(['audit', root, '--hub'], hub, { HF_TOKEN: secret }),
      await run(['audit', root, '--hub', '--format', 'json'], hub, { HF_TOKEN: `${secret}\u0007` }),
      await run(['explain', 'brook/new', '--hub'], hub, { HF_TOKEN: secret }),
      await run(['audit', root, '--hub'], undefined, { HF_TOKEN: secret }),
    ];
    assert.equal(hub.requests[0]?.token, `Bearer ${secret}`);
    for (const { out, err } of runs) assert.ok(!`${out}${err}`.includes(secret));
    for (const name of readdirSync(join(folder, 'answers', 'hub'))) assert.ok(!readFileSync(join(folder, 'answers', 'hub', name), 'utf8').includes(secret));
  });
  it('are told in the text of a report', async () => {
    const hub = await start({});
    const last = async (...options: readonly string[]): Promise<string> =>
      (await run(['audit', make(load), ...options], hub)).out.trim().split('\n').at(-2) ?? '';
    assert.match(await last(), /cache and hub not asked$/);
    assert.match(await last('--cache'), /cache asked, hub not asked$/);
    assert.match(await last('--cache', '--hub'), /cache and hub asked$/);
  });

  describe('explain', () => {
    it('tells what lies in the cache and what the hub says', async () => {
      cached('brook/new', { 'README.md': '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n' });
      const hub = await start({ 'brook/new': { sha: 'b'.repeat(40), date: '2026-02-03', gated: 'manual', cardData: { license: 'apache-2.0' } } });
      const { code, out } = await run(['explain', 'brook/new', '--cache', '--hub'], hub);
      assert.equal(code, 0);
      assert.match(out, /In the cache\s+a{40}/);
      assert.match(out, /MIT License \(MIT\); evidence: its card in the local hub cache/);
      assert.match(out, /Base\s+fine-tune of meta-llama\/Llama-3\.1-8B/);
      assert.match(out, /On the hub\s+b{40}, of 2026-02-03/);
      assert.match(out, /Access\s+given out to those who agree/);
    });
    it('adds to what the catalogue knows, at a revision', async () => {
      const hub = await start({ 'meta-llama/Llama-3.1-8B': { sha, revisions: { v1: { sha, files: { 'README.md': '---\nlicense: llama3.1\n---\n' } } } } });
      const { out } = await run(['explain', 'pkg:huggingface/meta-llama/Llama-3.1-8B@v1', '--hub'], hub);
      assert.match(out, /On the hub\s+v1, a{40}/);
      assert.match(out, /700 million|monthly/);
    });
    it('finds a data set under an id alone', async () => {
      const hub = await start({ 'datasets/brook/data': { sha, cardData: { license: 'cc-by-4.0' } } });
      const { code, out } = await run(['explain', 'brook/data', '--hub', '--format', 'json'], hub);
      assert.deepEqual([code, (JSON.parse(out) as { kind: string }).kind], [0, 'dataset']);
    });
    it('says what is not there', async () => {
      const hub = await start({});
      const { code, err } = await run(['explain', 'brook/none', '--hub'], hub);
      assert.equal(code, 2);
      assert.match(err, /nothing is known here of "brook\/none"\. The hub knows no such work\./);
      assert.match((await run(['explain', 'brook/none', '--hub'])).err, /^pedigree explain: hub: brook\/none: not reached: ECONNREFUSED$/m);
    });
  });
});
