import { saysNoLicence } from '../licence/names.ts';
import { resolveStated } from '../licence/resolve.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { spanOf } from '../text/span.ts';
import type { Span } from '../text/span.ts';
import { readXml } from '../text/xml.ts';
import type { XmlElement } from '../text/xml.ts';
import { factIds } from './hub-id.ts';
import { addFields } from './licence-fields.ts';
import type { Field } from './licence-fields.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** What a file says of terms. Whoever takes the work may choose among the values of one statement, unless `all` bind. */
interface Said {
  readonly statements: readonly (readonly Field[])[];
  readonly all?: true;
  /** Names of files that hold terms. */
  readonly files: readonly Field[];
}

const nothing: Said = { statements: [], files: [] };

/** What a tool writes where nobody has chosen yet: "TODO: License declaration", a question, a command to run. */
const isLeftOpen = (value: string): boolean => saysNoLicence(value) || /^\W{0,3}(?:TODO|TBD|FIXME)\b|`|\?\s*$|^(?:nil|none|n\/a)$/i.test(value);

const fieldAt = (text: string, start: number, value: string): Field => {
  const bare = value.trim();
  const from = start + value.length - value.trimStart().length;
  return { value: bare, span: spanOf(from, Math.min(from + bare.length, text.length)) };
};

/** The fields of one paragraph, each with the lines that follow it indented. */
const paragraphField = (text: string, name: string): Field | undefined => {
  let found: Field | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (found && !/^[ \t]+\S/.test(line)) return found;
    if (found) {
      const more = fieldAt(text, index, line);
      found = found.value === '' ? more : { value: `${found.value} ${more.value}`, span: spanOf(found.span.start, more.span.end) };
    } else if (line.startsWith(`${name}:`)) found = fieldAt(text, index + name.length + 1, line.slice(name.length + 1));
  }
  return found;
};

/** R's own way to say from which version on, or which one: "X (>= 2)", "X (== 2.0)". */
const inWords = (part: string, knowledge: Knowledge): string => {
  const match = /^([^()]{1,80})\(\s?(>=?|==)\s?([\d.]{1,9})\s?\)$/.exec(part);
  if (!match) return part;
  const plain = `${(match[1] ?? '').trim()} ${match[3] ?? ''}`;
  const later = `${plain} or later`;
  return match[2] !== '==' && resolveStated(later, 'free', knowledge).licences.length > 0 ? later : plain;
};

/** DESCRIPTION of an R package: alternatives with `|` between, each with a file of terms beside it or alone. */
const inDescription = (text: string, knowledge: Knowledge): Said => {
  const field = paragraphField(text, 'License');
  if (!field || field.value === '' || !/^[A-Za-z][\w.]*$/.test(paragraphField(text, 'Package')?.value ?? '')) return nothing;
  const files: Field[] = [];
  const parts: Field[] = [];
  const written = text.slice(field.span.start, field.span.end);
  for (const part of field.value.split('|')) {
    const file = /(?:^|\+)\s?file\s([^\s+]{1,80})$/.exec(part.trim().replace(/\s{1,40}/g, ' '));
    const name = file?.[1] ?? '';
    const at = file ? written.lastIndexOf(name) : -1;
    if (at >= 0) files.push({ value: name, span: spanOf(field.span.start + at, field.span.start + at + name.length) });
    const terms = (file ? part.slice(0, part.lastIndexOf('file')) : part).replace(/\+\s?$/, '').trim();
    if (terms !== '') parts.push({ value: inWords(terms, knowledge), span: field.span });
    // Which terms the file holds, its text says.
    else if (file && field.value.includes('|')) parts.push({ value: 'file', span: field.span });
  }
  return { statements: parts.length > 0 ? [parts] : [], files };
};

const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] => (element?.children ?? []).filter((child) => child.name === name);

const fieldsOf = (elements: readonly XmlElement[]): readonly Field[] =>
  elements.map(({ text }) => ({ value: text.value.replace(/\s+/g, ' '), span: text.span }));

/** package.xml of ROS: each of its licences holds for something in it. Other tools have files of that name, none with maintainers. */
const inRosPackage = (root: XmlElement): Said => {
  if (root.name !== 'package' || childrenOf(root, 'maintainer').length === 0) return nothing;
  const licences = childrenOf(root, 'license');
  const files = licences.flatMap(({ attributes }) => attributes.get('file') ?? []);
  return { statements: [fieldsOf(licences)], all: true, files };
};

/** pom.xml: several are a choice, by the words of its reference. A name that says nothing may stand beside an address that does. */
const inPom = (root: XmlElement, knowledge: Knowledge): Said => {
  if (root.name !== 'project') return nothing;
  const licences = childrenOf(root, 'licenses').flatMap((list) => childrenOf(list, 'license'));
  const fields = licences.flatMap((licence) => {
    const [name] = fieldsOf(childrenOf(licence, 'name'));
    const [url] = fieldsOf(childrenOf(licence, 'url'));
    return [name, url].find((field) => field && resolveStated(field.value, 'free', knowledge).licences.length > 0) ?? name ?? url ?? [];
  });
  return { statements: [fields], files: [] };
};

/** A gemspec: `spec.license = "..."`, or a list, which is a choice. Ruby is not run: a value that is put together says nothing. */
const inGemspec = (text: string): Said => {
  const statements: Field[][] = [];
  for (const { 0: head, index } of text.matchAll(/^[ \t]*\w{1,40}\.licenses?[ \t]*=[ \t]*/gm)) {
    const start = index + head.length;
    const rest = text.slice(start, start + 400);
    const words = /^%w[[({]([^\])}]{0,300})[\])}]/.exec(rest);
    const list = words ? rest.slice(0, words[0].length) : (/^\[[^\]]{0,300}\]/.exec(rest)?.[0] ?? /^["'][^"'\n]{1,200}["']/.exec(rest)?.[0] ?? '');
    const items = words ? list.slice(3, -1).matchAll(/\S+/g) : list.matchAll(/(?<=["'])[^"',[\]\n]+(?=["'])/g);
    const fields = [...items].map((item) => fieldAt(text, start + item.index + (words ? 3 : 0), item[0]));
    if (!list.includes('#{')) statements.push(fields);
  }
  return { statements, files: [] };
};

/** readme.txt of a WordPress plugin: lines of keys and values below `=== Name ===`, up to the first empty one. */
const inPluginReadme = (text: string): Said => {
  if (!/^\uFEFF?\s*===[^=\r\n]{1,200}===/.test(text)) return nothing;
  let keys = 0;
  for (const { 1: line = '', index } of text.slice(0, 8000).matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)) {
    const key = /^[A-Za-z][\w ]{0,40}:/.exec(line)?.[0];
    if (key === undefined && keys > 0) break;
    if (key === undefined) continue;
    keys += 1;
    if (/^licen[cs]e:$/i.test(key)) return { statements: [[fieldAt(text, index + key.length, line.slice(key.length))]], files: [] };
  }
  return nothing;
};

/** MANIFEST.md of a GNU Radio module: keys and values up to a ruler. Only one that has their kind of keys is. */
const inRadioManifest = (text: string): Said => {
  const head = text.slice(0, 8000).split(/^---/m)[0] ?? '';
  const licence = /^license:[ \t]{0,9}([^\r\n]{1,200})$/m.exec(head);
  if (!licence || !/^title:/m.test(head) || !/^(?:brief|gr_supported_version|copyright_owner):/m.test(head)) return nothing;
  const value = licence[1] ?? '';
  return { statements: [[fieldAt(text, licence.index + licence[0].length - value.length, value)]], files: [] };
};

const saidIn = (name: string, text: string, knowledge: Knowledge): Said => {
  if (name === 'description') return inDescription(text, knowledge);
  if (name === 'readme.txt') return inPluginReadme(text);
  if (name === 'manifest.md') return inRadioManifest(text);
  if (name.endsWith('.gemspec')) return inGemspec(text);
  const { root } = readXml(text);
  if (!root) return nothing;
  return name === 'pom.xml' ? inPom(root, knowledge) : inRosPackage(root);
};

const wholeSpan = (fields: readonly Field[]): Span =>
  spanOf(Math.min(...fields.map(({ span }) => span.start)), Math.max(...fields.map(({ span }) => span.end)));

/**
 * Package files whose licence is free text by their own rules: DESCRIPTION of R, package.xml of ROS, pom.xml, gemspecs, readme.txt of plugins, MANIFEST.md of radio modules. What
 * cannot be told is an unknown licence and no mistake. One of them that states nothing is no work of its own: its parent's terms hold.
 */
export const packageFileReader: Reader = {
  id: 'package-file',
  version: 1,
  matches: (_path, name) =>
    name === 'description' || name === 'package.xml' || name === 'pom.xml' || name === 'readme.txt' || name === 'manifest.md' || name.endsWith('.gemspec'),
  wants: 'text',
  maximum: limits.packageFileBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('package-file');
    const said = saidIn(path.slice(path.lastIndexOf('/') + 1).toLowerCase(), text, knowledge);
    const joint = said.all ? ' AND ' : ' OR ';
    for (const fields of said.statements) {
      const stated = fields.filter(({ value }) => value !== '' && value.length <= 400 && !isLeftOpen(value));
      if (stated.length === 0) continue;
      const each = stated.map(({ value }) => resolveStated(value, 'free', knowledge));
      const [only] = stated.length === fields.length ? each : [];
      const known = stated.length === fields.length && each.every(({ licences }) => licences.length > 0);
      const id = idOf('licence', stated.map(({ value }) => value).join(joint));
      facts.push({
        kind: 'licence',
        id,
        work: here,
        scope: 'code',
        speaker: 'licensor',
        evidence: 'declared',
        stated: stated.map(({ value }) => value).join(joint),
        licences: known ? [...new Set(each.flatMap(({ licences }) => licences))] : [],
        choice: known && (each.length > 1 ? said.all !== true : only?.choice === true),
        via: 'manifest',
        problem: null,
      });
      anchors[id] = { span: wholeSpan(stated) };
    }
    if (facts.length > 0) {
      const id = idOf('work', path);
      facts.push({ kind: 'work', id, work: here, workKind: 'code', via: 'manifest' });
      anchors[id] = { span: spanOf(0, 0) };
    }
    addFields({ facts, anchors, idOf }, { files: said.files, homes: [] }, path);
    return { facts, anchors, problems: [] };
  },
};
