import { decode } from '../text/decode.ts';
import { digest } from '../text/digest.ts';
import { indexLines, lineText, positionAt } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import type { Artefact, FactPlace } from './artefact.ts';
import { readersFor } from './index.ts';
import type { Anchor, Fact, ReadInput, ReadProblem, Reader, Reading } from './types.ts';

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
}

const placeOf = (lines: Lines, anchor: Anchor): FactPlace => {
  if (anchor.key !== undefined) return { ...wholeFile, key: anchor.key, lineDigest: digest(anchor.key) };
  const start = positionAt(lines.index, anchor.span.start);
  const end = positionAt(lines.index, anchor.span.end);
  const line = lineText(lines.text, lines.index, start.line).slice(0, limits.lineLength);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    cell: anchor.cell ?? null,
    key: null,
    lineDigest: digest(line.replace(/\s+/g, ' ').trim()),
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
    return { facts: [], anchors: {}, problems: [{ message: `${reader.id} failed: ${String(error).slice(0, 200)}`, span: null, limit: true }] };
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
  problems: [{ message: 'skipped until it changes: the server ended while it read this file', span: null, limit: true }],
  read: false,
});

/** Most files of a tree say nothing. */
const nothingFound = digest('[][]');

/** One file as all its readers see it. Pure: the same bytes and knowledge give an equal artefact. */
export const readArtefact = (file: FileInput, knowledge: Knowledge): Artefact => {
  const problems: ReadProblem[] = [];
  const facts: Fact[] = [];
  const places = new Map<string, FactPlace>();
  let lines: Lines | undefined;
  let text: string | undefined;
  let read = false;
  let cut = 0;
  for (const reader of readersFor(file.path)) {
    if (file.size > reader.maximum && !reader.partial) {
      problems.push({ message: `larger than ${Math.round(reader.maximum / 1000)} kB (${reader.id})`, span: null, limit: true });
      continue;
    }
    // A text over the general limit is read in part, so the audit is not complete. Readers with limits of their own want no more than a head.
    if (file.size > reader.maximum && reader.wants === 'text' && reader.maximum >= limits.textBytes) cut = Math.max(cut, reader.maximum);
    const bytes = file.bytes.length > reader.maximum ? file.bytes.subarray(0, reader.maximum) : file.bytes;
    if (reader.wants === 'text' && text === undefined) text = decode(file.bytes)?.text ?? '';
    const seen = reader.wants === 'text' ? (text ?? '').slice(0, reader.maximum) : '';
    const tail =
      reader.tail !== undefined && file.tail && file.size > bytes.length ? file.tail.subarray(Math.max(0, file.tail.length - reader.tail)) : undefined;
    const reading = run(reader, { path: file.path, text: seen, bytes, size: file.size, ...(tail ? { tail } : {}) }, knowledge);
    read = true;
    facts.push(...reading.facts.slice(0, limits.factsPerFile));
    problems.push(...reading.problems);
    if (reading.facts.length > limits.factsPerFile)
      problems.push({ message: `more than ${limits.factsPerFile} facts (${reader.id})`, span: null, limit: true });
    const cells = (reading.cells ?? []).map((cell): Lines => ({ text: cell, index: indexLines(cell) }));
    for (const [id, anchor] of Object.entries(reading.anchors)) {
      const inCell = anchor.cell === undefined ? undefined : cells[anchor.cell];
      lines ??= { text: text ?? '', index: indexLines(text ?? '') };
      places.set(id, placeOf(inCell ?? lines, anchor));
    }
  }
  if (cut > 0) problems.push({ message: `only its first ${Math.round(cut / 1000)} kB were read`, span: null, limit: true });
  // Which slots there are too: rules ask for them where they offer a fix.
  const hash = digest(file.bytes);
  if (facts.length === 0 && places.size === 0) return { path: file.path, hash, size: file.size, facts, factsDigest: nothingFound, places, problems, read };
  const said = JSON.stringify(facts);
  // Parts of a text keep all of it in memory as long as they live: copies do not.
  const copied = JSON.parse(said) as readonly Fact[];
  return { path: file.path, hash, size: file.size, facts: copied, factsDigest: digest(`${said}${JSON.stringify([...places.keys()])}`), places, problems, read };
};
