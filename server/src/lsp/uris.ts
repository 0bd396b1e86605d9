import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The absolute path behind a URI; undefined for documents that lie on no disk. The one place where URIs become paths. */
export const fileOf = (uri: string): string | undefined => {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
};

/** The URI of a file of a folder. */
export const uriOf = (root: string, path: string): string => pathToFileURL(join(root, path)).toString();

/** The path inside a folder, with `/`; undefined for files outside it. */
export const pathInside = (root: string, file: string): string | undefined => {
  const path = relative(root, file);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return undefined;
  return sep === '/' ? path : path.split(sep).join('/');
};

/** One spelling for one file: drive letters come in both cases. */
const normal = (file: string): string => (/^[a-z]:/.test(file) ? `${file.charAt(0).toUpperCase()}${file.slice(1)}` : file);

export const isSameFile = (uri: string, root: string, path: string): boolean => {
  const file = fileOf(uri);
  return file !== undefined && normal(file) === normal(join(root, path));
};
