// The tree, the report, the lineage and a hover in a dark theme and in both of high contrast, in the workbench: a picture of each to look at,
// and the contrast of every text of the pages measured.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { startEditor } from './lib/server.mjs';
import { createSteps } from './lib/steps.mjs';
import { copyWorkspace } from './lib/workspace.mjs';
import * as editor from './lib/workbench.mjs';

const themes = { dark: ['Default Dark Modern', 'vs-dark'], 'high-contrast': ['Default High Contrast', 'hc-black'], 'high-contrast-light': ['Default High Contrast Light', 'hc-light'] };

/** Runs in the page: each text whose colour does not stand out from what is behind it as WCAG AA asks, once for each kind of element. */
function faint() {
  const parse = (text) => {
    const [r = 0, g = 0, b = 0, a = 1] = (/^rgba?\(([^)]+)\)$/.exec(text)?.[1] ?? '').split(/[,/ ]+/).filter(Boolean).map(Number);
    return { r, g, b, a: text === 'transparent' ? 0 : a };
  };
  const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
  const luminance = ({ r, g, b }) => [r, g, b].map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    const page = parse(getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background').trim().replace(/^#(..)(..)(..)$/, (_, r, g, b) => `rgb(${[r, g, b].map((hex) => Number.parseInt(hex, 16)).join(',')})`));
    return layers.reverse().reduce((below, layer) => over(layer, below), page);
  };
  const found = new Map();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '');
    if (!own || element.closest('svg, script, style') || element.getClientRects().length === 0) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const [light, dark] = [luminance(over(parse(style.color), back)), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const large = Number.parseFloat(style.fontSize) >= 24 || (Number.parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) found.set(`${element.tagName.toLowerCase()}.${element.className} ${ratio.toFixed(1)}`, element.textContent.trim().slice(0, 40));
  }
  return [...found].map(([what, text]) => `${what} "${text}"`);
}

async function flow(page, url, folder, step) {
  const keep = (name) => editor.screenshot(page, name);
  if (!(await step('the workbench opens the folder', () => editor.openWorkbench(page, url)))) return;
  await mkdir(join(folder, '.vscode'), { recursive: true });
  const frame = editor.webviewFrame(page);
  const read = async (name) => {
    const bad = await frame.locator('body').evaluate(faint);
    if (bad.length > 0) throw new Error(`${name}: ${bad.join('; ')}`);
  };
  for (const [name, [theme, kind]] of Object.entries(themes)) {
    await step(`${theme}: the editor, the tree and a hover`, async () => {
      await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      await page.waitForSelector(`.monaco-workbench.${kind}`, { timeout: editor.patience });
      await editor.openFile(page, 'README.md');
      await editor.waitSquiggle(page, 'error');
      await editor.runCommand(page, 'Pedigree: Focus on Findings View');
      await page.locator('.sidebar .monaco-list-row').filter({ hasText: 'licence-laundering' }).first().waitFor({ timeout: editor.patience });
      await editor.hoverOn(page, /(?<=base_model:.*)meta-llama\/\S+/, /May I use it here\?/);
      await editor.scrollHoverTo(page, /^May I use it here\?/);
      await keep(`theme-${name}-editor`);
      await page.mouse.move(10, 300);
    });
    await step(`${theme}: the report`, async () => {
      await editor.runCommand(page, 'Pedigree: Audit Workspace');
      await frame.getByRole('heading', { name: 'Disclosures', exact: true, level: 2 }).waitFor({ timeout: editor.patience });
      await editor.noNotification(page);
      await keep(`theme-${name}-report`);
      await frame.locator('#findings').evaluate((element) => element.scrollIntoView());
      await keep(`theme-${name}-findings`);
      await read('the report');
    });
    await step(`${theme}: the lineage, as a picture and as a list`, async () => {
      await editor.runCommand(page, 'Pedigree: Show Lineage');
      await frame.locator('.node').filter({ hasText: 'meta-llama/Llama-3.1-8B' }).first().hover({ timeout: editor.patience });
      await keep(`theme-${name}-lineage`);
      await read('the lineage');
      await frame.getByRole('button', { name: 'List', exact: true }).click();
      await frame.locator('.work').first().waitFor({ timeout: editor.patience });
      await keep(`theme-${name}-list`);
      await read('the list');
      await frame.getByRole('button', { name: 'Picture', exact: true }).click().catch(() => undefined);
      await editor.closeAll(page);
      await editor.runCommand(page, 'View: Show Explorer');
    });
  }
}

/** Runs the flow; gives { passed, failed }. */
export async function runThemes({ vsix, examples }) {
  await editor.forgetFailures('themes');
  const folder = await copyWorkspace(examples);
  let running;
  let browser;
  try {
    running = await startEditor({ vsix, folder, runDir: join(runRoot, 'themes') });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const { step, tally } = createSteps({ onFailure: (name) => editor.screenshot(page, `failed-themes-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await flow(page, running.url, folder, step);
    return tally;
  } finally {
    await browser?.close();
    await running?.stop();
  }
}

if (isMain(import.meta.url)) await main({ 'the themes in the workbench': runThemes });
