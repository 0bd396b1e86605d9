// Writes the licence index from the SPDX list's sources and the researched texts: npm run build:licences [-- FOLDER]
// The index is committed, so that a build needs none of them; without the folder this says so and leaves the index alone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { additionWords } from '../server/src/licence/recognise/additions.ts';
import { readStore, writeStore } from '../server/src/licence/recognise/store.ts';
import type { Section } from '../server/src/licence/recognise/store.ts';
import { textSections } from './licences/texts.ts';
import { exactSections } from './licences/exact.ts';
import { collect } from './licences/collect.ts';
import { nameSections } from './licences/lexicon.ts';
import names from './licences/lexicon.json' with { type: 'json' };
import { newWordList } from './licences/vocabulary.ts';
import words from './licences/words.json' with { type: 'json' };

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = resolve(process.argv[2] ?? join(root, '../shared/licence-texts'));
const target = join(root, 'server/src/knowledge/data/licences.bin');

const split = (text: string): readonly string[] => text.split(' ');

const build = (): Readonly<Record<string, Section>> => {
  const list = newWordList(words.same, { ...words.split, ...names.spellings });
  const collected = collect(folder);
  const named = nameSections(list, collected.templates);
  for (const word of additionWords()) list.idsOf(word);
  const texts = textSections(collected.sources, list, {
    material: split(words.material),
    condition: split(words.condition),
    joining: split(words.joining),
    negation: split(words.negation),
  });
  const { pairs, parts } = list.finish();
  const sections = {
    ...texts,
    ...named,
    wordHashes: Uint32Array.from(pairs, ([hash]) => hash),
    wordIds: Uint16Array.from(pairs, ([, id]) => id),
    wordParts: Uint16Array.from(parts.flat()),
  };
  return { ...sections, ...exactSections(sections, collected) };
};

const licencesOf = (bytes: Uint8Array | undefined): ReadonlySet<string> => {
  const store = bytes && readStore(bytes);
  return new Set(store?.text('licences').split('\n') ?? []);
};

if (!existsSync(folder)) console.log(`no licence texts at ${folder}: the index is left as it is`);
else {
  const before = existsSync(target) ? readFileSync(target) : undefined;
  const bytes = writeStore(build());
  const old = licencesOf(before);
  const now = licencesOf(bytes);
  const added = [...now].filter((id) => !old.has(id));
  const gone = [...old].filter((id) => !now.has(id));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, bytes);
  const same = before !== undefined && Buffer.compare(before, bytes) === 0;
  console.log(
    same
      ? 'nothing changed'
      : `${added.length} licences added, ${gone.length} gone${added.length > 0 && old.size > 0 ? `: ${added.slice(0, 20).join(', ')}` : ''}`,
  );
  console.log(`${now.size} licences, ${bytes.length} bytes, ${brotliCompressSync(bytes).length} packed`);
}
