import type { LiveFolder } from '../live.ts';
import { plain } from '../report/plain.ts';
import { say } from '../say.ts';
import type { PolicyAnswers } from './text.ts';

export interface Option {
  readonly label: string;
  readonly description: string;
  readonly value: string;
}

/** One of the five. `many`: several may be ticked, and none leaves it open. */
export interface Question {
  readonly key: keyof PolicyAnswers;
  readonly title: string;
  readonly why: string;
  readonly many: boolean;
  /** What is typed counts as an answer too. */
  readonly free: boolean;
  readonly options: readonly Option[];
}

/** An answer: the values that were chosen; none = left open. */
export type Answer = readonly string[];

const option = (value: string, label: string, description = ''): Option => ({ value, label, description });

/** Licences that this repository may be published under or states already: nobody need know an id by heart. */
const licencesOf = (folder: LiveFolder | undefined): readonly Option[] => {
  if (!folder) return [];
  const { report } = folder.content;
  const may = report.publishable.filter(({ work }) => work === 'local:.').flatMap(({ as }) => as);
  const stated = report.works.filter(({ id }) => id === 'local:.').flatMap(({ licence }) => licence ?? []);
  return [...new Set([...may, ...stated])].map((id) => option(id, plain(id), may.includes(id) ? say('publish.allowed') : say('publish.stated')));
};

/** Those that are offered to be ticked. */
const territories = ['EU', 'UK', 'US', 'CN', 'IN', 'JP', 'KR', 'CA', 'BR', 'AU', 'CH'] as const;

/** The five questions, with what the folder already tells as suggestions. */
export const questionsFor = (folder: LiveFolder | undefined): readonly Question[] => [
  {
    key: 'commercial',
    title: say('commercial.title'),
    why: say('commercial.why'),
    many: false,
    free: false,
    options: [
      option('yes', say('policy.yes'), say('commercial.yes')),
      option('no', say('policy.no'), say('commercial.no')),
      option('', say('policy.open'), say('commercial.open')),
    ],
  },
  {
    key: 'distribute',
    title: say('distribute.title'),
    why: say('distribute.why'),
    many: true,
    free: false,
    options: [
      option('weights', say('distribute.weights'), say('distribute.weightsSuch')),
      option('code', say('distribute.code'), say('distribute.codeSuch')),
      option('data', say('distribute.data'), say('distribute.dataSuch')),
      option('service', say('distribute.service'), say('distribute.serviceSuch')),
    ],
  },
  {
    key: 'trainOthers',
    title: say('trainOthers.title'),
    why: say('trainOthers.why'),
    many: false,
    free: false,
    options: [option('yes', say('policy.yes')), option('no', say('policy.no')), option('', say('policy.open'))],
  },
  {
    key: 'territories',
    title: say('territories.title'),
    why: say('territories.why'),
    many: true,
    free: false,
    options: territories.map((code) => option(code, say(`territories.${code}`))),
  },
  {
    key: 'publish',
    title: say('publish.title'),
    why: say('publish.why'),
    many: false,
    free: true,
    options: [...licencesOf(folder), option('', say('policy.open'))],
  },
];

const yesNo = ([value]: Answer): boolean | null => (value === 'yes' ? true : value === 'no' ? false : null);

/** What is published is the weights where there are any, else the data or the code that the root is. */
const partOf = (folder: LiveFolder | undefined): 'weights' | 'code' | 'data' => {
  const kind = folder?.content.report.works.find(({ id }) => id === 'local:.')?.kind;
  return kind === 'code' ? 'code' : kind === 'dataset' ? 'data' : 'weights';
};

export const answersOf = (given: Readonly<Partial<Record<keyof PolicyAnswers, Answer>>>, folder: LiveFolder | undefined): PolicyAnswers => {
  const licence = given.publish?.[0] ?? '';
  return {
    commercial: yesNo(given.commercial ?? []),
    distribute: given.distribute ?? [],
    trainOthers: yesNo(given.trainOthers ?? []),
    territories: given.territories ?? [],
    publish: licence === '' ? null : { part: partOf(folder), licence },
  };
};
