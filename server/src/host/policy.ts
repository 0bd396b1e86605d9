import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { extendPolicy, noPolicy, policyFileName, readPolicy } from '../policy/read.ts';
import type { Policy } from '../policy/types.ts';
import { digest } from '../text/digest.ts';

/** Files that one policy may build on: a company's, a team's, the repository's own. */
const maximumLevels = 4;
const maximumBytes = 256_000;

const failed = (path: string, message: string): Policy => ({ ...noPolicy, path, hash: message, problems: [{ message, line: 1, column: 1 }] });

const load = (file: string, shown: string, level: number, text?: string): Policy => {
  let content = text;
  if (content === undefined) {
    try {
      if (statSync(file).size > maximumBytes) return failed(shown, 'larger than 256 kB');
      content = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    } catch (error) {
      return failed(shown, `not readable: ${(error as NodeJS.ErrnoException).code ?? 'error'}`);
    }
  }
  const policy = readPolicy(content, shown, digest(content));
  if (policy.extends === null) return policy;
  const base = resolve(dirname(file), policy.extends);
  // A scanned tree may name any path here: only files that are policies by name are opened.
  if (!/(?:^|[.-])pedigree\.ya?ml$/.test(basename(base)))
    return { ...policy, problems: [...policy.problems, { message: '`extends` should name a pedigree.yaml', line: 1, column: 1 }] };
  if (level >= maximumLevels)
    return { ...policy, problems: [...policy.problems, { message: `\`extends\` goes on over ${maximumLevels} files`, line: 1, column: 1 }] };
  return extendPolicy(policy, load(base, policy.extends, level + 1));
};

/** The policy of a folder: its `pedigree.yaml`, or the file given instead. `overlay` is the text of an open, unsaved file. */
export const openPolicy = (root: string, given?: string, overlay?: string): Policy => {
  const file = given === undefined ? join(root, policyFileName) : resolve(given);
  if (given === undefined && overlay === undefined && !existsSync(file)) return noPolicy;
  const inside = relative(resolve(root), file);
  const shown = inside.startsWith('..') ? basename(file) : inside.split(sep).join('/');
  return load(file, shown, 1, overlay);
};
