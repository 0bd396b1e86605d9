import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import type { HomeFact } from '../types.ts';

export interface Home {
  readonly repository: string;
  readonly via: HomeFact['via'];
  readonly span: Span;
}

/** Letters and digits alone: names that differ in nothing else are one. */
export const even = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The first heading as words, without marks, links, images and emoji. */
export const titleOf = (text: string): string => {
  const head = text.slice(0, 6000);
  const html = /<h1\b[^<>]{0,200}>([^]{0,600}?)<\/h1>/i.exec(head);
  const line = /^ {0,3}#[ \t]+([^\n]{1,400})$/m.exec(head) ?? /^([^\n]{2,120})\n(?:={3,}|~{3,})[ \t]*$/m.exec(head);
  const first = html && (!line || html.index < line.index) ? html[1] : line?.[1];
  return (first ?? '')
    .replace(/!\[[^\]]*\]\([^)]*\)|<[^<>]*>/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]|:\w+:|[^\p{L}\p{N}\p{P}\s+]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
};

/** A repository has the title's name: "Code Alpaca: a model" is `someone/codealpaca`. */
export const namedLike = (repository: string, title: string): boolean => {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  const head = title.split(/[:|(,—–]|\s-\s/)[0]?.trim() ?? '';
  if (even(name).length < 2 || head === '') return false;
  return even(head) === even(name) || title.toLowerCase().startsWith(`${name.toLowerCase()} `);
};

const hosts = String.raw`(github\.com|gitlab\.com|gitee\.com)`;
const owned = String.raw`([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?`;
const end = String.raw`(?=[^\w.-]|\.?(?:\s|$))`;
const clone = new RegExp(String.raw`\bgit\s+clone\b[^\n]{0,120}?\b${hosts}[:/]${owned}${end}`, 'gi');
/** What people put at the top about their own repository: stars, issues, releases, builds. */
const badge = new RegExp(
  String.raw`img\.shields\.io\/github\/(?:stars|forks|watchers|issues|issues-pr|issues-raw|last-commit|contributors|commit-activity\/\w|v\/(?:release|tag)|release|tag|downloads|repo-size|actions\/workflow\/status)\/${owned}(?=[/?#.\s)"'&]|$)` +
    String.raw`|github\.com\/${owned}\/(?:actions\/)?workflows\/` +
    String.raw`|(?:api\.)?star-history\.com\/(?:#|svg\?repos=)${owned}(?=[&/)"'\s]|$)`,
  'gi',
);
const mention = new RegExp(String.raw`\b${hosts}[:/]${owned}${end}`, 'gi');

/** Badges of more repositories than this are a list of others' work. */
const mostBadged = 2;

/** Where a README says that what is here is published. Code counts: people are told there what to clone. */
export const homesIn = (text: string, from: number, title: string, path: string): readonly Home[] => {
  const out: Home[] = [];
  const seen = new Set<string>();
  const add = (via: Home['via'], repository: string, start: number, length: number): void => {
    const key = `${via} ${repository}`;
    if (seen.has(key)) return;
    seen.add(key);
    out.push({ repository, via, span: spanOf(start, start + length) });
  };
  const first = text.slice(from).matchAll(clone).next().value;
  if (first) add('clone', `${first[1] ?? ''}/${first[2] ?? ''}/${first[3] ?? ''}`.toLowerCase(), from + first.index, first[0].length);
  const badged = new Map<string, { readonly start: number; readonly length: number }>();
  for (const match of text.slice(from).matchAll(badge)) {
    const [owner, name] = [match[1] ?? match[3] ?? match[5] ?? '', match[2] ?? match[4] ?? match[6] ?? ''];
    const repository = `github.com/${owner}/${name}`.toLowerCase();
    if (!badged.has(repository)) badged.set(repository, { start: from + match.index, length: match[0].length });
  }
  if (badged.size <= mostBadged) for (const [repository, { start, length }] of badged) add('badge', repository, start, length);
  // A README of a folder is often that of the project kept there.
  const folder = path.split('/').at(-2) ?? '';
  for (const match of text.slice(from).matchAll(mention)) {
    const repository = `${match[1] ?? ''}/${match[2] ?? ''}/${match[3] ?? ''}`.toLowerCase();
    if (seen.has(`title ${repository}`)) continue;
    if (namedLike(repository, title) || (folder !== '' && even(match[3] ?? '') === even(folder))) add('title', repository, from + match.index, match[0].length);
  }
  return out;
};
