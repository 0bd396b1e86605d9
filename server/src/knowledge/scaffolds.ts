import defaults from './data/scaffold-defaults.json';

/** A tool writes that licence into that file where nobody is asked, or answers: nobody may have meant it. */
export const isScaffolded = (path: string, licences: readonly string[]): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return licences.length > 0 && licences.every((licence) => defaults.rows.some((row) => row.file === name && row.licence === licence));
};

const skeletons: ReadonlySet<string> = new Set(defaults.skeletons.names);

/** The name and type of a package are those of a skeleton that projects begin as: what it says of terms, it says of itself. */
export const isSkeleton = (name: string, type: string): boolean => type === 'project' && (skeletons.has(name) || /[/-]skeleton$/.test(name));
