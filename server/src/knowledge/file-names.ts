import files from './data/data-files.json';
import table from './data/file-names.json';
import { memo } from './lookup.ts';

/** A published work that a file is known to be a part of, by its name. */
export interface NamedFile {
  readonly type: 'dataset' | 'model';
  /** On the hub, or `pkg:github/owner/name` for data or weights that a repository of code hands out. */
  readonly id: string;
}

const byName = memo(() => {
  const out = new Map<string, NamedFile>((table as readonly (NamedFile & { readonly name: string })[]).map(({ name, type, id }) => [name, { type, id }]));
  // What was looked at by hand for the commands of scripts stands first.
  for (const [name, id] of Object.entries(files.files)) out.set(name, { type: 'dataset', id });
  return out;
});

export const workOfFile = (path: string): NamedFile | undefined => byName().get(path.slice(path.lastIndexOf('/') + 1));
