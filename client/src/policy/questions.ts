import type { LiveFolder } from '../live.ts';
import { plain } from '../report/plain.ts';
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
  return [...new Set([...may, ...stated])].map((id) =>
    option(id, plain(id), may.includes(id) ? 'nothing known speaks against it' : 'stated here; what reaches it asks for something else'),
  );
};

/** The five questions, with what the folder already tells as suggestions. */
export const questionsFor = (folder: LiveFolder | undefined): readonly Question[] => [
  {
    key: 'commercial',
    title: 'Does it serve a commercial purpose?',
    why: 'Many models and data sets are for non-commercial use only.',
    many: false,
    free: false,
    options: [
      option('yes', 'Yes', 'sold, used in a product or in a company’s work'),
      option('no', 'No', 'research, teaching, a hobby'),
      option('', 'Not decided yet', 'findings about it stay information'),
    ],
  },
  {
    key: 'distribute',
    title: 'What do you hand to others, or let them use?',
    why: 'Duties such as notices and copies of a licence come with handing on.',
    many: true,
    free: false,
    options: [
      option('weights', 'Model weights', 'on a hub, in an app, to customers'),
      option('code', 'Code', 'a public repository, a package'),
      option('data', 'Data', 'a data set, outputs that were kept'),
      option('service', 'A service', 'people use it over a network'),
    ],
  },
  {
    key: 'trainOthers',
    title: 'Do outputs of the models here train other models?',
    why: 'Some terms of models and of services limit that.',
    many: false,
    free: false,
    options: [option('yes', 'Yes'), option('no', 'No'), option('', 'Not decided yet')],
  },
  {
    key: 'territories',
    title: 'Where is it offered?',
    why: 'Some terms grant nothing in some territories.',
    many: true,
    free: false,
    options: [
      option('EU', 'European Union'),
      option('UK', 'United Kingdom'),
      option('US', 'United States'),
      option('CN', 'China'),
      option('IN', 'India'),
      option('JP', 'Japan'),
      option('KR', 'South Korea'),
      option('CA', 'Canada'),
      option('BR', 'Brazil'),
      option('AU', 'Australia'),
      option('CH', 'Switzerland'),
    ],
  },
  {
    key: 'publish',
    title: 'Under which licence do you mean to publish it?',
    why: 'Pedigree says whether what reaches it allows that. Choose one, or type an id.',
    many: false,
    free: true,
    options: [...licencesOf(folder), option('', 'Not decided yet')],
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
