import type { Artefact } from '../../server/src/artefacts/artefact.ts';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { createKnowledge } from '../../server/src/knowledge/catalogue.ts';
import { noHub } from '../../server/src/knowledge/tables.ts';
import type { KnowledgeTables } from '../../server/src/knowledge/tables.ts';
import { modifications } from '../../server/src/knowledge/types.ts';
import type {
  AliasRecord,
  Category,
  Clause,
  DatasetRecord,
  HubLicence,
  Knowledge,
  ModelRecord,
  RelationType,
  Terms,
} from '../../server/src/knowledge/types.ts';
import { buildLineage } from '../../server/src/lineage/build.ts';
import { shortName } from '../../server/src/lineage/path.ts';
import type { Lineage } from '../../server/src/lineage/types.ts';
import { noPolicy, readPolicy } from '../../server/src/policy/read.ts';
import { parseRepo, today } from '../support/repo.ts';

/** A small world of its own: what is tested here is how terms travel, not whose terms they are. */
const from = { source: 'test', asOf: null, confidence: 'table' };

export const clause = (kind: Clause['kind'], effect: Clause['effect'], reaches: readonly RelationType[], more: Partial<Clause> = {}): Clause => ({
  kind,
  clause: `s. ${kind}`,
  on: 'distribute',
  effect,
  what: kind,
  binds: 'user',
  reaches,
  ...more,
});

const terms = (id: string, category: Category, clauses: readonly Clause[]): Terms => ({
  id,
  name: id,
  version: null,
  publisher: null,
  category,
  hubTags: [],
  licenceNames: [],
  osi: null,
  effective: null,
  link: null,
  clauses,
  ...from,
});
const tag = (name: string, id: string): HubLicence => ({ tag: name, name, spdx: id, terms: [id], ambiguous: false, notALicence: false });

export const model = (id: string, licences: readonly string[], more: Partial<ModelRecord> = {}): ModelRecord => ({
  id,
  licences: licences.length > 0 ? [{ from: null, licences, stated: null, ...from }] : [],
  bases: [],
  relation: null,
  datasets: [],
  note: null,
  conflicting: [],
  match: 'record',
  ...from,
  ...more,
});
const dataset = (id: string, licences: readonly string[], more: Partial<DatasetRecord> = {}): DatasetRecord => ({
  id,
  name: null,
  licences: licences.length > 0 ? [{ from: null, licences, stated: null, ...from }] : [],
  generatedBy: [],
  derivedFrom: [],
  licenceStatus: 'stated',
  status: null,
  note: null,
  match: 'record',
  ...from,
  ...more,
});
const alias = (a: string, b: string): AliasRecord => ({ from: a, to: b, type: 'model', same: true, relation: 'renamed', ...from });

const outputs: readonly RelationType[] = ['distilledFrom', 'trainedOn', 'generatedBy'];

const tables: KnowledgeTables = {
  version: '2026-01-01',
  services: [],
  licenceNames: {},
  modelPatterns: [],
  shortNames: {},
  disputes: [],
  packages: [],
  licenceIndex: new Uint8Array(),
  hubLicences: [tag('mit', 'MIT'), tag('wide', 'LicenseRef-wide'), tag('narrow', 'LicenseRef-narrow'), tag('same', 'LicenseRef-same')],
  terms: [
    terms('MIT', 'permissive', [clause('commercial-use', 'permit', []), clause('licence-copy', 'require', modifications)]),
    terms('LicenseRef-wide', 'use-restricted', [
      clause('use-policy', 'require', modifications),
      clause('name-prefix', 'require', [...modifications, ...outputs], { value: 'Wide' }),
      clause('display-notice', 'require', modifications, { value: 'Made with Wide', alternatives: ['Improved with Wide'] }),
      clause('licence-copy', 'require', ['finetune', 'merge']),
      clause('commercial-use', 'conditional', []),
      clause('train-on-output', 'forbid', outputs),
    ]),
    terms('LicenseRef-narrow', 'non-commercial', [clause('commercial-use', 'forbid', modifications), clause('attribution', 'require', modifications)]),
    terms('LicenseRef-same', 'share-alike', [clause('same-licence', 'require', ['finetune'])]),
    terms('LicenseRef-barred', 'proprietary', [clause('derivatives', 'forbid', modifications)]),
    terms('LicenseRef-old', 'permissive', [clause('commercial-use', 'permit', [])]),
  ],
  models: [
    model('acme/wide', ['LicenseRef-wide']),
    model('acme/narrow', ['LicenseRef-narrow']),
    model('acme/free', ['MIT']),
    model('acme/barred', ['LicenseRef-barred']),
    model('acme/same', ['LicenseRef-same']),
    model('acme/anew', ['MIT'], { bases: ['acme/wide'], relation: 'finetune' }),
    model('brook/twice-anew', ['MIT'], { bases: ['brook/tuned'], relation: 'finetune' }),
    model('brook/tuned', ['MIT'], { bases: ['acme/wide'], relation: 'finetune' }),
    model('brook/twice', [], { bases: ['brook/tuned'], relation: 'quantized' }),
    model('acme/fed', ['MIT'], { datasets: ['acme/nc-data'] }),
    model('acme/a', [], { bases: ['acme/b'], relation: 'finetune' }),
    model('acme/b', [], { bases: ['acme/c'], relation: 'finetune' }),
    model('acme/c', ['LicenseRef-wide'], { bases: ['acme/a'], relation: 'finetune' }),
    model('acme/self', ['MIT'], { bases: ['acme/self'] }),
    model('acme/guessed', ['LicenseRef-narrow'], { match: 'name' }),
    model('acme/two', ['LicenseRef-wide', 'LicenseRef-narrow']),
    model('acme/dated', [], {
      licences: [
        { from: '2027-01-01', licences: ['LicenseRef-narrow'], stated: null, ...from },
        { from: null, licences: ['LicenseRef-old'], stated: null, ...from },
        { from: '2026-01-01', licences: ['LicenseRef-wide'], stated: null, ...from },
      ],
    }),
    model('acme/new', ['LicenseRef-wide']),
    model('acme/worded', [], { licences: [{ from: null, licences: [], stated: 'category:research-only', ...from }] }),
  ],
  datasets: [dataset('acme/nc-data', ['LicenseRef-narrow']), dataset('acme/free-data', ['MIT'])],
  aliases: [alias('acme/older', 'acme/new'), alias('acme/oldest', 'acme/older')],
};

export const smallWorld: Knowledge = createKnowledge(tables, noHub);

export const artefactsOf = (text: string, knowledge: Knowledge = smallWorld): ReadonlyMap<string, Artefact> => {
  const artefacts = new Map<string, Artefact>();
  for (const [path, bytes] of parseRepo(text).files) artefacts.set(path, readArtefact({ path, bytes, size: bytes.length }, knowledge));
  return artefacts;
};

/** The lineage of a repository in the format of `parseRepo`; its pedigree.yaml is the policy. */
export const lineageOf = (text: string, knowledge: Knowledge = smallWorld, on: string = today): Lineage => {
  const policyBytes = parseRepo(text).files.get('pedigree.yaml');
  const policy = policyBytes ? readPolicy(new TextDecoder().decode(policyBytes), 'pedigree.yaml', 'x') : noPolicy;
  return buildLineage({ artefacts: artefactsOf(text, knowledge), policy, knowledge, today: on });
};

/** What binds a work: `licence of source: clauses (way)`; own terms without a way. */
export const boundBy = (lineage: Lineage, work = 'local:.'): readonly string[] =>
  (lineage.bindings.get(work) ?? []).map(({ licence, source, path, clauses, inherited }) => {
    const name = licence.replace('LicenseRef-', '');
    return inherited
      ? `${name} of ${shortName(source)}: ${clauses.map((entry) => entry.kind).join(' ')} (${path.map((edge) => edge.type).join(' ')})`
      : `${name}, own`;
  });

/** A card of the root. */
export const card = (...lines: readonly string[]): string => `--- README.md\n---\n${lines.join('\n')}\n---\n`;
