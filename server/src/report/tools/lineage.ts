import { datasetWork, modelWork } from '../../artefacts/hub-id.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { pathText, shortName } from '../../lineage/path.ts';
import { canonical, hubOf } from '../../lineage/remote.ts';
import type { Binding } from '../../lineage/types.ts';
import type { Report, ReportRelation, ReportWork } from '../../protocol/report.ts';
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

const shownWorkIds = ({ works, relations }: Report): readonly string[] => [
  ...new Set([...works.map(({ id }) => id), ...relations.flatMap(({ from, to }) => [from, to])]),
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
  const all = folders.flatMap((folder) => shownWorkIds(folder.analysis.report).map((work) => ({ folder, work })));
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

const edgeText = (relation: ReportRelation, other: string): string => {
  const at = lineText(relation.path, relation.line);
  return `- ${relationText(relation)} ${workText(other)}${at === '' ? ', per the tables' : `; ${at}`}`;
};

const madeText = (relation: ReportRelation): string => {
  const at = lineText(relation.path, relation.line);
  return `- ${workText(relation.from)} is ${relationText(relation)} it${at === '' ? ', per the tables' : `; ${at}`}`;
};

const oneWork = ({ folder, work }: Found, limit: number): readonly Section[] => {
  const { report, lineage } = folder.analysis;
  const row = report.works.find(({ id }) => id === work);
  return [
    section('Work', [row ? workRow(row) : `- ${workText(work)}`], 1),
    section('Bound by', (lineage.bindings.get(work) ?? []).map(bindingText), limit),
    section(
      'Comes from',
      report.relations.filter(({ from }) => from === work).map((relation) => edgeText(relation, relation.to)),
      limit,
    ),
    section('Made from it or used by', report.relations.filter(({ to }) => to === work).map(madeText), limit),
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
  const own = works.filter(({ id }) => id.startsWith('local:'));
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
