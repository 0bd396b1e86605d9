import clients from '../../knowledge/data/service-clients.json';
import type { Knowledge, ServiceTerms } from '../../knowledge/types.ts';

/** The services as code shows them: by what is imported, called, addressed and asked for. */
export interface ServiceIndex {
  /** By the dotted name of a module, class or function. */
  readonly byModule: ReadonlyMap<string, ServiceTerms>;
  /** Classes of other packages that are given a model and ask its service. */
  readonly wrappers: ReadonlySet<string>;
  /** Packages that hand each call on to whom its model's name says. */
  readonly routers: ReadonlySet<string>;
  /** First names of the modules of both. */
  readonly roots: ReadonlySet<string>;
  readonly byModel: readonly { readonly pattern: RegExp; readonly service: ServiceTerms }[];
  readonly byPrefix: ReadonlyMap<string, ServiceTerms>;
  readonly hosts: readonly { readonly pattern: RegExp; readonly service: ServiceTerms }[];
}

const indexes = new WeakMap<Knowledge, ServiceIndex>();

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Derived once from an immutable value. */
export const serviceIndex = (knowledge: Knowledge): ServiceIndex => {
  const known = indexes.get(knowledge);
  if (known) return known;
  const byModule = new Map<string, ServiceTerms>();
  const byPrefix = new Map<string, ServiceTerms>();
  const byModel: { pattern: RegExp; service: ServiceTerms }[] = [];
  const hosts: { pattern: RegExp; service: ServiceTerms }[] = [];
  const routers = new Set(clients.routers);
  for (const service of knowledge.allServices()) {
    // Two services with one module: the first is the owner.
    for (const name of service.python) if (!byModule.has(name) && !routers.has(name)) byModule.set(name, service);
    for (const prefix of service.prefixes) if (!byPrefix.has(prefix)) byPrefix.set(prefix, service);
    for (const pattern of service.modelPatterns) byModel.push({ pattern: new RegExp(pattern), service });
    for (const host of service.hosts) hosts.push({ pattern: new RegExp(`^${escaped(host).replaceAll('\\*', '[\\w.-]+')}$`), service });
  }
  for (const { service, names } of clients.wrappers) {
    const terms = knowledge.service(service);
    if (terms) for (const name of names) byModule.set(name, terms);
  }
  const wrappers = new Set(clients.wrappers.flatMap((row) => row.names));
  const roots = new Set([...byModule.keys(), ...routers].map((name) => name.split('.')[0] ?? name));
  const index = { byModule, wrappers, routers, roots, byModel, byPrefix, hosts };
  indexes.set(knowledge, index);
  return index;
};

/** Words by which a file shows that it may call a service: a cheap test before anything is parsed. */
export const serviceNeedles = (knowledge: Knowledge): { readonly modules: readonly string[]; readonly hosts: readonly string[] } => {
  const { byModule, routers, hosts } = serviceIndex(knowledge);
  return {
    modules: [...byModule.keys(), ...routers, ...clients.clouds.map((row) => row.module)].map((name) => name.split('.')[0] ?? name),
    hosts: hosts.flatMap(({ service }) => service.hosts.filter((name) => !name.includes('*'))),
  };
};

/** The service at an address; null = a host that is no known service, so somebody's own server, whatever protocol it speaks. */
export const serviceOfHost = (index: ServiceIndex, address: string): ServiceTerms | null | undefined => {
  const host = /^(?:https?:\/\/)?([^/:?#\s]+)/.exec(address)?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  return index.hosts.find((row) => row.pattern.test(host))?.service ?? null;
};

const upwards = <T>(dotted: string, find: (name: string) => T | undefined): T | undefined => {
  for (let name = dotted; name !== ''; name = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '') {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
};

export const serviceOfModule = (index: ServiceIndex, dotted: string): ServiceTerms | undefined => upwards(dotted, (name) => index.byModule.get(name));

export const isWrapper = (index: ServiceIndex, dotted: string): boolean => upwards(dotted, (name) => (index.wrappers.has(name) ? true : undefined)) ?? false;

export const isRouter = (index: ServiceIndex, dotted: string): boolean => upwards(dotted, (name) => (index.routers.has(name) ? true : undefined)) ?? false;

const patternOf = (index: ServiceIndex, model: string): ServiceTerms | undefined => index.byModel.find((row) => row.pattern.test(model))?.service;

/** Customers have hosts of their own there, under which models of several makers run under the terms of the one who sells them. */
export const sellsOthers = (service: ServiceTerms): boolean => service.decidedBy === null && service.hosts.some((host) => host.startsWith('*'));

export interface NamedModel {
  readonly service: ServiceTerms;
  /** Without the prefixes of routers. */
  readonly model: string;
}

/** Whose model a name is: by its own pattern, else by a router's prefix in front of a name that no pattern could tell. */
export const serviceOfModel = (index: ServiceIndex, model: string): NamedModel | undefined => {
  const own = patternOf(index, model);
  if (own) return { service: own, model };
  const slash = model.indexOf('/');
  if (slash <= 0 || model.length > 200) return undefined;
  const rest = model.slice(slash + 1);
  const last = model.slice(model.lastIndexOf('/') + 1);
  const maker = patternOf(index, last) ?? (last === rest ? undefined : patternOf(index, rest));
  const prefixed = index.byPrefix.get(model.slice(0, slash + 1));
  // Who sells models of others under terms of its own stands in front of their maker; a mere router does not.
  if (prefixed && maker === undefined && !rest.includes('/') && prefixed.modelPatterns.length === 0) return { service: prefixed, model: rest };
  if (prefixed && sellsOthers(prefixed)) return { service: prefixed, model: last };
  return maker ? { service: maker, model: last } : undefined;
};

/** `boto3.client("bedrock-runtime")` and the like: one function makes the clients of all services of a cloud. */
export const cloudService = (origin: string, valueOf: () => string | undefined): string | undefined => {
  const rows = clients.clouds.filter((row) => origin.startsWith(`${row.module}.`) && origin.endsWith(`.${row.call}`));
  const value = rows.length === 0 ? undefined : valueOf();
  return rows.find((row) => value !== undefined && row.values.includes(value))?.service;
};
