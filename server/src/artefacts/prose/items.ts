import { findLicenceMentions } from '../../licence/mentions.ts';
import { findRestrictions } from '../../licence/restrictions.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { hubReference } from '../hub-id.ts';
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

/** Where the cells of a row end, but for what stands in a link. */
const cell = /[^|]+/g;
const hubAddress = String.raw`https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/[\w.-]{1,96}\/[\w.-]{1,96}(?![\w/.-])`;
const ofHub = new RegExp(hubAddress, 'g');
const hasHub = new RegExp(hubAddress);
/** A cell that is about nothing else. */
const longestCell = 200;
const narrow = new Set(['non-commercial', 'research-only', 'use-restricted']);

/** "| Otter-chat | https://hub/acme/otter-chat | [Otter Non-Commercial License](LICENSE) |": the terms of one model of the hub in a cell of their own, where they limit its use. */
export const limitedRow = (unit: Unit, knowledge: Knowledge): LicenceStatement | undefined => {
  if (unit.kind !== 'row' || unit.text.length > 1500 || !unit.text.includes('://')) return undefined;
  const ids = new Set(
    [...unit.text.matchAll(ofHub)].flatMap(([address]) => (hubReference(address)?.type === 'model' ? [hubReference(address)?.id ?? ''] : [])),
  );
  const [id, more] = ids;
  if (id === undefined || more !== undefined) return undefined;
  for (const { index, 0: text } of unit.text.matchAll(cell)) {
    const shown = text.replace(/\]\([^)\s]{0,300}\)/g, '').trim();
    if (shown === '' || shown.length > longestCell || hasHub.test(text)) continue;
    const [mention, second] = findLicenceMentions(text, knowledge);
    const isAll = mention !== undefined && mention.span.end - mention.span.start > shown.length / 2;
    if (!mention || second || !isAll) continue;
    const categories = mention.licences.map((licence) => knowledge.terms(licence)?.category ?? '');
    if (!narrow.has(mention.category ?? '') && !categories.some((category) => narrow.has(category))) continue;
    const start = unit.start + index + mention.span.start;
    return {
      span: { start, end: start + mention.span.end - mention.span.start },
      stated: mention.licences.length > 0 ? mention.text : `category:${mention.category}`,
      licences: mention.licences,
      scopes: ['weights'],
      speaker: 'licensor',
      part: id.slice(id.indexOf('/') + 1),
      partOfCode: false,
    };
  }
  return undefined;
};
