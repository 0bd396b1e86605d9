import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Analysis } from '../../server/src/analysis/types.ts';
import { billOf } from '../../server/src/report/bill.ts';
import type { BillOptions } from '../../server/src/report/bill.ts';
import { cyclonedxOf } from '../../server/src/report/cyclonedx.ts';
import { spdxOf } from '../../server/src/report/spdx.ts';
import { addFormats } from '../support/ajv-formats.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { published } from '../support/published.ts';
import { analyseFiles, parseRepo, shown } from '../support/repo.ts';

const billFor = (analysis: Analysis, more: Partial<BillOptions> = {}): ReturnType<typeof billOf> =>
  billOf(analysis, testKnowledge(), { name: 'w', created: null, claims: [], measured: new Map(), ...more });

const day = '2026-01-02T00:00:00Z';
const formats: readonly (readonly [string, (analysis: Analysis) => string])[] = [
  ['our.cdx.json', (analysis) => cyclonedxOf(billFor(analysis))],
  ['our.spdx3.json', (analysis) => spdxOf(billFor(analysis), day)],
];

const fixtures = readdirSync('test/fixtures')
  .filter((name) => name.endsWith('.repo'))
  .map((name) => [name, parseRepo(readFileSync(`test/fixtures/${name}`, 'utf8')).files] as const);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const relations = (analysis: Analysis): readonly string[] => billFor(analysis).relations.map(({ from, to, type }) => `${from} ${type} ${to}`);
/** Works of others are looked up, so what the policy of the tree says of them is not told again. */
const licences = (analysis: Analysis): readonly string[] =>
  billFor(analysis)
    .works.filter(({ declared, concluded }) => declared !== null || concluded !== null)
    .map(({ id, kind, declared, concluded }) => `${id} ${kind} ${JSON.stringify([declared, concluded])}`);
/** Judges and test data are no part of what is handed on: what is listed of them stays a mention. */
const isEvaluation = (line: string): boolean => line.includes('eval');

type Element = Readonly<Record<string, unknown>>;
const graphOf = (text: string): readonly Element[] => (JSON.parse(text) as { readonly '@graph': readonly Element[] })['@graph'];

const tuned = analyseFiles(
  parseRepo(
    `--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\ndatasets: [tatsu-lab/alpaca]\n---\n--- model.gguf gguf {"general.license":"mit","general.base_model.count":1,"general.base_model.0.repo_url":"https://huggingface.co/meta-llama/Llama-3.1-8B"}\n--- run.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("acme/pinned", revision="${'a'.repeat(40)}")\n`,
  ).files,
);
const base = 'pkg:huggingface/meta-llama/Llama-3.1-8B';

interface Component {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly version?: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly pedigree?: { readonly ancestors: readonly { readonly purl: string }[] };
  readonly modelCard?: unknown;
  readonly evidence?: unknown;
  readonly components?: readonly unknown[];
}
interface Bom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly compositions: readonly { readonly aggregate: string }[];
}
const bomOf = (analysis: Analysis, more: Partial<BillOptions> = {}): Bom => JSON.parse(cyclonedxOf(billFor(analysis, more))) as Bom;
const componentOf = (ref: string): Component | undefined => bomOf(tuned).components.find((each) => each['bom-ref'] === ref);

const refsOf = (repo: string): readonly string[] => bomOf(analyseFiles(parseRepo(repo).files)).components.map((each) => each['bom-ref']);

const claim = { at: { path: 'x', fact: 'x' }, path: 'model.gguf', isThere: true, algorithm: 'sha256', digest: 'a'.repeat(64), via: 'pointer' } as const;

const cases: readonly (readonly [string, () => unknown, unknown])[] = [
  ['the subject as a model', () => bomOf(tuned).metadata.component.type, 'machine-learning-model'],
  ['data as data', () => componentOf('pkg:huggingface/datasets/tatsu-lab/alpaca')?.type, 'data'],
  ['ancestors', () => bomOf(tuned).metadata.component.pedigree?.ancestors.map(({ purl }) => purl), [base]],
  [
    'data of the training',
    () => bomOf(tuned).metadata.component.modelCard,
    { modelParameters: { datasets: [{ ref: 'pkg:huggingface/datasets/tatsu-lab/alpaca' }] } },
  ],
  [
    'a declared licence beside one that is concluded',
    () => JSON.stringify(bomOf(tuned).metadata.component.licenses).match(/"acknowledgement":"\w+"/g)?.length,
    2,
  ],
  ['the commit that is used', () => componentOf('pkg:huggingface/acme/pinned')?.version, 'a'.repeat(40)],
  ['and in the package URL', () => componentOf('pkg:huggingface/acme/pinned')?.purl, `pkg:huggingface/acme/pinned@${'a'.repeat(40)}`],
  ['no commit where none is named', () => componentOf(base)?.version, undefined],
  [
    'where a work is named',
    () => componentOf(base)?.evidence,
    {
      occurrences: [
        { location: 'README.md', line: 3 },
        { location: 'model.gguf', line: 1 },
      ],
    },
  ],
  [
    'digests of weights that stand-ins tell',
    () => bomOf(tuned, { claims: [claim] }).components.find((each) => each['bom-ref'] === 'local:model.gguf')?.components,
    [{ type: 'file', name: 'model.gguf', 'bom-ref': 'local:model.gguf file:model.gguf', hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }] }],
  ],
  ['nothing that is only spoken of', () => refsOf('--- README.md\nBetter than [theirs](https://huggingface.co/acme/theirs).\n'), []],
  [
    'nothing that only a name suggests',
    () => refsOf('--- m.py\nAutoModel.from_pretrained("somebody/Llama-3.1-8B-Instruct")\n'),
    ['pkg:huggingface/somebody/Llama-3.1-8B-Instruct'],
  ],
  ['no time', () => bomOf(tuned).metadata.timestamp, undefined],
  ['a time that is asked for', () => bomOf(tuned, { created: day }).metadata.timestamp, '2026-01-02T00:00:00.000Z'],
  ['one serial number for one content', () => bomOf(tuned).serialNumber === bomOf(tuned).serialNumber, true],
  ['another for another', () => bomOf(tuned).serialNumber === bomOf(tuned, { name: 'v' }).serialNumber, false],
  ['that nothing is known to be missing', () => bomOf(tuned).compositions[0]?.aggregate, 'unknown'],
];

describe('CycloneDX that is written', () => {
  for (const [title, given, expected] of cases) it(`has ${title}`, () => assert.deepEqual(given(), expected));
});

describe('SPDX that is written', () => {
  const graph = graphOf(spdxOf(billFor(tuned, { claims: [claim] }), day));
  const ofType = (type: string): readonly Element[] => graph.filter((element) => element['type'] === type);
  const nameOf = (id: unknown): unknown => graph.find((element) => element['spdxId'] === id)?.['name'];
  const told = (type: string): readonly string[] =>
    ofType('Relationship')
      .filter((row) => row['relationshipType'] === type)
      .map(
        (row) =>
          `${String(nameOf(row['from']))} ${String(nameOf((row['to'] as readonly string[])[0]) ?? (row['to'] as readonly string[])[0]?.split('/').at(-1))}`,
      );

  it('has models, data and files as such', () =>
    assert.deepEqual(
      ['ai_AIPackage', 'dataset_DatasetPackage', 'software_File'].map((type) => ofType(type).length),
      [4, 1, 1],
    ));
  it('says what descends from what', () => assert.deepEqual(told('descendantOf'), ['w Llama-3.1-8B', 'model.gguf Llama-3.1-8B']));
  it('says what was trained on what', () => assert.deepEqual(told('trainedOn'), ['w alpaca']));
  it('says what is declared, and where nobody said anything', () =>
    assert.deepEqual(told('hasDeclaredLicense').toSorted(), [
      'Llama-3.1-8B LicenseRef-llama-3.1-community',
      'alpaca CC-BY-NC-4.0',
      'model.gguf MIT',
      'openai/gpt-3 NoAssertionLicense',
      'pinned NoAssertionLicense',
      'w MIT',
    ]));
  it('says what is concluded', () => assert.ok(told('hasConcludedLicense').includes(`w ${encodeURIComponent('MIT AND LicenseRef-llama-3.1-community')}`)));
  it('describes a licence that no list has in words of ours', () => {
    const [custom] = ofType('expandedlicensing_CustomLicense');
    assert.match(String(custom?.['simplelicensing_licenseText']), /^This is not the text of .*\n- /s);
  });
  it('has addresses that its content decides', () => {
    const idOf = (name: string, created: string): unknown => graphOf(spdxOf(billFor(tuned, { name }), created))[1]?.['spdxId'];
    assert.equal(idOf('w', day), idOf('w', '2027-01-01T00:00:00Z'));
    assert.notEqual(idOf('w', day), idOf('v', day));
  });
});

describe('a bill of materials of ours', function () {
  this.timeout(300_000);
  for (const [name, files] of fixtures) {
    it(`is valid CycloneDX by its library: ${name}`, async () => {
      const problem = await new JsonStrictValidator(Version.v1dot6).validate(cyclonedxOf(billFor(analyseFiles(files))));
      assert.equal(problem, null, JSON.stringify(problem)?.slice(0, 2000));
    });
  }

  it('is valid SPDX by the schema of its makers', function () {
    const ajv = addFormats(new Ajv2020({ strict: false }));
    const valid = ajv.compile(JSON.parse(readFileSync(published(this, 'spdx', 'data/spdx-export.schema.json'), 'utf8')) as object);
    for (const [name, files] of fixtures)
      assert.ok(valid(JSON.parse(spdxOf(billFor(analyseFiles(files)), day))), `${name} ${JSON.stringify(valid.errors?.slice(0, 5), null, 1)}`);
    assert.ok(!valid({ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': [{ type: 'ai_AIPackage' }] }));
  });

  for (const [name, files] of fixtures) {
    for (const [path, write] of formats) {
      it(`changes no finding where it is committed: ${path} in ${name}`, () => {
        const before = analyseFiles(files);
        const after = analyseFiles(new Map([...files, [path, bytes(write(before))]]));
        assert.deepEqual(after.report.findings.map(shown), before.report.findings.map(shown));
        assert.deepEqual(after.report.publishable, before.report.publishable);
        assert.deepEqual(
          after.report.obligations.map(({ met }) => met),
          before.report.obligations.map(({ met }) => met),
        );
      });

      it(`says works, licences and relations again: ${path} of ${name}`, () => {
        const before = analyseFiles(files);
        const alone = analyseFiles(new Map([[path, bytes(write(before))]]));
        const lost = (of: (analysis: Analysis) => readonly string[]): readonly string[] => {
          const kept = new Set(of(alone));
          return of(before).filter((line) => !kept.has(line) && !isEvaluation(line));
        };
        assert.deepEqual([lost(relations), lost(licences)], [[], []]);
      });
    }
  }
});
