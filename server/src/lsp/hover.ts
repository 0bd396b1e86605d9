import type { Hover, Position } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import type { Fact } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { pathText, relationWords, shortName } from '../lineage/path.ts';
import type { Binding, Edge, Lineage, Statement } from '../lineage/types.ts';
import { describe } from '../report/describe.ts';
import { withAnswers } from '../report/describe-answers.ts';
import { describeMarkdown, escaped } from '../report/describe-text.ts';
import { describeRule } from '../report/describe-rule.ts';
import { indexLines, lineText } from '../text/lines.ts';
import { rangeOf } from './convert.ts';
import type { Settled } from './folders.ts';
import { recognisedAt } from './hover-licence.ts';
import { factsAt } from './lookup.ts';

const evidenceWords: Readonly<Record<string, string>> = {
  text: 'its text, in this tree',
  notice: 'a notice in this tree',
  declared: 'declared in this tree',
  cache: 'its card in the local cache',
  hub: 'its card on the hub',
  catalogue: 'the catalogue',
  name: 'its name alone, a guess',
};

/** "evidence: the catalogue, as of 2025-07-15": what a statement rests on. A record without a date of its own is as old as the tables. */
const restsOn = (statement: Statement, knowledge: Knowledge): string => {
  const where = statement.at ? `, ${statement.at.path}` : '';
  const date = statement.asOf ?? (['catalogue', 'name'].includes(statement.evidence) ? knowledge.version : null);
  const note = statement.note === undefined ? '' : ` (${statement.note})`;
  return `evidence: ${evidenceWords[statement.evidence] ?? statement.evidence}${where}${date ? `, as of ${date}` : ''}${note}`;
};

const bindingLine = (binding: Binding, knowledge: Knowledge): string => {
  const clauses = binding.inherited ? [...new Set(binding.clauses.flatMap((clause) => clause.clause ?? []))].slice(0, 5).join(', ') : '';
  const way = binding.inherited ? ` reaches it: ${pathText(binding.path)}${clauses === '' ? '' : ` (${clauses})`}` : '';
  return `- **${escaped(titleOfLicence(binding.licence, knowledge))}**${escaped(`${way}; ${restsOn(binding.statement, knowledge)}`)}`;
};

/** Bindings that a hover lists; a lattice of parents has more, and the report shows them. */
const shownBindings = 6;

const useLine = (lineage: Lineage): string => {
  const { profile } = lineage;
  const said = profile.commercial === null ? 'not stated' : profile.commercial ? 'commercial' : 'non-commercial';
  const basis =
    profile.origin === 'policy' ? 'pedigree.yaml' : profile.origin === 'inferred' && profile.at ? `inferred from ${profile.at.path}` : 'nothing here says';
  return `Use weighed here: ${escaped(`${said} (${basis})`)}`;
};

const boundBy = (work: string, lineage: Lineage, knowledge: Knowledge): string => {
  const bindings = lineage.bindings.get(work) ?? [];
  if (bindings.length === 0) return '';
  const more = bindings.length > shownBindings ? `\n- and ${bindings.length - shownBindings} more` : '';
  return `Bound by\n\n${bindings
    .slice(0, shownBindings)
    .map((binding) => bindingLine(binding, knowledge))
    .join('\n')}${more}`;
};

const edgeOf = (lineage: Lineage, path: string, fact: string): Edge | undefined =>
  lineage.edges.find((edge) => edge.at?.path === path && edge.at.fact === fact);

/** Where a work of this repository comes from, as far as files say so. */
const comesFrom = (work: string, lineage: Lineage): string => {
  const edges = work.startsWith('local:') ? (lineage.edgesFrom.get(work) ?? []).slice(0, shownBindings) : [];
  if (edges.length === 0) return '';
  return `Comes from\n\n${edges.map((edge) => `- ${escaped(`${relationWords(edge.type)} ${shortName(edge.to)}${edge.at ? ` (${edge.at.path})` : ''}`)}`).join('\n')}`;
};

const workText = (work: string, edge: Edge | undefined, settled: Settled, knowledge: Knowledge): string => {
  const { lineage } = settled.analysis;
  const described = withAnswers(describe(work, knowledge), lineage.answers.get(work) ?? [], knowledge);
  const head = described
    ? describeMarkdown(described)
    : `**${escaped(shortName(work))}**  \n${work.startsWith('local:') ? 'a work of this repository' : 'nothing known here states its terms'}`;
  const here = edge ? `Here: ${escaped(`${relationWords(edge.type)} it (${shortName(edge.from)})`)}` : '';
  return [head, boundBy(work, lineage, knowledge), comesFrom(work, lineage), here, work.startsWith('service:') ? '' : useLine(lineage)]
    .filter((part) => part !== '')
    .join('\n\n');
};

const licenceText = (fact: Fact & { readonly kind: 'licence' }, knowledge: Knowledge): string => {
  const parts = fact.licences.slice(0, 3).flatMap((id) => {
    const described = describe(id, knowledge);
    return described ? [describeMarkdown(described)] : [`**${escaped(id)}**`];
  });
  const join = fact.choice ? 'The licensee may pick one of them.' : fact.licences.length > 1 ? 'All of them bind.' : '';
  const what =
    fact.via === 'text' && fact.licences.length > 0
      ? `This text is: ${escaped(fact.licences.map((id) => titleOfLicence(id, knowledge)).join(fact.choice ? ' or ' : ' and '))}`
      : '';
  return [what, ...parts, join].filter((part) => part !== '').join('\n\n---\n\n');
};

const factText = (fact: Fact, settled: Settled, knowledge: Knowledge): string => {
  if (fact.kind === 'relation') {
    const edge = edgeOf(settled.analysis.lineage, settled.path, fact.id);
    return workText(edge?.to ?? fact.to, edge, settled, knowledge);
  }
  if (fact.kind === 'licence') return licenceText(fact, knowledge);
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

/** A policy is no artefact: any id or rule in it is explained as it stands. */
const policyHover = (line: string, position: Position, knowledge: Knowledge): Hover | null => {
  const { text, start } = wordAt(line, position.character);
  const described = describeRule(text) ?? (/[/:.-]/.test(text) ? describe(text, knowledge) : undefined);
  if (!described) return null;
  return {
    contents: { kind: MarkupKind.Markdown, value: describeMarkdown(described) },
    range: { start: { line: position.line, character: start }, end: { line: position.line, character: start + text.length } },
  };
};

const isLicenceText = (fact: Fact): boolean => fact.kind === 'licence' && fact.via === 'text';

/** What is known of the model, data set, service or licence at a position of a document. */
export const hoverAt = (settled: Settled, position: Position, source: string, knowledge: Knowledge): Hover | null => {
  const line = lineText(source, indexLines(source), position.line);
  if (settled.path === settled.folder.workspace.policy().path) return policyHover(line, position, knowledge);
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact) return null;
  const whole = artefact.facts.find(isLicenceText);
  const recognised = whole && line.trim() !== '' ? recognisedAt(source, position.line + 1, knowledge) : '';
  for (const { fact, place } of factsAt(artefact, position)) {
    const value = (isLicenceText(fact) ? recognised : '') || factText(fact, settled, knowledge);
    if (value === '') continue;
    return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(place) };
  }
  // A licence file speaks as a whole: a line that is in none of its texts answers too.
  return whole && line.trim() !== '' ? { contents: { kind: MarkupKind.Markdown, value: recognised || factText(whole, settled, knowledge) } } : null;
};
