import { resolveStated } from '../../licence/resolve.ts';
import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { stringScalars } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { datasetWork, factIds, hubId, isPlaceholder, modelWork, roleOfPath } from '../hub-id.ts';
import type { Anchor, Fact, LicenceFact, LicenceProblem, Reader, Reading, Role, WorkId, WorkKind } from '../types.ts';
import { frontSlot } from '../via.ts';
import { isTooLong, readFrontMatter } from './front-matter.ts';
import type { FrontMatter } from './front-matter.ts';
import { licenceLinks } from './licence-link.ts';

const modelKeys = [
  'base_model',
  'pipeline_tag',
  'library_name',
  'model-index',
  'inference',
  'widget',
  'datasets',
  'metrics',
  'base_model_relation',
  'quantized_by',
  'model_name',
  'new_version',
  'co2_eq_emissions',
  'thumbnail',
];
const datasetKeys = [
  'dataset_info',
  'configs',
  'task_categories',
  'task_ids',
  'size_categories',
  'annotations_creators',
  'language_creators',
  'source_datasets',
  'multilinguality',
  'pretty_name',
  'dataset_size',
  'paperswithcode_id',
  'viewer',
];
/** Keys that cards of one kind alone have: people copy the rest from the data to the model trained on them. */
const onlyModels = ['datasets', 'base_model', 'model-index', 'widget'];
const onlyData = ['dataset_info', 'configs'];
const sharedKeys = ['license', 'license_name', 'license_link', 'tags', 'language', 'licenses'];

interface Card {
  readonly path: string;
  readonly front: FrontMatter;
  readonly kind: WorkKind;
  readonly work: WorkId;
  readonly role: Role;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
  readonly knowledge: Knowledge;
}

const valueOf = (front: FrontMatter, key: string): DataNode | undefined => front.entries.findLast((entry) => entry.key === key)?.value;
const textOf = (front: FrontMatter, key: string): string | undefined => stringScalars(valueOf(front, key))[0]?.value;

/** Which kind of hub repository the card is for; undefined when the front matter is something else's. */
const kindOf = (front: FrontMatter): WorkKind | undefined => {
  const keys = new Set(front.entries.map((entry) => entry.key));
  if (keys.has('sdk') || keys.has('app_file')) return 'code';
  const count = (list: readonly string[]): number => list.filter((key) => keys.has(key)).length;
  const model = count(modelKeys);
  const dataset = count(datasetKeys);
  if (model + dataset + count(sharedKeys) === 0) return undefined;
  // A site generator's front matter has titles and layouts, and may have tags: that alone makes no card.
  if (model + dataset === 0 && !keys.has('license') && !keys.has('license_name') && !keys.has('licenses')) return undefined;
  if (model + dataset === 0 && (keys.has('layout') || keys.has('permalink') || keys.has('sidebar_position'))) return undefined;
  if (dataset <= model) return 'model';
  return count(onlyModels) > 1 && count(onlyData) === 0 ? 'model' : 'dataset';
};

const add = (card: Card, fact: Fact, span: Span): void => {
  card.facts.push(fact);
  card.anchors[fact.id] = { span };
};

const lineOf = (text: string, span: Span): Span => {
  const start = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1;
  const rest = /\r\n|\n|\r/.exec(text.slice(span.end));
  return spanOf(start, rest ? span.end + rest.index + rest[0].length : text.length);
};

const addLicence = (
  card: Card,
  text: string,
  stated: string,
  span: Span,
  resolved: { readonly licences: readonly string[]; readonly choice: boolean; readonly problem: LicenceProblem | null },
): void => {
  const scope = card.kind === 'dataset' ? 'data' : card.kind === 'model' ? 'weights' : 'code';
  const fact: LicenceFact = {
    kind: 'licence',
    id: card.idOf('licence', stated),
    work: card.work,
    scope,
    speaker: valueOf(card.front, 'base_model') === undefined ? 'licensor' : 'distributor',
    evidence: 'declared',
    stated,
    licences: resolved.licences,
    choice: resolved.choice,
    via: 'card',
    problem: resolved.problem,
  };
  add(card, fact, span);
  card.anchors[`${fact.id}#line`] = { span: lineOf(text, span) };
};

/** `license: other` means what `license_name` and `license_link` say. */
const otherLicence = (card: Card): { readonly licences: readonly string[]; readonly choice: boolean; readonly problem: LicenceProblem | null } => {
  const name = textOf(card.front, 'license_name');
  const link = textOf(card.front, 'license_link');
  if (name === undefined || name.trim() === '') {
    const linked = link === undefined ? [] : resolveStated(link, 'free', card.knowledge).licences;
    return { licences: linked, choice: false, problem: linked.length > 0 ? null : { code: 'name-missing', suggestion: null, expects: 'hub' } };
  }
  const known = card.knowledge.licenceName(name.trim().toLowerCase());
  const licences = known.length === 1 ? known : resolveStated(name, 'free', card.knowledge).licences;
  return { licences, choice: false, problem: link === undefined && licences.length === 0 ? { code: 'link-missing', suggestion: null, expects: 'hub' } : null };
};

const readLicence = (card: Card, text: string): void => {
  const node = valueOf(card.front, 'license') ?? valueOf(card.front, 'licenses');
  if (node === undefined) return;
  if (node.kind === 'map') {
    // The old form of data sets: one licence a configuration.
    for (const entry of node.entries)
      for (const item of stringScalars(entry.value)) addLicence(card, text, item.value, item.inner, resolveStated(item.value, 'hub', card.knowledge));
    return;
  }
  const raw = text.slice(node.span.start, node.span.end);
  const line = text.slice(node.span.start, lineOf(text, node.span).end).trim();
  if (node.kind === 'sequence' && /^\[[^\]]*\]\(/.test(line)) {
    addLicence(card, text, line.slice(0, 120), spanOf(node.span.start, node.span.start + line.length), {
      licences: [],
      choice: false,
      problem: { code: 'broken-syntax', suggestion: null, expects: 'hub' },
    });
    return;
  }
  if (node.kind === 'scalar' && card.front.salvaged && /^\[.*\]\(/.test(raw)) {
    addLicence(card, text, raw.slice(0, 120), node.span, { licences: [], choice: false, problem: { code: 'broken-syntax', suggestion: null, expects: 'hub' } });
    return;
  }
  for (const item of stringScalars(node)) {
    const stated = item.value.trim();
    if (stated === '' || isPlaceholder(stated.replace(/[\s+]/g, ''))) continue;
    addLicence(card, text, stated, item.inner, stated === 'other' ? otherLicence(card) : resolveStated(stated, 'hub', card.knowledge));
  }
};

const relationTypes: readonly string[] = ['finetune', 'adapter', 'quantized', 'merge'];
const quantTags = new Set([
  'gguf',
  'gptq',
  'awq',
  'exl2',
  'exl3',
  'mlx',
  'bitsandbytes',
  'quantized',
  'int4',
  'int8',
  '4-bit',
  '8-bit',
  'fp8',
  'ggml',
  'onnx',
  'openvino',
]);

/** As the hub infers it: an explicit relation, several bases are a merge, the library or tags tell adapters and quantisations. */
const baseRelation = (front: FrontMatter, bases: number): RelationType => {
  const stated = textOf(front, 'base_model_relation');
  if (stated !== undefined && relationTypes.includes(stated)) return stated as RelationType;
  const tags = new Set(stringScalars(valueOf(front, 'tags')).map((tag) => tag.value.toLowerCase()));
  const library = textOf(front, 'library_name')?.toLowerCase() ?? '';
  if (bases > 1) return 'merge';
  if (library === 'peft' || tags.has('lora') || tags.has('adapter') || tags.has('peft')) return 'adapter';
  if (tags.has('merge') || tags.has('mergekit')) return 'merge';
  return [...tags, library].some((tag) => quantTags.has(tag)) || valueOf(front, 'quantized_by') !== undefined ? 'quantized' : 'finetune';
};

const readRelations = (card: Card): void => {
  const bases = stringScalars(valueOf(card.front, 'base_model'));
  const type = baseRelation(card.front, bases.length);
  const relate = (to: WorkId, relation: RelationType, via: string, span: Span): void =>
    add(
      card,
      {
        kind: 'relation',
        id: card.idOf(via, to),
        from: card.work,
        to,
        type: relation,
        role: card.role,
        revision: null,
        via,
        pinnable: false,
        remoteCode: false,
      },
      span,
    );
  for (const base of bases) {
    const id = hubId(base.value) ?? (card.knowledge.model(base.value.trim()) && !base.value.includes('/') ? base.value.trim() : undefined);
    if (id !== undefined) relate(modelWork(id), type, 'base_model', base.inner);
  }
  for (const data of card.kind === 'dataset' ? [] : stringScalars(valueOf(card.front, 'datasets'))) {
    const id = hubId(data.value) ?? (card.knowledge.dataset(data.value.trim()) ? data.value.trim() : undefined);
    if (id !== undefined) relate(datasetWork(id), 'trainedOn', 'datasets', data.inner);
  }
  for (const source of card.kind === 'dataset' ? stringScalars(valueOf(card.front, 'source_datasets')) : []) {
    const name = source.value.replace(/^extended\|(?:other-)?/, '');
    const id = name === 'original' ? undefined : (hubId(name) ?? (card.knowledge.dataset(name) ? name : undefined));
    if (id !== undefined) relate(datasetWork(id), 'copiedFrom', 'source_datasets', source.inner);
  }
};

const readNames = (card: Card, text: string): void => {
  const index = valueOf(card.front, 'model-index');
  const first = index?.kind === 'sequence' ? index.items[0] : undefined;
  const named = first?.kind === 'map' ? stringScalars(first.entries.find((entry) => entry.key === 'name')?.value)[0] : undefined;
  const name = (value: string, span: Span): void => {
    const id = card.idOf('name', value);
    const last = value.split('/').at(-1) ?? value;
    add(card, { kind: 'name', id, work: card.work, name: last, via: 'title' }, span);
    const at = span.end - last.length;
    if (text.slice(at, span.end) === last) card.anchors[frontSlot(id)] = { span: spanOf(at, at) };
  };
  if (named && !isPlaceholder(named.value)) {
    name(named.value, named.inner);
    return;
  }
  const title = /^#[ \t]+(\S+)[ \t]*$/m.exec(text.slice(card.front.bodyStart, card.front.bodyStart + 4000));
  const word = title?.[1];
  // Only a title that is one token with a digit or a hyphen looks like the name of a model.
  if (title && word !== undefined && card.kind === 'model' && /[-\d]/.test(word) && /^[\w.-]{4,80}$/.test(word)) {
    const start = card.front.bodyStart + title.index + title[0].indexOf(word);
    name(word, spanOf(start, start + word.length));
  }
};

/** Where the fixes of rules may insert something. */
const addSlots = (anchors: Record<string, Anchor>, text: string, front: FrontMatter | undefined): void => {
  const at = (offset: number): Anchor => ({ span: spanOf(offset, offset) });
  anchors['card:open'] = at(0);
  anchors['card:body'] = at(front?.bodyStart ?? 0);
  anchors['card:end'] = at(text.length);
  if (text.includes('\r\n')) anchors['card:eol-crlf'] = at(0);
  if (!front) return;
  const after = front.entries.findLast((entry) => ['license', 'license_name', 'license_link', 'base_model'].includes(entry.key));
  // A block list's span may run on over blank lines: the last thing written is what counts.
  const written = after && text.slice(0, Math.max(after.keySpan.end, after.value.span.end)).trimEnd().length;
  anchors['card:license-insert'] = at(written === undefined ? front.inside.start : Math.min(lineOf(text, spanOf(written, written)).end, front.inside.end));
};

/** Cards of the hub: front matter of README.md anywhere in the tree, with exact spans. */
export const cardReader: Reader = {
  id: 'card',
  version: 1,
  matches: (_path, name) => name === 'readme.md' || name === 'model_card.md' || name === 'modelcard.md' || name === 'dataset_card.md',
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const anchors: Record<string, Anchor> = {};
    const facts: Fact[] = [];
    const front = readFrontMatter(text);
    addSlots(anchors, text, front);
    if (isTooLong(text))
      return { facts, anchors, problems: [{ message: `front matter longer than ${limits.frontMatterLength / 1000} kB`, span: null, limit: true }] };
    const kind = front === undefined ? undefined : kindOf(front);
    const templated = front !== undefined && /\{\{|\{%/.test(text.slice(front.inside.start, front.inside.end));
    if (front === undefined || kind === undefined || templated) return { facts, anchors, problems: [] };
    const slash = path.lastIndexOf('/');
    const card: Card = {
      path,
      front,
      kind,
      work: `local:${slash < 0 ? '.' : path.slice(0, slash)}`,
      role: roleOfPath(path),
      facts,
      anchors,
      idOf: factIds('card'),
      knowledge,
    };
    add(card, { kind: 'work', id: card.idOf('work', kind), work: card.work, workKind: kind, via: 'card' }, front.inside);
    readLicence(card, text);
    for (const { fact, span } of licenceLinks(front, path, knowledge, card.idOf)) add(card, fact, span);
    readRelations(card);
    readNames(card, text);
    return { facts, anchors, problems: front.problems.map((problem) => ({ ...problem, message: `front matter: ${problem.message}` })) };
  },
};
