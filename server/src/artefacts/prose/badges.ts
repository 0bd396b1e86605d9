import type { Knowledge } from '../../knowledge/types.ts';
import { resolveStated } from '../../licence/resolve.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import type { Scope } from '../types.ts';
import { withoutCode } from './link-scan.ts';

export interface Badge {
  readonly span: Span;
  readonly stated: string;
  readonly licences: readonly string[];
  readonly scope: Scope;
}

/** `![text](https://img.shields.io/badge/LABEL-MESSAGE-colour)` and the same as a tag: both texts as the service draws them. */
const markdown = /!\[([^\]\n]{0,120})\]\((https?:\/\/img\.shields\.io\/(?:badge\/|static\/v1\?)[^)\s]{1,400})\)/g;
const tag = /<img\s[^<>]{0,400}?\bsrc\s*=\s*["'](https?:\/\/img\.shields\.io\/(?:badge\/|static\/v1\?)[^"'\s<>]{1,400})["'][^<>]{0,400}>/gi;

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
      .replaceAll('--', '\u0000')
      .replaceAll('__', '\u0001')
      .replaceAll('_', ' ')
      .replaceAll('\u0000', '-')
      .replaceAll('\u0001', '_');
  } catch {
    return part;
  }
};

const scopeOf = (label: string): Scope => {
  if (/data/i.test(label)) return 'data';
  if (/model|weight/i.test(label)) return 'weights';
  return /code/i.test(label) ? 'code' : 'any';
};

/** Label and message of a badge's address; a message alone is drawn without a label. */
const drawn = (address: string): { readonly label: string; readonly message: string } => {
  const fields = /\/static\/v1\?(.*)$/.exec(address)?.[1];
  if (fields !== undefined) {
    const field = (name: string): string => decoded(new RegExp(`(?:^|&(?:amp;)?)${name}=([^&#]*)`).exec(fields)?.[1]?.replaceAll('+', ' ') ?? '');
    return { label: field('label'), message: field('message') };
  }
  const [label = '', message = ''] = address
    .slice(address.indexOf('/badge/') + '/badge/'.length)
    .replace(/\?.*$/, '')
    .replace(/\.svg$/, '')
    .replace(/--/g, '\u0002')
    .split('-')
    .map((part) => decoded(part.replaceAll('\u0002', '--')));
  return { label, message };
};

interface Image {
  readonly at: number;
  readonly length: number;
  readonly alt: string;
  readonly address: string;
}

const imagesIn = (text: string): readonly Image[] =>
  [
    ...[...text.matchAll(markdown)].map((match): Image => ({ at: match.index, length: match[0].length, alt: match[1] ?? '', address: match[2] ?? '' })),
    ...[...text.matchAll(tag)].map((match): Image => ({
      at: match.index,
      length: match[0].length,
      alt: /\balt\s*=\s*["']([^"'\n]{0,120})/i.exec(match[0])?.[1] ?? '',
      address: match[1] ?? '',
    })),
  ].toSorted((a, b) => a.at - b.at);

/** In a row of a table a badge speaks of what the row names, unless the row is the one of the licence. */
const isInRowOfOther = (text: string, at: number): boolean => {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const first = /^[ \t]*\|([^|]*)\|/.exec(before)?.[1];
  return first !== undefined && first.trim() !== '' && !/licen[cs]e/i.test(first.replace(/\([^)]*\)/g, ''));
};

/** Licence badges: what they show is a statement, wherever they link to. */
export const licenceBadges = (text: string, knowledge: Knowledge): readonly Badge[] =>
  (text.includes('img.shields.io') ? imagesIn(withoutCode(text)) : []).flatMap(({ at, length, alt, address }): readonly Badge[] => {
    const { label, message } = drawn(address);
    const title = `${alt} ${label}`;
    if (!/licen[cs]e/i.test(`${title} ${message}`) || isInRowOfOther(text, at)) return [];
    const { licences } = resolveStated(message, 'free', knowledge);
    return licences.length === 0 ? [] : [{ span: spanOf(at, at + length), stated: message, licences, scope: scopeOf(title) }];
  });
