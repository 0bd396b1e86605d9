import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** Where this machine keeps what can be had again. PEDIGREE_CACHE names another folder. */
export const answersFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  const set = environment['PEDIGREE_CACHE'];
  if (set) return resolve(set);
  // By its specification a path that is not absolute counts nothing: it would lie wherever somebody is, in a tree of others too.
  const base = environment['XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(base)) return join(base, 'pedigree');
  if (process.platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'pedigree', 'cache');
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches', 'pedigree') : join(homedir(), '.cache', 'pedigree');
};

/** Where compiled code of this program lies; each way of running it has flags of its own. */
export const codeFolder = (user: 'server' | 'command-line'): string => join(answersFolder(), 'code', user);
