// Several folders in one window, each with its policy; and a server that ends, hangs or is gone, as somebody in front of it sees it.
import { readFileSync, readdirSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './lib/browser.mjs';
import { main } from './lib/main.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { startEditor } from './lib/server.mjs';
import { createSteps, watchPage } from './lib/steps.mjs';
import { copyWorkspace } from './lib/workspace.mjs';
import * as editor from './lib/workbench.mjs';

const runDir = join(runRoot, 'trouble');
const rule = 'licence-laundering';
const licence = /(?<=^license:\s*)\S+/;
/** The server hangs for this long, by the extension's own reckoning, before it is ended. */
const hangs = 90_000;

/** As large as the configuration of a trainer may be and known by its keys, so that it is parsed: that takes long enough for a signal to arrive meanwhile. */
const large = (word) => `model_name_or_path: tatsu-lab/alpaca-7b\nstage: sft\n${word}:\n${Array.from({ length: 9_500 }, (_, at) => `  - [{ at: ${at} }]\n`).join('')}`;

/** What each server of the window says that it is reading. */
function journals() {
  const folder = join(runDir, 'xdg/pedigree/running');
  try {
    return readdirSync(folder).map((name) => ({ pid: Number(/-(\d+)\.journal$/.exec(name)?.[1]), reading: readFileSync(join(folder, name), 'utf8').split('\n')[1] ?? '' }));
  } catch {
    return [];
  }
}
const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    // One that ended and that nobody has asked after is still listed.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const server = () => journals().map(({ pid }) => pid).find(isAlive);
/** All threads of a process stand still. A signal is on its way for a moment, in which the engine can get through the file. */
const isStopped = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => /\) [TZX] /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
  } catch {
    return true;
  }
};
/** Writes a large file, waits until a server is in the midst of it, and sends it a signal there. */
async function signalWhile(path, signal) {
  let round = 0;
  const inMidst = ({ pid, reading }) => reading.includes(`"${path}"`) && isAlive(pid);
  const caught = () => {
    const pid = journals().find(inMidst)?.pid;
    if (pid === undefined) return undefined;
    process.kill(pid, 'SIGSTOP');
    while (!isStopped(pid));
    // It may have got through meanwhile.
    if (!journals().some((each) => each.pid === pid && inMidst(each))) return void process.kill(pid, 'SIGCONT');
    if (signal !== 'SIGSTOP') process.kill(pid, signal);
    return pid;
  };
  return editor.poll(`${path} to be read`, async () => {
    // A watcher that is still being set up misses what is written.
    await writeFile(path, large(`key_${(round += 1)}`));
    return editor.poll('the reading', caught, { timeout: 8_000, interval: 1 }).catch(() => undefined);
  });
}

const toast = (page, text) => page.locator('.notification-toast').filter({ hasText: text });
const dismiss = async (page, text) => {
  await toast(page, text).hover();
  await toast(page, text).locator('.codicon-notifications-clear').first().click();
  await toast(page, text).waitFor({ state: 'detached', timeout: editor.patience });
};
/** Opens a file of one of several folders by its name and folder. */
async function openIn(page, folder, path) {
  await editor.goTo(page, `${folder}/${path}`);
  await editor.poll(`${folder}/${path} in front`, async () => (await editor.cursor(page)).file.endsWith(`/${folder}/${path}`));
}
/** The entry of the language status, with the icon that says how bad it is; it lies over boxes, so it is closed again. */
async function entry(page, expected, whenOpen = async () => {}) {
  const found = await editor.languageStatusEntry(page, expected);
  await whenOpen();
  await page.mouse.move(10, 300);
  await page.locator('.hover-language-status').first().waitFor({ state: 'detached', timeout: editor.patience });
  return found;
}

async function flow(page, url, folders, step) {
  const keep = (name) => editor.screenshot(page, name);
  const opened = await step('the workbench opens two folders', () => editor.openWorkbench(page, url));
  if (!opened) return;

  await step('each folder has a policy of its own: what is a finding in one is off in the other', async () => {
    await openIn(page, 'shop', 'README.md');
    await editor.waitSquiggle(page, 'error');
    const one = async () => {
      const found = await editor.problems(page, rule);
      return found.length === 1 && found;
    };
    await editor.poll('the finding of the one folder', one);
    await editor.problems(page);
    await openIn(page, 'lab', 'README.md');
    // Something else is found there, so it has been looked at.
    await editor.waitSquiggle(page, 'warning');
    await editor.poll('no other', one);
    await keep('11-folders');
    await editor.problems(page);
  });

  await step('and a use of its own, under which a hover answers', async () => {
    await editor.hidePanel(page);
    const base = /(?<=^\s*-\s*)tatsu-lab\/\S+/;
    await openIn(page, 'lab', 'README.md');
    await editor.hoverOn(page, base, /May I use it here\? Yes, for non-commercial use/);
    await openIn(page, 'shop', 'README.md');
    await editor.hoverOn(page, base, /May I use it here\? No, not for commercial use/);
    await page.mouse.move(10, 300);
  });

  await step('a policy that is changed in one folder changes nothing in the other', async () => {
    await writeFile(join(folders.lab, 'pedigree.yaml'), 'use: { commercial: false }\n');
    await editor.poll('findings in both', async () => (await editor.problems(page, rule)).filter((row) => row.includes(rule)).length > 1);
    await editor.problems(page);
    await editor.hidePanel(page);
  });

  await step('the tree and the report tell the folders apart', async () => {
    await editor.runCommand(page, 'Pedigree: Focus on Findings View');
    const rows = page.locator('.sidebar .monaco-list-row[aria-level="1"]');
    const names = await editor.poll('folders in the tree', async () => {
      const texts = (await rows.allInnerTexts()).map((text) => text.split('\n')[0].trim());
      return texts.length === 2 && texts;
    });
    await editor.runCommand(page, 'Pedigree: Audit Workspace');
    const frame = editor.webviewFrame(page);
    for (const name of ['shop', 'lab']) await frame.getByRole('heading', { name, exact: true, level: 3 }).first().waitFor({ timeout: editor.patience });
    await editor.noNotification(page);
    await keep('11-folders-report');
    // What the policy of one folder states, which makes the report say less, is told there.
    await frame.locator('summary').filter({ hasText: 'Left out or lowered' }).first().click();
    await frame.locator('details li').filter({ hasText: 'states the use, which is believed' }).first().scrollIntoViewIfNeeded({ timeout: editor.patience });
    await keep('11-lowered');
    await editor.closeAll(page);
    return names.join(', ');
  });

  const name = 'large.yaml';
  await step('a server that ends in the midst of a file comes back, names the file once and skips it', async () => {
    await openIn(page, 'shop', 'README.md');
    const pid = await signalWhile(join(folders.shop, name), 'SIGKILL');
    await toast(page, `did not get through ${name}`).waitFor({ timeout: editor.patience });
    await editor.poll('another server', () => server() !== undefined && server() !== pid);
    await keep('12-named');
    const { text, severity } = await entry(page, new RegExp(`Pedigree: skips ${name}`), () => keep('12-skipped'));
    if (severity !== 'warning') throw new Error(`${severity}: ${text}`);
    await dismiss(page, `did not get through ${name}`);
    return text;
  });

  await step('all else is checked, and it is not named again', async () => {
    await editor.clickText(page, licence);
    await editor.replaceLine(page, 2, 'license: llama3.1');
    await editor.poll('the finding to go', async () => (await editor.problems(page, 'shop')).every((row) => !row.includes(rule)));
    await editor.replaceLine(page, 2, 'license: mit');
    await editor.waitProblem(page, rule);
    await editor.hidePanel(page);
    const pid = server();
    process.kill(pid, 'SIGKILL');
    await editor.poll('another server', () => server() !== undefined && server() !== pid);
    await entry(page, new RegExp(`Pedigree: skips ${name}`));
    if (await toast(page, 'did not get through').count()) throw new Error('it was named twice');
    await editor.runCommand(page, 'File: Save');
  });

  await step('the report counts it among what was not looked at', async () => {
    await editor.runCommand(page, 'Pedigree: Audit Workspace');
    const frame = editor.webviewFrame(page);
    await frame.locator('summary').filter({ hasText: 'Not read' }).first().click();
    await frame.getByText(/skipped until it changes: the server ended while it read this file/).first().waitFor({ timeout: editor.patience });
    await keep('12-not-read');
    await editor.noNotification(page);
    await editor.closeAll(page);
  });

  await step('it is read again once it is another file', async () => {
    await openIn(page, 'shop', 'README.md');
    await writeFile(join(folders.shop, name), 'a: 1\n');
    const { text, severity } = await entry(page, /Pedigree: \d+ works? of others/);
    if (severity !== 'information') throw new Error(`${severity}: ${text}`);
  });

  await step('a server that hangs in a file is ended once somebody waits for it, and the file is named', async () => {
    const pid = await signalWhile(join(folders.shop, 'endless.yaml'), 'SIGSTOP');
    await editor.replaceLine(page, 2, 'license: llama3.1');
    await toast(page, 'did not get through endless.yaml').waitFor({ timeout: hangs });
    await editor.poll('another server', () => server() !== undefined && server() !== pid && !isAlive(pid));
    await editor.poll('what was typed to be read', async () => (await editor.problems(page, rule)).every((row) => !row.includes('shop')));
    await editor.problems(page);
    await editor.hidePanel(page);
    await dismiss(page, 'did not get through endless.yaml');
    await rm(join(folders.shop, 'endless.yaml'));
  });

  await step('one that ends again and again is left alone, which is said: in a box, in the status, in the view', async () => {
    const given = toast(page, 'ended several times');
    await editor.poll('to be left alone', async () => {
      if (await given.count()) return true;
      const pid = server();
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      return undefined;
    }, { timeout: 60_000, interval: 500 });
    const { text, severity } = await entry(page, /Pedigree: the server ended several times/);
    if (severity !== 'error') throw new Error(`${severity}: ${text}`);
    await page.locator('.sidebar').getByText('does not run, so nothing is checked').waitFor({ timeout: editor.patience });
    await keep('12-given-up');
    return text;
  });

  await step('and comes back by its button; meanwhile the status is busy', async () => {
    await toast(page, 'ended several times').getByRole('button', { name: 'Restart' }).click();
    // Held while it starts, so that what is seen then can be looked at.
    const pid = await editor.poll('the server', server, { interval: 5 });
    process.kill(pid, 'SIGSTOP');
    try {
      const { text, busy } = await entry(page, /Pedigree: (?:starting|reading)/, () => keep('12-busy'));
      if (!busy) throw new Error(`not busy: ${text}`);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await entry(page, /Pedigree: \d+ works? of others/);
    await editor.replaceLine(page, 2, 'license: mit');
    await editor.waitProblem(page, rule);
    await editor.hidePanel(page);
  });

  await step('the log opens where a command asks for it', async () => {
    await editor.runCommand(page, 'Pedigree: Show Output');
    await editor.poll('the channel', () => page.evaluate(() => [...document.querySelectorAll('.part.panel select')].some((box) => box.selectedOptions[0]?.text === 'Pedigree')));
    await keep('12-log');
    await editor.hidePanel(page);
  });
}

/** Runs the flow; gives { passed, failed }. */
export async function runTrouble({ vsix, examples }) {
  await editor.forgetFailures('trouble');
  const root = await copyWorkspace(examples);
  const folders = { shop: `${root}/shop`, lab: `${root}/lab` };
  const { cp, mkdir } = await import('node:fs/promises');
  for (const folder of Object.values(folders)) {
    await mkdir(folder, { recursive: true });
    await cp(examples, folder, { recursive: true });
  }
  await writeFile(join(folders.lab, 'pedigree.yaml'), `use: { commercial: false }\nrules: { ${rule}: off }\n`);
  const workspace = join(root, 'two.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: Object.values(folders).map((path) => ({ path })) }));
  let running;
  let browser;
  try {
    running = await startEditor({ vsix, folder: workspace, runDir });
    browser = await launchBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const said = watchPage(page);
    const { step, tally } = createSteps({ onFailure: (name) => editor.screenshot(page, `failed-trouble-${name.replaceAll(/\W+/g, '-').slice(0, 60)}`) });
    await flow(page, running.url, folders, step);
    await step('the page asked nobody but this machine', async () => {
      if (said.requests.length > 0) throw new Error(said.requests.join(' | '));
    });
    return tally;
  } finally {
    await browser?.close();
    await running?.stop();
  }
}

if (isMain(import.meta.url)) await main({ 'several folders, and a server in trouble': runTrouble });
