import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { licenceFileReader } from '../../server/src/artefacts/licence-file.ts';
import type { LicenceFact } from '../../server/src/artefacts/types.ts';
import { decode } from '../../server/src/text/decode.ts';
import { testKnowledge } from '../support/knowledge.ts';

const shipped = JSON.parse(readFileSync('node_modules/spdx-license-list/spdx-full.json', 'utf8')) as Readonly<Record<string, { readonly licenseText: string }>>;
const mit = shipped['MIT']?.licenseText ?? '';
const apache = shipped['Apache-2.0']?.licenseText ?? '';

const matches = (path: string): boolean => licenceFileReader.matches(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());

const read = (path: string, text: string): { readonly fact: LicenceFact | undefined; readonly title: string } => {
  const { facts, anchors } = licenceFileReader.read({ path, text, bytes: new TextEncoder().encode(text), size: text.length }, testKnowledge());
  const [fact] = facts;
  const span = fact && anchors[fact.id]?.span;
  return { fact: fact?.kind === 'licence' ? fact : undefined, title: span ? text.slice(span.start, span.end) : '' };
};

describe('licence files of a sentence', () => {
  const cases: Readonly<Record<string, readonly [text: string, stated: string, scope: string]>> = {
    'data for research': ['OtterWild dataset is intended for non-commercial research purpose only.', 'category:research-only', 'data'],
    'code for research': ['The code is for research use only.', 'category:research-only', 'any'],
    'nothing that is known': ['Ask the otters.', 'Ask the otters.', 'any'],
  };
  for (const [name, [text, stated, scope]] of Object.entries(cases))
    it(name, () => {
      const { fact } = read('LICENSE', text);
      assert.deepEqual([fact?.stated, fact?.scope], [stated, scope]);
    });
});

describe('licence files', () => {
  const files = [
    'LICENSE',
    'LICENCE',
    'license',
    'LICENSE.md',
    'Licence.txt',
    'LICENSES.md',
    'LICENSE-MODEL',
    'LICENSE_MODEL',
    'LICENSE.PLM',
    'LICENSE-APACHE',
    'UNLICENSE',
    'COPYING',
    'COPYING.LESSER',
    'assets/fonts/OFL.txt',
    'OFL-Somefont.txt',
    'MODEL_LICENSE',
    'DATA_LICENSE',
    'WEIGHT_DIFF_LICENSE',
    'SEAMLESS_LICENSE',
    'MODEL_LICENSE.md',
    'Tongyi Qianwen LICENSE AGREEMENT',
    'MODEL_LICENSE_AGREEMENT.txt',
    'ModelsCommunityLicenseAgreement',
    'NVIDIA Open Model License',
    'WEIGHTS_TERMS_OF_USE.md',
    'a/b/LICENSE',
    'model_licenses/LICENSE-SDXL1.0',
    'model_licenses/sdxl.txt',
    'models_licence/x',
    'COPYRIGHT',
    'copyright.html',
    'COPYRIGHT.txt',
  ];
  for (const path of files) it(`reads ${path}`, () => assert.ok(matches(path)));

  const others = [
    'NOTICE',
    'NOTICE.txt',
    'src/COPYRIGHT',
    'copyright.py',
    'COPYRIGHT-HOLDERS',
    'USE_POLICY.md',
    'README.md',
    'LICENSES/MIT.txt',
    'licenses/LICENSE',
    'third_party/LICENSE',
    'third_party/licenses/x/LICENSE',
    'THIRD_PARTY_LICENSE',
    'third-party-licenses.md',
    'LICENSE-3rdparty.txt',
    'LICENSES-BUNDLED',
    'license.py',
    'LICENSE.json',
    'license_header.txt',
    'LICENSE_TEMPLATE',
    'license-check.sh',
    'relicense.md',
    'licensed.txt',
    'licensing/guide.md',
    'CHANGELOG',
    'TERMS_OF_USE.html',
    'license.svg',
    'add_license.txt.in',
  ];
  for (const path of others) it(`leaves ${path} alone`, () => assert.ok(!matches(path)));

  const scopes: Readonly<Record<string, string>> = {
    LICENSE: 'any',
    'LICENSE-MODEL': 'weights',
    MODEL_LICENSE: 'weights',
    WEIGHT_DIFF_LICENSE: 'weights',
    DATA_LICENSE: 'data',
    'LICENSE-CODE': 'code',
    'model_licenses/LICENSE-SDXL': 'weights',
    COPYING: 'any',
  };
  for (const [path, scope] of Object.entries(scopes)) it(`${path} speaks of ${scope}`, () => assert.equal(read(path, mit).fact?.scope, scope));

  it('states the licence as the licensor, by the text, at its title', () => {
    const { fact, title } = read('LICENSE', `\n# ${mit}`);
    assert.deepEqual(fact, {
      kind: 'licence',
      id: 'licence-file:licence:MIT',
      work: 'here',
      scope: 'any',
      speaker: 'licensor',
      evidence: 'text',
      stated: 'LICENSE',
      licences: ['MIT'],
      choice: false,
      via: 'text',
      problem: null,
    });
    assert.equal(title, 'MIT License');
  });

  const copyrights: Readonly<Record<string, readonly [text: string, said: string]>> = {
    'holders alone': ['Copyright 2001 Acme\nCopyright 2003 A. Person\nAll rights reserved.\n', 'nothing'],
    'holders, and where the terms are': ['Copyright 2001 Acme\nSee LICENSE for the terms.\n', 'nothing'],
    'a grant in its own words': ['Copyright 2001 Acme\nPermission is granted to use and copy it for study.\n', 'none'],
    'a limit in its own words': ['Copyright 2001 Acme\nNo part of it may be reproduced without asking.\n', 'none'],
    'a known grant': ['Copyright 2001 Acme\nLicensed under the Apache License, Version 2.0.\n', 'Apache-2.0'],
    'a known text': [mit, 'MIT'],
    'texts of several parts': [`The pond:\n${mit}\nThe river:\n${apache}`, 'none'],
  };
  for (const [name, [text, said]] of Object.entries(copyrights))
    it(`COPYRIGHT with ${name} says ${said}`, () => {
      const { fact } = read('COPYRIGHT', text);
      assert.equal(fact ? fact.licences.join('+') || 'none' : 'nothing', said);
    });

  const texts: Readonly<Record<string, readonly [text: string, licences: readonly string[], stated: string, choice?: boolean]>> = {
    'several texts': [`${apache}\n\n${mit}`, ['Apache-2.0', 'MIT'], 'LICENSE'],
    'a changed text': [`${mit}\nFor non-commercial use.\n`, ['LicenseRef-modified-MIT'], 'LICENSE'],
    'a grant': ['The weights are licensed under CC BY-NC 4.0.\n', ['CC-BY-NC-4.0'], 'LICENSE'],
    'a name': ['MIT License\n\nCopyright (c) 2026 Us\n', ['MIT'], 'LICENSE'],
    'a tag with a choice': ['SPDX-License-' + 'Identifier: MIT OR Apache-2.0\n', ['MIT', 'Apache-2.0'], 'LICENSE', true],
    'terms of our own': ['  \n== House Terms 1.0 ==\n\nYou may look at it.\n', [], 'House Terms 1.0 =='],
    'a long title': [`${'word '.repeat(60)}\n`, [], 'word '.repeat(60).slice(0, 120)],
  };
  for (const [name, [text, licences, stated, choice = false]] of Object.entries(texts)) {
    it(`reads ${name}`, () => {
      const { fact } = read('LICENSE', text);
      assert.deepEqual([fact?.licences, fact?.stated, fact?.choice], [licences, stated, choice]);
    });
  }

  const lists: Readonly<Record<string, readonly [heading: string, whole: readonly string[], rest: readonly string[] | undefined]>> = {
    'what it depends on': ['Other dependencies and licenses:\n\nOpen Source Software Licensed under the Apache License Version 2.0:', ['MIT'], ['Apache-2.0']],
    components: ['Components under the Apache License 2.0:\n1. otter', ['MIT'], ['Apache-2.0']],
    subcomponents: ['POND SUBCOMPONENTS:\n', ['MIT'], ['Apache-2.0']],
    'software of third parties': ['## Third-party software\n', ['MIT'], ['Apache-2.0']],
    nothing: ['The same is offered under this as well.\n', ['MIT', 'Apache-2.0'], undefined],
    'a sentence that begins so': ['Third-party software may be used with it, as follows.\n', ['MIT', 'Apache-2.0'], undefined],
  };
  for (const [name, [heading, whole, rest]] of Object.entries(lists))
    it(`knows texts below a list of ${name}`, () => {
      const { fact } = read('LICENSE', `${mit}\n\n${heading}\n\n${apache}\n`);
      assert.deepEqual([fact?.licences, fact?.ofComponents], [whole, rest]);
    });
  it('takes all of it where nothing stands before the list', () => {
    const { fact } = read('LICENSE', `Third-party software\n\n${mit}\n\n${apache}\n`);
    assert.deepEqual([fact?.licences, fact?.ofComponents], [['MIT', 'Apache-2.0'], undefined]);
  });

  it('says nothing of an empty file and of a path to another', () => {
    for (const text of ['', ' \n', '../LICENSE\n', '../../LICENSE']) assert.equal(read('LICENSE', text).fact, undefined);
  });

  const condition = 'You may not use the Software for a commercial purpose.';

  it('tells what a changed text was made from, and where it differs', () => {
    const text = `${mit.replace('portions of the Software.', 'portions of the Software, for research purposes only.')}\n\n  ${condition}  \n`;
    const { facts, anchors } = licenceFileReader.read({ path: 'LICENSE', text, bytes: new TextEncoder().encode(text), size: text.length }, testKnowledge());
    const [fact] = facts;
    const [changed, more] = fact?.kind === 'licence' ? (fact.changed ?? []) : [];
    assert.equal(more, undefined);
    assert.deepEqual([changed?.licence, changed?.of], ['LicenseRef-modified-MIT', 'MIT']);
    const shownAt = (slot: string | undefined): string => text.slice(anchors[slot ?? '']?.span.start, anchors[slot ?? '']?.span.end);
    assert.equal(shownAt(changed?.first), 'portions of the Software, for research purposes only.');
    assert.deepEqual(changed?.stretches.map(shownAt), [shownAt(changed?.first), condition]);
  });

  for (const [name, text] of Object.entries({ known: mit, changed: `${mit}\n${condition}\n` }))
    it(`keeps the fact of a ${name} text while it only moves`, () => assert.deepEqual(read('LICENSE', text).fact, read('LICENSE', `\n\n\n${text}`).fact));

  it('never throws, whatever the bytes, and anchors lie inside the text', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ maxLength: 400, unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc.tuple(fc.nat(mit.length), fc.uint8Array({ maxLength: 20 })).map(([cut, noise]) => Buffer.concat([Buffer.from(mit.slice(0, cut)), noise])),
      fc
        .tuple(fc.constantFrom('\r', '\r\n', '\n', '\u2028'), fc.uint8Array({ maxLength: 20 }))
        .map(([end, noise]) => Buffer.concat([Buffer.from(`${mit}${condition}${end}`.replaceAll('\n', end)), noise])),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        const text = decode(content)?.text ?? '';
        const { facts, anchors } = licenceFileReader.read({ path: 'LICENSE', text, bytes: content, size: content.length }, testKnowledge());
        const slots = facts.flatMap((fact) => (fact.kind === 'licence' ? (fact.changed ?? []) : []).flatMap(({ first, stretches }) => [first, ...stretches]));
        for (const id of [...facts.map((fact) => fact.id), ...slots]) {
          const span = anchors[id]?.span;
          assert.ok(span && span.start >= 0 && span.start <= span.end && span.end <= text.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
