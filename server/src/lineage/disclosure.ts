import type { Evidence, WorkId } from '../artefacts/types.ts';
import { disclosureMark } from '../knowledge/disclosures.ts';
import type { DisclosureRecord, DisclosureSection, SourceKind } from '../knowledge/disclosures.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { namesOf } from './publish.ts';
import { shortName } from './path.ts';
import { hubOf, serviceOf } from './remote.ts';
import type { TrainingSource } from './training.ts';
import type { Lineage } from './types.ts';

export interface DisclosureInput {
  readonly record: DisclosureRecord;
  readonly sources: readonly TrainingSource[];
  readonly lineage: Lineage;
  readonly knowledge: Knowledge;
  /** The name that the policy states for what is published. */
  readonly name: string | null;
}

const gap = '**[to be filled in]**';

/** Names come from files of anybody: in a table they neither end a cell nor begin a tag. */
const cell = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[`|]/g, '')
    .replace(/</g, '&lt;')
    .trim();

const code = (text: string): string => `\`${text.replace(/[\p{Cc}\p{Cf}\s`|]+/gu, ' ').trim()}\``;

const addressOf = (work: WorkId): string | undefined => {
  const hub = hubOf(work);
  if (hub) return `https://huggingface.co/${hub.type === 'dataset' ? 'datasets/' : ''}${hub.id}`;
  const repository = /^pkg:github\/([\w.-]+\/[\w.-]+)/.exec(work)?.[1];
  return repository === undefined ? (work.startsWith('url:') ? work.slice('url:'.length) : undefined) : `https://github.com/${repository}`;
};

const evidenceWords: Readonly<Record<Evidence, string>> = {
  text: 'its text lies here',
  notice: 'a notice here',
  declared: 'declared here',
  cache: 'its card in the local cache',
  hub: 'its card on the hub',
  catalogue: 'the catalogue',
  name: 'judging by its name alone',
};

/** Licences that bind a work itself, each with what says so. */
const licencesOf = ({ lineage, knowledge }: DisclosureInput, work: WorkId): string => {
  const own = (lineage.bindings.get(work) ?? []).filter((binding) => !binding.inherited);
  const words = own.map(({ licence, statement }) => {
    const date = statement.asOf === null ? '' : ` of ${statement.asOf}`;
    return `${titleOfLicence(licence, knowledge)} (${evidenceWords[statement.evidence]}${statement.at === null ? date : ''})`;
  });
  return words.length === 0 ? gap : cell([...new Set(words)].join('; '));
};

/** A cell lists so many. */
const longestList = 3;

const listOf = (words: readonly string[]): string =>
  `${words.slice(0, longestList).join(', ')}${words.length > longestList ? ` and ${words.length - longestList} more` : ''}`;

const placesOf = ({ at }: TrainingSource): string => (at.length === 0 ? 'pedigree.yaml' : listOf([...new Set(at.map(({ path }) => code(path)))]));

/** Where somebody else has it, else what this repository makes it from, and with which files. */
const originOf = ({ work, madeFrom, madeBy }: TrainingSource): string => {
  const address = addressOf(work);
  if (address !== undefined) return cell(address);
  const parts = [madeFrom.length === 0 ? '' : `made from ${listOf(madeFrom.map(code))}`, madeBy.length === 0 ? '' : `by ${listOf(madeBy.map(code))}`];
  return parts.filter((part) => part !== '').join(' ') || gap;
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rows.map(row),
  '',
];

const writers = (source: TrainingSource, knowledge: Knowledge): string =>
  source.writtenBy
    .map((work) => {
      const provider = knowledge.service(serviceOf(work)?.service ?? '')?.name;
      return `${code(work)}${provider === undefined ? '' : ` (${cell(provider)})`}`;
    })
    .join(', ');

const kindWords: Readonly<Record<SourceKind, string>> = {
  models: 'Models that are modified or distilled here',
  'public-data': 'Data sets of others that are trained on here',
  'own-data': 'Data of this repository that are trained on',
  synthetic: 'Data that a model wrote',
  evaluation: 'What models are tested on here, and not trained on',
};

/** Data of others that a model wrote belong under both. */
const listed = (input: DisclosureInput, kind: SourceKind): readonly TrainingSource[] =>
  input.sources.filter((source) => source.kind === kind || (kind === 'synthetic' && source.kind === 'public-data' && source.writtenBy.length > 0));

const tableFor = (input: DisclosureInput, kind: SourceKind): readonly string[] => {
  const found = listed(input, kind);
  const title = `${kindWords[kind]}:`;
  if (found.length === 0) return [`${title} none was found in the files of this repository. ${gap}: whether that is all.`, ''];
  const rows = found.map((source) => {
    const last = kind === 'synthetic' ? writers(source, input.knowledge) : listOf(source.of.map((work) => cell(shortName(work))));
    return [code(source.work), originOf(source), licencesOf(input, source.work), last, placesOf(source)];
  });
  return [title, '', ...tableOf(['Work', 'From', 'Licence, and what says so', kind === 'synthetic' ? 'Written by' : 'Used for', 'Stated in'], rows)];
};

const sectionOf = (input: DisclosureInput, section: DisclosureSection, at: number): readonly string[] => [
  `## ${at + 1}. ${section.title}`,
  '',
  ...section.lists.flatMap((kind) => tableFor(input, kind)),
  ...section.asks.map((ask) => `- ${ask}: ${gap}`),
  '',
];

/** Under which name the models here are handed on. */
const publishedNames = ({ lineage, name }: DisclosureInput): readonly string[] => {
  const names = new Set(name === null ? [] : [name]);
  for (const work of lineage.works.values()) {
    if (!work.local || work.kind === 'code') continue;
    for (const edge of lineage.edgesFrom.get(work.id) ?? []) {
      const hub = edge.type === 'publishes' && edge.role === 'decision' ? hubOf(edge.to) : undefined;
      if (hub?.type === 'model') names.add(hub.id);
    }
    if (work.card && names.size === 0) for (const named of namesOf(work)) names.add(named.name);
  }
  return [...names].toSorted();
};

/** A disclosure as far as the files of a repository tell it: what is known is put in, and what a person has to fill in is marked. */
export const disclosureDraft = (input: DisclosureInput): string => {
  const { record, knowledge } = input;
  const names = publishedNames(input);
  return [
    `# ${record.title}`,
    '',
    disclosureMark(record.id),
    '',
    `> A draft, made from what the files of this repository state and from a catalogue of ${knowledge.version}. It is help, not a ruling and not legal advice: whether it is owed, and whether it says enough, is for a person to decide. What nobody here could tell is marked ${gap}.`,
    '>',
    `> Whom it concerns: ${record.concerns}`,
    '>',
    `> ${record.note} Points in our words, after: ${record.source}${record.asOf === null ? '' : ` (read ${record.asOf})`}.`,
    '',
    `Models: ${names.length === 0 ? gap : names.map(code).join(', ')}`,
    '',
    ...record.sections.flatMap((section, at) => sectionOf(input, section, at)),
  ]
    .join('\n')
    .replace(/\n+$/, '\n');
};

/** The kinds of sources that have to be named in it. */
export const kindsOf = (record: DisclosureRecord): ReadonlySet<SourceKind> =>
  new Set(record.sections.flatMap((section) => section.lists).filter((kind) => kind !== 'evaluation'));
