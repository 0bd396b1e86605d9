import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { askWork } from '../../server/src/host/hub-client.ts';
import type { HubQuestion, HubReply, HubSettings } from '../../server/src/host/hub-client.ts';
import { limits } from '../../server/src/text/limits.ts';
import { startHub } from '../support/hub.ts';
import type { Handler, TestHub, TestWork } from '../support/hub.ts';

const sha = 'a'.repeat(40);
const older = 'b'.repeat(40);
const secret = 'hf_secretsecretsecret';

describe('the hub client', () => {
  const hubs: TestHub[] = [];
  const start = async (works: Readonly<Record<string, TestWork>>, before?: Handler): Promise<TestHub> => {
    const hub = await startHub(works, before);
    hubs.push(hub);
    return hub;
  };
  const ask = (
    hub: TestHub,
    question: Partial<HubQuestion> = {},
    settings: Partial<HubSettings> = {},
    cancel = new AbortController().signal,
  ): Promise<HubReply> =>
    askWork({ endpoint: hub.endpoint, token: null, timeout: 2000, ...settings }, { type: 'model', id: 'brook/new', revision: null, ...question }, cancel);
  const reasonOf = (reply: HubReply): string => (reply.kind === 'failed' ? reply.reason : reply.kind);
  const paths = (hub: TestHub): readonly string[] => hub.requests.map(({ path }) => path);
  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.stop();
  });

  it('needs one request for a work whose front matter the hub could read', async () => {
    const hub = await start({ 'brook/new': { sha, cardData: { license: 'mit', base_model: ['acme/x'], widget: [{ text: 'long' }] } } });
    assert.deepEqual(await ask(hub), {
      kind: 'found',
      id: 'brook/new',
      commit: sha,
      date: '2026-01-01',
      gated: false,
      card: '---\nlicense: "mit"\nbase_model: ["acme/x"]\n---\n',
      licence: null,
    });
    assert.deepEqual(paths(hub), ['/api/models/brook/new']);
  });
  it('reads the card itself where the hub could not, and for a revision', async () => {
    const card = '---\nlicense: [mit](x)\n---\n';
    const hub = await start({
      'brook/new': { sha, files: { 'README.md': card }, revisions: { v1: { sha: older, cardData: { license: 'mit' }, files: { 'README.md': 'old' } } } },
    });
    const now = await ask(hub);
    assert.equal(now.kind === 'found' && now.card, card);
    const then = await ask(hub, { revision: 'v1' });
    assert.deepEqual(then.kind === 'found' && [then.commit, then.card], [older, 'old']);
    assert.deepEqual(paths(hub).slice(2), ['/api/models/brook/new/revision/v1', `/brook/new/resolve/${older}/README.md`]);
  });
  it('asks data sets as such', async () => {
    const hub = await start({ 'datasets/brook/data': { sha, files: { 'README.md': 'data' } } });
    const reply = await ask(hub, { type: 'dataset', id: 'brook/data' });
    assert.equal(reply.kind === 'found' && reply.card, 'data');
    assert.deepEqual(paths(hub), ['/api/datasets/brook/data', `/datasets/brook/data/resolve/${sha}/README.md`]);
  });
  it('takes the licence text beside a card that says "other"', async () => {
    const other = (link?: string): TestWork => ({
      sha,
      cardData: { license: 'other', license_name: 'house', ...(link === undefined ? {} : { license_link: link }) },
      files: { LICENSE: 'text', 'terms/OWN.md': 'own', secret: 'no' },
    });
    const text = async (link?: string): Promise<unknown> => {
      const reply = await ask(await start({ 'brook/new': other(link) }));
      return reply.kind === 'found' ? reply.licence : reply;
    };
    assert.deepEqual(await text(), { name: 'LICENSE', text: 'text' });
    assert.deepEqual(await text('terms/OWN.md'), { name: 'terms/OWN.md', text: 'own' });
    assert.deepEqual(await text('../secret'), { name: 'LICENSE', text: 'text' });
    assert.deepEqual(await text('https://example.org/x'), { name: 'LICENSE', text: 'text' });
    assert.deepEqual(await text('nothing.md'), null);
  });
  it('tells a rename by the id that answers', async () => {
    const hub = await start({ 'brook/after': { sha, cardData: { license: 'mit' } } }, (request, response) => {
      if (request.url?.startsWith('/api/models/brook/before') !== true) return false;
      response.writeHead(307, { location: request.url.replace('before', 'after') });
      response.end();
      return true;
    });
    const reply = await ask(hub, { id: 'brook/before' });
    assert.equal(reply.kind === 'found' && reply.id, 'brook/after');
  });
  it('knows a gated card by what is public of it', async () => {
    const hub = await start({ 'brook/new': { sha, gated: 'manual', cardData: { license: 'gemma' }, files: { 'README.md': 'x' } } });
    const reply = await ask(hub, { revision: sha });
    assert.deepEqual(reply.kind === 'found' && [reply.gated, reply.card], [true, '---\nlicense: "gemma"\n---\n']);
  });
  it('tells what is not there from what is not for everybody, and from a revision that is not', async () => {
    const status = async (code: number): Promise<string> => {
      const hub = await start({}, (_request, response) => {
        response.writeHead(code);
        response.end('{}');
        return true;
      });
      return reasonOf(await ask(hub));
    };
    assert.deepEqual([await status(404), await status(401), await status(403), await status(451)], ['absent', 'refused', 'refused', 'refused']);
    assert.deepEqual([await status(400), await status(429), await status(503)], ['answered 400', 'answered 429', 'answered 503']);
    const hub = await start({ 'brook/new': { sha } });
    assert.deepEqual([reasonOf(await ask(hub, { revision: 'v9' })), reasonOf(await ask(hub, { id: 'brook/none', revision: 'v9' }))], ['unclear', 'absent']);
  });

  describe('and its token', () => {
    const works = { 'brook/new': { sha, cardData: { license: 'mit' } } };
    const to =
      (location: () => string, test: RegExp): Handler =>
      (request, response) => {
        if (!test.test(request.url ?? '')) return false;
        response.writeHead(302, { location: location() });
        response.end();
        return true;
      };
    it('goes with every request to the endpoint', async () => {
      const hub = await start(works);
      await ask(hub, {}, { token: secret });
      assert.deepEqual(
        hub.requests.map(({ token }) => token),
        [`Bearer ${secret}`],
      );
    });
    it('goes to no other host, nor back again', async () => {
      let home = '';
      const away = await start(
        works,
        to(() => `${home}/api/models/brook/new`, /[?]back/),
      );
      const hub = await start(
        works,
        to(() => `${away.endpoint}/api/models/brook/new?back`, /[?]expand/),
      );
      home = hub.endpoint;
      assert.equal((await ask(hub, {}, { token: secret })).kind, 'found');
      assert.deepEqual(
        [...hub.requests, ...away.requests].map(({ token }) => token),
        [`Bearer ${secret}`, null, null],
      );
    });
    it('stands in no reason', async () => {
      const hub = await start(works);
      const bad = await ask(hub, {}, { token: 'hf_\nsecret' });
      assert.equal(bad.kind, 'failed');
      assert.ok(!JSON.stringify(bad).includes('secret'));
    });
  });

  const hostile: readonly (readonly [string, (response: ServerResponse) => void, RegExp])[] = [
    ['no answer', () => undefined, /^no answer within 0.3 s$/],
    ['an answer that drips', (response) => void response.write('{'), /^no answer within 0.3 s$/],
    ['a line that is cut', (response) => response.destroy(), /^not reached: [A-Z_]+$/],
    ['no JSON', (response) => response.end('<html>'), /no JSON/],
    ['a list', (response) => response.end('[]'), /no JSON/],
    ['nothing', (response) => response.end(), /no JSON/],
    ['a huge answer', (response) => response.end(`{"id":"${'x'.repeat(limits.hubAnswerBytes)}"}`), /larger than 500 kB/],
    ['a circle of redirects', (response) => response.writeHead(302, { location: '/api/models/brook/new' }).end(), /more than 5 redirects/],
    ['a redirect to nowhere', (response) => response.writeHead(302).end(), /leads nowhere/],
    ['a redirect to a file', (response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(), /no address of the web/],
    ['a redirect with a password', (response) => response.writeHead(302, { location: 'http://a:b@127.0.0.1/' }).end(), /password/],
    ['a success without a body', (response) => response.writeHead(204).end(), /answered 204/],
  ];
  for (const [title, act, reason] of hostile) {
    it(`survives ${title}`, async () => {
      const hub = await start({}, (_request, response) => {
        act(response);
        return true;
      });
      assert.match(reasonOf(await ask(hub, {}, { timeout: 300 })), reason);
    });
  }
  it('survives fields of other kinds', async () => {
    const bodies = [
      '{}',
      '{"id":7,"sha":"x","lastModified":1,"gated":null,"cardData":[]}',
      '{"id":"../../x","cardData":{"license":{"a":[1]},"tags":[1,null,"x"]}}',
    ];
    for (const body of bodies) {
      const hub = await start({}, (request, response) => {
        if (request.url?.startsWith('/api/') === true) response.end(body);
        else response.writeHead(404).end();
        return true;
      });
      const reply = await ask(hub);
      assert.deepEqual(reply.kind === 'found' && [reply.id, reply.commit, reply.date, reply.gated], ['brook/new', null, null, false]);
    }
  });
  it('survives what nests without end', async () => {
    const deep = `{"cardData":{"license":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    const hub = await start({}, (_request, response) => {
      response.end(deep);
      return true;
    });
    assert.ok(['found', 'failed'].includes((await ask(hub)).kind));
  });
  it('takes no more than the head of a huge card', async () => {
    const hub = await start({ 'brook/new': { sha, files: { 'README.md': `---\nlicense: mit\n---\n${'x'.repeat(5_000_000)}` } } });
    const reply = await ask(hub);
    assert.equal(reply.kind === 'found' && reply.card?.length, limits.hubCardBytes);
  });
  it('is reached nowhere where nothing listens', async () => {
    const hub = await start({});
    await hub.stop();
    assert.equal(reasonOf(await ask(hub)), 'not reached: ECONNREFUSED');
  });
  it('stops when it is told to', async () => {
    const hub = await start({}, () => true);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    assert.equal(reasonOf(await ask(hub, {}, {}, controller.signal)), 'cancelled');
  });
});
