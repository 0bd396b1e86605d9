import type { Knowledge } from '../../knowledge/types.ts';
import { addLicence, addRelation, addWork, draftOf, limitHit, nothingRead, placeAt, readingOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { hubReference, modelWork } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Reading, WorkId } from '../types.ts';
import type { Source } from './source.ts';

/** What the metadata of a weights file say of it, with the key that says so. */
export interface Said {
  readonly key: string;
  readonly value: string;
}

export interface Packed {
  readonly licences?: readonly Said[];
  readonly bases?: readonly Said[];
}

export interface PackedDraft {
  readonly draft: Draft;
  readonly work: WorkId;
}

/**
 * A weights file is a work of its own: it may be anybody's. One that states a licence is bundled under those terms; of one that states
 * none all that is known is that it is there.
 */
export const packedOf = (reader: string, path: string, knowledge: Knowledge, key: string, { licences = [], bases = [] }: Packed): PackedDraft => {
  const draft = draftOf(reader, path, knowledge);
  const work: WorkId = `local:${path}`;
  addWork(draft, work, 'model', 'weights', placeAt(key));
  for (const { key: at, value } of licences)
    addLicence(draft, { work, scope: 'weights', speaker: 'distributor', via: 'weights', stated: value, field: 'free' }, placeAt(at));
  if (draft.facts.some((fact) => fact.kind === 'licence' && fact.licences.length > 0))
    addRelation(draft, { from: here, to: work, type: 'bundles', via: 'weights' }, placeAt(key));
  for (const { key: at, value } of bases) {
    const base = hubReference(value);
    if (base) addRelation(draft, { from: work, to: modelWork(base.id), type: 'finetune', via: at, revision: base.revision }, placeAt(at));
  }
  return { draft, work };
};

export const readPacked = (...parts: Parameters<typeof packedOf>): Reading => readingOf(packedOf(...parts).draft);

/** What was read of a file, with the limits that were hit on the way. */
export const withLimits = ({ hit }: Source, reading: Reading): Reading =>
  hit.size === 0 ? reading : { ...reading, problems: [...reading.problems, ...[...hit].map(limitHit)] };

const pointer = 'version https://git-lfs';

/** The stand-in of Git LFS under the name of a binary file; another reader tells of it. */
export const isStandIn = (bytes: Uint8Array): boolean => new TextDecoder().decode(bytes.subarray(0, pointer.length)) === pointer;

/** A file that is not what its name says: said as a problem, unless it only stands in for what it is named for. */
export const unlike = (bytes: Uint8Array, message: string): Reading =>
  isStandIn(bytes) || bytes.length === 0 ? nothingRead : { ...nothingRead, problems: [{ message, span: null, limit: false }] };
