import type { Finding } from '../../server/src/protocol/report.ts';
import { analyseFiles, isMark, linesOf, parseRepo, shown } from './repo.ts';

const markOf = (finding: Finding): { readonly under: number; readonly text: string } => {
  const tail = `${finding.severity} ${finding.ruleId}`;
  const plain = finding.key === null && finding.cell === null && finding.endLine === finding.line && finding.endColumn > finding.column;
  if (plain) return { under: finding.line, text: `${' '.repeat(finding.column - 1)}${'^'.repeat(finding.endColumn - finding.column)} ${tail}` };
  const at =
    shown(finding)
      .slice(finding.path.length + 1)
      .split(' ')[0] ?? '';
  return { under: 0, text: `!${at === '1:1-1' ? '' : at} ${tail}` };
};

/** The repository's text with its marks written anew from what is found: for a new fixture, and to be read line by line before it is kept. */
export const marked = (text: string): string => {
  const findings = analyseFiles(parseRepo(text).files).report.findings;
  const [before = '', ...parts] = `\n${text}`.split(/\n--- /);
  const out = parts.map((part) => {
    const [head = '', ...rest] = part.split('\n');
    const path = head.trim().split(' ')[0] ?? '';
    const lines = rest.filter((line) => !isMark(line));
    const marks = findings.filter((finding) => finding.path === path).map(markOf);
    const top = marks.filter((mark) => mark.under === 0).map((mark) => mark.text);
    let under = 0;
    const body = lines.flatMap((line) => {
      under += linesOf(line).length;
      return [line, ...marks.filter((mark) => mark.under === under).map((mark) => mark.text)];
    });
    return [head, ...top, ...body].join('\n');
  });
  return [before, ...out].join('\n--- ').slice(1);
};
