import data from '../knowledge/data/recognition.json';

/** Names that differ by version alone: each prefix, name and version is put into each form. */
export interface NameFamily {
  readonly prefixes?: readonly string[];
  readonly names: readonly string[];
  /** Version as people write it -> licence id. */
  readonly versions: Readonly<Record<string, string>>;
  /** With the marks `{name}` and `{version}`. */
  readonly forms: readonly string[];
  /** The same for "or any later version". */
  readonly later?: Readonly<Record<string, string>>;
  readonly laterForms?: readonly string[];
  /** Absent: a name without a version is no name of the family. Else the category that it has whatever the version, or null. */
  readonly unversioned?: string | null;
}

interface Recognition {
  /** Ids that the SPDX list calls deprecated -> the id or expression in their place. */
  readonly deprecated: Readonly<Record<string, string>>;
  /** Words that are written as one or as two. */
  readonly spellings: Readonly<Record<string, string>>;
  readonly families: readonly NameFamily[];
  readonly names: Readonly<Record<string, string>>;
  /** Names that mean other things as well: they count only next to the word licence. */
  readonly weakNames: Readonly<Record<string, string>>;
  /** Names that leave the licence open, with the category that they state all the same, or null. */
  readonly vagueNames: Readonly<Record<string, string | null>>;
  /** What people write where no licence is given. */
  readonly noLicence: readonly string[];
  /** Whole PyPI classifiers that name no licence and limit use, with the category. */
  readonly narrowClassifiers: Readonly<Record<string, string>>;
  /** PyPI classifiers without their prefix; null = a family without a version. */
  readonly classifiers: Readonly<Record<string, string | null>>;
  /** Address without scheme, `www.` and file ending, in lower case -> licence id. */
  readonly links: Readonly<Record<string, string>>;
  /** Addresses that end with an SPDX id. */
  readonly idLinks: readonly string[];
}

/** Names and addresses of licences: facts, so they are data. */
export const recognition = data as unknown as Recognition;
