import { datasetWork, modelWork } from '../../artefacts/hub-id.ts';
import type { Analysis } from '../../analysis/types.ts';
import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { pathText, shortName } from '../../lineage/path.ts';
import { canonical, hubOf } from '../../lineage/remote.ts';
import type { Binding } from '../../lineage/types.ts';
import type { ReportRelation, ReportWork } from '../../protocol/report.ts';
import type { ToolAnswer } from '../../protocol/tools.ts';
import type { ToolFolder } from './folder.ts';
import type { Input } from './input.ts';
import { marked, section, value } from './marks.ts';
import type { Section } from './marks.ts';
import { countText, dutyText, lineText, name, notAdvice, placeText, publishText, relationText, workText } from './words.ts';

const usual = 20;
const shownMatches = 10;

interface Found {
  readonly folder: ToolFolder;
  readonly work: string;
}

const knownIds = ({ report, lineage }: Analysis): readonly string[] => [
  ...new Set([...report.works.map(({ id }) => id), ...report.relations.flatMap(({ from, to }) => [from, to]), ...lineage.works.keys()]),
];

/** Spellings by which somebody may name a work, the surest first. */
const tests: readonly ((id: string, asked: string) => boolean)[] = [
  (id, asked) => id === asked,
  (id, asked) => id.toLowerCase() === asked.toLowerCase(),
  (id, asked) => shortName(id).toLowerCase() === asked.toLowerCase() || id === `local:${asked.replace(/^\.\//, '').replace(/\/$/, '')}`,
  (id, asked) => id.split('@')[0]?.toLowerCase().endsWith(`/${asked.toLowerCase()}`) === true,
  (id, asked) => asked.length >= 4 && id.toLowerCase().includes(asked.toLowerCase()),
];

const matching = (folders: readonly ToolFolder[], given: string, knowledge: Knowledge): readonly Found[] => {
  // Files may still say the name that a work had before.
  const asked = hubOf(given) ? canonical(given, knowledge) : given;
  const renamed = /^[\w.-]+\/[\w.-]+$/.test(given) ? [canonical(modelWork(given), knowledge), canonical(datasetWork(given), knowledge)] : [];
  const all = folders.flatMap((folder) => knownIds(folder.analysis).map((work) => ({ folder, work })));
  for (const test of tests) {
    const found = all.filter(({ work }) => test(work, asked));
    if (found.length > 0) return found;
  }
  return all.filter(({ work }) => renamed.includes(work));
};

const stateText = (work: ReportWork): string => {
  if (work.kind === 'service') return 'its terms bind the account holder; pedigree_explain tells them';
  const { licence, binds, evidence, asOf, confidence } = work;
  const others = binds.filter((id) => id !== licence);
  const own = licence === null ? 'states no licence that is known here' : `under ${name(licence)}`;
  const also = others.length === 0 ? '' : `, ${licence === null ? 'bound by' : 'also bound by'} ${others.map(name).join(', ')}`;
  const rests =
    evidence === null ? '' : `; evidence: ${evidence}${asOf === null ? '' : `, as of ${name(asOf)}`}${confidence === null ? '' : ` (${name(confidence)})`}`;
  return `${own}${also}${rests}`;
};

const workRow = (work: ReportWork): string => {
  const at = lineText(work.path, work.line);
  return `- ${workText(work.id)}, ${work.kind}: ${stateText(work)}${at === '' ? '' : `; ${at}`}`;
};

const bindingText = (binding: Binding): string => {
  const { licence, path, inherited, clauses, statement } = binding;
  const numbers = [...new Set(clauses.flatMap(({ clause }) => clause ?? []))].slice(0, 6);
  const way = inherited ? `reaches it: ${value(pathText(path))}` : 'its own';
  const where = statement.at ? ` in ${name(statement.at.path)}` : '';
  const source = statement.source === null ? '' : `; source: ${name(statement.source)}`;
  const date = statement.asOf === null ? '' : `, as of ${name(statement.asOf)}`;
  return `- ${name(licence)}: ${way}${inherited && numbers.length > 0 ? ` (${numbers.map(name).join(', ')})` : ''}; evidence: ${statement.evidence}${where}${date}${source}`;
};

/** What a work was made from, as against what it merely uses. */
const making: ReadonlySet<string> = new Set<RelationType>([
  'finetune',
  'adapter',
  'quantized',
  'merge',
  'distilledFrom',
  'trainedOn',
  'generatedBy',
  'copiedFrom',
]);
const shownPlaces = 3;

/** One row for each pair of works and relation, however many places say it. */
const rowsOf = (relations: readonly ReportRelation[], sayer: (relation: ReportRelation) => string): readonly string[] => {
  const places = new Map<string, string[]>();
  for (const relation of relations) {
    const said = sayer(relation);
    const at = lineText(relation.path, relation.line);
    places.set(said, [...(places.get(said) ?? []), ...(at === '' ? [] : [at])]);
  }
  return [...places].map(([said, all]) => {
    const more = all.length > shownPlaces ? ` and ${all.length - shownPlaces} more` : '';
    return `- ${said}${all.length === 0 ? ', per the tables' : `; ${all.slice(0, shownPlaces).join(', ')}${more}`}`;
  });
};

const parentText = (relation: ReportRelation): string => `${relationText(relation)} ${workText(relation.to)}`;
const childText = (relation: ReportRelation): string => `${workText(relation.from)} is ${relationText(relation)} it`;
const userText = (relation: ReportRelation): string => `${workText(relation.from)} ${relationText(relation)} it`;

const oneWork = ({ folder, work }: Found, limit: number): readonly Section[] => {
  const { report, lineage } = folder.analysis;
  const row = report.works.find(({ id }) => id === work);
  const from = report.relations.filter((relation) => relation.from === work);
  const to = report.relations.filter((relation) => relation.to === work);
  const isMaking = ({ type }: ReportRelation): boolean => making.has(type);
  const isUsing = ({ type }: ReportRelation): boolean => !making.has(type);
  return [
    section('Work', [row ? workRow(row) : `- ${workText(work)}`], 1),
    section('Bound by', (lineage.bindings.get(work) ?? []).map(bindingText), limit),
    section('Comes from', rowsOf(from.filter(isMaking), parentText), limit),
    section('Uses', rowsOf(from.filter(isUsing), parentText), limit),
    section('Made from it', rowsOf(to.filter(isMaking), childText), limit),
    section('Used by', rowsOf(to.filter(isUsing), userText), limit),
    section('May be published as', report.publishable.filter((entry) => entry.work === work).map(publishText), limit),
    section('Duties', report.obligations.filter((entry) => entry.work === work).map(dutyText), limit),
    section(
      'Findings about it',
      report.findings.filter(({ works }) => works.includes(work)).map((finding) => `- ${finding.severity} ${finding.ruleId} at ${placeText(finding)}`),
      limit,
    ),
  ];
};

const overview = (folder: ToolFolder, limit: number, many: boolean): readonly Section[] => {
  const { works } = folder.analysis.report;
  const where = many ? ` in the folder ${name(folder.name)}` : '';
  // Scripts and documents of which nothing is said come last: a large repository has hundreds.
  const silent = ({ licence, binds }: ReportWork): number => (licence === null && binds.length === 0 ? 1 : 0);
  const own = works.filter(({ id }) => id.startsWith('local:')).toSorted((a, b) => silent(a) - silent(b));
  const others = works.filter(({ id }) => !id.startsWith('local:'));
  return [section(`Works of this repository${where}`, own.map(workRow), limit), section(`Works of others${where}`, others.map(workRow), limit)];
};

const answer = (head: readonly string[], sections: readonly Section[], room: number): ToolAnswer => ({
  text: [...head, notAdvice, marked(sections, room), ...(sections.some(({ more }) => more > 0) ? ['To see more: ask with a higher "limit".'] : [])].join('\n'),
  isError: false,
});

/** One work with all that it came from and that binds it, or the list of them. */
export const lineageAnswer = (folders: readonly ToolFolder[], input: Input, knowledge: Knowledge, room: number): ToolAnswer => {
  const asked = input['work'] as string | undefined;
  const limit = (input['limit'] as number | undefined) ?? usual;
  const counts = folders.map(({ analysis }) => countText(analysis.report));
  if (asked === undefined) {
    const sections = folders.flatMap((folder) => overview(folder, limit, folders.length > 1));
    if (sections.every(({ entries }) => entries.length === 0)) return { text: [...counts, 'No file here names a work.'].join('\n'), isError: false };
    return answer([...counts, 'Ask with "work" for one of them.'], sections, room);
  }
  const found = matching(folders, asked.trim(), knowledge);
  const [only] = found;
  if (!only)
    return {
      text: [
        'Nothing in this repository is called so. Without "work" it lists all works; pedigree_explain tells what the tables know of one that is not used here.',
        marked([section('Asked', [name(asked)], 1)]),
      ].join('\n'),
      isError: true,
    };
  if (new Set(found.map(({ work }) => work)).size > 1)
    return answer(
      ['Several works are called so: ask for one of these ids.'],
      [section('Works', [...new Set(found.map(({ work }) => `- ${name(work)}`))], shownMatches)],
      room,
    );
  return answer(
    counts,
    found.flatMap((each) => oneWork(each, limit)),
    room,
  );
};
