import type { Artefact } from '../artefacts/artefact.ts';
import type { Policy } from '../policy/types.ts';
import type { Creation, Fix, Place, Related, TextEdit } from '../protocol/report.ts';
import type { At, RawFix, RawRelated } from '../rules/types.ts';
import type { AnalysisInput } from './types.ts';

export interface Placed extends Place {
  readonly lineDigest: string;
}

/** Files as they read now. */
export type Present = Pick<ReadonlyMap<string, Artefact>, 'get'>;

export const presentOf = ({ artefacts, moved }: Pick<AnalysisInput, 'artefacts' | 'moved'>): Present =>
  moved === undefined || moved.size === 0 ? artefacts : { get: (path) => moved.get(path) ?? artefacts.get(path) };

const firstLine = (path: string, line: number): Placed => ({ path, line, column: 1, endLine: line, endColumn: 1, key: null, cell: null, lineDigest: '' });

/** Where a raw finding stands now. A fact whose anchor is missing stands on line 1 of its file. */
export const placeOf = (at: At, artefacts: Present, policy: Policy): Placed => {
  if ('line' in at) return firstLine(at.path, at.line);
  const id = 'fact' in at ? at.fact : at.slot;
  const target = at.path === policy.path && id.startsWith('publish:') ? policy.publish?.places[id.slice('publish:'.length)] : undefined;
  if (target) return { path: at.path, ...target, key: null, cell: null, lineDigest: id };
  const stated = at.path === policy.path ? /^(accept|named|disclose|works|grants):(\d+)$/.exec(id) : null;
  const listed = stated?.[1] === 'works' || stated?.[1] === 'grants' ? policy[stated[1]][Number(stated[2])] : undefined;
  const word = at.path === policy.path && id.startsWith('licence:') ? id.slice('licence:'.length) : undefined;
  const named = word === undefined ? undefined : policy.licences.places.get(word);
  if (named) return { path: at.path, ...named, key: null, cell: null, lineDigest: id };
  if (listed) return { path: at.path, ...listed.place, key: null, cell: null, lineDigest: 'id' in listed ? listed.id : listed.work };
  const wanted = stated?.[1] === 'disclose' ? policy.disclose[Number(stated[2])] : undefined;
  if (wanted) return { path: at.path, ...wanted.place, key: null, cell: null, lineDigest: wanted.name };
  const entry = stated ? (stated[1] === 'accept' ? policy.accept : policy.named)[Number(stated[2])] : undefined;
  if (entry) return { path: at.path, ...entry.place, key: null, cell: null, lineDigest: entry.rule };
  const place = artefacts.get(at.path)?.places.get(id);
  return place ? { path: at.path, ...place } : firstLine(at.path, 1);
};

export const relatedOf = (related: RawRelated, artefacts: Present, policy: Policy): Related => {
  const { path, line, column, endLine, endColumn, cell } = placeOf(related.at, artefacts, policy);
  return { path, line, column, endLine, endColumn, cell, message: related.message };
};

/** Puts ranges into a fix; undefined when a place that it needs is gone, or lies in a binary file. */
export const fixOf = (fix: RawFix, artefacts: Present): Fix | undefined => {
  const edits: TextEdit[] = [];
  for (const edit of fix.edits ?? []) {
    const artefact = artefacts.get(edit.path);
    const place = artefact?.places.get(edit.slot);
    if (!artefact || !place || place.key !== null) return undefined;
    const { line, column, endLine, endColumn, cell } = place;
    edits.push({ path: edit.path, hash: artefact.hash, cell, line, column, endLine, endColumn, text: edit.text });
  }
  const creates: readonly Creation[] = fix.creates ?? [];
  return { title: fix.title, safe: fix.safe, preferred: fix.preferred ?? false, edits, creates };
};
