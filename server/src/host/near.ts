import type { WalkedFile } from './walk.ts';

/** Files that are read before a person notices that they are. */
export const fewFiles = 500;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The folders of paths, and those above them up to the root, where policies, licences and notices lie. */
export const foldersAbove = (paths: readonly string[]): ReadonlySet<string> => {
  const folders = new Set<string>(['']);
  for (const path of paths) for (let at = folderOf(path); at !== ''; at = folderOf(at)) folders.add(at);
  return folders;
};

/** The files that lie in some folders. */
export const inFolders = (files: readonly WalkedFile[], folders: ReadonlySet<string>): readonly WalkedFile[] =>
  files.filter(({ path }) => folders.has(folderOf(path)));

/** What lies beside and above some files of a large tree before all others; how many those are, 0 where nothing is gained by it. */
export const nearFirst = (files: readonly WalkedFile[], near: () => readonly string[]): { readonly files: readonly WalkedFile[]; readonly first: number } => {
  const paths = files.length <= fewFiles ? [] : near();
  if (paths.length === 0) return { files, first: 0 };
  const folders = foldersAbove(paths);
  const beside = inFolders(files, folders);
  return beside.length > fewFiles
    ? { files, first: 0 }
    : { files: [...beside, ...files.filter(({ path }) => !folders.has(folderOf(path)))], first: beside.length };
};
