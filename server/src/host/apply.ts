import { existsSync, writeFileSync } from 'node:fs';
import type { Fix, TextEdit } from '../protocol/report.ts';
import { indexLines, offsetAt } from '../text/lines.ts';
import { insertAppended } from '../policy/insert.ts';
import { policyFileName } from '../policy/read.ts';
import { contentOf, inside } from './content.ts';

export type Applied = { readonly ok: true; readonly paths: readonly string[] } | { readonly ok: false; readonly reason: string };

const edited = (text: string, edits: readonly TextEdit[]): string => {
  const index = indexLines(text);
  const ranges = edits.map((edit) => ({
    start: offsetAt(index, { line: edit.line - 1, character: edit.column - 1 }),
    end: offsetAt(index, { line: edit.endLine - 1, character: edit.endColumn - 1 }),
    text: edit.text,
  }));
  return ranges.toSorted((a, b) => b.start - a.start).reduce((whole, range) => whole.slice(0, range.start) + range.text + whole.slice(range.end), text);
};

const appended = (before: string, more: string): string => `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${more}`;

/** A policy with an entry more, in the list that is there. */
const withEntry = (before: string, more: string): string | undefined => {
  const found = insertAppended(before, more);
  return found && `${before.slice(0, found.start)}${found.text}${before.slice(found.end)}`;
};

/** The new text of each file that a fix touches, without writing it. Refused when a file has moved on or lies outside the root. */
export const plan = (root: string, fix: Fix): Map<string, string> | string => {
  const out = new Map<string, string>();
  const byPath = new Map<string, TextEdit[]>();
  for (const edit of fix.edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  for (const [path, edits] of byPath) {
    const full = inside(root, path);
    if (full === undefined) return `${path} is outside the folder`;
    if (edits.some((edit) => edit.cell !== null)) return `${path}: a notebook cell is edited in the editor`;
    const content = contentOf(root, path);
    if (!content || edits.some((edit) => edit.hash !== content.hash)) return `${path} has changed since it was read`;
    const { decoded } = content;
    if (!content.exact) return `${path} is not UTF-8, and writing it back would change more than the fix says`;
    out.set(full, `${decoded.bom ? '\uFEFF' : ''}${edited(decoded.text, edits)}`);
  }
  for (const create of fix.creates) {
    const full = inside(root, create.path);
    if (full === undefined) return `${create.path} is outside the folder`;
    const there = existsSync(full) ? contentOf(root, create.path) : null;
    if (there === undefined || there?.exact === false) return `${create.path} is no UTF-8 text`;
    const before = there === null ? '' : `${there.decoded.bom ? '\uFEFF' : ''}${there.decoded.text}`;
    if (before.trim() !== '' && !create.append) return `${create.path} is there already`;
    if (before.includes(create.text.trim())) continue;
    const text = create.path === policyFileName ? withEntry(before, create.text) : appended(before, create.text);
    if (text === undefined) return `${create.path} cannot take it as it is`;
    out.set(full, text);
  }
  return out;
};

export const applyFix = (root: string, fix: Fix): Applied => {
  const planned = plan(root, fix);
  if (typeof planned === 'string') return { ok: false, reason: planned };
  for (const [path, text] of planned) {
    try {
      writeFileSync(path, text);
    } catch (error) {
      return { ok: false, reason: `${path} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'error'}` };
    }
  }
  return { ok: true, paths: [...planned.keys()] };
};
