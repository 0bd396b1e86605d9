import spdxList from 'spdx-license-list/spdx-simple.json';
import { memo } from '../knowledge/lookup.ts';
import { nearest } from './nearest.ts';
import { recognition } from './recognition.ts';

/** Lower-cased id -> id as the list spells it. The package's shortest file has all that is needed: 12 kB. */
const canonical = memo(() => new Map<string, string>((spdxList as readonly string[]).map((id) => [id.toLowerCase(), id])));

/** The id as the list spells it, whatever the case; undefined when the list has none. */
export const spdxId = (text: string): string | undefined => canonical().get(text.toLowerCase());

/** Exactly an id of the list, deprecated ones included. */
export const isSpdxId = (text: string): boolean => spdxId(text) === text;

/** What stands in the place of an id that the list calls deprecated: an id, or an expression with an exception. */
export const replacementOf = (id: string): string | undefined => (Object.hasOwn(recognition.deprecated, id) ? recognition.deprecated[id] : undefined);

/** The ids of the list that a person should write: those that it calls deprecated are left out. */
export const spdxIds: () => readonly string[] = memo(() => [...canonical().values()].filter((id) => replacementOf(id) === undefined));

/** The id of the list that a person most likely meant; never a deprecated one. */
export const nearestSpdxId = (text: string): string | undefined => nearest(text, spdxIds());
