import { asString, get } from '../text/data.ts';
import type { DataNode, DataScalar } from '../text/data.ts';
import { limits } from '../text/limits.ts';
import { readYaml } from '../text/yaml.ts';
import { addProblems, draftOf, moreThan, nothingRead, readingOf, tooLong } from './draft.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';
import { tellEnvironment } from './shell/containers.ts';
import { state, tellingOf } from './shell/facts.ts';
import type { Telling } from './shell/facts.ts';
import { programOf, programOfImage } from './shell/program.ts';
import { tellCommand, tellLimits, tellShell } from './shell/reader.ts';
import { readScript } from './shell/script.ts';
import type { Command, Definition } from './shell/statements.ts';
import { imageOf, mayNameWorks } from './shell/table.ts';
import { linkTarget, modelTarget } from './shell/targets.ts';
import { filler, splitWord } from './shell/words.ts';
import type { Word } from './shell/words.ts';
import { environmentOf, scalarsOf, shellOf, wordOfScalar } from './shell/yaml-text.ts';

/** The documents of a stream, each with its place: the wrapper of the parser reads the first of a text. */
const documentsOf = (text: string): readonly { readonly text: string; readonly start: number }[] => {
  const out: { text: string; start: number }[] = [];
  let start = 0;
  for (const match of text.matchAll(/^---[^\S\n]*(?:#.*)?\r?$/gm)) {
    out.push({ text: text.slice(start, match.index), start });
    start = match.index + match[0].length;
  }
  out.push({ text: text.slice(start), start });
  return out.filter((document) => /^[^\s#]/m.test(document.text));
};

type Kind = 'compose' | 'manifest' | 'task' | 'values';

interface Run {
  readonly telling: Telling;
  readonly text: string;
  /** Containers that are left, for all documents of the file. */
  readonly containers: { left: number };
}

/** A command as one text, or as a list of words. */
const wordsOf = (text: string, node: DataNode | undefined): readonly Word[] | undefined => {
  if (node?.kind === 'sequence') return scalarsOf(node).map((scalar) => wordOfScalar(text, scalar));
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const { code, start, end } = shellOf(text, node);
  const [command] = readScript(code, start, end).commands;
  return command?.words ?? splitWord(wordOfScalar(text, node));
};

/** `$(NAME)` of a manifest is a variable, and `$$` of a compose file is one dollar sign: as the shell has them, at the same length. */
const asShell = (text: string, kind: Kind): string =>
  kind === 'manifest' ? text.replace(/\$\(([A-Za-z_]\w*)\)/g, '${$1}') : kind === 'compose' ? text.replaceAll('$$', () => `${filler}$`) : text;

const commandOf = (words: readonly Word[], at: number): Command => ({ words, at, blocks: [], within: null, outputs: [], input: null, environment: [] });

/** One container: its image, what it is started with, and its environment. */
const tellContainer = (run: Run, image: string, entrypoint: DataNode | undefined, args: DataNode | undefined, environment: readonly Definition[]): void => {
  run.containers.left -= 1;
  if (run.containers.left < 0) return;
  const { telling, text } = run;
  const script = readScript(text, 0, 0, environment);
  const words = [...(wordsOf(text, entrypoint) ?? []), ...(wordsOf(text, args) ?? [])];
  const command = commandOf(words, text.length);
  const row = imageOf(image);
  if (row) {
    const variables = environment.flatMap(({ name, values: [word] }) => (word ? [{ name, value: { word, site: command } }] : []));
    tellEnvironment(telling, script, row, variables);
  }
  if (words.length === 0) return;
  const given = words.map((word) => ({ word, site: command }));
  const own = programOf(script, given);
  tellCommand(telling, text, script, command, row && !own?.row && entrypoint === undefined ? programOfImage(script, row, given) : own);
  tellLimits(telling, script);
};

const entriesOf = (node: DataNode | undefined): readonly { readonly key: string; readonly value: DataNode }[] => (node?.kind === 'map' ? node.entries : []);

const tellCompose = (run: Run, root: DataNode): void => {
  for (const { value: service } of entriesOf(get(root, 'services')))
    tellContainer(
      run,
      asString(get(service, 'image')) ?? '',
      get(service, 'entrypoint'),
      get(service, 'command'),
      environmentOf(run.text, get(service, 'environment')),
    );
};

/** `hf://org/name` under a key of any name that says where a model is stored, and the key of a chart that takes no other. */
const tellStored = (run: Run, key: string, node: DataScalar): void => {
  const { telling } = run;
  if (typeof node.value !== 'string') return;
  const stored = /uri|model|url|source/i.test(key) && node.value.startsWith('hf://');
  const target = stored ? linkTarget(node.value) : key === 'modelURL' ? modelTarget(node.value, true, telling.draft.knowledge) : undefined;
  if (target)
    state(telling, { from: here, to: target.to, type: 'loads', via: key, span: node.inner, role: telling.role, revision: target.revision, pinnable: false });
};

/** Every container of a manifest, however deep its kind keeps them. */
const tellManifest = (run: Run, node: DataNode): void => {
  if (node.kind === 'sequence') for (const item of node.items) tellManifest(run, item);
  if (node.kind !== 'map') return;
  const image = asString(get(node, 'image'));
  const args = get(node, 'args');
  const command = get(node, 'command');
  if (image !== undefined || (args?.kind === 'sequence' && get(node, 'name') !== undefined))
    tellContainer(run, image ?? '', command, args, environmentOf(run.text, get(node, 'env')));
  for (const { key, value } of node.entries) {
    if (value.kind === 'scalar') tellStored(run, key, value);
    else tellManifest(run, value);
  }
};

/** A task for a machine that is rented for it: commands that set it up and that run. */
const tellTask = (run: Run, root: DataNode): void => {
  const definitions = [...environmentOf(run.text, get(root, 'envs')), ...environmentOf(run.text, get(root, 'env'))];
  for (const key of ['setup', 'run']) for (const scalar of scalarsOf(get(root, key))) tellShell(run.telling, shellOf(run.text, scalar), definitions);
};

const isCompose = (name: string): boolean => /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/.test(name);

/** What a file of YAML is, by the keys that stand in it. */
const kindOf = (name: string, source: string): Kind | undefined => {
  if (isCompose(name) || /^services:/m.test(source)) return 'compose';
  if (/^kind:/m.test(source) && /^apiVersion:/m.test(source)) return 'manifest';
  if (source.includes('modelURL') && /^[ \t]{1,200}(?:- )?["']?modelURL["']?:/m.test(source)) return 'values';
  return /^run:/m.test(source) && /^(?:resources|setup|num_nodes|workdir|file_mounts|envs):/m.test(source) ? 'task' : undefined;
};

/** Compose files, manifests of Kubernetes and what is built on it, tasks for rented machines: what is served, and from which image. */
export const deploymentReader: Reader = {
  id: 'deployment',
  version: 2,
  matches: (path, name) =>
    /\.ya?ml$/.test(name) && !/(?:^|\/)\.github\//.test(path) && !/^(?:pedigree|action|mkdocs|_config|\.pre-commit-config|dvc)\.ya?ml$/.test(name),
  wants: 'text',
  maximum: limits.shellBytes,
  partial: true,
  read: ({ path, text: source, size }, knowledge): Reading => {
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const kind = kindOf(name, source);
    // The parser is slow beside these tests, and most YAML of a tree is something else's.
    if (kind === undefined || !mayNameWorks(source)) return nothingRead;
    if (size > limits.shellBytes) return tooLong(limits.shellBytes);
    const draft = draftOf('deployment', path, knowledge);
    const containers = { left: limits.containers };
    let documents = 0;
    for (const document of documentsOf(source)) {
      if (!mayNameWorks(document.text)) continue;
      documents += 1;
      if (documents > limits.yamlDocuments) break;
      const { root, problems } = readYaml(document.text);
      addProblems(draft, problems);
      if (!root) continue;
      const run: Run = { telling: { ...tellingOf(draft, path), base: document.start }, text: asShell(document.text, kind), containers };
      if (kind === 'compose') tellCompose(run, root);
      else if (kind === 'manifest' || kind === 'values') tellManifest(run, root);
      else tellTask(run, root);
    }
    return readingOf(draft, [
      ...(documents > limits.yamlDocuments ? [moreThan(limits.yamlDocuments, 'documents of YAML')] : []),
      ...(containers.left < 0 ? [moreThan(limits.containers, 'containers')] : []),
    ]);
  },
};
