import { datasetWork, hasModelTerms, hubReference, localWork, modelWork } from '../artefacts/hub-id.ts';
import { serviceIndex, serviceOfModel } from '../artefacts/python/service-index.ts';
import { groupMark } from '../artefacts/settings.ts';
import { callers, runMark } from '../artefacts/via.ts';
import type { RelationFact, SettingFact, SettingPlace, WorkId } from '../artefacts/types.ts';
import { memoBy } from '../knowledge/lookup.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { factsOf } from './files.ts';
import type { FactIn, Files } from './files.ts';
import { folderOf } from './local.ts';
import { serviceOf } from './remote.ts';
import type { FactRef } from './types.ts';

/** A reference whose work a file of settings names, with that work and the place where it is named. */
export interface Settled {
  readonly to: WorkId;
  readonly at: FactRef;
}

interface Value {
  readonly value: string;
  readonly at: FactRef;
}

/** Files that one value is looked for in, one named by the other. */
const maximumHops = 6;

type Index = ReadonlyMap<string, ReadonlyMap<string, SettingFact>>;

const inFolder = (folder: string, file: string): string => (folder === '.' ? file : `${folder}/${file}`);

const indexOf = memoBy((facts: readonly FactIn<'setting'>[]): Index => {
  const out = new Map<string, Map<string, SettingFact>>();
  for (const { path, fact } of facts) {
    const known = out.get(path) ?? new Map<string, SettingFact>();
    known.set(fact.key, fact);
    out.set(path, known);
  }
  return out;
});

/** The value of a key, in the file itself or in one that it takes in. */
const valueOf = (index: Index, path: string, key: string, hops: number): Value | undefined => {
  const facts = index.get(path);
  if (!facts || hops > maximumHops) return undefined;
  const own = facts.get(key);
  const reference = /^\$\{([\w.]+)\}$/.exec(own?.value ?? '')?.[1];
  if (reference !== undefined) return valueOf(index, path, reference, hops + 1);
  if (own) return { value: own.value, at: { path, fact: own.id } };
  for (const [name, { value }] of facts) {
    if (!name.startsWith(groupMark)) continue;
    const [, group = '', at = ''] = name.split(groupMark);
    const file = inFolder(folderOf(path), `${group === '' ? '' : `${group}/`}${value}`);
    const inside = at === '' ? key : key.startsWith(`${at}.`) ? key.slice(at.length + 1) : undefined;
    for (const ending of ['.yaml', '.yml']) {
      const found =
        (inside === undefined ? undefined : valueOf(index, `${file}${ending}`, inside, hops + 1)) ?? valueOf(index, `${file}${ending}`, key, hops + 1);
      if (found) return found;
    }
  }
  return undefined;
};

/** The file as the program writes its path: from its own folder, from the root, or from a folder that only one file fits. */
const fileOf = (index: Index, path: string, written: string): string | undefined => {
  for (const start of [inFolder(folderOf(path), written), written])
    for (const ending of ['', '.yaml', '.yml']) {
      const file = localWork(`${start}${ending}`)?.slice('local:'.length);
      if (file !== undefined && index.has(file)) return file;
    }
  const tail = `/${written.replace(/^(?:\.\.?\/)+/, '')}`;
  // A mere name may be that of any file.
  if (!tail.slice(1).includes('/')) return undefined;
  const found = [...index.keys()].filter((file) => file.endsWith(tail) || file.endsWith(`${tail}.yaml`));
  return found.length === 1 ? found[0] : undefined;
};

interface HandedOn {
  /** As the one that runs it writes its path, and whose folder that may be counted from. */
  readonly script: string;
  readonly name: string;
  readonly value: Value;
}

/** What scripts set for those that they run, by the name of these. */
const handedOnIn = memoBy((facts: readonly FactIn<'setting'>[]): ReadonlyMap<string, readonly HandedOn[]> => {
  const out = new Map<string, HandedOn[]>();
  for (const { path, fact } of facts) {
    if (!fact.key.startsWith(runMark)) continue;
    const [, script = '', name = ''] = fact.key.split(runMark);
    const key = script.slice(script.lastIndexOf('/') + 1);
    out.set(key, [...(out.get(key) ?? []), { script, name, value: { value: fact.value, at: { path, fact: fact.id } } }]);
  }
  return out;
});

/** The values that others set for a name of a script, counted from their folders or from the root. */
const givenTo = (artefacts: Files, handed: ReadonlyMap<string, readonly HandedOn[]>, path: string, name: string): readonly Value[] =>
  (handed.get(path.slice(path.lastIndexOf('/') + 1)) ?? []).flatMap((row) => {
    if (row.name !== name || row.value.at.path === path) return [];
    const places = [inFolder(folderOf(row.value.at.path), row.script), row.script].flatMap((each) => localWork(each)?.slice('local:'.length) ?? []);
    return places.find((each) => artefacts.has(each)) === path ? [row.value] : [];
  });

const workOf = (knowledge: Knowledge, head: WorkId, value: string): WorkId | undefined => {
  const service = serviceOf(head)?.service;
  const reference = hubReference(value);
  if (service !== undefined) {
    const terms = knowledge.service(service);
    const named = serviceOfModel(serviceIndex(knowledge), value);
    if (named?.service.id === service) return `${head}/${named.model}`;
    // The client of a service with a model that it does not have is sent elsewhere.
    if (terms && terms.modelPatterns.length > 0 && terms.decidedBy === null)
      return reference && (knowledge.model(reference.id) || hasModelTerms(reference.id, knowledge)) ? modelWork(reference.id) : undefined;
    return head;
  }
  const data = head.endsWith('/datasets/');
  if (reference) return data ? datasetWork(reference.id) : modelWork(reference.id);
  if (data) return knowledge.dataset(value) ? datasetWork(value) : undefined;
  return /[-\d]/.test(value) && !value.includes('/') && knowledge.model(value) ? modelWork(value) : undefined;
};

/** Services whose clients some file sends elsewhere. */
const redirectedIn = (artefacts: Files): ReadonlySet<WorkId> => new Set(factsOf(artefacts, 'redirect').map(({ fact }) => `service:${fact.service}`));

/** What a reference leads to, once files of settings are asked; undefined where that cannot be told, such as the model behind a client that is sent elsewhere. */
export const settings = (artefacts: Files, knowledge: Knowledge): ((path: string, fact: RelationFact) => Settled | undefined) => {
  const index = indexOf(factsOf(artefacts, 'setting'));
  const handed = handedOnIn(factsOf(artefacts, 'setting'));
  const redirected = redirectedIn(artefacts);
  const known = (path: string, fact: RelationFact, place: SettingPlace): Settled | undefined => {
    const at: FactRef = { path, fact: fact.id };
    if (place.file === callers) {
      const [first, ...others] = givenTo(artefacts, handed, path, place.key);
      // Whoever runs it with several works chooses none here.
      const to = first && others.every((other) => other.value === first.value) ? workOf(knowledge, fact.to, first.value) : undefined;
      return first && to !== undefined ? { to, at: first.at } : undefined;
    }
    const file = fileOf(index, path, place.file);
    const value = file === undefined ? undefined : valueOf(index, file, place.key, 0);
    if (!value) return fact.to.startsWith('service:') ? { to: fact.to, at } : undefined;
    const to = workOf(knowledge, fact.to, value.value);
    return to === undefined ? undefined : to === fact.to ? { to, at } : { to, at: value.at };
  };
  return (path, fact) => {
    const found = fact.setting ? known(path, fact, fact.setting) : { to: fact.to, at: { path, fact: fact.id } };
    return found && redirected.has(found.to) ? undefined : found;
  };
};
