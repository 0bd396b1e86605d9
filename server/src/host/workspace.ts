import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { analyse } from '../analysis/analyse.ts';
import type { Analysis, AnalysisInput } from '../analysis/types.ts';
import type { Artefact } from '../artefacts/artefact.ts';
import { bytesWanted, readArtefact, skippedArtefact, tailWanted } from '../artefacts/read.ts';
import { isBinaryName } from '../artefacts/weights-names.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { policyFileName } from '../policy/read.ts';
import { nothingBeside } from '../lineage/tree.ts';
import type { Surroundings } from '../lineage/tree.ts';
import type { Policy } from '../policy/types.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';
import { createAnswers } from './answers.ts';
import { readEnds } from './disk.ts';
import type { Guard, Source } from './journal.ts';
import { createMeasure } from './measure.ts';
import type { Measurement } from './measure.ts';
import { fewFiles, nearFirst } from './near.ts';
import { openPolicy } from './policy.ts';
import { createPresent, inOrder } from './present.ts';
import { remotesOf } from './remotes.ts';
import type { Asked } from './resolve.ts';
import type { Entry, Store } from './store.ts';
import { breathe, isReachable, isScanned, walkTree } from './walk.ts';
import type { WalkedFile } from './walk.ts';

export interface WorkspaceOptions {
  readonly root: string;
  readonly knowledge: Knowledge;
  readonly version: string;
  /** ISO date of today: asked anew for each analysis. */
  readonly today: () => string;
  /** Takes the place of the tree's own policy file. */
  readonly policyPath?: string;
  /** False for reviewers of foreign repositories: comments in the tree then hold nothing back. */
  readonly inlineSuppressions?: boolean;
  /** Which of the local hub cache and the hub may be asked now; absent = neither. */
  readonly asked?: () => Asked;
  /** Keeps a note of what is read, and skips what ended an earlier process; absent = nobody would start another. */
  readonly guard?: Guard;
  /** Keeps what files said from one audit to the next; absent = all of them are read. */
  readonly store?: Store;
}

export interface ScanOptions {
  readonly onProgress?: (done: number, total: number) => void;
  readonly isCancelled?: () => boolean;
  /** Of a large tree, what lies beside these is read first. Asked when it is known which files there are. */
  readonly near?: () => readonly string[];
  /** Of a large tree: these were read, and can be spoken of before the rest is; what is absent elsewhere is not known yet. */
  readonly onNear?: (paths: ReadonlySet<string>) => void;
}

/** One folder as it stands: files from disk, open documents over them, and the analysis of both. */
export interface Workspace {
  readonly root: string;
  /** Reads all that changed since the last scan; false when cancelled. */
  readonly scan: (options?: ScanOptions) => Promise<boolean>;
  /** The text of an open document, null when closed; true when facts changed, so that other files' findings may differ. */
  readonly setOverlay: (path: string, text: string | null) => boolean;
  /** A file was written or removed on disk; true when facts changed. */
  readonly fileChanged: (path: string) => Promise<boolean>;
  /**
   * Looks up what is not known of the works that the files name, where that may be asked for; true when the analysis may differ now. A scan
   * does not wait for it.
   */
  readonly resolve: (isCancelled?: () => boolean) => Promise<boolean>;
  readonly analysis: () => Analysis;
  readonly artefact: (path: string) => Artefact | undefined;
  /** Every file that was looked at. */
  readonly paths: () => readonly string[];
  readonly files: () => number;
  /** Paths of the documents that lie over the disk. */
  readonly opened: () => readonly string[];
  readonly policy: () => Policy;
}

/** It has the size and the time that it had when it was read. */
const isUnchanged = ({ size, modified }: WalkedFile, entry: Entry | undefined): entry is Entry =>
  entry !== undefined && entry.modified === modified && entry.size === size;

export const createWorkspace = (options: WorkspaceOptions): Workspace => {
  const root = resolve(options.root);
  let onDisk = options.store?.load(root) ?? new Map<string, Entry>();
  /** Somebody else holds the map of files, and keeps what was worked out from it. */
  let isLent = false;
  const open = new Map<string, Artefact>();
  let skipped: readonly { readonly path: string; readonly reason: string }[] = [];
  const measure = createMeasure(root);
  let measurement: Measurement = { measured: new Map(), skipped: [] };
  /** What was read, or is gone, since the store was asked. */
  const renewed = new Set<string>();
  /** Before the first scan nobody knows what lies beside an open document. */
  let surroundings: Surroundings = { ...nothingBeside, whole: false };
  let policyText: string | undefined;
  let policy: Policy | undefined;
  let last: Analysis | undefined;
  let lastDay = '';
  let stale = true;
  let scanned = false;
  const lend = (): ReadonlyMap<string, Artefact> => {
    isLent = true;
    return onDisk;
  };
  /** The map of files where it may be changed. */
  const own = (): Map<string, Entry> => {
    if (isLent) onDisk = new Map(onDisk);
    isLent = false;
    return onDisk;
  };
  const present = createPresent(() => {
    if (open.size > 0) return inOrder(new Map<string, Artefact>([...onDisk, ...open]));
    onDisk = inOrder(onDisk);
    return lend();
  });
  const answers = createAnswers(options.knowledge, options.asked);
  /** Files that changed while a scan was under way: its list of them is older. */
  const touched = new Set<string>();

  /** What an audit leaves out stays out when it is opened or written, so that editor and command line agree. */
  const accepts = (path: string): boolean => !scanned || onDisk.has(path) || open.has(path) || isScanned(root, path);

  const read = (path: string, source: Source, bytes: Uint8Array, size: number, tail?: Uint8Array): Artefact => {
    const now = (): Artefact => readArtefact({ path, bytes, size, ...(tail && tail.length > 0 ? { tail } : {}) }, options.knowledge);
    return (options.guard ? options.guard(join(root, path), source, bytes, now) : now()) ?? skippedArtefact(path, bytes, size);
  };

  let breathed = 0;
  /** Lets others have a turn where it is their time: messages are heard between two files, not between two groups of them. */
  const turn = async (): Promise<void> => {
    while (performance.now() - breathed > limits.yieldEvery) {
      const before = breathed;
      await breathe();
      // Of several that waited, the first goes on; for the next it may be time again.
      if (breathed === before) breathed = performance.now();
    }
  };

  const load = async (file: WalkedFile, isCancelled = (): boolean => false): Promise<Entry | undefined> => {
    const wanted = bytesWanted(file.path);
    try {
      await turn();
      if (isCancelled()) return undefined;
      const ends = wanted === 0 ? undefined : readEnds(join(root, file.path), wanted, tailWanted(file.path));
      const head = ends?.head ?? new Uint8Array();
      const before = onDisk.get(file.path);
      // Written anew with the same words, as a checkout does.
      const isSame = before?.size === file.size && ends?.tail.length === 0 && before.hash !== '' && before.hash === digest(head);
      return { ...(isSame ? before : read(file.path, 'disk', head, file.size, ends?.tail)), modified: file.modified };
    } catch {
      return undefined;
    }
  };

  const takeDigests = async (files: ReadonlyMap<string, Artefact>, isCancelled: () => boolean): Promise<void> => {
    measurement = await measure(files, (path) => onDisk.get(path)?.modified ?? NaN, isCancelled);
  };

  /** Reads what of some files changed; which of them could not be read. */
  const take = async (files: readonly WalkedFile[], isCancelled: () => boolean): Promise<readonly WalkedFile[]> => {
    const changed = files.filter((file) => !isUnchanged(file, onDisk.get(file.path)));
    if (changed.length === 0) return changed;
    const entries = await Promise.all(changed.map((file) => load(file, isCancelled)));
    if (isCancelled()) return [];
    present.forget();
    return changed.filter((file, index) => {
      const before = onDisk.get(file.path);
      // What was known of a file that cannot be read any more stands, as of a time that it does not have.
      const entry = entries[index] ?? (before && { ...before, modified: NaN });
      if (entry) own().set(file.path, entry);
      renewed.add(file.path);
      return !entries[index];
    });
  };

  const scan = async ({ onProgress, isCancelled = () => false, near = () => [], onNear }: ScanOptions = {}): Promise<boolean> => {
    touched.clear();
    answers.forget();
    let isOrdered = scanned;
    /** Spoken of already. */
    const early = new Set<string>();
    const speakEarly = (paths: ReadonlySet<string>, notRead: readonly string[]): void => {
      surroundings = { whole: false, unread: notRead, remotes: remotesOf(root) };
      stale = true;
      onNear?.(paths);
    };
    const found = async (files: readonly WalkedFile[], notRead: readonly string[]): Promise<void> => {
      if (files.length > fewFiles) return;
      for (let i = 0; i < files.length; i += limits.parallelReads) await take(files.slice(i, i + limits.parallelReads), isCancelled);
      if (isCancelled()) return;
      for (const { path } of files) early.add(path);
      speakEarly(early, notRead);
    };
    const walk = await walkTree(root, isCancelled, isOrdered ? undefined : { near, found });
    // A walk that was cut short lists few files or none: what is known stands.
    if (isCancelled()) return false;
    stale = true;
    const lines = [...walk.skipped];
    const unread = [...walk.unread];
    // What of each file would be read is asked where it matters: for a second scan it would take as long as all else.
    const mayBeTooMuch = walk.files.reduce((sum, { size }) => sum + size, 0) > limits.totalBytes;
    let total = 0;
    let told = performance.now();
    let { files } = walk;
    /** So many of the files were gone through. */
    let passed = 0;
    const listed = (): ReadonlySet<string> => new Set(files.slice(0, passed).map(({ path }) => path));
    let first = 0;
    for (let i = 0; i < files.length; i += limits.parallelReads) {
      if (isCancelled()) return false;
      // A tree may be walked before anybody could say what is open: what is opened meanwhile comes next.
      const beside = isOrdered ? [] : near().filter((path) => !early.has(path));
      if (beside.length > 0) {
        isOrdered = true;
        const rest = nearFirst(files.slice(i), () => beside);
        files = [...files.slice(0, i), ...rest.files];
        first = rest.first === 0 ? 0 : i + rest.first;
      }
      if (i >= first && i - first < limits.parallelReads && first > 0) {
        speakEarly(listed(), walk.unread);
      }
      const group = files.slice(i, i + limits.parallelReads);
      const failed = await take(group, isCancelled);
      if (isCancelled()) return false;
      for (const { path } of failed) {
        lines.push({ path, reason: 'not readable' });
        unread.push(path);
      }
      passed += group.length;
      if (mayBeTooMuch) for (const file of group) total += Math.min(file.size, bytesWanted(file.path));
      if (total > limits.totalBytes) {
        lines.push({ path: '.', reason: `more than ${limits.totalBytes / 1_000_000_000} GB to read` });
        unread.push('.');
        break;
      }
      if (performance.now() - told > limits.yieldEvery) {
        onProgress?.(Math.min(i + limits.parallelReads, files.length), walk.files.length);
        told = performance.now();
      }
      await turn();
    }
    if (isCancelled()) return false;
    // As many as were gone through, of which all are there: none is gone.
    if (onDisk.size !== passed || touched.size > 0) {
      const still = listed();
      const gone = [...onDisk.keys()].filter((path) => !still.has(path) && !touched.has(path));
      for (const path of gone) if (own().delete(path)) renewed.add(path);
    }
    if (renewed.size > 0) options.store?.save(root, onDisk, renewed);
    renewed.clear();
    present.forget();
    await takeDigests(open.size === 0 ? present.now().artefacts : lend(), isCancelled);
    if (isCancelled()) return false;
    onProgress?.(walk.files.length, walk.files.length);
    skipped = lines;
    surroundings = { whole: true, unread, remotes: remotesOf(root), leftOut: walk.leftOut };
    policy = undefined;
    stale = true;
    scanned = true;
    const still = open.size === 0 ? undefined : listed();
    const closed = [...open.keys()].filter((path) => !still?.has(path) && !isScanned(root, path));
    for (const path of closed) open.delete(path);
    if (closed.length > 0) present.forget();
    return true;
  };

  const replaced = (path: string, before: Artefact | undefined): boolean => {
    const after = open.get(path) ?? onDisk.get(path);
    present.put(path, after);
    stale = true;
    return before?.factsDigest !== after?.factsDigest;
  };

  const setOverlay = (path: string, text: string | null): boolean => {
    if (path === policyFileName && options.policyPath === undefined) {
      policyText = text ?? undefined;
      policy = undefined;
      stale = true;
    }
    const before = open.get(path) ?? onDisk.get(path);
    if (text === null) open.delete(path);
    else if (text.length > limits.documentBytes) open.delete(path);
    else if (accepts(path)) {
      // Cut as the disk would be, so that a text reads the same open and closed.
      const bytes = new TextEncoder().encode(text);
      open.set(path, read(path, 'editor', bytes.subarray(0, bytesWanted(path)), bytes.length));
    }
    return replaced(path, before) || path === policyFileName;
  };

  const fileChanged = async (path: string): Promise<boolean> => {
    touched.add(path);
    const before = open.get(path) ?? onDisk.get(path);
    const info = await stat(join(root, path)).catch(() => undefined);
    const entry = info?.isFile() && accepts(path) && isReachable(root, path) ? await load({ path, size: info.size, modified: info.mtimeMs }) : undefined;
    if (entry) own().set(path, entry);
    else own().delete(path);
    renewed.add(path);
    const asks = [before, entry].some((artefact) => artefact?.facts.some((fact) => fact.kind === 'digest'));
    const remeasured = asks || isBinaryName(path);
    if (remeasured) await takeDigests(lend(), () => false);
    // A folder that is gone takes with it all that it held.
    const below = info ? [] : [...onDisk.keys()].filter((other) => other.startsWith(`${path}/`));
    for (const other of below) if (own().delete(other)) renewed.add(other);
    if (below.length > 0) present.forget();
    if (path === policyFileName) policy = undefined;
    return replaced(path, before) || below.length > 0 || remeasured || path === policyFileName;
  };

  const currentPolicy = (): Policy => (policy ??= openPolicy(root, options.policyPath, policyText));

  const input = (): AnalysisInput => {
    return {
      ...present.now(),
      policy: currentPolicy(),
      today: options.today(),
      version: options.version,
      skipped: [...skipped, ...measurement.skipped, ...answers.skipped()],
      inlineSuppressions: options.inlineSuppressions ?? true,
      measured: measurement.measured,
      surroundings,
      resolutions: answers.resolutions(),
      asked: answers.asked(),
    };
  };

  const resolveWorks = async (isCancelled: () => boolean = () => false): Promise<boolean> => {
    const changed = await answers.update(input, isCancelled);
    stale ||= changed;
    return changed;
  };

  const analysis = (): Analysis => {
    const today = options.today();
    if (last && !stale && lastDay === today) return last;
    last = analyse(input(), options.knowledge, last);
    lastDay = today;
    stale = false;
    return last;
  };

  return {
    root,
    scan,
    setOverlay,
    fileChanged,
    resolve: resolveWorks,
    analysis,
    artefact: (path) => open.get(path) ?? onDisk.get(path),
    paths: () => [...new Set([...onDisk.keys(), ...open.keys()])],
    files: () => onDisk.size,
    opened: () => [...open.keys()],
    policy: currentPolicy,
  };
};
