import { helperAsks, helperUse } from '../artefacts/via.ts';
import type { Artefact } from '../artefacts/artefact.ts';
import type { RelationFact, WorkId } from '../artefacts/types.ts';
import { factsOf } from './files.ts';
import { folderOf } from './local.ts';
import { serviceOf } from './remote.ts';
import type { Settled } from './settings.ts';
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

/** Functions through which a call is followed from file to file, one behind the other and in all: what lies further is not known. */
const maximumHops = 6;
const maximumFunctions = 200;
/** Services that one function reaches before it is a switchboard, which chooses none. */
const maximumServices = 2;

interface Asked {
  /** A service, or a function of another file that is called in turn. */
  readonly to: WorkId;
  readonly at: FactRef;
}

interface Index {
  readonly asked: ReadonlyMap<string, ReadonlyMap<string, readonly Asked[]>>;
  /** Files with such functions by their last part. */
  readonly tails: ReadonlyMap<string, readonly string[]>;
}

const functionOf = (work: WorkId): { readonly file: string; readonly name: string } => {
  const [file = '', name = ''] = work.slice('local:'.length).split('#');
  return { file, name };
};

/** A module that an import names lies beside the file, at the root, or at one place of the tree only; a package may hand on what one of its files has. */
const filesOf = ({ asked, tails }: Index, from: string, module: string, name: string): readonly string[] => {
  const folder = folderOf(from);
  const within = (file: string): string => (folder === '.' ? file : `${folder}/${file}`);
  for (const path of [within(module), module]) if (asked.get(path)?.has(name)) return [path];
  const found = (tails.get(module.slice(module.lastIndexOf('/') + 1)) ?? []).filter((path) => path.endsWith(`/${module}`) && asked.get(path)?.has(name));
  if (found.length > 0) return found.length === 1 ? found : [];
  const packages = [module, within(module)].map((path) => `${path.replace(/\.py$/, '')}/`);
  const inside = [...asked].flatMap(([path, functions]) =>
    packages.some((part) => path.startsWith(part) || path.includes(`/${part}`)) && functions.has(name) ? [path] : [],
  );
  return inside.length === 1 ? inside : [];
};

interface Walk {
  readonly seen: Set<WorkId>;
  /** It did not reach all that is asked on the way. */
  cut: boolean;
}

/** The services that a function asks, itself or by way of others, with the place of each. */
const servicesOf = (index: Index, from: string, target: WorkId, hops: number, walk: Walk): readonly { readonly service: WorkId; readonly at: FactRef }[] => {
  const { file: module, name } = functionOf(target);
  return filesOf(index, from, module, name).flatMap((path) => {
    const own = `local:${path}#${name}`;
    if (path === from || walk.seen.has(own)) return [];
    if (hops > maximumHops || walk.seen.size >= maximumFunctions) {
      walk.cut = true;
      return [];
    }
    walk.seen.add(own);
    return (index.asked.get(path)?.get(name) ?? []).flatMap(({ to, at }) =>
      to.startsWith('local:') ? servicesOf(index, path, to, hops + 1, walk) : [{ service: to, at }],
    );
  });
};

const providerOf = (service: WorkId): string => serviceOf(service)?.service ?? service;

/** Joins files that keep data with the functions of other files that ask a service for them. */
export const helperLinks = (
  artefacts: ReadonlyMap<string, Artefact>,
  settled: (path: string, fact: RelationFact) => Settled | undefined,
): readonly HelperLink[] => {
  const asked = new Map<string, Map<string, Asked[]>>();
  const uses: { readonly path: string; readonly fact: RelationFact }[] = [];
  for (const { path, fact } of factsOf(artefacts, 'relation')) {
    if (!isHelperFact(fact)) continue;
    if (fact.via === helperUse) {
      uses.push({ path, fact });
      continue;
    }
    const functions = asked.get(path) ?? new Map<string, Asked[]>();
    const { name } = functionOf(fact.from);
    const asks = settled(path, fact);
    if (!asks) continue;
    functions.set(name, [...(functions.get(name) ?? []), asks]);
    asked.set(path, functions);
  }
  const tails = new Map<string, string[]>();
  for (const path of asked.keys()) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    tails.set(name, [...(tails.get(name) ?? []), path]);
  }
  return uses.flatMap(({ path, fact }) => {
    const walk: Walk = { seen: new Set(), cut: false };
    const found = servicesOf({ asked, tails }, path, fact.to, 0, walk);
    // A function for all services chooses none: what the caller names is told by the caller. Whether it is one, only all of them tell.
    if (walk.cut || new Set(found.map((entry) => providerOf(entry.service))).size > maximumServices) return [];
    return found.map(({ service, at }) => ({ data: fact.from, service, asks: at, use: { path, fact: fact.id } }));
  });
};
