import type { RelationType } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { dataAt } from '../data-files.ts';
import { addFact, addProblems, moreThan } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { datasetWork, hubReference, modelWork } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Anchor, Role, SettingPlace, WorkId } from '../types.ts';
import { codeSlot, preset, setElsewhere } from '../via.ts';
import { byFileName } from '../weights-paths.ts';
import type { Arguments, Option } from './options.ts';
import { resolve, spanWithin } from './resolve.ts';
import type { Argument, Resolved } from './resolve.ts';
import type { Script } from './statements.ts';
import { meaningsOf, setsOf } from './table.ts';
import type { CommandRow, FlagMeaning } from './table.ts';
import { datasetTarget, libraryTarget, mayBeRepository, modelTarget, pathTarget } from './targets.ts';
import type { Target } from './targets.ts';

/** A file whose commands are told. */
export interface Telling {
  readonly draft: Draft;
  readonly path: string;
  readonly role: Role;
  /** Where the text that is read begins in the file. */
  readonly base: number;
  /** Places in the file of what holds where nobody gives anything else: `${1:-org/name}`. */
  readonly presets: Span[];
  /** What was said already, so that one literal says a thing once. */
  readonly told: Set<string>;
  /** Models that its commands train, by what each is trained from. */
  readonly models: Map<string, WorkId>;
  /** Known works that a command was given, where no option says what it does with them. */
  readonly given: Set<WorkId>;
  /** Blocks of a document: what looks like a command there may be what one printed. */
  readonly shown?: true;
  /** Places where other files may set what a word stands for; absent where the text is no script of its own. */
  readonly settings?: (script: Script, argument: Argument) => readonly SettingPlace[];
}

export const tellingOf = (draft: Draft, path: string, role: Role = draft.role): Telling => ({
  draft,
  path,
  role,
  base: 0,
  presets: [],
  told: new Set(),
  models: new Map(),
  given: new Set(),
});

/** A place of the text that is read as one of the file. */
export const placeIn = ({ base }: Telling, { start, end }: Span): Anchor => ({ span: { start: start + base, end: end + base } });

/** A place of which something was told. */
export const placeKey = ({ base }: Telling, { start }: Span): string => `at ${start + base}`;

interface Statement {
  readonly from: WorkId;
  readonly to: WorkId;
  readonly type: RelationType;
  readonly via: string;
  readonly span: Span;
  readonly role: Role;
  readonly revision?: string | null;
  readonly pinnable?: boolean;
  readonly remoteCode?: boolean;
  readonly setting?: SettingPlace | undefined;
  /** What lets its code run. */
  readonly codeAt?: Span | undefined;
  /** Whoever runs it may give another. */
  readonly isPreset?: boolean;
}

export const state = (telling: Telling, { from, to, type, via, span, role, revision, pinnable, remoteCode, setting, codeAt, ...more }: Statement): void => {
  const key = `${type} ${from} ${to} ${span.start + telling.base} ${role} ${setting?.file ?? ''}`;
  if (telling.told.has(key) || from === to) return;
  telling.told.add(key);
  telling.told.add(placeKey(telling, span));
  const at = placeIn(telling, span).span;
  const isPreset = more.isPreset === true || telling.presets.some((range) => range.start <= at.start && at.end <= range.end);
  const id = telling.draft.idOf(`${type}:${isPreset ? preset : ''}${via}`, `${from} ${to}${setting?.key ?? ''}`);
  addFact(
    telling.draft,
    {
      kind: 'relation',
      id,
      from,
      to,
      type,
      role,
      revision: revision ?? null,
      via,
      pinnable: pinnable ?? false,
      remoteCode: remoteCode ?? false,
      ...(setting === undefined ? {} : { setting }),
    },
    placeIn(telling, span),
  );
  if (remoteCode === true && codeAt) telling.draft.anchors[codeSlot(id)] = placeIn(telling, codeAt);
};

/** One command, as far as it is understood. */
export interface Told {
  readonly telling: Telling;
  readonly script: Script;
  readonly args: Arguments;
  readonly row: CommandRow | null;
  /** The command, or the script that is run. */
  readonly name: string;
  readonly role: Role;
  readonly remoteCode: boolean;
  /** The option that says so. */
  readonly codeAt?: Span | undefined;
  readonly revision: string | null;
}

/** What an argument may be that names works. */
export const valuesOf = ({ script, telling }: Told, argument: Argument): readonly Resolved[] => {
  const { values, more } = resolve(script, argument);
  if (more) addProblems(telling.draft, [moreThan(limits.shellValues, 'values of one word of shell')]);
  return values;
};

export const optionsWith = ({ args }: Told, meaning: FlagMeaning): readonly Option[] =>
  args.options.filter((option) => meaningsOf(option.name).includes(meaning));

const isFalse = (value: string): boolean => /^(?:false|no|0|none|off|null)$/i.test(value);

/** An option that is there and is not switched off. */
export const isOn = (script: Script, option: Option): boolean => {
  const value = option.values[0];
  if (!value) return true;
  const { values } = resolve(script, value);
  return values.length === 0 || !values.every((entry) => isFalse(entry.value));
};

export const revisionOf = (script: Script, options: readonly Option[]): string | null => {
  const value = options.at(-1)?.values[0];
  if (!value) return null;
  const { values } = resolve(script, value);
  const only = values.length === 1 ? values[0]?.value : undefined;
  return only === undefined || only === '' ? setElsewhere : only;
};

/** The parts of a list that is one text: `a,b`, `['a', 'b']`. */
export const listed = ({ script, telling }: Told, resolved: Resolved): readonly { readonly text: string; readonly span: Span }[] => {
  const out: { text: string; span: Span }[] = [];
  if (script.looks.left < 0) return out;
  for (const match of resolved.value.matchAll(/[^,[\]\s'"{}]+/g)) {
    if (out.length >= limits.shellEntries) {
      addProblems(telling.draft, [moreThan(limits.shellEntries, 'entries of one list of shell')]);
      break;
    }
    out.push({ text: match[0], span: spanWithin(resolved, match.index, match.index + match[0].length) });
  }
  // Each is looked up in several tables.
  script.looks.left -= out.length * 4;
  return out;
};

export const within = (resolved: Resolved, { from, length }: Target): Span =>
  length === resolved.value.length ? resolved.span : spanWithin(resolved, from, from + length);

/** Whose it is stands in one place: a text that is put together from names may be a label or a folder. */
export const isOne = ({ value, pieces }: Resolved): boolean => {
  const slash = value.indexOf('/');
  return slash < 0 || pieces.some((piece) => piece.at < slash && slash < piece.at + piece.length);
};

interface Found extends Target {
  readonly span: Span;
  /** Another script names it. */
  readonly setting?: SettingPlace;
}

/** Works that other scripts may name. */
const setElsewhereIn = (told: Told, { word, site }: Argument, head: WorkId): readonly Found[] =>
  (told.telling.settings?.(told.script, { word, site }) ?? []).map((setting) => ({
    to: head,
    revision: null,
    from: 0,
    length: 0,
    span: { start: word.start, end: word.end },
    setting,
  }));

export const modelsIn = (told: Told, argument: Argument, sure: boolean, library = false): readonly Found[] => {
  const values = valuesOf(told, argument);
  if (values.length === 0 && sure && !library) return setElsewhereIn(told, argument, modelWork(''));
  return values.flatMap((resolved) => {
    const target = library ? libraryTarget(resolved.value.trim()) : modelTarget(resolved.value.trim(), sure && isOne(resolved), told.telling.draft.knowledge);
    return target ? [{ ...target, span: within(resolved, target) }] : [];
  });
};

export const load = (told: Told, target: Found, via: string, pinnable: boolean): void =>
  state(told.telling, {
    from: here,
    to: target.to,
    type: 'loads',
    via,
    span: target.span,
    role: told.role,
    revision: told.revision ?? target.revision,
    pinnable: pinnable && target.revision === null,
    remoteCode: told.remoteCode,
    codeAt: told.codeAt,
    setting: target.setting,
  });

export const publish = (told: Told, argument: Argument, dataset: boolean, via: string, from: WorkId): void => {
  for (const resolved of valuesOf(told, argument)) {
    const id = hubReference(resolved.value)?.id;
    if (id === undefined) continue;
    const { telling, role } = told;
    state(telling, { from, to: dataset ? datasetWork(id) : modelWork(id), type: 'publishes', via, span: resolved.span, role });
    if (!dataset && role === 'decision')
      addFact(
        telling.draft,
        { kind: 'name', id: telling.draft.idOf('name', id), work: from, name: id.split('/')[1] ?? id, via: 'hub-id' },
        placeIn(telling, resolved.span),
      );
  }
};

export const relateData = (told: Told, argument: Argument, sure: boolean, from: WorkId, type: 'trainedOn' | 'testedOn' | 'loads', via: string): void => {
  const values = valuesOf(told, argument);
  for (const { to, span, setting } of values.length === 0 && sure ? setElsewhereIn(told, argument, datasetWork('')) : [])
    state(told.telling, { from: type === 'loads' ? here : from, to, type, via, span, role: told.role, setting });
  for (const resolved of values) {
    for (const { text, span } of listed(told, resolved)) {
      const target = datasetTarget(text, sure && isOne(resolved), told.telling.draft.knowledge);
      // What a model is measured on is no part of it.
      const base = { type, via, role: type === 'testedOn' && told.role === 'decision' ? 'evaluation' : told.role } as const;
      if (target) {
        state(told.telling, { ...base, from: type === 'loads' ? here : from, to: target.to, span, revision: target.revision });
        continue;
      }
      const named = told.row ? setsOf(told.row)?.get(text.replace(/[:#].*$/, '')) : undefined;
      if (named !== undefined) {
        state(told.telling, { ...base, from: type === 'loads' ? here : from, to: datasetWork(named), via: byFileName, span });
        continue;
      }
      // What could be an id that nothing knows is no path for sure either.
      const local = /\.(?:jsonl?|parquet|csv|tsv|txt|arrow)$/.test(text) || (text.includes('/') && !mayBeRepository(text)) ? pathTarget(text) : undefined;
      if (local === undefined) continue;
      if (type !== 'loads') state(told.telling, { ...base, from, to: local, span });
      const known = type === 'trainedOn' ? dataAt(text, told.telling.draft.knowledge, via) : undefined;
      if (known !== undefined) state(told.telling, { from: local, to: known, type: 'copiedFrom', via: byFileName, span, role: told.role });
    }
  }
};

export const argumentsWith = (
  told: Told,
  ...found: readonly FlagMeaning[]
): readonly { readonly option: Option; readonly value: Argument; readonly sure: boolean }[] =>
  found.flatMap((meaning) =>
    optionsWith(told, meaning).flatMap((option) =>
      option.values.slice(0, 1).map((value) => ({ option, value, sure: !meaning.endsWith('IfKnown') && told.row?.knownOnly !== true })),
    ),
  );
