import { ComponentType, ExternalReferenceType, HashAlgorithm, LicenseAcknowledgement, LifecyclePhase } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  ComponentEvidence,
  ComponentRepository,
  ExternalReference,
  ExternalReferenceRepository,
  HashDictionary,
  LicenseExpression,
  LicenseRepository,
  LifecycleRepository,
  Metadata,
  NamedLicense,
  OrganizationalEntity,
  Property,
  PropertyRepository,
  Service,
  SpdxLicense,
  Tools,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json } from '@cyclonedx/cyclonedx-library/Serialize';
import { isSupportedSpdxId } from '@cyclonedx/cyclonedx-library/SPDX';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import type { DigestAlgorithm } from '../artefacts/types.ts';
import { compareText } from '../text/compare.ts';
import { expressionOf } from './bill.ts';
import type { Bill, BillFile, BillWork, Licensing } from './bill.ts';
import { componentType, extrasOf } from './cyclonedx-extras.ts';
import { jsonText } from './json-text.ts';
import { plain } from './plain.ts';
import { uuidOf } from './uuid.ts';

const licenceOf = (id: string, how: LicenseAcknowledgement, { terms }: Bill): SpdxLicense | NamedLicense => {
  const known = terms.get(id);
  const more = { acknowledgement: how, ...(known?.link ? { url: known.link } : {}) };
  if (isSupportedSpdxId(id)) return new SpdxLicense(id, more);
  const properties = new PropertyRepository(known ? [new Property('pedigree:licence-name', known.name)] : []);
  return new NamedLicense(id, { ...more, properties });
};

const listed = ({ ids, choice }: Licensing, how: LicenseAcknowledgement, bill: Bill): LicenseRepository => {
  if (!choice) return new LicenseRepository(ids.map((id) => licenceOf(id, how, bill)));
  const expression = new LicenseExpression(expressionOf({ ids, choice }));
  expression.acknowledgement = how;
  return new LicenseRepository([expression]);
};

const { DECLARED, CONCLUDED } = { DECLARED: LicenseAcknowledgement.Declared, CONCLUDED: LicenseAcknowledgement.Concluded };

/** What is declared and what is concluded beside it. An expression stands alone, so what is concluded beside a choice goes to the evidence. */
const licencesOf = ({ declared, concluded }: BillWork, bill: Bill): { readonly licenses: LicenseRepository; readonly evidence?: ComponentEvidence } => {
  if (!declared) return { licenses: concluded ? listed(concluded, CONCLUDED, bill) : new LicenseRepository() };
  const more = concluded?.ids.filter((id) => !declared.ids.includes(id)) ?? [];
  const others = listed({ ids: more, choice: false }, CONCLUDED, bill);
  const licenses = listed(declared, DECLARED, bill);
  if (declared.choice) return { licenses, ...(more.length === 0 ? {} : { evidence: new ComponentEvidence({ licenses: others }) }) };
  return { licenses: new LicenseRepository([...licenses, ...others]) };
};

const properties = (rows: readonly (readonly [string, string | null | undefined])[]): PropertyRepository =>
  new PropertyRepository(rows.flatMap(([name, value]) => (value ? [new Property(`pedigree:${name}`, plain(value))] : [])));

/** Relations in our own words, all of them: the format has a place for some only. */
const propertiesOf = ({ id, row, obligations, publishable }: BillWork, bill: Bill): PropertyRepository =>
  properties([
    ['work', id],
    ['evidence', row?.evidence],
    ['source', row?.source],
    ['as-of', row?.asOf],
    ['confidence', row?.confidence],
    ...bill.relations.filter(({ from }) => from === id).map(({ type, to }): readonly [string, string] => ['relation', `${type} ${to}`]),
    ...obligations.map(({ duty, clause, licence, met }): readonly [string, string] => {
      const state = met === null ? 'cannot be seen' : met ? 'seen' : 'not seen';
      return ['owed', `${duty} (${clause === null ? '' : `${clause}, `}${licence}): ${state} in the repository`];
    }),
    ['publishable-as', publishable && publishable.as.join(' AND ')],
    ['publishable-why', publishable?.why],
  ]);

const algorithms: Readonly<Record<DigestAlgorithm, HashAlgorithm>> = {
  md5: HashAlgorithm.MD5,
  sha1: HashAlgorithm['SHA-1'],
  sha256: HashAlgorithm['SHA-256'],
  sha512: HashAlgorithm['SHA-512'],
};

const fileOf = (work: BillWork, { path, digests }: BillFile): Component => {
  const hashes = Object.entries(digests).map(([algorithm, digest]): [HashAlgorithm, string] => [algorithms[algorithm as DigestAlgorithm], digest]);
  return new Component(ComponentType.File, path, { bomRef: `${work.id} file:${path}`, hashes: new HashDictionary(hashes) });
};

const references = (rows: readonly (readonly [ExternalReferenceType, string | null | undefined])[]): ExternalReferenceRepository =>
  new ExternalReferenceRepository(rows.flatMap(([type, url]) => (url ? [new ExternalReference(url, type)] : [])));

const types = { 'machine-learning-model': ComponentType.MachineLearningModel, data: ComponentType.Data, library: ComponentType.Library } as const;

const componentOf = (work: BillWork, bill: Bill, subject: boolean): Component => {
  const type = types[componentType(work)];
  return new Component(subject && type === ComponentType.Library ? ComponentType.Application : type, plain(work.name), {
    bomRef: work.id,
    ...(work.owner === null ? {} : { group: plain(work.owner) }),
    ...(work.revision === null ? {} : { version: work.revision }),
    ...(work.purl === null ? {} : { purl: work.purl }),
    ...licencesOf(work, bill),
    externalReferences: references([[ExternalReferenceType.Website, work.page]]),
    components: new ComponentRepository(work.files.map((file) => fileOf(work, file))),
    properties: propertiesOf(work, bill),
  });
};

const serviceOf = (work: BillWork, bill: Bill): Service => {
  const [provider, ...name] = work.name.split('/');
  return new Service(plain(name.length > 0 ? name.join('/') : work.name), {
    bomRef: work.id,
    ...(name.length > 0 && provider ? { provider: new OrganizationalEntity({ name: plain(provider) }) } : {}),
    properties: propertiesOf(work, bill),
  });
};

const bomOf = (bill: Bill): Bom => {
  const [subject, ...others] = bill.works;
  const components = new Map(bill.works.filter(({ kind }) => kind !== 'service').map((work) => [work.id, componentOf(work, bill, work === subject)]));
  const services = new Map(others.filter(({ kind }) => kind === 'service').map((work) => [work.id, serviceOf(work, bill)]));
  for (const { from, to } of bill.relations) {
    const [source, target] = [components.get(from) ?? services.get(from), components.get(to) ?? services.get(to)];
    if (source && target && source !== target) source.dependencies.add(target.bomRef);
  }
  const main = components.get(subject.id);
  const tool = new Component(ComponentType.Application, 'pedigree', { version: bill.version });
  const bom = new Bom({
    metadata: new Metadata({
      ...(bill.created === null ? {} : { timestamp: new Date(bill.created) }),
      lifecycles: new LifecycleRepository([LifecyclePhase.PreBuild]),
      tools: new Tools({ components: new ComponentRepository([tool]) }),
      ...(main ? { component: main } : {}),
      properties: properties([['knowledge', bill.knowledge]]),
    }),
  });
  for (const component of components.values()) if (component !== main) bom.components.add(component);
  for (const service of services.values()) bom.services.add(service);
  return bom;
};

type Written = Readonly<Record<string, unknown>>;

/** CycloneDX 1.6 in JSON, as a bill of materials of models and data. The same content has the same serial number. */
export const cyclonedxOf = (bill: Bill): string => {
  const written = new Json.Normalize.Factory(Spec1dot6).makeForBom().normalize(bomOf(bill), {}) as unknown as Written & {
    readonly metadata: Written & { readonly component: Written };
    readonly components?: readonly Written[];
    readonly dependencies?: readonly (Written & { readonly ref: string; readonly dependsOn?: readonly string[] })[];
  };
  const extend = extrasOf(bill);
  const whole = (component: Written): Written => extend(String(component['bom-ref']), component);
  const { $schema, bomFormat, specVersion, serialNumber: _, ...rest } = written;
  const content = {
    ...rest,
    version: 1,
    metadata: { ...written.metadata, component: whole(written.metadata.component) },
    components: (written.components ?? []).map(whole),
    dependencies: (written.dependencies ?? [])
      .map((row) => (row.dependsOn ? { ...row, dependsOn: row.dependsOn.toSorted(compareText) } : row))
      .toSorted((a, b) => compareText(a.ref, b.ref)),
    compositions: [{ aggregate: bill.complete ? 'unknown' : 'incomplete', assemblies: [bill.works[0].id] }],
  };
  const head = { $schema, bomFormat, specVersion, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(content))}` };
  return jsonText({ ...head, ...content });
};
