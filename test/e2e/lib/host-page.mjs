// Code of ours inside the extension host of the editor, which a page of the browser starts.
import { join } from 'node:path';
import { e2eDir } from './paths.mjs';
import { screenshot } from './workbench.mjs';

/** An extension that does nothing, beside which such code runs. */
export const harness = join(e2eDir, 'harness');

/**
 * Runs in the page, before the workbench reads its configuration. The `payload` in the address, which is meant for
 * this, is ignored by a built workbench; changing the served page instead breaks its connections.
 */
function addDevelopmentOptions(options) {
  if (window.top !== window) return;
  const observer = new MutationObserver(() => {
    const meta = document.getElementById('vscode-workbench-web-configuration');
    if (!meta) return;
    observer.disconnect();
    const configuration = JSON.parse(meta.getAttribute('data-settings'));
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    meta.setAttribute('data-settings', JSON.stringify(configuration));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Opens the page and waits for the exit code of the `run()` of a bundle, or words for what came instead. `log` takes what it printed. */
export async function runInPage(browser, server, bundle, { log = [], limit = 240_000 } = {}) {
  const page = await browser.newPage();
  const remote = (path) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${server.port}`, path });
  await page.addInitScript(addDevelopmentOptions, { extensions: [remote(harness)], extensionTestsPath: remote(bundle) });
  await page.exposeFunction('codeAutomationLog', (type, args) => log.push(`${type} ${JSON.stringify(args)}`));
  let finish;
  const code = new Promise((resolve) => (finish = resolve));
  await page.exposeFunction('codeAutomationExit', finish);
  page.once('crash', () => finish('the page crashed'));
  server.exited.then((serverCode) => finish(`the server ended with ${serverCode}`), finish);
  const timer = setTimeout(() => finish(`nothing after ${limit / 1000} s`), limit);
  try {
    await page.goto(server.url);
    const ended = await code;
    // A box that nobody closed or an extension that did not start can often be seen.
    if (ended !== 0) await screenshot(page, 'failed-extension-host').catch(() => {});
    return ended;
  } finally {
    clearTimeout(timer);
    await page.close();
  }
}
