// Inside the extension host: what a person waits for, measured once. `bench/editor.mjs` starts it as often as it takes figures.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { open, rangeOf, uri } from './editor.js';

interface Question {
  /** Where a line of JSON goes with the figures. */
  readonly results: string;
  readonly card: string;
  /** Milliseconds that the extension waits after a key press. */
  readonly pause: number;
  readonly keys: number;
}

const patience = 30_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ours alone: others may have something to say of the document too. */
const shownOf = (target: vscode.Uri): string =>
  JSON.stringify(
    vscode.languages
      .getDiagnostics(target)
      .filter(({ source }) => source === 'pedigree')
      .map(({ range, message }) => [range, message]),
  );

/** Settles with the time at which our findings of the document are others. */
const nextFindings = (target: vscode.Uri): Promise<number> => {
  const before = shownOf(target);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(() => reject(new Error('no findings came'))), patience);
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      const now = performance.now();
      if (shownOf(target) !== before) finish(() => resolve(now));
    });
    const finish = (end: () => void): void => {
      clearTimeout(timer);
      listening.dispose();
      end();
    };
  });
};

/** Types as the keyboard does, and gives the milliseconds from there to other findings, without the pause. */
const press = async (document: vscode.TextDocument, text: string, pause: number): Promise<number> => {
  const found = nextFindings(document.uri);
  const pressed = performance.now();
  await vscode.commands.executeCommand('type', { text });
  const at = await found;
  // What follows of it elsewhere comes after a pause of its own.
  await sleep(700);
  return at - pressed - pause;
};

const put = (editor: vscode.TextEditor, position: vscode.Position): void => {
  editor.selection = new vscode.Selection(position, position);
};

export async function run(): Promise<void> {
  const { results, card, pause, keys } = JSON.parse(process.env['PEDIGREE_MEASURE'] ?? '') as Question;
  const extension = vscode.extensions.getExtension('pedigree.pedigree');
  assert(extension, 'the extension is not installed');
  const document = await open(card);
  await sleep(1_500);
  assert(!extension.isActive, 'something activated it before');

  const idle = process.cpuUsage();
  const before = performance.now();
  const found = nextFindings(uri(card));
  await extension.activate();
  const activated = performance.now();
  const { user, system } = process.cpuUsage(idle);
  const first = (await found) - activated;

  // Until the whole folder was read, and what the next start takes from this one is kept, as in a window that somebody works in.
  await sleep(5_000);
  const moving: number[] = [];
  const stating: number[] = [];
  const editor = vscode.window.activeTextEditor;
  assert(editor?.document === document);
  for (let i = 0; i < keys; i += 1) {
    // A line above all that is found: no fact changes, every place does.
    put(editor, rangeOf(document, /\n/).start);
    moving.push(await press(document, '\n', pause));
    // A licence by its last letter: what is found changes.
    put(editor, rangeOf(document, /license: mit/).end);
    await vscode.commands.executeCommand('deleteLeft');
    await sleep(1_500);
    stating.push(await press(document, 't', pause));
  }
  appendFileSync(results, `${JSON.stringify({ activate: activated - before, ran: (user + system) / 1000, first, moving, stating })}\n`);
}
