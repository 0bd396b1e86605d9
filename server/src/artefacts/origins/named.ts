import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { ownersCalled } from '../../knowledge/publishers.ts';
import { isPlaceholder } from '../hub-id.ts';
import { commentBefore } from './comments.ts';

/** A comment that says that code was taken from somewhere which it names without an address. */
export interface NamedSource {
  /** `owner/name`, where the catalogue knows which repository is meant or the comment says so. */
  readonly repository: string | undefined;
  /** The name as written. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const told = 'adapted adated adpated adopted copied copy borrowed modified modifed ported taken derived forked stolen reused revised extracted edited'.split(
  ' ',
);
const verbs = `(?:${told.join('|')})`;
/** Words without one of which nothing is named so, in lower case. */
export const namingWords: readonly string[] = [...told.filter((verb) => verb !== 'copy'), 'copy ', 'copy\t'];
const between = String.raw`[ \t]{1,4}(?:code[ \t])?(?:(?:directly|mostly|heavily|largely)[ \t])?(?:from|version of|based on)[ \t]{1,4}(?:the[ \t])?(?:(?:official|original)[ \t])?(?:(?:code|implementation)[ \t](?:of|in)[ \t])?["'(\x60]?`;
/** A verb, and behind it an owner with a name, which the path of a file may follow, or a name alone: "revised from Name". */
const naming = new RegExp(String.raw`\b${verbs}${between}([A-Za-z0-9][\w.-]{0,60})(?:\/([A-Za-z][\w.-]{0,60}))?(\/(?:tree|blob)\/)?`, 'gi');
/** What a name is of besides code: it was read, or is a work of another kind. */
const other = /^["'`)]?[ \t]*(?:paper|data ?sets?|data|models?|weights?|checkpoints?|papers|config\w*|style|docs?|documentation|format)\b/i;

/** The path of a module, behind a word that says no less than that its code was taken: "Modified from river.flows.wide". */
const modulePath = /^([a-z][a-z\d_]{4,40})\.[a-z_][\w.]{0,60}\.\w/;
const copying = /^(?:adapted|adopted|copied|borrowed|modified|ported|stolen|revised)\b/i;
/** Folders of anybody's own that known repositories are called, too. */
const anybodys = /^(?:datasets?|evaluate|models|metrics|tools|utils|examples?|benchmarks?|tests)$/;
const packageOf = (whole: string, name: string): string | undefined => {
  const top = copying.test(whole) ? modulePath.exec(name)?.[1] : undefined;
  return top === undefined || anybodys.test(top) ? undefined : top;
};

/** Names that nobody writes for something else: with capitals inside, with digits, or long ones with a capital. */
const isDistinctive = (name: string): boolean =>
  name.length >= 3 && (/[A-Z].*[A-Z]/.test(name) || /\d|[a-z]-[a-z]/i.test(name) || /^[A-Z][a-z]{6,}$/.test(name));

/** "Revised code from river": who says code means no other thing of that name. */
const isPlainlyCode = (whole: string, name: string): boolean => /[ \t]code[ \t]/i.test(whole) && name.length > 4 && !anybodys.test(name.toLowerCase());

/** "Copied from the Otters' River release", "adapted from Otter's lake": whose it is, and what it is called. */
const owned = new RegExp(
  String.raw`\b${verbs}${between}([A-Z][\w-]{1,40}|[a-z][\w-]{3,40})(?:[ \t](?=[A-Z])([A-Z][\w-]{1,20}))?["'’\x60]s?[ \t]{1,2}["'\x60]?([A-Za-z][\w.-]{1,60})`,
  'gi',
);

/** The repository of that name of somebody who is called so. */
const ownedRepository = (owner: string, name: string, knowledge: Knowledge): string | undefined =>
  [owner, ...ownersCalled(owner)]
    .flatMap((each) => knowledge.package(`pkg:github/${each.replace(/[ \t]/g, '-')}/${name}`) ?? [])[0]
    ?.id.slice('pkg:github/'.length);

const findOwned = (text: string, knowledge: Knowledge): readonly NamedSource[] => {
  const out: NamedSource[] = [];
  for (const match of text.matchAll(owned)) {
    if (out.length >= limits.originsPerFile) break;
    const [whole, first = '', second, written = ''] = match;
    const name = written.replace(/[.-]+$/, '');
    const end = match.index + whole.length - (written.length - name.length);
    const repository = ownedRepository(second === undefined ? first : `${first} ${second}`, name, knowledge);
    if (repository === undefined || other.test(text.slice(end, end + 20))) continue;
    const lineStart = Math.max(text.lastIndexOf('\n', match.index), text.lastIndexOf('\r', match.index)) + 1;
    const comment = match.index - lineStart > limits.lineLength ? undefined : commentBefore(text.slice(lineStart, match.index), match.index - lineStart);
    if (comment && !/\b(?:not|never|inspired)\b/i.test(comment.text)) out.push({ repository, name, start: end - name.length, end });
  }
  return out;
};

const thing = String.raw`(?:library|package|lib|repo|repository|code[- ]?base|project|toolkit|framework|(?:master|main|dev\w{0,6})[ \t]branch)`;
/** What of a name is a part of it that a file can be. */
const part = String.raw`['’]s[ \t][^\n.;]{0,50}?\b(?:module|file|script|implementation|code|class|kernel)`;
/** "Adapted from river library", "copied from the River project", "taken from River's loader module", and "Copied from River" where that is all. */
const nameless = new RegExp(
  String.raw`(^|\s)(?:[Cc]ode[ \t]+)?(${told.map((verb) => `[${verb.charAt(0).toUpperCase()}${verb.charAt(0)}]${verb.slice(1)}`).join('|')})[ \t]{1,4}(?:(?:directly|mostly|heavily|largely)[ \t])?(?:from|version of|based on)[ \t]{1,4}(the[ \t])?(?:(?:official|original)[ \t])?(["'\x60]?)([A-Za-z][\w-]{1,40}(?:\.[\w-]{1,20})?(?:[ \t][A-Z][\w-]{1,30})?)\4(?:[ \t](${thing})\b(?!['’/.]\w)|(${part})\b|[ \t]*[,;]|[ \t.]*$)`,
  'gm',
);
/** Words that stand where a name does, and sources that are no work. */
const noName =
  /^(?:a|an|the|this|that|these|those|its|it|our|my|your|their|his|another|other|others|above|below|here|there|same|existing|original|official|old|new|previous|earlier|upstream|downstream|parent|internal|external|public|private|local|main|open|source|open[- ]source|base|core|standard|python|stdlib|java\w*|rust|go|c|cpp|google|github|gitlab|git|internet|web|wikipedia|stack ?overflow|documentation|docs?|paper|papers|code|model|models|data|datasets?|image|images|hub|hf|test|tests|demo|example|examples|tutorial|various|several|multiple|many|some|each|any|different|third-party|client|server|user|host|which|where|scratch|utils?|tools?|helpers?)$/i;

/** What was taken is no code, or nothing was. */
const noCode =
  /\b(?:not|never|inspired|data|datas?ets?|weights?|checkpoints?|prompts?|config\w*|names?|values?|list|table|images?|docs?|documentation|idea)\b/i;

/** The comment speaks of the whole of a class: it stands above it, or its body begins with it. */
const isOfClass = (text: string, lineStart: number): boolean => {
  const above = text
    .slice(Math.max(0, lineStart - 600), lineStart)
    .split(/\r\n|\r|\n/)
    .slice(-8, -1);
  const opened = above.findLastIndex((line) => /^[ \t]*(?:export )?(?:default )?(?:abstract )?class\s+\w/.test(line));
  const between = opened < 0 ? undefined : above.slice(opened + 1);
  if (between?.every((line) => !/^\s*(?:def |return\b|@|self\.)|^\s*\w+\s*=/.test(line)) === true) return true;
  const below = text
    .slice(lineStart, lineStart + 900)
    .split(/\r\n|\r|\n/)
    .slice(1, 8);
  const next = below.find((line) => line.trim() !== '' && !/^[ \t]*(?:#|\/\/|\*|@)/.test(line));
  return next !== undefined && /^(?:export )?(?:default )?(?:abstract )?class\s+\w/.test(next);
};

/** The repository of the catalogue that is called so, however its name is put together. */
const repositoryOf = (name: string, knowledge: Knowledge): string | undefined =>
  ['', '-', '_'].map((sign) => knowledge.repositoryNamed(name.replace(/[ \t]+/g, sign).toLowerCase())).find((each) => each !== undefined);

/** Sources by a name that may be known to nobody: only where the comment says that it is a work of code, and speaks of a whole file or class. */
const findNameless = (text: string, head: number, knowledge: Knowledge, told: readonly NamedSource[]): readonly NamedSource[] => {
  const out: NamedSource[] = [];
  for (const match of text.matchAll(nameless)) {
    if (out.length >= limits.originsPerFile) break;
    const [whole, lead = '', verb = '', article, , name = '', , ofPart] = match;
    const start = match.index + whole.lastIndexOf(name, whole.length - (ofPart?.length ?? 0));
    const at = match.index + lead.length;
    const isAlone = whole.replace(/[ \t.,;]+$/, '').endsWith(name);
    const lineStart = Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
    if (at - lineStart > limits.lineLength || noName.test(name) || told.some((each) => each.start <= start && start <= each.end)) continue;
    const comment = commentBefore(text.slice(lineStart, at), at - lineStart);
    if (!comment || noCode.test(comment.text)) continue;
    const repository = repositoryOf(name, knowledge);
    const isCommon = article !== undefined && repository === undefined && !isDistinctive(name) && !/^[A-Z]/.test(name);
    // A name that is all there is says what it is by its capital; a common noun may follow "the".
    if (isCommon || (isAlone && (comment.text.trim() !== '' || !/^[A-Z]\w{3,}/.test(name)))) continue;
    // The next line may hold the address.
    const line = text
      .slice(start, start + 240)
      .split('\n', 2)
      .join(' ');
    if (line.includes('://') || (at >= head && !isOfClass(text, lineStart))) continue;
    // Two words, and who stands before a comma, may be anybody; what is adapted from a person is an algorithm.
    if (
      repository === undefined &&
      (/[ \t]/.test(name) || (isAlone && (!whole.trimEnd().endsWith(name) || at >= head || !/^(?:copied|ported|forked)$/i.test(verb))))
    )
      continue;
    out.push({ repository, name, start, end: start + name.length });
  }
  return out;
};

/**
 * Sources that are named without an address, in order. `owner/name` counts where the catalogue knows it or where the path of a file follows;
 * a name alone has to be that of one repository of the catalogue, distinctive, and to stand among the comments with which the file begins, which
 * end at `head`. The path of a module of such a repository may stand anywhere.
 */
export const findNamed = (text: string, head: number, knowledge: Knowledge): readonly NamedSource[] => {
  const out: NamedSource[] = [];
  for (const match of text.matchAll(naming)) {
    if (out.length >= limits.originsPerFile) break;
    const [whole, first = '', second, tree] = match;
    const end = match.index + whole.length - (tree?.length ?? 0);
    const name = (second ?? first).replace(/\.+$/, '');
    const top = second === undefined ? packageOf(whole, name) : undefined;
    if (/\bbased on/i.test(whole) && second === undefined) continue;
    const repository = second === undefined ? knowledge.repositoryNamed(top ?? name) : `${first}/${name}`;
    if (repository === undefined || whole.includes('://') || text.startsWith('//', end - 1) || text.startsWith(':/', end)) continue;
    if (
      second === undefined &&
      top === undefined &&
      (match.index >= head || !(isDistinctive(name) || isPlainlyCode(whole, name)) || other.test(text.slice(end, end + 20)))
    )
      continue;
    if (second !== undefined && isPlaceholder(repository)) continue;
    if (second !== undefined && tree === undefined && !knowledge.package(`pkg:github/${repository}`)) continue;
    const lineStart = Math.max(text.lastIndexOf('\n', match.index), text.lastIndexOf('\r', match.index)) + 1;
    if (match.index - lineStart > limits.lineLength) continue;
    const comment = commentBefore(text.slice(lineStart, match.index), match.index - lineStart);
    if (!comment || /\b(?:not|never|inspired)\b/i.test(comment.text)) continue;
    const length = second === undefined ? (top ?? name).length : first.length + 1 + name.length;
    const from = match.index + whole.length - (tree?.length ?? 0) - (second === undefined ? first.length : first.length + 1 + second.length);
    out.push({ repository, name: top ?? name, start: from, end: from + length });
  }
  out.push(...findOwned(text, knowledge).filter(({ start }) => out.every((each) => each.start !== start)));
  return [...out, ...findNameless(text, head, knowledge, out)].toSorted((a, b) => a.start - b.start);
};
