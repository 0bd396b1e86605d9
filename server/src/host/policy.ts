import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { extendPolicy } from '../policy/extend.ts';
import { noPolicy, policyFileName, readPolicy } from '../policy/read.ts';
import type { Policy } from '../policy/types.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';
import { readSmallFile } from './disk.ts';

const failed = (path: string, message: string): Policy => ({ ...noPolicy, path, hash: message, problems: [{ message, line: 1, column: 1 }] });

/** The path with its links followed; what is not there is its own name. */
const realOf = (root: string): string => {
  try {
    return realpathSync(root);
  } catch {
    return resolve(root);
  }
};

const isPolicyName = (file: string): boolean => /(?:^|[.-])pedigree\.ya?ml$/.test(basename(file));

const load = (file: string, shown: string, level: number, text?: string, within?: string): Policy => {
  let content = text;
  if (content === undefined) {
    const found = readSmallFile(file, limits.policyBytes, within);
    if ('failed' in found) return failed(shown, found.failed);
    content = found.bytes.toString('utf8').replace(/^\uFEFF/, '');
  }
  const policy = readPolicy(content, shown, digest(content));
  if (policy.extends === null) return policy;
  const base = resolve(dirname(file), policy.extends);
  // A scanned tree may name any path here: only files that are policies by name are opened.
  if (!isPolicyName(base) || !isPolicyName(realOf(base)))
    return { ...policy, problems: [...policy.problems, { message: '`extends` should name a pedigree.yaml', line: 1, column: 1 }] };
  if (level >= limits.policyLevels)
    return { ...policy, problems: [...policy.problems, { message: `\`extends\` goes on over ${limits.policyLevels} files`, line: 1, column: 1 }] };
  // A link inside the tree leads nowhere outside it; a path that leaves it by name was written so.
  const inTree =
    within !== undefined &&
    realOf(dirname(base))
      .concat(sep)
      .startsWith(within + sep);
  return extendPolicy(policy, load(base, policy.extends, level + 1, undefined, inTree ? within : undefined));
};

/** The policy of a folder: its `pedigree.yaml`, or the file given instead. `overlay` is the text of an open, unsaved file. */
export const openPolicy = (root: string, given?: string, overlay?: string): Policy => {
  const file = given === undefined ? join(root, policyFileName) : resolve(given);
  if (given === undefined && overlay === undefined && !existsSync(file)) return noPolicy;
  const inside = relative(resolve(root), file);
  const shown = inside.startsWith('..') ? basename(file) : inside.split(sep).join('/');
  // What a tree calls its policy lies in the tree; a file that was given by hand may lie anywhere.
  return load(file, shown, 1, overlay, given === undefined ? realOf(root) : undefined);
};
