import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import recognition from '../../server/src/knowledge/data/recognition.json' with { type: 'json' };
import terms from '../../server/src/knowledge/data/terms.json' with { type: 'json' };
import ai from './ai-texts.json' with { type: 'json' };
import { readTemplates } from './template.ts';
import type { Segment, Template } from './template.ts';

/** A text that the index knows. */
export interface Source {
  readonly licence: string;
  /** A policy is no licence: it is known so that it is taken for none. */
  readonly kind: 'text' | 'notice' | 'exception' | 'policy';
  readonly segments: readonly Segment[];
  /** Only a part of the text is known. */
  readonly partial?: boolean;
}

const replaced: Readonly<Record<string, string>> = recognition.deprecated;
const gnu = /^(?:A?GPL|LGPL|GFDL)-/;

/** The id under which a text of the list is known: of the GNU licences, whose text is one, the one without later versions. */
const idOf = (template: Template): string | undefined => {
  const id = replaced[template.id] ?? template.id;
  // A licence with an exception is told by its parts.
  if (id.includes(' WITH ')) return undefined;
  if (gnu.test(id)) return /-or-later$|invariants/.test(id) ? undefined : id;
  // The list has these texts under more than one id, which differ in how the name of a font is reserved.
  if (/^OFL-.*RFN$/.test(id) || id === 'MPL-2.0-no-copyleft-exception') return undefined;
  return id;
};

const spdxTemplates = (folder: string): readonly Template[] => {
  const read = (path: string): readonly Template[] =>
    readdirSync(path)
      .filter((name) => name.endsWith('.xml'))
      .map((name) => name.slice(0, -'.xml'.length))
      .toSorted()
      .flatMap((name) => readTemplates(readFileSync(join(path, `${name}.xml`), 'utf8')));
  return [...read(join(folder, 'spdx-xml/src')), ...read(join(folder, 'spdx-xml/src/exceptions'))];
};

const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Long remarks in square brackets, which copies leave out. */
const remark = /\[This is the first released version[^\]]*\]/;

/** Lines in a text that say nothing but its title, and remarks of its publisher, may be missing. */
const withTitles = (segments: readonly Segment[], name: string): readonly Segment[] => {
  const title = plainWords(name.replace(/\bv?\d.*$|"/g, ''));
  return segments.flatMap((segment): readonly Segment[] => {
    if (segment.kind !== 'literal') return [segment];
    const out: Segment[] = [];
    for (const text of segment.text.split(new RegExp(`(${remark.source}|\\n)`))) {
      const kind = remark.test(text) || (title.includes(' ') && plainWords(text) === title) ? 'optional' : 'literal';
      const last = out.at(-1);
      // What stands in angle brackets may go over a line, so lines stay together.
      if (last?.kind === kind) out[out.length - 1] = { ...last, text: last.text + text };
      else out.push({ text, kind, most: 0 });
    }
    return out;
  });
};

/** Words that copies of a text have and the list's template has not. */
const withUsualWords = (segments: readonly Segment[], licence: string): readonly Segment[] =>
  licence === 'MIT-0'
    ? segments.flatMap((segment): readonly Segment[] => {
        const at = segment.text.search(/\bTHE SOFTWARE IS PROVIDED/);
        if (segment.kind !== 'literal' || at < 0) return [segment];
        return [
          { ...segment, text: segment.text.slice(0, at) },
          { text: 'subject to the following conditions', kind: 'optional', most: 0 },
          { ...segment, text: segment.text.slice(at) },
        ];
      })
    : segments;

const spdxSources = (templates: readonly Template[]): readonly Source[] =>
  templates.flatMap((template): readonly Source[] => {
    const licence = idOf(template);
    if (licence === undefined) {
      // Invariant sections are told by the header alone: the text is the same.
      const id = replaced[template.id] ?? template.id;
      return /^GFDL-.*invariants/.test(id) && template.header.length > 0 ? [{ licence: id, kind: 'notice', segments: template.header }] : [];
    }
    const body: Source = {
      licence,
      kind: template.exception ? 'exception' : 'text',
      segments: withUsualWords(withTitles(template.body, template.name), licence),
    };
    // Headers of the GNU licences say more than their words: version and "or later" are read as a notice.
    return template.header.length > 0 && !gnu.test(licence) && licence !== 'MPL-2.0-no-copyleft-exception'
      ? [body, { licence, kind: 'notice', segments: template.header }]
      : [body];
  });

interface Shipped {
  readonly name: string;
  readonly licenseText: string;
}

/** Texts of the package that the list's sources lack, and those of licences whose template leaves out words that copies have. */
const packageSources = (templates: readonly Template[], shipped: Readonly<Record<string, Shipped>>): readonly Source[] => {
  const known = new Set(templates.map((template) => template.id));
  return Object.entries(shipped)
    .filter(([id]) => !known.has(id) && replaced[id] === undefined)
    .map(([id, { licenseText }]) => ({ licence: id, kind: 'text', segments: [{ text: licenseText, kind: 'literal', most: 0 }] }));
};

/** Lines at the top of a text that name its holders, and may name others. */
const withHolders = (text: string): readonly Segment[] => {
  const out: Segment[] = [];
  let length = 0;
  for (const line of text.split('\n')) {
    const isHolder = length < 1000 && /^\W*(?:copyright\b|©|\(c\))/i.test(line);
    const kind = isHolder ? 'optional' : 'literal';
    const last = out.at(-1);
    if (last?.kind === kind) out[out.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else out.push({ text: line, kind, most: 0 });
    length += line.length;
  }
  return out;
};

/** Without front matter, and without the remark of who wrote a partial text down. */
const withoutHead = (text: string): string => (text.startsWith('---\n') ? text.slice(text.indexOf('\n---', 4) + 4) : text).replace(/^\s*\[PARTIAL[^\n]*\n/, '');

interface Entry {
  readonly slug: string;
  readonly note: string;
  readonly file: string;
}

interface TermsFile {
  readonly slug: string;
  readonly text_file: string | null;
  readonly scancode_key: string | null;
}

const aiSources = (folder: string): readonly Source[] => {
  const manifest = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as readonly Entry[];
  const facts = join(folder, '../facts/terms.json');
  const rows = existsSync(facts) ? (JSON.parse(readFileSync(facts, 'utf8')) as readonly TermsFile[]) : [];
  const bySlug = new Map<string, string>();
  for (const row of rows) {
    const slug = row.text_file?.replace(/^texts\//, '').replace(/\.txt$/, '');
    if (slug !== undefined) bySlug.set(slug, row.slug);
    for (const key of row.scancode_key?.split(/\s*\/\s*/) ?? []) bySlug.set(`sc-${key}`, row.slug);
  }
  const ids = new Set(terms.map((each) => each.id));
  const known: Readonly<Record<string, string>> = ai.licences;
  const policies = new Set(ai.policies);
  const copies = new Set(ai.copies);
  return manifest.flatMap((entry): readonly Source[] => {
    if (copies.has(entry.slug)) return [];
    const slug = known[entry.slug] ?? bySlug.get(entry.slug) ?? entry.slug.replace(/^sc-/, '');
    const text = withoutHead(readFileSync(join(folder, `${entry.slug}.txt`), 'utf8'));
    const licence = ids.has(slug) ? slug : `LicenseRef-${slug}`;
    return [{ licence, kind: policies.has(entry.slug) ? 'policy' : 'text', segments: withHolders(text), partial: /\bPARTIAL\b/.test(entry.note) }];
  });
};

export interface Collected {
  readonly sources: readonly Source[];
  /** Templates with the names and addresses of the list. */
  readonly templates: readonly Template[];
  /** Texts as licence files have them. */
  readonly copies: readonly string[];
}

/** Every text that the index is built from. */
export const collect = (folder: string): Collected => {
  const templates = spdxTemplates(folder);
  const shipped = createRequire(import.meta.url)('spdx-license-list/full') as Readonly<Record<string, Shipped>>;
  return {
    templates,
    sources: [...spdxSources(templates), ...packageSources(templates, shipped), ...aiSources(folder)],
    copies: Object.values(shipped).map(({ licenseText }) => licenseText),
  };
};
