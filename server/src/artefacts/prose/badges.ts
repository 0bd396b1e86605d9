import type { Knowledge } from '../../knowledge/types.ts';
import { resolveStated } from '../../licence/resolve.ts';
import type { Span } from '../../text/span.ts';
import type { Scope } from '../types.ts';

export interface Badge {
  readonly span: Span;
  readonly stated: string;
  readonly licences: readonly string[];
  readonly scope: Scope;
}

/** `[![text](https://img.shields.io/badge/LABEL-MESSAGE-colour)]`: both texts as the service draws them. */
const badge = /!\[([^\]\n]{0,120})\]\((https?:\/\/img\.shields\.io\/badge\/([^)\s]{1,400}))\)/g;

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

/** Licence badges: what they show is a statement, wherever they link to. */
export const licenceBadges = (text: string, knowledge: Knowledge): readonly Badge[] => {
  const out: Badge[] = [];
  for (const match of text.matchAll(badge)) {
    const [label = '', message = ''] = (match[3] ?? '')
      .replace(/\?.*$/, '')
      .replace(/\.svg$/, '')
      .replace(/--/g, '\u0002')
      .split('-')
      .map((part) => decoded(part.replaceAll('\u0002', '--')));
    const title = `${match[1] ?? ''} ${label}`;
    if (!/licen[cs]e/i.test(`${title} ${message}`)) continue;
    const { licences } = resolveStated(message, 'free', knowledge);
    if (licences.length === 0) continue;
    out.push({ span: { start: match.index, end: match.index + match[0].length }, stated: message, licences, scope: scopeOf(title) });
  }
  return out;
};
