import type { FactIn } from '../../lineage/files.ts';
import { factsOf, pathsOf } from '../../lineage/files.ts';
import { memoByBoth } from '../../knowledge/lookup.ts';
import type { RuleContext } from '../types.ts';

/** What is shown there is meant to be tried and changed, or is put away: nobody builds a product on its defaults. */
const exampleFolder =
  /(?:^|\/)(?:examples?|tutorials?|cookbooks?|notebooks?|benchmarks?|playground|sandbox|hack|archived?|deprecated|legacy|obsolete|ch(?:apter)?[-_]?\d+[\w.-]*|lessons?|courses?|workshops?|(?:[\w.-]+[._-])?(?:old|presets?))\//i;
const exampleNotebook =
  /(?:^|[/_ -])(?:demos?|tutorials?|examples?|quick[-_ ]?start|walk[-_ ]?through|getting[-_ ]?started|introduction|colab|playground)(?:[_ -][^/]*)?\.ipynb$/i;

/** Settings to be copied and filled in. */
const exampleSettings = /(?:^|[-_./])examples?(?:[-_.][^/]*)?\.(?:ya?ml|json|toml|env|cfg|ini)$/i;

/** A program that is named for it: `example-train.sh`, `run_example.py`. */
const exampleProgram = /(?:^|\/)(?:examples?(?:[-_.][^/]*)?|[^/]*[-_]example)\.(?:py|sh|bash|[cm]?[jt]sx?|ipynb|rs|go|java|cc|cpp|cu)$/i;

/** One among documents is read along with them. */
const documentNotebook = /(?:^|\/)(?:docs?|documentation)\/.*\.ipynb$/i;

/** By its path alone. */
export const inExample = (path: string): boolean =>
  exampleFolder.test(path) || exampleNotebook.test(path) || exampleSettings.test(path) || exampleProgram.test(path) || documentNotebook.test(path);

/** Shows on one input what can be done, by a page to click on or without one. */
export const inDemo = /(?:^|[-_/])(?:demos?|gradio|streamlit)(?:[-_][^/]*)?(?:\.py$|\/)/i;

/** Checks something of it, or writes it in another form: whoever keeps the project runs that, once. */
export const inUpkeep = /(?:^|\/)(?:check|verify|compare|convert)[-_][^/]*\.(?:py|sh|ipynb)$/i;

const code = /\.(?:py|ipynb|sh|bash|c|cc|cpp|cu|[cm]?[jt]sx?|rs|go|java|kt|swift|scala|r|jl|rb|cs)$/i;
const isNotebookFile = (path: string): boolean => path.endsWith('.ipynb');

/** Notebooks from which on a tree that holds little else is a collection of them, and no project that was worked out in some. */
const fewestOfCollection = 8;

/** Where a library is written in notebooks, its settings say so at the root. */
const ofLibrary = 'settings.ini';

/** The shortest name that is taken for that of an original: "train" is a part of many. */
const shortestOriginal = 8;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();
const stemOf = (path: string): string => nameOf(path).replace(/\.\w+$/, '');

/** The name without what stands before that of another notebook: `run-7b` of `cloud-run-7b`, where there is `run-7b`. */
const originalOf = (stem: string, stems: ReadonlySet<string>): string => {
  for (const { index } of stem.matchAll(/[-_. ]/g)) {
    const rest = stem.slice(index + 1);
    if (rest.length >= shortestOriginal && stems.has(rest)) return originalOf(rest, stems);
  }
  return stem;
};

interface Notebooks {
  /** It is one, or a script that is one in another form. */
  readonly has: (path: string) => boolean;
  /** By its path, or as a notebook that is one of a collection, or stands a second time among those that are shown. */
  readonly isExample: (path: string) => boolean;
  /** What copies of one notebook have in common; undefined for what is none. */
  readonly originalOf: (path: string) => string | undefined;
  /** How far each is from its original. */
  readonly distances: ReadonlyMap<string, number>;
}

const notebooksAmong = memoByBoth((paths: readonly string[], scripts: readonly FactIn<'cells'>[]): Notebooks => {
  const cells = new Set(scripts.map(({ path }) => path));
  const has = (path: string): boolean => isNotebookFile(path) || cells.has(path);
  const all = paths.filter(has);
  const written = new Set(all.filter(isNotebookFile).map(stemOf));
  const stems = new Set(all.map(stemOf));
  const shown = new Set(all.filter(inExample).map(stemOf));
  const others = paths.filter((path) => code.test(path) && !has(path)).length;
  const isCollection = stems.size >= fewestOfCollection && all.length > others && !paths.includes(ofLibrary);
  // Each file that names something is asked of again and again.
  const answers = new Map<string, boolean>();
  return {
    has,
    isExample: (path) => {
      let answer = answers.get(path);
      if (answer === undefined) answers.set(path, (answer = inExample(path) || (has(path) && (isCollection || shown.has(stemOf(path))))));
      return answer;
    },
    originalOf: (path) => {
      const stem = has(path) ? originalOf(stemOf(path), stems) : '';
      return stem.length >= shortestOriginal ? stem : undefined;
    },
    distances: new Map(
      all.map((path) => {
        const stem = stemOf(path);
        const original = originalOf(stem, stems);
        return [path, Number(original !== stem) + (!isNotebookFile(path) && (written.has(stem) || written.has(original)) ? 2 : 0)];
      }),
    ),
  };
});

const notebooksOf = ({ artefacts }: RuleContext): Notebooks => notebooksAmong(pathsOf(artefacts), factsOf(artefacts, 'cells'));

export const isExample = (context: RuleContext, path: string): boolean => notebooksOf(context).isExample(path);

/** A notebook proper, in a project that is not written in notebooks: what it only loads is tried out there, cell by cell, by whoever opens it. */
export const isTriedOut = ({ artefacts }: RuleContext, path: string): boolean => isNotebookFile(path) && !pathsOf(artefacts).includes(ofLibrary);

export const isNotebook = (context: RuleContext, path: string): boolean => notebooksOf(context).has(path);

/** A key that copies of one notebook share, and the scripts that were made of them; any other file has its own. */
export const copyKey = (context: RuleContext, path: string): string => notebooksOf(context).originalOf(path) ?? path;

/** In their order, the original of a notebook before its copies, and these before scripts that were made of it. */
export const originalsFirst = <T>(context: RuleContext, entries: readonly T[], pathOf: (entry: T) => string): readonly T[] => {
  const { distances } = notebooksOf(context);
  if (distances.size === 0 || entries.length < 2) return entries;
  const of = (entry: T): number => distances.get(pathOf(entry)) ?? 0;
  return entries.toSorted((a, b) => of(a) - of(b));
};
