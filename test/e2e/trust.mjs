// A folder that nobody trusts: it is read like any other, and the hub is not asked for it, whatever the user allows elsewhere.
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { startEditor, testSettings } from './lib/server.mjs';
import { createSteps } from './lib/steps.mjs';
import { copyWorkspace } from './lib/workspace.mjs';
import * as editor from './lib/workbench.mjs';

const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };

async function flow(page, url, asked, step) {
  if (!(await step('the workbench opens the folder, restricted', async () => {
    await editor.openWorkbench(page, url);
    await page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor({ timeout: editor.patience });
  }))) return;

  await step('what is wrong is found there too', async () => {
    await editor.openFile(page, 'README.md');
    await editor.waitSquiggle(page, 'error');
    await editor.waitProblem(page, 'licence-laundering');
    await editor.hidePanel(page);
    await editor.screenshot(page, '13-restricted');
  });

  await step('and the hub is not asked, though the user allows it where there is trust', async () => {
    await editor.runCommand(page, 'Pedigree: Audit Workspace');
    await editor.webviewFrame(page).getByRole('heading', { name: 'Works', exact: true, level: 2 }).waitFor({ timeout: editor.patience });
    await editor.noNotification(page);
    if (asked.length > 0) throw new Error(asked.join(' '));
    await editor.closeAll(page);
  });

  await step('once somebody trusts the folder, it is', async () => {
    await editor.runCommand(page, 'Workspaces: Manage Workspace Trust');
    await page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).first().click({ timeout: editor.patience });
    return editor.poll('a question', () => asked.find((path) => path.includes('nobody/at-all')));
  });
}

/** Runs the flow; gives { passed, failed }. */
export async function runTrust({ vsix, examples }) {
  await editor.forgetFailures('trust');
  const folder = await copyWorkspace(examples);
  await writeFile(join(folder, 'unknown.py'), 'from transformers import AutoModel\nAutoModel.from_pretrained("nobody/at-all")\n');
  const asked = [];
  const hub = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(404).end();
  });
  await new Promise((done) => hub.listen(0, '127.0.0.1', done));
  let running;
  let browser;
  try {
    running = await startEditor({ vsix, folder, runDir: join(runRoot, 'trust'), settings: { ...testSettings, ...trust }, env: { HF_ENDPOINT: `http://127.0.0.1:${hub.address().port}` } });
    // Of this machine, as the scope of the setting asks: where a window is remote, the user's own settings are those of another.
    await mkdir(join(runRoot, 'trust/ud/Machine'), { recursive: true });
    await writeFile(join(runRoot, 'trust/ud/Machine/settings.json'), JSON.stringify({ 'pedigree.useHub': true }));
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const { step, tally } = createSteps({ onFailure: (name) => editor.screenshot(page, `failed-trust-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await flow(page, running.url, asked, step);
    return tally;
  } finally {
    await browser?.close();
    await running?.stop();
    hub.close();
  }
}

if (isMain(import.meta.url)) await main({ 'a folder that nobody trusts': runTrust });
