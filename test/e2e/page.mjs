// The report's page alone, in a browser: hostile texts, thousands of rows, the keyboard, narrow and empty pages.
import { launchBrowser } from './lib/browser.mjs';
import { forgetFailures, poll, screenshot } from './lib/workbench.mjs';
import { main } from './lib/main.mjs';
import { harm, hostile, loadClient, postView, sentBy, servePage, standIn } from './lib/pages.mjs';
import { isMain } from './lib/paths.mjs';
import { createSteps, watchPage } from './lib/steps.mjs';

const sources = ['client/src/pages/html', 'client/src/pages/messages', 'client/src/report/model', 'client/src/report/places', 'server/src/report/summary'];

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
    suppressed: [{ ruleId: text, path: text, line: 1, by: text, reason: text }], skipped: [{ path: text, reason: text }], narrowed: [{ path: text, reason: text }],
  });

async function checks(page, client, url, step) {
  let number = 0;
  let places;
  const show = async (folders, size = { width: 1000, height: 800 }) => {
    await page.setViewportSize(size);
    await page.goto(url);
    // What one test chose is not what the next begins with.
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    places = client.createPlaces((number += 1));
    const contents = folders.map((entry, at) => ({ uri: 'file:///w', name: `folder ${at}`, content: { report: entry, summary: client.summaryOf(entry, [entry.inputs.knowledge]) } }));
    const view = client.reportView(contents, places, new Date(0));
    return postView(page, view);
  };
  const sent = () => sentBy(page);

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
    const found = await harm(page);
    // After the look: it changes the page for a moment.
    await screenshot(page, 'page-hostile');
    if (found.broken !== undefined || found.breaches.length > 0 || found.elements.length > 0) throw new Error(JSON.stringify({ ...found, text: '' }));
    if (found.links.some((href) => !/^https:\/\/|^http:\/\/127\.0\.0\.1:\d+\/#[a-z]+$/.test(href))) throw new Error(found.links.join(' '));
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
    for (let press = 0; press < 20 && !(await page.evaluate(() => document.activeElement.classList.contains('place'))); press += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const message = (await sent()).at(-1);
    const read = client.readMessage(message);
    if (read?.type !== 'open' || places.find(read.id)?.line !== 9) throw new Error(JSON.stringify(message));
  });

  await step('its buttons ask for a command by its name, and its list leads to the parts', async () => {
    await show([report({ findings: [finding({})] })]);
    await page.getByRole('button', { name: 'Show Lineage' }).click();
    const message = (await sent()).at(-1);
    if (client.readMessage(message)?.name !== 'lineage') throw new Error(JSON.stringify(message));
    await page.getByRole('link', { name: /contradicts itself/ }).click();
    if (!(await page.evaluate(() => location.hash === '#findings' && document.querySelector(location.hash) !== null))) throw new Error('the list leads nowhere');
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
    for (const name of ['Summary', 'Publishing', 'Obligations', 'Findings', 'Works', 'Disclosures']) if ((await page.getByRole('heading', { name, exact: true, level: 2 }).count()) !== 1) throw new Error(`not one heading ${name}`);
    if ((await page.getByRole('heading', { name: 'folder 1', level: 3 }).count()) !== 6) throw new Error('the folders are not named');
    await screenshot(page, 'page-narrow');
  });

  await step('says that it is no longer how things are, once, and stays as it is', async () => {
    await show([report({ findings: [finding({})] })]);
    for (let time = 0; time < 2; time += 1) await page.evaluate(() => window.postMessage({ type: 'stale' }, '*'));
    await page.getByRole('status').filter({ hasText: 'something else since' }).waitFor();
    if ((await page.getByRole('status').count()) !== 1 || (await page.locator('.finding').count()) !== 1) throw new Error('more than one notice, or less than the report');
    await page.getByRole('status').getByRole('button', { name: 'Audit Again' }).click();
    if (client.readMessage((await sent()).at(-1))?.name !== 'audit') throw new Error('nothing is asked for');
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
  const client = await loadClient('report', sources);
  const script = 'report-page.js';
  const style = 'report.css';
  const server = await servePage({ script, style, html: (origin) => client.pageHtml({ cspSource: origin, nonce: 'bm9uY2U', script: `/${script}`, style: `/${style}`, title: 'Report' }) });
  let browser;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    await page.addInitScript(standIn);
    const said = watchPage(page);
    const { step, tally } = createSteps({ onFailure: (name) => screenshot(page, `failed-page-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await checks(page, client, server.url, step);
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
