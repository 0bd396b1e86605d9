import type { DisclosureView, FigureView, FolderView, NoteView, ObligationView, PublishView, StepView } from '../../src/report/view.ts';
import { grouped } from '../../src/speaker.ts';
import { badge, isolated, link, make, prose } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';
import { parts, say } from '../say.ts';

type Heading = 'h3' | 'h4';

type NotesId = 'summary.notRead' | 'summary.heldBack' | 'summary.narrowed';

const details = (label: NotesId, items: readonly NoteView[]): HTMLElement | null => {
  if (items.length === 0) return null;
  const list = make('ul', 'plain');
  const box = make('details', '', make('summary', '', say(label, { count: grouped(items.length) })), list);
  // Filled when it is opened: most readers never do.
  box.addEventListener('toggle', () => {
    if (box.open && list.childElementCount === 0)
      drawPortions(list, items, ({ where, text }) => make('li', '', link(where), make('span', 'quiet', ` ${text}`)));
  });
  return box;
};

// Summary

const figure = ({ label, value, tone }: FigureView): HTMLElement =>
  make('li', `figure ${tone}`, make('span', 'number', grouped(value)), make('span', 'label', label));

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
  incomplete ? make('p', 'notice', say('summary.incomplete')) : null,
  make('ul', 'figures', ...figures.map(figure)),
  make(inner, '', say('summary.steps')),
  make('ul', 'plain checks', ...steps.map(step)),
  details('summary.notRead', skipped),
  details('summary.heldBack', suppressed),
  details('summary.narrowed', narrowed),
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
      as.length === 0 ? badge('error', say('publishing.noLicence')) : make('span', 'licences', ...as.map((id) => isolated('licence', id))),
    ),
    make('p', 'quiet', why),
  );

export const publishing = ({ publishable }: FolderView): readonly Child[] => {
  if (publishable.length === 0) return [make('p', 'empty', say('publishing.none'))];
  const list = make('ul', 'plain published');
  drawPortions(list, publishable, publish);
  return [make('p', 'quiet', say('publishing.lead')), list];
};

// Obligations

const obligation = ({ state, duty, basis, owedBy, where }: ObligationView): HTMLElement =>
  make(
    'li',
    `obligation ${state}`,
    sign(state),
    make(
      'div',
      'body',
      make('div', 'first', make('span', 'duty', duty), badge(marks[state][1], say(`obligation.${state}`))),
      make('p', 'quiet', ...parts('obligations.owedBy', { basis, works: isolated('', owedBy) }), where ? ' · ' : null, where ? link(where) : null),
    ),
  );

export const obligations = ({ obligations: rows }: FolderView): readonly Child[] => {
  if (rows.length === 0) return [make('p', 'empty', say('obligations.none'))];
  const count = (state: ObligationView['state']): number => rows.filter((row) => row.state === state).length;
  const list = make('ul', 'plain obligations');
  drawPortions(list, rows, obligation);
  return [make('p', 'quiet', say('obligations.lead', { met: count('met'), all: rows.length, open: count('open'), unseen: count('unseen') })), list];
};

// Disclosures

const disclosure = ({ part, name, relation, licence, isKnown, source, where }: DisclosureView): HTMLElement =>
  make(
    'li',
    'disclosure',
    make(
      'div',
      'first',
      badge('quiet-badge', part),
      isolated('strong', name),
      isKnown ? isolated('licence', licence) : badge('warning', say('disclosures.noTerms')),
    ),
    make('p', 'quiet', isolated('', relation), source === '' ? null : ` · ${source}`, where ? ' · ' : null, where ? link(where, name) : null),
  );

export const disclosures = ({ disclosures: rows, disclose }: FolderView): readonly Child[] => {
  const asked = disclose.length === 0 ? null : make('p', 'lead', say('disclosures.policy', { ids: disclose.join(', ') }));
  if (rows.length === 0) return [asked, make('p', 'empty', say('disclosures.none'))];
  const list = make('ul', 'plain disclosures');
  drawPortions(list, rows, disclosure);
  return [asked, make('p', 'quiet', ...prose(say('disclosures.lead'))), list];
};
