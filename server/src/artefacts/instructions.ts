import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { workAtAddress } from '../knowledge/stored-addresses.ts';
import { addressed } from './addresses.ts';
import { draftOf, moreThan, readingOf } from './draft.ts';
import { datasetWork, hasModelTerms, hubReference, isBarredModel, isBarredSet, modelWork, roleOfPath, weightsWork } from './hub-id.ts';
import { pythonFacts } from './python/facts.ts';
import type { PythonFacts } from './python/facts.ts';
import { readPython } from './python/model.ts';
import { mayHaveFacts } from './python/reader.ts';
import { placeKey, state, tellingOf } from './shell/facts.ts';
import type { Telling } from './shell/facts.ts';
import { tellShell } from './shell/reader.ts';
import { mayGiveWorks } from './shell/given.ts';
import { isFetch } from './shell/table.ts';
import { instructions, linkedFile, preset, snippets } from './via.ts';
import { here } from './types.ts';
import type { Fact, Reader, Reading, WorkId } from './types.ts';
import { byFileName, longestChoice, weightsAt } from './weights-paths.ts';

const hub = modelWork('');
const datasets = datasetWork('');

export interface Block {
  readonly start: number;
  readonly end: number;
}

export const shells = /^(?:|bash|sh|shell|zsh|console|shell-session|shellsession|terminal|cmd|none|text)$/i;
export const pythons = /^(?:python3?|py)$/i;
const changes = /^diff$/i;

/** How a line of a command begins that no line of Python does: some call every block by one language. */
const typed = /^[ \t]*(?:\$ )?(?:pip3? install|git clone|python3? (?:-m )?[\w./-]+|torchrun|deepspeed|accelerate launch|bash [\w./-]+\.sh|vllm serve) /m;

/** Fenced blocks of some languages. */
export const blocksOf = (text: string, languages: RegExp): readonly Block[] => {
  const blocks: Block[] = [];
  let fence: { readonly mark: string; readonly from: number; readonly meant: boolean } | undefined;
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const line = end - at > limits.lineLength ? '' : text.slice(at, end);
    const [, mark = '', language = ''] = /^\s{0,12}(?:>\s*)?(```+|~~~+)\s*\{?\.?([\w-]*)/.exec(line) ?? [];
    if (fence === undefined && mark !== '') fence = { mark, from: end, meant: languages.test(language) };
    else if (fence !== undefined && mark.startsWith(fence.mark) && language === '') {
      if (fence.meant && at > fence.from) blocks.push({ start: fence.from, end: at });
      fence = undefined;
    }
    at = end;
  }
  return blocks;
};

/** Prompts as blanks, so that offsets stay. */
const withoutPrompts = (block: string): string => block.replace(/^(\s*)([$%#>]|\(\w+\)\s?\$)(?= )/gm, (prompt) => ' '.repeat(prompt.length));

/** What a change leads to: its signs, and what it takes away, as blanks. */
const changed = (block: string): string =>
  block
    .split('\n')
    .map((line) => (line.startsWith('-') ? ' '.repeat(line.length) : line.replace(/^\+/, ' ')))
    .join('\n');

/** A command in the midst of a sentence: `python run.py --model x`. */
const inline = /(?<!`)`((?:python3?|torchrun|deepspeed|accelerate launch|vllm serve|bash|sh) [^`\n]{8,600})`(?!`)/g;
const inlineIn = (text: string): readonly Block[] =>
  [...text.matchAll(inline)].map(({ index, 1: command = '' }) => ({ start: index + 1, end: index + 1 + command.length }));

export const isReadme = (path: string): boolean => /(?:^|\/)readme[\w.-]*\.(?:md|markdown)$/i.test(path);

/** What changed once, and what somebody is to be asked. */
export const records =
  /^(?:change[-_]?log|changes|history|releases?|release[-_]?notes|news|licen[cs]e|notice|code[-_]of[-_]conduct|security|todo)[\w.-]*\.(?:md|markdown)$/;

/** What agents and readers are given to look things up in. */
const reference = /(?:^|\/)(?:references?|(?:[\w-]*[-_])?skills?|tutorials?|wiki)\//i;

const isKnown = (work: WorkId, knowledge: Knowledge): boolean => {
  if (work.startsWith(datasets)) return isBarredSet(work.slice(datasets.length), knowledge);
  // Weights of a repository of code are told by tables alone.
  if (work.endsWith('#weights')) return true;
  const id = work.startsWith(hub) ? work.slice(hub.length) : '';
  return id !== '' && knowledge.model(id) !== undefined && hasModelTerms(id, knowledge);
};

/**
 * What a README shows to be typed: a choice that readers are led to, and none that the repository makes itself. So nothing is said to have
 * been made of what is named, no revision is asked for, and whatever follows is information.
 */
const asShown = (path: string, fact: Fact, knowledge: Knowledge): readonly Fact[] => {
  if (fact.kind === 'code-flag') return isReadme(path) ? [fact] : [];
  if (fact.kind !== 'relation' || (!isReadme(path) && !isFetch(fact.via) && fact.via !== linkedFile && (reference.test(path) || !isKnown(fact.to, knowledge))))
    return [];
  const { type } = fact;
  if (type === 'publishes' || type === 'generatedBy') return [];
  return [
    { ...fact, from: `local:${path}#shown`, type: type === 'trainedOn' || type === 'testedOn' || type === 'copiedFrom' ? type : 'loads', pinnable: false },
  ];
};

/** A card shows the model that it is the card of. */
const isCard = (text: string): boolean => /^\uFEFF?---\r?\n/.test(text);

/** What the Python of a document loads. All else is blanked, so that every place is one of the file. */
const pythonReading = (path: string, text: string, knowledge: Knowledge): PythonFacts => {
  const all = isCard(text) || !/^[^\S\n]{0,12}(?:>[^\S\n]?)?(?:```|~~~)[^\S\n]?\{?\.?py/im.test(text) ? [] : blocksOf(text, pythons);
  const blocks = all.filter(({ start, end }) => !typed.test(text.slice(start, end))).slice(0, limits.shownBlocks);
  if (!blocks.some(({ start, end }) => mayHaveFacts(text.slice(start, end), knowledge))) return { facts: [], anchors: {} };
  let code = '';
  for (const { start, end } of blocks) code += text.slice(code.length, start).replace(/[^\n]/g, ' ') + text.slice(start, end);
  const { facts, anchors } = pythonFacts(path, readPython(code), knowledge, snippets);
  const asPreset = (id: string): string => (id.startsWith(`${snippets}:`) ? `${snippets}:${preset}${id.slice(snippets.length + 1)}` : id);
  const loads = facts.flatMap((fact) => asShown(path, { ...fact, id: asPreset(fact.id) }, knowledge)).filter(({ kind }) => kind === 'relation');
  const works = new Set(loads.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
  // Packs of which no table tells the terms bring them along.
  const terms = facts.filter((fact) => fact.kind === 'licence' && fact.evidence === 'catalogue' && works.has(fact.work));
  return {
    facts: [...loads, ...terms.map((fact): Fact => ({ ...fact, id: asPreset(fact.id) }))],
    anchors: Object.fromEntries(Object.entries(anchors).map(([id, anchor]) => [asPreset(id), anchor])),
  };
};

/** An address in running text, in a link or a cell. */
const linked = /https?:\/\/[^\s"'<>()[\]|`\\]{8,300}/g;
/** Addresses that are looked at. */
const mostLinked = 400;

interface Linked {
  readonly to: WorkId;
  readonly via: string;
  readonly start: number;
  readonly end: number;
}

/** The first of each owner's under which a model is known that permits no commerce. */
const barredOf = (all: readonly Linked[], knowledge: Knowledge): readonly Linked[] => {
  const owners = new Set<string>();
  return all
    .filter(({ to }) => {
      const id = to.startsWith(hub) ? to.slice(hub.length) : to.replace(/#.*$/, '');
      const owner = id.slice(0, id.lastIndexOf('/'));
      return !owners.has(owner) && isBarredModel(id, knowledge) && owners.add(owner);
    })
    .slice(0, longestChoice);
};

/** What sends readers to fetch something, in the line of a link. */
const fetching = /\b(?:download\w*|prepare|obtain|request|fetch|register|apply\s+for|put|place[ds]?)\b|下载|获取|准备|申请/i;
/** Sections of what was and of what others did. */
const elsewhere = /^#{1,6}\s.*(?:news|updates?|acknowledg|related|citation|reference|changelog|benchmark|leaderboard|comparison|致谢|引用|相关)/i;

/** A model whose own terms set conditions. */
const isLimited = (id: string, knowledge: Knowledge): boolean =>
  (knowledge.model(id)?.licences.at(-1)?.licences ?? []).some((licence) => knowledge.terms(licence)?.category === 'use-restricted');

/** A page of a model of which terms are known, in a line that tells readers to fetch it. A page of the hub is as good as the file. */
const pageOf = (text: string, at: number, address: string, knowledge: Knowledge): WorkId | undefined => {
  const from = Math.max(text.lastIndexOf('\n', at) + 1, at - 300);
  const before =
    text
      .slice(from, at)
      .split(/[.!?]\s/)
      .at(-1) ?? '';
  const behind = text.slice(at + address.length, at + 300).split(/\n|[.!?](?:\s|$)/)[0] ?? '';
  if (!fetching.test(`${before} ${behind}`.replace(linked, ' ')) || /^\s*#/.test(before)) return undefined;
  const placed = workAtAddress(address.endsWith('/') ? address : `${address}/`);
  const reference = placed === undefined ? hubReference(address) : undefined;
  const id = placed ?? (reference?.type === 'model' && !address.includes('/resolve/') ? reference.id : undefined);
  if (id === undefined || !(isBarredModel(id, knowledge) || isLimited(id, knowledge))) return undefined;
  const heads = text.slice(0, at).match(/^#{1,6}\s.*$/gm) ?? [];
  return elsewhere.test(heads.at(-1) ?? '') ? undefined : weightsWork(id);
};

/**
 * Files of known weights that a document links to, for its readers to fetch: by their place, or by their name wherever somebody put them up. Of a longer list
 * those alone are told that permit no commerce.
 */
const linkedWeights = (text: string, knowledge: Knowledge): readonly Linked[] => {
  if (!text.includes('://')) return [];
  const out = new Map<WorkId, Linked>();
  let left = mostLinked;
  for (const { index, 0: written } of text.matchAll(linked)) {
    left -= 1;
    if (left < 0) return [];
    const address = written.replace(/[.,;:*_]+$/, '');
    const byName = weightsAt(address, knowledge);
    const placed = addressed(address, knowledge);
    const page = placed || byName ? undefined : pageOf(text, index, address, knowledge);
    const found = placed
      ? { to: placed.to, via: placed.via === byFileName ? byFileName : linkedFile }
      : byName
        ? { to: byName, via: byFileName }
        : page && { to: page, via: linkedFile };
    if (found && !found.to.startsWith(datasets) && !out.has(found.to)) out.set(found.to, { ...found, start: index, end: index + address.length });
  }
  return out.size > longestChoice ? barredOf([...out.values()], knowledge) : [...out.values()];
};

/** Commands of a document: fenced blocks, what a change leads to, and those within a sentence. */
const commandsOf = (text: string): readonly (Block & { readonly code: string })[] => {
  const taken = (languages: RegExp, code: (block: string) => string): readonly (Block & { readonly code: string })[] =>
    blocksOf(text, languages).map((block) => ({ ...block, code: code(text.slice(block.start, block.end)) }));
  return [
    ...taken(shells, withoutPrompts),
    ...taken(pythons, withoutPrompts).filter(({ code }) => typed.test(code)),
    ...taken(changes, changed),
    ...inlineIn(text).map((block) => ({ ...block, code: text.slice(block.start, block.end) })),
  ];
};

/** The places of these facts, those beside their own too, and of none that is not told. */
const anchorsOf = (facts: readonly Fact[], anchors: Reading['anchors']): Reading['anchors'] => {
  const told = new Set(facts.map(({ id }) => id));
  return Object.fromEntries(Object.entries(anchors).filter(([id]) => told.has(id) || told.has(id.slice(0, Math.max(0, id.lastIndexOf('#'))))));
};

/**
 * Commands in the fenced blocks of READMEs, and links to files of weights: what they tell readers to fetch, serve and train on. Of other documents only what they fetch, models whose
 * terms are known, and sets that permit no commerce: guides to getting the weights and the data, outside the folders of documentation, whose examples are many.
 */
export const instructionsReader: Reader = {
  id: instructions,
  version: 7,
  matches: (path, name) => isReadme(name) || (/\.(?:md|markdown)$/.test(name) && !records.test(name) && roleOfPath(path) === 'decision'),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf(instructions, path, knowledge);
    const python = pythonReading(path, text, knowledge);
    const links = isCard(text) ? [] : linkedWeights(text, knowledge);
    if (python.facts.length === 0 && links.length === 0 && !mayGiveWorks(text, knowledge)) return readingOf(draft);
    const telling: Telling = { ...tellingOf(draft, path), shown: true };
    let blocks = 0;
    for (const { start, code } of commandsOf(text)) {
      if (!mayGiveWorks(code, knowledge)) continue;
      blocks += 1;
      if (blocks > limits.shownBlocks) break;
      tellShell({ ...telling, base: start }, { code, start: 0, end: code.length });
    }
    for (const { to, via, start, end } of links) {
      const key = placeKey(telling, { start, end });
      if (!telling.told.has(key)) state(telling, { from: here, to, type: 'loads', via, span: { start, end }, role: draft.role, isPreset: true });
    }
    const reading = readingOf(draft, blocks > limits.shownBlocks ? [moreThan(limits.shownBlocks, 'blocks of commands')] : []);
    const facts = [...reading.facts.flatMap((fact) => asShown(path, fact, knowledge)), ...python.facts];
    return { ...reading, facts, anchors: anchorsOf(facts, { ...reading.anchors, ...python.anchors }) };
  },
};
