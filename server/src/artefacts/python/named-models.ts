import { modelOfLibrary } from '../../knowledge/library-names.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { somePair } from '../../text/near-signs.ts';
import type { Span } from '../../text/span.ts';
import { hasModelTerms, hubReference, isBarredModel, modelWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { namedSetting } from '../via.ts';
import { byFileName, modelOfFolder, weightsCalled } from '../weights-paths.ts';
import type { Call, PythonFile, Range } from './model.ts';
import { isEvaluating, symbolsAt } from './outputs.ts';
import { argumentOf } from './resolve.ts';
import { findServiceCalls } from './services.ts';
import { isCalledFor, longestSetting } from './setting-names.ts';
import type { SettingWords } from './setting-names.ts';
import type { Token } from './tokens.ts';

/** A model that a setting names: whatever takes it, its name says what it is for. */
export interface NamedModel {
  readonly to: WorkId;
  /** An id, or a folder that has the name of one. */
  readonly via: string;
  readonly span: Span;
  readonly evaluating: boolean;
}

/** Models of one file that are told so: a longer list is a catalogue, of which those alone are told that permit no commerce, one of each owner. */
const longestList = 6;

const words: SettingWords = {
  heads: new Set('model models llm lm checkpoint ckpt pretrained backbone teacher student unet vae modelname modelid modelpath'.split(' ')),
  tails: new Set(
    'name id path or dir repo hf hub str string default folder uri url checkpoint ckpt pretrained base dict map mapping table zoo registry torch pack tag'.split(
      ' ',
    ),
  ),
  others: new Set('tokenizer processor data dataset datasets config type class embedding judge scorer grader'.split(' ')),
};

/** `hf_hub_path`, `repo_id`: something of the hub, which the id itself tells to be a model. */
const ofHub = /^(?:hf|hub|huggingface)_(?:hub_|model_)?(?:path|id|repo|repo_id|name|url|map|mapping|ids|repos|names)$|^repo_id$|^hf_hub$/i;

/** What libraries put before an id of the hub, where a name may be one of their own: it says as much as the name of a setting. */
const hubMark = /^hf[-_]hub:/;

/** `base_model`, `MODEL_NAME`, `llmModel`, `--pretrained-model-name-or-path`, `hf_hub_path`. */
const isModelName = (name: string): boolean => name.length <= longestSetting && (ofHub.test(name) || isCalledFor(name, words));

/** Calls that speak of a model, or ask a server of somebody's for it. */
const speaking =
  /^(?:print|log|debug|info|warn|warning|error|exception|format|write|replace|split|append|choice|parametrize|skip|create|a?completions?|chat|post|request|generate\w*|invoke|upload_\w+|create_repo|delete_\w+|list_repo\w*|\w+_info|\w+_exists|\w*(?:Client|API|Api|Error|Exception|Warning|Card|Info|Spec|Request))$|^assert|^register/;

/** Calls that make an option of a command line, by the name of the option. */
const options = new Set(['add_argument', 'option', 'Option', 'DEFINE_string']);

export const isQuote = (sign: string | undefined): boolean => sign === '"' || sign === "'";

/** A cheap search before a text is parsed: `"owner/name"`, in the JSON of a notebook too. */
export const mayNameModels = (text: string, knowledge: Knowledge): boolean =>
  somePair(
    text,
    (start, end) => isQuote(text[start - 1]) && isQuote(text[text[end] === '\\' ? end + 1 : end]) && hasModelTerms(text.slice(start, end), knowledge),
  );

type IsName = (name: string) => boolean;

const flagOf = (file: PythonFile, call: Call, isName: IsName): string | undefined =>
  call.args.flatMap(({ keyword, value }) => {
    const token = file.tokens[value.from];
    return (keyword === null || keyword === 'dest') && token?.kind === 'string' && isName(token.text) ? [token.text] : [];
  })[0];

/** The names of a file's settings by the token at which the value of each begins. */
export const settingsOf = (file: PythonFile, isName: IsName): ReadonlyMap<number, string> => {
  const out = new Map<number, string>();
  const put = (value: Range | null | undefined, name: string): void => {
    if (value && isName(name)) out.set(value.from, name);
  };
  for (const { name, value } of file.assignments) put(value, name.slice(name.lastIndexOf('.') + 1));
  for (const scope of file.scopes) for (const { name, value } of scope.parameters) put(value, name);
  for (const call of file.calls) {
    if (speaking.test(call.name)) continue;
    for (const { keyword, value } of call.args) put(value, keyword ?? '');
    if (options.has(call.name)) put(argumentOf(call, call.name === 'DEFINE_string' ? 1 : -1, 'default')?.value, flagOf(file, call, isName) ?? '');
    // The first argument of Coqui's class is the name of a model.
    if (call.name === 'TTS') put(call.args[0]?.keyword === null ? call.args[0].value : undefined, 'model');
    // `field(default="x")` is the value of the field, `get("model", "x")` that of the key.
    if (/^[Ff]ield$/.test(call.name)) put(argumentOf(call, 0, 'default')?.value, out.get(call.nameToken) ?? '');
    const key = call.name === 'get' || call.name === 'getenv' ? file.tokens[call.args[0]?.value.from ?? -1] : undefined;
    if (key?.kind === 'string') put(call.args[1]?.value, key.text);
  }
  return out;
};

/** `{"model": "x", "messages": [...]}` is sent to a server. */
const isRequest = ({ tokens, partner }: PythonFile, at: number): boolean => {
  for (let open = at; open >= Math.max(0, at - 200); open -= 1) {
    const close = partner[open] ?? -1;
    if (tokens[open]?.text !== '{' || close < at) continue;
    return tokens.slice(open, Math.min(close, open + 400)).some(({ kind, text }) => kind === 'string' && /^(?:messages|prompt|inputs)$/.test(text));
  }
  return false;
};

/** `"base_model": "owner/name"`. */
export const keyAt = ({ tokens }: PythonFile, at: number, isName: IsName): string | undefined => {
  const [key, colon] = [tokens[at - 2], tokens[at - 1]];
  return key?.kind === 'string' && colon?.kind === 'operator' && colon.text === ':' && isName(key.text) ? key.text : undefined;
};

/** What names of libraries, which are no words, are given to as well: `encoder="..."`, `preset`. */
const ofListed = /(?:^|_)(?:encoder|decoder|vocoder|arch|bundle|preset|card|name|handle|id|model)$/i;
/** Calls whose first argument is the name of what they fetch: `load_model("...")`, `from_preset("...")`. */
const fetching = /^(?:load|get|create|build|fetch|init|from_|download|model_download)/i;

/** The setting or the call that takes the name of a library at a token. */
const takerOf = (file: PythonFile): ((at: number) => string | undefined) => {
  const settings = settingsOf(file, (name) => isModelName(name) || ofListed.test(name));
  const given = new Map(
    file.calls.flatMap((call) =>
      fetching.test(call.name) && !/tokenizer|config/i.test(call.name) && call.args[0]?.keyword === null ? [[call.args[0].value.from, call.name]] : [],
    ),
  );
  // The first of several texts that are put together in brackets.
  return (at) =>
    settings.get(at) ??
    given.get(at) ??
    (file.tokens[at - 1]?.text === '(' ? settings.get(at - 1) : undefined) ??
    keyAt(file, at, (name) => ofListed.test(name));
};

/** `ALIGN_MODELS = {"xy": "owner/name"}`: the table is named for what it holds. */
const tableNames = ({ assignments, tokens, partner }: PythonFile): ReadonlyMap<number, string> => {
  const out = new Map<number, string>();
  for (const { name, value } of assignments) {
    const close = tokens[value.from]?.text === '{' ? (partner[value.from] ?? -1) : -1;
    const own = name.slice(name.lastIndexOf('.') + 1);
    if (close < 0 || !isModelName(own)) continue;
    for (let at = value.from + 1; at < close; at += 1) {
      const end = partner[at] ?? -1;
      // `"small": ("owner/name", 16)`: the first of what belongs together is what it is called.
      const isFirst = end > at && tokens[at]?.text === '(' && tokens[at - 1]?.text === ':' && tokens[at + 1]?.kind === 'string';
      if (isFirst && tokens[at + 2]?.text === ',') out.set(at + 1, own);
      // In a table of tables a key says what each thing is.
      if (end > at) at = end;
      else if (tokens[at]?.kind === 'string' && tokens[at - 1]?.text === ':') out.set(at, own);
    }
  }
  return out;
};

/** Of a catalogue: what bars commerce, the first of each owner. */
const barredOf = (all: readonly NamedModel[], knowledge: Knowledge): readonly NamedModel[] => {
  const owners = new Set<string>();
  return all
    .filter(({ to }) => {
      const id = to.slice(modelWork('').length);
      const [owner = ''] = id.split('/');
      if (owners.has(owner) || !isBarredModel(id, knowledge)) return false;
      owners.add(owner);
      return true;
    })
    .slice(0, longestList);
};

/**
 * Settings under names for models whose value is the id of a known one, the name that a library has for it, that of its file without the ending, or a folder with its name: defaults of options and parameters, constants, entries of
 * dictionaries and keywords of calls. What takes them is not seen. `taken`: where literals begin that another reader told.
 */
export const findNamedModels = (file: PythonFile, knowledge: Knowledge, taken: ReadonlySet<number>): readonly NamedModel[] => {
  const { tokens } = file;
  const known = file.strings.flatMap((at) => {
    const { literal, text, innerStart } = tokens[at] as Token;
    if (!literal || taken.has(innerStart) || text.length > 160) return [];
    const listed = modelOfLibrary(text);
    if (listed !== undefined) return [{ at, to: modelWork(listed), via: namedSetting, listed: true }];
    const called = weightsCalled(text, knowledge);
    if (called !== undefined) return [{ at, to: called, via: byFileName }];
    if (!text.includes('/')) return [];
    const reference = hubReference(text.replace(hubMark, '').replace(/\/$/, ''));
    if (reference) return reference.type === null && hasModelTerms(reference.id, knowledge) ? [{ at, to: modelWork(reference.id), via: namedSetting }] : [];
    const to = modelOfFolder(text, knowledge);
    return to === undefined ? [] : [{ at, to, via: byFileName }];
  });
  if (known.length === 0) return [];
  const settings = settingsOf(file, isModelName);
  const tables = tableNames(file);
  const takes = known.some((each) => 'listed' in each) ? takerOf(file) : undefined;
  const asked = new Set(findServiceCalls(file, knowledge).map(({ span }) => span.start));
  const out = known.flatMap(({ at, to, via, ...more }): NamedModel[] => {
    const token = tokens[at];
    const key = keyAt(file, at, isModelName);
    const marked = token !== undefined && hubMark.test(token.text) ? 'model' : undefined;
    const setting =
      settings.get(at) ??
      (key === undefined || isRequest(file, at) ? undefined : key) ??
      tables.get(at) ??
      marked ??
      ('listed' in more ? takes?.(at) : undefined);
    if (!token || setting === undefined || asked.has(token.innerStart)) return [];
    const span = { start: token.innerStart, end: token.innerEnd };
    return [{ to, via, span, evaluating: isEvaluating('', `${setting} ${symbolsAt(file, at)}`) }];
  });
  // What only a base binds makes no catalogue longer.
  const bound = out.filter(({ to }) => (knowledge.model(to.slice(modelWork('').length))?.licences.at(-1)?.licences.length ?? 1) > 0);
  return new Set(bound.map(({ to }) => to)).size > longestList ? barredOf(out, knowledge) : out;
};

/** A name of two words, which no other thing bears. */
const isDistinct = (value: string): boolean => /[_\d]/.test(value);

/**
 * Packs that go by short names of their own, where a setting for a model has one: `cfg.MODEL_NAME = "..."`; in a file that speaks of their library, whatever is
 * named so: `Otter(name="...", root="./library/models")`.
 */
export const findNamedPacks = (file: PythonFile, values: readonly string[], library: string): readonly { readonly value: string; readonly span: Span }[] => {
  const known = file.strings.filter((at) => {
    const { literal, text } = file.tokens[at] as Token;
    return literal && values.includes(text);
  });
  if (known.length === 0) return [];
  const speaks = file.tokens.some(({ text }) => text.includes(library));
  const settings = settingsOf(file, (name) => isModelName(name) || (speaks && name === 'name'));
  return known.flatMap((at) => {
    const token = file.tokens[at];
    return token && (speaks || isDistinct(token.text)) && (settings.has(at) || keyAt(file, at, isModelName) !== undefined)
      ? [{ value: token.text, span: { start: token.innerStart, end: token.innerEnd } }]
      : [];
  });
};
