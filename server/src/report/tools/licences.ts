import type { Finding, Report, Severity } from '../../protocol/report.ts';
import type { ToolAnswer } from '../../protocol/tools.ts';
import { ruleById } from '../../rules/index.ts';
import { isBelow, isThere, spotOf } from './folder.ts';
import type { Spot, ToolFolder } from './folder.ts';
import type { Input } from './input.ts';
import { marked, section, value } from './marks.ts';
import type { Section } from './marks.ts';
import { countText, dutyText, findingText, lineText, name, notAdvice, publishText } from './words.ts';

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };
const usual = 10;
const shownDuties = 15;
const shownWorks = 5;
const shownSkipped = 5;

interface Wanted {
  readonly severity: Severity;
  readonly rule: string | undefined;
  readonly path: string;
}

const isWanted = (finding: Finding, { severity, rule, path }: Wanted): boolean =>
  ranks[finding.severity] <= ranks[severity] && (rule === undefined || finding.ruleId === rule) && isBelow(finding.path, path);

/** Each duty once, at the first place that lacks it: several works of a repository often owe the same. */
const openDuties = (report: Report): readonly string[] => {
  const open = report.obligations.filter(({ met }) => met !== true);
  const first = new Map(open.toReversed().map((duty) => [`${duty.duty}\0${duty.source}`, duty]));
  return open.filter((duty) => first.get(`${duty.duty}\0${duty.source}`) === duty).map(dutyText);
};

/** What the repository owes and may do, which matters to whoever asked for no part of it. */
const wholeSections = (report: Report): readonly Section[] => [
  section('May be published as', report.publishable.map(publishText), shownWorks),
  section('Duties not seen to be met', openDuties(report), shownDuties),
];

const folderSections = (folder: ToolFolder, wanted: Wanted, limit: number, many: boolean): readonly Section[] => {
  const { report } = folder.analysis;
  const found = report.findings.filter((finding) => isWanted(finding, wanted)).toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
  const skipped = report.skipped.filter(({ path }) => isBelow(path, wanted.path));
  const whole = wanted.path === '' && wanted.rule === undefined;
  return [
    section(many ? `Findings in the folder ${name(folder.name)}` : 'Findings', found.map(findingText), limit),
    ...(whole ? wholeSections(report) : []),
    section(
      'Not looked at',
      skipped.map(({ path, reason }) => `- ${lineText(path, 1).replace(/:1$/, '')}: ${value(reason)}`),
      shownSkipped,
    ),
  ];
};

const nothing = (asked: string): ToolAnswer => ({
  text: [
    'No file or folder of that path is among what is audited here, so nothing is said of it: it may be misspelt, ignored by git, or left out.',
    marked([section('Asked', [name(asked)], 1)]),
  ].join('\n'),
  isError: true,
});

const foundText = (folders: readonly ToolFolder[], wanted: Wanted): string => {
  const all = folders.flatMap(({ analysis }) => analysis.report.findings);
  const found = all.filter((finding) => isWanted(finding, wanted)).length;
  if (all.length === 0) return 'Nothing was found. That holds for what is known here, and is no permission.';
  if (found === all.length) return '';
  return `${found === 0 ? 'None' : String(found)} of these ${found === 1 ? 'fits' : 'fit'} what was asked.`;
};

/** The findings, worst first, and for the whole also what may be published and is owed. */
export const licencesAnswer = (folders: readonly ToolFolder[], input: Input, room: number): ToolAnswer => {
  const asked = input['path'] as string | undefined;
  const rule = input['rule'] as string | undefined;
  if (rule !== undefined && !ruleById(rule))
    return { text: 'There is no rule of that id. Leave "rule" out to see which rules found something.', isError: true };
  let spot: Spot | undefined;
  if (asked !== undefined) {
    spot = spotOf(asked, folders);
    if (!spot) return { text: 'That path lies outside of the folders that are audited here. Nothing outside of them is read.', isError: true };
    if (!isThere(spot)) return nothing(asked);
  }
  const chosen = spot ? [spot.folder] : folders;
  const wanted: Wanted = { severity: (input['severity'] as Severity | undefined) ?? 'information', rule, path: spot?.path ?? '' };
  const limit = (input['limit'] as number | undefined) ?? usual;
  const sections = chosen.flatMap((folder) => folderSections(folder, wanted, limit, folders.length > 1));
  return {
    text: [
      ...chosen.map(({ analysis }) => countText(analysis.report)),
      foundText(chosen, wanted),
      notAdvice,
      ...(sections.some(({ entries }) => entries.length > 0) ? [marked(sections, room)] : []),
      sections.some(({ more }) => more > 0) ? 'To see more: give "path", "severity" or "rule", or a higher "limit".' : '',
    ]
      .filter((part) => part !== '')
      .join('\n'),
    isError: false,
  };
};
