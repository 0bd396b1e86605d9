import type { Hover, Position } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import type { Fact } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { relationWords, shortName } from '../lineage/path.ts';
import type { Edge, Lineage } from '../lineage/types.ts';
import { describe } from '../report/describe.ts';
import { withAnswers } from '../report/describe-answers.ts';
import { describeMarkdown, detailsMarkdown, escaped, headingMarkdown } from '../report/describe-text.ts';
import { confidenceText } from '../report/description.ts';
import type { Description } from '../report/description.ts';
import { describeRule } from '../report/describe-rule.ts';
import { glanceAt } from '../report/glance.ts';
import type { Glance, GlancePoint } from '../report/glance.ts';
import { indexLines, lineText } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import { policyKeys } from './complete/policy-keys.ts';
import { policyPlace } from './complete/policy-place.ts';
import { rangeOf } from './convert.ts';
import type { Settled } from './folders.ts';
import { recognisedAt } from './hover-licence.ts';
import { factsAt } from './lookup.ts';

/** Lines of a list in a hover; a lattice of parents has more, and the report shows them. */
const shownLines = 6;
const shownDuties = 3;

const pointText = ({ text, clause }: GlancePoint): string => `${escaped(text)}${clause === null ? '' : ` \\[${escaped(clause)}\\]`}`;

const listed = (lines: readonly string[], prefix: string, shown = shownLines): string =>
  [...lines.slice(0, shown), ...(lines.length > shown ? [`and ${lines.length - shown} more`] : [])].map((line) => `${prefix}${line}`).join('\n');

/** The answer first: may I use this, for what, on which condition, says who, as of when. Tables stand below it. */
const glanceMarkdown = ({ answer, use, points, duties, says, ways }: Glance): string => {
  const owed = duties.slice(0, shownDuties).map(pointText).join('; ');
  const more = duties.length > shownDuties ? `; ${duties.length - shownDuties} more` : '';
  return [
    `**May I use it here? ${escaped(answer)}.**  \nUse weighed here: ${escaped(use)}`,
    listed(points.map(pointText), '- '),
    owed === '' ? '' : `Owed where it is handed on: ${owed}${more}`,
    says.length === 0 ? '' : `Says who: ${says.slice(0, shownLines).map(escaped).join('  \nand ')}`,
    ways.length === 0 ? '' : `How it came here:\n\n${listed(ways.map(escaped), '- ')}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

/** Of a service the question is another: what its terms say of outputs comes first among its rows. */
const serviceMarkdown = ({ rows: [first], sources: [source] }: Description): string => {
  if (!first) return '';
  const says = source ? `  \nSays who: ${escaped(`${confidenceText(source.confidence)}${source.asOf === null ? '' : `, as of ${source.asOf}`}`)}` : '';
  return `**May I train a model on its outputs? ${escaped(first.value)}${first.clause === undefined ? '' : ` \\[${escaped(first.clause)}\\]`}.**${says}`;
};

const edgeOf = (lineage: Lineage, path: string, fact: string): Edge | undefined =>
  lineage.edges.find((edge) => edge.at?.path === path && edge.at.fact === fact);

/** Where a work of this repository comes from, as far as files say so. */
const comesFrom = (work: string, lineage: Lineage): string => {
  const edges = work.startsWith('local:') ? (lineage.edgesFrom.get(work) ?? []).slice(0, shownLines) : [];
  if (edges.length === 0) return '';
  return `Comes from\n\n${edges.map((edge) => `- ${escaped(`${relationWords(edge.type)} ${shortName(edge.to)}${edge.at ? ` (${edge.at.path})` : ''}`)}`).join('\n')}`;
};

const workText = (work: string, edge: Edge | undefined, settled: Settled, knowledge: Knowledge): string => {
  const { lineage } = settled.analysis;
  const described = withAnswers(describe(work, knowledge), lineage.answers.get(work) ?? [], knowledge);
  const head = described
    ? headingMarkdown(described)
    : `**${escaped(shortName(work))}**  \n${work.startsWith('local:') ? 'a work of this repository' : 'nothing known here states its terms'}`;
  const glance = glanceAt(work, lineage, knowledge);
  const answer = glance ? glanceMarkdown(glance) : described?.kind === 'service' ? serviceMarkdown(described) : '';
  const here = edge ? `Here: ${escaped(`${relationWords(edge.type)} it (${shortName(edge.from)})`)}` : '';
  const parts = [head, answer, comesFrom(work, lineage), here, described ? `---\n\n${detailsMarkdown(described)}` : ''];
  return parts.filter((part) => part !== '').join('\n\n');
};

/** What the work that a licence is stated for may be published as, where something that reaches it decides. */
const publishableText = (fact: Fact & { readonly kind: 'licence' }, settled: Settled, knowledge: Knowledge): string => {
  const { report, lineage } = settled.analysis;
  const work = fact.work === 'here' ? lineage.workOf(settled.path) : fact.work;
  const row = report.publishable.find((entry) => entry.work === work);
  const inherits = lineage.bindings.get(work)?.some((binding) => binding.inherited) === true;
  if (!row || !inherits || fact.speaker === 'other') return '';
  const as = row.as.length === 0 ? 'nothing that is known' : row.as.map((id) => titleOfLicence(id, knowledge)).join(' and ');
  return `**${escaped(shortName(work))} may be published as: ${escaped(as)}.**  \n${escaped(row.why)}`;
};

const licenceText = (fact: Fact & { readonly kind: 'licence' }, settled: Settled, knowledge: Knowledge): string => {
  const parts = fact.licences.slice(0, 3).flatMap((id) => {
    const described = describe(id, knowledge);
    return described ? [describeMarkdown(described)] : [`**${escaped(id)}**`];
  });
  const join = fact.choice ? 'The licensee may pick one of them.' : fact.licences.length > 1 ? 'All of them bind.' : '';
  const what =
    fact.via === 'text' && fact.licences.length > 0
      ? `This text is: ${escaped(fact.licences.map((id) => titleOfLicence(id, knowledge)).join(fact.choice ? ' or ' : ' and '))}`
      : '';
  return [publishableText(fact, settled, knowledge), what, ...parts, join].filter((part) => part !== '').join('\n\n---\n\n');
};

const factText = (fact: Fact, settled: Settled, knowledge: Knowledge): string => {
  if (fact.kind === 'relation') {
    const edge = edgeOf(settled.analysis.lineage, settled.path, fact.id);
    return workText(edge?.to ?? fact.to, edge, settled, knowledge);
  }
  if (fact.kind === 'licence') return licenceText(fact, settled, knowledge);
  if (fact.kind === 'call') return workText(`service:${fact.service}${fact.model === null ? '' : `/${fact.model}`}`, undefined, settled, knowledge);
  if (fact.kind === 'suppression')
    return fact.rules
      .flatMap((id) => describeRule(id) ?? [])
      .map(describeMarkdown)
      .join('\n\n---\n\n');
  return '';
};

const idCharacter = /[\w./:@+-]/;

/** The id-like word at a position of a line. */
const wordAt = (line: string, character: number): { readonly text: string; readonly start: number } => {
  let start = character;
  while (start > 0 && idCharacter.test(line[start - 1] ?? '')) start -= 1;
  let end = character;
  while (end < line.length && idCharacter.test(line[end] ?? '')) end += 1;
  return { text: line.slice(start, end).replace(/[:.]+$/, ''), start };
};

/** The key that ends at the end of `head`, in the words of the schema. */
const keyText = (source: string, index: LineIndex, line: number, head: string, word: string): string | undefined => {
  const place = policyPlace(source, index, line, head);
  const path = place ? /^keys:(.*)$/.exec(place.source)?.[1] : undefined;
  const key = path === undefined ? undefined : policyKeys[path]?.[word];
  return key ? `**${escaped(word)}**  \n${escaped(key.what)}` : undefined;
};

/** A policy is no artefact: any key, id or rule in it is explained as it stands. */
const policyHover = (source: string, index: LineIndex, position: Position, knowledge: Knowledge): Hover | null => {
  const line = lineText(source, index, position.line);
  const { text, start } = wordAt(line, position.character);
  const end = start + text.length;
  const described = describeRule(text) ?? (/[/:.-]/.test(text) ? describe(text, knowledge) : undefined);
  const value = keyText(source, index, position.line, line.slice(0, end), text) ?? (described ? describeMarkdown(described) : undefined);
  if (value === undefined) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: { start: { line: position.line, character: start }, end: { line: position.line, character: end } },
  };
};

const isLicenceText = (fact: Fact): boolean => fact.kind === 'licence' && fact.via === 'text';

/** What is known of the model, data set, service or licence at a position of a document. */
export const hoverAt = (settled: Settled, position: Position, source: string, knowledge: Knowledge): Hover | null => {
  const index = indexLines(source);
  const line = lineText(source, index, position.line);
  if (settled.path === settled.folder.workspace.policy().path) return policyHover(source, index, position, knowledge);
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact) return null;
  const whole = artefact.facts.find(isLicenceText);
  const recognised = whole && line.trim() !== '' ? recognisedAt(source, position.line + 1, knowledge) : '';
  for (const { fact, place } of factsAt(artefact, settled.cell, position)) {
    const value = (isLicenceText(fact) ? recognised : '') || factText(fact, settled, knowledge);
    if (value === '') continue;
    return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(place) };
  }
  // A licence file speaks as a whole: a line that is in none of its texts answers too.
  return whole && line.trim() !== '' ? { contents: { kind: MarkupKind.Markdown, value: recognised || factText(whole, settled, knowledge) } } : null;
};
