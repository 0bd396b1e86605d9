import { hashOf } from './hash.ts';
import { idOfHash } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

const list = (words: string): readonly string[] => words.split(' ');

/** The words that the grammar of notices knows by what they do. The index has to know all of them. */
export const grammarWords = {
  /** Names may have them or not: they join, but tell nothing apart. */
  filler: list('the a an version versions ver v rev revision release license licenses licence licences agreement'),
  licence: list('license licenses licence licences'),
  version: list('version versions ver v rev revision release'),
  /** What a grant is made with. */
  grant: list(
    'license licenses licence licences licensed released distributed redistribute redistributed redistributable distribution available provided published covered governed subject under terms conditions accordance permitted offered shared copying copyrighted copyright dual dually multi either choice choose relicensed 许 证 协 议 根 据 遵 循 采 用',
  ),
  /** Before a name they say that the name is no grant. */
  against: list('not incompatible compatible compatibility unlike versus vs than instead except similar like unless avoid isnt noncompliant based'),
  later: list('later newer higher greater above subsequent upwards onwards following successor'),
  only: list('only'),
  /** Between a version and "or later". */
  beforeLater: list(
    'or and at your option choice any the of this that license gnu gpl general public lgpl lesser library as published by free software foundation inc if you wish like prefer should either opinion a fsf and',
  ),
  /** Between a name and its version. */
  beforeVersion: list(
    'v ver versions rev revision release the of a as published by free software foundation fsf inc in either under terms its version versions license licence agreement gnu gpl lgpl agpl general public lesser library affero or and any at your option choice and conditions which is that number with only distributed mpl epl cpl cddl apl asl available from to use',
  ),
  or: list('or alternatively either choice option dual dually'),
  and: list('and'),
  exception: list('exception exceptions'),
  same: list('same'),
  /** Before a name that is the end of a longer one: "Creative Commons public licences". */
  longer: list('creative'),
  /** "Change License: X": what a text becomes under one day. */
  becomes: list('change'),
  /** Asked for one by one: they stand here so that the index knows them. */
  single: list('modified see copy received full foundation fsf of'),
} as const;

export type GrammarClass = keyof typeof grammarWords;

/** By word id, one bit for each group of words. */
export interface WordBits<Name extends string> {
  readonly of: Uint32Array;
  readonly bit: Readonly<Record<Name, number>>;
}

export const bitsOf = <Name extends string>(groups: Readonly<Record<Name, readonly string[]>>, vocabulary: Vocabulary, size: number): WordBits<Name> => {
  const of = new Uint32Array(Math.max(size, 16));
  const bit = {} as Record<Name, number>;
  (Object.keys(groups) as Name[]).forEach((name, number) => {
    bit[name] = 1 << number;
    for (const word of groups[name]) {
      const id = idOfHash(vocabulary, hashOf(word));
      if (id !== 0) of[id] = (of[id] as number) | (1 << number);
    }
  });
  return { of, bit };
};
