import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { fieldsOfUse, relationTypes } from '../server/src/knowledge/types.ts';
import { readPolicy } from '../server/src/policy/read.ts';
import { rules } from '../server/src/rules/index.ts';
import { parse } from 'yaml';

interface Schema {
  readonly properties: Record<
    string,
    {
      readonly properties?: Record<string, { readonly items?: { readonly enum?: readonly string[] } }>;
      readonly items?: { readonly properties: Record<string, { readonly enum?: readonly string[] }> };
    }
  >;
  readonly definitions: { readonly rules: { readonly properties: Record<string, { readonly description: string; readonly enum: readonly unknown[] }> } };
}
const schema = JSON.parse(readFileSync('schemas/pedigree.schema.json', 'utf8')) as Schema;
const validate = new Ajv({ allErrors: true }).compile(schema);

/** Both have to agree: what the editor underlines is what the engine does not take. */
const valid = (text: string): boolean => {
  const { problems } = readPolicy(text, 'pedigree.yaml', '');
  const result = validate(parse(text));
  assert.equal(
    result,
    problems.length === 0,
    `schema: ${JSON.stringify(validate.errors?.map((error) => `${error.instancePath} ${error.message}`))}; engine: ${JSON.stringify(problems)}`,
  );
  return result;
};

const everything = `
use:
  commercial: true
  distribute: [weights, code, service]
  train-other-models: false
  territories: [EU, UK, US]
  established-in: DE
  users-at: { 2024-07-23: 5000000 }
  fields: [medical-advice]
publish: { weights: llama3.1, code: Apache-2.0, data: cc-by-4.0, name: my-org/Llama-my-model }
licences: { allow: [MIT, Apache-2.0], deny: [AGPL-3.0-only] }
works: [ { id: "local:models/ours", licence: LicenseRef-internal } ]
grants: [ { work: "pkg:huggingface/org/name", licence: commercial, reference: "contract 12", until: 2027-06-30 } ]
provenance:
  - { path: "weights/model.safetensors", is: "local:model", relation: finetune, from: "pkg:huggingface/meta-llama/Llama-3.1-8B@0e9e39f", date: 2026-10-01 }
  - { path: "data/train.jsonl", relation: generatedBy, from: "service:anthropic/claude-sonnet-4", date: 2026-09-12, note: "500 prompts, reviewed" }
rules: { unpinned-revision: off, noncommercial-data: error }
overrides: [ { paths: ["examples/**"], rules: { noncommercial-weights: information } } ]
accept: [ { rule: service-output-training, work: "pkg:huggingface/org/name", paths: ["eval/**"], reason: "judge only", until: 2027-01-01 } ]
disclose: [eu-gpai-summary, california-ab-2013]
extends: ../company/pedigree.yaml
`;

describe('the schema of pedigree.yaml', () => {
  it('takes a policy that states everything', () => assert.ok(valid(everything)));
  it('takes an empty file', () => assert.ok(valid('')));

  it('refuses what the engine refuses', () => {
    for (const text of [
      'licenses: {}',
      'use: { commercial: perhaps }',
      'use: { profit: true }',
      'use: { fields: [gardening] }',
      'use: [weights]',
      'rules: { unpinned-revision: fatal }',
      'rules: [unpinned-revision]',
      'works: { id: x }',
      'works: [ { id: "local:x" } ]',
      'accept: [ { reason: r } ]',
      'grants: [ { work: "pkg:x" } ]',
      'grants: [ { work: "pkg:x", licence: c, until: soon } ]',
      'provenance: [ { path: a, relation: cousin, from: b } ]',
      'provenance: [ { path: a, from: b } ]',
      'disclose: all',
      '- use',
      'publish: { model: mit }',
    ])
      assert.ok(!valid(text), text);
  });

  it('refuses what the engine takes and then reports as holding nothing back', () => {
    for (const text of [
      'accept: [ { rule: unpinned-revision } ]',
      'accept: [ { rule: unpinned-revisions, reason: r } ]',
      'accept: [ { rule: unpinned-revision, reason: " " } ]',
    ])
      assert.ok(!validate(parse(text)), text);
  });

  it('refuses rules that there are not', () => {
    assert.ok(!validate({ rules: { 'unpinned-revisions': 'off' } }));
    assert.ok(!validate({ overrides: [{ paths: ['a/**'], rules: { 'no-such-rule': 'off' } }] }));
  });

  it('names the rules of the index, each with its words, and the relations', () => {
    const known = rules.map((rule) => rule.id);
    assert.deepEqual(Object.keys(schema.definitions.rules.properties), known);
    assert.deepEqual(schema.properties['accept']?.items?.properties['rule']?.enum, known);
    assert.deepEqual(schema.properties['provenance']?.items?.properties['relation']?.enum, [...relationTypes]);
    assert.deepEqual(schema.properties['use']?.properties?.['fields']?.items?.enum, [...fieldsOfUse]);
    for (const [id, { description }] of Object.entries(schema.definitions.rules.properties))
      assert.equal(description, readFileSync(`docs/rules/${id}.md`, 'utf8').split('\n')[2], id);
  });
});
