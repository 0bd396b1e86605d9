import table from './data/prose-names.json';
import type { Knowledge } from './types.ts';

/** Who wrote a data set, as far as it is recorded or its name says so. */
export interface Origin {
  readonly makers: readonly { readonly name: string; readonly service: string }[];
  /** The data set of which that is recorded, where it is another. */
  readonly like: string | null;
  /** Its own record, that of a set which it is recorded to be made from, or its name alone. */
  readonly by: 'record' | 'source' | 'name';
}

/** Sets made from sets that are followed: longer ways are collections of everything. */
const maximumSteps = 3;

/** Names that one maker's data sets have and nobody else's: several words or a number. */
const isTelling = (name: string): boolean => name.length >= 8 && /[-_.\d]/.test(name);

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1).toLowerCase();

const indexes = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

/** Data sets with such makers by their names without the owner. */
const byName = (knowledge: Knowledge): ReadonlyMap<string, string> => {
  const known = indexes.get(knowledge);
  if (known) return known;
  const out = new Map<string, string>();
  for (const id of knowledge.datasetIds())
    if (isTelling(nameOf(id)) && !out.has(nameOf(id)) && knowledge.dataset(id)?.generatedBy.some((by) => by.service !== null)) out.set(nameOf(id), id);
  indexes.set(knowledge, out);
  return out;
};

/** Formats and interfaces have such names too, and say nothing of who wrote. */
const formats = new RegExp(table.formats.join('|'), 'i');

const patterns = table.rows.flatMap(({ pattern, service, model }) =>
  model === null ? [] : [{ model, service, regex: new RegExp(`(?<![a-z0-9])(?:${pattern})(?![a-z])`, 'i') }],
);

const recorded = (knowledge: Knowledge, id: string): Origin['makers'] =>
  (knowledge.dataset(id)?.generatedBy ?? []).flatMap(({ name, service }) => (service === null ? [] : [{ name, service }]));

const fromSources = (knowledge: Knowledge, id: string, steps: number): { readonly makers: Origin['makers']; readonly like: string } | undefined => {
  if (steps > maximumSteps) return undefined;
  for (const source of (knowledge.dataset(id)?.derivedFrom ?? []).slice(0, 20)) {
    const makers = recorded(knowledge, source);
    const found = makers.length > 0 ? { makers, like: source } : fromSources(knowledge, source, steps + 1);
    if (found) return found;
  }
  return undefined;
};

/** Services whose outputs a public data set holds: recorded, passed on from what it was made from, or guessed from its name. */
export const originOf = (knowledge: Knowledge, id: string): Origin | undefined => {
  const makers = recorded(knowledge, id);
  if (makers.length > 0) return { makers, like: null, by: 'record' };
  const source = fromSources(knowledge, id, 1);
  if (source) return { ...source, by: 'source' };
  // Open models wrote it: a name says nothing against that.
  if ((knowledge.dataset(id)?.generatedBy ?? []).length > 0) return undefined;
  const same = byName(knowledge).get(nameOf(id));
  if (same !== undefined && same !== id) return { makers: recorded(knowledge, same), like: same, by: 'name' };
  const name = nameOf(id).replaceAll('_', '-');
  const named = formats.test(name) ? undefined : patterns.find(({ regex }) => regex.test(name));
  return named ? { makers: [{ name: named.model, service: named.service }], like: null, by: 'name' } : undefined;
};
