import { Minimatch } from 'minimatch';
import { limits } from './limits.ts';

export type PathTest = (path: string) => boolean;

/** A glob over paths with `/`, as in .gitignore without its anchoring rules. A glob that cannot be used matches nothing: undefined. */
export const compileGlob = (glob: string): PathTest | undefined => {
  if (glob.length === 0 || glob.length > limits.globLength) return undefined;
  try {
    const matcher = new Minimatch(glob, { dot: true, nocomment: true, nonegate: true, optimizationLevel: 2 });
    return (path) => matcher.match(path);
  } catch {
    return undefined;
  }
};
