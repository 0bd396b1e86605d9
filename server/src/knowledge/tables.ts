import type {
  AliasRecord,
  DatasetRecord,
  DisputeRecord,
  HubLicence,
  ModelRecord,
  PackageRecord,
  Provenance,
  RelationType,
  ServiceTerms,
  Terms,
} from './types.ts';

/** A publisher's rule over its own ids: anchored at the organisation, so that it never matches somebody else's name. */
export interface ModelPattern extends Provenance {
  /** Source of a regular expression that begins with `^org/`. */
  readonly pattern: string;
  readonly licences: readonly string[];
  readonly stated: string | null;
  readonly note: string | null;
}

/**
 * The tables as data. A property may be a getter that reads its file when first asked: nothing here reads one twice,
 * and a look-up of a licence must not wait for the table of data sets.
 */
export interface KnowledgeTables {
  /** ISO date of the newest table. */
  readonly version: string;
  readonly terms: readonly Terms[];
  readonly services: readonly ServiceTerms[];
  readonly hubLicences: readonly HubLicence[];
  /** A card's `license_name` in lower case -> ids of terms. */
  readonly licenceNames: Readonly<Record<string, readonly string[]>>;
  readonly models: readonly ModelRecord[];
  readonly modelPatterns: readonly ModelPattern[];
  readonly datasets: readonly DatasetRecord[];
  /** Short name of a data set -> id on the hub. */
  readonly shortNames: Readonly<Record<string, string>>;
  readonly aliases: readonly AliasRecord[];
  readonly disputes: readonly DisputeRecord[];
  readonly packages: readonly PackageRecord[];
  /** Licence texts as numbers, laid out as `licence/recognise/index-file.ts` reads them. */
  readonly licenceIndex: Uint8Array;
}

/** What dated snapshots of the hub say of ids that the other tables lack. Opened only when such an id is asked. */
export interface HubSource {
  readonly model: (id: string) => ModelRecord | undefined;
  readonly dataset: (id: string) => DatasetRecord | undefined;
}

/** For tests and tools that need no hub tables. */
export const noHub: HubSource = { model: () => undefined, dataset: () => undefined };

/** One distinct statement of the hub tables; a row names it by its index. */
interface HubStatement extends Provenance {
  readonly licences: readonly string[];
  readonly stated: string | null;
}

/** Head of one hub table. `rows` in the text beside it are `id TAB statement [TAB relation TAB base,base [TAB edge]]`, sorted by lower-cased id. */
export interface HubHeader {
  readonly asOf: string;
  readonly statements: readonly HubStatement[];
  readonly edges: readonly Provenance[];
  readonly relations: readonly RelationType[];
}
