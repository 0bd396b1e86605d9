import { asString, get } from '../../text/data.ts';
import type { DataNode, DataResult, DataScalar } from '../../text/data.ts';
import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import { readXml } from '../../text/xml.ts';
import { draftOf, nothingRead, placeOf, readingOf, tooLong } from '../draft.ts';
import { hubReference, modelWork } from '../hub-id.ts';
import { workOfLink, workOfPurl } from '../purl.ts';
import type { Located } from '../purl.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { nodeOf } from './cyclonedx-xml.ts';
import { descent, kindOfWork, stateDigests, stateInventory } from './inventory.ts';
import type { Item, Link, Listed } from './inventory.ts';
import { relationOfWords, relationProperty, workOfWords, workProperty } from './own-words.ts';

const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

type Text = DataScalar & { readonly value: string };
const textOf = (node: DataNode | undefined): Text | undefined => (node?.kind === 'scalar' && typeof node.value === 'string' ? (node as Text) : undefined);

const kinds: Readonly<Record<string, Item['kind']>> = { 'machine-learning-model': 'model', data: 'dataset', dataset: 'dataset' };

/** Links of a component that lead to itself; others lead to papers, licences, advisories. */
const ownLinks = new Set(['distribution', 'website', 'vcs', 'model-card']);

const located = (node: DataNode): { readonly at: Text; readonly found: Located } | undefined => {
  const purl = textOf(get(node, 'purl'));
  const byPurl = purl ? workOfPurl(purl.value) : undefined;
  if (purl && byPurl) return { at: purl, found: byPurl };
  for (const reference of itemsOf(get(node, 'externalReferences'))) {
    const url = textOf(get(reference, 'url'));
    const found = url && ownLinks.has(asString(get(reference, 'type')) ?? '') ? workOfLink(url.value) : undefined;
    if (url && found) return { at: url, found };
  }
  // Data inside a model card have an address of their contents.
  const url = textOf(get(node, 'contents', 'url'));
  const found = url ? workOfLink(url.value) : undefined;
  return url && found ? { at: url, found } : undefined;
};

/** Values of the properties of that name. */
const propertyOf = (node: DataNode, name: string): readonly string[] =>
  itemsOf(get(node, 'properties')).flatMap((property) => (asString(get(property, 'name')) === name ? (asString(get(property, 'value')) ?? []) : []));

const saidOf = (node: DataNode): WorkId | undefined =>
  propertyOf(node, workProperty)
    .map(workOfWords)
    .find((work) => work !== undefined);

const licencesOf = (node: DataNode, said: WorkId | undefined): Item['licences'] => {
  const all = itemsOf(get(node, 'licenses')).flatMap((entry) => {
    const inner = get(entry, 'license');
    const id = textOf(get(entry, 'expression')) ?? textOf(get(inner, 'id'));
    const named = id ?? textOf(get(inner, 'name'));
    const how = asString(get(inner ?? entry, 'acknowledgement')) ?? asString(get(entry, 'acknowledgement')) ?? 'declared';
    return named ? [{ stated: named.value, field: id ? ('spdx' as const) : ('free' as const), place: placeOf(named), how }] : [];
  });
  const declared = all.filter((entry) => entry.how === 'declared');
  // What our own audit concluded of a work of this repository is no word of who gives the licence.
  return declared.length > 0 || said !== undefined ? declared : all;
};

interface Bom {
  readonly items: Item[];
  readonly links: Link[];
  readonly files: Listed[];
}

const addItem = (bom: Bom, node: DataNode, ref: string, root: boolean): Item | undefined => {
  const at = located(node);
  const name = textOf(get(node, 'name'));
  const place = at?.at ?? name;
  if (!place) return undefined;
  const said = at ? undefined : saidOf(node);
  const kind = kindOfWork(at?.found) ?? kinds[asString(get(node, 'type')) ?? ''] ?? 'code';
  const item: Item = { ref, kind, name: name?.value, located: at?.found, said, licences: licencesOf(node, said), place: placeOf(place), root };
  bom.items.push(item);
  return item;
};

const addDigests = (bom: Bom, node: DataNode): void => {
  const file = asString(get(node, 'name'));
  if (file === undefined || asString(get(node, 'type')) !== 'file') return;
  for (const hash of itemsOf(get(node, 'hashes'))) {
    const content = textOf(get(hash, 'content'));
    if (content) bom.files.push({ file, algorithm: asString(get(hash, 'alg')) ?? '', digest: content.value, place: placeOf(content) });
  }
};

/** Names that tools use for a property that holds the base: the format has no field for it. */
const baseProperty = /^(?:[\w-]+[:.])*base_?model$/i;

const addComponent = (bom: Bom, node: DataNode, where: string, root: boolean): void => {
  const item = addItem(bom, node, asString(get(node, 'bom-ref')) ?? where, root);
  const linked = (to: Item | undefined, type: Link['type']): void => {
    if (item && to) bom.links.push({ from: item.ref, to: to.ref, type });
  };
  const ours = item ? propertyOf(node, relationProperty).flatMap((words) => relationOfWords(words) ?? []) : [];
  for (const { type, to } of ours) bom.links.push({ from: item?.ref ?? where, to, type });
  // Ours says each relation, and how; what the format says of them is less.
  const told = ours.length > 0;
  for (const [index, ancestor] of told ? [] : itemsOf(get(node, 'pedigree', 'ancestors')).entries()) {
    const to = addItem(bom, ancestor, `${where}/ancestor/${index}`, false);
    linked(to, descent(to?.kind));
  }
  for (const [index, data] of told ? [] : itemsOf(get(node, 'modelCard', 'modelParameters', 'datasets')).entries()) {
    const ref = asString(get(data, 'ref'));
    if (item && ref !== undefined) bom.links.push({ from: item.ref, to: ref, type: 'trainedOn' });
    else linked(addItem(bom, data, `${where}/dataset/${index}`, false), 'trainedOn');
  }
  for (const [index, property] of [...itemsOf(get(node, 'properties')), ...itemsOf(get(node, 'modelCard', 'properties'))].entries()) {
    const value = textOf(get(property, 'value'));
    const base = value && item?.kind === 'model' && baseProperty.test(asString(get(property, 'name')) ?? '') ? hubReference(value.value) : undefined;
    if (!value || !base) continue;
    const to: Item = {
      ref: `${where}/base/${index}`,
      kind: 'model',
      name: undefined,
      located: { work: modelWork(base.id), revision: base.revision },
      licences: [],
      place: placeOf(value),
      root: false,
    };
    bom.items.push(to);
    linked(to, 'finetune');
  }
  addDigests(bom, node);
  for (const [index, inner] of itemsOf(get(node, 'components')).entries()) addComponent(bom, inner, `${where}/${index}`, false);
};

const treeOf = (text: string, xml: boolean): DataResult => {
  if (!xml) return readJson(text);
  const { root, problems } = readXml(text);
  return { root: root?.name === 'bom' ? nodeOf(root) : undefined, problems };
};

/** CycloneDX in JSON and XML: licence of the subject, models and data that are listed, ancestors and training data of models. */
export const cyclonedxReader: Reader = {
  id: 'cyclonedx',
  version: 3,
  matches: (_path, name) => /\.(?:json|xml)$/.test(name) && /bom|cdx|cyclonedx/.test(name),
  wants: 'text',
  maximum: limits.descriptionBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    const xml = path.toLowerCase().endsWith('.xml');
    if (!(xml ? /<(?:\w+:)?bom\s[^>]{0,2000}cyclonedx\.org\/schema\/bom/ : /"bomFormat"\s*:\s*"CycloneDX"/).test(text)) return nothingRead;
    if (size > limits.descriptionBytes) return tooLong(limits.descriptionBytes);
    const { root, problems } = treeOf(text, xml);
    if (root?.kind !== 'map') return { ...nothingRead, problems };
    const draft = draftOf('cyclonedx', path, knowledge);
    const bom: Bom = { items: [], links: [], files: [] };
    const subject = get(root, 'metadata', 'component');
    if (subject) addComponent(bom, subject, 'subject', true);
    for (const [index, component] of itemsOf(get(root, 'components')).entries()) addComponent(bom, component, `${index}`, false);
    for (const [index, service] of itemsOf(get(root, 'services')).entries())
      if (saidOf(service) !== undefined) addComponent(bom, service, `service/${index}`, false);
    stateInventory(draft, path, bom.items, bom.links);
    stateDigests(draft, path, bom.files);
    return readingOf(draft, problems);
  },
};
