import { decode } from '../text/decode.ts';
import { digest } from '../text/digest.ts';
import { indexLines, lineText, positionAt } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import type { Artefact, FactPlace } from './artefact.ts';
import { limitHit, moreThan, onlyHead } from './draft.ts';
import { readersFor } from './index.ts';
import type { Anchor, Fact, ReadInput, ReadProblem, Reader, Reading } from './types.ts';
import { wordedIn } from './worded.ts';

export interface FileInput {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Bytes of the whole file, of which `bytes` may be the head. */
  readonly size: number;
  /** The last bytes, where a reader wants them. */
  readonly tail?: Uint8Array;
}

const wholeFile: FactPlace = { line: 1, column: 1, endLine: 1, endColumn: 1, cell: null, key: null, lineDigest: '' };

interface Lines {
  readonly text: string;
  readonly index: LineIndex;
  /** Digests of lines that were asked for: some files are one long line. */
  readonly digests: Map<number, string>;
}

const linesOf = (text: string): Lines => ({ text, index: indexLines(text), digests: new Map() });

const digestOf = ({ text, index, digests }: Lines, number: number): string => {
  const known = digests.get(number);
  if (known !== undefined) return known;
  const made = digest(lineText(text, index, number).slice(0, limits.lineLength).replace(/\s+/g, ' ').trim());
  digests.set(number, made);
  return made;
};

const placeOf = (lines: Lines, anchor: Anchor): FactPlace => {
  if (anchor.key !== undefined) return { ...wholeFile, key: anchor.key, lineDigest: digest(anchor.key) };
  const start = positionAt(lines.index, anchor.span.start);
  const end = positionAt(lines.index, anchor.span.end);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    cell: anchor.cell ?? null,
    key: null,
    lineDigest: digestOf(lines, start.line),
  };
};

/** Bytes that the readers of a path want at most: 0 when none reads it, so that it is not even opened. */
export const bytesWanted = (path: string): number => Math.max(0, ...readersFor(path).map((reader) => reader.maximum));

/** Bytes of the end that the readers of a path want beside the head. */
export const tailWanted = (path: string): number => Math.max(0, ...readersFor(path).map((reader) => reader.tail ?? 0));

/** Runs one reader. A throw would be a bug of ours: it becomes a problem of this file, and the audit goes on. */
const run = (reader: Reader, input: ReadInput, knowledge: Knowledge): Reading => {
  try {
    return reader.read(input, knowledge);
  } catch (error) {
    return { facts: [], anchors: {}, problems: [limitHit(`${reader.id} failed: ${String(error).slice(0, 200)}`)] };
  }
};

/** A file in whose midst an earlier process ended: nothing is known of it, and the report says so. */
export const skippedArtefact = (path: string, bytes: Uint8Array, size: number): Artefact => ({
  path,
  hash: digest(bytes),
  size,
  facts: [],
  factsDigest: digest(JSON.stringify([])),
  places: new Map(),
  problems: [limitHit('skipped until it changes: the server ended while it read this file')],
  read: false,
});

/** Several readers may hit one limit of a file. */
const eachOnce = (problems: readonly ReadProblem[]): readonly ReadProblem[] => {
  if (problems.length < 2) return problems;
  const told = new Set<string>();
  return problems.filter(({ limit, message }) => !limit || told.size < told.add(message).size);
};

/** Most files of a tree say nothing. */
const nothingFound = digest('[][]');

/** One file as all its readers see it. Pure: the same bytes and knowledge give an equal artefact. */
export const readArtefact = (file: FileInput, knowledge: Knowledge): Artefact => {
  const all: ReadProblem[] = [];
  const facts: Fact[] = [];
  const places = new Map<string, FactPlace>();
  let lines: Lines | undefined;
  let text: string | undefined;
  let read = false;
  let cut = 0;
  const some = readersFor(file.path);
  const isWorded = wordedIn(some, file.bytes, knowledge);
  for (const reader of some) {
    if (file.size > reader.maximum && !reader.partial) {
      all.push(limitHit(`larger than ${Math.round(reader.maximum / 1000)} kB (${reader.id})`));
      continue;
    }
    // A text over the general limit is read in part, so the audit is not complete. Readers with limits of their own want no more than a head.
    if (file.size > reader.maximum && reader.wants === 'text' && reader.maximum >= limits.textBytes) cut = Math.max(cut, reader.maximum);
    const bytes = file.bytes.length > reader.maximum ? file.bytes.subarray(0, reader.maximum) : file.bytes;
    if (reader.wants === 'text' && text === undefined) text = decode(file.bytes)?.text ?? '';
    const seen = reader.wants === 'text' ? (text ?? '').slice(0, reader.maximum) : '';
    const tail =
      reader.tail !== undefined && file.tail && file.size > bytes.length ? file.tail.subarray(Math.max(0, file.tail.length - reader.tail)) : undefined;
    const worded = isWorded(reader);
    const input = { path: file.path, text: seen, bytes, size: file.size, ...(tail ? { tail } : {}), ...(worded === undefined ? {} : { worded }) };
    const reading = run(reader, input, knowledge);
    read = true;
    facts.push(...reading.facts.slice(0, limits.factsPerFile));
    all.push(...reading.problems);
    if (reading.facts.length > limits.factsPerFile) all.push(moreThan(limits.factsPerFile, `facts (${reader.id})`));
    const cells = (reading.cells ?? []).map(linesOf);
    const left = new Set(reading.facts.slice(limits.factsPerFile).map((fact) => fact.id));
    for (const [id, anchor] of Object.entries(reading.anchors)) {
      if (left.size > 0 && (left.has(id) || left.has(id.slice(0, id.lastIndexOf('#'))))) continue;
      const inCell = anchor.cell === undefined ? undefined : cells[anchor.cell];
      lines ??= linesOf(text ?? '');
      places.set(id, placeOf(inCell ?? lines, anchor));
    }
  }
  if (cut > 0) all.push(onlyHead(cut));
  const problems = eachOnce(all);
  // Nothing can be edited where nothing stands, and to read such a file again takes no longer than its digest.
  if (facts.length === 0 && places.size === 0) return { path: file.path, hash: '', size: file.size, facts, factsDigest: nothingFound, places, problems, read };
  const said = JSON.stringify(facts);
  // Parts of a text keep all of it in memory as long as they live: copies do not.
  const copied = JSON.parse(said) as readonly Fact[];
  // The digest tells which slots there are too: rules ask for them where they offer a fix.
  return {
    path: file.path,
    hash: digest(file.bytes),
    size: file.size,
    facts: copied,
    factsDigest: digest(`${said}${JSON.stringify([...places.keys()])}`),
    places,
    problems,
    read,
  };
};
