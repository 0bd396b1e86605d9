// The report's page alone, in a browser: hostile texts, thousands of rows, the keyboard, narrow and empty pages.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from './lib/browser.mjs';
import { forgetFailures, poll, screenshot } from './lib/workbench.mjs';
import { main } from './lib/main.mjs';
import { isMain, repoRoot, runRoot } from './lib/paths.mjs';
import { createSteps, watchPage } from './lib/steps.mjs';

const types = { js: 'text/javascript', css: 'text/css' };
const hostile = ['"><script>window.broken=1</script>', '<img src=x onerror="window.broken=1">', 'javascript:alert(1)', '${window.broken=1}', '</style><style>*{display:none}', '\u202egpj.exe', '[x](command:workbench.action.quit)', '__proto__', '\u0000\u0007\u2028'];

/** The extension's own code makes the page and what it shows: nothing here is a second version of it. */
async function loadClient() {
  const outfile = join(runRoot, 'page/client.mjs');
  const contents = ['html', 'model', 'places', 'messages'].map((name) => `export * from './client/src/report/${name}.ts';`).join('\n');
  await build({ stdin: { contents, resolveDir: repoRoot }, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' });
  return import(outfile);
}

const finding = (part) => ({
  ruleId: 'unknown-terms', severity: 'warning', message: 'Why. What to do.', path: 'a.py', line: 1, column: 1, endLine: 1, endColumn: 2, key: null, cell: null, works: [], clause: null, evidence: 'declared', confidence: null, related: [], fixes: [], fingerprint: '', ...part,
});
const work = (id) => ({ id, kind: 'model', licence: null, binds: [], evidence: null, source: null, asOf: null, confidence: null, path: 'a.py', line: 1 });

const report = (part) => ({
  schemaVersion: 1, tool: { name: 'pedigree', version: '0' }, root: '.', inputs: { knowledge: '2026-01-01', cache: false, hub: false, policy: null },
  summary: { files: 1, read: 1, works: { known: 0, unknown: 0 }, findings: { error: 0, warning: 0, information: 0 }, suppressed: 0, complete: true },
  works: [], relations: [], obligations: [], publishable: [], findings: [], suppressed: [], skipped: [], ...part,
});

const hostileReport = (text) =>
  report({
    inputs: { knowledge: text, cache: false, hub: false, policy: text }, publishable: [{ work: text, as: [text], why: text }], relations: [{ from: text, to: text, type: 'finetune', path: text, line: 1 }],
    works: [{ ...work(text), kind: text, licence: text, binds: [text, 'x'], evidence: text, source: text, asOf: text, confidence: text, path: text }], obligations: [{ work: text, source: text, licence: text, clause: text, duty: text, met: false, at: { path: text, line: 1 } }],
    findings: [finding({ ruleId: text, message: text, path: text, key: text, clause: text, evidence: text, related: [{ path: text, line: 1, column: 1, endLine: 1, endColumn: 2, cell: null, message: text }], fixes: [{ title: text, safe: true, preferred: true, edits: [], creates: [] }] })],
    suppressed: [{ ruleId: text, path: text, line: 1, by: text, reason: text }], skipped: [{ path: text, reason: text }],
  });

/** Stands in for the editor: keeps what the page sends, and breaches of the page's policy. */
function standIn() {
  window.sent = [];
  window.breaches = [];
  document.addEventListener('securitypolicyviolation', (event) => window.breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
  let state;
  window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(message), getState: () => state, setState: (next) => (state = next) });
}

async function serve(html) {
  const server = createServer(async (request, response) => {
    const name = request.url.slice(1);
    if (name === '') return response.setHeader('content-type', 'text/html').end(html(server.address().port));
    if (!/^report\.(?:js|css)$/.test(name)) return response.writeHead(404).end();
    response.setHeader('content-type', types[name.split('.')[1]]).end(await readFile(join(repoRoot, 'media', name)));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function checks(page, client, url, step) {
  let number = 0;
  let places;
  const show = async (folders, size = { width: 1000, height: 800 }) => {
    await page.setViewportSize(size);
    await page.goto(url);
    places = client.createPlaces((number += 1));
    const view = client.reportView({ folders: folders.map((entry, at) => ({ uri: 'file:///w', name: `folder ${at}`, report: entry })), cancelled: false }, places, new Date(0));
    // A message as the editor sends it: a copy.
    return page.evaluate((data) => new Promise((resolve) => {
      const started = performance.now();
      window.postMessage({ type: 'show', view: data }, '*');
      setTimeout(() => requestAnimationFrame(() => resolve(performance.now() - started)));
    }), structuredClone(view));
  };
  const sent = () => page.evaluate(() => window.sent);

  await step('says that it is ready, and nothing else', async () => {
    await page.goto(url);
    await poll('a message', async () => (await sent()).length > 0);
    const messages = await sent();
    if (JSON.stringify(messages) !== '[{"type":"ready"}]') throw new Error(JSON.stringify(messages));
  });

  await step('shows hostile texts as texts', async () => {
    await show(hostile.map(hostileReport));
    await page.locator('details').first().waitFor();
    for (const box of await page.locator('details summary').all()) await box.click();
    const found = await page.evaluate(() => ({
      broken: window.broken, breaches: window.breaches, elements: [...document.querySelectorAll('main :is(script, img, style, iframe, object, form, link), main [style], main [onerror]')].map((element) => element.outerHTML.slice(0, 200)),
      links: [...document.querySelectorAll('a')].map((link) => link.href), text: document.body.innerText,
    }));
    // After the look: it changes the page for a moment.
    await screenshot(page, 'page-hostile');
    if (found.broken !== undefined || found.breaches.length > 0 || found.elements.length > 0) throw new Error(JSON.stringify({ ...found, text: '' }));
    if (found.links.some((href) => !href.startsWith('https://'))) throw new Error(found.links.join(' '));
    for (const text of hostile.slice(0, 5)) if (!found.text.includes(text)) throw new Error(`not shown: ${text}`);
    if (/[\p{Cf}\u2028]/u.test(found.text)) throw new Error('an invisible character is on the page');
  });

  await step('a name of a megabyte does not fill it', async () => {
    await show([hostileReport('x'.repeat(1_000_000))]);
    await screenshot(page, 'page-long-name');
    const { length, width } = await page.evaluate(() => ({ length: document.body.innerText.length, width: document.documentElement.scrollWidth }));
    if (length > 30_000 || width > 1000) throw new Error(`${length} characters, ${width} pixels wide`);
  });

  await step('draws 5,000 findings and 3,000 works a portion at a time', async () => {
    const findings = Array.from({ length: 5_000 }, (_, at) => finding({ path: `dir/file-${at % 700}.py`, line: at + 1 }));
    const works = Array.from({ length: 3_000 }, (_, at) => work(`pkg:huggingface/org/model-${at}`));
    const ms = await show([report({ findings, works })]);
    const rows = page.locator('.finding');
    if (ms > 1_500) throw new Error(`${ms.toFixed(0)} ms`);
    const before = await rows.count();
    if (before > 300) throw new Error(`${before} findings at once`);
    await page.locator('.findings .more').click();
    if ((await rows.count()) !== 2 * before) throw new Error('no more were shown');
    const focused = await page.evaluate(() => document.activeElement.className);
    if (focused !== 'place') throw new Error(`the keyboard is on "${focused}"`);
    await page.getByRole('searchbox').fill('file-42.py');
    await poll('fewer', async () => (await rows.count()) === 8);
    return `${ms.toFixed(0)} ms, ${before} of 5,000`;
  });

  await step('is used by keyboard alone, and asks for places by id only', async () => {
    await show([report({ findings: [finding({ line: 7 }), finding({ severity: 'error', line: 9 })] })]);
    await page.locator('body').press('Tab');
    for (let press = 0; press < 12 && !(await page.evaluate(() => document.activeElement.classList.contains('place'))); press += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const message = (await sent()).at(-1);
    const read = client.readMessage(message);
    if (read?.type !== 'open' || places.find(read.id)?.line !== 9) throw new Error(JSON.stringify(message));
  });

  await step('a severity can be left out', async () => {
    await show([report({ findings: [finding({}), finding({ severity: 'error' })] })]);
    const button = page.getByRole('button', { name: /^Warning \d/ });
    await button.click();
    if ((await page.locator('.finding').count()) !== 1 || (await button.getAttribute('aria-pressed')) !== 'false') throw new Error('the warning is still there');
  });

  await step('tells folders apart, and is no wider than a narrow panel', async () => {
    await show([report({ findings: [finding({ path: 'a/very/long/path/that/does/not/fit/into/a/narrow/panel/train.py' })], works: [work('pkg:huggingface/some-organisation/some-very-long-model-name-of-many-words-8b-instruct')] }), report({})], { width: 320, height: 800 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 320) throw new Error(`${width} pixels wide`);
    for (const name of ['Summary', 'Obligations', 'Findings', 'Works']) if ((await page.getByRole('heading', { name, exact: true, level: 2 }).count()) !== 1) throw new Error(`not one heading ${name}`);
    if ((await page.getByRole('heading', { name: 'folder 1', level: 3 }).count()) !== 4) throw new Error('the folders are not named');
    await screenshot(page, 'page-narrow');
  });

  await step('says what to do when no folder is open', async () => {
    await show([]);
    await page.getByText('No folder is open').waitFor();
  });

  await step('breaks its own policy nowhere', async () => {
    const breaches = await page.evaluate(() => window.breaches);
    if (breaches.length > 0) throw new Error(breaches.join(' | '));
  });
}

/** Runs the checks; gives { passed, failed }. */
export async function runPage() {
  await forgetFailures('page');
  const client = await loadClient();
  const server = await serve((port) => client.pageHtml({ cspSource: `http://127.0.0.1:${port}`, nonce: 'bm9uY2U', script: '/report.js', style: '/report.css' }));
  let browser;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    await page.addInitScript(standIn);
    const said = watchPage(page);
    const { step, tally } = createSteps({ onFailure: (name) => screenshot(page, `failed-page-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await checks(page, client, `http://127.0.0.1:${server.address().port}/`, step);
    await step('said nothing of errors', async () => {
      const all = [...said.errors.filter((text) => !/404/.test(text)), ...said.breaches, ...said.requests];
      if (all.length > 0) throw new Error(all.join(' | '));
    });
    return tally;
  } finally {
    await browser?.close();
    server.close();
  }
}

if (isMain(import.meta.url)) await main({ 'the page of the report': runPage });
