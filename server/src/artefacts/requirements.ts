import { limits } from '../text/limits.ts';
import type { Span } from '../text/span.ts';
import { datasetWork, factIds, hubReference, modelWork, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading, WorkId } from './types.ts';

/** A work that a dependency names by its address: an installer takes it from there, not from an index. */
export interface DirectReference {
  readonly to: WorkId;
  readonly revision: string | null;
  /** Of the address within the text. */
  readonly span: Span;
}

const github =
  /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[\w.-]+@)?github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:@([\w./-]+?)|#(?:semver:)?([\w./-]+)|\/archive\/(?:refs\/(?:heads|tags)\/)?([\w./-]+?)\.(?:zip|tar\.gz))?(?=[#?]|$)/;
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

/** requirements files of pip: what they take from an address rather than from an index. */
export const requirementsReader: Reader = {
  id: 'requirements',
  version: 1,
  matches: (path, name) => /^(?:.*[-_.])?requirements(?:[-_.].*)?\.(?:txt|in)$/.test(name) || /(?:^|\/)requirements\/[^/]+\.(?:txt|in)$/i.test(path),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('requirements');
    for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
      if (/^\s*#/.test(line)) continue;
      const found = directReference(line);
      if (!found) continue;
      const id = idOf('loads', found.to);
      facts.push({
        kind: 'relation',
        id,
        from: here,
        to: found.to,
        type: 'loads',
        role: roleOfPath(path),
        revision: found.revision,
        via: 'requirement',
        pinnable: false,
        remoteCode: false,
      });
      anchors[id] = { span: { start: index + found.span.start, end: index + found.span.end } };
    }
    return { facts, anchors, problems: [] };
  },
};
