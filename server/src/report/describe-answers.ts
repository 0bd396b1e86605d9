import type { Knowledge } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { relationWords, shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Resolution, Resolutions, ResolvedTerms } from '../lineage/resolutions.ts';
import type { Description, DescriptionRow } from './description.ts';

const places: Readonly<Record<Resolution['by'], string>> = { cache: 'in the local hub cache', hub: 'on the hub' };

const states: Readonly<Record<Resolution['state'], string>> = {
  found: '',
  refused: 'the hub shows it to its members only, or has no such work',
  absent: 'the hub knows no such work',
  unclear: 'the hub knows no such revision',
};

/** "The hub knows no such work." */
export const stateSentence = ({ state }: Resolution): string => (states[state] === '' ? '' : `${states[state].replace(/^t/, 'T')}.`);

const revisionText = ({ asked, commit, date }: Resolution): string => {
  const what = asked === null || asked === commit ? '' : `${asked}, `;
  return `${what}${commit === null ? 'commit not known' : commit}${date === null ? '' : `, of ${date}`}`;
};

const licenceRow = (answer: Resolution, terms: ResolvedTerms, knowledge: Knowledge): DescriptionRow => {
  const titles = terms.licences.map((id) => {
    const title = titleOfLicence(id, knowledge);
    return title === id ? id : `${title} (${id})`;
  });
  const said = titles.length > 0 ? titles.join(terms.choice ? ' or ' : ' and ') : `stated as "${terms.stated}", which names no exact licence`;
  return { label: 'Licence', value: `${said}; evidence: its ${terms.via === 'card' ? 'card' : 'licence file'} ${places[answer.by]}` };
};

const answerRows = (answer: Resolution, knowledge: Knowledge): readonly DescriptionRow[] => {
  if (answer.state !== 'found') return [{ label: 'Asked', value: `${states[answer.state]}${answer.asked === null ? '' : ` (${answer.asked})`}` }];
  const said = answer.terms.map((terms) => licenceRow(answer, terms, knowledge));
  return [
    { label: answer.by === 'cache' ? 'In the cache' : 'On the hub', value: revisionText(answer) },
    ...(said.length > 0 ? said : [{ label: 'Licence', value: `nothing read ${places[answer.by]} states one` }]),
    ...answer.relations.map(({ to, type }) => ({
      label: hubOf(to)?.type === 'dataset' ? 'Data set' : 'Base',
      value: `${relationWords(type)} ${shortName(to)}`,
    })),
    ...(answer.gated ? [{ label: 'Access', value: 'given out to those who agree to its terms or ask' }] : []),
  ];
};

const renameNotes = (answers: Resolutions): readonly string[] =>
  answers.flatMap(({ work, id }) => {
    const before = hubOf(work)?.id;
    return id === null || before === undefined || id === before ? [] : [`${before} is now ${id}: the hub answers under that id.`];
  });

/** What the tables say of a work, with what the cache and the hub answered; undefined where none of them knows anything. */
export const withAnswers = (described: Description | undefined, answers: Resolutions, knowledge: Knowledge): Description | undefined => {
  const [first] = answers;
  if (!first) return described;
  const hub = hubOf(first.work);
  const own: Description = described ?? {
    kind: hub?.type ?? 'model',
    title: first.id ?? shortName(first.work),
    subtitle: `${hub?.type === 'dataset' ? 'data set' : 'model'}, not in the tables`,
    rows: [],
    notes: [],
    sources: [],
    seeAlso: [],
  };
  const found = answers.filter((answer) => answer.state === 'found');
  return {
    ...own,
    rows: [...answers.flatMap((answer) => answerRows(answer, knowledge)), ...own.rows],
    notes: [...new Set(renameNotes(answers)), ...own.notes],
    sources: [...found.map(({ source, date, by }) => ({ source, asOf: date, confidence: `${by}-card` })), ...own.sources],
    seeAlso: [
      ...new Set([...found.flatMap(({ terms, relations }) => [...terms.flatMap((entry) => entry.licences), ...relations.map(({ to }) => to)]), ...own.seeAlso]),
    ],
  };
};
