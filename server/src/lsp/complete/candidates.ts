import { CompletionItemKind } from 'vscode-languageserver/node';
import { disclosures } from '../../knowledge/disclosures.ts';
import { fieldsOfUse, relationTypes } from '../../knowledge/types.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { spdxIds } from '../../licence/spdx.ts';
import { rules } from '../../rules/index.ts';
import { policyKeys } from './policy-keys.ts';

export interface Candidate {
  readonly label: string;
  readonly detail: string;
  /** What `describe` is asked for to document it; absent = nothing more is known. */
  readonly about?: string;
}

export const sources = [
  'hub-licence',
  'hub-relation',
  'licence-name',
  'spdx',
  'licence',
  'model',
  'dataset',
  'repository',
  'work',
  'rule',
  'level',
  'relation',
  'boolean',
  'distribution',
  'field',
  'disclosure',
] as const;
export type Source = (typeof sources)[number] | `keys:${string}`;

export const kindOf = (source: Source): CompletionItemKind => {
  if (source.startsWith('keys:')) return CompletionItemKind.Property;
  if (['model', 'dataset', 'repository', 'work'].includes(source)) return CompletionItemKind.Reference;
  return source === 'rule' || source === 'boolean' ? CompletionItemKind.Value : CompletionItemKind.EnumMember;
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

const models = (knowledge: Knowledge, prefix = ''): readonly Candidate[] =>
  knowledge
    .modelIds()
    .filter((id) => !id.includes(':'))
    .map((id) => ({ label: `${prefix}${id}`, detail: classOf(knowledge.model(id)?.licences ?? [], knowledge), about: `pkg:huggingface/${id}` }));

const datasets = (knowledge: Knowledge, prefix = ''): readonly Candidate[] =>
  knowledge
    .datasetIds()
    .map((id) => ({ label: `${prefix}${id}`, detail: classOf(knowledge.dataset(id)?.licences ?? [], knowledge), about: `pkg:huggingface/datasets/${id}` }));

const spdx = (knowledge: Knowledge): readonly Candidate[] => spdxIds().map((id) => ({ label: id, detail: licenceClass(id, knowledge), about: id }));

const words = (all: readonly string[], detail: string): readonly Candidate[] => all.map((label) => ({ label, detail }));

const hubRelations: Readonly<Record<string, string>> = {
  adapter: 'a LoRA or other adapter of it',
  finetune: 'trained further from it',
  merge: 'merged from several',
  quantized: 'the same weights in fewer bits',
};

const levels: Readonly<Record<string, string>> = {
  error: 'fails the audit',
  warning: 'shown as a warning',
  information: 'told, and nothing more',
  off: 'not looked at; the report says so',
};

const table: Readonly<Record<(typeof sources)[number], (knowledge: Knowledge) => readonly Candidate[]>> = {
  'hub-licence': (knowledge) =>
    knowledge.allHubLicences().map((row) => ({
      label: row.tag,
      detail: row.terms.length === 1 && row.terms[0] !== undefined ? licenceClass(row.terms[0], knowledge) : row.name,
      about: row.tag,
    })),
  'hub-relation': () => Object.entries(hubRelations).map(([label, detail]) => ({ label, detail })),
  'licence-name': (knowledge) =>
    knowledge.allTerms().flatMap((terms) => terms.licenceNames.map((label) => ({ label, detail: licenceClass(terms.id, knowledge), about: terms.id }))),
  spdx,
  licence: (knowledge) => [
    ...spdx(knowledge),
    ...knowledge
      .allTerms()
      .filter(({ id }) => id.startsWith('LicenseRef-'))
      .map(({ id }) => ({ label: id, detail: licenceClass(id, knowledge), about: id })),
  ],
  model: (knowledge) => models(knowledge),
  dataset: (knowledge) => datasets(knowledge),
  repository: (knowledge) => [...models(knowledge), ...datasets(knowledge)],
  work: (knowledge) => [
    ...models(knowledge, 'pkg:huggingface/'),
    ...datasets(knowledge, 'pkg:huggingface/datasets/'),
    ...knowledge.allServices().map((service) => ({ label: `service:${service.id}`, detail: service.name, about: `service:${service.id}` })),
  ],
  rule: () => rules.map((rule) => ({ label: rule.id, detail: rule.title, about: rule.id })),
  level: () => Object.entries(levels).map(([label, detail]) => ({ label, detail })),
  relation: () => words(relationTypes, 'how it came from the other work'),
  boolean: () => words(['true', 'false'], ''),
  distribution: () => words(['weights', 'code', 'service', 'data'], 'what you hand to others, or let them use'),
  field: () => words(fieldsOfUse, 'a field that terms may speak of'),
  disclosure: () => disclosures.map(({ id, title }) => ({ label: id, detail: title })),
};

const keysAt = (path: string): readonly Candidate[] => Object.entries(policyKeys[path] ?? {}).map(([label, { what }]) => ({ label, detail: what }));

/** Looking up a thousand ids takes longer than a key press should: done once for a table of knowledge. */
const made = new WeakMap<Knowledge, Map<Source, readonly Candidate[]>>();

export const candidatesFor = (source: Source, knowledge: Knowledge): readonly Candidate[] => {
  const known = made.get(knowledge) ?? new Map<Source, readonly Candidate[]>();
  made.set(knowledge, known);
  const before = known.get(source);
  if (before) return before;
  const [kind, path] = source.split(/:(.*)/s);
  const all = kind === 'keys' ? keysAt(path ?? '') : table[source as (typeof sources)[number]](knowledge);
  // Two tables may spell one id; a list shows it once.
  const rows = [...new Map(all.map((row) => [row.label, row])).values()];
  known.set(source, rows);
  return rows;
};
