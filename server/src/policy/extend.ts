import type { Policy, PolicyPlace } from './types.ts';

/**
 * A policy over the one it extends: maps are merged, lists joined, what the nearer file states wins. Places are always in the nearer file:
 * entries of the base stand where it is named.
 */
export const extendPolicy = (nearer: Policy, base: Policy): Policy => {
  const moved = <T extends { readonly from: string | null; readonly place: PolicyPlace }>(entries: readonly T[]): readonly T[] =>
    entries.map((entry) => ({ ...entry, from: entry.from ?? base.path, place: nearer.extendsPlace }));
  const moveAll = (places: Readonly<Record<string, PolicyPlace>>): Readonly<Record<string, PolicyPlace>> =>
    Object.fromEntries(Object.keys(places).map((key) => [key, nearer.extendsPlace]));
  return {
    ...nearer,
    hash: `${nearer.hash}+${base.hash}`,
    use: nearer.use ?? base.use,
    publish: nearer.publish ?? (base.publish === null ? null : { ...base.publish, places: moveAll(base.publish.places) }),
    licences: {
      allow: nearer.licences.allow ?? base.licences.allow,
      deny: [...base.licences.deny, ...nearer.licences.deny],
      places: new Map([...[...base.licences.places.keys()].map((word) => [word, nearer.extendsPlace] as const), ...nearer.licences.places]),
    },
    works: [...moved(base.works.filter((work) => !nearer.works.some((own) => own.id === work.id))), ...nearer.works],
    grants: [...moved(base.grants), ...nearer.grants],
    provenance: [...base.provenance.map((note) => ({ ...note, place: nearer.extendsPlace })), ...nearer.provenance],
    rules: { ...base.rules, ...nearer.rules },
    overrides: [...base.overrides, ...nearer.overrides],
    named: [...nearer.named, ...moved(base.named)],
    // The first that matches holds a finding back: the nearer reason is shown.
    accept: [...nearer.accept, ...moved(base.accept)],
    disclose: [
      ...base.disclose.filter(({ name }) => !nearer.disclose.some((own) => own.name === name)).map((entry) => ({ ...entry, place: nearer.extendsPlace })),
      ...nearer.disclose,
    ],
    problems: [...base.problems.map((problem) => ({ ...problem, message: `in ${base.path ?? 'the extended file'}: ${problem.message}` })), ...nearer.problems],
  };
};
