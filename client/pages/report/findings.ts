import type { FindingView, FolderView, ReportView } from '../../src/report/view.ts';
import { grouped } from '../../src/speaker.ts';
import { badge, button, isolated, link, make, prose, quietly } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';
import { parts, say } from '../say.ts';
import { kept } from './state.ts';

type Heading = 'h3' | 'h4';
type Severity = FindingView['severity'];

const severities: readonly Severity[] = ['error', 'warning', 'information'];

const finding = ({ severity, ruleId, page, message, where, basis, see, fixes }: FindingView, heading: HTMLElement | null): HTMLElement => {
  const rule = make(page === null ? 'span' : 'a', 'rule', ruleId);
  if (page !== null && rule instanceof HTMLAnchorElement) rule.href = page;
  const name = say(`severity.${severity}`);
  const places = see.slice(0, 5).flatMap((place, at) => [at === 0 ? null : ', ', link(place, place.message)]);
  const related = places.length === 0 ? [] : [' · ', ...parts('findings.see', { places })];
  return make(
    'li',
    heading ? 'finding new-file' : 'finding',
    heading,
    make('div', 'first', badge(severity, name), link(where, `${name}, ${ruleId}`), rule),
    make('p', 'message', ...prose(message)),
    make('p', 'quiet', basis, ...related),
    ...fixes.map((title) => make('p', 'fix', ...quietly(parts('findings.fix', { title: new Text(title) })))),
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
  if (files.length === 0) return [make('p', 'empty', say('findings.none'))];
  const rows = files.flatMap(({ path, findings: all }) => {
    const some = all.filter((item) => fits(path, item));
    return some.map((item, at) => ({
      item,
      heading: at === 0 ? make(inner, 'file-name', isolated('', path), make('span', 'count', String(some.length))) : null,
    }));
  });
  if (rows.length === 0) return [make('p', 'empty', say('findings.noneFits'))];
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
    const element = button(`filter ${severity}`, `${say(`severity.${severity}`)} `, () => {
      const { hidden } = kept.get();
      kept.set({ hidden: pressed() ? [...hidden, severity] : hidden.filter((name) => name !== severity) });
      element.setAttribute('aria-pressed', String(pressed()));
      redraw();
    });
    element.append(make('span', 'count', grouped(all.filter((item) => item.severity === severity).length)));
    element.setAttribute('aria-pressed', String(pressed()));
    return element;
  });
  const box = make('input', 'words');
  box.type = 'search';
  box.placeholder = say('findings.filter');
  box.setAttribute('aria-label', say('findings.filterSpoken'));
  box.value = kept.get().words;
  box.addEventListener('input', () => {
    kept.set({ words: box.value });
    redraw();
  });
  const group = make('div', 'filters', ...buttons, box);
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', say('findings.filters'));
  return group;
};
