import type { CompletionItem, Position } from 'vscode-languageserver/node';
import { MarkupKind } from 'vscode-languageserver/node';
import type { Knowledge } from '../../knowledge/types.ts';
import { policyFileName } from '../../policy/read.ts';
import { describe } from '../../report/describe.ts';
import { describeRule } from '../../report/describe-rule.ts';
import { describeMarkdown } from '../../report/describe-text.ts';
import { limits } from '../../text/limits.ts';
import { indexLines, lineText, offsetAt } from '../../text/lines.ts';
import type { LineIndex } from '../../text/lines.ts';
import { candidatesFor, kindOf } from './candidates.ts';
import type { Source } from './candidates.ts';
import { commandPlace } from './command.ts';
import { configPlace } from './config.ts';
import type { Place } from './place.ts';
import { policyPlace } from './policy-place.ts';
import { stringPlace } from './strings.ts';

const sourceOfKey: Readonly<Record<string, Source>> = {
  license: 'hub-licence',
  license_name: 'licence-name',
  base_model: 'model',
  base_model_relation: 'hub-relation',
  datasets: 'dataset',
  source_datasets: 'dataset',
  new_version: 'model',
};

/** The key whose value or list item stands at the end of `head`; the list may have begun on a line above. */
const cardKey = (text: string, index: LineIndex, line: number, head: string): { readonly key: string; readonly start: number } | undefined => {
  const own = /^(\w+):[ \t]*\[?(?:(?:[^\],]*,)+[ \t]*)?["']?([^"',[\]\s]*)$/.exec(head);
  if (own) return { key: own[1] ?? '', start: head.length - (own[2] ?? '').length };
  const item = /^[ \t]*-[ \t]+["']?([^"'\s]*)$/.exec(head);
  if (!item) return undefined;
  for (let above = line - 1; above > 0; above -= 1) {
    const key = /^(\w+):[ \t]*$/.exec(lineText(text, index, above));
    if (key) return { key: key[1] ?? '', start: head.length - (item[1] ?? '').length };
    if (!/^[ \t]*(?:-|#|$)/.test(lineText(text, index, above))) return undefined;
  }
  return undefined;
};

/** The front matter's lines: from a `---` on the first line to the next one. */
const inFrontMatter = (text: string, index: LineIndex, line: number): boolean => {
  if (line === 0 || !/^---\s*$/.test(lineText(text, index, 0))) return false;
  for (let above = 1; above < line; above += 1) if (/^(?:---|\.\.\.)\s*$/.test(lineText(text, index, above))) return false;
  return true;
};

/** A licence where a manifest wants an SPDX id. */
const manifests: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:pyproject\.toml|cargo\.toml|package\.json)$/, /^\s*"?license"?\s*[=:]\s*["'](?:[\w.+-]+ (?:AND|OR) )*([\w.+-]*)$/],
  [/^citation\.cff$/, /^license:[ \t]*["']?([\w.+-]*)$/],
  [/^setup\.cfg$/, /^license[ \t]*=[ \t]*([\w.+-]*)$/],
];

const placed = (source: Source, head: string, word: string | undefined): Place => ({ source, start: head.length - (word ?? '').length });

/** What may stand in any file, whatever it is. */
const anywhere = (head: string): Place | undefined => {
  const tag = /SPDX-License-Identifier"?[ \t]*[:=][ \t]*["']?(?:[\w.+-]+[ \t]+(?:AND|OR)[ \t]+)*([\w.+-]*)$/.exec(head);
  if (tag) return placed('spdx', head, tag[1]);
  const ignored = /pedigree-ignore(?:-file)?[ \t]+(?:[a-z-]+[ \t]*,[ \t]*)*([a-z-]*)$/.exec(head);
  return ignored ? placed('rule', head, ignored[1]) : undefined;
};

/** A base of a Modelfile: one of the hub needs its address in front, since names alone are of another library. */
const modelfilePlace = (head: string): Place | undefined => {
  const found = /^\s*(?:FROM|ADAPTER)[ \t]+(?:(hf\.co|huggingface\.co)\/)?([\w./-]*)$/i.exec(head);
  return found ? { ...placed('model', head, found[2]), ...(found[1] === undefined ? { prefix: 'hf.co/' } : {}) } : undefined;
};

const cardPlace = (text: string, index: LineIndex, line: number, head: string): Place | undefined => {
  if (!inFrontMatter(text, index, line)) return undefined;
  const found = cardKey(text, index, line, head);
  const source = found ? sourceOfKey[found.key] : undefined;
  return found && source ? { source, start: found.start } : undefined;
};

const shellName = /\.(?:sh|bash|zsh|slurm|sbatch|pbs|lsf|mk|just)$|(?:^|\.)(?:dockerfile|containerfile)(?:$|[._-])|^(?:gnu)?makefile(?:$|\.)|^\.?justfile$/;
const codeName = /\.(?:py|ipynb|[cm]?[jt]s|[jt]sx|vue|svelte)$/;

const placeAt = (path: string, text: string, { line, character }: Position): Place | undefined => {
  const index = indexLines(text);
  const head = lineText(text, index, line).slice(0, character);
  if (head.length > limits.completedLine) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const found = anywhere(head);
  if (found) return found;
  if (path === policyFileName) return policyPlace(text, index, line, head);
  const manifest = manifests.find(([names]) => names.test(name))?.[1].exec(head);
  if (manifest) return placed('spdx', head, manifest[1]);
  if (name.endsWith('.md')) return cardPlace(text, index, line, head);
  if (/(?:^|\.)modelfile(?:$|[._-])/.test(name)) return modelfilePlace(head);
  if (codeName.test(name))
    return (
      stringPlace(text, offsetAt(index, { line, character }), head) ??
      (/^\s*!/.test(head) ? commandPlace(text, index, line, head.replace('!', ' ')) : undefined)
    );
  if (shellName.test(name)) return commandPlace(text, index, line, head);
  return /\.(?:ya?ml|jsonc?|toml)$/.test(name) ? (configPlace(name, text, index, line, head) ?? commandPlace(text, index, line, head)) : undefined;
};

/** What fits beside an id in a list: the class without the name. */
const shortClass = (source: Source, detail: string): string | undefined => (source.startsWith('keys:') ? undefined : (detail.split(':')[0] ?? detail));

/** What `documentItem` finds it again by. */
interface ItemData {
  readonly about: string;
}

/** Ids that fit where the cursor stands, each with its class of terms; none elsewhere. */
export const completionsAt = (path: string, text: string, position: Position, knowledge: Knowledge): readonly CompletionItem[] => {
  const place = placeAt(path, text, position);
  if (!place) return [];
  const { source, start, prefix = '', colon } = place;
  const range = { start: { line: position.line, character: start }, end: position };
  const kind = kindOf(source);
  const line = lineText(text, indexLines(text), position.line);
  // An empty value behind `license:` still needs its blank; a key that is being renamed has its colon.
  const blank = line.slice(0, start).endsWith(':') ? ' ' : '';
  const hasColon = /^[\w-]*["']?[ \t]*:/.test(line.slice(position.character));
  return candidatesFor(source, knowledge).map(({ label, detail, about }) => {
    const description = shortClass(source, detail);
    const data: ItemData | undefined = about === undefined ? undefined : { about };
    return {
      label: `${prefix}${label}`,
      ...(detail === '' ? {} : { detail }),
      ...(description === undefined ? {} : { labelDetails: { description } }),
      kind,
      filterText: label,
      textEdit: { range, newText: `${blank}${prefix}${label}${colon && !hasColon ? colon(label) : ''}` },
      ...(data ? { data } : {}),
    };
  });
};

/** The item with what is known of it, as a hover would say it. */
export const documentItem = (item: CompletionItem, knowledge: Knowledge): CompletionItem => {
  const about = (item.data as ItemData | undefined)?.about;
  const described = about === undefined ? undefined : (describeRule(about) ?? describe(about, knowledge));
  return described ? { ...item, documentation: { kind: MarkupKind.Markdown, value: describeMarkdown(described) } } : item;
};
