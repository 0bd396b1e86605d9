// What a person does in the workbench, as functions of the page. Every wait has a limit, none is a fixed sleep.
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { screenshotDir } from './paths.mjs';

/** The workbench takes some 7 s to load on two busy cores, and a language server starts after it. */
const starting = 60_000;
/** For everything after that. */
export const patience = 30_000;

const activeGroup = '.editor-group-container.active';
const activeTab = `${activeGroup} .tab.active .monaco-icon-label`;
const quickInput = '.quick-input-widget:visible';

/** Asks until `probe` gives something truthy. */
export async function poll(what, probe, { timeout = patience, interval = 150 } = {}) {
  const until = Date.now() + timeout;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > until) throw new Error(`${what}: not within ${timeout / 1000} s`);
    await delay(interval);
  }
}

/** Loads the workbench and waits until the explorer lists the folder. */
export async function openWorkbench(page, url) {
  await page.goto(url);
  await page.waitForSelector('.monaco-workbench .explorer-folders-view .monaco-list-row', { timeout: starting });
}

/** Presses a key until the selector is seen: a key that comes too early is lost without a trace. */
async function pressUntil(page, key, selector, { timeout = patience, each = 3_000 } = {}) {
  await poll(`${key} to show ${selector}`, async () => {
    await page.keyboard.press(key);
    return page.waitForSelector(selector, { timeout: each }).catch(() => undefined);
  }, { timeout });
}

async function fillQuickInput(page, text) {
  // One that is still closing is seen but cannot be filled: then another has to be opened.
  await poll('the palette', async () => {
    if (!(await page.locator(quickInput).count())) await pressUntil(page, 'F1', quickInput);
    // Not typed: an editor that opens meanwhile takes the keyboard, and would get the words.
    const put = (input, words) => {
      input.value = words;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    };
    return page.locator(`${quickInput} input`).first().evaluate(put, text, { timeout: 2_000 }).then(() => true, () => false);
  });
}

/** Runs a command by its title in the palette, for example "Pedigree: Audit Workspace". */
export async function runCommand(page, title) {
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  await poll(`the command "${title}"`, async () => {
    await fillQuickInput(page, `>${title}`);
    // An editor that opens meanwhile takes the keyboard, and the palette is gone before the click.
    if (await row.click({ timeout: 3_000 }).then(() => true, () => false)) return true;
    // An extension's commands are listed once its manifest is read: close and look again.
    await page.keyboard.press('Escape');
    return false;
  });
}

/** Opens a file of the folder for good (not as a preview) and waits for its text. `path` is relative, with slashes. */
export async function openFile(page, path) {
  const parts = path.split('/');
  for (const index of parts.keys()) {
    // Behind the path of a file with findings stands how many there are.
    const path = parts.slice(0, index + 1).join('/');
    const label = `:is(.monaco-icon-label[aria-label$="/${path}"], .monaco-icon-label[aria-label*="/${path} \u2022 "])`;
    const row = page.locator(`.explorer-folders-view .monaco-list-row[aria-level="${index + 1}"]`).filter({ has: page.locator(label) });
    await row.waitFor({ timeout: patience });
    if (index < parts.length - 1) {
      if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
      continue;
    }
    // Its whole path: every folder of this field has a README.md, and one may be open.
    const whole = (await row.locator(label).getAttribute('aria-label')).split(' \u2022 ')[0];
    await row.dblclick();
    await page.waitForSelector(`${activeTab}:is([aria-label="${whole}"], [aria-label^="${whole} \u2022 "])`, { timeout: patience });
    await page.waitForSelector(`${activeGroup} .monaco-editor[data-uri$="${encodeURI(whole)}"] .view-line`, { timeout: patience });
  }
}

/** The centre of the first place in the active editor's visible text that matches, or undefined. */
function findText(page, pattern) {
  return page.evaluate(
    ({ source, flags, group }) => {
      const regex = new RegExp(source, flags);
      const lines = [...document.querySelectorAll(`${group} .monaco-editor .view-line`)];
      lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
      for (const line of lines) {
        const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        // The editor draws spaces as U+00A0; patterns should not have to know.
        const match = regex.exec(nodes.map((node) => node.data).join('').replaceAll('\u00a0', ' '));
        if (!match) continue;
        const at = (offset) => {
          let rest = offset;
          for (const node of nodes) {
            if (rest <= node.length) return [node, rest];
            rest -= node.length;
          }
          return [nodes.at(-1), nodes.at(-1).length];
        };
        const range = document.createRange();
        range.setStart(...at(match.index));
        range.setEnd(...at(match.index + match[0].length));
        const box = range.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
      return undefined;
    },
    { source: pattern.source, flags: pattern.flags, group: activeGroup },
  );
}

/** Where no text is, so that an open hover goes away and the next move counts as one. */
const moveAway = (page) => page.mouse.move(10, 300);

/** Clicks into the editor at the text: this also gives it the keyboard. */
export async function clickText(page, pattern) {
  const { x, y } = await poll(`text ${pattern} in the editor`, () => findText(page, pattern));
  await moveAway(page);
  await page.mouse.click(x, y);
}

/** Hovers over the text until the hover says something that matches `expected`; returns all of what it says. */
export async function hoverOn(page, pattern, expected = /\S/) {
  let last = '';
  return poll(`a hover on ${pattern} that says ${expected}`, async () => {
    const place = await findText(page, pattern);
    if (!place) return undefined;
    await moveAway(page);
    await page.mouse.move(place.x, place.y);
    await page.mouse.move(place.x + 2, place.y);
    const hover = page.locator('.monaco-hover:visible').filter({ hasNotText: /^Loading/ });
    await hover.first().waitFor({ timeout: 3_000 }).catch(() => {});
    last = (await hover.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    return expected.test(last) ? last : undefined;
  }).catch((error) => {
    throw new Error(`${error.message}${last ? `; the last one said: ${last.slice(0, 300)}` : ''}`);
  });
}

/** The same in a cell of a notebook, which lies beside the groups of editors and not in one. */
export async function hoverInCell(page, pattern, expected) {
  const word = page.locator('.notebookOverlay .view-line span').filter({ hasText: pattern }).last();
  const hover = page.locator('.monaco-hover:visible').filter({ hasText: expected });
  return poll(`a hover on ${pattern} in a cell that says ${expected}`, async () => {
    await moveAway(page);
    await word.hover();
    await hover.first().waitFor({ timeout: 3_000 }).catch(() => {});
    return (await hover.count()) > 0 && (await hover.first().innerText()).replaceAll('\u00a0', ' ');
  });
}

/** Brings a text inside the open hover into sight, as the wheel would: all of an element's, or what a pattern finds in it. */
export async function scrollHoverTo(page, text) {
  await page.locator('.monaco-hover:visible').getByText(text, typeof text === 'string' ? { exact: true } : {}).first().scrollIntoViewIfNeeded({ timeout: patience });
}

/** Closes the panel below the editor, if it is open. */
export async function hidePanel(page) {
  if (await page.locator('.part.panel:visible').count()) {
    await page.keyboard.press('Control+J');
    await page.locator('.part.panel').waitFor({ state: 'hidden', timeout: patience });
  }
}

/** Waits until no notification is shown any more. */
export const noNotification = (page) => page.locator('.notification-toast').first().waitFor({ state: 'detached', timeout: patience });

/** Waits for an underlined range in the active editor: 'error', 'warning' or 'info'. */
export const waitSquiggle = (page, severity = 'error') =>
  page.waitForSelector(`${activeGroup} .monaco-editor .squiggly-${severity}`, { state: 'attached', timeout: starting });

/** The rows of the Problems view that contain `filter`: the view filters, since it keeps only rows in sight in the page. */
export async function problems(page, filter = '') {
  // The view's shortcut would close it if it were open.
  if (!(await page.locator('.markers-panel:visible').count())) await pressUntil(page, 'Control+Shift+M', '.markers-panel');
  const box = page.locator('.viewpane-filter input:visible').first();
  if ((await box.inputValue()) !== filter) await box.fill(filter);
  const rows = await page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim()).filter((row) => row.includes(filter));
}

/** Waits for a problem that contains the text (a message, a rule id) and returns its row. */
export async function waitProblem(page, text) {
  const [row] = await poll(`a problem "${text}"`, async () => {
    const rows = await problems(page, text);
    return rows.length > 0 && rows;
  });
  await problems(page);
  return row;
}

const isDirty = (page) => page.waitForSelector(`${activeGroup} .tab.active.dirty`, { timeout: patience });

/**
 * Puts the cursor on the text, opens the quick fix menu and takes the entry whose title matches.
 * By keyboard: a click on the entry can end on an invisible layer above it.
 */
export async function quickFix(page, at, title, whenListed = async () => {}, isTaken = isDirty) {
  const widget = '.action-widget:visible';
  await poll(`a quick fix ${title}`, async () => {
    await clickText(page, at);
    await page.keyboard.press('Control+Period');
    const wanted = page.locator(`${widget} .monaco-list-row`).filter({ hasText: title }).first();
    if (await wanted.waitFor({ timeout: 3_000 }).then(() => true, () => false)) return true;
    // The server may not have answered yet, or only others have.
    await page.keyboard.press('Escape');
    return false;
  });
  const focused = page.locator(`${widget} .monaco-list-row.focused`).filter({ hasText: title });
  const rows = await page.locator(`${widget} .monaco-list-row`).count();
  for (let step = 0; step <= rows && !(await focused.count()); step++) await page.keyboard.press('ArrowDown');
  if (!(await focused.count())) throw new Error(`the quick fix ${title} is listed but cannot be selected`);
  await whenListed();
  const chosen = (await focused.innerText()).replaceAll('\u00a0', ' ').trim();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.action-widget', { state: 'hidden', timeout: patience });
  // The server is asked for the edit only now: a save that comes before it would save nothing.
  await isTaken(page);
  return chosen;
}

/** Saves the active editor and waits until its tab is clean. */
export async function save(page) {
  await page.keyboard.press('Control+S');
  await page.waitForSelector(`${activeGroup} .tab.active.dirty`, { state: 'detached', timeout: patience });
}

/** Waits until the file on disk matches, and returns its text. */
export function waitFile(path, pattern) {
  return poll(`${path} to match ${pattern}`, async () => {
    const text = await readFile(path, 'utf8').catch(() => '');
    return pattern.test(text) ? text : undefined;
  });
}

/** The scopes of what is under the cursor once the text was clicked, as the editor's inspector of tokens tells them. */
export async function scopesAt(page, pattern) {
  const widget = page.locator('.token-inspect-widget:visible');
  await clickText(page, pattern);
  await runCommand(page, 'Developer: Inspect Editor Tokens and Scopes');
  const text = await poll(`scopes at ${pattern}`, async () => {
    const said = await widget.first().innerText({ timeout: 3_000 }).catch(() => '');
    return /textmate scopes/i.test(said) && said;
  });
  await page.keyboard.press('Escape');
  await widget.first().waitFor({ state: 'hidden', timeout: patience });
  return text.replaceAll(/\s+/g, ' ');
}

/** Waits for the name of the active editor's language in the status bar. */
export const waitLanguage = (page, name) => page.locator('[id="status.editor.mode"]').filter({ hasText: name }).waitFor({ timeout: patience });

/** Opens a file by its name, as "Go to File" finds it. */
export async function goTo(page, name) {
  const row = page.locator('.quick-input-list .monaco-list-row').first();
  await fillQuickInput(page, name);
  await row.waitFor({ timeout: patience });
  await poll(`${name} to be found`, async () => ((await row.getAttribute('aria-label', { timeout: 1_000 }).catch(() => '')) ?? '').includes(name.split('/').at(-1)));
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden', timeout: patience });
}

/** Moves the cursor, by "Go to Line". */
export async function gotoLine(page, line, column = 1) {
  await fillQuickInput(page, `:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.quick-input-widget', { state: 'hidden', timeout: patience });
}

/** Replaces what a line says by typing, with the cursor left behind the last character. */
export async function replaceLine(page, line, text) {
  await gotoLine(page, line);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.type(text);
}

/** Where the cursor is, as the status bar tells it, and the whole path of the file. */
export async function cursor(page) {
  const status = page.locator('[id="status.editor.selection"]');
  const text = await status.innerText({ timeout: 1_000 }).catch(() => '');
  const [, line, column] = /Ln (\d+), Col (\d+)/.exec(text) ?? [];
  // Not the label of the tab, which also counts the problems of the file.
  const uri = await page.locator(`${activeGroup} .monaco-editor[data-uri]`).first().getAttribute('data-uri', { timeout: 1_000 }).catch(() => null);
  const file = uri === null ? '' : decodeURIComponent(uri);
  return { file, line: Number(line), column: Number(column), selected: Number(/\((\d+) selected\)/.exec(text)?.[1] ?? 0) };
}

/** Brings an open tab to the front by its label. */
export async function openTab(page, label) {
  await page.locator('.tab').filter({ hasText: label }).first().click();
}

export async function closeAll(page) {
  await runCommand(page, 'View: Close All Editors');
  await page.locator('.tab').first().waitFor({ state: 'detached', timeout: patience });
}

/** What the language status says, as it opens under the mouse. */
export async function languageStatus(page, expected) {
  const item = page.locator('[id="status.languageStatus"]');
  const rows = page.locator('.hover-language-status .element');
  return poll(`a language status ${expected}`, async () => {
    await moveAway(page);
    await item.hover({ timeout: 3_000 }).catch(() => {});
    await rows.first().waitFor({ timeout: 2_000 }).catch(() => {});
    return (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim()).find((text) => expected.test(text));
  });
}

/** An entry of the language status: what it says, how bad it is, and whether it is at work. */
export function languageStatusEntry(page, expected) {
  const item = page.locator('[id="status.languageStatus"]');
  return poll(`a language status ${expected}`, async () => {
    await moveAway(page);
    // One that stays open says what held when it was opened.
    await page.locator('.hover-language-status').first().waitFor({ state: 'detached', timeout: 3_000 }).catch(() => {});
    await item.hover({ timeout: 3_000 }).catch(() => {});
    await page.locator('.hover-language-status .element').first().waitFor({ timeout: 2_000 }).catch(() => {});
    return page.evaluate(
      ({ source, flags }) => {
        for (const element of document.querySelectorAll('.hover-language-status .element')) {
          const text = element.innerText.replaceAll(/\s+/g, ' ').trim();
          if (!new RegExp(source, flags).test(text)) continue;
          const [, severity] = /\bsev(\d)\b/.exec(element.closest('.hover-language-status').querySelector('.severity')?.className ?? '') ?? [];
          return { text, severity: { 1: 'information', 2: 'warning', 3: 'error' }[severity], busy: element.querySelector('.codicon-loading, .codicon-modifier-spin') !== null };
        }
        return undefined;
      },
      { source: expected.source, flags: expected.flags },
    );
  });
}

/** Presses "Cancel" of the notification whose text it contains. */
export async function cancelNotification(page, text) {
  await page.locator('.notification-toast').filter({ hasText: text }).getByRole('button', { name: 'Cancel' }).click({ timeout: patience });
}

/** Asks for completions at the cursor until one matches; returns the labels that are seen. */
export async function completions(page, expected = /\S/) {
  const labels = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  return poll(`a completion ${expected}`, async () => {
    await page.keyboard.press('Control+Space');
    await labels.first().waitFor({ timeout: 3_000 }).catch(() => {});
    const texts = await labels.allInnerTexts();
    if (texts.some((text) => expected.test(text))) return texts;
    await page.keyboard.press('Escape');
    return undefined;
  });
}

/** The document inside the visible webview: two frames deep, the outer being the editor's own. */
export const webviewFrame = (page) => page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');

/** Keeps what is seen as screenshots/<name>.png. */
export async function screenshot(page, name) {
  await mkdir(screenshotDir, { recursive: true });
  const path = join(screenshotDir, `${name}.png`);
  await page.screenshot({ path });
  return path;
}

/** Removes what earlier runs kept of failures of this kind, which would look like those of this run. */
export async function forgetFailures(kind) {
  for (const name of await readdir(screenshotDir).catch(() => [])) {
    if (name.startsWith(`failed-${kind}`)) await rm(join(screenshotDir, name));
  }
}
