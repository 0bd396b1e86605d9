import type { FindingView, FolderView, ReportView } from '../../src/report/view.ts';
import { badge, button, isolated, link, make, prose } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';
import { kept } from './state.ts';

type Heading = 'h3' | 'h4';
type Severity = FindingView['severity'];

const severities: readonly Severity[] = ['error', 'warning', 'information'];
const names: Readonly<Record<Severity, string>> = { error: 'Error', warning: 'Warning', information: 'Information' };

const finding = ({ severity, ruleId, page, message, where, basis, see, fixes }: FindingView, heading: HTMLElement | null): HTMLElement => {
  const rule = make(page === null ? 'span' : 'a', 'rule', ruleId);
  if (page !== null && rule instanceof HTMLAnchorElement) rule.href = page;
  const related = see.slice(0, 5).flatMap((place, at) => [at === 0 ? 'See ' : ', ', link(place, place.message)]);
  return make(
    'li',
    heading ? 'finding new-file' : 'finding',
    heading,
    make('div', 'first', badge(severity, names[severity]), link(where, `${names[severity]}, ${ruleId}`), rule),
    make('p', 'message', ...prose(message)),
    make('p', 'quiet', basis, related.length > 0 ? ' · ' : null, ...related),
    ...fixes.map((title) => make('p', 'fix', make('span', 'quiet', 'Quick fix: '), title)),
  );
};

const fits = (path: string, { severity, ruleId, message }: FindingView): boolean => {
  const { hidden, words } = kept.get();
  if (hidden.includes(severity)) return false;
  const text = `${path} ${ruleId} ${message}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => text.includes(word));
};

export const findings = ({ files }: FolderView, inner: Heading): readonly Child[] => {
  if (files.length === 0) return [make('p', 'empty', 'No findings. Works of unknown terms, if there are any, are listed below: of these nothing can be said.')];
  const rows = files.flatMap(({ path, findings: all }) => {
    const some = all.filter((item) => fits(path, item));
    return some.map((item, at) => ({
      item,
      heading: at === 0 ? make(inner, 'file-name', isolated('', path), make('span', 'count', String(some.length))) : null,
    }));
  });
  if (rows.length === 0) return [make('p', 'empty', 'No finding fits what is chosen above.')];
  const list = make('ul', 'plain findings');
  drawPortions(list, rows, ({ item, heading }) => finding(item, heading));
  return [list];
};

/** Buttons for severities and a box for words, above the findings. */
export const findingFilters = ({ folders }: ReportView, redraw: () => void): HTMLElement | null => {
  const all = folders.flatMap((folder) => folder.files.flatMap((file) => file.findings));
  if (all.length < 2) return null;
  const buttons = severities.map((severity) => {
    const pressed = (): boolean => !kept.get().hidden.includes(severity);
    const element = button(`filter ${severity}`, `${names[severity]} `, () => {
      const { hidden } = kept.get();
      kept.set({ hidden: pressed() ? [...hidden, severity] : hidden.filter((name) => name !== severity) });
      element.setAttribute('aria-pressed', String(pressed()));
      redraw();
    });
    element.append(make('span', 'count', all.filter((item) => item.severity === severity).length.toLocaleString('en-GB')));
    element.setAttribute('aria-pressed', String(pressed()));
    return element;
  });
  const box = make('input', 'words');
  box.type = 'search';
  box.placeholder = 'Filter by file, rule or word';
  box.setAttribute('aria-label', 'Filter findings by file, rule or word');
  box.value = kept.get().words;
  box.addEventListener('input', () => {
    kept.set({ words: box.value });
    redraw();
  });
  const group = make('div', 'filters', ...buttons, box);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', 'Which findings are shown');
  return group;
};
