import { readExpression } from '../../licence/expression.ts';
import { get, stringScalars } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { readToml } from '../../text/toml.ts';
import { moreThan } from '../draft.ts';
import { factIds } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Anchor, Fact, Reader, Reading } from '../types.ts';
import type { Span } from '../../text/span.ts';

interface Row {
  readonly globs: readonly string[];
  readonly stated: string;
  readonly span: Span;
}

/** One row that holds for everything below the table's folder says the licence of the whole. */
const isEverything = (glob: string): boolean => glob === '**' || glob === '*' || glob === '**/*';

const readingOf = (reader: string, rows: readonly Row[], folder: string, problems: Reading['problems']): Reading => {
  const facts: Fact[] = [];
  const anchors: Record<string, Anchor> = {};
  const idOf = factIds(reader);
  for (const { globs, stated, span } of rows.slice(0, limits.coverRows)) {
    const expression = readExpression(stated);
    if (!expression || globs.length === 0) continue;
    const { licences, choice } = expression;
    const id = idOf('cover', `${globs.join(' ')} ${stated}`);
    facts.push({ kind: 'cover', id, globs: globs.slice(0, limits.coverGlobs).map((glob) => `${folder}${glob}`), licences });
    anchors[id] = { span };
    if (!globs.some(isEverything)) continue;
    const licence = idOf('licence', stated);
    facts.push({
      kind: 'licence',
      id: licence,
      work: here,
      scope: 'any',
      speaker: 'licensor',
      evidence: 'notice',
      stated,
      licences,
      choice,
      via: 'notice',
      problem: null,
    });
    anchors[licence] = { span };
  }
  const more = [
    ...(rows.length > limits.coverRows ? [moreThan(limits.coverRows, 'rows')] : []),
    ...(rows.some(({ globs }) => globs.length > limits.coverGlobs) ? [moreThan(limits.coverGlobs, 'globs of one row')] : []),
  ];
  return { facts, anchors, problems: [...problems, ...more] };
};

/** REUSE.toml: `[[annotations]]` with `path` (one or several globs) and `SPDX-License-Identifier`. */
export const reuseReader: Reader = {
  id: 'reuse',
  version: 1,
  matches: (_path, name) => name === 'reuse.toml',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }): Reading => {
    const { root, problems } = readToml(text);
    const list = get(root, 'annotations');
    const rows = (list?.kind === 'sequence' ? list.items : []).flatMap((item): Row[] => {
      const stated = get(item, 'SPDX-License-Identifier');
      const [value] = stringScalars(stated);
      const all = stringScalars(stated).map((scalar) => scalar.value);
      return value
        ? [
            {
              globs: stringScalars(get(item, 'path')).map((scalar) => scalar.value),
              stated: all.length === 1 ? value.value : all.map((one) => `(${one})`).join(' AND '),
              span: value.inner,
            },
          ]
        : [];
    });
    return readingOf('reuse', rows, path.slice(0, path.lastIndexOf('/') + 1), problems);
  },
};

/** A star of dep5 runs over slashes; ours stops there. */
const spread = (glob: string): string => (glob.endsWith('*') ? `${glob}*`.replace(/\*{2,}$/, '**') : glob).replace(/^\*(?=[^*/])/, '**/*');

/** `.reuse/dep5`: paragraphs of `Files:` and `License:`, as Debian writes them; lines that begin with a space run on. */
export const dep5Reader: Reader = {
  id: 'dep5',
  version: 1,
  matches: (path, name) => name === 'dep5' && /(?:^|\/)\.reuse\/dep5$/i.test(path),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const rows: Row[] = [];
    let globs: string[] = [];
    let field = '';
    for (const { 0: line, index } of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
      const bare = line.trimEnd();
      if (bare === '') {
        globs = [];
        field = '';
        continue;
      }
      const head = /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(bare);
      field = head ? (head[1] ?? '').toLowerCase() : field;
      const value = head ? (head[2] ?? '') : bare.trim();
      if (field === 'files') globs.push(...value.split(/\s+/).filter((glob) => glob !== ''));
      if (head && field === 'license' && globs.length > 0 && value !== '') {
        const start = index + bare.length - value.length;
        // Debian writes its operators small.
        rows.push({
          globs: globs.map(spread),
          stated: value.replace(/\b(?:and|or|with)\b/g, (word) => word.toUpperCase()),
          span: { start, end: start + value.length },
        });
        globs = [];
      }
    }
    const folder = path.slice(0, path.toLowerCase().lastIndexOf('.reuse/'));
    return readingOf('dep5', rows, folder, []);
  },
};
