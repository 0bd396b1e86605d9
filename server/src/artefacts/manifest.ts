import { isSkeleton } from '../knowledge/scaffolds.ts';
import { saysNoLicence } from '../licence/names.ts';
import { resolveStated } from '../licence/resolve.ts';
import type { FieldKind } from '../licence/resolve.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { asString, get, stringScalars } from '../text/data.ts';
import type { DataEntry, DataNode, DataResult, DataScalar } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import type { Span } from '../text/span.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { factIds } from './hub-id.ts';
import { addFields, licenceFields, setupCfgFields } from './licence-fields.ts';
import { directReference, npmReference, packageReference, roleOfGroup } from './requirements.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading, Role, Scope, WorkId } from './types.ts';

interface Manifest {
  readonly knowledge: Knowledge;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
}

/** A skeleton that a project was made from speaks for itself where it was not touched since. */
const isUntouched = (root: DataNode): boolean => isSkeleton(asString(get(root, 'name')) ?? '', asString(get(root, 'type')) ?? '');

/** composer.json: a list is a choice; its own word for what nobody may take states no licence. Tools take what is no id there, and so does this. */
const readComposer = (manifest: Manifest, root: DataNode): void => {
  const node = get(root, 'license');
  const items = stringScalars(node).filter(({ value }) => value.trim() !== '');
  if (!node || items.length === 0 || items.some(({ value }) => saysNoLicence(value))) return;
  const each = items.map(({ value }) => resolveStated(value, 'free', manifest.knowledge));
  const known = each.every(({ licences }) => licences.length > 0);
  const stated = items.map(({ value }) => value.trim()).join(' OR ');
  const id = manifest.idOf('manifest', stated);
  manifest.facts.push({
    kind: 'licence',
    id,
    work: here,
    scope: 'code',
    speaker: isUntouched(root) ? 'other' : 'licensor',
    evidence: 'declared',
    stated,
    licences: known ? [...new Set(each.flatMap(({ licences }) => licences))] : [],
    choice: known && (each.length > 1 || each[0]?.choice === true),
    via: 'manifest',
    problem: null,
  });
  manifest.anchors[id] = { span: node.kind === 'scalar' ? node.inner : node.span };
};

const addLicence = (manifest: Manifest, stated: string, span: Span, field: FieldKind, via: 'manifest' | 'classifier', scope: Scope = 'code'): void => {
  const value = stated.trim();
  if (value === '' || value.length > 400) return;
  const { licences, choice, problem } = resolveStated(value, field, manifest.knowledge);
  const id = manifest.idOf(via, value);
  manifest.facts.push({
    kind: 'licence',
    id,
    work: here,
    scope,
    speaker: 'licensor',
    evidence: 'declared',
    stated: value,
    licences,
    choice,
    via,
    problem: field === 'spdx' ? problem : problem?.code === 'ambiguous' ? problem : null,
  });
  manifest.anchors[id] = { span };
};

const addLoaded = (manifest: Manifest, to: WorkId, revision: string | null, role: Role, span: Span): void => {
  const id = manifest.idOf('loads', to);
  manifest.facts.push({ kind: 'relation', id, from: here, to, type: 'loads', role, revision, via: 'dependency', pinnable: false, remoteCode: false });
  manifest.anchors[id] = { span };
};

/** Dependencies that name an address (`name @ git+https://...`, `github:owner/name`), or a package of the index whose terms are known. */
const addReferences = (manifest: Manifest, items: readonly (DataScalar & { readonly value: string })[], role: Role, python: boolean): void => {
  for (const item of items) {
    const found = directReference(item.value) ?? (python ? packageReference(item.value, manifest.knowledge) : undefined);
    if (!found) continue;
    // An escape in the string would shift its parts: then the whole value is the place.
    const exact = item.inner.end - item.inner.start === item.value.length;
    const span = exact ? { start: item.inner.start + found.span.start, end: item.inner.start + found.span.end } : item.inner;
    addLoaded(manifest, found.to, found.revision, role, span);
  }
};

const entriesOf = (node: DataNode | undefined): readonly DataEntry[] => (node?.kind === 'map' ? node.entries : []);

/** Names of a table whose keys are packages. */
const keysOf = (node: DataNode | undefined): readonly (DataScalar & { readonly value: string })[] =>
  entriesOf(node).map(({ key, keySpan }) => ({ kind: 'scalar', value: key, span: keySpan, inner: keySpan }));

const one = (node: DataNode | undefined): (DataScalar & { readonly value: string }) | undefined =>
  node?.kind === 'scalar' ? stringScalars(node)[0] : undefined;

/** `{ git = "https://github.com/owner/name", rev = "..." }`, as Cargo, Poetry and uv have it. A branch is a name that can be moved. */
const addGit = (manifest: Manifest, table: DataNode | undefined, role: Role): void => {
  for (const { value } of entriesOf(table)) {
    const url = one(get(value, 'git'));
    const found = url ? directReference(url.value) : undefined;
    if (!url || !found) continue;
    const revision = ['rev', 'tag', 'branch'].map((key) => asString(get(value, key))).find((each) => each !== undefined) ?? found.revision;
    addLoaded(manifest, found.to, revision, role, url.inner);
  }
};

const readCargo = (manifest: Manifest, root: DataNode, path: string): void => {
  for (const key of ['package', 'workspace']) {
    const licence = one(key === 'package' ? get(root, key, 'license') : get(root, key, 'package', 'license'));
    // Cargo's old way to write OR.
    if (licence) addLicence(manifest, licence.value.replaceAll('/', ' OR '), licence.inner, 'spdx', 'manifest');
  }
  for (const [table, group] of [
    [get(root, 'dependencies'), ''],
    [get(root, 'workspace', 'dependencies'), ''],
    [get(root, 'build-dependencies'), 'dev'],
    [get(root, 'dev-dependencies'), 'dev'],
  ] as const)
    addGit(manifest, table, roleOfGroup(path, group));
};

/** CITATION.cff: several licences are a choice, by the format's own words; `type` says whether the work is software or data. */
const readCitation = (manifest: Manifest, root: DataNode, text: string): void => {
  const scope: Scope = asString(get(root, 'type')) === 'dataset' ? 'data' : 'code';
  const node = get(root, 'license');
  const items = stringScalars(node);
  const each = items.map((item) => resolveStated(item.value, 'spdx', manifest.knowledge));
  if (node && items.length > 1 && each.every((found) => found.licences.length > 0 && found.problem === null)) {
    // A block list's span may run on over the line's end.
    const span = { start: node.span.start, end: text.slice(0, node.span.end).trimEnd().length };
    addLicence(manifest, items.map((item) => item.value.trim()).join(' OR '), span, 'spdx', 'manifest', scope);
    return;
  }
  for (const item of items) addLicence(manifest, item.value, item.inner, 'spdx', 'manifest', scope);
  const url = one(get(root, 'license-url'));
  // For licences that the list does not have; any other address says nothing that can be compared.
  if (items.length === 0 && url && resolveStated(url.value, 'free', manifest.knowledge).licences.length > 0)
    addLicence(manifest, url.value, url.inner, 'free', 'manifest', scope);
};

const readPyproject = (manifest: Manifest, root: DataNode, path: string): void => {
  addReferences(manifest, stringScalars(get(root, 'project', 'dependencies')), roleOfGroup(path, ''), true);
  for (const table of [get(root, 'project', 'optional-dependencies'), get(root, 'dependency-groups')])
    for (const { key, value } of entriesOf(table)) addReferences(manifest, stringScalars(value), roleOfGroup(path, key), true);
  addReferences(manifest, keysOf(get(root, 'tool', 'poetry', 'dependencies')), roleOfGroup(path, ''), true);
  addGit(manifest, get(root, 'tool', 'poetry', 'dependencies'), roleOfGroup(path, ''));
  for (const { key, value } of entriesOf(get(root, 'tool', 'poetry', 'group'))) addGit(manifest, get(value, 'dependencies'), roleOfGroup(path, key));
  addGit(manifest, get(root, 'tool', 'uv', 'sources'), roleOfGroup(path, ''));
  const licence = get(root, 'project', 'license');
  const plain = one(licence);
  if (plain) addLicence(manifest, plain.value, plain.inner, 'spdx', 'manifest');
  const text = one(get(licence, 'text'));
  // Some put the whole text here: only a name is a statement that can be compared.
  if (text && text.value.length <= 120) addLicence(manifest, text.value, text.inner, 'free', 'manifest');
  const poetry = one(get(root, 'tool', 'poetry', 'license'));
  if (poetry) addLicence(manifest, poetry.value, poetry.inner, 'free', 'manifest');
  for (const table of [get(root, 'project', 'classifiers'), get(root, 'tool', 'poetry', 'classifiers')]) {
    for (const item of stringScalars(table)) if (item.value.startsWith('License ::')) addLicence(manifest, item.value, item.inner, 'free', 'classifier');
  }
};

const readPackageJson = (manifest: Manifest, root: DataNode, path: string): void => {
  for (const group of ['dependencies', 'devDependencies']) {
    const role = roleOfGroup(path, group === 'dependencies' ? '' : 'dev');
    for (const { key, keySpan, value } of entriesOf(get(root, group))) {
      addReferences(manifest, stringScalars(value), role, false);
      const range = one(value);
      const known = range ? npmReference(key, range.value, manifest.knowledge) : undefined;
      // Within its quotes, where nothing is escaped.
      const bare = keySpan.end - keySpan.start === key.length + 2 ? { start: keySpan.start + 1, end: keySpan.end - 1 } : keySpan;
      if (known !== undefined) addLoaded(manifest, known, null, role, bare);
    }
  }
  const licence = get(root, 'license');
  const plain = one(licence);
  if (plain) {
    // npm's own words for "see the file" and "nobody may".
    if (!/^SEE LICEN[CS]E IN |^UNLICENSED$/i.test(plain.value)) addLicence(manifest, plain.value, plain.inner, 'spdx', 'manifest');
    return;
  }
  for (const node of [
    licence,
    ...(get(root, 'licenses')?.kind === 'sequence' ? (get(root, 'licenses') as { readonly items: readonly DataNode[] }).items : []),
  ]) {
    const type = one(get(node, 'type'));
    if (type) addLicence(manifest, type.value, type.inner, 'free', 'manifest');
  }
};

/** setup.cfg: `license = ...` and classifiers in [metadata], requirements in [options], line by line. */
const readSetupCfg = (manifest: Manifest, text: string, path: string): void => {
  let section = '';
  let key = '';
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    if (line.length > limits.lineLength) continue;
    key = /^([\w.-]+)[ \t]*[=:]/.exec(line)?.[1] ?? (/^\S/.test(line) ? '' : key);
    const requires = section === 'options' && key === 'install_requires';
    if (requires || section === 'options.extras_require') {
      const at = /^(?:[\w.-]+[ \t]*=[ \t]*|\s+)/.exec(line)?.[0].length ?? 0;
      const value = line.slice(at).trimEnd();
      const span = { start: index + at, end: index + at + value.length };
      if (value !== '' && !value.startsWith('#'))
        addReferences(manifest, [{ kind: 'scalar', value, span, inner: span }], roleOfGroup(path, requires ? '' : key), true);
    }
    if (section !== 'metadata') continue;
    const pair = /^license[ \t]*[=:][ \t]*/.exec(line);
    const item = pair ? null : /^\s+(?=License :: )/.exec(line);
    const before = (pair ?? item)?.[0].length;
    if (before === undefined) continue;
    const stated = line.slice(before).trimEnd();
    addLicence(manifest, stated, { start: index + before, end: index + before + stated.length }, 'free', pair ? 'manifest' : 'classifier');
  }
};

const readOther = (manifest: Manifest, name: string, root: DataNode, path: string, text: string): void => {
  if (name === 'pyproject.toml') readPyproject(manifest, root, path);
  else if (name === 'package.json') readPackageJson(manifest, root, path);
  else if (name === 'composer.json') readComposer(manifest, root);
  else if (name === 'cargo.toml') readCargo(manifest, root, path);
  else readCitation(manifest, root, text);
};

const parserOf = (name: string, text: string): DataResult => {
  if (name.endsWith('.toml')) return readToml(text);
  return name.endsWith('.json') ? readJson(text) : readYaml(text);
};

const isProject = (name: string, root: DataNode): boolean => {
  if (name === 'pyproject.toml') return get(root, 'project', 'name') !== undefined || get(root, 'tool', 'poetry', 'name') !== undefined;
  if (name === 'package.json') return asString(get(root, 'name')) !== undefined;
  if (name === 'composer.json') return asString(get(root, 'name')) !== undefined && get(root, 'license') !== undefined && !isUntouched(root);
  return name === 'cargo.toml' && get(root, 'package') !== undefined;
};

const names: ReadonlySet<string> = new Set(['pyproject.toml', 'setup.cfg', 'package.json', 'composer.json', 'cargo.toml', 'citation.cff']);

/** What package manifests declare of the code: pyproject.toml, setup.cfg, package.json, composer.json, Cargo.toml, CITATION.cff. */
export const manifestReader: Reader = {
  id: 'manifest',
  version: 5,
  matches: (_path, name) => names.has(name),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const manifest: Manifest = { knowledge, facts: [], anchors: {}, idOf: factIds('manifest') };
    if (name === 'setup.cfg') {
      readSetupCfg(manifest, text, path);
      addFields(manifest, setupCfgFields(text), path);
      return { facts: manifest.facts, anchors: manifest.anchors, problems: [] };
    }
    const { root, problems } = parserOf(name, text);
    if (root?.kind === 'map') {
      if (isProject(name, root)) {
        const id = manifest.idOf('work', name);
        manifest.facts.push({ kind: 'work', id, work: here, workKind: 'code', via: 'manifest' });
        manifest.anchors[id] = { span: { start: 0, end: 0 } };
      }
      readOther(manifest, name, root, path, text);
      addFields(manifest, licenceFields(name, root), path);
    }
    return { facts: manifest.facts, anchors: manifest.anchors, problems };
  },
};
