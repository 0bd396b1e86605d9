import type { Knowledge, ServiceTerms } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { serviceIndex, serviceOfHost, serviceOfModel } from '../python/service-index.ts';
import { originOf } from './loads.ts';
import { moduleName } from './model.ts';
import type { Call, JavaScriptFile } from './model.ts';
import { definitionOf, objectOf, optionOf, propertyOf, resolveRange } from './resolve.ts';

/** A call of a commercial API, and where its model is named. */
export interface ServiceCall {
  readonly service: string;
  readonly model: string | null;
  readonly span: Span;
  readonly call: Call;
}

const indexes = new WeakMap<Knowledge, ReadonlyMap<string, ServiceTerms>>();

/** By the name of the package. Derived once from an immutable value. */
const modulesOf = (knowledge: Knowledge): ReadonlyMap<string, ServiceTerms> => {
  const known = indexes.get(knowledge);
  if (known) return known;
  const made = new Map<string, ServiceTerms>();
  for (const service of knowledge.allServices()) for (const name of service.javascript) if (!made.has(name)) made.set(name, service);
  indexes.set(knowledge, made);
  return made;
};

export const serviceModules = (knowledge: Knowledge): readonly string[] => [...modulesOf(knowledge).keys()];

/** Last parts of calls that ask a model for text, as the clients of the services name them. */
const asking =
  /(?:^|\.)(?:completions\.(?:create|parse|stream)|responses\.(?:create|parse|stream)|messages\.(?:create|stream)|generateContent(?:Stream)?|chat\.(?:complete|stream)|chatStream|chat|generate|models\.generateContent|createChatCompletion|createCompletion|run|predict)$/;
/** Clients and providers that are given their model when they are made. */
const givenModel = /^(?:Chat[A-Z]\w*|[A-Z]\w*LLM|getGenerativeModel|invoke)$/;

const modelKeys = ['model', 'modelName', 'modelId', 'deployment', 'deploymentName'];
const addressKeys = ['baseURL', 'baseUrl', 'basePath', 'endpoint', 'azureOpenAIEndpoint', 'apiBase', 'host'];

/** The call that made the client through which another goes. */
const clientOf = (file: JavaScriptFile, call: Call): Call | undefined => {
  const parts = call.callee.replaceAll('()', '').split('.');
  const name = parts[0] === 'this' ? parts[1] : parts[0];
  const made = name === undefined ? undefined : definitionOf(file, name, call.nameToken);
  return made ? file.calls.find((entry) => entry.nameToken >= made.from && entry.close < made.to) : undefined;
};

/** An address given to the client: null = somebody's own server, whatever protocol it speaks. */
const addressed = (file: JavaScriptFile, knowledge: Knowledge, ...calls: readonly (Call | undefined)[]): ServiceTerms | null | undefined => {
  for (const call of calls) {
    const inner = call ? objectOf(file, optionOf(file, call, 'configuration'), call.nameToken) : undefined;
    const given = call ? (optionOf(file, call, ...addressKeys) ?? propertyOf(file, inner, ...addressKeys)) : undefined;
    if (!call || !given) continue;
    const literals = resolveRange(file, given, call.nameToken);
    const last = literals.at(-1);
    return last ? serviceOfHost(serviceIndex(knowledge), last.value) : null;
  }
  return undefined;
};

/** `provider("model")`: the function of a package, or one that it makes, that is called with a model's name. */
const isProvider = (file: JavaScriptFile, call: Call, name: string): boolean => {
  if (call.made || name.includes('.') || call.args.length === 0) return false;
  const direct = file.imports.get(name);
  return direct ? moduleName(direct.module).startsWith('@') && !direct.name.startsWith('create') : clientOf(file, call)?.name.startsWith('create') === true;
};

const nameOf = (file: JavaScriptFile, call: Call): Span => {
  const token = file.tokens[call.nameToken];
  return { start: token?.start ?? 0, end: token?.end ?? 0 };
};

/** Every call of a commercial service in the file: by the package of its client, or by its address. */
export const findServiceCalls = (file: JavaScriptFile, knowledge: Knowledge): readonly ServiceCall[] => {
  const modules = modulesOf(knowledge);
  const index = serviceIndex(knowledge);
  const out: ServiceCall[] = [];
  for (const call of file.calls) {
    const plain = call.callee.replaceAll('()', '');
    const owner = modules.get(originOf(file, call));
    const provided = owner !== undefined && isProvider(file, call, plain);
    const asks = asking.test(plain) || givenModel.test(call.name);
    if (owner && (asks || provided)) {
      const client = clientOf(file, call);
      const at = addressed(file, knowledge, call, client);
      if (at === null) continue;
      const stated = optionOf(file, call, ...modelKeys) ?? (provided ? call.args[0] : undefined) ?? (client ? optionOf(file, client, ...modelKeys) : undefined);
      const literal = resolveRange(file, stated, call.nameToken).find(({ value }) => value !== '');
      const named = literal?.whole ? serviceOfModel(index, literal.value) : undefined;
      // A name of another provider's model with this client, and no address: cannot be told.
      if (literal?.whole && !named && literal.value.includes('/') && owner.decidedBy === null) continue;
      const service = at ?? owner;
      out.push({ service: service.id, model: literal?.whole ? (named?.model ?? literal.value) : null, span: literal?.span ?? nameOf(file, call), call });
    } else if (/^(?:fetch|post|request)$/i.test(call.name)) {
      const literal = resolveRange(file, call.args[0], call.nameToken)[0];
      const service = literal?.value.includes('://') ? serviceOfHost(index, literal.value) : undefined;
      if (service && literal && /complet|messages|generate|responses|chat/i.test(literal.value))
        out.push({ service: service.id, model: null, span: literal.span, call });
    }
  }
  return out;
};
