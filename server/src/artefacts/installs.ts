import type { Category, Knowledge } from '../knowledge/types.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { addRelation, draftOf, moreThan, nothingRead, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { cellsOf, sourceOf } from './notebook.ts';
import { directReference, packageReference } from './requirements.ts';
import type { DirectReference } from './requirements.ts';
import type { Reader, Reading } from './types.ts';
import { installedCode } from './via.ts';

/** A command that installs packages, or clones a repository, with what is behind it on its line and on those that it goes on in. */
const command =
  /\b(?:pip3?(?:\.\d{1,2})?|uv pip|poetry|pdm|pipx)[ \t]+(?:install|add)[ \t]+((?:[^\n\\;&|#`<>]|\\[ \t]*\r?\n|[<>]=?(?=\d)){2,600})|\bgit[ \t]+clone[ \t]+([^\n;&|#`]{10,300})/g;
/** Options that take a value which is no package. */
const withValue = /^(?:-r|-c|-i|-f|-t|--(?:requirement|constraint|index-url|extra-index-url|find-links|target|prefix|root|trusted-host|branch|depth))$/;

const narrow: ReadonlySet<Category> = new Set(['copyleft', 'non-commercial', 'research-only']);

const isNarrow = (to: string, knowledge: Knowledge): boolean =>
  knowledge.package(to)?.licences.some((licence) => narrow.has(knowledge.terms(licence)?.category ?? 'permissive')) === true;

interface Found extends DirectReference {
  readonly start: number;
}

/** Packages and repositories of a command whose terms bar commerce or ask for sources. */
const foundIn = (text: string, knowledge: Knowledge): readonly Found[] => {
  const out: Found[] = [];
  for (const match of text.matchAll(command)) {
    const isClone = match[2] !== undefined;
    const rest = match[1] ?? match[2] ?? '';
    const from = match.index + match[0].length - rest.length;
    let skips = false;
    for (const { 0: word, index } of rest.matchAll(/[^\s\\]+/g)) {
      const isOption = word.startsWith('-');
      const isTaken = skips;
      skips = withValue.test(word);
      if (isOption || isTaken) continue;
      const lead = /^["']/.test(word) ? 1 : 0;
      const bare = word.slice(lead).replace(/["')\],.]+$/, '');
      const found = directReference(bare) ?? (isClone ? undefined : packageReference(bare, knowledge));
      if (found && isNarrow(found.to, knowledge)) out.push({ ...found, start: from + index + lead });
    }
  }
  return out;
};

/** `cell`: of a notebook. */
const tell = (draft: Draft, path: string, text: string, knowledge: Knowledge, told: Set<string>, cell?: number): boolean => {
  if (!/\bpip|git[ \t]+clone|\b(?:poetry|pdm)\b/.test(text)) return true;
  for (const { to, start, span } of foundIn(text, knowledge)) {
    const key = to.toLowerCase();
    if (told.has(key)) continue;
    if (draft.facts.length >= limits.installsPerFile) {
      draft.problems.push(moreThan(limits.installsPerFile, 'packages that are installed'));
      return false;
    }
    told.add(key);
    const place = { span: { start: start + span.start, end: start + span.end } };
    addRelation(
      draft,
      { from: `local:${path}#shown`, to, type: 'loads', role: draft.role, via: installedCode, pinnable: false },
      cell === undefined ? place : { ...place, cell },
    );
  }
  return true;
};

const documents = /^(?:readme|install|installation|getting[-_]?started|setup|usage|quick[-_]?start)[\w.-]*\.(?:md|markdown|rst)$/;

/** What documents, scripts, images and notebooks install beside what a manifest names: known packages alone whose terms are narrow. */
export const installsReader: Reader = {
  id: 'installs',
  version: 1,
  matches: (_path, name) => documents.test(name) || /\.(?:sh|bash)$/.test(name) || /^(?:dockerfile[\w.-]*|[\w.-]*\.dockerfile)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('installs', path, knowledge);
    tell(draft, path, text, knowledge, new Set());
    return readingOf(draft);
  },
};

/** The same of the cells of notebooks. */
export const notebookInstallsReader: Reader = {
  id: 'notebook-installs',
  version: 1,
  matches: (_path, name) => name.endsWith('.ipynb'),
  wants: 'text',
  maximum: limits.notebookBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!/pip3? install|git clone/.test(text)) return nothingRead;
    const { root } = readJson(text, limits.notebookBytes);
    const draft = draftOf('notebook-installs', path, knowledge);
    const told = new Set<string>();
    const cells = cellsOf(root).map(sourceOf);
    for (const [cell, source] of cells.entries()) if (!tell(draft, path, source, knowledge, told, cell)) break;
    return { ...readingOf(draft), cells };
  },
};
