import type { Provenance } from '../knowledge/types.ts';
import { confidenceText } from './description.ts';
import type { Description, DescriptionRow } from './description.ts';
import { plain, wrap } from './plain.ts';

const sourceLine = ({ source, asOf, confidence }: Provenance): string => `${source}${asOf ? `, as of ${asOf}` : ''} (${confidenceText(confidence)})`;

const textWidth = 100;

/** For a terminal: labels in a column, long values wrapped under themselves. */
export const describeText = (description: Description): string => {
  const margin = Math.min(34, Math.max(0, ...description.rows.map((row) => row.label.length))) + 2;
  const row = ({ label, value, clause }: DescriptionRow): string => {
    const lines = wrap(plain(`${value}${clause === undefined ? '' : ` [${clause}]`}`), textWidth - margin - 2);
    return `  ${plain(label).padEnd(margin)}${lines.join(`\n${' '.repeat(margin + 2)}`)}`;
  };
  const paragraph = (text: string): string => `  ${wrap(plain(text), textWidth - 2).join('\n  ')}`;
  return [
    plain(description.title),
    ...(description.subtitle === '' ? [] : [`  ${plain(description.subtitle)}`]),
    '',
    ...description.rows.map(row),
    ...(description.notes.length > 0 ? ['', ...description.notes.map(paragraph)] : []),
    ...(description.sources.length > 0 ? ['', ...description.sources.map((source) => paragraph(`Source: ${sourceLine(source)}`))] : []),
    ...(description.seeAlso.length > 0 ? ['', paragraph(`See also: ${description.seeAlso.join(', ')}`)] : []),
  ]
    .join('\n')
    .concat('\n');
};

/**
 * Everything from tables and files is text: no link, image, html, emphasis, code or list can start in it, and no new line. Only what could
 * start something is escaped, since some editors show hovers as they are.
 */
export const escaped = (text: string): string =>
  plain(text)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*{}[\]<>|~$&!#@]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** The heading of a hover. */
export const headingMarkdown = ({ title, subtitle }: Description): string => `**${escaped(title)}**${subtitle === '' ? '' : `  \n${escaped(subtitle)}`}`;

/** A short table, and the sources. */
export const detailsMarkdown = (description: Description): string => {
  const rows = description.rows.map(
    ({ label, value, clause }) => `| **${escaped(label)}** | ${escaped(value)}${clause === undefined ? '' : ` \\[${escaped(clause)}\\]`} |`,
  );
  if (rows.length > 0) rows.unshift('| | |', '| --- | --- |');
  const parts = [
    rows.join('\n'),
    ...description.notes.map(escaped),
    description.sources.map((source) => `Source: ${escaped(sourceLine(source))}`).join('  \n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
};

/** For a hover: a heading, a short table, and the sources. */
export const describeMarkdown = (description: Description): string =>
  [headingMarkdown(description), detailsMarkdown(description)].filter((part) => part !== '').join('\n\n');
