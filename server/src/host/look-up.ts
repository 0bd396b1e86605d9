import { datasetWork, hubReference, modelWork } from '../artefacts/hub-id.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Ask } from '../lineage/asks.ts';
import { canonical, hubOf } from '../lineage/remote.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import { createResolver } from './resolve.ts';
import type { Asked } from './resolve.ts';

interface Named {
  readonly work: string;
  readonly revision: string | null;
}

const withRevision = (text: string): { readonly id: string; readonly revision: string | null } => {
  const at = text.indexOf('@');
  return at < 0 ? { id: text, revision: null } : { id: text.slice(0, at), revision: text.slice(at + 1) || null };
};

/** A work of the hub as somebody names it to a command: a work id, an address, or an id, which may be a model's or a data set's. */
const namedBy = (text: string, knowledge: Knowledge): readonly Named[] => {
  const given = withRevision(text.trim());
  if (hubOf(given.id)) return [{ work: given.id, revision: given.revision }];
  const reference = hubReference(text);
  if (reference?.type === 'dataset') return [{ work: datasetWork(reference.id), revision: reference.revision }];
  if (reference?.type === 'model') return [{ work: modelWork(reference.id), revision: reference.revision }];
  if (!reference) return [];
  const { id, revision } = reference;
  const isData = knowledge.model(id) === undefined && knowledge.dataset(id) !== undefined;
  const works = [modelWork(id), datasetWork(id)];
  return (isData ? works.slice(1) : knowledge.model(id) ? works.slice(0, 1) : works).map((work) => ({ work, revision }));
};

/** What the cache and the hub say of one work that a person asks for. */
export const lookUp = async (
  text: string,
  asked: Asked,
  knowledge: Knowledge,
): Promise<{ readonly answers: Resolutions; readonly problems: readonly string[] }> => {
  if (!asked.cache && !asked.hub) return { answers: [], problems: [] };
  const resolver = createResolver({ ...asked, knowledge });
  for (const { work, revision } of namedBy(text, knowledge)) {
    const present = canonical(work, knowledge);
    const hub = hubOf(present);
    const written = hubOf(work);
    if (!hub || !written) continue;
    // Somebody wants to know all that can be told.
    const ask: Ask = {
      work: present,
      ...hub,
      names: written.id === hub.id ? [] : [written.id],
      revision,
      needs: { terms: true, commit: true, date: true },
    };
    await resolver.answer([ask], () => false);
    if (resolver.resolutions().some((answer) => answer.state === 'found')) break;
  }
  const answers = resolver.resolutions();
  const found = answers.filter((answer) => answer.state === 'found');
  return { answers: found.length > 0 ? found : answers.slice(0, 1), problems: resolver.skipped().map(({ reason }) => reason) };
};
