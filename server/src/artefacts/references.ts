import { localWork } from './hub-id.ts';
import type { ReferenceTarget } from './types.ts';

/** A page or file of a repository on one of the hosts that people keep code on. */
export interface RepositoryAddress {
  /** `host/owner/name` in small letters. */
  readonly repository: string;
  /** Branch, tag or commit; null for the repository's own page. */
  readonly revision: string | null;
  readonly path: string | null;
}

const fileOfHost =
  /^(?:https?:)?\/\/(?:www\.)?(github\.com|gitlab\.com|gitee\.com|bitbucket\.org|codeberg\.org)\/([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?(?:\/(?:-\/)?(?:blob|tree|raw|src|edit)\/([^/#?]{1,200})\/([^#?]{1,400}))?\/?(?:[#?].*)?$/i;
/** "https://github.com/owner/name/LICENCE": a branch was left out, so the page is nowhere; what it means is plain. */
const bareLicence = /^(?:https?:)?\/\/(?:www\.)?(github\.com|gitlab\.com)\/([\w.-]{1,100})\/([\w.-]{1,100})\/((?:licen[cs]e|copying)[\w.-]{0,20})(?:[?#].*)?$/i;
const rawFile = /^(?:https?:)?\/\/raw\.githubusercontent\.com\/([\w.-]{1,100})\/([\w.-]{1,100})\/(?:refs\/heads\/)?([^/#?]{1,200})\/([^#?]{1,400})/i;
const hubFile =
  /^(?:https?:)?\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/((?:datasets\/|spaces\/)?[\w.-]{1,100}\/[\w.-]{1,100})(?:\/(?:blob|resolve|raw|tree|edit)\/([^/#?]{1,200})\/([^#?]{1,400}))?\/?(?:[#?].*)?$/i;

const unescaped = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** What repository an address names, and which file of it; undefined for every other address. */
export const repositoryOf = (address: string): RepositoryAddress | undefined => {
  const value = address.trim();
  if (value.length > 800) return undefined;
  const hub = hubFile.exec(value);
  if (hub) return { repository: `huggingface.co/${hub[1] ?? ''}`.toLowerCase(), revision: hub[2] ?? null, path: unescaped(hub[3] ?? '') || null };
  const raw = rawFile.exec(value);
  if (raw) return { repository: `github.com/${raw[1] ?? ''}/${raw[2] ?? ''}`.toLowerCase(), revision: raw[3] ?? null, path: unescaped(raw[4] ?? '') ?? null };
  const bare = bareLicence.exec(value);
  if (bare) return { repository: `${bare[1] ?? ''}/${bare[2] ?? ''}/${bare[3] ?? ''}`.toLowerCase(), revision: 'HEAD', path: bare[4] ?? null };
  const found = fileOfHost.exec(value);
  if (!found) return undefined;
  const [, host = '', owner = '', name = '', revision, path] = found;
  return { repository: `${host}/${owner}/${name}`.toLowerCase(), revision: revision ?? null, path: unescaped(path ?? '')?.replace(/\/$/, '') || null };
};

/** Where a clone comes from: `https://...`, `git@host:owner/name.git`, `owner/name` of npm's `github:`. */
export const repositoryOfRemote = (remote: string): string | undefined => {
  const value = remote.trim().slice(0, 400);
  const found =
    /^(?:git\+)?(?:(?:https?|ssh|git):\/\/)?(?:[^@/\s]{1,200}@)?(github\.com|gitlab\.com|gitee\.com|bitbucket\.org|codeberg\.org)[:/]([\w.-]{1,100})\/([\w.-]{1,100}?)(?:\.git)?(?:[/#?].*)?$/i.exec(
      value,
    ) ?? /^(github):([\w.-]{1,100})\/([\w.-]{1,100})$/i.exec(value);
  if (!found) return undefined;
  const [, host = '', owner = '', name = ''] = found;
  return `${host === 'github' ? 'github.com' : host}/${owner}/${name}`.toLowerCase();
};

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * A path as a file of the tree writes it, from the root. Undefined for addresses, anchors, templates and what leaves the root; `../../blob/main/X`
 * is how a README of the root names a file by the host's own pages.
 */
export const treePath = (file: string, target: string): string | undefined => {
  const plain = unescaped(target.trim().replace(/[#?].*$/, ''));
  if (plain === undefined || plain === '' || /^[a-z][\w+.-]*:|^\/\//i.test(plain) || /[{}<>$*|\\\n]|%[({]/.test(plain)) return undefined;
  if (plain.startsWith('/')) return localWork(plain.slice(1))?.slice('local:'.length);
  const inside = localWork(`${folderOf(file)}${plain}`);
  if (inside !== undefined) return inside.slice('local:'.length);
  const page = /^(?:\.\.\/){2}(?:blob|tree|raw)\/(?:main|master|HEAD)\/(.+)$/.exec(plain);
  return page && !file.includes('/') ? localWork(page[1] ?? '')?.slice('local:'.length) : undefined;
};

/** Branches that a repository's own pages are linked to by: what lies on others is not what was read. */
const mainBranch = /^(?:main|master|HEAD)$/;

/** What a link means: a path of this tree, a file on the main branch of some repository, or neither. */
export const targetOf = (file: string, target: string): ReferenceTarget => {
  const path = treePath(file, target);
  if (path !== undefined) return { path, repository: null };
  const found = repositoryOf(target);
  if (!found) return { path: null, repository: null };
  return { path: found.revision !== null && mainBranch.test(found.revision) ? found.path : null, repository: found.repository };
};

/** Names of files that hold terms: LICENSE, COPYING, "... LICENSE AGREEMENT", DATA_LICENSE.md. */
export const namesLicence = (path: string): boolean =>
  /(?:^|[^a-z])(?:un)?licen[cs]es?(?:[^a-z]|$)|(?:^|[^a-z])copying(?:[^a-z]|$)|licen[cs]e[-_ ]?agreement|terms[-_ ]of[-_ ]use|许可|协议/i.test(
    path.slice(path.replace(/\/$/, '').lastIndexOf('/') + 1),
  );
