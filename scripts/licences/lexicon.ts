import { grantWords } from '../../server/src/licence/recognise/grammar-grants.ts';
import { grammarWords } from '../../server/src/licence/recognise/grammar-words.ts';
import { hashOf, linkSeed } from '../../server/src/licence/recognise/hash.ts';
import type { NameTable } from '../../server/src/licence/recognise/grammar-names.ts';
import type { Section } from '../../server/src/licence/recognise/store.ts';
import { plainLink } from '../../server/src/licence/recognise/bytes.ts';
import recognition from '../../server/src/knowledge/data/recognition.json' with { type: 'json' };
import terms from '../../server/src/knowledge/data/terms.json' with { type: 'json' };
import names from './lexicon.json' with { type: 'json' };
import type { Template } from './template.ts';
import type { WordList } from './vocabulary.ts';

interface Family {
  readonly names: readonly string[];
  /** Names that are ordinary words as well. */
  readonly weakNames?: readonly string[];
  readonly weak?: boolean;
  readonly gnu?: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly bare: string | null;
}

const replaced: Readonly<Record<string, string>> = recognition.deprecated;
const current = (id: string): string => replaced[id] ?? id;
const gnu = /^(?:A?GPL|LGPL|GFDL)-/;

/** What a name means: an expression, a family whose version is read behind or before it, or an exception. */
type Meaning = NameTable['meanings'][number];

/** Names that say no more than a family. */
const generic = new Set(names.generic);
/** Names that are said of nothing but what a file is under. */
const sure = new Set(names.sure);
/** Names that are those of a program as well. */
const programs = new Set(names.programs);

/** Sections of names and addresses, and the table of what they mean. */
export const nameSections = (words: WordList, templates: readonly Template[]): Readonly<Record<string, Section>> => {
  for (const group of Object.values(grammarWords)) for (const word of group) words.idsOf(word);
  const fillers = new Set(grammarWords.filler.flatMap((word) => words.idsOf(word)));
  const meanings: Meaning[] = [];
  const meaningOf = new Map<string, number>();
  const meaning = (value: Meaning): number => {
    const key = JSON.stringify(value);
    const known = meaningOf.get(key);
    if (known !== undefined) return known;
    meanings.push(value);
    meaningOf.set(key, meanings.length);
    return meanings.length;
  };
  /** Edges of the tree of names by node * 65536 + word, and what the name that ends at a node means, 0 for none. */
  const edges = new Map<number, number>();
  const ends: number[] = [0];
  const put = (name: string, value: Meaning, over: boolean): void => {
    const ids = words.idsOf(name).filter((id) => !fillers.has(id));
    if (ids.length === 0) return;
    let node = 0;
    for (const id of ids) {
      const key = node * 65_536 + id;
      let next = edges.get(key);
      if (next === undefined) {
        next = ends.length;
        ends.push(0);
        edges.set(key, next);
      }
      node = next;
    }
    if (over || ends[node] === 0) ends[node] = meaning(value);
  };
  const exact = (licence: string, weak: boolean): Meaning => ({ kind: 'exact', licence, weak });

  // Titles first: what is put later, and more exactly, stands.
  for (const template of templates) {
    const id = current(template.id);
    // Version and "or later" of the GNU licences are read as such, not as parts of a name.
    if (template.exception || id.includes(' WITH ') || (gnu.test(id) && !id.includes('invariants'))) continue;
    const isPlain = words.idsOf(template.name).filter((part) => !fillers.has(part)).length < 3;
    const parts = words.idsOf(template.id).filter((part) => !fillers.has(part)).length;
    put(template.name, exact(id, isPlain), true);
    put(template.name.replace(/\(.*?\)|"/g, ' '), exact(id, isPlain), false);
    put(template.id, { ...exact(id, parts < 2 || !/\d/.test(template.id)), ...(parts < 2 && /^[A-Za-z]+$/.test(template.id) ? { field: true } : {}) }, true);
  }
  for (const each of terms) {
    if (gnu.test(each.id)) continue;
    for (const name of [each.name, each.id.replace(/^LicenseRef-/, ''), ...each.hubTags, ...each.licenceNames])
      if (words.idsOf(name).length > 1 && !/^modified[ -]mit$/i.test(name)) put(name, exact(each.id, true), false);
  }
  for (const [name, licence] of Object.entries(recognition.weakNames)) if (licence.startsWith('LicenseRef-')) put(name, exact(licence, true), true);
  for (const [name, licence] of Object.entries(recognition.names)) if (licence.startsWith('LicenseRef-')) put(name, exact(licence, false), true);
  for (const [name, licence] of Object.entries(names.names))
    if (licence !== null)
      put(
        name,
        {
          ...exact(licence, words.idsOf(name).length < 2 || programs.has(name) || /style|like|type|perl|itself/.test(name)),
          ...(generic.has(name) ? { generic: licence } : {}),
          ...(sure.has(name) ? { sure: true } : {}),
          ...(names.alone.includes(name) ? { alone: true } : {}),
        },
        true,
      );
  for (const [title, licence] of Object.entries(names.titles)) put(title, exact(licence, true), true);
  const cc = names.creativeCommons;
  for (const [part, spellings] of Object.entries(cc.parts)) {
    for (const version of cc.versions[part as keyof typeof cc.versions]) {
      for (const spelling of spellings) {
        const licence = `CC-${part}-${version}`;
        for (const prefix of cc.prefixes)
          for (const form of ['', ' international', ' unported', ' generic', ' international public', ' deed'])
            put(`${prefix} ${spelling} ${version}${form}`, exact(licence, false), true);
        if (spelling.startsWith('attribution'))
          for (const form of ['', ' international', ' unported', ' generic']) put(`${spelling} ${version}${form}`, exact(licence, true), false);
      }
    }
  }
  for (const family of names.families as readonly Family[]) {
    const versions = Object.entries(family.versions).map(([version, licence]) => [words.idsOf(version)[0] ?? 0, licence] as const);
    const value: Meaning = { kind: 'family', weak: family.weak ?? false, gnu: family.gnu ?? false, versions, bare: family.bare };
    for (const name of family.names) put(name, value, true);
    for (const name of family.weakNames ?? []) put(name, { ...value, weak: true }, true);
  }
  for (const [name, licence] of Object.entries(names.exceptions)) {
    put(`${name} exception`, { kind: 'exception', licence }, true);
    put(`${licence}`, { kind: 'exception', licence }, true);
  }
  const links = new Map<number, number>();
  const putLink = (address: string, licence: string): void => {
    const plain = plainLink(address);
    links.set(words.idOfLink(hashOf(plain, linkSeed), plain), meaning(exact(licence, false)));
  };
  const owners = new Map<string, Set<string>>();
  for (const template of templates) {
    const id = current(template.id);
    if (template.exception || id.includes(' WITH ') || id.endsWith('-or-later')) continue;
    for (const link of template.links) if (plainLink(link).includes('/')) owners.set(plainLink(link), (owners.get(plainLink(link)) ?? new Set()).add(id));
    for (const start of recognition.idLinks)
      for (const spelling of [template.id, id, template.id.replace(/-(?:only|or-later)$/, '')])
        putLink(`${start}${spelling}`, gnu.test(id) && !/-/.test(id) ? `${id}-only` : id);
  }
  for (const [link, ids] of owners) if (ids.size === 1 && /licen|legal|copying|\/gpl|\/mpl/i.test(link)) putLink(link, [...ids][0] ?? '');
  for (const [link, licence] of Object.entries(recognition.links)) putLink(link, licence);
  for (const [link, licence] of Object.entries(names.links)) putLink(link, licence);
  for (const group of Object.values(grantWords)) for (const word of group) words.idsOf(word);

  const table: NameTable = { meanings, relations: names.relations };
  const sorted = [...edges].toSorted((a, b) => a[0] - b[0]);
  return {
    names: new TextEncoder().encode(JSON.stringify(table)),
    nameEdges: Uint32Array.from(sorted, ([key]) => key),
    nameNext: Uint16Array.from(sorted, ([, next]) => next),
    nameEnds: Uint16Array.from(ends),
    nameLinks: Uint16Array.from([...links].flat()),
  };
};
