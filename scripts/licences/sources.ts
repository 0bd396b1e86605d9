import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import recognition from '../../server/src/knowledge/data/recognition.json' with { type: 'json' };
import terms from '../../server/src/knowledge/data/terms.json' with { type: 'json' };
import ai from './ai-files.json' with { type: 'json' };
import { plainWords, readLicenceXml } from './xml.ts';
import type { LicenceXml, Segment } from './xml.ts';

/** A text by which a licence, an exception, or a policy that is neither, is recognised. */
export interface Source {
  readonly licence: string;
  readonly kind: 'text' | 'notice' | 'exception' | 'policy';
  readonly name: string;
  readonly segments: readonly Segment[];
  /** Where it was read, for messages. */
  readonly from: string;
  /** Some of its clauses are not there. */
  readonly partial: boolean;
}

const replaced: Readonly<Record<string, string>> = recognition.deprecated;
const gnu = /^(?:A?GPL|LGPL|GFDL)-/;
const gnuText = /^(?:A?GPL|LGPL|GFDL)-\d+\.\d+-only$/;

const wordsOf = (source: Source): string => plainWords(source.segments.map((segment) => segment.text).join('')).join(' ');

/** Sources in order, of which those with the words of an earlier one are left out: of any licence, or of their own. */
interface Collection {
  readonly sources: readonly Source[];
  readonly add: (source: Source, unlike: 'any' | 'own' | 'none') => void;
}

const newCollection = (): Collection => {
  const sources: Source[] = [];
  const seen = new Set<string>();
  return {
    sources,
    add: (source, unlike) => {
      const words = wordsOf(source);
      const any = `${source.kind} ${words}`;
      const own = `${source.licence} ${any}`;
      if (words === '' || (unlike === 'any' && seen.has(any)) || (unlike === 'own' && seen.has(own))) return;
      seen.add(any).add(own);
      sources.push(source);
    },
  };
};

interface Listed extends LicenceXml {
  readonly from: string;
}

/** Licences and exceptions of the list, current ones first, short ids before those that add to them. */
const readList = (folder: string): readonly Listed[] =>
  ['', 'exceptions']
    .flatMap((part) =>
      readdirSync(join(folder, part))
        .filter((name) => name.endsWith('.xml'))
        .flatMap((name) => readLicenceXml(readFileSync(join(folder, part, name), 'utf8')).map((each) => ({ ...each, from: join(part, name) }))),
    )
    .toSorted((a, b) => Number(a.deprecated) - Number(b.deprecated) || (a.id < b.id ? -1 : 1));

const addListed = (list: readonly Listed[], { add }: Collection): void => {
  for (const { id, name, exception, deprecated, body, header, from } of list) {
    const licence = replaced[id] ?? id;
    // A licence with an exception is told by its parts.
    if (licence.includes(' WITH ')) continue;
    const text: Source = { licence, kind: exception ? 'exception' : 'text', name, segments: body, from, partial: false };
    // GNU licences have one text for "only" and "or later", with and without invariant sections: the header tells them apart.
    if (exception || !gnu.test(licence) || (gnuText.test(licence) && !deprecated)) add(text, 'any');
    if (header.length > 0) add({ ...text, kind: 'notice', segments: header }, deprecated ? 'any' : 'none');
  }
};

/** A line that names holders may be left out, and may name others. */
const holder = /^\W*(?:copyright\b|©|\(c\))/i;
const headLength = 1000;

/** A plain text. Lines from `optionalFrom` on, counted from 1, are an appendix that copies leave out. */
const plainSegments = (text: string, optionalFrom = Infinity): readonly Segment[] => {
  const out: Segment[] = [];
  let length = 0;
  text.split('\n').forEach((line, at) => {
    const kind = at + 1 >= optionalFrom || (length < headLength && holder.test(line)) ? 'optional' : 'literal';
    const last = out.at(-1);
    if (last?.kind === kind) out[out.length - 1] = { ...last, text: `${last.text}\n${line}` };
    else {
      if (last) out[out.length - 1] = { ...last, text: `${last.text}\n` };
      out.push({ text: line, kind, most: 0 });
    }
    length += line.length;
  });
  return out.map((segment, at) => (at === 0 ? { ...segment, text: segment.text.trimStart() } : segment));
};

interface Shipped {
  readonly name: string;
  readonly licenseText: string;
}

/** Texts of the npm package that say it in other words than the list's templates. */
const addShipped = (listed: ReadonlySet<string>, { add }: Collection): void => {
  const shipped = createRequire(import.meta.url)('spdx-license-list/full') as Readonly<Record<string, Shipped>>;
  for (const [id, { name, licenseText }] of Object.entries(shipped)) {
    const licence = replaced[id] ?? id;
    if (licence.includes(' WITH ') || (gnu.test(licence) && (!gnuText.test(licence) || id !== licence))) continue;
    const from = listed.has(id) ? `spdx-license-list ${id}` : `spdx-license-list ${id}, which the sources of the list lack`;
    add({ licence, kind: 'text', name, segments: plainSegments(licenseText), from, partial: false }, 'any');
  }
};

/** What we know of one researched file. */
interface Reading {
  readonly licence?: string;
  readonly kind?: Source['kind'];
  /** Why the file is left out. */
  readonly skip?: string;
  /** First and last line, counted from 1, of what a researcher wrote into the file. */
  readonly leaveOut?: readonly number[];
  readonly optionalFrom?: number;
}

interface Entry {
  readonly slug: string;
  readonly note: string;
}

const frontMatter = /^---\n[^]*?\n---[ \t]*(?:\n|$)/;

const withoutLines = (text: string, range: readonly number[] | undefined): string => {
  if (!range) return text;
  const [first = 1, last = first] = range;
  return text
    .split('\n')
    .map((line, at) => (at + 1 >= first && at + 1 <= last ? '' : line))
    .join('\n');
};

const addResearched = (folder: string, { add }: Collection): void => {
  const readings = ai.files as Readonly<Record<string, Reading>>;
  const names = new Map(terms.map((each) => [each.id, each.name]));
  const manifest = JSON.parse(readFileSync(join(folder, 'MANIFEST.json'), 'utf8')) as readonly Entry[];
  for (const { slug, note } of manifest) {
    const reading = readings[slug];
    if (!reading) throw new Error(`ai-files.json says nothing about ${slug}`);
    if (reading.skip !== undefined || reading.licence === undefined) continue;
    const text = withoutLines(readFileSync(join(folder, `${slug}.txt`), 'utf8').replace(frontMatter, ''), reading.leaveOut);
    const source: Source = {
      licence: reading.licence,
      kind: reading.kind ?? 'text',
      name: names.get(reading.licence) ?? reading.licence,
      segments: plainSegments(text, reading.optionalFrom),
      from: `${slug}.txt`,
      partial: /\bPARTIAL\b/.test(note),
    };
    add(source, 'own');
  }
};

/**
 * Every text that is known: of the SPDX list's sources (https://github.com/spdx/license-list-XML), of the npm package
 * spdx-license-list, and of the researched licences of models and data. The folder is no part of the project.
 */
export const readSources = (folder: string): readonly Source[] => {
  const collection = newCollection();
  const list = readList(join(folder, 'spdx-xml/src'));
  addListed(list, collection);
  addShipped(new Set(list.map((each) => each.id)), collection);
  addResearched(folder, collection);
  return collection.sources;
};
