import { flagName, isProgram, isWrapper, meaningsOf, rowOf } from '../../artefacts/shell/table.ts';
import type { CommandRow, FlagMeaning } from '../../artefacts/shell/table.ts';
import { lineText } from '../../text/lines.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Source } from './candidates.ts';
import type { Place } from './place.ts';

const modelMeanings: readonly FlagMeaning[] = ['base', 'baseIfKnown', 'other', 'judge', 'teacher', 'adapter', 'tokenizer', 'publish'];
const dataMeanings: readonly FlagMeaning[] = ['data', 'dataIfKnown', 'testData', 'publishData'];

/** The command that ends at the cursor, the lines in front of it that go on by a backslash taken in. */
const commandBefore = (text: string, index: LineIndex, line: number, head: string): string => {
  let out = head;
  for (let above = line - 1; above >= 0; above -= 1) {
    const whole = lineText(text, index, above).trimEnd();
    if (!whole.endsWith('\\')) break;
    out = `${whole.slice(0, -1)} ${out}`;
  }
  return out;
};

const sourceOfFlag = (flag: string, row: CommandRow | undefined): Source | undefined => {
  if (row?.flags.includes(flag)) return 'model';
  const meanings = meaningsOf(flagName(flag));
  if (meanings.some((meaning) => modelMeanings.includes(meaning))) return 'model';
  return meanings.some((meaning) => dataMeanings.includes(meaning)) ? 'dataset' : undefined;
};

const sourceOfArgument = (row: CommandRow, words: readonly string[]): Source | undefined => {
  const rest = words.slice(row.run.split(' ').length);
  let at = 0;
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? '';
    if (!word.startsWith('-')) at += 1;
    else if (!word.includes('=') && !row.switches.includes(word)) index += 1;
  }
  if (row.at !== at || row.what === 'link' || row.what === 'ollama') return undefined;
  return row.what === 'by-type' ? (words.includes('dataset') ? 'dataset' : 'repository') : 'model';
};

/** Arguments and options of the tools that fetch, serve and train. */
export const commandPlace = (text: string, index: LineIndex, line: number, head: string): Place | undefined => {
  const command = commandBefore(text, index, line, head.replace(/^\s*(?:RUN|CMD|ENTRYPOINT|-)\s+/, ''))
    .split(/&&|\|\|?|;|\$\(/)
    .at(-1)
    ?.trimStart();
  // In the list of words of a container each is quoted.
  const words = (command ?? '').split(/[\s,[\]]+/).map((word) => word.replace(/^["']|["']$/g, ''));
  const current = words.pop() ?? '';
  if (words.length === 0 && !current.includes('=')) return undefined;
  const begin = words.findIndex((word) => isProgram(word.slice(word.lastIndexOf('/') + 1)));
  const ours = begin >= 0 && words.slice(0, begin).every((word) => isWrapper(word) || /^-|=/.test(word)) ? words.slice(begin) : [];
  const row = ours.length > 0 ? rowOf(ours) : undefined;
  const [, flag, value] = /^(--?[\w.-]+)=["']?([\w./-]*)$/.exec(current) ?? [];
  const last = words.at(-1) ?? '';
  const word = value ?? current.replace(/^["']/, '');
  if (!/^[\w./-]*$/.test(word) || word.startsWith('-')) return undefined;
  const source = flag !== undefined ? sourceOfFlag(flag, row) : last.startsWith('-') ? sourceOfFlag(last, row) : row ? sourceOfArgument(row, ours) : undefined;
  return source ? { source, start: head.length - word.length } : undefined;
};
