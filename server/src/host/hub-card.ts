import { adapterConfigReader } from '../artefacts/adapter-config.ts';
import { cardReader } from '../artefacts/card/reader.ts';
import { licenceFileReader } from '../artefacts/licence-file.ts';
import { modelConfigReader } from '../artefacts/model-config.ts';
import type { Fact, Reader } from '../artefacts/types.ts';
import { modifications } from '../knowledge/types.ts';
import type { Knowledge, RelationType } from '../knowledge/types.ts';
import type { ResolvedRelation, ResolvedTerms } from '../lineage/resolutions.ts';

/** Files of a repository of the hub that say whose terms hold, as texts. */
export interface HubFiles {
  /** README.md. */
  readonly card: string | null;
  readonly config: string | null;
  readonly adapter: string | null;
  readonly licences: readonly { readonly name: string; readonly text: string }[];
}

export const noFiles: HubFiles = { card: null, config: null, adapter: null, licences: [] };

/** A throw would be a bug of a reader: it is told, and the audit goes on. */
const readerOf =
  (knowledge: Knowledge, problems: string[]) =>
  (reader: Reader, path: string, text: string | null): readonly Fact[] => {
    if (text === null) return [];
    try {
      const bytes = new TextEncoder().encode(text);
      return reader.read({ path, text, bytes, size: bytes.length }, knowledge).facts;
    } catch (error) {
      problems.push(`${reader.id} failed: ${String(error).slice(0, 200)}`);
      return [];
    }
  };

const termsOf = (facts: readonly Fact[], via: ResolvedTerms['via'], scope: ResolvedTerms['scope']): readonly ResolvedTerms[] =>
  facts.flatMap((fact) =>
    fact.kind === 'licence' && fact.speaker !== 'other'
      ? [{ stated: fact.stated, licences: fact.licences, choice: fact.choice, scope: via === 'card' ? scope : fact.scope, speaker: fact.speaker, via }]
      : [],
  );

const relationsOf = (facts: readonly Fact[], taken: readonly RelationType[]): readonly ResolvedRelation[] =>
  facts.flatMap((fact) => (fact.kind === 'relation' && taken.includes(fact.type) ? [{ to: fact.to, type: fact.type }] : []));

export interface HubReading {
  readonly terms: readonly ResolvedTerms[];
  readonly relations: readonly ResolvedRelation[];
  readonly problems: readonly string[];
}

/** Terms and origins of a work of the hub, read as the same files would be in a tree. `name` is the work's own, so that it is not its base. */
export const readHubFiles = (type: 'model' | 'dataset', name: string, files: HubFiles, knowledge: Knowledge): HubReading => {
  const problems: string[] = [];
  const factsOf = readerOf(knowledge, problems);
  const scope = type === 'model' ? 'weights' : 'data';
  const card = factsOf(cardReader, 'README.md', files.card);
  const terms = [
    ...termsOf(card, 'card', scope),
    ...files.licences.flatMap((file) => termsOf(factsOf(licenceFileReader, file.name, file.text), 'licence-file', scope)),
  ];
  if (type === 'dataset') return { terms, relations: relationsOf(card, ['copiedFrom']), problems };
  const stated = relationsOf(card, [...modifications, 'trainedOn']);
  const adapter = relationsOf(factsOf(adapterConfigReader, 'adapter_config.json', files.adapter), modifications).filter(
    ({ to }) => !stated.some((relation) => relation.to === to),
  );
  const bases = [...stated.filter((relation) => relation.type !== 'trainedOn'), ...adapter];
  // What a configuration was loaded from is often stale: it counts where nothing else says what the work came from.
  const config = bases.length > 0 ? [] : relationsOf(factsOf(modelConfigReader, `${name}/config.json`, files.config), modifications);
  return { terms, relations: [...stated, ...adapter, ...config], problems };
};
