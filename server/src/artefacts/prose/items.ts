import { findRestrictions } from '../../licence/restrictions.ts';
import { even } from './homes.ts';
import { isLike } from './derived.ts';
import type { LicenceStatement } from './statements.ts';
import type { Unit } from './units.ts';

/** "- [Otter-chat](https://hub/acme/otter-chat) (research only)": a model of the hub, and what stands in brackets right behind it. */
const limited =
  /^\s*(?:[-*+]|\d{1,2}[.)])\s+[*_`]{0,3}\[([^\]\n]{2,80})\]\(\s*https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/(?!datasets\/|spaces\/|papers\/|collections\/)[^)\s]{1,160}\)[*_`]{0,3}\s{0,3}\(([^()\n]{1,80})\)/;

/** A limit that a list sets for one of the project's own models. `title` is the evened name in front of the page. */
export const limitedItem = (unit: Unit, title: string): LicenceStatement | undefined => {
  const match = unit.kind === 'item' ? limited.exec(unit.text) : null;
  const name = (match?.[1] ?? '').replace(/^[^\p{L}\p{N}]+/u, '');
  if (!match || !/^[\w./+-]+$/.test(name) || !isLike(even(name.slice(name.lastIndexOf('/') + 1)), title)) return undefined;
  const [first] = findRestrictions(match[2] ?? '').toSorted((a, b) => a.span.start - b.span.start);
  if (!first) return undefined;
  const start = unit.start + match[0].length - 1 - (match[2] ?? '').length + first.span.start;
  return {
    span: { start, end: start + first.span.end - first.span.start },
    stated: `category:${first.category}`,
    licences: [],
    scopes: ['weights'],
    speaker: 'licensor',
    part: name.slice(name.lastIndexOf('/') + 1),
    partOfCode: false,
  };
};
