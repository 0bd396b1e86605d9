import type { Definition } from './statements.ts';
import { filler, plainWordOf } from './words.ts';

/** The shell of a file that is no script: its commands at their places, everything else blanked, and the variables that the file sets. */
export interface Recipes {
  readonly text: string;
  readonly definitions: readonly Definition[];
}

const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ');

const define = (source: string, name: string, from: number, until: number): Definition => ({
  name,
  values: [plainWordOf(source, from, until)],
  list: false,
  append: false,
  // Recipes run when all of the file has been read.
  at: -1,
  blocks: [],
  within: null,
});

/** A line with the line ends that belong to it by a backslash. */
const linesOf = (text: string): readonly { readonly text: string; readonly start: number }[] => {
  const out: { text: string; start: number }[] = [];
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) if (match[0] !== '') out.push({ text: match[0], start: match.index });
  return out;
};

/** `$(NAME)` and `$${NAME}` of make as the shell has them, at the same length. */
const fromMake = (text: string): string => text.replace(/\$\(([A-Za-z_]\w*)\)/g, '${$1}').replace(/\$\$/g, `${filler}$`);

/** Lines of make that begin with a tab are commands; `NAME ?= value` sets a variable. */
export const makeRecipes = (source: string): Recipes => {
  const made = fromMake(source);
  const definitions: Definition[] = [];
  let text = '';
  let continued = false;
  for (const { text: line, start } of linesOf(made)) {
    const own: boolean = line.startsWith('\t') || continued;
    const set = own ? null : /^(?:export\s+|override\s+)*([A-Za-z_][\w.-]*)\s*(?:\?|::?:?)?=[ \t]*(.*)$/.exec(line.replace(/\r?\n$/, ''));
    if (set) {
      const [whole, name = '', value = ''] = set;
      const from = start + whole.length - value.length;
      definitions.push(define(made, name, from, from + value.replace(/\s+#.*$/, '').trimEnd().length));
    }
    continued = own && /\\\r?\n$/.test(line);
    // What make itself takes off the front of a command.
    text += own ? line.replace(/^\t?\s*[@+-]+/, (head) => ' '.repeat(head.length)) : blank(line);
  }
  return { text, definitions };
};

/** `{{name}}` of just as the shell has it, at the same length. */
const fromJust = (text: string): string =>
  text.replace(
    /\{\{(\s*)([A-Za-z_][\w-]*)(\s*)\}\}/g,
    (_, before: string, name: string, after: string) => `\${${name.replaceAll('-', '_')}}${filler.repeat(before.length + after.length + 1)}`,
  );

/** Indented lines of just are commands; `name := "value"` sets a variable. */
export const justRecipes = (source: string): Recipes => {
  const made = fromJust(source);
  const definitions: Definition[] = [];
  let text = '';
  for (const { text: line, start } of linesOf(made)) {
    const own = /^[ \t]/.test(line);
    const set = own ? null : /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(?:env(?:_var_or_default)?\([^,)]*,\s*)?(['"])([^'"\n]*)\2/.exec(line);
    if (set) {
      const from = start + set[0].length - 1 - (set[3] ?? '').length;
      definitions.push(define(made, (set[1] ?? '').replaceAll('-', '_'), from, from + (set[3] ?? '').length));
    }
    // A recipe's parameters with what they are where nothing is given.
    const recipe = own || set ? null : /^@?[A-Za-z_][\w-]*((?:\s+[+*$]?[A-Za-z_][\w-]*(?:=(?:'[^'\n]*'|"[^"\n]*"|[\w./:-]+))?)+)\s*:/.exec(line);
    if (recipe) {
      const at = start + line.indexOf(recipe[1] ?? '');
      for (const given of (recipe[1] ?? '').matchAll(/([A-Za-z_][\w-]*)=(['"]?)([^'"\s]*)/g)) {
        const from = at + given.index + given[0].length - (given[3] ?? '').length;
        definitions.push(define(made, (given[1] ?? '').replaceAll('-', '_'), from, from + (given[3] ?? '').length));
      }
    }
    text += own ? line.replace(/^\s*[@-]+/, (head) => ' '.repeat(head.length)) : blank(line);
  }
  return { text, definitions };
};
