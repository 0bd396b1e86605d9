import { readFileSync, statSync } from 'node:fs';
import type { Report } from '../protocol/report.ts';
import { limits } from '../text/limits.ts';

const schemaVersion: Report['schemaVersion'] = 1;
const lists = ['works', 'obligations', 'publishable', 'findings'] as const;

const isReport = (report: Partial<Report>): report is Report =>
  report.summary !== undefined &&
  lists.every((name) => Array.isArray(report[name])) &&
  (report.findings ?? []).every((finding: Partial<Report['findings'][number]> | null) => typeof finding?.fingerprint === 'string');

export type Earlier = { readonly report: Report } | { readonly problem: string };

/** The JSON report of an earlier audit, or why there is none: the problem goes on after the name of the file. */
export const readReport = (file: string): Earlier => {
  try {
    if (statSync(file).size > limits.reportBytes) return { problem: `is larger than ${limits.reportBytes / 1_000_000} MB` };
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<Report> | null;
    if (typeof value !== 'object' || value?.tool?.name !== 'pedigree') return { problem: 'is no JSON report of an audit' };
    // Fingerprints of another version may be made of other things: all would seem new, or something new known.
    if (value.schemaVersion !== schemaVersion)
      return { problem: `is a report of version ${JSON.stringify(value.schemaVersion ?? null)} of the format, and this reads ${schemaVersion}: write it anew` };
    return isReport(value) ? { report: value } : { problem: 'is no JSON report of an audit' };
  } catch (error) {
    return { problem: error instanceof SyntaxError ? 'is no JSON' : `cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'error'}` };
  }
};
