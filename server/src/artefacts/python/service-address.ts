import type { Knowledge, ServiceTerms } from '../../knowledge/types.ts';
import type { Argument, Assignment, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';
import { serviceOfHost } from './service-index.ts';
import type { ServiceIndex } from './service-index.ts';

const addressKeywords = ['base_url', 'api_base', 'azure_endpoint', 'openai_api_base', 'host', 'endpoint', 'api_url', 'server_url', 'endpoint_url'];

/** A file that is searched for calls of services. */
export interface Search {
  readonly file: PythonFile;
  readonly index: ServiceIndex;
  readonly knowledge: Knowledge;
  /** `openai.api_base = ...` */
  readonly set: Assignment | undefined;
  /** The file sets or takes an address somewhere. */
  readonly speaksOfAddress: () => boolean;
  /** Constructors of clients of services, in the file. */
  readonly clients: readonly Call[];
}

/** `os.environ["X"]`, `os.getenv("X")`: whose variable it is, if any. */
const ofEnvironment = ({ file, knowledge }: Search, range: Range): ServiceTerms | null | undefined => {
  const words = file.tokens.slice(range.from, Math.min(range.to, range.from + 12));
  if (!words.some((token) => token.text === 'environ' || token.text === 'getenv')) return undefined;
  const name = words.find((token) => token.kind === 'string')?.text ?? '';
  const stem = (variable: string): string => variable.split('_')[0] ?? variable;
  return knowledge.allServices().find((service) => service.environment.some((variable) => stem(variable) === stem(name))) ?? null;
};

/** An option of the command line that nobody has to give. */
const isOptional = (file: PythonFile, name: string): boolean =>
  (file.callsOf.get('add_argument') ?? []).some((call) => {
    const named = call.args.some(({ keyword, value }) => keyword === null && file.tokens[value.from]?.text.replace(/^-+/, '').replaceAll('-', '_') === name);
    const standard = argumentOf(call, -1, 'default')?.value;
    const required = argumentOf(call, -1, 'required')?.value;
    return named && file.tokens[required?.from ?? -1]?.text !== 'True' && (standard === undefined || file.tokens[standard.from]?.text === 'None');
  });

const isNone = ({ file }: Search, { value }: Argument): boolean => {
  const token = file.tokens[value.from];
  return value.to - value.from === 1 && token?.kind === 'name' && token.text === 'None';
};

/** `args.base_url`, where nobody has to give it. */
const isOptionalAttribute = ({ file }: Search, { value }: Argument): boolean =>
  value.to - value.from === 3 && file.tokens[value.from + 1]?.text === '.' && isOptional(file, file.tokens[value.from + 2]?.text ?? '');

const isOptionalParameter = ({ file }: Search, call: Call, { value }: Argument): boolean => {
  const token = file.tokens[value.from];
  if (value.to - value.from !== 1 || token?.kind !== 'name') return false;
  for (let scope = call.scope; scope > 0; scope = file.scopes[scope]?.parent ?? -1) {
    const parameter = file.scopes[scope]?.parameters.find((entry) => entry.name === token.text);
    if (parameter) return parameter.value !== null && file.tokens[parameter.value.from]?.text === 'None';
  }
  return false;
};

const isStarred = (file: PythonFile, range: Range): boolean => file.tokens[range.from]?.kind === 'operator' && file.tokens[range.from]?.text === '**';

export interface Address {
  /** Null = somebody's own server, or an address that cannot be told. */
  readonly service: ServiceTerms | null;
  /** A parameter or option that nobody has to give: then it is as if there was none, if the model's name says whose it is. */
  readonly optional: boolean;
}

/** The address given to the call, to its client, or set for the whole module: undefined = none is given. */
export const addressed = (search: Search, client: Call | undefined, call: Call): Address | undefined => {
  const { file, index } = search;
  for (const each of [call, client]) {
    const given = each ? argumentOf(each, -1, ...addressKeywords) : undefined;
    if (!each || !given) continue;
    const literal = resolveArgument(file, each, given);
    if (literal) return { service: serviceOfHost(index, literal.value) ?? null, optional: false };
    if (isNone(search, given)) continue;
    const variable = ofEnvironment(search, given.value);
    return { service: variable ?? null, optional: isOptionalAttribute(search, given) || isOptionalParameter(search, each, given) };
  }
  // `**settings` may hold an address, where the file speaks of one.
  if (client?.args.some(({ value }) => isStarred(file, value)) && search.speaksOfAddress()) return { service: null, optional: false };
  const token = search.set ? file.tokens[search.set.value.from] : undefined;
  if (!search.set) return undefined;
  if (token?.kind === 'string') return { service: serviceOfHost(index, token.text) ?? null, optional: false };
  return { service: ofEnvironment(search, search.set.value) ?? null, optional: false };
};

/** An address set for a whole module: `openai.api_base = ...`. */
export const moduleAddress = (file: PythonFile): Assignment | undefined =>
  file.assignments.find(
    (assignment) => addressKeywords.some((keyword) => assignment.name.endsWith(`.${keyword}`)) && file.imports.has(assignment.name.split('.')[0] ?? ''),
  );

/** The file sets or takes an address somewhere. */
const spoken = new Set(addressKeywords.slice(0, 4));
export const speaksOfAddress = (file: PythonFile): boolean => file.tokens.some(({ text }) => spoken.has(text));
