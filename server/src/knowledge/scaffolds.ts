import defaults from './data/scaffold-defaults.json';

/** A tool writes that licence into that file where nobody is asked, or answers: nobody may have meant it. */
export const isScaffolded = (path: string, licences: readonly string[]): boolean => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return licences.length > 0 && licences.every((licence) => defaults.rows.some((row) => row.file === name && row.licence === licence));
};
