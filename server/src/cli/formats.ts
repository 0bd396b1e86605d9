import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { homepage } from '../../../package.json';
import { today } from '../host/today.ts';
import type { Workspace } from '../host/workspace.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { documentOf } from '../report/document.ts';
import { htmlOf } from '../report/html.ts';
import { linesOf } from '../report/lines.ts';
import { markdownOf } from '../report/markdown.ts';
import { notebookLines } from '../report/notebook-lines.ts';
import { sarifOf } from '../report/sarif.ts';
import { summaryOf } from '../report/summary.ts';
import { spdxOf } from '../report/spdx.ts';
import { reportText } from '../report/text.ts';
import { rules } from '../rules/index.ts';
import { askedTime, billFor, timeOf } from './bill.ts';

export const formats = ['text', 'lines', 'json', 'sarif', 'cyclonedx', 'spdx', 'markdown', 'html'] as const;
export type Format = (typeof formats)[number];

export interface FormatOptions {
  readonly workspace: Workspace;
  readonly knowledge: Knowledge;
  /** Fingerprints of an earlier report, where one was given. */
  readonly known: ReadonlySet<string> | undefined;
  readonly colour: boolean;
  readonly width: number;
}

/** Notebooks are read again, since a report keeps no texts. */
const cellLines = (root: string): ((path: string, cell: number, line: number) => number | undefined) => {
  const open = new Map<string, ReturnType<typeof notebookLines>>();
  return (path, cell, line) => {
    let lines = open.get(path);
    if (!lines) {
      try {
        lines = notebookLines(readFileSync(join(root, path), 'utf8'));
      } catch {
        lines = () => undefined;
      }
      open.set(path, lines);
    }
    return lines(cell, line);
  };
};

/** The report in one of the formats that others read. The same tree gives the same bytes. */
export const formatted = async (format: Format, { workspace, knowledge, known, colour, width }: FormatOptions): Promise<string> => {
  const { report } = workspace.analysis();
  const policy = workspace.policy();
  switch (format) {
    case 'text':
      return reportText(report, { colour, width, known: known ?? new Set() });
    case 'lines':
      return linesOf(report, { known: known ?? new Set(), lineOfCell: cellLines(workspace.root) });
    case 'json':
      return `${JSON.stringify(report, null, 1)}\n`;
    case 'sarif':
      return sarifOf(report, {
        rules,
        ...(known ? { known } : {}),
        lineOfCell: cellLines(workspace.root),
        problems: policy.problems.map(({ line, message }) => ({ path: policy.path ?? 'pedigree.yaml', line, message })),
        home: homepage,
      });
    case 'cyclonedx': {
      // The format's library is a bundle of its own: no other format loads it.
      const { cyclonedxOf } = await import('../report/cyclonedx.ts');
      return cyclonedxOf(await billFor(workspace, knowledge));
    }
    case 'spdx': {
      const bill = await billFor(workspace, knowledge);
      return spdxOf(bill, timeOf(bill));
    }
    case 'markdown':
    case 'html': {
      const summary = summaryOf(
        report,
        policy.disclose.map(({ name }) => name),
      );
      const blocks = documentOf([{ name: basename(workspace.root), report, summary }], askedTime()?.slice(0, 10) ?? today());
      return format === 'html' ? htmlOf(blocks) : markdownOf(blocks);
    }
  }
};
