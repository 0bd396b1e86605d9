import table from './data/disclosures.json';
import { memo } from './lookup.ts';
import type { Provenance } from './types.ts';

/** What a section can be given from a lineage; `evaluation` helps who writes it and is missed by nobody. */
export type SourceKind = 'models' | 'public-data' | 'own-data' | 'synthetic' | 'evaluation';

export interface DisclosureSection {
  readonly title: string;
  readonly lists: readonly SourceKind[];
  /** What no repository tells, in our words. */
  readonly asks: readonly string[];
}

/** A document on training data that some law asks for. */
export interface DisclosureRecord extends Provenance {
  readonly id: string;
  readonly title: string;
  readonly concerns: string;
  /** Where it is looked for, the first of them being where it is made. */
  readonly files: readonly string[];
  readonly note: string;
  readonly sections: readonly DisclosureSection[];
}

export const disclosures = table as readonly DisclosureRecord[];

export const disclosureById = (id: string): DisclosureRecord | undefined => disclosures.find((row) => row.id === id);

const names = memo(() => new Set(disclosures.flatMap((row) => row.files.map((file) => file.slice(file.lastIndexOf('/') + 1).toLowerCase()))));

/** By the last part of a path, in small letters. */
export const isDisclosureName = (name: string): boolean => names().has(name);

/** The comment by which a document of another name says what it is. */
export const disclosureMark = (id: string): string => `<!-- pedigree: disclosure ${id} -->`;
