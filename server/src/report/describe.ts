import type {
  AliasRecord,
  DatasetRecord,
  DatedLicences,
  DisputeRecord,
  HubLicence,
  Knowledge,
  ModelRecord,
  Provenance,
  ServiceTerms,
  Terms,
} from '../knowledge/types.ts';
import { modifiedOf, titleOfLicence } from '../licence/modified.ts';
import { relationWords } from '../lineage/path.ts';
import { dutyRows, permissionRows, strictRows } from './clause-rows.ts';
import { confidenceText } from './description.ts';
import type { Description, DescriptionRow } from './description.ts';

const provenanceOf = ({ source, asOf, confidence }: Provenance): Provenance => ({ source, asOf, confidence });

const uniqueSources = (records: readonly Provenance[]): readonly Provenance[] => {
  const seen = new Set<string>();
  return records.map(provenanceOf).filter((entry) => {
    const key = `${entry.source} ${entry.asOf ?? ''} ${entry.confidence}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
};

const categoryWords: Readonly<Record<Terms['category'], string>> = {
  'public-domain': 'public domain',
  permissive: 'permissive',
  'weak-copyleft': 'weak copyleft',
  copyleft: 'copyleft',
  'share-alike': 'share-alike',
  'use-restricted': 'use-restricted',
  proprietary: 'proprietary',
  'non-commercial': 'non-commercial',
  'research-only': 'research only',
};

/** Notes that a reader needs before trusting the rows. */
const trustNote = (record: Provenance): readonly string[] =>
  ['from-summary', 'quoted-text'].includes(record.confidence) ? [`How this is known: ${confidenceText(record.confidence)}.`] : [];

const describeTerms = (terms: Terms, notes: readonly string[] = []): Description => ({
  kind: 'licence',
  title: terms.name,
  subtitle: [
    terms.id,
    terms.publisher,
    categoryWords[terms.category],
    terms.osi === true ? 'OSI-approved' : null,
    terms.effective ? `in force from ${terms.effective}` : null,
  ]
    .filter((part) => part !== null)
    .join(', '),
  rows: [
    ...permissionRows(terms.clauses),
    ...dutyRows(terms.clauses),
    ...(terms.hubTags.length > 0 ? [{ label: 'Hub tag', value: terms.hubTags.join(', ') }] : []),
    ...(terms.licenceNames.length > 0 ? [{ label: 'Usual license_name', value: terms.licenceNames.join(', ') }] : []),
    ...(terms.link ? [{ label: 'Text', value: terms.link }] : []),
  ],
  notes: [...notes, ...trustNote(terms)],
  sources: [provenanceOf(terms)],
  seeAlso: [],
});

const describeTag = (row: HubLicence, knowledge: Knowledge): Description => {
  const only = row.terms.length === 1 && !row.ambiguous ? row.terms[0] : undefined;
  const terms = only === undefined ? undefined : knowledge.terms(only);
  if (terms) return describeTerms(terms, [`The hub tag ${row.tag} means these terms.`]);
  const said = row.notALicence
    ? 'names no licence: license_name and license_link have to say which'
    : row.ambiguous
      ? 'names a family of licences and no version: pick the exact one'
      : 'its terms are not recorded here';
  return {
    kind: 'licence',
    title: row.name,
    subtitle: `hub tag ${row.tag}`,
    rows: [{ label: 'Tag', value: said }, ...(row.spdx ? [{ label: 'SPDX id', value: row.spdx }] : [])],
    notes: [],
    sources: [],
    seeAlso: row.terms,
  };
};

const describeName = (name: string, ids: readonly string[], knowledge: Knowledge): Description | undefined => {
  const [first, ...others] = ids;
  const terms = first === undefined ? undefined : knowledge.terms(first);
  if (terms && others.length === 0) return describeTerms(terms, [`The license_name ${name} means these terms.`]);
  if (ids.length === 0) return undefined;
  return {
    kind: 'licence',
    title: name,
    subtitle: 'license_name of several texts',
    rows: ids.map((id) => ({ label: 'May be', value: `${knowledge.terms(id)?.name ?? id} (${id})` })),
    notes: ['Which one applies has to be read from the text or the work.'],
    sources: [],
    seeAlso: ids,
  };
};

const licenceText = (id: string, knowledge: Knowledge): string => {
  const name = titleOfLicence(id, knowledge);
  return name === id ? id : `${name} (${id})`;
};

/** The id that a changed text is given names no terms: what it was made from is all that is known of it. */
const describeModified = (id: string, knowledge: Knowledge): Description | undefined => {
  const base = modifiedOf(id, knowledge);
  if (base === undefined) return undefined;
  return {
    kind: 'licence',
    title: titleOfLicence(id, knowledge),
    subtitle: id,
    rows: [{ label: 'Made from', value: licenceText(base, knowledge) }],
    notes: ['Its conditions were changed, so the terms of that licence are not its terms. What holds stands in the text.'],
    sources: [],
    seeAlso: [base],
  };
};

const statedWords: Readonly<Record<string, string>> = {
  'category:non-commercial': 'stated as non-commercial, no licence named',
  'category:research-only': 'stated as for research only, no licence named',
  'category:use-restricted': 'stated as open to commerce by application, no licence named',
  'category:duty': 'stated with a duty of whoever uses it, no licence named',
};

const licenceRow = (row: DatedLicences, next: DatedLicences | undefined, knowledge: Knowledge): DescriptionRow => {
  const said =
    row.licences.length > 0
      ? row.licences.map((id) => licenceText(id, knowledge)).join(' and ')
      : (statedWords[row.stated ?? ''] ?? `stated as "${row.stated ?? ''}", which names no exact licence`);
  const span = row.from ? `, from ${row.from}` : next?.from ? `, until ${next.from}` : '';
  return {
    label: row.licences.length > 1 ? 'Licences, all bind' : 'Licence',
    value: `${said}${span}; evidence: ${confidenceText(row.confidence)}${row.asOf ? `, as of ${row.asOf}` : ''}`,
  };
};

const licenceRows = (rows: readonly DatedLicences[], knowledge: Knowledge): readonly DescriptionRow[] =>
  rows.length > 0
    ? rows.map((row, index) => licenceRow(row, rows[index + 1], knowledge))
    : [{ label: 'Licence', value: 'none is known: that says nothing of what is allowed' }];

/** The facts of the licences in force last that limit or oblige; permissions would only lengthen the table. */
const limitRows = (rows: readonly DatedLicences[], knowledge: Knowledge): readonly DescriptionRow[] => {
  const ids = rows.at(-1)?.licences ?? [];
  return ids.flatMap((id) => {
    const terms = knowledge.terms(id);
    if (!terms) return [];
    return strictRows(terms.clauses).map((row) => (ids.length > 1 ? { ...row, value: `${row.value} (${terms.name})` } : row));
  });
};

const disputeNotes = (disputes: readonly DisputeRecord[]): readonly string[] =>
  disputes
    .toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1))
    .map((row) => `Recorded as ${row.kind}${row.date ? ` (${row.date})` : ''}: ${row.statement}`);

const aliasNotes = (alias: AliasRecord | undefined): readonly string[] => {
  if (!alias || alias.from === alias.to) return [];
  return [
    alias.same
      ? `${alias.from} is now ${alias.to}: ${alias.relation}.`
      : `${alias.to} may stand in its place, but is not the same repository: ${alias.relation}.`,
  ];
};

const matchWords: Readonly<Record<ModelRecord['match'], string>> = {
  record: 'recorded for this very id',
  pattern: "by the publisher's rule for its ids",
  hub: 'from a dated listing of the hub',
  name: 'guessed from the id alone',
};

/** A note of the tables as a sentence; one that begins with an id or an address keeps its spelling. */
const sentence = (text: string): string =>
  `${/^[a-z]+[ ,]/.test(text) ? text.slice(0, 1).toUpperCase() : text.slice(0, 1)}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

const describeModel = (asked: string, record: ModelRecord, knowledge: Knowledge): Description => {
  const relation = record.relation ? relationWords(record.relation) : 'made from';
  const conflicting = record.conflicting.length > 0 ? [`Sources disagree: ${record.conflicting.join('; ')}.`] : [];
  return {
    kind: 'model',
    title: record.id,
    subtitle: `model, ${matchWords[record.match]}`,
    rows: [
      ...licenceRows(record.licences, knowledge),
      ...limitRows(record.licences, knowledge),
      ...record.bases.map((base) => ({ label: 'Base', value: `${relation} ${base}` })),
      ...record.datasets.map((dataset) => ({ label: 'Data set', value: dataset })),
    ],
    notes: [
      ...aliasNotes(knowledge.alias('model', asked)),
      ...(record.note ? [sentence(record.note)] : []),
      ...conflicting,
      ...(record.bases.length > 0 ? ['Terms of a base stay in force for what is made from it, whatever the tag says.'] : []),
      ...disputeNotes(knowledge.disputes(asked)),
    ],
    sources: uniqueSources([...record.licences, record]),
    seeAlso: [...(record.licences.at(-1)?.licences ?? []), ...record.bases],
  };
};

const describeDataset = (asked: string, record: DatasetRecord, knowledge: Knowledge): Description => {
  const none =
    record.licences.length === 0 && record.licenceStatus === 'stated-none'
      ? [{ label: 'Licence', value: 'its own page is recorded as stating none' }]
      : licenceRows(record.licences, knowledge);
  const writers = record.generatedBy.map((by) => {
    const service = by.service === null ? undefined : knowledge.service(by.service);
    return {
      label: 'Holds outputs of',
      value: service ? `${by.name} (${service.name}); per its terms, ${service.summary}` : by.name,
      ...(service?.clause ? { clause: service.clause } : {}),
    };
  });
  return {
    kind: 'dataset',
    title: record.id,
    subtitle: `data set, ${matchWords[record.match]}`,
    rows: [
      ...none,
      ...limitRows(record.licences, knowledge),
      ...writers,
      ...record.derivedFrom.map((id) => ({ label: 'Made from', value: id })),
      ...(record.status ? [{ label: 'Status', value: record.status }] : []),
    ],
    notes: [
      ...aliasNotes(knowledge.alias('dataset', asked)),
      ...(record.note ? [sentence(record.note)] : []),
      ...(writers.some((row) => row.clause) ? ['Terms of a service bind those who called it; whether they reach users of the data is another question.'] : []),
      ...disputeNotes(knowledge.disputes(asked)),
    ],
    sources: uniqueSources([...record.licences, record]),
    seeAlso: [
      ...(record.licences.at(-1)?.licences ?? []),
      ...new Set(record.generatedBy.flatMap((by) => (by.service === null ? [] : [`service:${by.service}`]))),
    ],
  };
};

const answers: Readonly<Record<string, string>> = {
  allowed: 'yes, per its terms',
  forbidden: 'no, per its terms',
  'competing-only': 'not models that compete with it, per its terms',
  conditional: 'on conditions',
  silent: 'its terms do not bar it',
  unread: 'not known: the terms were not read',
};

const listRow = (label: string, values: readonly string[]): readonly DescriptionRow[] => (values.length > 0 ? [{ label, value: values.join(', ') }] : []);

const describeService = (service: ServiceTerms, model: string | null): Description => ({
  kind: 'service',
  title: model === null ? service.name : `${model} (${service.name})`,
  subtitle: [`service ${service.id}`, service.provider, service.effective ? `terms of ${service.effective}` : null].filter((part) => part !== null).join(', '),
  rows: [
    {
      label: 'Train a model on outputs',
      value: answers[service.trainAnyModel ?? 'unread'] ?? 'not known',
      ...(service.clause ? { clause: service.clause } : {}),
    },
    { label: 'In short', value: service.summary },
    ...(service.unless ? [{ label: 'Unless', value: service.unless }] : []),
    { label: 'Publish outputs', value: answers[service.publishOutputs ?? 'unread'] ?? 'not known' },
    ...(service.outputOwner
      ? [{ label: 'Outputs belong to', value: service.outputOwner === 'unclear' ? 'not clear from its terms' : `the ${service.outputOwner}` }]
      : []),
    ...(service.extractionNamed
      ? [{ label: 'Extraction', value: 'named in its terms', ...(service.extractionClause ? { clause: service.extractionClause } : {}) }]
      : []),
    ...service.earlier.map((row) => ({ label: `Until ${row.until}`, value: row.summary })),
    ...service.byModel.map((row) => ({ label: `Models ${row.pattern}`, value: row.summary, ...(row.clause ? { clause: row.clause } : {}) })),
    ...(service.decidedBy ? [{ label: 'Decided by', value: service.decidedBy }] : []),
    ...listRow('Hosts', service.hosts),
    ...listRow('Python', service.python),
    ...listRow('JavaScript', service.javascript),
    ...listRow('Environment', service.environment),
  ],
  notes: ['Terms of a service bind the account holder; they do not travel with the data.', ...trustNote(service)],
  sources: [provenanceOf(service)],
  seeAlso: [],
});

const modelOf = (id: string, knowledge: Knowledge): Description | undefined => {
  const record = knowledge.model(id);
  return record ? describeModel(id, record, knowledge) : undefined;
};

const datasetOf = (id: string, knowledge: Knowledge): Description | undefined => {
  const record = knowledge.dataset(id);
  return record ? describeDataset(id, record, knowledge) : undefined;
};

/** Data that writers call by a name: a record of their own, which may know nothing but under which id they are published. */
const byNameOf = (name: string, knowledge: Knowledge): Description | undefined => {
  const record = knowledge.dataset(`name:${name}`);
  const [published, ...others] = record?.derivedFrom ?? [];
  const isPlace = record?.licences.length === 0 && published !== undefined && others.length === 0;
  return (isPlace ? datasetOf(published, knowledge) : undefined) ?? (record ? describeDataset(record.id, record, knowledge) : undefined);
};

const serviceOf = (rest: string, knowledge: Knowledge): Description | undefined => {
  const slash = rest.indexOf('/');
  const service = knowledge.service(slash < 0 ? rest : rest.slice(0, slash));
  return service ? describeService(service, slash < 0 ? null : rest.slice(slash + 1)) : undefined;
};

const licenceOf = (id: string, knowledge: Knowledge): Description | undefined => {
  const tag = knowledge.hubLicence(id.toLowerCase());
  if (tag) return describeTag(tag, knowledge);
  const terms = knowledge.terms(id) ?? knowledge.terms(`LicenseRef-${id}`);
  return terms ? describeTerms(terms) : (describeName(id, knowledge.licenceName(id), knowledge) ?? describeModified(id, knowledge));
};

/** A model and a data set may share an id: the model is described, and the other named. */
const hubOf = (id: string, knowledge: Knowledge): Description | undefined => {
  const model = modelOf(id, knowledge);
  const dataset = datasetOf(id, knowledge);
  if (model && dataset) return { ...model, seeAlso: [...model.seeAlso, `pkg:huggingface/datasets/${id}`] };
  return model ?? dataset;
};

const withoutRevision = (id: string): string => (id.includes('@') ? id.slice(0, id.indexOf('@')) : id);

/**
 * What the tables say of an id: an SPDX id, `LicenseRef-...`, slug, hub tag or `license_name`; a model or data set with or without
 * `pkg:huggingface/`; a service id, `service:x` or `service:x/model`. Undefined where nothing is known.
 */
export const describe = (id: string, knowledge: Knowledge): Description | undefined => {
  const asked = id.trim();
  if (asked === '') return undefined;
  if (asked.startsWith('pkg:huggingface/datasets/')) return datasetOf(withoutRevision(asked.slice('pkg:huggingface/datasets/'.length)), knowledge);
  if (asked.startsWith('pkg:huggingface/')) return modelOf(withoutRevision(asked.slice('pkg:huggingface/'.length)), knowledge);
  if (asked.startsWith('service:')) return serviceOf(asked.slice('service:'.length), knowledge);
  const named = licenceOf(asked, knowledge);
  if (named) return named;
  const hub = hubOf(withoutRevision(asked), knowledge);
  if (hub) return hub;
  const short = knowledge.datasetByShortName(asked);
  return serviceOf(asked, knowledge) ?? (short === undefined ? byNameOf(asked, knowledge) : datasetOf(short, knowledge));
};
