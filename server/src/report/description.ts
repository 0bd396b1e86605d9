import type { Provenance } from '../knowledge/types.ts';

export interface DescriptionRow {
  readonly label: string;
  readonly value: string;
  readonly clause?: string;
}

/** What is known of one licence, model, data set, service or rule, as plain data. Values come from tables and may hold any characters. */
export interface Description {
  readonly kind: 'licence' | 'model' | 'dataset' | 'service' | 'rule';
  readonly title: string;
  readonly subtitle: string;
  readonly rows: readonly DescriptionRow[];
  readonly notes: readonly string[];
  readonly sources: readonly Provenance[];
  /** Ids that can be asked next. */
  readonly seeAlso: readonly string[];
}

/** How sure a record is, in a few words; a message must never sound surer than this. */
const confidenceWords: Readonly<Record<string, string>> = {
  'read-the-text': 'the text was read',
  'quoted-text': 'known by quotation only',
  'from-summary': 'known by summary only: read the text before you rely on it',
  'general-knowledge': 'common knowledge, not read anew',
  'publisher-repository': "the publisher's own repository",
  'publisher-repo': "the publisher's own repository",
  'publisher-rule': "the publisher's rule for its own ids",
  'inferred-from-publisher-rule': "inferred from the publisher's rule for related ids",
  table: 'a table of others',
  'card-copy': 'a copy of the card',
  hub: "the hub's own tag",
  'hub-card': 'asked on the hub',
  'cache-card': 'read in the local hub cache',
  'hub-column': "a listing of the hub's tags",
  curated: 'a list kept by others',
  'curated-shared': 'a list kept by others, one entry for several works',
  'curated-audit': 'an audit of data sets',
  'publisher-code': "the publisher's code",
  'publisher-mapping': "the publisher's mapping table",
  'pages-read': 'published pages',
  name: 'guessed from the id alone',
  'issue-or-article': 'an issue or article',
};

export const confidenceText = (confidence: string): string => confidenceWords[confidence] ?? confidence;
