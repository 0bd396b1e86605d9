import { memoLast } from '../../knowledge/lookup.ts';
import type { Knowledge, ServiceTerms } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { hubId, modelWork } from '../hub-id.ts';
import type { SettingPlace, WorkId } from '../types.ts';
import type { Argument, Assignment, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';
import type { Literal } from './look.ts';
import { settingPlace } from './settings-files.ts';
import { addressed, moduleAddress, speaksOfAddress } from './service-address.ts';
import type { Search } from './service-address.ts';
import { namedByMember } from './service-members.ts';
import { cloudService, isRouter, isWrapper, sellsOthers, serviceIndex, serviceOfHost, serviceOfModel, serviceOfModule } from './service-index.ts';

/** A call that asks a model elsewhere for something, and where the model is named. */
export interface ServiceCall {
  /** `service:...`, or a model of the hub that a server of somebody's own runs. */
  readonly work: WorkId;
  /** Null for a model of the hub. */
  readonly service: string | null;
  readonly model: string | null;
  readonly span: Span;
  readonly call: Call;
  /** A file of settings names the model. */
  readonly setting?: SettingPlace | undefined;
}

/** Last parts of calls that ask a model for text, as the clients of the services name them. */
const asking =
  /(?:^|\.)(?:(?:Chat)?Completions?\.a?create|chat\.completions\.(?:create|parse|stream)|completions\.create|(?:with_raw_response|with_streaming_response)\.create|responses\.(?:create|parse|stream)|messages\.(?:create|stream|parse)|batches\.(?:create|results|create_and_poll)|files\.content|generate_content(?:_async|_stream)?|a?completion|batch_completion|chat\.complete(?:_async)?|chat\.parse|chat_stream|generate_text|send_message(?:_async)?|invoke_model|converse|images\.generate)$/i;
/** Names of methods that ask, where the client is known to be one of a service. */
const generic = /^a?(?:chat|complete|completion|generate|run|call|invoke|predict|stream|ask|create|sample)(?:_async|_stream)?$/;
/** Classes that are given their model when they are made, and what else the same modules have. */
const makers = /^(?:GenerativeModel|Chat[A-Z]\w+|[A-Z]\w*LLM)$/;
const messages =
  /Message|Prompt|Request|Response|Param|Config|Memory|History|Tool|Part$|Content|Type$|Error|Exception|Options|Callback|Embedding|Moderation|Session|Completion|Chunk|Choice/;
/** Calls that name a model and ask it nothing. */
const settled = /^(?:add_|print|log|encoding_for_model|get_encoding|register)|argument|token|count|cost|pric|config|setting|limit|tokeniz|embed/i;

const modelKeywords = ['model', 'model_name', 'engine', 'deployment_id', 'model_id', 'modelId', 'deployment', 'azure_deployment', 'deployment_name'];
const without = (callee: string): string => callee.replaceAll('()', '');

export const originOf = (file: PythonFile, callee: string): string => {
  // Most callees begin with no imported name: every call of the file is asked.
  const end = callee.indexOf('.');
  const head = end < 0 ? callee : callee.slice(0, end);
  const origin = file.imports.get(head.endsWith('()') ? without(head) : head);
  return origin === undefined ? '' : `${origin}${end < 0 ? '' : without(callee.slice(end))}`;
};

const isOfService = ({ file, index }: Pick<Search, 'file' | 'index'>, call: Call): boolean => {
  const origin = originOf(file, call.callee);
  return origin !== '' && (serviceOfModule(index, origin) !== undefined || isRouter(index, origin) || cloudOf(file, call) !== undefined);
};

const cloudOf = (file: PythonFile, call: Call): string | undefined => {
  const origin = originOf(file, call.callee);
  return origin === '' ? undefined : cloudService(origin, () => resolveArgument(file, call, argumentOf(call, 0, 'service_name'))?.value);
};

/** The call of an imported name that stands in a range as a whole: one of a service rather than what is wrapped around it. */
const callWithin = (search: Pick<Search, 'file' | 'index'>, range: Range): Call | undefined => {
  const { calls } = search.file;
  let low = 0;
  for (let high = calls.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((calls[middle]?.nameToken ?? 0) < range.from) low = middle + 1;
    else high = middle;
  }
  let first: Call | undefined;
  for (let entry = calls[low], looked = 0; entry && entry.nameToken < range.to && looked < 8; entry = calls[(low += 1)], looked += 1) {
    if (entry.close >= range.to || originOf(search.file, entry.callee) === '') continue;
    if (isOfService(search, entry)) return entry;
    first ??= entry;
  }
  return first;
};

/** The assignment of a name that a call sees: the last before it in its own function, else the last of those around it, else the last of all. */
const assignedTo = (file: PythonFile, name: string, call: Call): Assignment | undefined => {
  const all = file.assignmentsOf.get(name) ?? [];
  if (all.length < 2) return all[0];
  for (let scope = call.scope; scope >= 0; scope = file.scopes[scope]?.parent ?? -1) {
    const own = all.filter((entry) => entry.scope === scope);
    const before = own.findLast((entry) => entry.at < call.nameToken) ?? own.at(-1);
    if (before) return before;
  }
  return all.at(-1);
};

/** The client object that a call goes through: made here by a constructor whose module is imported. */
const clientOf = (search: Search, call: Call): Call | undefined => {
  const { file } = search;
  const names = call.callee.split('.');
  for (let length = Math.min(3, names.length - 1); length > 0; length -= 1) {
    const made = assignedTo(file, without(names.slice(0, length).join('.')), call);
    const maker = made ? callWithin(search, made.value) : undefined;
    if (maker) return maker;
  }
  for (let close = call.nameToken - 12; close < call.nameToken; close += 1) {
    const entry = file.callAt.get(close);
    if (entry && originOf(file, entry.callee) !== '' && call.callee.startsWith(`${entry.callee}()`)) return entry;
  }
  // A parameter, or what a function gives back: the only client that the file makes, unless the file has a function of that name.
  if (originOf(file, call.callee) !== '' || search.clients.length !== 1) return undefined;
  return file.scopes.some(({ kind, name }) => kind === 'def' && name === call.name) ? undefined : search.clients[0];
};

const callName = (file: PythonFile, call: Call): Span => {
  const token = file.tokens[call.nameToken];
  return { start: token?.start ?? 0, end: token?.end ?? 0 };
};

const found = (service: ServiceTerms, model: string | null, span: Span, call: Call): ServiceCall => ({
  work: `service:${service.id}${model === null ? '' : `/${model}`}`,
  service: service.id,
  model,
  span,
  call,
});

/** A model of the hub, run by whoever: its own terms say what its outputs may be used for. */
const ofHub = (search: Search, literal: Literal | undefined, call: Call): ServiceCall | undefined => {
  const id = literal?.whole ? hubId(literal.value) : undefined;
  if (!literal || id === undefined || !search.knowledge.model(id)) return undefined;
  return { work: modelWork(id), service: null, model: null, span: literal.span, call };
};

/** The dictionary entry `"model": "..."` in what is sent. */
const modelInBody = ({ file }: Search, call: Call): Literal | undefined => {
  for (const { value } of call.args) {
    const named = value.to - value.from === 1 ? file.assignmentsOf.get(file.tokens[value.from]?.text ?? '')?.at(-1)?.value : undefined;
    const { from, to } = named ?? value;
    for (let i = from; i < to && i < from + 400; i += 1)
      if (file.tokens[i]?.kind === 'string' && file.tokens[i]?.text === 'model' && file.tokens[i + 1]?.text === ':')
        return resolveArgument(file, call, { keyword: null, value: { from: i + 2, to: entryEnd(file, i + 2, to) } });
  }
  return undefined;
};

const entryEnd = (file: PythonFile, from: number, to: number): number => {
  for (let i = from; i < to; i += 1) {
    const jump = file.partner[i] ?? -1;
    if (jump > i) i = jump;
    else if (file.tokens[i]?.kind === 'operator' && (file.tokens[i]?.text === ',' || file.tokens[i]?.text === '}')) return i;
  }
  return to;
};

/** Addresses at which a model answers; others are for keys, files, lists of models. */
const asked = /completions?\b|\/messages\b|\/responses\b|generateContent|\/generate\b|\/chat\b|\/predict\b|\/invoke\b|images\/generations|:predict/;

/** `requests.post("https://...", json={"model": ...})` without a client of the service. */
const overHttp = (search: Search, call: Call): ServiceCall | undefined => {
  if (call.name !== 'post' && call.name !== 'request' && call.name !== 'fetch') return undefined;
  const address = resolveArgument(search.file, call, argumentOf(call, call.name === 'request' ? 1 : 0, 'url'));
  const service = address && /^https?:\/\//.test(address.value) ? serviceOfHost(search.index, address.value) : undefined;
  if (!address || !service || (address.whole && !asked.test(address.value))) return undefined;
  const literal = modelInBody(search, call);
  const named = literal?.whole ? serviceOfModel(search.index, literal.value) : undefined;
  if (service.decidedBy !== null && named && literal) return found(named.service, named.model, literal.span, call);
  if (service.decidedBy !== null && literal) return ofHub(search, literal, call);
  return found(service, literal?.whole ? literal.value : null, literal?.span ?? address.span, call);
};

/** The argument that names the model, of the call itself or of its client. */
const modelArgument = (client: Call | undefined, call: Call): { readonly argument: Argument | undefined; readonly at: Call } => {
  const own = argumentOf(call, -1, ...modelKeywords);
  if (own) return { argument: own, at: call };
  const made = client ? argumentOf(client, makers.test(client.name) ? 0 : -1, ...modelKeywords) : undefined;
  if (client && made) return { argument: made, at: client };
  const first = /^[A-Z]|^a?completion$|^run$|^(?:get|init|from)_/.test(call.name) ? call.args[0] : undefined;
  return { argument: first?.keyword === null ? first : undefined, at: call };
};

/** Whose a call is: by its address, else by what is imported, else by the model's name. */
const judged = (search: Search, call: Call, isMaker: boolean): ServiceCall | undefined => {
  const { file, index, knowledge } = search;
  const client = isMaker ? undefined : clientOf(search, call);
  const origins = [client, call].flatMap((entry) => (entry ? [originOf(file, entry.callee)] : [])).filter((origin) => origin !== '');
  const cloud = client ? cloudOf(file, client) : undefined;
  const owner =
    (cloud === undefined ? undefined : knowledge.service(cloud)) ??
    origins.map((origin) => serviceOfModule(index, origin)).find((entry) => entry !== undefined);
  const router = origins.some((origin) => isRouter(index, origin));
  const { argument, at } = modelArgument(client, call);
  const literal = resolveArgument(file, at, argument);
  const named = literal?.whole ? serviceOfModel(index, literal.value) : undefined;
  const stated = addressed(search, client, call);
  const address = stated?.optional && named ? undefined : stated;
  // Somebody's own server, or an address that cannot be told.
  if (address && address.service === null) return ofHub(search, literal, call);
  const seller = address?.service ?? (address ? undefined : owner);
  const open = seller === undefined || seller.decidedBy !== null || router;
  const service = open ? (named?.service ?? (router ? undefined : seller)) : seller;
  if (!service || (!owner && !address && !router && !named)) return ofHub(search, literal, call);
  // A client says little: with a model that its service does not have, and no address, somebody set another one elsewhere.
  const foreign = literal?.whole === true && !named && (literal.value.includes('/') || service.modelPatterns.length > 0);
  if (foreign && service.decidedBy === null && !address && !sellsOthers(service)) return ofHub(search, literal, call);
  if (open && !named && service.decidedBy !== null) {
    const hub = ofHub(search, literal, call);
    if (hub) return hub;
  }
  // A default that names another provider's model is meant for another branch of the program.
  const own = named === undefined || named.service.id === service.id || sellsOthers(service) || service.modelPatterns.length === 0;
  const model = own && literal?.whole ? (named?.model ?? literal.value.slice(literal.value.indexOf('/') + 1)) : null;
  const setting = literal ? undefined : settingPlace(file, at, argument);
  return { ...found(service, model, own && literal ? literal.span : callName(file, call), call), ...(setting ? { setting } : {}) };
};

/** A model's name that only one service has, as an argument of that name: the client may be made in another file. */
const byModelAlone = (search: Search, call: Call): ServiceCall | undefined => {
  if (settled.test(call.name)) return undefined;
  const literal = resolveArgument(search.file, call, argumentOf(call, -1, ...modelKeywords));
  const named = literal?.whole && !literal.value.includes('/') ? serviceOfModel(search.index, literal.value) : undefined;
  return named && literal ? found(named.service, literal.value, literal.span, call) : undefined;
};

/** A model, and whoever runs it, as members of enumerations that a library has for them. */
const byMember = (search: Search, call: Call): ServiceCall | undefined => {
  const named = settled.test(call.name) ? undefined : namedByMember(search, call);
  return named && found(named.service, named.model, named.span, call);
};

/** A class or function that is given a model and asks it later. */
const isMaker = ({ file, index }: Search, call: Call): boolean => {
  const origin = originOf(file, call.callee);
  const argument = modelArgument(undefined, call).argument;
  // `**settings` names no model.
  if (origin === '' || messages.test(call.name) || argument === undefined || file.tokens[argument.value.from]?.kind === 'operator') return false;
  if (isWrapper(index, origin) || isRouter(index, origin)) return /^[A-Z]|^(?:get|init|from)_/.test(call.name);
  return makers.test(call.name) && serviceOfModule(index, origin) !== undefined;
};

const isClient = (search: Pick<Search, 'file' | 'index'>, call: Call): boolean =>
  /^[A-Z]|^(?:client|configure)$/.test(call.name) && !messages.test(call.name) && isOfService(search, call);

const searched = (file: PythonFile, knowledge: Knowledge): readonly ServiceCall[] => {
  const index = serviceIndex(knowledge);
  const clients = file.calls.filter((call) => isClient({ file, index }, call));
  const search: Search = { file, index, knowledge, set: moduleAddress(file), speaksOfAddress: () => speaksOfAddress(file), clients };
  const out: ServiceCall[] = [];
  for (const call of file.calls) {
    const makes = isMaker(search, call);
    const asks = !makes && (asking.test(without(call.callee)) || (generic.test(call.name) && isOfService(search, clientOf(search, call) ?? call)));
    const one = makes || asks ? judged(search, call, makes) : (overHttp(search, call) ?? byModelAlone(search, call) ?? byMember(search, call));
    if (one) out.push(one);
  }
  return out;
};

/** Every call of the file that asks a commercial service, or a model of the hub by way of a server, for something. Several readers of a file ask. */
export const findServiceCalls = memoLast(searched);
