// The page of the report. It lays out what the extension sends and writes all of it as text: nothing here parses HTML.
import type { FolderView, ReportView } from '../../src/report/view.ts';
import { button, make, pageRoot, section } from '../dom.ts';
import type { Child } from '../dom.ts';
import { onShow, post } from '../host.ts';
import { say } from '../say.ts';
import { findings, findingFilters } from './findings.ts';
import { disclosures, obligations, publishing, summary } from './parts.ts';
import { kept } from './state.ts';
import { works } from './works.ts';

const root = pageRoot();

const eachFolder = (folders: readonly FolderView[], view: (folder: FolderView, inner: 'h3' | 'h4') => readonly Child[]): readonly HTMLElement[] =>
  folders.map((folder) =>
    // Where there are several, the name of each stands above its part.
    make(
      'div',
      'folder',
      folders.length > 1 ? make('h3', 'folder-name', make('bdi', '', folder.name)) : null,
      ...view(folder, folders.length > 1 ? 'h4' : 'h3'),
    ),
  );

const actions = (): HTMLElement => {
  const run = (label: string, name: string): HTMLElement => button('action', label, () => post({ type: 'command', name }));
  const group = make('div', 'actions', run(say('report.export'), 'export'), run(say('report.lineage'), 'lineage'), run(say('report.audit'), 'audit'));
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', say('report.actions'));
  return group;
};

const show = (view: ReportView): void => {
  const { folders } = view;
  const found = make('div');
  const redraw = (): void => found.replaceChildren(...eachFolder(folders, findings));
  redraw();
  const header = make('header', '', make('h1', '', view.title), make('p', 'quiet', view.subtitle), folders.length > 0 ? actions() : null);
  const footer = make('footer', '', say('report.noAdvice'));
  if (folders.length === 0) root.replaceChildren(header, make('p', 'empty', say('noFolder.report')), footer);
  else
    root.replaceChildren(
      header,
      section('summary', say('section.summary'), ...eachFolder(folders, summary)),
      section('publishing', say('section.publishing'), ...eachFolder(folders, publishing)),
      section('obligations', say('section.obligations'), ...eachFolder(folders, obligations)),
      section('findings', say('section.findings'), findingFilters(view, redraw), found),
      section('works', say('section.works'), ...eachFolder(folders, works)),
      section('disclosures', say('section.disclosures'), ...eachFolder(folders, disclosures)),
      footer,
    );
  root.removeAttribute('aria-busy');
  // A new report is read from its beginning.
  if (kept.get().report !== view.number) kept.set({ report: view.number, scroll: 0 });
  window.scrollTo(0, kept.get().scroll);
};

let waiting = 0;
window.addEventListener(
  'scroll',
  () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => kept.set({ scroll: Math.round(window.scrollY) }), 200);
  },
  { passive: true },
);
/** What is read stays as it is, and says that it is no longer how things are. */
const stale = (): void => {
  if (root.querySelector('.stale')) return;
  const notice = make(
    'p',
    'notice stale',
    say('report.stale'),
    ' ',
    button('action', say('report.audit'), () => post({ type: 'command', name: 'audit' })),
  );
  notice.setAttribute('role', 'status');
  root.querySelector('header')?.after(notice);
};

onShow<ReportView>(show, stale);
