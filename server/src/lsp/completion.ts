import type { CompletionItem, Position } from 'vscode-languageserver/node';
import { CompletionItemKind } from 'vscode-languageserver/node';
import type { Knowledge } from '../knowledge/types.ts';
import { spdxIds } from '../licence/spdx.ts';
import { rules } from '../rules/index.ts';
import { indexLines, lineText } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';

interface Candidate {
  readonly label: string;
  readonly detail: string;
}

type Source = 'hub-licence' | 'spdx' | 'model' | 'dataset' | 'rule';

interface Place {
  readonly source: Source;
  /** Column at which the word under the cursor begins. */
  readonly start: number;
}

const kinds: Readonly<Record<Source, CompletionItemKind>> = {
  'hub-licence': CompletionItemKind.EnumMember,
  spdx: CompletionItemKind.EnumMember,
  model: CompletionItemKind.Reference,
  dataset: CompletionItemKind.Reference,
  rule: CompletionItemKind.Value,
};

const licenceClass = (id: string, knowledge: Knowledge): string => {
  const terms = knowledge.terms(id);
  return terms ? `${terms.category}: ${terms.name}` : id;
};

const classOf = (rows: readonly { readonly licences: readonly string[]; readonly stated: string | null }[], knowledge: Knowledge): string => {
  const row = rows.at(-1);
  if (!row) return 'terms not known here';
  return row.licences.length > 0 ? row.licences.map((id) => licenceClass(id, knowledge)).join(' and ') : (row.stated ?? 'terms not known here');
};

const candidates = (source: Source, knowledge: Knowledge): readonly Candidate[] => {
  switch (source) {
    case 'hub-licence':
      return knowledge
        .allHubLicences()
        .map((row) => ({ label: row.tag, detail: row.terms.length === 1 && row.terms[0] !== undefined ? licenceClass(row.terms[0], knowledge) : row.name }));
    case 'spdx':
      return spdxIds().map((id) => ({ label: id, detail: licenceClass(id, knowledge) }));
    case 'model':
      return knowledge.modelIds().map((id) => ({ label: id, detail: classOf(knowledge.model(id)?.licences ?? [], knowledge) }));
    case 'dataset':
      return knowledge.datasetIds().map((id) => ({ label: id, detail: classOf(knowledge.dataset(id)?.licences ?? [], knowledge) }));
    case 'rule':
      return rules.map((rule) => ({ label: rule.id, detail: rule.title }));
  }
};

const sourceOfKey: Readonly<Record<string, Source>> = {
  license: 'hub-licence',
  base_model: 'model',
  datasets: 'dataset',
  source_datasets: 'dataset',
  new_version: 'model',
};

/** The key whose value or list item stands at the end of `head`; the list may have begun on a line above. */
const cardKey = (text: string, index: LineIndex, line: number, head: string): { readonly key: string; readonly start: number } | undefined => {
  const own = /^(\w+):[ \t]*\[?(?:[^\],]*,[ \t]*)*["']?([^"',[\]\s]*)$/.exec(head);
  if (own) return { key: own[1] ?? '', start: head.length - (own[2] ?? '').length };
  const item = /^[ \t]*-[ \t]+["']?([^"'\s]*)$/.exec(head);
  if (!item) return undefined;
  for (let above = line - 1; above > 0; above -= 1) {
    const key = /^(\w+):[ \t]*$/.exec(lineText(text, index, above));
    if (key) return { key: key[1] ?? '', start: head.length - (item[1] ?? '').length };
    if (!/^[ \t]*(?:-|#|$)/.test(lineText(text, index, above))) return undefined;
  }
  return undefined;
};

/** The front matter's lines: from a `---` on the first line to the next one. */
const inFrontMatter = (text: string, index: LineIndex, line: number): boolean => {
  if (line === 0 || !/^---\s*$/.test(lineText(text, index, 0))) return false;
  for (let above = 1; above < line; above += 1) if (/^(?:---|\.\.\.)\s*$/.test(lineText(text, index, above))) return false;
  return true;
};

const placeAt = (path: string, text: string, position: Position): Place | undefined => {
  const index = indexLines(text);
  const head = lineText(text, index, position.line).slice(0, position.character);
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const tag = /SPDX-License-Identifier:[ \t]*(?:[\w.+-]+[ \t]+(?:AND|OR)[ \t]+)*([\w.+-]*)$/.exec(head);
  if (tag) return { source: 'spdx', start: head.length - (tag[1] ?? '').length };
  const ignored = /pedigree-ignore(?:-file)?[ \t]+(?:[a-z-]+[ \t]*,[ \t]*)*([a-z-]*)$/.exec(head);
  if (ignored) return { source: 'rule', start: head.length - (ignored[1] ?? '').length };
  if (name === 'pyproject.toml' || name === 'cargo.toml' || name === 'package.json') {
    const manifest = /^\s*"?license"?\s*[=:]\s*["'](?:[\w.+-]+ (?:AND|OR) )*([\w.+-]*)$/.exec(head);
    return manifest ? { source: 'spdx', start: head.length - (manifest[1] ?? '').length } : undefined;
  }
  if (!name.endsWith('.md') || !inFrontMatter(text, index, position.line)) return undefined;
  const found = cardKey(text, index, position.line, head);
  const source = found ? sourceOfKey[found.key] : undefined;
  return found && source ? { source, start: found.start } : undefined;
};

/** What fits beside an id in a list: the class without the name. */
const shortClass = (detail: string): string => detail.split(':')[0] ?? detail;

/** Ids that fit where the cursor stands, each with its class of terms; none elsewhere. */
export const completionsAt = (path: string, text: string, position: Position, knowledge: Knowledge): readonly CompletionItem[] => {
  const place = placeAt(path, text, position);
  if (!place) return [];
  const range = { start: { line: position.line, character: place.start }, end: position };
  const kind = kinds[place.source];
  // An empty value behind `license:` still needs its blank.
  const blank = lineText(text, indexLines(text), position.line).slice(0, place.start).endsWith(':') ? ' ' : '';
  return candidates(place.source, knowledge).map(({ label, detail }) => ({
    label,
    detail,
    labelDetails: { description: shortClass(detail) },
    kind,
    filterText: label,
    textEdit: { range, newText: `${blank}${label}` },
  }));
};
