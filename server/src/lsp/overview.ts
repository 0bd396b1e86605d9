import type { CodeLens, InlayHint, Range } from 'vscode-languageserver/node';
import { InlayHintKind, MarkupKind } from 'vscode-languageserver/node';
import type { WorkId } from '../artefacts/types.ts';
import { categories } from '../knowledge/types.ts';
import type { Knowledge, RelationType } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { granted } from '../lineage/bindings.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Binding, Edge, Lineage } from '../lineage/types.ts';
import { serverCommands } from '../protocol/requests.ts';
import type { ShowTarget } from '../protocol/requests.ts';
import { indexLines, lineText } from '../text/lines.ts';
import { rangeOf } from './convert.ts';
import type { Settled } from './folders.ts';
import { placedFacts } from './lookup.ts';

/** What something is made from; what it loads, hands on or is measured by is no parent. */
const parental: readonly RelationType[] = ['finetune', 'adapter', 'quantized', 'merge', 'distilledFrom', 'trainedOn', 'generatedBy', 'copiedFrom'];

const rank = (licence: string, knowledge: Knowledge): number => {
  const category = knowledge.terms(licence)?.category;
  return category === undefined ? -1 : categories.indexOf(category);
};

/** Of the terms that bind a work, the narrowest kind; the first of equals, which is the nearest. */
const strictest = (bindings: readonly Binding[], knowledge: Knowledge): Binding | undefined =>
  bindings.toSorted((a, b) => rank(b.licence, knowledge) - rank(a.licence, knowledge))[0];

/** A title that fits behind a word: an id of the list where there is one, else the name without what every licence calls itself. */
const shortTitle = (licence: string, knowledge: Knowledge): string =>
  licence.startsWith('LicenseRef-')
    ? titleOfLicence(licence, knowledge).replace(/ (?:(?:License |Licence |LICENSE )?(?:Agreement|AGREEMENT)|Licen[cs]e|Terms of Use)$/, '')
    : licence;

const parentsOf = (work: WorkId, lineage: Lineage): readonly WorkId[] => [
  ...new Set((lineage.edgesFrom.get(work) ?? []).filter((edge) => edge.role === 'decision' && parental.includes(edge.type)).map((edge) => edge.to)),
];

const lensText = (parents: readonly WorkId[], lineage: Lineage, knowledge: Knowledge): string => {
  const bindings = parents.flatMap((parent) => lineage.bindings.get(parent) ?? []);
  const found = strictest(bindings, knowledge);
  const unknown = parents.filter((parent) => !parent.startsWith('service:') && (lineage.bindings.get(parent) ?? []).length === 0).length;
  const count = `${parents.length} parent${parents.length === 1 ? '' : 's'}`;
  const terms = found ? `strictest: ${shortTitle(found.licence, knowledge)}` : 'terms of none known';
  return `${count}, ${terms}${found && unknown > 0 ? `; ${unknown} of unknown terms` : ''}`;
};

/** Cards and configurations; in code a line of its own above each model would push the code about. */
const isOverviewed = (path: string): boolean => /\.(?:md|ya?ml|jsonc?|toml)$|(?:^|[/.])modelfile(?:$|[._-])/i.test(path);

/** Above a card's front matter, and above the first line of a configuration that names a parent: how many there are, and the strictest of their terms. */
export const lensesOf = (settled: Settled, uri: string, knowledge: Knowledge): readonly CodeLens[] => {
  const { lineage } = settled.analysis;
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact || settled.cell !== null || !isOverviewed(settled.path)) return [];
  const first = new Map<WorkId, Edge>();
  const lineOf = (edge: Edge): number => artefact.places.get(edge.at?.fact ?? '')?.line ?? Number.MAX_SAFE_INTEGER;
  for (const edge of lineage.edges) {
    if (edge.at?.path !== settled.path || edge.role !== 'decision' || !parental.includes(edge.type)) continue;
    const before = first.get(edge.from);
    if (!before || lineOf(edge) < lineOf(before)) first.set(edge.from, edge);
  }
  return [...first].flatMap(([work, edge]): CodeLens[] => {
    const place = artefact.places.get(edge.at?.fact ?? '');
    if (!place || place.key !== null) return [];
    // A card is about one work; a README may speak of several, each at its own place.
    const isCard = settled.path.endsWith('.md') && work === lineage.workOf(settled.path);
    const at = { line: isCard ? 0 : place.line - 1, character: 0 };
    const target: ShowTarget = { uri, position: { line: place.line - 1, character: place.column - 1 } };
    const title = `${first.size > 1 ? `${shortName(work)}: ` : ''}${lensText(parentsOf(work, lineage), lineage, knowledge)}`;
    return [{ range: { start: at, end: at }, command: { title, command: serverCommands.show, arguments: [target] } }];
  });
};

const hintText = (work: WorkId, lineage: Lineage, knowledge: Knowledge): string | undefined => {
  const found = lineage.works.get(work);
  const grant = found ? granted(found) : undefined;
  if (grant !== undefined) return `granted: ${grant}`;
  const bindings = lineage.bindings.get(work) ?? [];
  const binding = strictest(bindings, knowledge);
  if (!binding) return 'terms not known';
  const others = new Set(bindings.map(({ licence }) => licence)).size - 1;
  const guess = binding.statement.evidence === 'name' ? ', a guess' : '';
  return `${shortTitle(binding.licence, knowledge)}${others > 0 ? ` +${others}` : ''}${guess}`;
};

const touches = (range: Range, line: number): boolean => line >= range.start.line && line <= range.end.line;

/** Behind each id of the hub: the terms that bind it, wherever they come from. */
export const hintsOf = (settled: Settled, source: string, range: Range, knowledge: Knowledge): readonly InlayHint[] => {
  const { lineage } = settled.analysis;
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact) return [];
  const index = indexLines(source);
  const stated = new Map(lineage.edges.flatMap((edge) => (edge.at?.path === settled.path ? [[edge.at.fact, edge.to] as const] : [])));
  const out = new Map<string, InlayHint>();
  for (const { fact, place } of placedFacts(artefact, settled.cell)) {
    if (fact.kind !== 'relation' || place.line !== place.endLine || !touches(range, place.line - 1)) continue;
    const work = stated.get(fact.id) ?? fact.to;
    const label = hubOf(work) ? hintText(work, lineage, knowledge) : undefined;
    const { end } = rangeOf(place);
    const key = `${end.line}:${end.character}`;
    if (label === undefined || out.has(key)) continue;
    // Behind the quote that closes the id, not inside the string.
    const quoted = /^["'`]/.test(lineText(source, index, end.line).slice(end.character)) ? 1 : 0;
    out.set(key, {
      position: { line: end.line, character: end.character + quoted },
      label,
      kind: InlayHintKind.Type,
      paddingLeft: true,
      tooltip: { kind: MarkupKind.PlainText, value: `The terms that bind ${shortName(work)} here` },
    });
  }
  return [...out.values()];
};
