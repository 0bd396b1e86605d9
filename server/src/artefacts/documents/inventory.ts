import type { RelationType } from '../../knowledge/types.ts';
import type { FieldKind } from '../../licence/resolve.ts';
import { addFact, addLicence, addRelation, addWork } from '../draft.ts';
import type { Draft } from '../draft.ts';
import type { Located } from '../purl.ts';
import { localWork } from '../hub-id.ts';
import { digestAlgorithms, here } from '../types.ts';
import type { Anchor, Role, Scope, WorkId } from '../types.ts';
import { isListed } from './own-words.ts';
import { isBinaryName } from '../weights-names.ts';

/** One thing that a bill of materials lists. */
export interface Item {
  /** The document's own id of it. */
  readonly ref: string;
  readonly kind: 'model' | 'dataset' | 'code';
  readonly name: string | undefined;
  /** Set where an address or package URL says which work it is. */
  readonly located: Located | undefined;
  /** Set where a bill of our own says that it is a work of this repository, or a service. */
  readonly said?: WorkId | undefined;
  readonly licences: readonly { readonly stated: string; readonly field: FieldKind; readonly place: Anchor }[];
  /** Where it is named. */
  readonly place: Anchor;
  /** The document is about this one. */
  readonly root: boolean;
}

/** `from` came from `to`, both as the document's ids. */
export interface Link {
  readonly from: string;
  readonly to: string;
  readonly type: RelationType;
}

const scopes: Readonly<Record<Item['kind'], Scope>> = { model: 'weights', dataset: 'data', code: 'code' };

/** Folders in which people keep the bills of materials of what lies around them. */
const keepers = /^(?:[\w.-]*s?bom[\w.-]*|spdx|cyclonedx|compliance|legal|licen[cs]es?)$/i;

/** A document at the top, or in a folder kept for such, is about this repository. Deeper down it may be about anything: an example, a part, a test. */
const isAboutUs = (path: string): boolean => {
  const folders = path.split('/').slice(0, -1);
  return folders.length === 0 || (folders.length === 1 && keepers.test(folders[0] ?? ''));
};

const partName = (name: string): string | undefined => {
  const part = name.trim().replace(/[^\w.-]+/g, '-');
  return /^[A-Za-z0-9][\w.-]{1,79}$/.test(part) ? part : undefined;
};

/**
 * What a bill of materials says. It lists and does not choose, so what is merely listed is a mention; but what it says of the subject's own
 * licence and of origins counts. The licence of somebody else's work is repeated, not given.
 */
export const stateInventory = (draft: Draft, path: string, items: readonly Item[], links: readonly Link[]): void => {
  const ours = isAboutUs(path);
  const echo = items.some(({ said }) => said !== undefined) ? true : undefined;
  const role: Role = ours ? draft.role : draft.role === 'decision' ? 'mention' : draft.role;
  const byRef = new Map<string, Item>();
  for (const item of items) if (!byRef.has(item.ref)) byRef.set(item.ref, item);
  const workOf = (item: Item): WorkId | undefined => {
    // The address of the repository itself, as tools put it on the subject.
    const subject = item.root && ours && item.kind === 'code';
    if (item.located && !subject) return item.located.work;
    if (!ours) return undefined;
    if (item.said !== undefined) return item.said;
    if (item.root) return here;
    const part = item.kind === 'model' && item.name !== undefined ? partName(item.name) : undefined;
    return part === undefined ? undefined : `${here}#${part}`;
  };
  const told = new Set<WorkId>();
  for (const item of items) {
    const work = workOf(item);
    const foreign = item.located?.work === work;
    if (work === undefined || (foreign && item.kind === 'code')) continue;
    for (const { stated, field, place } of item.licences)
      addLicence(
        draft,
        { work, scope: item.said === undefined ? scopes[item.kind] : 'any', speaker: foreign ? 'other' : 'licensor', via: 'document', stated, field },
        place,
      );
    if (item.said?.startsWith('local:') === true || item.said === here) addWork(draft, work, item.kind, 'weights', item.place);
    // What a bill of our own relates to nothing is asked, or used, by the whole.
    const isService = item.said?.startsWith('service:') === true;
    const isListedAlone = echo === undefined || !links.some(({ to }) => to === item.ref);
    if (((item.located && foreign) || isService) && isListedAlone && !item.root && !told.has(work)) {
      told.add(work);
      addRelation(
        draft,
        {
          from: here,
          to: work,
          type: 'loads',
          via: 'bill of materials',
          revision: item.located?.revision ?? null,
          role: draft.role === 'evaluation' ? 'evaluation' : 'mention',
        },
        item.place,
      );
    }
  }
  for (const { from, to, type } of links) {
    const [derived, origin] = [byRef.get(from), byRef.get(to)];
    const [source, target] = [derived && workOf(derived), origin && workOf(origin)];
    if (source === undefined || target === undefined || !(origin?.located ?? origin?.said)) continue;
    // What a bill of our own repeats of the works of others, they say themselves.
    const of: Role = role === 'decision' && (isListed(type) || (echo && derived?.located !== undefined)) ? 'mention' : role;
    addRelation(draft, { from: source, to: target, type, via: 'bill of materials', revision: origin.located?.revision ?? null, role: of }, origin.place);
  }
  if (echo) for (const [index, fact] of draft.facts.entries()) draft.facts[index] = { ...fact, echo };
};

/** How a thing came from its ancestor, when the document says no more than that it did: what descends from a model is one. */
export const descent = (ancestor: Item['kind'] | undefined): RelationType => (ancestor === 'model' ? 'finetune' : 'copiedFrom');

export const kindOfWork = (located: Located | undefined): Item['kind'] | undefined => {
  if (!located) return undefined;
  if (located.work.startsWith('pkg:huggingface/datasets/')) return 'dataset';
  return located.work.startsWith('pkg:huggingface/') ? 'model' : 'code';
};

/** A file that the document lists, with one of its digests: `SHA-256`, `SHA256` and `sha256` are one algorithm. */
export interface Listed {
  readonly file: string;
  readonly algorithm: string;
  readonly digest: string;
  readonly place: Anchor;
}

/** Digests of files of this tree. Texts may change their line ends on the way, so only files that are the same everywhere count. */
export const stateDigests = (draft: Draft, path: string, rows: readonly Listed[]): void => {
  if (!isAboutUs(path)) return;
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  for (const { file, algorithm, digest, place } of rows) {
    const known = digestAlgorithms.find((each) => each === algorithm.toLowerCase().replaceAll('-', ''));
    const files = [`${folder}${file}`, file].flatMap((each) => localWork(each)?.slice('local:'.length) ?? []);
    const [first] = files;
    if (!known || first === undefined || !isBinaryName(first) || !/^[0-9a-f]{32,128}$/i.test(digest)) continue;
    addFact(
      draft,
      {
        kind: 'digest',
        id: draft.idOf('digest', `${first} ${digest.toLowerCase()}`),
        files: [...new Set(files)],
        algorithm: known,
        digest: digest.toLowerCase(),
        via: 'bom',
      },
      place,
    );
  }
};
