import type { RelationType } from '../knowledge/types.ts';
import { relationWords } from '../lineage/path.ts';
import type { Bill, BillFile, BillRelation, BillWork } from './bill.ts';
import { jsonText } from './json-text.ts';
import { plain } from './plain.ts';
import { licenceElements, licenceTarget } from './spdx-licences.ts';
import { namesIn } from './spdx-names.ts';
import type { Element, Names } from './spdx-names.ts';
import { uuidOf } from './uuid.ts';

/** What the format calls a relation; some are told the other way round there. */
const relationships: Readonly<Record<RelationType, { readonly type: string; readonly reversed?: true }>> = {
  finetune: { type: 'descendantOf' },
  adapter: { type: 'descendantOf' },
  quantized: { type: 'descendantOf' },
  merge: { type: 'descendantOf' },
  distilledFrom: { type: 'descendantOf' },
  trainedOn: { type: 'trainedOn' },
  testedOn: { type: 'testedOn' },
  generatedBy: { type: 'generates', reversed: true },
  copiedFrom: { type: 'copiedTo', reversed: true },
  loads: { type: 'dependsOn' },
  bundles: { type: 'contains' },
  publishes: { type: 'hasDistributionArtifact' },
};

const classes: Readonly<Record<BillWork['kind'], { readonly type: string; readonly purpose: string }>> = {
  model: { type: 'ai_AIPackage', purpose: 'model' },
  dataset: { type: 'dataset_DatasetPackage', purpose: 'data' },
  code: { type: 'software_Package', purpose: 'library' },
  service: { type: 'software_Package', purpose: 'other' },
};

const evidenceText = ({ row }: BillWork): string | null => {
  if (!row || row.evidence === null) return null;
  return [`evidence: ${row.evidence}`, row.source, row.asOf === null ? null : `as of ${row.asOf}`, row.confidence].filter((part) => part !== null).join('; ');
};

const packageOf = (work: BillWork, names: Names, subject: boolean): Element => {
  const { type, purpose } = classes[work.kind];
  const evidence = evidenceText(work);
  return {
    type,
    spdxId: names.of('work', work.id),
    creationInfo: names.creation,
    name: plain(work.name),
    ...(evidence === null ? {} : { comment: plain(evidence) }),
    externalIdentifier: [
      ...(work.purl === null ? [] : [{ type: 'ExternalIdentifier', externalIdentifierType: 'packageUrl', identifier: work.purl }]),
      { type: 'ExternalIdentifier', externalIdentifierType: 'other', identifier: plain(work.id), issuingAuthority: 'pedigree' },
    ],
    ...(work.owner === null ? {} : { suppliedBy: names.of('owner', work.owner) }),
    ...(work.purl === null ? {} : { software_packageUrl: work.purl }),
    ...(work.revision === null ? {} : { software_packageVersion: work.revision }),
    ...(work.page === null ? {} : { software_downloadLocation: work.page }),
    software_primaryPurpose: subject && work.kind === 'code' ? 'source' : purpose,
    ...(type === 'dataset_DatasetPackage' ? { dataset_datasetType: ['noAssertion'] } : {}),
  };
};

const fileOf = ({ path, digests }: BillFile, names: Names): Element => ({
  type: 'software_File',
  spdxId: names.of('file', path),
  creationInfo: names.creation,
  name: path,
  verifiedUsing: Object.entries(digests).map(([algorithm, hashValue]) => ({ type: 'Hash', algorithm, hashValue })),
  software_fileKind: 'file',
});

interface Told {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly description?: string;
  readonly comment?: string;
}

const relationshipOf = ({ from, to, type, description, comment }: Told, names: Names): Element => ({
  type: 'Relationship',
  spdxId: names.by('relationship', `${type} ${comment ?? ''} ${from} ${to}`),
  creationInfo: names.creation,
  ...(comment === undefined ? {} : { comment }),
  ...(description === undefined ? {} : { description: plain(description) }),
  from,
  relationshipType: type,
  to: [to],
});

const toldOf = ({ from, to, type, path, line }: BillRelation, names: Names): Told => {
  const { type: name, reversed } = relationships[type];
  const [source, target] = reversed ? [to, from] : [from, to];
  return {
    from: names.of('work', source),
    to: names.of('work', target),
    type: name,
    // The format has one word for several ways to descend: this says which, and is read back.
    comment: `pedigree:relation ${type}`,
    description: `${relationWords(type)}${path === null ? '' : `, at ${path}:${line ?? 1}`}`,
  };
};

const licences = (work: BillWork, names: Names): readonly Told[] => {
  const from = names.of('work', work.id);
  return [
    { from, type: 'hasDeclaredLicense', to: licenceTarget(work.declared, names) },
    { from, type: 'hasConcludedLicense', to: licenceTarget(work.concluded, names) },
  ];
};

const annotation = (work: BillWork, statement: string, names: Names): Element => ({
  type: 'Annotation',
  spdxId: names.by('annotation', `${work.id} ${statement}`),
  creationInfo: names.creation,
  annotationType: 'other',
  subject: names.of('work', work.id),
  statement: plain(statement),
});

const seen = (met: boolean | null): string => (met === null ? 'cannot be seen in a repository' : met ? 'seen in the repository' : 'not seen in the repository');

const annotations = (work: BillWork, names: Names): readonly Element[] => {
  const owed = work.obligations.map(({ duty, clause, licence, met }) => `Owed: ${duty} (${clause === null ? '' : `${clause}, `}${licence}); ${seen(met)}.`);
  const may = work.publishable && `May be published as: ${work.publishable.as.join(' AND ') || 'no licence that is known'}. ${work.publishable.why}`;
  return [...new Set([...owed, ...(may === null ? [] : [may])])].map((statement) => annotation(work, statement, names));
};

const profiles = ['core', 'software', 'simpleLicensing', 'expandedLicensing', 'ai', 'dataset'];

const graphOf = (bill: Bill, created: string, names: Names): readonly Element[] => {
  const [subject, ...others] = bill.works;
  const { creation: creationInfo } = names;
  const owners = [...new Set(bill.works.flatMap(({ owner }) => owner ?? []))];
  const files = bill.works.flatMap((work) => work.files.map((file) => ({ work, file })));
  const told = [
    ...bill.works.flatMap((work) => licences(work, names)),
    ...bill.relations.map((row) => toldOf(row, names)),
    ...files.map(({ work, file }): Told => ({ from: names.of('work', work.id), type: 'contains', to: names.of('file', file.path) })),
  ];
  const elements = [
    ...owners.map((name): Element => ({ type: 'Organization', spdxId: names.of('owner', name), creationInfo, name: plain(name) })),
    packageOf(subject, names, true),
    ...others.map((work) => packageOf(work, names, false)),
    ...new Map(files.map(({ file }) => [file.path, fileOf(file, names)])).values(),
    ...licenceElements(bill, names),
    ...told.map((row) => relationshipOf(row, names)),
    ...bill.works.flatMap((work) => annotations(work, names)),
  ];
  const tools: readonly Element[] = [
    { type: 'SoftwareAgent', spdxId: names.of('agent', 'pedigree'), creationInfo, name: 'Pedigree' },
    { type: 'Tool', spdxId: names.of('tool', 'pedigree'), creationInfo, name: `pedigree ${bill.version}`, comment: `knowledge of ${bill.knowledge}` },
  ];
  const made: Element = {
    type: 'CreationInfo',
    '@id': creationInfo,
    created,
    createdBy: [names.of('agent', 'pedigree')],
    createdUsing: [names.of('tool', 'pedigree')],
    specVersion: '3.0.1',
    ...(bill.complete ? {} : { comment: 'The audit is incomplete: not everything could be read.' }),
  };
  const whole = { creationInfo, profileConformance: profiles, element: [...tools, ...elements].map(({ spdxId }) => spdxId) };
  const bom = names.of('bom', '1');
  return [
    made,
    { type: 'SpdxDocument', spdxId: names.of('document', '1'), name: plain(bill.name), rootElement: [bom], ...whole },
    { type: 'software_Sbom', spdxId: bom, name: plain(bill.name), rootElement: [names.of('work', subject.id)], software_sbomType: ['analyzed'], ...whole },
    ...tools,
    ...elements,
  ];
};

/** SPDX 3.0.1 in JSON-LD, with the profiles for AI and data. Its addresses follow from its content. */
export const spdxOf = (bill: Bill, created: string): string => {
  const space = `https://spdx.org/spdxdocs/pedigree-${uuidOf(JSON.stringify(graphOf(bill, '', namesIn(''))))}/`;
  return jsonText({ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': graphOf(bill, created, namesIn(space)) });
};
