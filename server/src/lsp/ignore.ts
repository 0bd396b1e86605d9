import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../protocol/report.ts';
import { fences } from '../artefacts/card/front-matter.ts';
import { indexLines, lineText, positionAt } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';

interface Comment {
  readonly open: string;
  readonly close: string;
}

const hash: Comment = { open: '# ', close: '' };
const slashes: Comment = { open: '// ', close: '' };
const html: Comment = { open: '<!-- ', close: ' -->' };

/** First and last line of the front matter, fences included; -1 where there is none. */
const frontMatterOf = (text: string, index: LineIndex): { readonly first: number; readonly last: number } => {
  const found = fences(text);
  if (!found) return { first: -1, last: -1 };
  const first = index.starts.findIndex((start, line) => lineText(text, index, line).trim() !== '' && start >= 0);
  return { first, last: positionAt(index, Math.max(0, found.bodyStart - 1)).line };
};

/** The comment that can stand above a line; undefined in files that have none, such as JSON and licence texts. */
const commentAt = (name: string, inFrontMatter: boolean): Comment | undefined => {
  if (name.endsWith('.md')) return inFrontMatter ? hash : html;
  if (
    /\.(?:py|ya?ml|toml|cfg|ini|sh|bash|zsh|slurm|sbatch|pbs|lsf|mk|just)$|(?:^|\.)(?:dockerfile|containerfile|modelfile)(?:$|[._-])|^(?:gnu)?makefile(?:$|\.)|^\.?justfile$|^requirements/.test(
      name,
    )
  )
    return hash;
  if (/\.(?:vue|svelte|html?)$/.test(name)) return undefined;
  return /\.(?:[cm]?[jt]s|[jt]sx|rs|go|c|cc|cpp|h|hpp|java)$/.test(name) ? slashes : undefined;
};

/** Between the lines of a command that goes on by a backslash no comment can stand: it goes above the first. */
const aboveCommand = (text: string, index: LineIndex, line: number): number => {
  let first = line;
  while (
    first > 0 &&
    lineText(text, index, first - 1)
      .trimEnd()
      .endsWith('\\')
  )
    first -= 1;
  return first;
};

/**
 * A comment that ignores a finding, above its line, with the reason left to be written: until there is one, nothing is held back. A finding about
 * the whole file gets a comment for the whole file.
 */
export const ignoreAction = (document: TextDocument, path: string, finding: Finding, diagnostics: Diagnostic[]): CodeAction | undefined => {
  const text = document.getText();
  const index = indexLines(text);
  const front = frontMatterOf(text, index);
  const whole = finding.line === 1 && finding.column === 1 && finding.endColumn === 1;
  // Above the front matter and above `#!` there may be nothing: the comment goes behind them.
  const behind =
    front.first >= 0 && finding.line - 1 <= front.first
      ? front.first + 1
      : lineText(text, index, 0).startsWith('#!') && finding.line === 1
        ? 1
        : finding.line - 1;
  const line = aboveCommand(text, index, Math.min(behind, index.starts.length - 1));
  const comment = commentAt(path.slice(path.lastIndexOf('/') + 1).toLowerCase(), line <= front.last);
  if (!comment) return undefined;
  const indent = whole ? '' : (/^[ \t]*/.exec(lineText(text, index, line))?.[0] ?? '');
  const at = { line, character: 0 };
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `${indent}${comment.open}pedigree-ignore${whole ? '-file' : ''} ${finding.ruleId}: ${comment.close}${newLine}`;
  return {
    title: `Ignore ${finding.ruleId} ${whole ? 'in this file' : 'here'}: write the reason into the comment`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits: [{ range: { start: at, end: at }, newText }] }] },
  };
};
