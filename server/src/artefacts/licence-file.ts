import { findLicenceMentions } from '../licence/mentions.ts';
import { identify } from '../licence/identify.ts';
import type { Match } from '../licence/identify.ts';
import { readExpression } from '../licence/expression.ts';
import { otherEdition } from '../licence/edition.ts';
import { isModified } from '../licence/modified.ts';
import { isTitledOtherwise, plainWords } from '../licence/title.ts';
import { resolveStated } from '../licence/resolve.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { indexLines } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import { spanOf } from '../text/span.ts';
import type { Span } from '../text/span.ts';
import { onlyHead } from './draft.ts';
import { factIds } from './hub-id.ts';
import { namesLicence, repositoryOf } from './references.ts';
import { here } from './types.ts';
import type { Anchor, ChangedText, LicenceFact, Reader, Reading, Scope } from './types.ts';

const textEnding = String.raw`(?:$|\.(?:md|markdown|txt|rst|html)$)`;
/** LICENSE, LICENCE.md, LICENSE-MODEL, LICENSE.PLM, UNLICENSE, COPYING.LESSER, OFL-Somefont.txt, MODEL_LICENSE, "... LICENSE AGREEMENT", WEIGHTS_TERMS_OF_USE.md. */
const licenceName = new RegExp(
  String.raw`^(?:un)?licen[cs]es?(?:$|[-_. ])|^copying(?:$|[-_. ])|^ofl(?:$|[-_. ])|[-_. ]licen[cs]e${textEnding}|licen[cs]e[-_ ]?agreement${textEnding}|(?:model|weight|parameter)s?[-_ ]terms[-_ ]of[-_ ]use${textEnding}`,
  'i',
);
/** Every text in a folder of this name is a licence of some model. */
const licenceFolder = new RegExp(String.raw`(?:^|/)(?:model|weight)s?[-_]licen[cs]es?/[^/.]+${textEnding}`, 'i');
/** At the root some keep their terms in a file of this name, and most no more than who holds the rights. */
const copyrightName = new RegExp(String.raw`^copyrights?${textEnding}`, 'i');
/** Words that grant or limit what others may do. */
const grants =
  /\bpermission\s{1,9}(?:is\s{1,9}(?:hereby\s{1,9})?granted|to\s{1,9}(?:use|copy|modify|(?:re)?distribute|reproduce))\b|\b(?:may|must|can)\s{1,9}(?:not\s{1,9})?be\s{1,9}(?:used|copied|reproduced|modified|(?:re)?distributed|published|sold)\b|\byou\s{1,9}(?:may|are\s{1,9}free\s{1,9}to)\s{1,9}(?:not\s{1,9})?(?:use|copy|modify|(?:re)?distribute|share)\b|\b(?:use|copying|reproduction|(?:re)?distribution|modification)\s{1,9}(?:of\s{1,9}\w{1,20}\s{1,9}\w{1,20}\s{1,9})?is\s{1,9}(?:strictly\s{1,9})?(?:prohibited|forbidden|permitted|allowed)\b/i;
/** Code and data about licences, headers to paste, and collections of what others' licences are. */
const notTexts =
  /\.(?:pyi?|ipynb|m?js|cjs|tsx?|jsx|json[lc]?|ya?ml|toml|cfg|ini|csv|tsv|xml|png|svg|gif|webp|jpe?g|pdf|docx?|sh|bat|ps1|css|scss|cc|cpp|cu|c|h|hpp|java|kt|go|rs|rb|swift|vue|lock|j2|jinja|tmpl|template|in|sig|asc|sha256)$|^licen[cs]e[-_. ](?:header|check|checker|template|mapping|list|badge|report|audit|notice)|[-_ ](?:header|template)[-_ ]licen[cs]e|third[-_ ]?part(?:y|ies)|3rd[-_ ]?part(?:y|ies)|bundled|dependenc/i;

/**
 * Folders that hold texts for reference or of other works: each file there speaks of something else than the folder's work. A folder below
 * one that is kept for others is a work of its own, and its text speaks for it.
 */
const keptForOthers = /(?:^|\/)(?:licen[cs]es|third[-_]?party[-_]licen[cs]es)\/|(?:^|\/)(?:third[-_]?party|3rd[-_]?party|vendor(?:ed)?)\/[^/]*$/i;

const scopeOf = (path: string, name: string): Scope => {
  if (/model|weight|checkpoint|parameter/i.test(name) || licenceFolder.test(path)) return 'weights';
  if (/data/i.test(name)) return 'data';
  return /code|software/i.test(name) ? 'code' : 'any';
};

/** Words of a file name that say what kind of terms they are, of what part, in what language: all else names somebody or something. */

/** "LICENSE-OTTER", "OTTER_LICENSE.md": undefined where all of it is about the licence. */
const namedFor = (name: string, knowledge: Knowledge): string | undefined => {
  const rest = name
    .split(/[-_. ]+/)
    .filter((word) => word !== '' && !plainWords.test(word))
    .join('-')
    .toLowerCase();
  // What this licence is for is said by its own name, though nobody adds which font it is.
  if (/^ofl\b/i.test(name)) return rest === '' ? 'font' : rest;
  if (rest === '') return undefined;
  const { licences, problem } = resolveStated(rest, 'free', knowledge);
  return licences.length > 0 || problem?.code === 'ambiguous' ? undefined : rest;
};

/** The first line with something to read, without the marks of headings and comments. */
const titleSpan = (text: string): Span => {
  const match = /[^\s#=*\-_<>/|!][^\r\n]*/.exec(text.slice(0, 4000));
  return match ? spanOf(match.index, match.index + match[0].trimEnd().length) : spanOf(0, 0);
};

/** UTF-16 units of a text that is too short for a contract: its first line may be all that it says. */
const shortText = 4000;
const longestTitle = 120;

interface Said {
  readonly licences: readonly string[];
  readonly choice: boolean;
  readonly ofComponents: readonly string[];
}

/** The heading of a list of what else goes along: "Other dependencies and licenses:", "Open Source Software Licensed under the MIT License:". */
const componentList =
  /^[^\p{L}\n]{0,8}(?:other (?:dependencies|components) and licen[cs]es|(?:open[- ]source software|components?|dependencies) (?:(?:is |are )?licen[cs]ed )?under\b|(?:[\w.-]{1,30} ){0,4}subcomponents?:|third[- ]party (?:software|components?|code|notices|libraries)(?: (?:licen[cs]es|notices|attributions?))?[ \t:]*$)/imu;

/** The line, from 1, at which that list begins, below the text of the whole; undefined where there is none. */
const componentsFrom = (text: string, matches: readonly Match[]): number | undefined => {
  const at = componentList.exec(text)?.index;
  if (at === undefined) return undefined;
  const line = text.slice(0, at).split(/\r\n|\r|\n/).length;
  return matches.some(({ kind, endLine }) => kind === 'text' && endLine < line) ? line : undefined;
};

/** The licences of a file: recognised as texts or grants, else what its first line names. */
const licencesOf = (text: string, title: string, matches: readonly Match[], knowledge: Knowledge): Said => {
  const list = componentsFrom(text, matches);
  const idsOf = (some: readonly Match[]): readonly string[] => [...new Set(some.filter(({ kind }) => kind !== 'reference').map(({ licence }) => licence))];
  const said = idsOf(list === undefined ? matches : matches.filter(({ startLine }) => startLine < list));
  const ofComponents = list === undefined ? [] : idsOf(matches.filter(({ startLine }) => startLine >= list)).filter((id) => !said.includes(id));
  if (said.length > 0) {
    const expressions = said.map((licence) => readExpression(licence));
    return {
      licences: [...new Set(expressions.flatMap((expression, at) => expression?.licences ?? [said[at] ?? '']))],
      choice: said.length === 1 && expressions[0]?.choice === true,
      ofComponents,
    };
  }
  const { licences, choice } = text.length < shortText ? resolveStated(title, 'free', knowledge) : { licences: [], choice: false };
  return { licences, choice, ofComponents };
};

/** UTF-16 units of a file that holds a sentence or two. */
const shortest = 800;

/** What a sentence or two say that stand where a text is expected: an address of terms that are known, or what use is limited to. */
const sentenceIn = (text: string, knowledge: Knowledge): { readonly span: Span; readonly stated: string; readonly licences: readonly string[] } | undefined => {
  if (text.length > shortest) return undefined;
  const mentions = findLicenceMentions(text, knowledge);
  const named = mentions.find(({ licences, text: written }) => licences.length > 0 && /^https?:/.test(written));
  const limit = mentions.find(({ category }) => category !== null);
  const found = named ?? limit;
  if (!found || (named && mentions.some(({ licences }) => licences.length > 0 && licences.join() !== named.licences.join()))) return undefined;
  return { span: found.span, stated: named ? found.text : `category:${found.category}`, licences: found.licences };
};

/** An address of a file that somebody keeps: what stands there tomorrow, nobody here decides. */
const keptAt = /https?:\/\/[^\s)\]>"']{8,300}/;
/** Words beside an address that only lead there. */
const leading = /\b(?:refer|see|found|available|here|link|located|visit|read|licen[cs]e|agreement|policy)\b/i;
const fewWords = 30;

/** The file of terms that a licence file sends its reader to, where that is all that it says. */
const elsewhereIn = (text: string): string | undefined => {
  const address = text.length > shortest ? undefined : keptAt.exec(text)?.[0].replace(/[.,;:]+$/, '');
  if (address === undefined || repositoryOf(address)?.path == null) return undefined;
  const words = text
    .replace(new RegExp(keptAt, 'g'), ' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word));
  return namesLicence(address) && words.length <= fewWords && (words.length === 0 || leading.test(words.join(' '))) ? address : undefined;
};

/** Lines on who holds the rights: what is left of a file may be no more than a name. */
const ofHolder = /^[^\p{L}\n]*(?:copyright\b|©|all\s+rights\s+reserved)[^\n]*$/gimu;
const fewNames = 6;
/** "BEAVER-XY": one of several that are called beaver. */
const edition = /-\p{Lu}{1,2}(?=\s|$)/u;

/** The name of several licences, where that is all that a licence file says. */
const onlyFamily = (text: string, knowledge: Knowledge): LicenceFact['problem'] => {
  if (text.length > shortest) return null;
  const words = text
    .replace(ofHolder, ' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word));
  if (words.length === 0 || words.length > fewNames) return null;
  const rest = words.join(' ');
  const problems = [rest, rest.replace(edition, '')].map((name) => resolveStated(name, 'free', knowledge).problem);
  return problems.find((problem) => problem?.code === 'ambiguous') ?? null;
};

/** "Otter data are for research only": what a sentence is about, in a file whose name does not tell. */
const scopeIn = (text: string): Scope =>
  /\b(?:data\s?sets?|data|corpus)\b|数据/i.test(text) && !/\b(?:code|software|models?|weights)\b|代码|模型|权重/i.test(text) ? 'data' : 'any';

/** Whole lines without the white space around them. */
/** Slot: the line with the name of a text that begins with its holder. */
export const namedSlot = (fact: string): string => `${fact}#named`;

const namedBelow = /^\s*(?:(?:copyright\b|©|\(c\))[^\n]{0,300}\n\s*){1,4}([^\n]{0,100}\b(?:licen[cs]e|agreement|terms)\b[^\n]{0,100})/i;

/** Below one or several lines of copyright: what the text is called. */
const nameSpan = (text: string): Span | undefined => {
  const found = namedBelow.exec(text.slice(0, 2000));
  const name = found?.[1];
  return found && name !== undefined ? spanOf(found[0].length - name.length, found[0].length - name.length + name.trimEnd().length) : undefined;
};

const lineSpan = (text: string, index: LineIndex, startLine: number, endLine: number): Span => {
  const start = index.starts[startLine - 1] ?? text.length;
  const lines = text.slice(start, index.starts[endLine] ?? text.length);
  return spanOf(start + lines.length - lines.trimStart().length, start + Math.max(lines.trimEnd().length, lines.length - lines.trimStart().length));
};

/** What stands there stands in the same text once more: a line was copied twice, and nobody changed a condition. */
const isRepeated = (text: string, changes: readonly { readonly startLine: number; readonly endLine: number }[]): boolean => {
  const kept: string[] = [];
  const own: string[] = [];
  for (const [number, line] of text.split('\n').entries()) {
    const words = line
      .replace(/^\s*(?:\d{1,2}|[a-z])[.)]\s/, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const isChanged = changes.some(({ startLine, endLine }) => startLine <= number + 1 && number + 1 <= endLine);
    if (words !== '') (isChanged ? own : kept).push(words);
  }
  return own.length > 0 && own.every((words) => words.length > 30 && kept.includes(words));
};

/** Lines of a text of many sections. */
const longLines = 100;

interface Changes {
  readonly changed: readonly ChangedText[];
  readonly anchors: Readonly<Record<string, Anchor>>;
}

/** Texts that are the known one no more and no other that is known: editions of a publisher's own licence have their ids. */
const changesIn = (text: string, title: string, matches: readonly Match[], knowledge: Knowledge): Changes => {
  const index = indexLines(text);
  const anchors: Record<string, Anchor> = {};
  const changed: ChangedText[] = [];
  for (const { licence, of, changes = [], shortened, startLine, endLine } of matches) {
    const [start] = changes;
    if (of === undefined || start === undefined || !isModified(licence)) continue;
    const first = `licence-file:changed:${changed.length}`;
    anchors[first] = { span: lineSpan(text, index, start.startLine, start.startLine) };
    const stretches = changes.slice(0, limits.changesPerText).map(({ startLine, endLine }, number) => {
      const slot = `${first}:${number}`;
      anchors[slot] = { span: lineSpan(text, index, startLine, endLine) };
      return slot;
    });
    // Of a long text that was written from memory some words are missing; who takes a condition out of a short one knows it.
    const slip = isRepeated(text, changes) || (shortened === true && endLine - startLine > longLines);
    // Whoever states another licence above it does not hand the text on as the known one.
    const statedAbove = matches.some((match) => match.kind === 'notice' && match.endLine < startLine && match.licence !== of);
    const titled = statedAbove || isTitledOtherwise(title, of, knowledge.terms(of));
    const edition = otherEdition(text, knowledge.terms(of), changes)?.stated;
    changed.push({ licence, of, first, stretches, ...(slip ? { slip } : {}), ...(titled ? { titled } : {}), ...(edition === undefined ? {} : { edition }) });
  }
  return { changed, anchors };
};

/** A file that holds nothing but the path of another one, as links become in some checkouts. */
const isPointer = (text: string): boolean => text.length < 200 && /^\s*(?:\.{1,2}\/)+[\w./ -]+\s*$/.test(text);

/** Licence files under all the names that repositories give them. A file whose text is not recognised still says that there are terms. */
export const licenceFileReader: Reader = {
  id: 'licence-file',
  version: 14,
  matches: (path, name) =>
    (licenceName.test(name) || licenceFolder.test(path) || copyrightName.test(path)) && !notTexts.test(name) && !keptForOthers.test(path),
  wants: 'text',
  maximum: limits.licenceBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    if (text.trim() === '' || isPointer(text)) return { facts: [], anchors: {}, problems: [] };
    const name = path.slice(path.lastIndexOf('/') + 1);
    const span = titleSpan(text);
    const title = text.slice(span.start, span.end).slice(0, longestTitle);
    const { matches } = identify(text, knowledge);
    const ofCopyright = copyrightName.test(path);
    if (ofCopyright && !grants.test(text) && matches.every(({ kind }) => kind === 'reference')) return { facts: [], anchors: {}, problems: [] };
    // A name that several have is taken for the one of them that is meant most, elsewhere.
    const family = matches.some(({ kind }) => kind === 'text') ? null : onlyFamily(text, knowledge);
    const said = family === null ? licencesOf(text, title, matches, knowledge) : { licences: [], choice: false, ofComponents: [] };
    // Beside who holds rights in what, several are often those of several parts.
    const isOpen = ofCopyright && said.licences.length > 1 && !said.choice;
    const { licences, choice, ofComponents } = isOpen ? { ...said, licences: [] } : said;
    const { changed, anchors } = isOpen ? { changed: [], anchors: {} } : changesIn(text, title, matches, knowledge);
    const about = namedFor(name, knowledge);
    const elsewhere = changed.length === 0 ? elsewhereIn(text) : undefined;
    const sentence = licences.length === 0 && !isOpen && changed.length === 0 && family === null ? sentenceIn(text, knowledge) : undefined;
    if (sentence) {
      const id = factIds('licence-file')('licence', sentence.stated);
      const scope = scopeOf(path, name) === 'any' ? scopeIn(text) : scopeOf(path, name);
      const fact = {
        kind: 'licence',
        id,
        work: here,
        scope,
        speaker: 'licensor',
        evidence: 'text',
        stated: sentence.stated,
        licences: sentence.licences,
        choice: false,
        via: 'text',
        problem: null,
        ...(about === undefined ? {} : { namedFor: about }),
        ...(elsewhere === undefined || sentence.licences.length === 0 ? {} : { elsewhere }),
      } as const;
      return { facts: [fact], anchors: { [id]: { span: sentence.span } }, problems: [] };
    }
    const id = factIds('licence-file')('licence', licences.join('+') || title);
    const named = nameSpan(text);
    return {
      facts: [
        {
          kind: 'licence',
          id,
          work: here,
          scope: scopeOf(path, name),
          speaker: 'licensor',
          evidence: 'text',
          stated: licences.length > 0 ? name : title,
          licences,
          choice,
          via: 'text',
          problem: family,
          ...(changed.length > 0 ? { changed } : {}),
          ...(ofComponents.length > 0 ? { ofComponents } : {}),
          ...(about === undefined ? {} : { namedFor: about }),
          ...(elsewhere === undefined ? {} : { elsewhere }),
        },
      ],
      anchors: { ...anchors, [id]: { span }, ...(named ? { [namedSlot(id)]: { span: named } } : {}) },
      problems: size > limits.licenceBytes ? [onlyHead(limits.licenceBytes)] : [],
    };
  },
};
