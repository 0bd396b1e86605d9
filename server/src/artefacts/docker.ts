import { limits } from '../text/limits.ts';
import { addProblems, draftOf, moreThan, onlyHead, readingOf } from './draft.ts';
import { tellEnvironment } from './shell/containers.ts';
import { tellingOf } from './shell/facts.ts';
import type { Telling } from './shell/facts.ts';
import { programOf, programOfImage } from './shell/program.ts';
import { tellCommand, tellLimits } from './shell/reader.ts';
import { readScript } from './shell/script.ts';
import type { Command, Definition, Script } from './shell/statements.ts';
import { mayGiveWorks } from './shell/given.ts';
import { imageOf } from './shell/table.ts';
import { filler, plainWordOf, readWord, wordOf } from './shell/words.ts';
import type { Word } from './shell/words.ts';
import type { Reader, Reading } from './types.ts';

interface Instruction {
  readonly name: string;
  /** Of what stands behind the name, up to the end of its last line. */
  readonly start: number;
  readonly end: number;
  /** The lines that `<<NAME` feeds to it. */
  readonly document: { readonly start: number; readonly end: number } | null;
}

const lineEndOf = (text: string, at: number): number => {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found;
};

interface File {
  readonly text: string;
  readonly instructions: readonly Instruction[];
  readonly more: boolean;
}

/** The instructions, and the text with the comments between their lines blanked, at the same length. */
const instructionsOf = (source: string): File => {
  const instructions: Instruction[] = [];
  const pieces: string[] = [];
  let kept = 0;
  let more = false;
  for (let at = 0; at < source.length;) {
    const end = lineEndOf(source, at);
    const head = /^[ \t]*([A-Za-z]+)[ \t]+(?=\S)/.exec(source.slice(at, Math.min(end, at + 200)));
    if (!head) {
      at = end + 1;
      continue;
    }
    more = instructions.length >= limits.dockerInstructions;
    if (more) break;
    const start = at + head[0].length;
    let last = end;
    let line = source.slice(start, end);
    // A line goes on behind a backslash or a backtick; comments and empty lines between are left out.
    while (/[\\`][ \t]*\r?$/.test(line) && last < source.length) {
      const from = last + 1;
      const to = lineEndOf(source, from);
      line = source.slice(from, to);
      if (/^\s*(?:#.*)?$/.test(line)) {
        pieces.push(source.slice(kept, from), ' '.repeat(Math.min(to + 1, source.length) - from));
        kept = Math.min(to + 1, source.length);
        line = '\\';
      }
      last = to;
    }
    const opened = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(source.slice(start, Math.min(last, start + 2_000)));
    let document: Instruction['document'] = null;
    if (opened && /^(?:RUN|COPY|ADD)$/i.test(head[1] ?? '')) {
      let from = last + 1;
      while (from < source.length && source.slice(from, lineEndOf(source, from)).trim() !== opened[2]) from = lineEndOf(source, from) + 1;
      document = { start: Math.min(last + 1, source.length), end: Math.min(from, source.length) };
      last = Math.min(lineEndOf(source, from), source.length);
    }
    instructions.push({ name: (head[1] ?? '').toUpperCase(), start, end: last, document });
    at = last + 1;
  }
  pieces.push(source.slice(kept));
  return { text: pieces.join(''), instructions, more };
};

/** Entries of `["a", "b"]`; undefined where it is no such list. */
const listOf = (text: string, start: number, end: number): readonly Word[] | undefined => {
  if (text[start] !== '[') return undefined;
  const words: Word[] = [];
  for (const match of text.slice(start, end).matchAll(/"((?:[^"\\\n]|\\.)*)"/g)) {
    const from = start + match.index + 1;
    words.push(plainWordOf(text, from, from + (match[1] ?? '').length));
  }
  return words;
};

const defined = (name: string, word: Word, at: number): Definition => ({ name, values: [word], list: false, append: false, at, blocks: [], within: null });

/** `NAME=value OTHER="x y"`, and the older `NAME value`. */
const definitionsOf = (text: string, { start, end }: Instruction): readonly Definition[] => {
  const older = /^([A-Za-z_]\w*)[ \t]+(?!=)(?=\S)/.exec(text.slice(start, Math.min(end, start + 300)));
  if (older && !older[0].includes('=')) {
    const from = start + older[0].length;
    return [defined(older[1] ?? '', wordOf(text, from, from + text.slice(from, end).trimEnd().length), start)];
  }
  const out: Definition[] = [];
  for (let at = start; at < end && out.length <= limits.dockerVariables;) {
    const skipped = /^(?:[ \t\r\n]|\\\r?\n)+/.exec(text.slice(at, end))?.[0].length ?? 0;
    at += skipped;
    const name = /^([A-Za-z_]\w*)=/.exec(text.slice(at, Math.min(end, at + 300)));
    if (name) {
      const word = readWord(text, at + name[0].length, end);
      out.push(defined(name[1] ?? '', word, at));
      at = Math.max(word.end, at + name[0].length);
    } else at = Math.max(readWord(text, at, end).end, at + 1);
  }
  return out;
};

interface Stage {
  readonly image: string;
  readonly definitions: Definition[];
  entrypoint: readonly Word[] | null;
  command: readonly Word[] | null;
  /** The two together in the form of the shell: told as text. */
  shell: Instruction | null;
}

const commandOf = (words: readonly Word[], at: number): Command => ({ words, at, blocks: [], within: null, outputs: [], input: null, environment: [] });

/** What a container of the stage does when it is started. */
const tellStart = (telling: Telling, text: string, script: Script, stage: Stage): void => {
  const image = imageOf(stage.image);
  const at = text.length;
  const words = [...(stage.entrypoint ?? []), ...(stage.command ?? [])];
  const command = commandOf(words, at);
  const args = words.map((word) => ({ word, site: command }));
  if (image) {
    const variables = stage.definitions.flatMap(({ name, values: [word] }) => (word ? [{ name, value: { word, site: command } }] : []));
    tellEnvironment(telling, script, image, variables);
  }
  if (words.length === 0) return;
  const own = programOf(script, args);
  tellCommand(telling, text, script, command, stage.entrypoint === null && image && !own?.row ? programOfImage(script, image, args) : own);
};

const scriptOf = (text: string, start: number, end: number, definitions: readonly Definition[]): Script => readScript(text, start, end, definitions);

/** Dockerfiles: what is fetched while an image is built, and what it serves when it is started. */
export const dockerReader: Reader = {
  id: 'docker',
  version: 5,
  matches: (_path, name) =>
    /^(?:dockerfile|containerfile)(?:[._-].*)?$|\.(?:dockerfile|containerfile)$/.test(name) && !/\.(?:md|txt|ya?ml|json|py|sh)$/.test(name),
  wants: 'text',
  maximum: limits.shellBytes,
  partial: true,
  read: ({ path, text: source, size }, knowledge): Reading => {
    const draft = draftOf('docker', path, knowledge);
    if (!mayGiveWorks(source, knowledge)) return readingOf(draft);
    const telling = tellingOf(draft, path);
    const { text, instructions, more } = instructionsOf(source.replaceAll(filler, ' '));
    const global: Definition[] = [];
    const stages = new Map<string, Stage>();
    let stage: Stage = { image: '', definitions: global, entrypoint: null, command: null, shell: null };
    const run = (start: number, end: number): void => {
      const script = scriptOf(text, start, end, [...global, ...stage.definitions]);
      for (const command of script.commands) tellCommand(telling, text, script, command);
      tellLimits(telling, script);
    };
    const finish = (): void => {
      if (stage.shell) run(stage.shell.start, stage.shell.end);
      const script = scriptOf(text, 0, 0, [...global, ...stage.definitions]);
      tellStart(telling, text, script, stage);
      tellLimits(telling, script);
    };
    const define = (definitions: readonly Definition[]): void => {
      const room = limits.dockerVariables - stage.definitions.length;
      stage.definitions.push(...definitions.slice(0, room));
      if (definitions.length > room) addProblems(draft, [moreThan(limits.dockerVariables, 'variables')]);
    };
    for (const instruction of instructions) {
      const { name, start, end, document } = instruction;
      if (draft.facts.length > limits.factsPerFile) break;
      if (name === 'FROM') {
        finish();
        const [image = '', as = '', own = ''] = text
          .slice(start, end)
          .replace(/^(?:--\S+\s+)+/, '')
          .trim()
          .split(/\s+/);
        const parent = stages.get(image.toLowerCase());
        stage = { image: parent?.image ?? image, definitions: [...(parent?.definitions ?? [])], entrypoint: null, command: null, shell: null };
        if (as.toLowerCase() === 'as') stages.set(own.toLowerCase(), stage);
      } else if (name === 'ARG' || name === 'ENV') define(definitionsOf(text, instruction));
      else if (name === 'RUN') {
        const flags = /^(?:--\S+\s+)*/.exec(text.slice(start, end))?.[0].length ?? 0;
        const list = listOf(text, start + flags, end);
        const fed = document && /^\s*<<-?\s*["']?\w+["']?\s*$/.test(text.slice(start + flags, document.start)) ? document : null;
        if (list) {
          const script = scriptOf(text, 0, 0, [...global, ...stage.definitions]);
          tellCommand(telling, text, script, commandOf(list, start));
          tellLimits(telling, script);
        } else run(fed ? fed.start : start + flags, fed ? fed.end : end);
      } else if (name === 'ADD') run(start - 'ADD '.length, document ? document.start : end);
      else if (name === 'ENTRYPOINT' || name === 'CMD') {
        const list = listOf(text, start, end);
        if (!list) stage.shell = instruction;
        else if (name === 'CMD') stage.command = list;
        else stage.entrypoint = list;
      }
    }
    finish();
    return readingOf(draft, [
      ...(more ? [moreThan(limits.dockerInstructions, 'instructions')] : []),
      ...(size > limits.shellBytes ? [onlyHead(limits.shellBytes)] : []),
    ]);
  },
};
