import { dataWork, weightsWork } from '../artefacts/hub-id.ts';
import type { WorkId, WorkKind } from '../artefacts/types.ts';
import { workOfFile } from '../knowledge/file-names.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { canonical } from './remote.ts';
import type { Edge } from './types.ts';

/** A file of data or weights that has the name under which a published work is handed out is likely a copy of that: a guess by the name alone. */
export const namedFile = (work: WorkId, kind: WorkKind, knowledge: Knowledge): Edge | undefined => {
  if (!work.startsWith('local:') || work.includes('#')) return undefined;
  const found = workOfFile(work);
  if (!found || found.type !== kind) return undefined;
  const to = canonical(found.type === 'model' ? weightsWork(found.id) : dataWork(found.id), knowledge);
  return { from: work, to, type: 'copiedFrom', role: 'decision', at: null, fact: null, source: 'the name of the file', evidence: 'name' };
};
