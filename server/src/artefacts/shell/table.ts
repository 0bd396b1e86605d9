import data from '../../knowledge/data/run-commands.json';
import { needleFinder } from '../../text/needles.ts';
import { signWords } from '../../knowledge/data-signs.ts';
import { mayFileData, mayNameData } from '../data-files.ts';

/** A command of a tool, as `knowledge/data/run-commands.json` describes it. */
export interface CommandRow {
  /** The words of the command; `module x.y` for what Python runs by `-m`, modules below it included. */
  readonly run: string;
  readonly does: 'loads' | 'trains' | 'evaluates' | 'publishes';
  /** `by-type`: `type` names the option that says whether it is a data set. */
  readonly what: 'model' | 'by-type' | 'link' | 'ollama';
  /** Which of its arguments the id is, options left out; null = none. */
  readonly at: number | null;
  readonly flags: readonly string[];
  /** Options without a value. */
  readonly switches: readonly string[];
  readonly revision?: string;
  readonly type?: string;
  /** The option by whose presence the id is one of a data set. */
  readonly dataIf?: string;
  readonly dataFlags?: readonly string[];
  /** Ids of another hub, which are those of ours only where they are known. */
  readonly knownOnly?: boolean;
  readonly adapter?: boolean;
  /** `--model_args pretrained=ID,dtype=...` */
  readonly inside?: { readonly flags: readonly string[]; readonly keys: readonly string[] };
}

/** A container image that runs a command of its own. */
export interface ImageRow {
  readonly image: string;
  /** Empty where its command takes no model. */
  readonly run: string;
  /** Variables of its environment. */
  readonly environment: { readonly model?: string; readonly revision?: string; readonly remoteCode?: string };
}

/** What an option of a script names. */
export type FlagMeaning =
  | 'base'
  | 'baseIfKnown'
  | 'other'
  | 'judge'
  | 'teacher'
  | 'adapter'
  | 'tokenizer'
  | 'data'
  | 'dataIfKnown'
  | 'testData'
  | 'publish'
  | 'publishData'
  | 'revision'
  | 'remoteCode'
  | 'lora'
  | 'output'
  | 'training'
  | 'evaluating'
  | 'shortNames';

interface CommandTable {
  readonly wrappers: readonly string[];
  readonly launchers: readonly string[];
  readonly prints: readonly string[];
  readonly fetches: readonly string[];
  readonly scriptModules: readonly string[];
  readonly flags: Readonly<Record<FlagMeaning, readonly string[]>>;
  readonly heads: Readonly<Record<'other' | 'teacher' | 'judge' | 'testData', readonly string[]>>;
  readonly trainingNames: readonly string[];
  readonly otherNames: readonly string[];
  /** What a program calls sets of the hub, by its first word. */
  readonly setNames: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly commands: readonly CommandRow[];
  readonly images: readonly ImageRow[];
}

const table = data as CommandTable;

const wrappers: ReadonlySet<string> = new Set(table.wrappers);
/** What runs a command that it is given; a variable that cannot be told often holds one. */
export const isWrapper = (program: string): boolean => program === '' || wrappers.has(program.slice(program.lastIndexOf('/') + 1));

export const launchers: ReadonlySet<string> = new Set(table.launchers);
export const prints: ReadonlySet<string> = new Set(table.prints);
const fetches: ReadonlySet<string> = new Set(table.fetches);
/** A command, by `via` of what it says, that fetches and does nothing else. */
export const isFetch = (via: string): boolean => fetches.has(via);

/** Modules that run a script which is named behind them. */
export const scriptModules: ReadonlySet<string> = new Set(table.scriptModules);

const byProgram = new Map<string, CommandRow[]>();
for (const row of table.commands) {
  const program = row.run.split(' ')[0] ?? '';
  byProgram.set(program, [...(byProgram.get(program) ?? []), row]);
}

export const isProgram = (name: string): boolean => byProgram.has(name) && name !== 'module';

/** The row of a command by its words, the longest that fits. */
export const rowOf = (words: readonly string[]): CommandRow | undefined => {
  const rows = (byProgram.get(words[0] ?? '') ?? []).filter((row) => row.run.split(' ').every((word, at) => words[at] === word));
  return rows.toSorted((a, b) => b.run.length - a.run.length)[0];
};

/** The row of a Python module, or of one above it. */
export const rowOfModule = (module: string): CommandRow | undefined => {
  const rows = (byProgram.get('module') ?? []).filter((row) => {
    const name = row.run.slice('module '.length);
    return module === name || module.startsWith(`${name}.`);
  });
  return rows.toSorted((a, b) => b.run.length - a.run.length)[0];
};

const setNames = new Map(Object.entries(table.setNames).map(([program, names]) => [program, new Map(Object.entries(names))]));

/** Sets under names that a program has for them, where it has some. */
export const setsOf = ({ run }: CommandRow): ReadonlyMap<string, string> | undefined => setNames.get(run.split(' ')[0] ?? '');

/** The row of what an image runs. */
export const rowOfRun = (run: string): CommandRow | undefined => table.commands.find((row) => row.run === run);

/** By the name of the image without its tag, whatever registry it is taken from. */
export const imageOf = (image: string): ImageRow | undefined => {
  const name = image.replace(/@sha256:.*$/, '').replace(/:[\w.-]*$/, '');
  return table.images.find((row) => name === row.image || name.endsWith(`/${row.image}`));
};

const meanings = new Map<string, FlagMeaning[]>();
for (const [meaning, names] of Object.entries(table.flags) as [FlagMeaning, readonly string[]][])
  for (const name of names) meanings.set(name, [...(meanings.get(name) ?? []), meaning]);

/** `Flag-Name` as its table has it. */
export const flagName = (written: string): string =>
  written
    .replace(/^[-+~]+/, '')
    .replaceAll('-', '_')
    .toLowerCase();

/** Of `actor.model.path` also `model.path` is looked up, and `path` in no case: too many things have one. */
const tails = (name: string): readonly string[] => {
  const parts = name.split('.');
  const out = [name];
  for (let at = 1; at <= parts.length - 1; at += 1) {
    const tail = parts.slice(at).join('.');
    if (tail.includes('.') || tail.includes('_')) out.push(tail);
  }
  return out;
};

/** What an option names, by its name and by the parts in front of it: `reward_model.model.path` is no base. */
export const meaningsOf = (name: string): readonly FlagMeaning[] => {
  const found = tails(name)
    .map((tail) => meanings.get(tail))
    .find((row) => row !== undefined);
  if (!found) return [];
  const heads = name.split('.').slice(0, -1);
  if (heads.length === 0) return found;
  const headed = (meaning: keyof CommandTable['heads']): boolean => heads.some((head) => table.heads[meaning].includes(head));
  return found.map((meaning) => {
    const isModel = meaning === 'base' || meaning === 'baseIfKnown';
    if (isModel && headed('teacher')) return 'teacher';
    if (isModel && headed('judge')) return 'judge';
    if (isModel && headed('other')) return 'other';
    if ((meaning === 'data' || meaning === 'dataIfKnown') && (headed('testData') || headed('judge'))) return 'testData';
    return meaning;
  });
};

/** `name=value` pairs that mean something only together, such as a kind of training. */
export const meaningsOfValue = (name: string, value: string): readonly FlagMeaning[] => meanings.get(`${name}=${value.toLowerCase()}`) ?? [];

const escaped = (words: readonly string[]): string => words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const trainingName = new RegExp(`(?:^|[/_.-])(?:${escaped(table.trainingNames)}|(?:train|pretrain|finetun|fine_tun)\\w*)(?:$|[/_.-]|\\d)`, 'i');
const otherName = new RegExp(`(?:^|[/_.-])(?:${escaped(table.otherNames)})(?:$|[/_.-]|\\d)`, 'i');

const evaluating =
  /(?:^|[/_.\- ])(?:eval\w*|judg\w*|bench\w*|grad(?:e|er|ing)|scor(?:e|er|ing)\w*|baselines?|tests?|testing|mocks?|metrics?|verif\w*|leaderboard)(?:$|[/_.\- \d])/i;

/** Scripts, modules and functions that by their names measure a model. */
export const isEvaluatingName = (names: string): boolean => evaluating.test(names);

/** A script or module that trains, judging by its own name and that of its folder or package. */
export const isTrainingName = (script: string): boolean => {
  const parts = script.replace(/\.(?:py|sh|bash)$/, '').split(/[/.]/);
  const own = parts.at(-1) ?? '';
  const named = trainingName.test(own) || (!otherName.test(own) && trainingName.test(parts.at(-2) ?? ''));
  return named && !otherName.test(own);
};

/** A script that by its name does something else with a model. */
export const isOtherName = (script: string): boolean => otherName.test(script.slice(script.lastIndexOf('/') + 1));

/** Words without one of which no command names a work: most scripts of a tree build or install something. */
const words = needleFinder(
  [
    ...'model hugging hf.co hf-mirror dataset data_path pretrain tokenizer from_pretrained'.split(' '),
    ...signWords.map((word) => word.toLowerCase()),
    ...[...byProgram.keys()].filter((name) => name !== 'git' && name !== 'module'),
  ],
  { ignoreCase: true, isMeant: (text, at, needle) => needle !== 'hf' || (!/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + 2] ?? '')) },
);

export const mayNameWorks = (text: string): boolean => words.inText(text) || mayNameData(text) || mayFileData(text);
