import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CommandRow, ImageRow } from '../../server/src/artefacts/shell/table.ts';
import { testKnowledge } from '../support/knowledge.ts';

interface Table {
  readonly source: string;
  readonly asOf: string;
  readonly confidence: string;
}
interface Commands extends Table {
  readonly flags: Readonly<Record<string, readonly string[]>>;
  readonly commands: readonly CommandRow[];
  readonly images: readonly ImageRow[];
  readonly setNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
interface Library extends Table {
  readonly rows: readonly { readonly name: string; readonly sizes: Readonly<Record<string, string>> }[];
}
interface Files extends Table {
  readonly files: Readonly<Record<string, string>>;
}

const read = <T>(name: string): T => JSON.parse(readFileSync(`server/src/knowledge/data/${name}.json`, 'utf8')) as T;
const commands = read<Commands>('run-commands');
const library = read<Library>('ollama-names');
const files = read<Files>('data-files');

describe('what is known of commands', () => {
  it('has a source, a date and a confidence', () => {
    for (const table of [commands, library, files]) {
      assert.ok(table.source.length > 20);
      assert.match(table.asOf, /^20\d\d-\d\d-\d\d$/);
      assert.equal(table.confidence, 'general-knowledge');
    }
  });

  it('names each command once, with what it does', () => {
    const names = commands.commands.map((row) => row.run);
    assert.equal(new Set(names).size, names.length);
    for (const row of commands.commands) {
      assert.ok(['loads', 'trains', 'evaluates', 'publishes'].includes(row.does), row.run);
      assert.ok(['model', 'by-type', 'link', 'ollama'].includes(row.what), row.run);
      assert.ok(row.at !== null || row.flags.length > 0 || row.inside !== undefined, `${row.run} is given no id`);
      assert.equal(row.what === 'by-type', row.type !== undefined, row.run);
    }
  });

  it('spells options as they are compared', () => {
    for (const name of [...Object.values(commands.flags).flat(), ...commands.commands.flatMap((row) => [...row.flags, ...row.switches])])
      assert.match(name, /^[a-z][a-z0-9_.]*(?:=[a-z]+)?$/);
  });

  it('knows the commands of its images', () => {
    for (const { image, run } of commands.images)
      assert.ok(run === '' || commands.commands.some((row) => row.run === run || row.run.startsWith(`${run} `)), image);
  });

  it('knows the sets for which programs have names of their own', () => {
    for (const id of Object.values(commands.setNames).flatMap((names) => Object.values(names))) assert.equal(testKnowledge().dataset(id)?.id, id);
  });

  it('knows the terms of what the library of names stands for', () => {
    const knowledge = testKnowledge();
    assert.equal(new Set(library.rows.map((row) => row.name)).size, library.rows.length);
    for (const { name, sizes } of library.rows) for (const id of Object.values(sizes)) assert.ok(knowledge.model(id), `${name}: ${id}`);
  });

  it('knows the data sets that files are part of', () => {
    for (const [file, id] of Object.entries(files.files)) assert.ok(testKnowledge().dataset(id), `${file}: ${id}`);
  });
});
