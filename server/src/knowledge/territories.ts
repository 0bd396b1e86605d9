import table from './data/territories.json';

const codes = new Map(Object.entries(table.names).flatMap(([code, names]) => names.map((name) => [name, code] as const)));
const members = new Map(Object.entries(table.members).flatMap(([union, countries]) => countries.map((country) => [country, union] as const)));

/** The code of a country or union as somebody wrote it. */
const codeOf = (territory: string): string => codes.get(territory.trim().toLowerCase()) ?? territory.trim().toUpperCase();

/** Whether what a policy names lies in, or takes in, a territory that terms exclude. */
export const isWithin = (stated: string, excluded: string): boolean => {
  if (table.everywhere.includes(stated.trim().toLowerCase())) return true;
  const [here, there] = [codeOf(stated), codeOf(excluded)];
  return here === there || members.get(here) === there || members.get(there) === here;
};
