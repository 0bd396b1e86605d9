import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { isPlaceholder } from '../hub-id.ts';
import { commentBefore } from './comments.ts';

/** A comment that says that code was taken from a repository which it names without an address. */
export interface NamedSource {
  /** `owner/name`. */
  readonly repository: string;
  readonly start: number;
  readonly end: number;
}

const told = 'adapted adated adpated adopted copied copy borrowed modified modifed ported taken derived forked stolen reused revised extracted edited'.split(
  ' ',
);
const verbs = `(?:${told.join('|')})`;
/** Words without one of which nothing is named so, in lower case. */
export const namingWords: readonly string[] = [...told.filter((verb) => verb !== 'copy'), 'copy ', 'copy\t'];
const between = String.raw`[ \t]{1,4}(?:(?:directly|mostly|heavily|largely)[ \t])?(?:from|version of)[ \t]{1,4}(?:the[ \t])?(?:(?:official|original)[ \t])?(?:(?:code|implementation)[ \t](?:of|in)[ \t])?["'(\x60]?`;
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
    const repository = second === undefined ? knowledge.repositoryNamed(top ?? name) : `${first}/${name}`;
    if (repository === undefined || whole.includes('://') || text.startsWith('//', end - 1) || text.startsWith(':/', end)) continue;
    if (second === undefined && top === undefined && (match.index >= head || !isDistinctive(name) || other.test(text.slice(end, end + 20)))) continue;
    if (second !== undefined && isPlaceholder(repository)) continue;
    if (second !== undefined && tree === undefined && !knowledge.package(`pkg:github/${repository}`)) continue;
    const lineStart = Math.max(text.lastIndexOf('\n', match.index), text.lastIndexOf('\r', match.index)) + 1;
    if (match.index - lineStart > limits.lineLength) continue;
    const comment = commentBefore(text.slice(lineStart, match.index), match.index - lineStart);
    if (!comment || /\b(?:not|never|inspired)\b/i.test(comment.text)) continue;
    const length = second === undefined ? (top ?? name).length : first.length + 1 + name.length;
    const from = match.index + whole.length - (tree?.length ?? 0) - (second === undefined ? first.length : first.length + 1 + second.length);
    out.push({ repository, start: from, end: from + length });
  }
  return out;
};
