import type { CodeAction, Diagnostic, Position } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { fences } from '../artefacts/card/front-matter.ts';
import { shortName } from '../lineage/path.ts';
import { policyFileName } from '../policy/read.ts';
import type { Finding } from '../protocol/report.ts';
import { indexLines, lineText, positionAt } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import type { EditContext } from './edits.ts';
import type { Settled } from './folders.ts';
import { policyEdit } from './policy-edit.ts';

/** An action that leaves something to be written, and where: an editor that can goes there. */
export interface WrittenAction {
  readonly action: CodeAction;
  readonly gap: { readonly uri: string; readonly position: Position };
}

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

/** The comment of a cell of a notebook, by the language that its editor gives it. */
const commentInCell = (language: string): Comment => (language === 'markdown' ? html : /^(?:java|type)script$/.test(language) ? slashes : hash);

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

/** Lines that only count where they come first: `#!`, an encoding, what a Dockerfile asks of its builder, the language of a cell. */
const leading = /^#!|^#.*coding[:=]|^#[ \t]*(?:syntax|escape|check)=|^%%/;

/** The first line above which a comment may stand: not the front matter's fence, nor what has to come first. */
const firstFree = (text: string, index: LineIndex, front: { readonly first: number; readonly last: number }): number => {
  if (front.first >= 0) return front.first + 1;
  let line = 0;
  while (line < index.starts.length - 1 && leading.test(lineText(text, index, line))) line += 1;
  return line;
};

/** A finding about the file as a whole: it stands on the first line and marks nothing. */
export const isOfWhole = (finding: Finding): boolean => finding.line === 1 && finding.column === 1 && finding.endColumn === 1;

const commentAction = (document: TextDocument, path: string, finding: Finding, whole: boolean, diagnostics: Diagnostic[]): WrittenAction | undefined => {
  const text = document.getText();
  const index = indexLines(text);
  const front = frontMatterOf(text, index);
  const first = firstFree(text, index, front);
  const line = whole ? first : aboveCommand(text, index, Math.min(Math.max(finding.line - 1, first), index.starts.length - 1));
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const comment = name.endsWith('.ipynb') ? commentInCell(document.languageId) : commentAt(name, line <= front.last);
  if (!comment) return undefined;
  const indent = whole ? '' : (/^[ \t]*/.exec(lineText(text, index, line))?.[0] ?? '');
  const at = { line, character: 0 };
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const head = `${indent}${comment.open}pedigree-ignore${whole ? '-file' : ''} ${finding.ruleId}: `;
  return {
    action: {
      title: `Ignore ${finding.ruleId} ${whole ? 'in this file' : 'here'}: write the reason into the comment`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: {
        documentChanges: [
          {
            textDocument: { uri: document.uri, version: document.version },
            edits: [{ range: { start: at, end: at }, newText: `${head}${comment.close}${newLine}` }],
          },
        ],
      },
    },
    gap: { uri: document.uri, position: { line, character: head.length } },
  };
};

/**
 * Comments that ignore a finding, above its line and for the whole file, with the reason left to be written: until there is one, nothing is
 * held back. A finding about the whole file gets the second alone.
 */
export const ignoreActions = (document: TextDocument, path: string, finding: Finding, diagnostics: Diagnostic[]): readonly WrittenAction[] =>
  (isOfWhole(finding) ? [true] : [false, true]).flatMap((whole) => commentAction(document, path, finding, whole, diagnostics) ?? []);

/** A path as a glob that stands for it alone. */
export const globOf = (path: string): string => path.replace(/[\\[\]{}()*?!+@|]/g, '\\$&');

/** An entry under `accept` in pedigree.yaml with the reason left to be written. */
const acceptance = (
  settled: Settled,
  finding: Finding,
  rest: readonly (readonly [string, string])[],
  context: EditContext,
  title: string,
  diagnostics: Diagnostic[],
) => {
  const edited = policyEdit(settled.folder, context, 'accept', [['rule', finding.ruleId], ...rest, ['reason', '']]);
  if (!edited) return [];
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics, edit: edited.edit };
  return [{ action, gap: { uri: edited.uri, position: edited.gap } }];
};

/**
 * Entries for this rule and work: in this file, and everywhere where other files decide the same, since the finding would only move on to the
 * next of them.
 */
export const acceptActions = (settled: Settled, finding: Finding, context: EditContext, diagnostics: Diagnostic[]): readonly WrittenAction[] => {
  const [work] = finding.works;
  const ofWork = work === undefined ? [] : [['work', JSON.stringify(work)] as const];
  const here = [...ofWork, ['paths', `[${JSON.stringify(globOf(finding.path))}]`] as const];
  const others = work !== undefined && finding.related.some(({ path }) => path !== finding.path && path !== policyFileName);
  return [
    ...acceptance(settled, finding, here, context, `Accept ${finding.ruleId} in ${policyFileName}: write the reason there`, diagnostics),
    ...(others
      ? acceptance(
          settled,
          finding,
          ofWork,
          context,
          `Accept ${finding.ruleId} of ${shortName(work)} in every file: write the reason in ${policyFileName}`,
          diagnostics,
        )
      : []),
  ];
};
