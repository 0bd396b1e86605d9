import type { Span } from '../../text/span.ts';
import type { Argument, Call, PythonFile } from './model.ts';
import { argumentOf } from './resolve.ts';
import type { Search } from './service-address.ts';
import { sellsOthers, serviceOfModel } from './service-index.ts';
import type { NamedModel } from './service-index.ts';
import type { ServiceTerms } from '../../knowledge/types.ts';

/** `Models.GPT_4O_MINI`: a member of an enumeration whose members are named as the models of services are. */
interface Member {
  readonly name: string;
  readonly span: Span;
}

export interface NamedByMember {
  readonly service: ServiceTerms;
  readonly model: string | null;
  readonly span: Span;
}

const modelKeywords = ['model_type', 'model', 'model_name', 'model_id', 'engine'];
const platformKeywords = ['model_platform', 'platform', 'provider', 'model_provider', 'llm_provider'];
/** Where one of these stands, a server of somebody's own may answer. */
const addressKeywords = ['url', 'base_url', 'api_base', 'endpoint', 'api_url', 'host', 'azure_endpoint'];
/** What stands for whatever the library picks itself. */
const unsaid = 'default';

const memberOf = ({ tokens, imports }: PythonFile, argument: Argument | undefined): Member | undefined => {
  if (!argument) return undefined;
  const { from, to } = argument.value;
  const [head, dot, member] = [tokens[from], tokens[from + 1], tokens[from + 2]];
  // `Type.NAME.value` is the same.
  const whole = to - from === 3 || (to - from === 5 && tokens[from + 4]?.text === 'value');
  if (!whole || head?.kind !== 'name' || dot?.text !== '.' || member?.kind !== 'name' || !imports.has(head.text)) return undefined;
  return /^[A-Z][A-Z\d_]{1,60}$/.test(member.text) ? { name: member.text.toLowerCase(), span: { start: member.start, end: member.end } } : undefined;
};

/** `gpt_3_5_turbo`: versions have a point in some names, a hyphen in others. */
const modelNamed = ({ index }: Search, name: string): NamedModel | undefined => {
  const pointed = name.replace(/(\d)_(?=\d)/g, '$1.').replaceAll('_', '-');
  return serviceOfModel(index, pointed) ?? serviceOfModel(index, name.replaceAll('_', '-'));
};

/** Whom a call asks that is given the members of enumerations: the model, and mostly who runs it. Both have to agree. */
export const namedByMember = (search: Search, call: Call): NamedByMember | undefined => {
  const { file, knowledge } = search;
  const member = memberOf(file, argumentOf(call, -1, ...modelKeywords));
  if (!member || argumentOf(call, -1, ...addressKeywords)) return undefined;
  const named = modelNamed(search, member.name);
  const argument = argumentOf(call, -1, ...platformKeywords);
  const platform = memberOf(file, argument);
  // Whoever runs it is told some other way.
  if (argument && !platform) return undefined;
  if (!platform || platform.name === unsaid) return named ? { service: named.service, model: named.model, span: member.span } : undefined;
  const service = knowledge.service(platform.name.replaceAll('_', '-'));
  if (!service) return undefined;
  if (!named) return member.name === unsaid ? { service, model: null, span: platform.span } : undefined;
  return named.service.id === service.id || sellsOthers(service) ? { service, model: named.model, span: member.span } : undefined;
};
