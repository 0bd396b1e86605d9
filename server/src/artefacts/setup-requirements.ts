import { limits } from '../text/limits.ts';
import { addRelation, draftOf, moreThan, readingOf } from './draft.ts';
import { directReference, packageReference, roleOfGroup } from './requirements.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';

/** Arguments of `setup(...)` that list requirements, and the group that each stands for. */
const argument = /\b(install_requires|extras_require|tests_require|setup_requires)\s*=\s*/g;
const groups: Readonly<Record<string, string>> = { install_requires: '', extras_require: '', tests_require: 'test', setup_requires: 'dev' };

const closing: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

interface Literal {
  readonly text: string;
  readonly start: number;
}

/** The strings in a list, tuple or dictionary that opens at `at`, with the key that each stands under. */
const literalsIn = (text: string, at: number): readonly (Literal & { readonly key: string })[] => {
  const out: (Literal & { key: string })[] = [];
  const open: string[] = [];
  let key = '';
  for (let i = at; i < text.length; i += 1) {
    const unit = text[i] ?? '';
    if (unit === '#') {
      const end = text.indexOf('\n', i);
      if (end < 0) break;
      i = end;
    } else if (unit === '"' || unit === "'") {
      const end = text.indexOf(unit, i + 1);
      if (end < 0) break;
      const literal = text.slice(i + 1, end);
      if (/^\s*:/.test(text.slice(end + 1, end + 40))) key = literal;
      else out.push({ text: literal, start: i + 1, key });
      i = end;
    } else if (closing[unit] !== undefined) open.push(closing[unit]);
    else if (unit === open.at(-1)) {
      open.pop();
      if (open.length === 0) break;
    }
  }
  return out;
};

/** Where the list of a name begins that is given at the top of the file. */
const listOf = (text: string, name: string): number | undefined => {
  for (const match of text.matchAll(/^([A-Za-z_]\w*)[ \t]*=[ \t]*(?=[[({])/gm)) if (match[1] === name) return match.index + match[0].length;
  return undefined;
};

/** Requirements of setup.py: what they take from an address, or from an index under terms that are known. The file is read, never run. */
export const setupRequirementsReader: Reader = {
  id: 'setup-requirements',
  version: 1,
  matches: (_path, name) => name === 'setup.py',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('setup-requirements', path, knowledge);
    const told = new Set<string>();
    const lists = [...text.matchAll(argument)];
    for (const match of lists.slice(0, limits.setupLists)) {
      const at = match.index + match[0].length;
      const name = /^[A-Za-z_]\w*/.exec(text.slice(at, at + 80))?.[0];
      const from = name === undefined ? at : listOf(text, name);
      if (from === undefined || closing[text[from] ?? ''] === undefined) continue;
      for (const literal of literalsIn(text, from)) {
        const found = directReference(literal.text) ?? packageReference(literal.text, knowledge);
        if (!found || told.has(`${literal.start}`)) continue;
        told.add(`${literal.start}`);
        const group = match[1] === 'extras_require' ? literal.key : (groups[match[1] ?? ''] ?? '');
        addRelation(
          draft,
          { from: here, to: found.to, type: 'loads', via: 'dependency', revision: found.revision, role: roleOfGroup(path, group) },
          { span: { start: literal.start + found.span.start, end: literal.start + found.span.end } },
        );
      }
    }
    return readingOf(draft, lists.length > limits.setupLists ? [moreThan(limits.setupLists, 'lists of requirements')] : []);
  },
};
