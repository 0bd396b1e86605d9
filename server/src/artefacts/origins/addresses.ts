import hosts from '../../knowledge/data/code-hosts.json';
import { needleFinder } from '../../text/needles.ts';

/** Where code can be taken from, as a text writes it. */
export interface CodeAddress {
  /** `github.com`, `gist.github.com`, or another place where repositories lie; of answers, their site. */
  readonly host: string;
  /** `owner/name`; the owner alone where no more is given; of a gist, `owner/number`; empty for a site of answers, whose terms are the same for all. */
  readonly repository: string;
  /** The last part of it, as written. */
  readonly name: string;
  /** The commit, tag or branch that the address names. */
  readonly revision: string | null;
  /** What follows the repository and its revision. */
  readonly target: string | undefined;
  /** It is a part of the site that holds talk, not code. */
  readonly isTalk: boolean;
  readonly leadsToFile: boolean;
  readonly whole: string;
  readonly index: number;
}

const github =
  /https?:\/\/(?:www\.)?(?:github\.com|raw\.githubusercontent\.com)\/([A-Za-z0-9][\w-]{0,38})\/([\w.-]{1,100})(?:\/(blob|tree|raw|blame|commit)\/([\w.-]{1,100})([^\s)\]>"'`,;]*)|\/([\w.-]+)([^\s)\]>"'`,;]*))?(?=[\s)\]>"'`,;:.#?/]|$)/g;
/** Somebody's page alone, which does not tell the repository. */
const ownerPage = /https?:\/\/(?:www\.)?github\.com\/([A-Za-z0-9][\w-]{0,38})\/?(?=[\s)\]>"'`,;:]|\.(?:\s|$)|$)/g;
/** A snippet that somebody put up by itself. */
const gist = /https?:\/\/gist\.github(?:usercontent)?\.com\/([A-Za-z0-9][\w-]{0,38})\/([0-9a-f]{20,40}|\d{4,9})(?=[\s)\]>"'`,;:.#?/]|$)/g;

const escaped = (words: readonly string[]): string => words.map((word) => word.replace(/[.]/g, '\\.')).join('|');
const answer = new RegExp(String.raw`https?:\/\/(?:[\w-]{1,40}\.){0,2}(${escaped(hosts.answers)})\/(?:a|q|questions|answers)\/\d[^\s)\]>"'\`,;]*`, 'g');
const named = (names: number): RegExp =>
  new RegExp(
    String.raw`https?:\/\/(?:www\.)?(${escaped(hosts.repositories.flatMap((row) => (row.names === names ? [row.address] : [])))})\/([\w-][\w.-]{0,60}${String.raw`\/[\w-][\w.-]{0,100}`.repeat(names - 1)})([^\s)\]>"'\`,;]*)`,
    'g',
  );
const elsewhere = [named(1), named(2)];

const talk = new Set([
  'issues',
  'issue',
  'pull',
  'pulls',
  'discussions',
  'releases',
  'wiki',
  'actions',
  'projects',
  'stargazers',
  'graphs',
  'security',
  'compare',
]);
const talkBelow = new RegExp(`^\\/(?:-\\/)?(?:${[...talk].join('|')})\\b`);

const isFileAddress = (path: string | undefined): boolean => path !== undefined && /\.\w{1,6}(?:#L?\d|$)/.test(path);

const mayNameGithub = needleFinder(['github.com', 'githubusercontent.com']);
const mayNameOther = needleFinder([...hosts.answers, ...hosts.repositories.map(({ address }) => address)]);

const onGithub = (match: RegExpMatchArray): CodeAddress => {
  const [whole, owner = '', name = '', , revision, path, section, below] = match;
  const raw = whole.includes('raw.githubusercontent.com');
  const target = path ?? below;
  return {
    host: 'github.com',
    repository: `${owner}/${name.replace(/\.+$|\.git$/, '')}`,
    name,
    revision: revision ?? (raw ? (section ?? null) : null),
    target,
    isTalk: section !== undefined && talk.has(section.toLowerCase()),
    leadsToFile: raw || isFileAddress(target?.replace(/[.:]+$/, '')),
    whole,
    index: match.index ?? 0,
  };
};

const bare = (match: RegExpMatchArray): Pick<CodeAddress, 'revision' | 'whole' | 'index'> => ({ revision: null, whole: match[0], index: match.index ?? 0 });

const onGist = (match: RegExpMatchArray): CodeAddress => {
  const [, owner = '', name = ''] = match;
  return { ...bare(match), host: 'gist.github.com', repository: `${owner}/${name}`, name, target: undefined, isTalk: false, leadsToFile: true };
};

const ofOwner = (match: RegExpMatchArray): CodeAddress => ({
  ...bare(match),
  host: 'github.com',
  repository: match[1] ?? '',
  name: '',
  target: undefined,
  isTalk: false,
  leadsToFile: false,
});

const ofAnswer = (match: RegExpMatchArray): CodeAddress => {
  const [, host = ''] = match;
  return { ...bare(match), host, repository: '', name: '', target: undefined, isTalk: false, leadsToFile: true };
};

const onOther = (match: RegExpMatchArray): CodeAddress => {
  const [, host = '', written = '', target = ''] = match;
  const repository = written.replace(/\.+$|\.git$/, '');
  const name = repository.slice(repository.indexOf('/') + 1);
  return { ...bare(match), host, repository, name, target, isTalk: talkBelow.test(target), leadsToFile: isFileAddress(target.replace(/[.:]+$/, '')) };
};

/** A cheap test first: most texts hold no such address. */
export const mayNameCode = (text: string): boolean => mayNameGithub.inText(text) || mayNameOther.inText(text);

/** Addresses of repositories, snippets and answers, in order. */
export const codeAddressesIn = (text: string): readonly CodeAddress[] => {
  const out: CodeAddress[] = [];
  // Most code has none, and this is the cheapest look.
  if (!text.includes('://')) return out;
  if (mayNameGithub.inText(text)) {
    for (const match of text.matchAll(github)) out.push(onGithub(match));
    for (const match of text.matchAll(ownerPage)) out.push(ofOwner(match));
    if (text.includes('//gist.github')) for (const match of text.matchAll(gist)) out.push(onGist(match));
  }
  if (mayNameOther.inText(text)) {
    for (const match of text.matchAll(answer)) out.push(ofAnswer(match));
    for (const pattern of elsewhere) for (const match of text.matchAll(pattern)) out.push(onOther(match));
  }
  return out.toSorted((a, b) => a.index - b.index);
};
