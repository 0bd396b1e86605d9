// A new user with the README alone: installs the extension, opens a copy of examples/, finds what is wrong, mends or decides it by what each finding
// offers until nothing is left, and exports the report. What was in the way when this was first tried stands in docs/experience.md.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { startEditor } from './lib/server.mjs';
import { createSteps } from './lib/steps.mjs';
import { copyWorkspace } from './lib/workspace.mjs';
import * as editor from './lib/workbench.mjs';

const policy = 'pedigree.yaml';
const base = /(?<=^base_model:\s*)\S+/;
const alpaca = /tatsu-lab\/[\w-]+/;

/** Quick fixes that mend a file. */
const mended = [
  { file: 'README.md', at: /(?<=^license:\s*)\S+/, rule: 'licence-laundering', title: /Declare the inherited terms: llama3\.1/ },
  { file: 'README.md', at: base, rule: 'attribution-notice', title: /Insert the display line and the NOTICE file/ },
  { file: 'README.md', at: base, rule: 'licence-text-missing', title: /Link to the text of/ },
  { file: 'train.yaml', at: /(?<=^hub_model_id:\s*)\S+/, rule: 'derivative-naming', title: /Name it Llama-support-bot-8b/ },
];

/** Quick fixes that leave a reason to be written, which is what a person knows and no tool can. */
const decided = [
  { file: 'README.md', at: base, rule: 'restricted-weights', everywhere: true, reason: 'we have far fewer users than that' },
  { file: 'README.md', at: alpaca, rule: 'noncommercial-data', everywhere: true, reason: 'agreed with counsel' },
  { file: 'README.md', at: alpaca, rule: 'service-output-data', everywhere: true, reason: 'the card names Alpaca' },
  { file: 'train.yaml', at: /data\/tickets\.jsonl/, rule: 'service-output-training', reason: 'it competes with nobody' },
  { file: 'train.yaml', at: alpaca, rule: 'unpinned-revision', reason: 'the set has not changed since 2023' },
  { file: 'chat.py', at: /meta-llama\/[\w.-]+/, rule: 'unpinned-revision', everywhere: true, reason: 'a tokenizer alone' },
];

const isGone = (page, file, rule) =>
  editor.poll(`${rule} to leave ${file}`, async () => (await editor.problems(page, rule)).every((row) => !row.includes(rule)));

const choose = async (page, text) => {
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  await row.waitFor({ timeout: editor.patience });
  await row.click();
};

const answer = async (page, title, text) => {
  await page.locator('.quick-input-widget:visible').getByText(title).first().waitFor({ timeout: editor.patience });
  await page.locator('.quick-input-widget:visible input').first().fill(text);
  await page.keyboard.press('Enter');
};

const rows = (page) => page.locator('.sidebar .monaco-list-row');

/** Saves whatever fixes wrote, in however many files. */
async function saveAll(page) {
  await editor.runCommand(page, 'File: Save All Files');
  await editor.poll('every file to be saved', async () => (await page.locator('.tab.dirty').count()) === 0);
}

async function flow(page, url, folder, step) {
  let pictures = 0;
  const keep = (name) => editor.screenshot(page, `trial-${String((pictures += 1)).padStart(2, '0')}-${name}`);
  if (!(await step('the folder is open', () => editor.openWorkbench(page, url)))) return;

  await step('the card is opened, and the problem is seen', async () => {
    await editor.openFile(page, 'README.md');
    await editor.waitSquiggle(page, 'error');
    const row = await editor.waitProblem(page, 'licence-laundering');
    await keep('problem');
    return row.slice(0, 120);
  });

  for (const { file, at, rule, title } of mended) {
    await step(`${rule} is mended by its quick fix`, async () => {
      await editor.hidePanel(page);
      await editor.openFile(page, file);
      const chosen = await editor.quickFix(page, at, title, () => keep(`${rule}-offered`));
      await saveAll(page);
      await editor.openFile(page, file);
      await isGone(page, file, rule);
      await keep(`${rule}-mended`);
      return chosen;
    });
  }

  await step('data that a service wrote are noted by its quick fix', async () => {
    await editor.hidePanel(page);
    await editor.openFile(page, 'generate.py');
    await editor.quickFix(page, /(?<=^MODEL = ")[\w-]+/, /Note in pedigree\.yaml which data/, () => keep('note-offered'), async () => {
      // The file is new, and written as it is made.
      await editor.waitFile(join(folder, policy), /relation: generatedBy/);
    });
    await saveAll(page);
    const text = await readFile(join(folder, policy), 'utf8');
    await keep('noted');
    return text.replaceAll(/\s+/g, ' ').trim();
  });

  for (const { file, at, rule, reason, everywhere } of decided) {
    await step(`${rule} at ${file} is accepted by its quick fix, with a reason typed where the cursor is`, async () => {
      await editor.hidePanel(page);
      await editor.openFile(page, file);
      await editor.quickFix(page, at, new RegExp(everywhere ? `Accept ${rule} of \\S+ in every file` : `Accept ${rule} in pedigree`));
      await editor.poll('the cursor in the policy', async () => (await editor.cursor(page)).file.endsWith(`/${policy}`));
      await page.keyboard.type(`"${reason}"`);
      await keep(`${rule}-accepted`);
      await saveAll(page);
      await editor.waitFile(join(folder, policy), new RegExp(`reason: "${reason}"`));
    });
  }

  await step('what is left stands in the packed weights, which no editor shows: it is accepted in the tree, which asks for the reason', async () => {
    await editor.closeAll(page);
    await page.locator('.activitybar .action-item').filter({ has: page.locator('.action-label[aria-label*="Pedigree"]') }).click();
    await rows(page).filter({ hasText: /^\s*Errors/ }).first().waitFor({ timeout: editor.patience });
    const left = rows(page).filter({ hasText: 'support-bot-8b' });
    await keep('what-is-left');
    const taken = [];
    for (let many = await left.count(); many > 0; many = await left.count()) {
      if (taken.length > 4) throw new Error(`it does not end: ${taken.join(', ')}`);
      taken.push((await left.first().innerText()).replaceAll(/\s+/g, ' ').trim());
      // No editor shows the file: a click on the row offers what can be done.
      await left.first().click();
      if (taken.length === 1) {
        await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Accept it in' }).first().waitFor({ timeout: editor.patience });
        await keep('offered-in-the-tree');
      }
      await choose(page, 'Accept it in');
      await answer(page, 'Why may it stay so?', 'the weights are converted again before the release');
      await answer(page, 'Until when?', '2099-01-31');
      await editor.poll('the policy', async () => (await editor.cursor(page)).file.endsWith(`/${policy}`));
      await saveAll(page);
      await editor.poll('one less', async () => (await left.count()) < many);
    }
    return taken.join('; ');
  });

  const frame = editor.webviewFrame(page);
  await step('the audit is clean', async () => {
    await editor.closeAll(page);
    await editor.runCommand(page, 'Pedigree: Audit Workspace');
    await frame.getByRole('heading', { name: 'Summary', exact: true, level: 2 }).waitFor({ timeout: editor.patience });
    await editor.noNotification(page);
    await keep('clean-report');
    // A clean audit of what was accepted is no clean bill.
    await frame.getByText('Nothing that was read contradicts itself or the terms that reach it, beside what is held back.').first().waitFor({ timeout: editor.patience });
    const left = (await rows(page).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    if (left.length > 0) throw new Error(`left: ${left.join(' | ')}`);
  });

  await step('the report is exported and says what was decided', async () => {
    await frame.getByRole('button', { name: 'Export…' }).click();
    const target = join(folder, '..', 'report.json');
    const box = page.locator('.quick-input-widget:visible input').first();
    await editor.poll('the suggested name', async () => (await box.inputValue({ timeout: 1_000 }).catch(() => '')).endsWith('pedigree-report.html'));
    await box.fill(target);
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'examples' }).first().waitFor({ timeout: editor.patience });
    await page.locator('.quick-input-widget:visible .monaco-button').filter({ hasText: /Export|OK/ }).first().click();
    await editor.waitFile(target, /"schemaVersion"/);
    await keep('exported');
    const { findings, suppressed, summary } = JSON.parse(await readFile(target, 'utf8'));
    if (findings.length > 0) throw new Error(`left: ${findings.map(({ ruleId, path }) => `${ruleId} ${path}`).join(', ')}`);
    if (suppressed.length < decided.length) throw new Error(`only ${suppressed.length} decisions are in it`);
    return `${summary.files} files, nothing found, ${suppressed.length} decisions with their reasons`;
  });
}

/** Runs the trial; gives { passed, failed }. */
export async function runTrial({ vsix, examples }) {
  const runDir = join(runRoot, 'trial');
  await editor.forgetFailures('trial');
  const folder = await copyWorkspace(examples);
  const server = await startEditor({ vsix, folder, runDir });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let failures = 0;
    const { step, tally } = createSteps({ onFailure: () => editor.screenshot(page, `failed-trial-${(failures += 1)}`) });
    await flow(page, server.url, folder, step);
    return tally;
  } finally {
    await browser.close();
    await server.stop();
  }
}

if (isMain(import.meta.url)) await main({ 'the trial of a new user': runTrial });
