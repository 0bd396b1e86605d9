// The page of the lineage alone, in a browser: a usual and a large picture, hostile texts, the keyboard, the pointer, every kind of theme.
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { harm, hostile, loadClient, postView, sentBy, servePage, standIn } from './lib/pages.mjs';
import { isMain } from './lib/paths.mjs';
import { createSteps, watchPage } from './lib/steps.mjs';
import { forgetFailures, poll, screenshot } from './lib/workbench.mjs';

const sources = ['client/src/pages/html', 'client/src/pages/messages', 'client/src/lineage/model', 'client/src/report/places'];
const none = { error: 0, warning: 0, information: 0 };

const work = (id, part = {}) => ({
  id, name: id.replace(/^(?:pkg:huggingface\/(?:datasets\/)?|service:|local:)/, ''), kind: 'model', own: id.startsWith('local:'), publishable: null, licence: null, verdict: 'open', answer: 'Not known', points: [], duties: [], says: [], findings: none, at: { path: 'a.py', line: 3 }, ...part,
});
const relation = (from, to, type, words, at = { path: 'train.yaml', line: 2 }) => ({ from, to, type, words, at });

const base = 'pkg:huggingface/org/base-8b';
const usual = {
  uri: 'file:///w', name: 'w', use: 'commercial, weights handed on (pedigree.yaml)',
  works: [
    work('local:.', { name: 'this repository', licence: 'MIT', verdict: 'conditions', answer: 'Yes, on conditions', publishable: { as: ['Community-1'], why: 'The terms of org/base-8b reach it.' }, points: [{ text: 'above 700 million users a separate licence is needed', clause: 's. 2' }], duties: [{ text: 'display a line', clause: 's. 1' }], says: ['Community 1: the catalogue, as of 2026-01-01'], findings: { error: 1, warning: 2, information: 0 } }),
    work(base, { licence: 'Community-1', verdict: 'conditions', answer: 'Yes, on conditions' }),
    work('pkg:huggingface/datasets/lab/set', { kind: 'data set', licence: 'CC-BY-NC-4.0', verdict: 'no', answer: 'No, not for commercial use' }),
    work('local:data/own.jsonl', { kind: 'data set' }),
    work('service:maker/model', { kind: 'service', verdict: 'terms', answer: 'Terms of the provider' }),
    work('local:bot.gguf', { licence: 'MIT', verdict: 'yes', answer: 'Yes', publishable: { as: ['Community-1'], why: '' } }),
    work('pkg:huggingface/me/bot', { own: true }),
    work('pkg:huggingface/org/judge', { licence: 'Apache-2.0', verdict: 'yes', answer: 'Yes' }),
  ],
  relations: [
    relation('local:.', base, 'finetune', 'fine-tune of'), relation('local:.', base, 'loads', 'loads', { path: 'chat.py', line: 4 }), relation('local:.', 'pkg:huggingface/datasets/lab/set', 'trainedOn', 'trained on'),
    relation('local:.', 'local:data/own.jsonl', 'trainedOn', 'trained on'), relation('local:data/own.jsonl', 'service:maker/model', 'generatedBy', 'written by'), relation('local:.', 'local:bot.gguf', 'bundles', 'bundles'),
    relation('local:bot.gguf', base, 'quantized', 'quantised from'), relation('local:.', 'pkg:huggingface/me/bot', 'publishes', 'publishes'), relation('local:.', 'pkg:huggingface/org/judge', 'testedOn', 'tested on', null),
  ],
};

const large = (count) => ({
  ...usual,
  works: [usual.works[0], ...Array.from({ length: count }, (_, at) => work(`pkg:huggingface/org/model-${at}`, { licence: 'MIT', verdict: 'yes', answer: 'Yes' }))],
  relations: Array.from({ length: count }, (_, at) => relation(at < 40 ? 'local:.' : `pkg:huggingface/org/model-${at % 40}`, `pkg:huggingface/org/model-${at}`, at % 3 ? 'merge' : 'trainedOn', at % 3 ? 'merge of' : 'trained on')),
});

const hostileFolder = (text, at) => ({
  uri: 'file:///w', name: text, use: text,
  works: [work(text, { name: text, kind: text, licence: text, answer: text, publishable: { as: [text], why: text }, points: [{ text, clause: text }], duties: [{ text, clause: text }], says: [text], at: { path: text, line: 1 } }), work(`${text}${at}`, { name: text })],
  relations: [relation(text, `${text}${at}`, text, text, { path: text, line: 1 })],
});

/** Colours as VS Code gives them to a page, for a theme each. */
const themes = {
  light: { kind: 'vscode-light', background: '#ffffff', foreground: '#3b3b3b', quiet: '#616161' },
  dark: { kind: 'vscode-dark', background: '#1f1f1f', foreground: '#cccccc', quiet: '#9d9d9d' },
  'high-contrast': { kind: 'vscode-high-contrast', background: '#000000', foreground: '#ffffff', quiet: '#ffffff', border: '#6fc3df' },
};

function wear({ kind, background, foreground, quiet, border }) {
  document.body.className = kind;
  const set = (name, value) => document.documentElement.style.setProperty(`--vscode-${name}`, value);
  set('editor-background', background);
  set('foreground', foreground);
  set('descriptionForeground', quiet);
  set('font-size', '13px');
  set('font-family', 'sans-serif');
  set('button-secondaryBackground', background);
  set('button-background', '#005fb8');
  set('button-foreground', '#ffffff');
  set('focusBorder', border ?? '#0078d4');
  if (border) set('contrastBorder', border);
}

async function checks(page, client, url, step) {
  let number = 0;
  let places;
  let view;
  const show = async (folders, { size = { width: 1100, height: 760 }, theme = themes.light } = {}) => {
    await page.setViewportSize(size);
    places = client.createPlaces((number += 1));
    view = client.graphView({ folders }, places);
    await page.goto(url);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await page.evaluate(wear, theme);
    return postView(page, view);
  };
  const node = (name) => page.locator('.node').filter({ hasText: name });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const scale = () => page.evaluate(() => Number(/scale\(([\d.]+)\)/.exec(document.querySelector('.scene').getAttribute('transform'))[1]));
  const placeSent = async () => {
    const read = client.readMessage((await sentBy(page)).at(-1));
    return read?.type === 'open' ? places.find(read.id) : undefined;
  };

  await step('draws works as boxes and relations as arrows with words, none over another', async () => {
    await show([usual]);
    await screenshot(page, 'lineage-light');
    const boxes = await page.locator('.node').count();
    const words = await page.locator('.edge .label').allTextContents();
    if (boxes !== usual.works.length) throw new Error(`${boxes} boxes`);
    if (!words.includes('fine-tune of, loads') || words.length !== 8) throw new Error(words.join(' | '));
    const over = await page.evaluate(() => {
      const all = [...document.querySelectorAll('.node, .label-back')].map((element) => element.getBoundingClientRect());
      return all.flatMap((a, at) => all.slice(at + 1).filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length;
    });
    if (over > 0) throw new Error(`${over} overlaps`);
    const outside = await page.evaluate(() => {
      const frame = document.querySelector('.frame').getBoundingClientRect();
      return [...document.querySelectorAll('.node')].filter((element) => { const box = element.getBoundingClientRect(); return box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom; }).length;
    });
    if (outside > 0) throw new Error(`${outside} boxes do not fit`);
    const [published, repository] = await Promise.all(['me/bot', 'this repository'].map((name) => node(name).boundingBox()));
    if (published.x >= repository.x && published.y >= repository.y) throw new Error('what is published does not stand first');
  });

  await step('tells each answer by a sign and words, not by a colour alone', async () => {
    for (const [name, words] of [['org/base-8b', '! Yes, on conditions'], ['lab/set', '✕ No, not for commercial use'], ['data/own', '? Not known'], ['bot.gguf', '✓ Yes'], ['maker/model', '§ Terms of the provider'], ['this repository', '⇱ publish as Community-1']]) {
      const text = await node(name).first().textContent();
      if (!text.includes(words.slice(0, 24))) throw new Error(`${name}: ${text}`);
    }
    const dashed = await page.evaluate(() => getComputedStyle(document.querySelector('.node.open .shape')).strokeDasharray);
    if (dashed === 'none') throw new Error('the unknown is not dashed');
    if ((await page.locator('.legend li').count()) !== 5) throw new Error('the legend is not whole');
  });

  await step('shows the terms beside a box that is pointed at, and puts them away', async () => {
    await node('this repository').hover();
    const card = page.locator('.card');
    await card.waitFor({ state: 'visible' });
    const text = await card.innerText();
    for (const words of ['700 million', 's. 2', 'display a line', '1 error, 2 warnings', 'the catalogue, as of 2026-01-01', 'a.py:3']) if (!text.includes(words)) throw new Error(`no "${words}" in: ${text}`);
    await screenshot(page, 'lineage-card');
    await card.hover();
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (!(await card.isVisible())) throw new Error('the card goes while the pointer is on it');
    await page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });
  });

  await step('a click leads to the source, a drag does not', async () => {
    await node('lab/set').click();
    if ((await placeSent())?.path !== 'a.py') throw new Error('nothing was asked for');
    const before = (await sentBy(page)).length;
    const box = await node('lab/set').boundingBox();
    await page.mouse.move(box.x + 20, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 60, { steps: 4 });
    await page.mouse.up();
    if ((await sentBy(page)).length !== before) throw new Error('a drag was taken for a click');
    const moved = await node('lab/set').boundingBox();
    if (Math.abs(moved.x - box.x - 70) > 2) throw new Error(`moved by ${moved.x - box.x}`);
  });

  await step('zooms about the pointer, by buttons and back to fit', async () => {
    await show([usual]);
    const start = await scale();
    await page.mouse.move(500, 400);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    if ((await scale()) <= start) throw new Error('the wheel does not zoom');
    await page.getByRole('button', { name: 'Smaller' }).click();
    await page.getByRole('button', { name: 'Fit into the page' }).click();
    if (Math.abs((await scale()) - start) > 0.001) throw new Error('it does not fit again');
  });

  await step('is used by keyboard alone: Tab, arrows, Enter, + and 0', async () => {
    await show([usual]);
    for (let press = 0; press < 15 && !(await focused()).startsWith('this repository'); press += 1) await page.keyboard.press('Tab');
    const first = await focused();
    for (const words of ['this repository', 'Yes, on conditions', 'fine-tune of, loads org/base-8b', 'press Enter to open a.py:3']) if (!first.includes(words)) throw new Error(`not read aloud: ${words} in ${first}`);
    await page.locator('.card').waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await page.locator('.card').waitFor({ state: 'hidden' });
    await page.keyboard.press('ArrowDown');
    if ((await focused()) === first) await page.keyboard.press('ArrowRight');
    const second = await focused();
    if (second === first || second === '') throw new Error('the arrow leads nowhere');
    await screenshot(page, 'lineage-keyboard');
    await page.keyboard.press('Home');
    if ((await focused()) !== first) throw new Error('Home does not lead to what is handed on');
    await page.keyboard.press('Enter');
    if ((await placeSent())?.line !== 3) throw new Error('Enter does not open');
    const before = await scale();
    await page.keyboard.press('+');
    if ((await scale()) <= before) throw new Error('+ does not zoom');
    await page.keyboard.press('0');
    const seen = new Set();
    for (const key of ['Right', 'Down', 'Right', 'Down', 'Left', 'Down', 'Right', 'Up', 'Left', 'Up', 'Right', 'Down', 'Down', 'Left', 'Left', 'Up'].map((name) => `Arrow${name}`)) {
      await page.keyboard.press(key);
      seen.add(await focused());
    }
    if (seen.size < 5) throw new Error(`arrows reach ${seen.size} works`);
  });

  await step('has all of it as a list, with the places of each relation', async () => {
    await show([usual]);
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await page.locator('.work').first().waitFor();
    await screenshot(page, 'lineage-list');
    const text = await page.locator('main').innerText();
    for (const words of ['fine-tune of, loads org/base-8b', 'train.yaml:2', 'chat.py:4', 'tested on org/judge per the tables', '✕ No, not for commercial use', 'may be published as Community-1']) if (!text.includes(words)) throw new Error(`no "${words}" in: ${text}`);
    if ((await page.locator('.work').count()) !== usual.works.length) throw new Error('works are missing');
    await page.getByRole('button', { name: /chat\.py:4$/ }).first().click();
    if ((await placeSent())?.path !== 'chat.py') throw new Error('the place does not open');
  });

  await step('shows what is around one work, and origins alone', async () => {
    await page.locator('.work').filter({ hasText: 'data/own.jsonl' }).getByRole('button', { name: 'Show in the picture' }).first().click();
    await page.getByRole('button', { name: /^Around/ }).waitFor();
    await page.getByRole('button', { name: /^Around/ }).click();
    await page.getByRole('button', { name: 'Origins Only' }).click();
    if ((await node('org/judge').count()) !== 0) throw new Error('what is only tested with is still drawn');
    if ((await page.evaluate(() => document.activeElement.textContent)) !== 'Origins Only') throw new Error('the keyboard lost its place');
  });

  await step('is as it was when it comes back: list or picture, zoom, choice', async () => {
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Larger' }).click();
    const before = await scale();
    await page.reload();
    await page.evaluate(wear, themes.light);
    await postView(page, view);
    if (Math.abs((await scale()) - before) > 0.001) throw new Error('another zoom');
    if ((await page.getByRole('button', { name: 'Origins Only' }).getAttribute('aria-pressed')) !== 'true') throw new Error('the choice is forgotten');
  });

  await step('shows hostile texts as texts, in the picture, the card and the list', async () => {
    for (const [at, text] of hostile.entries()) {
      await show([hostileFolder(text, at)]);
      await page.locator('.node').first().hover();
      for (const name of ['List', 'Picture']) {
        const found = await harm(page);
        if (found.broken !== undefined || found.breaches.length > 0 || found.elements.length > 0 || found.links.length > 0) throw new Error(JSON.stringify({ ...found, text: '' }));
        if (/[\p{Cf}\u2028]/u.test(found.text)) throw new Error('an invisible character is on the page');
        await page.getByRole('button', { name, exact: true }).click();
      }
    }
  });

  await step('a name of a megabyte does not fill it', async () => {
    const name = 'x'.repeat(1_000_000);
    await show([{ ...usual, works: usual.works.map((each, at) => (at === 1 ? { ...each, name } : each)) }]);
    const { length, width } = await page.evaluate(() => ({ length: document.body.textContent.length, width: document.documentElement.scrollWidth }));
    if (length > 30_000 || width > 1100) throw new Error(`${length} characters, ${width} pixels wide`);
  });

  await step('draws what fits of 3,000 works and says what it left out', async () => {
    const ms = await show([large(3_000)]);
    const boxes = await page.locator('.node').count();
    if (boxes > 120 || boxes < 50) throw new Error(`${boxes} boxes`);
    await page.locator('.notice').filter({ hasText: '120 of 3,001 works' }).waitFor();
    await screenshot(page, 'lineage-large');
    if (ms > 4_000) throw new Error(`${ms.toFixed(0)} ms`);
    return `${ms.toFixed(0)} ms`;
  });

  await step('fits a narrow panel, and asks which of several folders', async () => {
    await show([usual, { ...usual, name: 'other', works: usual.works.slice(0, 2), relations: usual.relations.slice(0, 1) }], { size: { width: 360, height: 640 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    if (width > 360) throw new Error(`${width} pixels wide`);
    await page.getByRole('combobox', { name: 'Folder' }).selectOption('other');
    await poll('the other folder', async () => (await page.locator('.node').count()) === 2);
    await screenshot(page, 'lineage-narrow');
  });

  await step('says what there is where there is nothing', async () => {
    await show([{ ...usual, works: [], relations: [] }]);
    await page.getByText('Nothing here names a model').waitFor();
    await show([]);
    await page.getByText('No folder is open').waitFor();
  });

  for (const [name, theme] of Object.entries(themes))
    await step(`is read in a ${name} theme`, async () => {
      await show([usual], { theme });
      await node('lab/set').focus();
      await page.keyboard.press('ArrowLeft');
      await screenshot(page, `lineage-${name}`);
      const { fill, stroke } = await page.evaluate(() => ({ fill: getComputedStyle(document.querySelector('.node .name')).fill, stroke: getComputedStyle(document.querySelector('.node:not(:focus) .shape')).strokeWidth }));
      if (fill !== { light: 'rgb(59, 59, 59)', dark: 'rgb(204, 204, 204)', 'high-contrast': 'rgb(255, 255, 255)' }[name]) throw new Error(`names are ${fill}`);
      if (name === 'high-contrast' && Number.parseFloat(stroke) < 2) throw new Error(`borders are ${stroke}`);
    });

  await step('breaks its own policy nowhere', async () => {
    const breaches = await page.evaluate(() => window.breaches);
    if (breaches.length > 0) throw new Error(breaches.join(' | '));
  });
}

/** Runs the checks; gives { passed, failed }. */
export async function runLineagePage() {
  await forgetFailures('lineage');
  const client = await loadClient('lineage', sources);
  const script = 'lineage-page.js';
  const style = 'lineage.css';
  const server = await servePage({ script, style, html: (origin) => client.pageHtml({ cspSource: origin, nonce: 'bm9uY2U', script: `/${script}`, style: `/${style}`, title: 'Lineage' }) });
  let browser;
  try {
    browser = await launchBrowser();
    const page = await browser.newPage();
    await page.addInitScript(standIn);
    const said = watchPage(page);
    const { step, tally } = createSteps({ onFailure: (name) => screenshot(page, `failed-lineage-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
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

if (isMain(import.meta.url)) await main({ 'the page of the lineage': runLineagePage });
