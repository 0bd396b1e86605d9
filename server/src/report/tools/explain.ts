import type { Knowledge } from '../../knowledge/types.ts';
import { canonical } from '../../lineage/remote.ts';
import { shortName } from '../../lineage/path.ts';
import type { Resolutions } from '../../lineage/resolutions.ts';
import type { ToolAnswer } from '../../protocol/tools.ts';
import { describe } from '../describe.ts';
import { withAnswers } from '../describe-answers.ts';
import { describeRule } from '../describe-rule.ts';
import { confidenceText } from '../description.ts';
import type { Description } from '../description.ts';
import { nearest } from '../nearest.ts';
import type { ToolFolder } from './folder.ts';
import type { Input } from './input.ts';
import { marked, section, value } from './marks.ts';
import type { Section } from './marks.ts';
import { lineText, name, notAdvice } from './words.ts';

const shownPlaces = 5;
const shownRows = 60;

/** The works that an id means, as ids of the lineage: a work id, or an id of the hub of either kind. */
const worksOf = (id: string, folders: readonly ToolFolder[], knowledge: Knowledge): ReadonlySet<string> =>
  new Set(
    folders.flatMap(({ analysis }) =>
      [...analysis.lineage.works.keys()].filter((work) => work === canonical(id, knowledge) || shortName(work).toLowerCase() === id.toLowerCase()),
    ),
  );

/** Where this repository speaks of it, so that an answer about terms leads to a line. */
const placesOf = (works: ReadonlySet<string>, folders: readonly ToolFolder[]): readonly string[] => [
  ...new Set(
    folders.flatMap(({ analysis }) =>
      analysis.report.relations.filter(({ to, path }) => path !== null && works.has(to)).map(({ path, line }) => `- ${lineText(path, line)}`),
    ),
  ),
];

const sectionsOf = (description: Description, places: readonly string[]): readonly Section[] => [
  section('What it is', [`- ${description.kind} ${name(description.title)}${description.subtitle === '' ? '' : `: ${value(description.subtitle)}`}`], 1),
  section(
    'Terms and facts',
    description.rows.map(({ label, value: said, clause }) => `- ${name(label)}: ${value(said)}${clause === undefined ? '' : ` [${name(clause)}]`}`),
    shownRows,
  ),
  section(
    'Notes',
    description.notes.map((note) => `- ${value(note)}`),
    shownRows,
  ),
  section('Named in this repository at', places, shownPlaces),
  section(
    'Sources',
    description.sources.map(({ source, asOf, confidence }) => `- ${value(source)}${asOf ? `, as of ${asOf}` : ''} (${confidenceText(confidence)})`),
    shownPlaces,
  ),
  section(
    'Ask next',
    description.seeAlso.map((id) => `- ${name(id)}`),
    shownPlaces,
  ),
];

/**
 * What the tables know of an id, with what the cache and the hub answered of it for this repository already: a model asks for whatever it was
 * told to ask for, so nothing is sent anywhere for its sake.
 */
export const explainAnswer = (folders: readonly ToolFolder[], input: Input, knowledge: Knowledge, room: number): ToolAnswer => {
  const id = String(input['id']).trim();
  const works = worksOf(id, folders, knowledge);
  const answers: Resolutions = folders.flatMap(({ analysis }) => [...works].flatMap((work) => analysis.lineage.answers.get(work) ?? []));
  const known = describe(id, knowledge);
  const description = describeRule(id) ?? (known || answers.some(({ state }) => state === 'found') ? withAnswers(known, answers, knowledge) : undefined);
  if (description)
    return {
      text: [`Knowledge of ${knowledge.version}. ${notAdvice}`, marked(sectionsOf(description, placesOf(works, folders)), room)].join('\n'),
      isError: false,
    };
  const guesses = nearest(id, knowledge);
  return {
    text: [
      'Nothing is known here of that id, which is no sign that it is free to use.',
      marked([
        section('Asked', [name(id)], 1),
        section(
          'Ids like it',
          guesses.map((guess) => `- ${name(guess)}`),
          guesses.length,
        ),
      ]),
    ].join('\n'),
    isError: true,
  };
};
