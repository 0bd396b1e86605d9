import spdxList from 'spdx-license-list/spdx-simple.json';
import { nearest } from './nearest.ts';

const canonical = new Map<string, string>((spdxList as readonly string[]).map((id) => [id.toLowerCase(), id]));

/** The id as the list spells it, whatever the case; undefined when the list has none. */
export const spdxId = (text: string): string | undefined => canonical.get(text.toLowerCase());

export const isSpdxId = (text: string): boolean => canonical.get(text.toLowerCase()) === text;

/** Ids that the list still has but calls deprecated, with what stands in their place. */
export const replacementOf = (id: string): string | undefined => {
  const gnu = /^((?:A|L)?GPL|GFDL)-(\d\.\d)(\+)?$/.exec(id);
  if (gnu) return `${gnu[1]}-${gnu[2]}-${gnu[3] === undefined ? 'only' : 'or-later'}`;
  return undefined;
};

export const nearestSpdxId = (text: string): string | undefined => nearest(text, [...canonical.values()]);

export const spdxIds = (): readonly string[] => [...canonical.values()];
