import assert from 'node:assert/strict';
import { cyclonedxReader } from '../../../server/src/artefacts/documents/cyclonedx.ts';
import { spdxDocumentReader } from '../../../server/src/artefacts/documents/spdx.ts';
import { workOfLink, workOfPurl } from '../../../server/src/artefacts/purl.ts';
import { fuzzText, matchesPath, readWith, shownBy } from '../reading.ts';

const commit = '0e9e39f249a16976918f6564b8830bc894c89659';

/** A bill of materials as tools write it for a fine-tuned model: the subject, its base, its data, and a library. */
const bom = (more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify(
    {
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        component: {
          type: 'machine-learning-model',
          'bom-ref': 'ours',
          name: 'our-model',
          licenses: [{ license: { id: 'Apache-2.0' } }],
          pedigree: { ancestors: [{ type: 'machine-learning-model', name: 'base', purl: `pkg:huggingface/acme/base-7b@${commit}` }] },
          modelCard: {
            modelParameters: {
              datasets: [{ ref: 'data-1' }, { type: 'dataset', name: 'more', contents: { url: 'https://huggingface.co/datasets/acme/more' } }],
            },
          },
        },
      },
      components: [
        { type: 'data', 'bom-ref': 'data-1', name: 'data', purl: 'pkg:huggingface/datasets/acme/data', licenses: [{ license: { name: 'CC BY-NC 4.0' } }] },
        { type: 'library', 'bom-ref': 'lib', name: 'numpy', purl: 'pkg:pypi/numpy@2.0', licenses: [{ license: { id: 'BSD-3-Clause' } }] },
      ],
      ...more,
    },
    null,
    2,
  );

const component = (node: Readonly<Record<string, unknown>>): string =>
  bom({ metadata: { component: { name: 'x', type: 'application', ...node } }, components: [] });

describe('CycloneDX', () => {
  for (const path of ['bom.json', 'a/SBOM.json', 'model.cdx.json', 'aibom.json', 'cyclonedx-report.json', 'bom.xml', 'app.cdx.xml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(cyclonedxReader, path)));
  for (const path of ['package.json', 'pom.xml', 'bomb.ts']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(cyclonedxReader, path)));

  const shown = (text: string, path = 'bom.json'): readonly string[] => shownBy(cyclonedxReader, path, text);

  it('says licence, base and data of the model that it is about', () =>
    assert.deepEqual(shown(bom()), [
      'licence Apache-2.0 <- Apache-2.0',
      `loads hub:acme/base-7b @${commit} mention <- pkg:huggingface/acme/base-7b@${commit}`,
      'loads hub:datasets/acme/more mention <- https://huggingface.co/datasets/acme/more',
      'licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      'loads hub:datasets/acme/data mention <- pkg:huggingface/datasets/acme/data',
      `finetune hub:acme/base-7b @${commit} <- pkg:huggingface/acme/base-7b@${commit}`,
      'trainedOn hub:datasets/acme/data <- pkg:huggingface/datasets/acme/data',
      'trainedOn hub:datasets/acme/more <- https://huggingface.co/datasets/acme/more',
    ]));

  it('speaks for the subject alone', () => {
    const { facts } = readWith(cyclonedxReader, 'bom.json', bom());
    assert.deepEqual(
      facts.flatMap((fact) => (fact.kind === 'licence' ? [[fact.work, fact.scope, fact.speaker, fact.via]] : [])),
      [
        ['here', 'weights', 'licensor', 'document'],
        ['pkg:huggingface/datasets/acme/data', 'data', 'other', 'document'],
      ],
    );
  });

  it('only mentions what it says deep in the tree, or among tests', () => {
    const roles = (path: string): readonly string[] => [
      ...new Set(readWith(cyclonedxReader, path, bom()).facts.flatMap((fact) => (fact.kind === 'relation' ? [fact.role] : []))),
    ];
    assert.deepEqual(roles('bom.json'), ['mention', 'decision']);
    assert.deepEqual(roles('sbom/model.cdx.json'), ['mention', 'decision']);
    assert.deepEqual(roles('examples/one/bom.json'), ['mention']);
    assert.deepEqual(roles('tests/bom.json'), ['evaluation']);
    assert.ok(!readWith(cyclonedxReader, 'examples/one/bom.json', bom()).facts.some((fact) => fact.kind === 'licence' && fact.work === 'here'));
  });

  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'an expression': [component({ licenses: [{ expression: 'MIT OR Apache-2.0' }] }), 'licence MIT|Apache-2.0 <- MIT OR Apache-2.0'],
    'an id that is none': [component({ licenses: [{ license: { id: 'Apache 2.0' } }] }), 'licence Apache-2.0 invalid-id Apache-2.0 <- Apache 2.0'],
    'words where words may stand': [component({ licenses: [{ license: { name: 'our own terms' } }] }), 'licence none <- our own terms'],
    'declared before concluded': [
      component({ licenses: [{ license: { id: 'MIT', acknowledgement: 'concluded' } }, { license: { id: 'ISC', acknowledgement: 'declared' } }] }),
      'licence ISC <- ISC',
    ],
    'a concluded licence alone': [component({ licenses: [{ license: { id: 'MIT', acknowledgement: 'concluded' } }] }), 'licence MIT <- MIT'],
    'no licence': [component({})],
    'nothing said': [component({ licenses: [{ license: { name: 'NOASSERTION' } }] })],
    'the address of the repository itself': [component({ purl: 'pkg:github/acme/app@1', licenses: [{ license: { id: 'MIT' } }] }), 'licence MIT <- MIT'],
    'a model with an address': [
      bom({
        metadata: {},
        components: [{ type: 'machine-learning-model', name: 'm', externalReferences: [{ type: 'website', url: 'https://huggingface.co/acme/m' }] }],
      }),
      'loads hub:acme/m mention <- https://huggingface.co/acme/m',
    ],
    'a link to a paper': [
      bom({
        metadata: {},
        components: [{ type: 'machine-learning-model', name: 'm', externalReferences: [{ type: 'documentation', url: 'https://huggingface.co/acme/m' }] }],
      }),
    ],
    'a base as a property': [
      bom({
        metadata: {},
        components: [{ type: 'machine-learning-model', name: 'mine', modelCard: { properties: [{ name: 'genai:aibom:baseModel', value: 'acme/base-7b' }] } }],
      }),
      'loads hub:acme/base-7b mention <- acme/base-7b',
      'finetune hub:acme/base-7b <- acme/base-7b',
    ],
    'a component inside another': [
      bom({
        metadata: {},
        components: [{ type: 'application', name: 'a', components: [{ type: 'machine-learning-model', name: 'm', purl: 'pkg:huggingface/acme/m' }] }],
      }),
      'loads hub:acme/m mention <- pkg:huggingface/acme/m',
    ],
    'libraries alone': [
      bom({ metadata: {}, components: [{ type: 'library', name: 'numpy', purl: 'pkg:pypi/numpy@2', licenses: [{ license: { id: 'BSD-3-Clause' } }] }] }),
    ],
    'digests of binary files': [
      bom({
        metadata: {},
        components: [
          {
            type: 'file',
            name: 'model.onnx',
            hashes: [
              { alg: 'SHA-256', content: 'AB'.repeat(32) },
              { alg: 'BLAKE3', content: 'ab'.repeat(32) },
            ],
          },
          { type: 'file', name: 'train.py', hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }] },
        ],
      }),
      `sha256 of model.onnx by bom <- ${'AB'.repeat(32)}`,
    ],
    'another document': ['{"bomFormat": "SPDX", "metadata": {"component": {"name": "x", "licenses": [{"license": {"id": "MIT"}}]}}}'],
    'a list': ['[{"bomFormat": "CycloneDX"}]'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('says that it is too long, and says nothing of long files of other kinds', () => {
    const long = `${bom().slice(0, -1)}, "x": "${'y'.repeat(950_000)}"}`;
    const limits = (path: string, text: string): readonly boolean[] =>
      readWith(cyclonedxReader, path, text.slice(0, cyclonedxReader.maximum), text.length).problems.map((problem) => problem.limit);
    assert.deepEqual(limits('bom.json', long), [true]);
    assert.deepEqual(limits('bombay.json', long.replace('CycloneDX', 'Weather')), []);
  });

  it('never throws, whatever the bytes', function () {
    this.timeout(20_000);
    fuzzText(cyclonedxReader, 'bom.json', bom(), 150);
  });
});

/** The same bill of materials in the other notation. */
const bomXml = (subject: string, components = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
  <metadata>
    <component type="machine-learning-model" bom-ref="ours">
      <name>our-model</name>
      ${subject}
    </component>
  </metadata>
  <components>${components}</components>
</bom>
`;

const wholeXml = bomXml(
  `<licenses><license><id>Apache-2.0</id></license></licenses>
      <pedigree><ancestors><component type="machine-learning-model"><name>base</name><purl>pkg:huggingface/acme/base-7b@${commit}</purl></component></ancestors></pedigree>
      <modelCard><modelParameters><datasets>
        <ref>data-1</ref>
        <dataset><type>dataset</type><name>more</name><contents><url>https://huggingface.co/datasets/acme/more</url></contents></dataset>
      </datasets></modelParameters></modelCard>`,
  `
    <component type="data" bom-ref="data-1"><name>data</name><licenses><license><name>CC BY-NC 4.0</name></license></licenses><purl>pkg:huggingface/datasets/acme/data</purl></component>
    <component type="library" bom-ref="lib"><name>numpy</name><licenses><license><id>BSD-3-Clause</id></license></licenses><purl>pkg:pypi/numpy@2.0</purl></component>
  `,
);

describe('CycloneDX in XML', () => {
  const shown = (text: string, path = 'bom.xml'): readonly string[] => shownBy(cyclonedxReader, path, text);

  it('says what the same document says in JSON', () => assert.deepEqual(shown(wholeXml), shownBy(cyclonedxReader, 'bom.json', bom())));

  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'an expression': [bomXml('<licenses><expression>MIT OR Apache-2.0</expression></licenses>'), 'licence MIT|Apache-2.0 <- MIT OR Apache-2.0'],
    'a prefix': [wholeXml.replaceAll(/<(\/?)(?=[a-z])/gi, '<$1cdx:').replace('xmlns=', 'xmlns:cdx='), ...shownBy(cyclonedxReader, 'bom.json', bom())],
    'declared before concluded': [
      bomXml('<licenses><license acknowledgement="concluded"><id>MIT</id></license><license acknowledgement="declared"><id>ISC</id></license></licenses>'),
      'licence ISC <- ISC',
    ],
    'a base as a property': [
      bomXml('<properties><property name="base_model">acme/base-7b</property></properties>'),
      'loads hub:acme/base-7b mention <- acme/base-7b',
      'finetune hub:acme/base-7b <- acme/base-7b',
    ],
    'digests of binary files': [
      bomXml('', `<component type="file"><name>model.onnx</name><hashes><hash alg="SHA-256">${'ab'.repeat(32)}</hash></hashes></component>`),
      `sha256 of model.onnx by bom <- ${'ab'.repeat(32)}`,
    ],
    'a text in CDATA': [bomXml('<licenses><license><name><![CDATA[ MIT License ]]></name></license></licenses>'), 'licence MIT <- MIT License'],
    'what a comment holds': [bomXml('<!-- <licenses><license><id>MIT</id></license></licenses> -->')],
    'an entity of its own': [
      `<!DOCTYPE bom [<!ENTITY a "MIT"><!ENTITY b "&a;&a;">]>${bomXml('<licenses><license><id>&b;</id></license></licenses>')}`,
      'licence none invalid-id <- &b;',
    ],
    'no licence': [bomXml('')],
    'a bill of another format': [
      '<bom xmlns="http://example.org/bom"><metadata><component><licenses><expression>MIT</expression></licenses></component></metadata></bom>',
    ],
    'no bill': ['<project xmlns="http://cyclonedx.org/schema/bom/1.6"><name>x</name></project>'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('says that it is too long, and nested too deeply', () => {
    const limits = (text: string): readonly boolean[] =>
      readWith(cyclonedxReader, 'bom.xml', text.slice(0, cyclonedxReader.maximum), text.length).problems.map((problem) => problem.limit);
    assert.deepEqual(limits(bomXml(`<description>${'y'.repeat(950_000)}</description>`)), [true]);
    assert.deepEqual(limits(bomXml('<component>'.repeat(500))), [true]);
  });

  it('never throws, whatever the bytes', function () {
    this.timeout(20_000);
    fuzzText(cyclonedxReader, 'bom.xml', wholeXml, 200);
  });
});

const spdx2 = (more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify(
    {
      spdxVersion: 'SPDX-2.3',
      SPDXID: 'SPDXRef-DOCUMENT',
      documentDescribes: ['SPDXRef-ours'],
      packages: [
        { SPDXID: 'SPDXRef-ours', name: 'ours', downloadLocation: 'NOASSERTION', licenseDeclared: 'Apache-2.0', licenseConcluded: 'MIT' },
        {
          SPDXID: 'SPDXRef-base',
          name: 'base',
          downloadLocation: 'https://huggingface.co/acme/base-7b',
          licenseDeclared: 'LicenseRef-house',
          externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: 'pkg:huggingface/acme/base-7b' }],
        },
        { SPDXID: 'SPDXRef-numpy', name: 'numpy', licenseDeclared: 'BSD-3-Clause' },
      ],
      relationships: [{ spdxElementId: 'SPDXRef-ours', relationshipType: 'DESCENDANT_OF', relatedSpdxElement: 'SPDXRef-base' }],
      hasExtractedLicensingInfos: [{ licenseId: 'LicenseRef-house', name: 'MIT License', extractedText: 'x' }],
      ...more,
    },
    null,
    1,
  );

const tags = [
  'SPDXVersion: SPDX-2.3',
  'DataLicense: CC0-1.0',
  'SPDXID: SPDXRef-DOCUMENT',
  'Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-ours',
  '',
  'PackageName: ours',
  'SPDXID: SPDXRef-ours',
  'PackageDownloadLocation: NOASSERTION',
  'PackageLicenseDeclared: MIT OR Apache-2.0',
  'PackageComment: <text>',
  'PackageLicenseDeclared: GPL-3.0-only',
  '</text>',
  'Relationship: SPDXRef-base ANCESTOR_OF SPDXRef-ours',
  '',
  'PackageName: base',
  'SPDXID: SPDXRef-base',
  'ExternalRef: PACKAGE-MANAGER purl pkg:huggingface/acme/base-7b',
  'PackageLicenseDeclared: LicenseRef-house',
  '',
  'FileName: ./a.py',
  'SPDXID: SPDXRef-a',
  'LicenseConcluded: MIT',
  '',
  'LicenseID: LicenseRef-house',
  'LicenseName: CC BY-NC 4.0',
  '',
].join('\n');

const element = (type: string, id: string, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  type,
  spdxId: `https://example.org/${id}`,
  creationInfo: '_:info',
  ...more,
});
const relationship = (from: string, type: string, ...to: readonly string[]): Readonly<Record<string, unknown>> =>
  element('Relationship', `${from}-${type}`, {
    from: `https://example.org/${from}`,
    relationshipType: type,
    to: to.map((id) => (id.includes(':') ? id : `https://example.org/${id}`)),
  });

/** The AI and Dataset profiles as their examples use them. */
const spdx3 = (...more: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify(
    {
      '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
      '@graph': [
        { type: 'CreationInfo', '@id': '_:info', specVersion: '3.0.1' },
        element('SpdxDocument', 'document', { rootElement: ['https://example.org/sbom'] }),
        element('software_Sbom', 'sbom', { rootElement: ['https://example.org/ours'] }),
        element('ai_AIPackage', 'ours', { name: 'our-model' }),
        element('ai_AIPackage', 'base', { name: 'base', software_packageUrl: 'pkg:huggingface/acme/base-7b' }),
        element('dataset_DatasetPackage', 'data', { name: 'data', software_downloadLocation: 'https://huggingface.co/datasets/acme/data' }),
        element('simplelicensing_LicenseExpression', 'licence', { simplelicensing_licenseExpression: 'Apache-2.0' }),
        relationship('ours', 'hasDeclaredLicense', 'licence'),
        relationship('ours', 'descendantOf', 'base'),
        relationship('ours', 'trainedOn', 'data'),
        ...more,
      ],
    },
    null,
    1,
  );

describe('SPDX documents', () => {
  for (const path of ['sbom.spdx.json', 'a/LICENSE.spdx', 'sbom.json', 'x.spdx3.json', 'spdx.jsonld', 'a.spdx.yaml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(spdxDocumentReader, path)));
  for (const path of ['package.json', 'spdx.py', 'LICENSE']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(spdxDocumentReader, path)));

  const base = ['loads hub:acme/base-7b mention <- pkg:huggingface/acme/base-7b'];
  const shown = (path: string, text: string): readonly string[] => shownBy(spdxDocumentReader, path, text);

  describe('of version 2', () => {
    it('in JSON', () =>
      assert.deepEqual(shown('sbom.spdx.json', spdx2()), [
        'licence Apache-2.0 <- Apache-2.0',
        'licence MIT <- LicenseRef-house',
        ...base,
        'finetune hub:acme/base-7b <- pkg:huggingface/acme/base-7b',
      ]));
    it('in YAML', () => {
      const yaml = [
        'spdxVersion: SPDX-2.3',
        'documentDescribes: [SPDXRef-ours]',
        'packages:',
        '- { SPDXID: SPDXRef-ours, name: ours, licenseDeclared: Apache-2.0 }',
        '- { SPDXID: SPDXRef-base, name: base, downloadLocation: "https://huggingface.co/acme/base-7b" }',
        'relationships:',
        '- { spdxElementId: SPDXRef-ours, relationshipType: DESCENDANT_OF, relatedSpdxElement: SPDXRef-base }',
        '',
      ].join('\n');
      assert.deepEqual(shown('sbom.spdx.yaml', yaml), [
        'licence Apache-2.0 <- Apache-2.0',
        'loads hub:acme/base-7b mention <- https://huggingface.co/acme/base-7b',
        'finetune hub:acme/base-7b <- https://huggingface.co/acme/base-7b',
      ]);
      assert.deepEqual(shown('sbom.spdx.yaml', yaml.replace('spdxVersion', 'version')), []);
      fuzzText(spdxDocumentReader, 'sbom.spdx.yaml', yaml, 100);
    });
    it('as tags and values', () =>
      assert.deepEqual(shown('a.spdx', tags), [
        'licence MIT|Apache-2.0 <- MIT OR Apache-2.0',
        'licence CC-BY-NC-4.0 <- LicenseRef-house',
        ...base,
        'finetune hub:acme/base-7b <- pkg:huggingface/acme/base-7b',
      ]));
    it('as tags and values, CRLF', () => assert.equal(shown('a.spdx', tags.replaceAll('\n', '\r\n')).length, 4));
    it('with a concluded licence alone', () =>
      assert.deepEqual(
        shown('sbom.spdx.json', spdx2({ packages: [{ SPDXID: 'SPDXRef-ours', name: 'ours', licenseDeclared: 'NOASSERTION', licenseConcluded: 'MIT' }] })),
        ['licence MIT <- MIT'],
      ));
    it('by a relationship to the document', () =>
      assert.deepEqual(
        shown(
          'sbom.spdx.json',
          spdx2({
            documentDescribes: [],
            packages: [{ SPDXID: 'SPDXRef-ours', name: 'ours', licenseDeclared: 'MIT' }],
            relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-ours' }],
          }),
        ),
        ['licence MIT <- MIT'],
      ));
    it('with digests of files', () => {
      const digest = `md5 of model.onnx by bom <- ${'ab'.repeat(16)}`;
      assert.deepEqual(
        shown(
          'sbom.spdx.json',
          spdx2({ packages: [], files: [{ fileName: './model.onnx', checksums: [{ algorithm: 'MD5', checksumValue: 'ab'.repeat(16) }] }] }),
        ),
        [digest],
      );
      assert.ok(
        shown('a.spdx', `${tags}\nFileName: ./model.onnx\nFileChecksum: MD5: ${'ab'.repeat(16)}\n`).includes(
          `md5 of model.onnx by bom <- MD5: ${'ab'.repeat(16)}`,
        ),
      );
    });
    it('that describes something else', () =>
      assert.deepEqual(shown('sbom.spdx.json', spdx2({ documentDescribes: ['SPDXRef-none'] })), ['licence MIT <- LicenseRef-house', ...base]));
  });

  describe('of version 3', () => {
    const whole = [
      'licence Apache-2.0 <- Apache-2.0',
      ...base,
      'loads hub:datasets/acme/data mention <- https://huggingface.co/datasets/acme/data',
      'finetune hub:acme/base-7b <- pkg:huggingface/acme/base-7b',
      'trainedOn hub:datasets/acme/data <- https://huggingface.co/datasets/acme/data',
    ];
    it('licence, base and data', () => assert.deepEqual(shown('x.spdx3.json', spdx3()), whole));
    it('testing', () =>
      assert.ok(
        shown('x.spdx3.json', spdx3(relationship('ours', 'testedOn', 'data'))).includes(
          'testedOn hub:datasets/acme/data <- https://huggingface.co/datasets/acme/data',
        ),
      ));
    it('a listed licence by its address', () =>
      assert.ok(
        shown('x.spdx3.json', spdx3(relationship('data', 'hasConcludedLicense', 'https://spdx.org/licenses/CC-BY-4.0'))).includes(
          'licence CC-BY-4.0 <- https://spdx.org/licenses/CC-BY-4.0',
        ),
      ));
    it('digests of files', () =>
      assert.ok(
        shown(
          'x.spdx3.json',
          spdx3(element('software_File', 'f', { name: 'model.onnx', verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: 'ab'.repeat(32) }] })),
        ).includes(`sha256 of model.onnx by bom <- ${'ab'.repeat(32)}`),
      ));
    it('no assertion', () =>
      assert.deepEqual(
        shown('x.spdx3.json', spdx3(relationship('data', 'hasConcludedLicense', 'https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionLicense'))),
        whole,
      ));
    it('declared before concluded', () =>
      assert.deepEqual(
        shown(
          'x.spdx3.json',
          spdx3(
            element('simplelicensing_LicenseExpression', 'other', { simplelicensing_licenseExpression: 'MIT' }),
            relationship('ours', 'hasConcludedLicense', 'other'),
          ),
        ),
        whole,
      ));
  });

  for (const [name, text] of [
    ['a list of licences', '{"spdxVersion": "3.20", "licenses": [{"licenseId": "MIT"}]}'],
    ['another document', '{"a": "SPDXRef-x"}'],
    ['nothing', ''],
  ] as const)
    it(`${name} says nothing`, () => assert.deepEqual(readWith(spdxDocumentReader, 'spdx.json', text), { facts: [], anchors: {}, problems: [] }));
  it('names what is wrong', () => assert.ok(readWith(spdxDocumentReader, 'sbom.spdx.json', spdx2().slice(0, 400)).problems.length > 0));

  it('never throws, whatever the bytes', function () {
    this.timeout(30_000);
    fuzzText(spdxDocumentReader, 'sbom.spdx.json', spdx2(), 120);
    fuzzText(spdxDocumentReader, 'x.spdx3.json', spdx3(), 120);
    fuzzText(spdxDocumentReader, 'a.spdx', tags, 200);
  });
});

describe('package URLs', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'pkg:huggingface/acme/base-7b@abc': 'pkg:huggingface/acme/base-7b abc',
    'pkg:huggingface/datasets/acme/data': 'pkg:huggingface/datasets/acme/data -',
    'pkg:huggingface/acme/data?repo_type=dataset': 'pkg:huggingface/datasets/acme/data -',
    'pkg:github/acme/tool@v1.0?x=y#sub': 'pkg:github/acme/tool v1.0',
    'pkg:huggingface/acme%2Fbase': 'pkg:huggingface/acme/base -',
    'pkg:huggingface/%zz/base': undefined,
    'pkg:huggingface/org/your-model': undefined,
    'pkg:pypi/numpy@2.0': undefined,
    'https://huggingface.co/acme/base': undefined,
  };
  for (const [purl, expected] of Object.entries(cases))
    it(purl, () => {
      const found = workOfPurl(purl);
      assert.equal(found && `${found.work} ${found.revision ?? '-'}`, expected);
    });
  it('and links', () => {
    assert.equal(workOfLink('https://huggingface.co/acme/base')?.work, 'pkg:huggingface/acme/base');
    assert.equal(workOfLink('acme/base'), undefined);
  });
});
