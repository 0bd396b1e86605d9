import type { Finding, Severity } from '../../../server/src/protocol/report.ts';
import type { LiveFolder } from '../live.ts';
import { held } from '../record.ts';
import { placeText } from '../report/places.ts';
import { plain, textLength } from '../report/plain.ts';
import { counted, say, together } from '../say.ts';

export const groupings = ['severity', 'rule', 'file', 'work'] as const;
export type Grouping = (typeof groupings)[number];

export const severities: readonly Severity[] = ['error', 'warning', 'information'];

export interface Filter {
  readonly hidden: readonly Severity[];
  /** All of them have to stand in the place, the rule, the message or a work. */
  readonly words: string;
}

export const noFilter: Filter = { hidden: [], words: '' };

/** A finding as a row; `id` is stable while the tree is shown anew, so that what is selected and open stays so. */
export interface FindingRow {
  readonly kind: 'finding';
  readonly id: string;
  readonly folder: LiveFolder;
  readonly finding: Finding;
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
}

export interface GroupRow {
  readonly kind: 'group';
  readonly id: string;
  readonly by: Grouping | 'folder';
  /** Of a file: where it lies. */
  readonly folder: LiveFolder | null;
  readonly key: string;
  readonly label: string;
  readonly description: string;
  /** The worst of what is in it. */
  readonly severity: Severity;
  readonly count: number;
  readonly rows: readonly Row[];
}

export type Row = FindingRow | GroupRow;

export interface Tree {
  readonly rows: readonly Row[];
  readonly shown: number;
  readonly all: number;
}

const rank = (severity: Severity): number => severities.indexOf(severity);

/** A row has room for a sentence: what and why; what to do stands in the tooltip. */
const rowLength = 160;
const firstSentence = (message: string): string => /^.*?[.](?=\s+[A-Z])/s.exec(message)?.[0] ?? message;

const tooltipOf = (finding: Finding): string => {
  const basis = [finding.clause, say('findings.evidence', { evidence: finding.evidence })].filter((part) => part !== null).join(' · ');
  const fixes = finding.fixes.map(({ title }) => say('findings.fix', { title }));
  return [finding.message, '', `${finding.ruleId} · ${basis}`, ...fixes].map((line) => plain(line, textLength)).join('\n');
};

const lineText = ({ line, cell, key }: Finding): string => key ?? (cell === null ? say('place.line', { line }) : say('place.cell', { cell: cell + 1, line }));

/** A side bar is narrow: what tells a row from its neighbours comes first, the sentence last. */
const findingRow = (folder: LiveFolder, finding: Finding, under: string, by: Grouping): FindingRow => {
  const place = by === 'file' ? lineText(finding) : placeText(finding.path, finding.line, finding.cell, finding.key);
  const sentence = plain(firstSentence(finding.message), rowLength);
  return {
    kind: 'finding',
    id: `${under}/${finding.fingerprint}`,
    folder,
    finding,
    label: plain(by === 'rule' ? place : finding.ruleId),
    description: by === 'rule' ? sentence : `${plain(place)} · ${sentence}`,
    tooltip: tooltipOf(finding),
  };
};

const fits = (folder: LiveFolder, finding: Finding, { hidden, words }: Filter): boolean => {
  if (hidden.includes(finding.severity)) return false;
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text =
    `${finding.path} ${finding.ruleId} ${finding.message} ${finding.works.map((id) => held(folder.content.summary.names, id) ?? id).join(' ')}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
};

/** Under which groups a finding stands: of several works, under each. */
const keysOf = (finding: Finding, by: Grouping): readonly string[] => {
  if (by === 'severity') return [finding.severity];
  if (by === 'rule') return [finding.ruleId];
  if (by === 'file') return [finding.path];
  return finding.works.length > 0 ? [...new Set(finding.works)] : [''];
};

const groupName = (folder: LiveFolder, key: string, by: Grouping): { readonly label: string; readonly description: string } => {
  if (by === 'severity') return { label: say(`severities.${key as Severity}`), description: '' };
  if (by === 'file') {
    const at = key.lastIndexOf('/');
    return { label: plain(key.slice(at + 1)), description: plain(key.slice(0, Math.max(0, at))) };
  }
  if (by === 'work') return { label: key === '' ? say('findings.ofNoWork') : plain(held(folder.content.summary.names, key) ?? key), description: '' };
  return { label: plain(key), description: '' };
};

/** The worst group first, then the one that holds most of it, then by name. */
const byWeight = (a: GroupRow, b: GroupRow): number =>
  rank(a.severity) - rank(b.severity) || b.count - a.count || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

const groupsOf = (folder: LiveFolder, findings: readonly Finding[], by: Grouping): readonly GroupRow[] => {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const key of keysOf(finding, by)) {
      const group = groups.get(key);
      if (group) group.push(finding);
      else groups.set(key, [finding]);
    }
  return [...groups]
    .map(([key, members]): GroupRow => {
      const id = `${folder.uri}/${by}/${key}`;
      const sorted =
        by === 'file'
          ? members.toSorted((a, b) => (a.cell ?? 0) - (b.cell ?? 0) || a.line - b.line)
          : members.toSorted((a, b) => rank(a.severity) - rank(b.severity));
      const worst = severities.find((severity) => members.some((member) => member.severity === severity)) ?? 'information';
      const { label, description } = groupName(folder, key, by);
      return {
        kind: 'group',
        id,
        by,
        folder,
        key,
        label,
        description,
        severity: worst,
        count: members.length,
        rows: sorted.map((member) => findingRow(folder, member, id, by)),
      };
    })
    .toSorted(byWeight);
};

/** The findings as a tree: by what is chosen, and by folder above that where there are several. */
export const treeOf = (folders: readonly LiveFolder[], by: Grouping, filter: Filter): Tree => {
  let shown = 0;
  let all = 0;
  const parts = folders.map((folder) => {
    const { findings } = folder.content.report;
    const wanted = findings.filter((finding) => fits(folder, finding, filter));
    all += findings.length;
    shown += wanted.length;
    return { folder, count: wanted.length, rows: groupsOf(folder, wanted, by) };
  });
  if (parts.length === 1) return { rows: parts[0]?.rows ?? [], shown, all };
  const rows = parts
    .filter(({ count }) => count > 0)
    .map(({ folder, count, rows: inner }): GroupRow => ({
      kind: 'group',
      id: folder.uri,
      by: 'folder',
      folder,
      key: folder.uri,
      label: plain(folder.name),
      description: '',
      severity: inner[0]?.severity ?? 'information',
      count,
      rows: inner,
    }));
  return { rows, shown, all };
};

/** Above the tree where something is left out of it: silence must not pass for a clean bill. */
export const filterText = ({ shown, all }: Tree, { hidden, words }: Filter): string | undefined => {
  const parts = [
    ...(hidden.length > 0 ? [say('filter.without', { severities: together(hidden.map((severity) => say(`filtered.${severity}`))) })] : []),
    ...(words === '' ? [] : [say('filter.with', { words: plain(words) })]),
  ];
  return parts.length === 0 ? undefined : say('filter.shown', { shown, all, how: parts.join(', ') });
};

/** For the clipboard: one finding as a paragraph that says where, what and on which ground. */
export const copyText = ({ finding }: FindingRow): string => {
  const where = placeText(finding.path, finding.line, finding.cell, finding.key);
  const basis = [finding.clause, say('findings.evidence', { evidence: finding.evidence })].filter((part) => part !== null).join(', ');
  return plain(`${where}: ${say(`severity.${finding.severity}`)} ${finding.ruleId}: ${finding.message} (${basis})`, textLength * 2);
};

/** The number on the view's icon: what somebody has to decide. */
export const badgeOf = ({ error, warning }: Readonly<Record<Severity, number>>): { readonly value: number; readonly tooltip: string } | undefined =>
  error + warning === 0
    ? undefined
    : {
        value: error + warning,
        tooltip: say('findings.badge', { errors: counted('count.error', error), warnings: counted('count.warning', warning) }),
      };
