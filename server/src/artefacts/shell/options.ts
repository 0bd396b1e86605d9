import type { Argument } from './resolve.ts';
import { valueOf } from './statements.ts';
import { flagName } from './table.ts';

export interface Option {
  readonly name: string;
  /** The word that begins with it. */
  readonly at: Argument;
  /** What follows it, up to the next option. */
  readonly values: readonly Argument[];
}

export interface Arguments {
  readonly options: readonly Option[];
  /** Arguments that are neither an option nor the one value behind it. */
  readonly positional: readonly Argument[];
}

const dashed = /^-{1,2}([A-Za-z][\w.-]*)(=?)/;
const keyed = /^[+~]{0,2}([A-Za-z_]\w*(?:\.\w+)*)=/;

const headOf = ({ word }: Argument): string => {
  const first = word.parts[0];
  return first?.kind === 'text' ? first.text : '';
};

/** Options of a command: `--name value...`, `--name=value`, and `name=value` of configurations that are overridden. */
export const optionsOf = (rest: readonly Argument[], switches: readonly string[]): Arguments => {
  const options: { name: string; at: Argument; values: Argument[] }[] = [];
  const positional: Argument[] = [];
  let wants = false;
  let inList = false;
  for (const argument of rest) {
    const head = headOf(argument);
    const flag = dashed.exec(head);
    const key: RegExpExecArray | null = flag || wants ? null : keyed.exec(head);
    const found: RegExpExecArray | null = flag ?? key;
    if (found) {
      const name = flagName(found[1] ?? '');
      const inline: boolean = key !== null || found[2] === '=';
      options.push({ name, at: argument, values: inline ? [{ ...argument, word: valueOf(argument.word, found[0].length) }] : [] });
      wants = !inline && !switches.includes(name);
      inList = false;
    } else if (options.length > 0 && wants) {
      options.at(-1)?.values.push(argument);
      wants = false;
      inList = true;
    } else {
      positional.push(argument);
      // A list goes on behind its first value.
      if (inList) options.at(-1)?.values.push(argument);
    }
  }
  return { options, positional };
};
