import upstreams from './data/upstreams.json';
import { memo } from './lookup.ts';
import type { Knowledge } from './types.ts';

const owners = new WeakMap<Knowledge, ReadonlySet<string>>();

/** Organisations of the models that the catalogue has records of: who put up a work under their name is known. */
export const isPublisher = (knowledge: Knowledge, owner: string): boolean => {
  let known = owners.get(knowledge);
  if (!known) {
    known = new Set([...knowledge.modelIds()].map((id) => id.slice(0, Math.max(0, id.indexOf('/'))).toLowerCase()).filter((name) => name !== ''));
    owners.set(knowledge, known);
  }
  return known.has(owner.toLowerCase());
};

const projectOwners = memo(() => new Set(upstreams.rows.flatMap((row) => row.owners.map((owner) => owner.toLowerCase()))));

/** Owners of projects that others fork: see `upstreams.json`. */
export const isProjectOwner = (owner: string): boolean => projectOwners().has(owner.toLowerCase());

const projects = memo(() => new Map(upstreams.rows.filter(({ owners: all }) => all.length > 1).map((row) => [row.name.toLowerCase(), row.owners])));

/** The same repository under its other owners, where it is known to have moved: a comment keeps the address that it was written with. */
export const otherHomes = (id: string): readonly string[] => {
  const [, owner = '', name = ''] = /^pkg:github\/([^/]+)\/([^/]+)$/.exec(id) ?? [];
  const all = name === '' ? [] : (projects().get(name.toLowerCase()) ?? []);
  return all.some((each) => each.toLowerCase() === owner.toLowerCase()) ? all.map((each) => `pkg:github/${each}/${name}`).filter((each) => each !== id) : [];
};

export interface ProjectFile {
  /** `owner/name`. */
  readonly repository: string;
  /** Who keeps all rights at its head. */
  readonly holder: string;
}

const projectFiles = memo(
  () => new Map(upstreams.files.flatMap(({ names, repository, holder }) => names.map((name) => [name, { repository, holder }] as const))),
);

/** Files of a known repository that are called so nowhere else, and whose heads keep all rights to a holder. */
export const fileOfProject = (name: string): ProjectFile | undefined => projectFiles().get(name.toLowerCase());

const called = memo(() => new Map(upstreams.called.map(({ name, owners: all }) => [name.toLowerCase(), all] as const)));

/** Accounts of whoever comments call so. */
export const ownersCalled = (name: string): readonly string[] => called().get(name.toLowerCase().replace(/[ \t]+/g, ' ')) ?? [];

const wellKnown = memo(() => upstreams.holders.map((name) => name.toLowerCase()));

/** A holder who publishes works that many copy from: "Otter Labs, Inc. and affiliates" is called "Otter Labs". */
export const isWellKnown = (holder: string): boolean => {
  const name = holder.toLowerCase().replace(/^the /, '');
  return wellKnown().some((known) => name.startsWith(known) && !/^[\p{L}\p{N}]/u.test(name.slice(known.length)));
};
