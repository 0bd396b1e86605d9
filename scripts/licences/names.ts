import { plainLink } from '../../server/src/licence/recognise/bytes.ts';
import { hashOf, linkSeed } from '../../server/src/licence/recognise/hash.ts';
import type { NameTable } from '../../server/src/licence/recognise/grammar-names.ts';
import { grammarWords } from '../../server/src/licence/recognise/grammar-words.ts';
import { grantWords } from '../../server/src/licence/recognise/notice-grants.ts';
import type { Section } from '../../server/src/licence/recognise/store.ts';
import lexicon from './lexicon.json' with { type: 'json' };
import { nameSections as lexiconSections } from './lexicon.ts';
import names from './names.json' with { type: 'json' };
import type { Template } from './template.ts';
import type { WordList } from './vocabulary.ts';

type Meaning = NameTable['meanings'][number];

/** Words that are written as one or as two: for the word list. */
export const spellings: Readonly<Record<string, string>> = lexicon.spellings;

const shorts = (section: Section | undefined): readonly number[] => [...(section ?? [])];

/** Addresses of the ports of a Creative Commons licence that have no id of their own: the port is told by its address alone. */
const ports = (known: (address: string) => boolean): readonly (readonly [string, string])[] =>
  Object.entries(lexicon.creativeCommons.versions).flatMap(([part, versions]) =>
    versions
      .filter((version) => Number(version) > 1 && Number(version) < 4)
      .flatMap((version) =>
        names.jurisdictions
          .map((place) => [`creativecommons.org/licenses/${part.toLowerCase()}/${version}/${place}`, `CC-${part}-${version}`] as const)
          .filter(([address]) => !known(address)),
      ),
  );

/** Sections of names and addresses: those of the lexicon, with more names and the words that grant them. */
export const nameSections = (words: WordList, templates: readonly Template[]): Readonly<Record<string, Section>> => {
  const base = lexiconSections(words, templates);
  for (const group of Object.values(grantWords)) for (const word of group) words.idsOf(word);
  const fillers = new Set(grammarWords.filler.flatMap((word) => words.idsOf(word)));
  const table = JSON.parse(new TextDecoder().decode(base.names as Uint8Array)) as NameTable;
  const meanings: Meaning[] = [...table.meanings];
  const next = shorts(base.nameNext);
  const edges = new Map(shorts(base.nameEdges).map((key, at) => [key, next[at] ?? 0]));
  const ends = [...shorts(base.nameEnds)];
  const numberOf = (meaning: Meaning): number => {
    const known = meanings.findIndex((each) => JSON.stringify(each) === JSON.stringify(meaning));
    return known < 0 ? meanings.push(meaning) : known + 1;
  };
  const put = (name: string, meaning: Meaning): void => {
    let node = 0;
    for (const id of words.idsOf(name).filter((word) => !fillers.has(word))) {
      const key = node * 65_536 + id;
      const to = edges.get(key) ?? ends.push(0) - 1;
      edges.set(key, to);
      node = to;
    }
    ends[node] = numberOf(meaning);
  };
  for (const family of names.families) {
    const meaning = meanings.find((each) => each.kind === 'family' && each.bare === family.bare && !each.weak);
    if (meaning) for (const name of family.names) put(name, meaning);
  }
  for (const [name, licence] of Object.entries(names.names)) put(name, { kind: 'exact', licence, weak: true });
  const pairs = shorts(base.nameLinks);
  const links = new Map<number, number>();
  for (let at = 0; at + 1 < pairs.length; at += 2) links.set(pairs[at] ?? 0, pairs[at + 1] ?? 0);
  const idOf = (address: string): number => words.idOfLink(hashOf(plainLink(address), linkSeed), plainLink(address));
  for (const [address, licence] of [...Object.entries(names.links), ...ports((address) => links.has(idOf(address)))])
    links.set(idOf(address), numberOf({ kind: 'exact', licence, weak: false }));
  const sorted = [...edges].toSorted((a, b) => a[0] - b[0]);
  return {
    ...base,
    names: new TextEncoder().encode(JSON.stringify({ meanings } satisfies NameTable)),
    nameEdges: Uint32Array.from(sorted, ([key]) => key),
    nameNext: Uint16Array.from(sorted, ([, to]) => to),
    nameEnds: Uint16Array.from(ends),
    nameLinks: Uint16Array.from([...links].flat()),
  };
};
