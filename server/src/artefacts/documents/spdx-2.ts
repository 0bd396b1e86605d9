import { descent, kindOfWork } from './inventory.ts';
import type { Item, Link, Listed } from './inventory.ts';
import { asString, get } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { spanOf } from '../../text/span.ts';
import { workOfLink, workOfPurl } from '../purl.ts';
import type { Anchor } from '../types.ts';

/** A value with its place, whichever of the two notations it was written in. */
interface Value {
  readonly value: string;
  readonly place: Anchor;
}

interface Package {
  readonly id: string;
  readonly name: Value | undefined;
  readonly address: Value | undefined;
  readonly declared: Value | undefined;
  readonly concluded: Value | undefined;
  readonly purls: readonly Value[];
}

interface Relationship {
  readonly from: string;
  readonly type: string;
  readonly to: string;
}

/** An SPDX document of version 2, in JSON or as tags and values. */
interface Document2 {
  readonly packages: readonly Package[];
  readonly relationships: readonly Relationship[];
  /** `LicenseRef-x` to the name that the document gives it. */
  readonly extracted: ReadonlyMap<string, string>;
  readonly files: readonly Listed[];
}

const valueOf = (node: DataNode | undefined): Value | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? { value: node.value, place: { span: node.inner } } : undefined;

const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

const present = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

const documentOfJson = (root: DataNode): Document2 => ({
  packages: itemsOf(get(root, 'packages')).map((node) => ({
    id: asString(get(node, 'SPDXID')) ?? '',
    name: valueOf(get(node, 'name')),
    address: valueOf(get(node, 'downloadLocation')),
    declared: valueOf(get(node, 'licenseDeclared')),
    concluded: valueOf(get(node, 'licenseConcluded')),
    purls: itemsOf(get(node, 'externalRefs')).flatMap((ref) =>
      asString(get(ref, 'referenceType')) === 'purl' ? present(valueOf(get(ref, 'referenceLocator'))) : [],
    ),
  })),
  relationships: [
    ...itemsOf(get(root, 'documentDescribes')).map((node) => ({ from: '', type: 'DESCRIBES', to: asString(node) ?? '' })),
    ...itemsOf(get(root, 'relationships')).map((node) => ({
      from: asString(get(node, 'spdxElementId')) ?? '',
      type: asString(get(node, 'relationshipType')) ?? '',
      to: asString(get(node, 'relatedSpdxElement')) ?? '',
    })),
  ],
  extracted: new Map(
    itemsOf(get(root, 'hasExtractedLicensingInfos')).flatMap((node) => {
      const [id, name] = [asString(get(node, 'licenseId')), asString(get(node, 'name'))];
      return id !== undefined && name !== undefined ? [[id, name] as const] : [];
    }),
  ),
  files: itemsOf(get(root, 'files')).flatMap((node) =>
    itemsOf(get(node, 'checksums')).flatMap((sum): Listed[] => {
      const value = valueOf(get(sum, 'checksumValue'));
      return value
        ? [{ file: asString(get(node, 'fileName')) ?? '', algorithm: asString(get(sum, 'algorithm')) ?? '', digest: value.value, place: value.place }]
        : [];
    }),
  ),
});

/** Tags of a line each. A value in `<text>` may run over lines: what is in it is prose, and no line of it is a tag. */
const documentOfTags = (text: string): Document2 => {
  const packages: { id: string; name: Value | undefined; address?: Value; declared?: Value; concluded?: Value; purls: Value[] }[] = [];
  const relationships: Relationship[] = [];
  const extracted = new Map<string, string>();
  let current: (typeof packages)[number] | undefined;
  const files: Listed[] = [];
  let licence = '';
  let file = '';
  let prose = false;
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    if (prose) {
      prose = !line.includes('</text>');
      continue;
    }
    const tag = /^([A-Za-z]+):[ \t]*/.exec(line);
    if (!tag) continue;
    const raw = line.slice(tag[0].length).trimEnd();
    prose = raw.includes('<text>') && !raw.includes('</text>');
    const value: Value = { value: raw, place: { span: spanOf(index + tag[0].length, index + tag[0].length + raw.length) } };
    switch (tag[1]) {
      case 'PackageName':
        current = { id: '', name: value, purls: [] };
        packages.push(current);
        break;
      case 'FileChecksum': {
        const [algorithm = '', digest = ''] = raw.split(/:\s*/);
        files.push({ file, algorithm, digest, place: value.place });
        break;
      }
      case 'FileName':
        file = raw;
        current = undefined;
        break;
      case 'SnippetSPDXID':
        current = undefined;
        break;
      case 'SPDXID':
        if (current?.id === '') current.id = raw;
        break;
      case 'PackageDownloadLocation':
        if (current) current.address = value;
        break;
      case 'PackageLicenseDeclared':
        if (current) current.declared = value;
        break;
      case 'PackageLicenseConcluded':
        if (current) current.concluded = value;
        break;
      case 'ExternalRef': {
        const purl = /^\S+\s+purl\s+(\S+)$/.exec(raw)?.[1];
        const start = value.place.span.end - (purl?.length ?? 0);
        if (current && purl !== undefined) current.purls.push({ value: purl, place: { span: spanOf(start, value.place.span.end) } });
        break;
      }
      case 'Relationship': {
        const [from = '', type = '', to = ''] = raw.split(/\s+/);
        relationships.push({ from, type, to });
        break;
      }
      case 'LicenseID':
        current = undefined;
        licence = raw;
        break;
      case 'LicenseName':
        if (licence !== '') extracted.set(licence, raw);
        break;
      default:
    }
  }
  return {
    packages: packages.map((entry) => ({ ...entry, address: entry.address, declared: entry.declared, concluded: entry.concluded })),
    relationships,
    extracted,
    files,
  };
};

const saysNothing = (value: Value | undefined): boolean => value === undefined || value.value === 'NOASSERTION' || value.value === 'NONE';

const licencesOf = (entry: Package, extracted: Document2['extracted']): Item['licences'] => {
  const stated = saysNothing(entry.declared) ? entry.concluded : entry.declared;
  if (stated === undefined) return [];
  const name = extracted.get(stated.value);
  return [{ stated: name ?? stated.value, field: name === undefined ? 'spdx' : 'free', place: stated.place }];
};

export interface Inventory {
  readonly items: readonly Item[];
  readonly links: readonly Link[];
  readonly files: readonly Listed[];
}

const inventoryOf = (document: Document2): Inventory => {
  const described = new Set(
    document.relationships.flatMap(({ from, type, to }) => (type === 'DESCRIBES' ? [to] : type === 'DESCRIBED_BY' && /DOCUMENT/i.test(to) ? [from] : [])),
  );
  const items = document.packages.flatMap((entry): Item[] => {
    const byPurl = entry.purls.flatMap((purl) => present(workOfPurl(purl.value)).map((found) => ({ at: purl, found })))[0];
    const byLink = byPurl || !entry.address ? undefined : present(workOfLink(entry.address.value)).map((found) => ({ at: entry.address as Value, found }))[0];
    const at = byPurl ?? byLink;
    const place = at?.at ?? entry.name;
    const root = described.has(entry.id);
    return place
      ? [
          {
            ref: entry.id,
            kind: kindOfWork(at?.found) ?? 'code',
            name: entry.name?.value,
            located: at?.found,
            licences: licencesOf(entry, document.extracted),
            place: place.place,
            root,
          },
        ]
      : [];
  });
  const kindOf = new Map(items.map((item) => [item.ref, item.kind]));
  const links = document.relationships.flatMap(({ from, type, to }): Link[] => {
    if (type === 'DESCENDANT_OF' || type === 'VARIANT_OF') return [{ from, to, type: descent(kindOf.get(to)) }];
    if (type === 'ANCESTOR_OF') return [{ from: to, to: from, type: descent(kindOf.get(from)) }];
    return type === 'COPY_OF' ? [{ from, to, type: 'copiedFrom' }] : [];
  });
  return { items, links, files: document.files };
};

export const inventoryOfJson2 = (root: DataNode): Inventory => inventoryOf(documentOfJson(root));
export const inventoryOfTags = (text: string): Inventory => inventoryOf(documentOfTags(text));
