import { asString, entryOf, get, stringScalars } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import type { Span } from '../text/span.ts';
import { roleOfPath } from './hub-id.ts';
import { repositoryOfRemote, treePath } from './references.ts';
import type { Fact, HomeFact, ReferenceFact } from './types.ts';

/** A field's text that names a file of terms, or an address of the repository, and where it stands. */
export interface Field {
  readonly value: string;
  readonly span: Span;
}

export interface Fields {
  readonly files: readonly Field[];
  readonly homes: readonly Field[];
}

interface Target {
  readonly facts: Fact[];
  readonly anchors: Record<string, { readonly span: Span }>;
  readonly idOf: (kind: string, content: string) => string;
}

const fieldsOf = (node: DataNode | undefined): readonly Field[] => stringScalars(node).map((item) => ({ value: item.value, span: item.inner }));

/** Keys of an address that is the project's own: documentation and funding pages may be anybody's. */
const homeKey =
  /^(?:home-?page|repository|repository-code|repo|source(?:[ -]?code)?|code|github|gitlab|url|download|bug[ -]?(?:tracker|reports?)|issues?(?:[ -]tracker)?|changelog)$/i;

const urlsOf = (node: DataNode | undefined): readonly Field[] =>
  node?.kind === 'map' ? node.entries.flatMap((entry) => (homeKey.test(entry.key.trim()) ? fieldsOf(entry.value) : [])) : [];

const inPyproject = (root: DataNode): Fields => {
  const project = get(root, 'project');
  const declared = get(project, 'license-files');
  return {
    files: [
      ...fieldsOf(get(project, 'license', 'file')),
      ...fieldsOf(declared),
      ...fieldsOf(get(declared, 'paths')),
      ...fieldsOf(get(declared, 'globs')),
      ...fieldsOf(get(root, 'tool', 'setuptools', 'license-files')),
    ],
    homes: [
      ...urlsOf(get(project, 'urls')),
      ...urlsOf(get(root, 'tool', 'poetry', 'urls')),
      ...['repository', 'homepage'].flatMap((key) => fieldsOf(get(root, 'tool', 'poetry', key))),
    ],
  };
};

const inPackageJson = (root: DataNode): Fields => {
  const seen = entryOf(root, 'license')?.value;
  const stated = asString(seen);
  const named = stated === undefined ? null : /^SEE LICEN[CS]E IN\s+(\S.*)$/i.exec(stated);
  const inner = seen?.kind === 'scalar' ? seen.inner : undefined;
  const file = named?.[1]?.trim() ?? '';
  const start = inner === undefined ? 0 : inner.start + (stated ?? '').lastIndexOf(file);
  return {
    // An escape in the string would shift its parts: then the whole value is the place.
    files:
      named && inner
        ? [{ value: file, span: inner.end - inner.start === stated?.length && !/[<>]/.test(file) ? { start, end: start + file.length } : inner }]
        : [],
    homes: [...fieldsOf(get(root, 'repository')), ...fieldsOf(get(root, 'repository', 'url')), ...fieldsOf(get(root, 'homepage'))],
  };
};

/** What a structured manifest says of licence files and of its own address. `name` in small letters. */
export const licenceFields = (name: string, root: DataNode): Fields => {
  if (name === 'pyproject.toml') return inPyproject(root);
  if (name === 'package.json') return inPackageJson(root);
  if (name === 'composer.json') return { files: [], homes: [...fieldsOf(get(root, 'homepage')), ...fieldsOf(get(root, 'support', 'source'))] };
  if (name === 'cargo.toml')
    return { files: fieldsOf(get(root, 'package', 'license-file')), homes: ['repository', 'homepage'].flatMap((key) => fieldsOf(get(root, 'package', key))) };
  return { files: [], homes: ['repository-code', 'url'].flatMap((key) => fieldsOf(get(root, key))) };
};

/** setup.cfg: `license_file`, `license_files` and `url` of [metadata], one value a line or with commas between. */
export const setupCfgFields = (text: string): Fields => {
  const files: Field[] = [];
  const homes: Field[] = [];
  let section = '';
  let list: Field[] | undefined;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    if (section !== 'metadata' || line.length > 1000) continue;
    const key = /^(license[_-]files?|url|home[_-]page)[ \t]*[=:]/i.exec(line);
    if (key) list = /^license/i.test(line) ? files : homes;
    else if (/^\S/.test(line)) list = undefined;
    const from = key?.[0].length ?? 0;
    for (const part of list ? line.slice(from).matchAll(/[^\s,]+/g) : [])
      list?.push({ value: part[0], span: { start: index + from + part.index, end: index + from + part.index + part[0].length } });
  }
  return { files, homes };
};

/** Facts of such fields. A manifest's own folder is where its paths begin. */
export const addFields = (target: Target, fields: Fields, file: string): void => {
  for (const { value, span } of fields.files) {
    const path = /[*?[\]]/.test(value) ? globPath(file, value) : treePath(file, value);
    if (path === undefined) continue;
    const fact: ReferenceFact = {
      kind: 'reference',
      id: target.idOf('reference', value),
      via: 'manifest',
      role: roleOfPath(file),
      target: value,
      to: { path, repository: null },
      scope: 'code',
      licences: [],
      ours: true,
      credited: false,
    };
    target.facts.push(fact);
    target.anchors[fact.id] = { span };
  }
  const seen = new Set<string>();
  for (const { value, span } of fields.homes) {
    const repository = repositoryOfRemote(value);
    if (repository === undefined || seen.has(repository)) continue;
    seen.add(repository);
    const fact: HomeFact = { kind: 'home', id: target.idOf('home', repository), repository, via: 'manifest' };
    target.facts.push(fact);
    target.anchors[fact.id] = { span };
  }
};

/** A pattern over the files beside the manifest, from the root; one that climbs is refused, as packagers do. */
const globPath = (file: string, pattern: string): string | undefined =>
  pattern.length > 200 || /\\|\.\.|^\/|[{}$\n]/.test(pattern) ? undefined : `${file.slice(0, file.lastIndexOf('/') + 1)}${pattern.replace(/^\.\//, '')}`;
