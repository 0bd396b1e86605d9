import { relationWords, shortName } from '../../lineage/path.ts';
import type { Finding, Obligation, Publishable, Report, ReportRelation } from '../../protocol/report.ts';
import type { RelationType } from '../../knowledge/types.ts';
import { value } from './marks.ts';

/** Ids, names and paths in one line of a list. */
export const longestName = 300;

export const name = (text: string): string => value(text, longestName);

export const count = (number: number, word: string, plural = `${word}s`): string => `${number} ${number === 1 ? word : plural}`;

/** "README.md:2:10", the way in which places are cited. */
export const placeText = ({ path, line, column, key, cell }: Pick<Finding, 'path' | 'line' | 'column' | 'key' | 'cell'>): string => {
  if (key !== null) return `${name(path)} at metadata key ${name(key)}`;
  return cell === null ? `${name(path)}:${line}:${column}` : `${name(path)} cell ${cell + 1}:${line}:${column}`;
};

export const lineText = (path: string | null, line: number | null): string => (path === null ? '' : `${name(path)}:${line ?? 1}`);

/** The short name where people know it, with the id in brackets that another question takes. */
export const workText = (work: string): string => {
  const short = shortName(work);
  return short === work ? name(work) : `${name(short)} [${name(work)}]`;
};

export const relationText = ({ type }: Pick<ReportRelation, 'type'>): string => relationWords(type as RelationType);

export const publishText = ({ work, as, why }: Publishable): string =>
  `- ${workText(work)}: ${as.length > 0 ? as.map(name).join(' AND ') : 'no licence known to permit it'}; ${value(why)}`;

const states = (met: boolean | null): string => (met === null ? 'cannot be seen in a repository' : met ? 'met' : 'not seen here');

export const dutyText = ({ duty, clause, licence, source, met, at }: Obligation): string =>
  `- ${value(duty)} (${[clause, licence].flatMap((part) => (part === null ? [] : [name(part)])).join(', ')}; from ${name(shortName(source))}): ${states(met)}${at === null ? '' : `, ${lineText(at.path, at.line)}`}`;

export const findingText = (finding: Finding): string =>
  [
    `- ${finding.severity} ${finding.ruleId} at ${placeText(finding)}`,
    `  ${value(finding.message)}`,
    `  works: ${finding.works.slice(0, 3).map(name).join(', ')}; clause: ${finding.clause === null ? 'none' : name(finding.clause)}; evidence: ${finding.evidence}`,
    ...(finding.related.length === 0 ? [] : [`  see: ${[...new Set(finding.related.slice(0, 3).map(({ path, line }) => lineText(path, line)))].join(', ')}`]),
    ...finding.fixes.slice(0, 1).map(({ title, safe }) => `  ${safe ? 'safe fix' : 'fix, somebody has to decide'}: ${name(title)}`),
  ].join('\n');

/** Counts alone: nothing of the repository stands in it. */
export const countText = ({ summary, inputs }: Report): string => {
  const { findings, works } = summary;
  return `${count(findings.error, 'error')}, ${count(findings.warning, 'warning')}, ${findings.information} information in ${count(summary.files, 'file')}; works of others: ${works.known} of known terms, ${works.unknown} of unknown terms${summary.suppressed > 0 ? `; ${summary.suppressed} held back by the policy or by comments` : ''}${summary.complete ? '' : '; not everything could be read'}. Knowledge of ${inputs.knowledge}.`;
};

export const notAdvice = 'This informs; it is not legal advice.';
