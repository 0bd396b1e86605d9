import names from '../../knowledge/data/javascript-names.json';
import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { addressesIn, mayAddress } from '../addresses.ts';
import { addFact, draftOf, limitHit, moreThan, nothingRead, readingOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { isEvaluating } from '../python/outputs.ts';
import { preset } from '../via.ts';
import { here } from '../types.ts';
import type { ReadProblem, Reader, Reading, Role, WorkId } from '../types.ts';
import { findLoads } from './loads.ts';
import type { Loaded } from './loads.ts';
import { readJavaScript } from './model.ts';
import type { JavaScriptFile } from './model.ts';
import { dataSinkOf, isApplication } from './outputs.ts';
import { findServiceCalls, serviceModules } from './services.ts';

const patterns = new WeakMap<Knowledge, RegExp>();

/** Most sources of a tree speak of no work: they are told by one search and never scanned. */
const patternOf = (knowledge: Knowledge): RegExp => {
  const known = patterns.get(knowledge);
  if (known) return known;
  const modules = [...names.hub, ...names.inference, ...names.llamaCpp, ...names.webllm.modules, ...serviceModules(knowledge)].flatMap((name) => [
    `'${name}'`,
    `"${name}"`,
    `${name}@`,
    `${name}/`,
  ]);
  const hosts = knowledge.allServices().flatMap((service) => service.hosts.filter((host) => !host.includes('*')));
  const words = ['from_pretrained', 'pipeline(', 'huggingface.co/', 'hf.co/', 'hf-mirror.com/', 'modelscope.', 'hf:', 'ollama', ...modules, ...hosts];
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i');
  patterns.set(knowledge, pattern);
  return pattern;
};

/** Specifications are tests, stories show what there is. */
const roleOf = (draft: Draft, path: string): Role =>
  draft.role === 'decision' && /\.(?:spec|stories|e2e|cy)\.|__tests__|__mocks__/.test(path) ? 'evaluation' : draft.role;

/** What the relations of a file have in common, whether something is loaded, published or written by a service. */
type Relating = Omit<Loaded, 'type' | 'call'> & { readonly type: Loaded['type'] | 'generatedBy' };

const relate = (draft: Draft, from: WorkId, role: Role, { to, type, via, span, revision, pinnable, preset: isPreset }: Relating): void => {
  const id = draft.idOf(`${type}:${isPreset ? preset : ''}${via}`, to);
  addFact(draft, { kind: 'relation', id, from, to, type, role, revision, via, pinnable, remoteCode: false }, { span });
};

const tell = (draft: Draft, path: string, file: JavaScriptFile): void => {
  const role = roleOf(draft, path);
  const told = new Set<string>();
  for (const loaded of findLoads(file)) {
    const key = `${loaded.to} ${loaded.span.start}`;
    if (told.has(key)) continue;
    told.add(key);
    const dataset = loaded.to.includes('/datasets/');
    const from: WorkId = loaded.type === 'publishes' ? `local:${path}#${dataset ? 'outputs' : 'model'}` : here;
    relate(draft, from, role, loaded);
  }
  const taken = new Set(Object.values(draft.anchors).map(({ span }) => span.start));
  const strings = file.tokens.filter(({ kind }) => kind === 'string');
  for (const { token, ...found } of addressesIn(strings, draft.knowledge, taken))
    relate(draft, here, role, { ...found, type: 'loads', span: { start: token.innerStart, end: token.innerEnd }, pinnable: false, preset: true });
  const calls = findServiceCalls(file, draft.knowledge);
  if (calls.length === 0) return;
  const evaluating = role === 'evaluation' || isEvaluating(path, '');
  const sink = evaluating || role !== 'decision' || isApplication(file) ? undefined : dataSinkOf(file);
  for (const { service, model, span } of calls) {
    const work: WorkId = `service:${service}${model === null ? '' : `/${model}`}`;
    if (told.has(`${work} ${span.start}`)) continue;
    told.add(`${work} ${span.start}`);
    addFact(draft, { kind: 'call', id: draft.idOf('call', work), service, model, role: sink ? 'decision' : evaluating ? 'evaluation' : 'mention' }, { span });
    const written = { to: work, type: 'generatedBy', via: 'api-call', span, revision: null, pinnable: false } as const;
    if (sink) relate(draft, sink.to ?? `local:${path}#outputs`, 'decision', written);
  }
};

/** The scripts of a page or component. */
const scriptsOf = (text: string): readonly { readonly start: number; readonly end: number }[] =>
  [...text.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script\s*>/gi)].map((match) => {
    const start = match.index + match[0].indexOf('>') + 1;
    return { start, end: start + (match[1] ?? '').length };
  });

const limitsHit = ({ tokens, looks }: JavaScriptFile): readonly ReadProblem[] => [
  ...(tokens.length >= limits.javascriptTokens ? [moreThan(limits.javascriptTokens, 'tokens of JavaScript')] : []),
  ...(looks.left < 0 ? [limitHit('more names of JavaScript than are followed')] : []),
];

/** A line that long was written by a bundler: it holds the code of others. */
const hasLongLine = (text: string): boolean => {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    if ((end < 0 ? text.length : end) - at >= limits.lineLength) return true;
    if (end < 0) return false;
    at = end + 1;
  }
  return false;
};

/** JavaScript and TypeScript: models that are loaded, services that are called, and what of their outputs is kept as data. */
export const javascriptReader: Reader = {
  id: 'javascript',
  version: 4,
  matches: (path, name) =>
    /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|html?)$/.test(name) &&
    !/\.d\.[cm]?ts$|[.-]min\.js$|\.bundle\.js$/.test(name) &&
    !/(?:^|\/)(?:dist|build|vendor|third_party)\//.test(path),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    // Translations of a tool kit for windows have the same ending.
    if ((!patternOf(knowledge).test(text) && !mayAddress(text, knowledge)) || hasLongLine(text) || text.startsWith('<?xml')) return nothingRead;
    const isPage = /\.(?:vue|svelte|html?)$/i.test(path);
    const file = readJavaScript(text, isPage ? scriptsOf(text) : undefined);
    const draft = draftOf('javascript', path, knowledge);
    tell(draft, path, file);
    return { ...readingOf(draft), problems: limitsHit(file) };
  },
};
