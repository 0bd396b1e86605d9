import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import type { Span } from '../text/span.ts';
import { datasetWork, factIds, hubReference, modelWork, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading, Role, WorkId } from './types.ts';

/** A work that a dependency names by its address: an installer takes it from there, not from an index. */
export interface DirectReference {
  readonly to: WorkId;
  readonly revision: string | null;
  /** Of the address within the text. */
  readonly span: Span;
}

const github =
  /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[\w.-]+@)?github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:@([\w./-]+?)|#(?:semver:)?([\w./-]+)|\/archive\/(?:refs\/(?:heads|tags)\/)?([\w./-]+?)\.(?:zip|tar\.gz))?\/?(?=[#?]|$)/;
const npmShort = /^(?:github:)?([\w-][\w.-]*)\/([\w.-]+?)(?:#([\w./-]+))?$/;

/** PEP 508 (`name @ URL`), pip's bare and editable URLs, npm's `github:owner/name`. Undefined for versions, paths and other hosts. */
export const directReference = (text: string): DirectReference | undefined => {
  if (text.length > 1_000) return undefined;
  const lead = /^\s*(?:-e\s+|--editable[\s=]+)?(?:[A-Za-z0-9][\w.-]*(?:\[[\w,\s.-]*\])?\s*@\s*)?/.exec(text)?.[0].length ?? 0;
  const address = /^\S+/.exec(text.slice(lead))?.[0] ?? '';
  const span = { start: lead, end: lead + address.length };
  const hub = /^(?:git\+)?https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\//.test(address) ? hubReference(address.replace(/^git\+/, '')) : undefined;
  if (hub) return { to: hub.type === 'dataset' ? datasetWork(hub.id) : modelWork(hub.id), revision: hub.revision, span };
  const found = github.exec(address);
  if (found) return { to: `pkg:github/${found[1]}/${found[2]}`, revision: found[3] ?? found[4] ?? found[5] ?? null, span };
  const short = address.startsWith('github:') ? npmShort.exec(address) : null;
  return short ? { to: `pkg:github/${short[1]}/${short[2]}`, revision: short[3] ?? null, span } : undefined;
};

const named = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(?=[<>=!~;#^,]|\s|$)/;

/** `name`, `name[extra]>=1`: a package of the index, where the knowledge has more to say of it than that it is there. */
export const packageReference = (text: string, knowledge: Knowledge): DirectReference | undefined => {
  const name = text.length > 1_000 ? undefined : named.exec(text)?.[1];
  if (name === undefined) return undefined;
  const to = `pkg:pypi/${name.toLowerCase().replace(/[-_.]+/g, '-')}`;
  const start = text.length - text.trimStart().length;
  return knowledge.package(to) ? { to, revision: null, span: { start, end: start + name.length } } : undefined;
};

/** The first major version that a range of npm lets in; a tag or a star lets in the newest. Undefined for what is no range of the index. */
const firstMajor = (range: string): number | undefined => {
  const value = range.trim();
  if (/^(?:latest|\*|x)?$/i.test(value)) return Infinity;
  const found = /^[\^~>=v]{0,3} {0,9}(\d{1,9})(?=[.\sx-]|$)/.exec(value)?.[1];
  return found === undefined ? undefined : Number(found);
};

/** `"name": "^1.2.3"` of package.json: a package of npm, where the knowledge has more to say of it, and of the version. */
export const npmReference = (name: string, range: string, knowledge: Knowledge): WorkId | undefined => {
  const to = `pkg:npm/${name.replace(/^@/, '%40')}`;
  const found = knowledge.package(to);
  const major = firstMajor(range);
  return found && major !== undefined && major >= (found.since ?? 0) ? to : undefined;
};

/** What only those who work on the code install. */
const forDevelopers = /(?:^|[-_./])(?:dev|develop|development|docs?|lint|linting|typing|ci|style|quality)(?:$|[-_./])/i;

export const roleOfGroup = (path: string, group: string): Role => {
  const role = roleOfPath(`${path}/${group}`);
  return role === 'decision' && forDevelopers.test(group === '' ? (path.split('/').at(-1) ?? '') : group) ? 'evaluation' : role;
};

/** Items of a conda environment are items of a YAML list; lines of pip are as they are. */
const itemOf = (line: string): number => /^\s*-\s+["']?(?=[A-Za-z0-9])/.exec(line)?.[0].length ?? 0;

/** requirements files of pip, and environments of conda: what they take from an address, or from an index under terms that are known. */
export const requirementsReader: Reader = {
  id: 'requirements',
  version: 2,
  matches: (path, name) =>
    /^(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)$/.test(name) ||
    /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/i.test(path) ||
    /^(?:conda[-_.]?)?env(?:ironment)?(?:[-_.][\w.-]*)?\.ya?ml$/.test(name),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('requirements');
    const role = roleOfGroup(path, '');
    for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
      if (/^\s*#/.test(line) || line.length > limits.lineLength) continue;
      const from = itemOf(line);
      const found = directReference(line.slice(from)) ?? packageReference(line.slice(from), knowledge);
      if (!found) continue;
      const id = idOf('loads', found.to);
      facts.push({
        kind: 'relation',
        id,
        from: here,
        to: found.to,
        type: 'loads',
        role,
        revision: found.revision,
        via: 'requirement',
        pinnable: false,
        remoteCode: false,
      });
      anchors[id] = { span: { start: index + from + found.span.start, end: index + from + found.span.end } };
    }
    return { facts, anchors, problems: [] };
  },
};
