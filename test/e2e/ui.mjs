// The UI flow: what a person sees and does in the workbench, step by step, with a screenshot of each.
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { readable } from './lib/noise.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { startEditor } from './lib/server.mjs';
import { createSteps, watchPage } from './lib/steps.mjs';
import { copyWorkspace } from './lib/workspace.mjs';
import * as editor from './lib/workbench.mjs';

const card = 'README.md';
const rule = 'licence-laundering';
const auditCommand = 'Pedigree: Audit Workspace';
const headings = ['Summary', 'Obligations', 'Findings', 'Works'];
/** In the report: whatever is clicked to go to a finding. Its text names the place as `file:line`. */
const findingLink = 'a, button, [role="link"], [role="button"]';
const place = /([\w./-]+):(\d+)/;
/** A second card, whose licence is still to be chosen. */
const draft = { path: 'draft/README.md', text: '---\nlicense: \nlibrary_name: transformers\n---\n\n# Draft\n' };

const modelfile = '# SPDX-License-Identifier: MIT\nFROM llama3.1:8b\nPARAMETER temperature 0.7\nSYSTEM """\nYou answer tickets.\n"""\nTEMPLATE """{{ .System }}<|user|>{{ .Prompt }}"""\nLICENSE Apache-2.0 WITH LLVM-exception\n';

const cell = (type, source) => ({ cell_type: type, metadata: {}, source, ...(type === 'code' ? { execution_count: null, outputs: [] } : {}) });
const notebook = JSON.stringify({
  cells: [cell('markdown', '# Evaluation'), cell('code', 'from transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")')],
  metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5,
});

/** Enough to read for a person to change their mind meanwhile. */
async function manyFiles(folder) {
  await mkdir(folder, { recursive: true });
  // Much to read and little to conclude.
  const text = `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n${'print(model, 1, "a")\n'.repeat(800)}`;
  await Promise.all(Array.from({ length: 2_000 }, (_, at) => writeFile(join(folder, `${at}.py`), `# ${at}\n${text}`)));
}

async function flow(page, url, folder, step) {
  const keep = (name) => editor.screenshot(page, name);

  const opened = await step('the workbench opens the folder', () => editor.openWorkbench(page, url));
  // Each of the others would wait its full time for the same reason.
  if (!opened) return;

  await step('a card that says less than its base is underlined, and Problems names the rule', async () => {
    await editor.openFile(page, card);
    await editor.waitSquiggle(page, 'error');
    const row = await editor.waitProblem(page, rule);
    await keep('1-problem');
    return row;
  });

  await step('the hover on a base model names its licence, with source and date', async () => {
    await editor.hidePanel(page);
    const text = await editor.hoverOn(page, /(?<=base_model:.*)meta-llama\/\S+|(?<=^\s*-\s*)meta-llama\/\S+/, /May I use it here\?/);
    // The editor shows findings first: the answer stands below them, and above all that is known beside it.
    await editor.scrollHoverTo(page, /^May I use it here\?/);
    await keep('2-hover');
    if (!/May I use it here\? Yes for commercial use, on conditions\.[^]*Says who: [^]*Commercial use/.test(text)) throw new Error(`no answer first: ${text}`);
    if (!/\b20\d\d-\d\d(-\d\d)?\b/.test(text)) throw new Error(`no date in: ${text}`);
    if (!/source|catalogue|card|https?:/i.test(text)) throw new Error(`no source in: ${text}`);
  });

  await step('the quick fix writes the inherited licence, and saving puts it on disk', async () => {
    const title = await editor.quickFix(page, /(?<=^license:\s*)\S+/, /llama3\.1/, () => keep('3-fix'));
    await editor.save(page);
    await editor.waitFile(join(folder, card), /^license: *["']?llama3\.1\b/m);
    await keep('3-fixed');
    return title;
  });

  await step('the problem is gone once it is fixed', async () => {
    await editor.poll('the problem to go', async () => (await editor.problems(page, rule)).length === 0);
    await editor.problems(page);
  });

  await step('the language status tells what is known', async () => {
    const text = await editor.languageStatus(page, /Pedigree:.*works? of others/);
    await keep('3-status');
    return text;
  });

  const report = editor.webviewFrame(page);
  await step(`"${auditCommand}" opens a report with ${headings.join(', ')}`, async () => {
    await editor.hidePanel(page);
    await editor.runCommand(page, auditCommand);
    for (const name of headings) await report.getByRole('heading', { name, exact: true, level: 2 }).waitFor({ timeout: editor.patience });
    await editor.noNotification(page);
    await keep('4-report');
    const disclaimers = await report.getByText('not legal advice').count();
    if (disclaimers !== 1) throw new Error(`the disclaimer stands there ${disclaimers} times`);
  });

  await step('a finding in the report leads to its line', async () => {
    const link = report.locator(findingLink).filter({ hasText: place }).first();
    await link.waitFor({ timeout: editor.patience });
    const [, file, line] = place.exec(await link.innerText());
    await link.click();
    await editor.poll(`the cursor at ${file}:${line}`, async () => {
      const at = await editor.cursor(page);
      return at.file.endsWith(`/${file}`) && at.line === Number(line);
    });
    await keep('5-at-the-finding');
    return `${file}:${line}`;
  });

  await step('the report hidden and shown again is the same, with what was typed into its filter', async () => {
    const filter = report.getByRole('searchbox');
    await filter.fill('train.yaml');
    const rows = report.locator('.finding');
    const before = await editor.poll('fewer findings', async () => {
      const texts = await rows.allInnerTexts();
      return texts.length > 0 && texts.every((text) => text.includes('train.yaml')) && texts;
    });
    await editor.openTab(page, card);
    await editor.openTab(page, 'Pedigree Report');
    await rows.first().waitFor({ timeout: editor.patience });
    const after = await rows.allInnerTexts();
    if (after.join() !== before.join()) throw new Error(`${before.length} findings before, ${after.length} after`);
    await report.getByRole('searchbox').fill('');
    await keep('5-filtered');
    return `${before.length} findings`;
  });

  await step('a link selects the very range', async () => {
    const link = report.locator('.finding').filter({ hasText: 'service-output-data' }).filter({ hasText: 'generate.py' }).getByRole('button', { name: /generate\.py:\d+$/ }).first();
    await link.click();
    return editor.poll('a selection', async () => {
      const { file, selected } = await editor.cursor(page);
      return file.endsWith('/generate.py') && selected > 0 && `${selected} characters selected`;
    });
  });

  await step('a finding in weights is shown in the explorer, one in a notebook in its cell', async () => {
    await writeFile(join(folder, 'eval.ipynb'), notebook);
    await editor.runCommand(page, auditCommand);
    await report.getByRole('button', { name: /\.gguf, general\.license$/ }).first().click();
    await page.locator('.explorer-folders-view .monaco-list-row.selected').filter({ hasText: '.gguf' }).waitFor({ timeout: editor.patience });
    await report.getByRole('button', { name: /eval\.ipynb, cell 2:\d+$/ }).first().click();
    await page.locator('.notebookOverlay .cell-list-container .monaco-list-row.focused').filter({ hasText: 'from_pretrained' }).waitFor({ timeout: editor.patience });
    await keep('5-notebook');
    await rm(join(folder, 'eval.ipynb'));
  });

  await step('an audit can be cancelled, and then shows no report', async () => {
    await editor.closeAll(page);
    await manyFiles(join(folder, 'many'));
    await editor.runCommand(page, auditCommand);
    await editor.cancelNotification(page, 'Pedigree audit');
    await page.locator('.statusbar-item').filter({ hasText: 'audit cancelled' }).waitFor({ timeout: editor.patience });
    if (await page.locator('.tab').filter({ hasText: 'Pedigree Report' }).count()) throw new Error('a report is open');
    await rm(join(folder, 'many'), { recursive: true });
  });

  await step('debug information is copied, and names nothing of the folder', async () => {
    await editor.runCommand(page, 'Pedigree: Copy Debug Information');
    await page.locator('.statusbar-item').filter({ hasText: 'debug information copied' }).waitFor({ timeout: editor.patience });
    await editor.runCommand(page, 'File: New Untitled Text File');
    await page.keyboard.press('Control+V');
    const text = await editor.poll('the text', async () => {
      const lines = await page.locator('.editor-group-container.active .view-line').allInnerTexts();
      return lines.length > 3 && lines.join('\n').replaceAll('\u00a0', ' ');
    });
    if (!/^Knowledge: 20\d\d-/m.test(text) || !/^Server runs on: Node v/m.test(text)) throw new Error(text);
    if (text.includes(folder)) throw new Error(`it names ${folder}`);
    // An empty one closes without a question.
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await editor.closeAll(page);
  });

  await step('parents above a card and terms behind an id are shown where a setting asks for them', () => besideTheText(page, folder, keep));

  await step('a cell of a notebook is underlined, and explains itself', async () => {
    await editor.closeAll(page);
    await writeFile(join(folder, 'paint.ipynb'), notebook.replace('meta-llama/Llama-3.1-8B', 'black-forest-labs/FLUX.1-dev'));
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'paint.ipynb' }).dblclick();
    await page.locator('.notebookOverlay .squiggly-info').first().waitFor({ state: 'attached', timeout: editor.patience });
    const text = await editor.hoverInCell(page, /black-forest-labs\/FLUX/, /May I use it here\? Only for non-commercial use/);
    await keep('6-notebook');
    await editor.closeAll(page);
    await rm(join(folder, 'paint.ipynb'));
    return text.slice(0, 60).replaceAll('\n', ' ');
  });

  await step('a card being written is offered licence ids', async () => {
    await mkdir(join(folder, dirname(draft.path)), { recursive: true });
    await writeFile(join(folder, draft.path), draft.text);
    await editor.openFile(page, draft.path);
    for (const [typed, expected] of [['apa', /^apache-2\.0$/], ['llama3', /^llama3\.1$/]]) {
      await editor.replaceLine(page, 2, `license: ${typed}`);
      await editor.completions(page, expected);
      await keep(`6-completion-${typed}`);
      await page.keyboard.press('Escape');
    }
  });

  await step('licences are coloured as such in a card, in a Modelfile and in a comment', async () => {
    await writeFile(join(folder, 'Modelfile'), modelfile);
    const expect = async (pattern, scope) => {
      const said = await editor.scopesAt(page, pattern);
      if (!said.includes(scope)) throw new Error(`${pattern} has no ${scope}: ${said}`);
    };
    await editor.openFile(page, card);
    await expect(/(?<=^license: *)[\w.]+/, 'support.constant.licence.hub');
    await editor.openFile(page, 'Modelfile');
    await editor.waitLanguage(page, 'Modelfile');
    await expect(/(?<=^# SPDX-License-Identifier: )\S+/, 'support.constant.licence.spdx');
    await expect(/(?<=^LICENSE )\S+/, 'support.constant.licence.spdx');
    await expect(/(?<=^FROM )\w+/, 'entity.name.type.model.modelfile');
    await keep('7-modelfile');
    await rm(join(folder, 'Modelfile'));
  });
}

/** What is shown beside the text only where somebody wants it. */
async function besideTheText(page, folder, keep) {
  const lens = page.locator('.editor-group-container.active .codelens-decoration a');
  await editor.openFile(page, card);
  await editor.waitSquiggle(page, 'warning');
  if (await lens.count()) throw new Error('a lens that nobody asked for');
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify({ 'pedigree.codeLens': true, 'pedigree.inlayHints': true }));
  await lens.filter({ hasText: /\d parents?, strictest: / }).waitFor({ timeout: editor.patience });
  const hint = await editor.poll('a hint', () => page.evaluate(() => [...document.querySelectorAll('.editor-group-container.active .view-line')].map((line) => line.textContent).find((text) => /Llama.3\.1.Community/.test(text))));
  await keep('6-beside');
  await rm(join(folder, '.vscode'), { recursive: true });
  await lens.first().waitFor({ state: 'detached', timeout: editor.patience });
  return `${hint.replaceAll('\u00a0', ' ')}`;
}

/** Runs the flow; gives { passed, failed }. */
export async function runUi({ vsix, examples }) {
  const runDir = join(runRoot, 'ui');
  await editor.forgetFailures('step');
  const folder = await copyWorkspace(examples);
  let server;
  let browser;
  try {
    server = await startEditor({ vsix, folder, runDir });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const said = watchPage(page);
    const { step, tally } = createSteps({ onFailure: (name) => editor.screenshot(page, `failed-step-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await flow(page, server.url, folder, step);
    await step('no content security policy was broken', async () => {
      if (said.breaches.length > 0) throw new Error(said.breaches.join(' | '));
    });
    await step('the page asked nobody but this machine', async () => {
      if (said.requests.length > 0) throw new Error(said.requests.join(' | '));
    });
    await appendFile(join(runDir, 'console.log'), said.errors.map((line) => `${line}\n`).join(''));
    if (tally.failed > 0) await explain(server.logFile, said.errors);
    return tally;
  } finally {
    await browser?.close();
    await server?.stop();
  }
}

async function explain(logFile, errors) {
  const log = (await readFile(logFile, 'utf8')).split('\n');
  console.log(['--- the editor said', ...readable(log), '--- the page said', ...readable(errors), `--- more in ${runRoot}`].join('\n'));
}

if (isMain(import.meta.url)) await main({ 'in the workbench': runUi });
