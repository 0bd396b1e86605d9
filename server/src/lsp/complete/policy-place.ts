import { lineText } from '../../text/lines.ts';
import type { LineIndex } from '../../text/lines.ts';
import { keySource, policyKeys, valueSource } from './policy-keys.ts';
import type { Place } from './place.ts';

interface Level {
  readonly indent: number;
  /** `[]` for the dash of an item. */
  readonly name: string;
}

/** The dashes and the key that a line begins with, each with its column; `rest` stands behind them. */
const levelsOf = (line: string): { readonly levels: readonly Level[]; readonly indent: number; readonly rest: string } => {
  const levels: Level[] = [];
  let at = /^ */.exec(line)?.[0].length ?? 0;
  for (let dash = /^- +|^-$/.exec(line.slice(at)); dash; dash = /^- +|^-$/.exec(line.slice(at))) {
    levels.push({ indent: at, name: '[]' });
    at += dash[0].length;
  }
  return { levels, indent: at, rest: line.slice(at) };
};

const keyOf = (rest: string): string | undefined => /^["']?([\w.-]+)["']?[ \t]*:(?:[ \t]|$)/.exec(rest)?.[1];

/** What a line stands in: keys and items above it that are indented less. */
const outerPath = (text: string, index: LineIndex, line: number, indent: number): readonly string[] => {
  const path: string[] = [];
  let inner = indent;
  let inItem = false;
  for (let above = line; above >= 0 && inner >= 0; above -= 1) {
    const whole = lineText(text, index, above);
    if (above < line && /^\s*(?:#|$)/.test(whole)) continue;
    const { levels, indent: own, rest } = levelsOf(whole);
    const key = above < line ? keyOf(rest) : undefined;
    for (const level of [...(key === undefined ? [] : [{ indent: own, name: key }]), ...levels.toReversed()]) {
      // Items of a list may stand at the column of its key.
      if (level.indent < inner || (inItem && level.name !== '[]' && level.indent === inner)) {
        path.unshift(level.name);
        inner = level.indent;
        inItem = level.name === '[]';
      }
    }
    if (inner === 0 && !inItem) break;
  }
  return path;
};

interface Flow {
  readonly path: readonly string[];
  /** Whose value is written; undefined = a key is, or an item. */
  readonly key: string | undefined;
  readonly inList: boolean;
  readonly word: string;
}

/** Braces, brackets and the key in front of the cursor, as far as they stand on its line. */
const flowOf = (rest: string): Flow => {
  const open: { readonly names: readonly string[]; readonly list: boolean }[] = [];
  let key: string | undefined;
  let from = 0;
  let quote = '';
  for (let at = 0; at < rest.length; at += 1) {
    const unit = rest[at] ?? '';
    if (quote !== '') {
      if (unit === quote) quote = '';
      continue;
    }
    if ((unit === '"' || unit === "'") && rest.slice(from, at).trim() === '') quote = unit;
    else if (unit === '{' || unit === '[') {
      open.push({ names: [...(key === undefined ? [] : [key]), ...(unit === '[' ? ['[]'] : [])], list: unit === '[' });
      key = undefined;
      from = at + 1;
    } else if (unit === '}' || unit === ']') {
      open.pop();
      key = undefined;
      from = at + 1;
    } else if (unit === ',' && open.length > 0) {
      key = undefined;
      from = at + 1;
    } else if (unit === ':' && /^(?:\s|$)/.test(rest.slice(at + 1))) {
      key = rest
        .slice(from, at)
        .trim()
        .replace(/^["']|["']$/g, '');
      from = at + 1;
    }
  }
  return { path: open.flatMap(({ names }) => names), key, inList: open.at(-1)?.list === true, word: rest.slice(from).trimStart().replace(/^["']/, '') };
};

/** What can be written at a position of pedigree.yaml. */
export const policyPlace = (text: string, index: LineIndex, line: number, head: string): Place | undefined => {
  if (/(?:^|\s)#/.test(head)) return undefined;
  const { levels, indent, rest } = levelsOf(head);
  const flow = flowOf(rest);
  const outer = [...outerPath(text, index, line, levels[0]?.indent ?? indent), ...levels.map(({ name }) => name)];
  const path = [...outer, ...flow.path];
  const start = head.length - flow.word.length;
  if (/\s/.test(flow.word)) return undefined;
  if (flow.key !== undefined) {
    const source = valueSource(path.join('.'), flow.key);
    return source ? { source, start } : undefined;
  }
  const list = path.at(-1) === '[]' ? path.slice(0, -1).join('.') : undefined;
  const item = list === undefined ? undefined : valueSource(list, '[]');
  if (item) return { source: item, start };
  if (flow.inList) return undefined;
  const source = keySource(path.join('.'));
  return source ? { source, start, colon: (name) => (policyKeys[path.join('.')]?.[name]?.opens ? ':' : ': ') } : undefined;
};
