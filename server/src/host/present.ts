import type { AnalysisInput } from '../analysis/types.ts';
import type { Artefact } from '../artefacts/artefact.ts';
import { withFiles } from '../lineage/files.ts';
import { compareText } from '../text/compare.ts';

/** Files of which the places alone moved, until they are put among the others: documents that are open, as a rule. */
const mostMoved = 200;

/** The files of a folder as the analysis takes them, kept so that what stays as it is need not be gone through again. */
export interface Present {
  /** A file reads otherwise now, or is there or gone. */
  readonly put: (path: string, artefact: Artefact | undefined) => void;
  /** Nobody knows what changed. */
  readonly forget: () => void;
  readonly now: () => Required<Pick<AnalysisInput, 'artefacts' | 'moved'>>;
}

const none: ReadonlyMap<string, Artefact> = new Map();

/** Files that were walked or kept are in order, but for those that are new. */
export const inOrder = <T extends Artefact>(files: Map<string, T>): Map<string, T> => {
  let last = '';
  for (const path of files.keys()) {
    if (path < last) return new Map([...files].toSorted(([a], [b]) => compareText(a, b)));
    last = path;
  }
  return files;
};

/** `all` gives every file, in order. */
export const createPresent = (all: () => ReadonlyMap<string, Artefact>): Present => {
  let artefacts: ReadonlyMap<string, Artefact> | undefined;
  let moved = none;
  /** Files that state something else; put among the others when somebody asks. */
  let changed = none;
  const forget = (): void => {
    artefacts = undefined;
    moved = none;
    changed = none;
  };
  return {
    forget,
    put: (path, artefact) => {
      const before = changed.get(path) ?? artefacts?.get(path);
      if (!artefacts || (!before && !artefact)) return;
      if (!before || !artefact) forget();
      else if (before.factsDigest === artefact.factsDigest && !changed.has(path) && moved.size < mostMoved) moved = new Map([...moved, [path, artefact]]);
      else changed = new Map([...changed, [path, artefact]]);
    },
    now: () => {
      artefacts ??= all();
      if (changed.size > 0) {
        artefacts = withFiles(artefacts, new Map([...moved, ...changed]));
        moved = none;
        changed = none;
      }
      return { artefacts, moved };
    },
  };
};
