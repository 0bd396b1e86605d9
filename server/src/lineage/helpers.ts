import { helperAsks, helperUse } from '../artefacts/types.ts';
import type { Artefact } from '../artefacts/artefact.ts';
import type { RelationFact, WorkId } from '../artefacts/types.ts';
import { folderOf } from './local.ts';
import type { FactRef } from './types.ts';

/** Data that one file keeps and the service that a function of another file asks for them. */
export interface HelperLink {
  readonly data: WorkId;
  readonly service: WorkId;
  /** Where the helper asks. */
  readonly asks: FactRef;
  /** Where it is called. */
  readonly use: FactRef;
}

export const isHelperFact = (fact: RelationFact): boolean => fact.via === helperAsks || fact.via === helperUse;

interface Asked {
  readonly service: WorkId;
  readonly at: FactRef;
}

/** A module that an import names lies beside the file, at the root, or at one place of the tree only. */
const fileOf = (files: ReadonlyMap<string, unknown>, tails: ReadonlyMap<string, readonly string[]>, from: string, module: string): string | undefined => {
  const folder = folderOf(from);
  for (const path of [folder === '.' ? module : `${folder}/${module}`, module]) if (files.has(path)) return path;
  const found = (tails.get(module.slice(module.lastIndexOf('/') + 1)) ?? []).filter((path) => path.endsWith(`/${module}`));
  return found.length === 1 ? found[0] : undefined;
};

/** Joins files that keep data with the functions of other files that ask a service for them. */
export const helperLinks = (artefacts: ReadonlyMap<string, Artefact>): readonly HelperLink[] => {
  const asked = new Map<string, Map<string, Asked[]>>();
  const uses: { readonly path: string; readonly fact: RelationFact }[] = [];
  for (const path of [...artefacts.keys()].toSorted()) {
    for (const fact of artefacts.get(path)?.facts ?? []) {
      if (fact.kind !== 'relation' || !isHelperFact(fact)) continue;
      if (fact.via === helperUse) uses.push({ path, fact });
      else {
        const functions = asked.get(path) ?? new Map<string, Asked[]>();
        const name = fact.from.slice(fact.from.indexOf('#') + 1);
        functions.set(name, [...(functions.get(name) ?? []), { service: fact.to, at: { path, fact: fact.id } }]);
        asked.set(path, functions);
      }
    }
  }
  const tails = new Map<string, string[]>();
  for (const path of asked.keys()) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    tails.set(name, [...(tails.get(name) ?? []), path]);
  }
  return uses.flatMap(({ path, fact }) => {
    const [module = '', name = ''] = fact.to.slice('local:'.length).split('#');
    const file = fileOf(asked, tails, path, module);
    return (file === undefined || file === path ? [] : (asked.get(file)?.get(name) ?? [])).map((entry) => ({
      data: fact.from,
      service: entry.service,
      asks: entry.at,
      use: { path, fact: fact.id },
    }));
  });
};
