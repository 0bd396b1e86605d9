import type { Knowledge, ServiceTerms } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import type { Assignment, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** A call of a commercial API, and where its model is named. */
export interface ServiceCall {
  readonly service: string;
  readonly model: string | null;
  readonly span: Span;
  readonly call: Call;
}

interface ServiceIndex {
  readonly byModule: ReadonlyMap<string, ServiceTerms>;
  readonly byModel: readonly { readonly pattern: RegExp; readonly service: ServiceTerms }[];
  readonly byPrefix: ReadonlyMap<string, ServiceTerms>;
  readonly hosts: readonly { readonly suffix: string; readonly service: ServiceTerms }[];
}

const indexes = new WeakMap<Knowledge, ServiceIndex>();

/** Derived once from an immutable value. */
const indexOf = (knowledge: Knowledge): ServiceIndex => {
  const known = indexes.get(knowledge);
  if (known) return known;
  const byModule = new Map<string, ServiceTerms>();
  const byPrefix = new Map<string, ServiceTerms>();
  const byModel: { pattern: RegExp; service: ServiceTerms }[] = [];
  const hosts: { suffix: string; service: ServiceTerms }[] = [];
  for (const service of knowledge.allServices()) {
    // Routers of others (langchain and the like) have modules of their own; two services with one module: the first is the owner.
    for (const name of service.python) if (!byModule.has(name)) byModule.set(name, service);
    for (const prefix of service.prefixes) if (!byPrefix.has(prefix)) byPrefix.set(prefix, service);
    for (const pattern of service.modelPatterns) byModel.push({ pattern: new RegExp(pattern), service });
    for (const host of service.hosts) hosts.push({ suffix: host.replace(/^\*\./, '.'), service });
  }
  const index = { byModule, byModel, byPrefix, hosts };
  indexes.set(knowledge, index);
  return index;
};

/** Words by which a file shows that it may call a service: a cheap test before anything is parsed. */
export const serviceNeedles = (knowledge: Knowledge): readonly string[] => [
  ...new Set([...indexOf(knowledge).byModule.keys()].map((name) => name.split('.')[0] ?? name)),
];

const serviceOfHost = (index: ServiceIndex, address: string): ServiceTerms | null | undefined => {
  const host = /^(?:https?:\/\/)?([^/:?#\s]+)/.exec(address)?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  // A host that is no known service is somebody's own server, whatever protocol it speaks.
  return index.hosts.find((row) => host === row.suffix || (row.suffix.startsWith('.') && host.endsWith(row.suffix)))?.service ?? null;
};

const serviceOfModule = (index: ServiceIndex, dotted: string): ServiceTerms | undefined => {
  for (let name = dotted; name !== ''; name = name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '') {
    const found = index.byModule.get(name);
    if (found) return found;
  }
  return undefined;
};

const serviceOfModel = (index: ServiceIndex, model: string): ServiceTerms | undefined => {
  const slash = model.indexOf('/');
  if (slash > 0) {
    const prefixed = index.byPrefix.get(model.slice(0, slash + 1)) ?? index.byPrefix.get(model.slice(0, slash));
    if (prefixed) return prefixed;
  }
  return index.byModel.find((row) => row.pattern.test(model))?.service;
};

/** Last parts of calls that ask a model for text, as the clients of the services name them. */
const asking =
  /(?:^|\.)(?:(?:Chat)?Completions?\.a?create|chat\.completions\.(?:create|parse)|completions\.create|responses\.(?:create|parse)|messages\.(?:create|stream)|generate_content(?:_async)?|a?completion|batch_completion|chat\.complete|chat_stream|generate_text|send_message|models\.generate_content)$/i;
/** Clients that are given their model when they are made. */
const makers = /^(?:GenerativeModel|Chat[A-Z]\w+|[A-Z]\w*LLM|LM|LLM)$/;

const modelKeywords = ['model', 'model_name', 'engine', 'deployment_id', 'model_id'];
const addressKeywords = ['base_url', 'api_base', 'azure_endpoint', 'openai_api_base', 'host', 'endpoint'];

const originOf = (file: PythonFile, callee: string): string => {
  const [head = '', ...rest] = callee.split('.');
  const name = head.replace(/\(\)$/, '');
  const origin = file.imports.get(name);
  return origin === undefined ? '' : [origin, ...rest.map((part) => part.replace(/\(\)$/, ''))].join('.');
};

/** The first call of an imported name that stands in a range as a whole. */
const callWithin = (file: PythonFile, range: Range): Call | undefined => {
  let low = 0;
  for (let high = file.calls.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((file.calls[middle]?.nameToken ?? 0) < range.from) low = middle + 1;
    else high = middle;
  }
  for (let entry = file.calls[low]; entry && entry.nameToken < range.to; entry = file.calls[(low += 1)])
    if (entry.close < range.to && originOf(file, entry.callee) !== '') return entry;
  return undefined;
};

/** The client object that a call goes through: made here by a constructor whose module is imported. */
const clientOf = (file: PythonFile, call: Call): Call | undefined => {
  const parts = call.callee.split('.');
  for (let length = Math.min(3, parts.length - 1); length > 0; length -= 1) {
    const owner = parts.slice(0, length).join('.').replaceAll('()', '');
    const made = file.assignmentsOf.get(owner)?.at(-1);
    const maker = made ? callWithin(file, made.value) : undefined;
    if (maker) return maker;
  }
  for (let close = call.nameToken - 12; close < call.nameToken; close += 1) {
    const entry = file.callAt.get(close);
    if (entry && originOf(file, entry.callee) !== '' && call.callee.startsWith(`${entry.callee}()`)) return entry;
  }
  return undefined;
};

/** An address set for a whole module: `openai.api_base = ...`. */
const moduleAddress = (file: PythonFile): Assignment | undefined =>
  file.assignments.find(
    (assignment) => addressKeywords.some((keyword) => assignment.name.endsWith(`.${keyword}`)) && file.imports.has(assignment.name.split('.')[0] ?? ''),
  );

/** An address given to the client, or set for the whole module: null = somebody's own server. */
const addressed = (
  file: PythonFile,
  index: ServiceIndex,
  set: Assignment | undefined,
  client: Call | undefined,
  call: Call,
): ServiceTerms | null | undefined => {
  for (const each of [call, client]) {
    const given = each ? argumentOf(each, -1, ...addressKeywords) : undefined;
    if (!each || !given) continue;
    const literal = resolveArgument(file, each, given);
    return literal ? serviceOfHost(index, literal.value) : null;
  }
  if (!set) return undefined;
  const token = file.tokens[set.value.from];
  return token?.kind === 'string' ? serviceOfHost(index, token.text) : null;
};

/** A model's name that only one service has, as an argument of that name: the client may be made in another file. */
const byModelAlone = (file: PythonFile, index: ServiceIndex, call: Call): ServiceCall | undefined => {
  const literal = resolveArgument(file, call, argumentOf(call, -1, ...modelKeywords));
  if (!literal?.whole || literal.value.includes('/')) return undefined;
  const service = index.byModel.find((row) => row.pattern.test(literal.value))?.service;
  return service ? { service: service.id, model: literal.value, span: literal.span, call } : undefined;
};

const callName = (file: PythonFile, call: Call): Span => {
  const token = file.tokens[call.nameToken];
  return { start: token?.start ?? 0, end: token?.end ?? 0 };
};

/** Every call of a commercial service in the file, by address first, then by import, then by the model's name. */
export const findServiceCalls = (file: PythonFile, knowledge: Knowledge): readonly ServiceCall[] => {
  const index = indexOf(knowledge);
  const set = moduleAddress(file);
  const out: ServiceCall[] = [];
  for (const call of file.calls) {
    const asks = asking.test(call.callee.replaceAll('()', '')) || (makers.test(call.name) && originOf(file, call.callee) !== '');
    if (!asks) {
      const found = byModelAlone(file, index, call);
      if (found && !/^add_|^print|^log|argument|encoding_for_model|get_encoding/i.test(call.name)) out.push(found);
      continue;
    }
    const client = clientOf(file, call);
    const owner = serviceOfModule(index, originOf(file, client?.callee ?? call.callee)) ?? serviceOfModule(index, originOf(file, call.callee));
    const argument =
      argumentOf(call, -1, ...modelKeywords) ??
      (client ? argumentOf(client, client.name === 'GenerativeModel' ? 0 : -1, ...modelKeywords) : undefined) ??
      (makers.test(call.name) ? call.args.find((entry) => entry.keyword === null) : undefined);
    const literal = resolveArgument(file, argumentOf(call, -1, ...modelKeywords) || makers.test(call.name) || !client ? call : client, argument);
    const at = addressed(file, index, set, client, call);
    if (at === null) continue;
    const router = /litellm|completion$/.test(originOf(file, call.callee));
    const named = literal ? serviceOfModel(index, literal.value) : undefined;
    // An open model's name with a client of a service, and no address: cannot be told.
    const service = at ?? (router && named ? named : (owner ?? named));
    if (!service || (!owner && !at && !named)) continue;
    if (literal && !named && owner && literal.value.includes('/') && service.decidedBy === null && !router) continue;
    // A default that names another provider's model is meant for another branch of the program.
    const own =
      named === undefined || named.id === service.id || literal?.value.includes('/') === true || service.modelPatterns.length === 0 ? literal : undefined;
    out.push({ service: service.id, model: own?.whole ? own.value.slice(own.value.indexOf('/') + 1) : null, span: own?.span ?? callName(file, call), call });
  }
  return out;
};
