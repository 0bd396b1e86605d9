import { datasetWork, hubReference, modelWork } from './hub-id.ts';
import type { WorkId } from './types.ts';

/** A work that a document names by an address or a package URL. */
export interface Located {
  readonly work: WorkId;
  readonly revision: string | null;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * `pkg:huggingface/org/name@commit`, `pkg:huggingface/datasets/org/name`, `pkg:github/owner/name@ref`. Packages of an index are none of
 * what is told here: other files say which of them are used.
 */
export const workOfPurl = (purl: string): Located | undefined => {
  if (purl.length > 1_000) return undefined;
  const match = /^pkg:(huggingface|github)\/+([^@?#]+)(?:@([^?#]*))?(?:\?([^#]*))?/i.exec(purl.trim());
  if (!match) return undefined;
  const [, type = '', path = '', version, qualifiers = ''] = match;
  const parts = path.split('/').filter(Boolean).map(decoded);
  const revision = version === undefined || version === '' ? null : decoded(version);
  if (type.toLowerCase() === 'github') {
    const [owner, name, more] = parts;
    return owner && name && more === undefined && /^[\w.-]+$/.test(owner + name) ? { work: `pkg:github/${owner}/${name}`, revision } : undefined;
  }
  const isData = parts[0] === 'datasets' || /(?:^|&)(?:repo(?:sitory)?_type|type)=dataset(?:&|$)/i.test(qualifiers);
  const id = hubReference((parts[0] === 'datasets' ? parts.slice(1) : parts).join('/'))?.id;
  return id === undefined ? undefined : { work: isData ? datasetWork(id) : modelWork(id), revision };
};

/** A link to a repository of the hub. */
export const workOfLink = (url: string): Located | undefined => {
  const found = url.includes('://') ? hubReference(url) : undefined;
  return found ? { work: found.type === 'dataset' ? datasetWork(found.id) : modelWork(found.id), revision: found.revision } : undefined;
};
