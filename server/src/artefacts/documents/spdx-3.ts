import { asString, get, stringScalars } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { workOfLink, workOfPurl } from '../purl.ts';
import type { Located } from '../purl.ts';
import type { Anchor, WorkId } from '../types.ts';
import { descent, kindOfWork } from './inventory.ts';
import type { Item, Link, Listed } from './inventory.ts';
import { relationOfWords, relationProperty, workOfWords } from './own-words.ts';
import type { Inventory } from './spdx-2.ts';

const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : node === undefined ? [] : [node]);
const idOf = (node: DataNode): string | undefined => asString(get(node, 'spdxId')) ?? asString(get(node, '@id'));

/** Class and property names carry their profile as a prefix: `ai_AIPackage`, `software_packageUrl`. */
const bare = (name: string): string => name.slice(Math.max(name.lastIndexOf('_'), name.lastIndexOf(':')) + 1);
const typeOf = (node: DataNode): string => bare(asString(get(node, 'type')) ?? asString(get(node, '@type')) ?? '');
const property = (node: DataNode, name: string): DataNode | undefined =>
  node.kind === 'map' ? node.entries.findLast((entry) => bare(entry.key) === name)?.value : undefined;

const located = (node: DataNode): { readonly found: Located; readonly place: Anchor } | undefined => {
  const identifiers = itemsOf(property(node, 'externalIdentifier')).flatMap((entry) =>
    asString(property(entry, 'externalIdentifierType')) === 'packageUrl' ? stringScalars(property(entry, 'identifier')) : [],
  );
  for (const purl of [...stringScalars(property(node, 'packageUrl')), ...identifiers]) {
    const found = workOfPurl(purl.value);
    if (found) return { found, place: { span: purl.inner } };
  }
  for (const url of ['downloadLocation', 'homePage'].flatMap((name) => stringScalars(property(node, name)))) {
    const found = workOfLink(url.value);
    if (found) return { found, place: { span: url.inner } };
  }
  return undefined;
};

/** A work of this repository, or a service, as a document of our own names it. */
const saidOf = (node: DataNode): WorkId | undefined =>
  itemsOf(property(node, 'externalIdentifier'))
    .filter((entry) => asString(property(entry, 'issuingAuthority')) === 'pedigree')
    .flatMap((entry) => workOfWords(asString(property(entry, 'identifier')) ?? '') ?? [])[0];

const packages: Readonly<Record<string, Item['kind']>> = { AIPackage: 'model', DatasetPackage: 'dataset', Package: 'code' };
const purposes: Readonly<Record<string, Item['kind']>> = { model: 'model', data: 'dataset' };

interface Stated {
  readonly stated: string;
  readonly field: 'spdx' | 'free';
  readonly place: Anchor;
}

/** A licence is an element of its own: an expression, a listed one by its address, or a text with a name. */
const licenceOf = (node: DataNode): Stated | undefined => {
  const [expression] = stringScalars(property(node, 'licenseExpression'));
  if (expression) return { stated: expression.value, field: 'spdx', place: { span: expression.inner } };
  const type = typeOf(node);
  if (!/^(?:ListedLicense|CustomLicense|SimpleLicensingText)$/.test(type)) return undefined;
  const [id] = stringScalars(get(node, 'spdxId'));
  const listed = /^https?:\/\/spdx\.org\/licenses\/([\w.+-]+?)(?:\.html)?$/.exec(id?.value ?? '')?.[1];
  if (id && listed !== undefined) return { stated: listed, field: 'spdx', place: { span: id.inner } };
  const [name] = stringScalars(property(node, 'name'));
  return name ? { stated: name.value, field: 'free', place: { span: name.inner } } : undefined;
};

const derived: Readonly<Record<string, 'as it stands' | 'the other way round'>> = {
  descendantOf: 'as it stands',
  ancestorOf: 'the other way round',
  hasVariant: 'the other way round',
  copiedTo: 'the other way round',
};

/** Words of the format that name the later work second. */
const reversed: ReadonlySet<string> = new Set(['generates', 'copiedTo', 'ancestorOf', 'hasVariant']);

/** The graph of an SPDX document of version 3: packages of the AI and Dataset profiles, their licences, and what came from what. */
export const inventoryOfJson3 = (root: DataNode): Inventory => {
  const graph = itemsOf(get(root, '@graph'));
  const byId = new Map<string, DataNode>();
  for (const node of graph) {
    const id = idOf(node);
    if (id !== undefined && !byId.has(id)) byId.set(id, node);
  }
  const roots = new Set(graph.flatMap((node) => stringScalars(get(node, 'rootElement')).map((entry) => entry.value)));
  const kinds = new Map<string, Item['kind']>();
  const licences = new Map<string, Stated[]>();
  const relationships = graph.flatMap((node) => {
    const [from, type] = [asString(get(node, 'from')), asString(get(node, 'relationshipType'))];
    const words = asString(property(node, 'comment')) ?? '';
    const own = words.startsWith(`${relationProperty} `) ? relationOfWords(words.slice(relationProperty.length + 1)) : undefined;
    return from === undefined || type === undefined ? [] : stringScalars(get(node, 'to')).map((to) => ({ from, type: bare(type), to, own: own?.type }));
  });
  const concluded = new Set<string>();
  for (const wanted of ['hasDeclaredLicense', 'hasConcludedLicense']) {
    for (const { from, type, to } of relationships) {
      if (type !== wanted || (wanted === 'hasConcludedLicense' && licences.has(from) && !concluded.has(from))) continue;
      const element = byId.get(to.value);
      const listed = element ? undefined : /^https?:\/\/spdx\.org\/licenses\/([\w.+-]+)$/.exec(to.value)?.[1];
      const stated = element ? licenceOf(element) : listed === undefined ? undefined : { stated: listed, field: 'spdx' as const, place: { span: to.inner } };
      if (!stated) continue;
      if (wanted === 'hasConcludedLicense') concluded.add(from);
      licences.set(from, [...(licences.get(from) ?? []), stated]);
    }
  }
  const items: Item[] = [];
  for (const node of graph) {
    const ref = idOf(node);
    const kind = packages[typeOf(node)];
    const [name] = stringScalars(property(node, 'name'));
    if (ref === undefined || kind === undefined) continue;
    const at = located(node);
    const place = at?.place ?? (name ? { span: name.inner } : undefined);
    if (!place) continue;
    const own = kind === 'code' ? (kindOfWork(at?.found) ?? purposes[asString(property(node, 'primaryPurpose')) ?? ''] ?? kind) : kind;
    kinds.set(ref, own);
    const said = at ? undefined : saidOf(node);
    // What our own audit concluded of a work of this repository is no word of who gives the licence.
    const stated = said !== undefined && concluded.has(ref) ? [] : (licences.get(ref) ?? []);
    items.push({ ref, kind: own, name: name?.value, located: at?.found, said, licences: stated, place, root: roots.has(ref) });
  }
  const links = relationships.flatMap(({ from, type, to, own }): Link[] => {
    if (own !== undefined) {
      const [later, earlier] = reversed.has(type) ? [to.value, from] : [from, to.value];
      return [{ from: later, to: earlier, type: own }];
    }
    if (type === 'trainedOn' || type === 'testedOn') return [{ from, to: to.value, type }];
    const way = derived[type];
    if (way === undefined) return [];
    const [later, earlier] = way === 'as it stands' ? [from, to.value] : [to.value, from];
    return [{ from: later, to: earlier, type: type === 'copiedTo' ? 'copiedFrom' : descent(kinds.get(earlier)) }];
  });
  const files = graph.flatMap((node): Listed[] =>
    typeOf(node) !== 'File'
      ? []
      : itemsOf(property(node, 'verifiedUsing')).flatMap((hash) =>
          stringScalars(get(hash, 'hashValue')).map((value) => ({
            file: asString(property(node, 'name')) ?? '',
            algorithm: asString(get(hash, 'algorithm')) ?? '',
            digest: value.value,
            place: { span: value.inner },
          })),
        ),
  );
  return { items, links, files };
};
