import type { DisclosureView, FigureView, FolderView, NoteView, ObligationView, PublishView, StepView } from '../../src/report/view.ts';
import { badge, isolated, link, make, prose } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';

type Heading = 'h3' | 'h4';

const details = (label: string, items: readonly NoteView[]): HTMLElement | null => {
  if (items.length === 0) return null;
  const list = make('ul', 'plain');
  const box = make('details', '', make('summary', '', `${label} (${items.length.toLocaleString('en-GB')})`), list);
  // Filled when it is opened: most readers never do.
  box.addEventListener('toggle', () => {
    if (box.open && list.childElementCount === 0)
      drawPortions(list, items, ({ where, text }) => make('li', '', link(where), make('span', 'quiet', ` ${text}`)));
  });
  return box;
};

// Summary

const figure = ({ label, value, tone }: FigureView): HTMLElement =>
  make('li', `figure ${tone}`, make('span', 'number', value.toLocaleString('en-GB')), make('span', 'label', label));

const marks: Readonly<Record<StepView['state'], readonly [mark: string, tone: string]>> = {
  open: ['☐', 'warning'],
  unseen: ['?', 'quiet-badge'],
  met: ['☑', 'met'],
};

const sign = (state: StepView['state']): HTMLElement => {
  const [mark, tone] = marks[state];
  const element = make('span', `mark ${tone}`, mark);
  element.setAttribute('aria-hidden', 'true');
  return element;
};

/** A step leads to the section that has the rest. What was not read stands below the steps themselves. */
const step = ({ state, words, text, about }: StepView): HTMLElement => {
  const target = about === 'reading' ? 'summary' : about;
  const anchor = make('a', 'step', text);
  anchor.href = `#${target}`;
  return make('li', `check ${state}`, sign(state), make('span', 'hidden', `${words}: `), anchor);
};

export const summary = ({ sentences, incomplete, figures, steps, skipped, suppressed, narrowed }: FolderView, inner: Heading): readonly Child[] => [
  make('p', 'lead', sentences.join(' ')),
  incomplete ? make('p', 'notice', 'Incomplete: what was not read may change these answers.') : null,
  make('ul', 'figures', ...figures.map(figure)),
  make(inner, '', 'Before it is handed on'),
  make('ul', 'plain checks', ...steps.map(step)),
  details('Not read', skipped),
  details('Held back', suppressed),
  details('Left out or lowered', narrowed),
];

// Publishing

const publish = ({ work, as, why }: PublishView): HTMLElement =>
  make(
    'li',
    '',
    make(
      'div',
      'publish',
      isolated('strong', work),
      as.length === 0 ? badge('error', 'no licence that is known to permit it') : make('span', 'licences', ...as.map((id) => isolated('licence', id))),
    ),
    make('p', 'quiet', why),
  );

export const publishing = ({ publishable }: FolderView): readonly Child[] => {
  if (publishable.length === 0)
    return [make('p', 'empty', 'Nothing here is seen to be handed to others: no card, no weights, no name under which it is published.')];
  const list = make('ul', 'plain published');
  drawPortions(list, publishable, publish);
  return [make('p', 'quiet', 'What each work of this repository may be published as, so far as is known.'), list];
};

// Obligations

const states: Readonly<Record<ObligationView['state'], string>> = { open: 'Not seen here', unseen: 'Cannot be seen', met: 'Met' };

const obligation = ({ state, duty, basis, owedBy, where }: ObligationView): HTMLElement =>
  make(
    'li',
    `obligation ${state}`,
    sign(state),
    make(
      'div',
      'body',
      make('div', 'first', make('span', 'duty', duty), badge(marks[state][1], states[state])),
      make('p', 'quiet', basis, ' · owed by ', isolated('', owedBy), where ? ' · ' : null, where ? link(where) : null),
    ),
  );

export const obligations = ({ obligations: rows }: FolderView): readonly Child[] => {
  if (rows.length === 0) return [make('p', 'empty', 'No duties of others’ terms reach what is here, so far as is known.')];
  const count = (state: ObligationView['state']): number => rows.filter((row) => row.state === state).length;
  const list = make('ul', 'plain obligations');
  drawPortions(list, rows, obligation);
  return [
    make(
      'p',
      'quiet',
      `What is owed where it is handed on: ${count('met')} of ${rows.length} seen here, ${count('open')} missing, ${count('unseen')} that no repository can show.`,
    ),
    list,
  ];
};

// Disclosures

const disclosure = ({ part, name, relation, licence, isKnown, source, where }: DisclosureView): HTMLElement =>
  make(
    'li',
    'disclosure',
    make('div', 'first', badge('quiet-badge', part), isolated('strong', name), isKnown ? isolated('licence', licence) : badge('warning', 'terms unknown')),
    make('p', 'quiet', isolated('', relation), source === '' ? null : ` · ${source}`, where ? ' · ' : null, where ? link(where, name) : null),
  );

export const disclosures = ({ disclosures: rows, disclose }: FolderView): readonly Child[] => {
  const asked = disclose.length === 0 ? null : make('p', 'lead', `The policy names these disclosures: ${disclose.join(', ')}.`);
  if (rows.length === 0) return [asked, make('p', 'empty', 'Nothing that was read says what the works here were made from.')];
  const list = make('ul', 'plain disclosures');
  drawPortions(list, rows, disclosure);
  return [
    asked,
    make(
      'p',
      'quiet',
      ...prose(
        'What the works here were made from, as it has to be named where origins or training data are disclosed. The export has it as a table, and `pedigree disclose` drafts a document of it.',
      ),
    ),
    list,
  ];
};
