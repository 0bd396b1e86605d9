import { asString, get } from '../../text/data.ts';
import type { DataNode, DataScalar } from '../../text/data.ts';
import type { Definition } from './statements.ts';
import { filler, plainWordOf } from './words.ts';
import type { Word } from './words.ts';

/** A piece of a text that is shell, the same length as in the file. */
export interface ShellText {
  /** The text up to the end of the piece: what stands before it is not looked at. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/** `${{ env.NAME }}` and `${{ matrix.name }}` as variables of the shell; other expressions stay, and nothing is known of them. */
const fromExpressions = (text: string): string =>
  text.replace(/\$\{\{\s*(env|matrix|inputs|vars)\.([\w-]+)\s*\}\}/g, (whole, kind: string, name: string) => {
    const variable = `\${${kind === 'env' ? '' : `${kind}.`}${name.replaceAll('-', '_')}}`;
    return variable.length <= whole.length ? variable + filler.repeat(whole.length - variable.length) : whole;
  });

/** Line ends of a text that YAML folds, as the spaces that they become. */
const folded = (text: string): string => text.replace(/([^\n])\n(?![^\S\n]*\n)/g, '$1 ');

/** In double quotes: escapes as what they stand for. */
const unescaped = (text: string): string =>
  text.replace(/\\([\s\S])/g, (whole, unit: string) =>
    unit === 'n' ? ` \n` : unit === '"' ? `${filler}"` : unit === '\\' ? `${filler}\\` : unit === '\n' ? '  ' : whole,
  );

/** The source of a scalar as a program would be given it. */
export const shellOf = (text: string, node: DataScalar): ShellText => {
  const { start, end } = node.inner;
  const raw = text.slice(start, end);
  const first = text[node.span.start];
  if (first === '|' || first === '>') {
    const head = raw.indexOf('\n');
    const from = head < 0 ? end : start + head + 1;
    const body = text.slice(from, end);
    return { code: text.slice(0, from) + fromExpressions(first === '>' ? folded(body) : body), start: from, end };
  }
  const body = first === '"' ? unescaped(folded(raw)) : first === "'" ? folded(raw).replaceAll("''", `${filler}'`) : folded(raw);
  return { code: text.slice(0, start) + fromExpressions(body), start, end };
};

/** A scalar as one word, only its variables filled in. */
export const wordOfScalar = (text: string, node: DataScalar): Word => {
  const { code, start, end } = shellOf(text, node);
  return plainWordOf(code, start, end);
};

export const scalarsOf = (node: DataNode | undefined): readonly DataScalar[] =>
  node?.kind === 'sequence' ? node.items.filter((item): item is DataScalar => item.kind === 'scalar') : node?.kind === 'scalar' ? [node] : [];

const definition = (name: string, values: readonly Word[], list: boolean): Definition => ({
  name,
  values,
  list,
  append: false,
  at: -1,
  blocks: [],
  within: null,
});

/** `env:` as a mapping, or a list of `NAME=value` or of `{ name, value }`. */
export const environmentOf = (text: string, node: DataNode | undefined): readonly Definition[] => {
  if (node?.kind === 'map')
    return node.entries.flatMap(({ key, value }) =>
      value.kind === 'scalar' && value.value !== null ? [definition(key, [wordOfScalar(text, value)], false)] : [],
    );
  if (node?.kind !== 'sequence') return [];
  return node.items.flatMap((item): readonly Definition[] => {
    const name = asString(get(item, 'name'));
    const value = get(item, 'value');
    if (name !== undefined && value?.kind === 'scalar') return [definition(name, [wordOfScalar(text, value)], false)];
    const found = item.kind === 'scalar' ? /^([A-Za-z_]\w*)=/.exec(String(item.value)) : null;
    if (!found || item.kind !== 'scalar') return [];
    return [definition(found[1] ?? '', [plainWordOf(text, item.inner.start + found[0].length, item.inner.end)], false)];
  });
};

/** Values of a matrix: each is what its variable may be. */
export const matrixOf = (text: string, node: DataNode | undefined): readonly Definition[] => {
  if (node?.kind !== 'map') return [];
  const values = new Map<string, Word[]>();
  const put = (key: string, found: DataNode): void => {
    for (const scalar of scalarsOf(found)) {
      const name = `matrix.${key.replaceAll('-', '_')}`;
      const known = values.get(name);
      if (known) known.push(wordOfScalar(text, scalar));
      else values.set(name, [wordOfScalar(text, scalar)]);
    }
  };
  for (const { key, value } of node.entries) {
    if (key === 'include' && value.kind === 'sequence') {
      for (const item of value.items) if (item.kind === 'map') for (const entry of item.entries) put(entry.key, entry.value);
    } else if (key !== 'exclude') put(key, value);
  }
  return [...values].map(([name, words]) => definition(name, words, true));
};
