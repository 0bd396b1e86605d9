import { limits } from '../text/limits.ts';
import { factIds, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading, WorkId } from './types.ts';

/** `https://github.com/owner/name.git`, `git@github.com:owner/name`, `ssh://git@host/owner/name`. */
const address = /^(?:(?:https?|git|ssh):\/\/(?:[\w.-]+@)?|[\w.-]+@)([\w.-]+)(?::\d{1,5}(?=\/))?[/:]([\w./~+-]{1,300}?)(?:\.git)?\/?$/;

/** The repository that an address of a submodule leads to; undefined for paths and for what is relative to a place that only git knows. */
export const repositoryWork = (url: string): WorkId | undefined => {
  const found = address.exec(url.trim());
  if (!found) return undefined;
  const [, host = '', path = ''] = found;
  const parts = path.split('/').filter((part) => part !== '');
  if (host.toLowerCase() === 'github.com' || host.toLowerCase() === 'www.github.com')
    return parts.length === 2 && parts.every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)) ? `pkg:github/${parts.join('/')}` : undefined;
  return parts.length >= 2 && host.includes('.') ? `url:https://${host.toLowerCase()}/${parts.join('/')}` : undefined;
};

interface Section {
  url: { readonly value: string; readonly start: number } | undefined;
  branch: string | null;
}

/** `key = value`, with or without quotes, a comment behind it. */
const pair = /^\s*([A-Za-z][\w-]*)\s*=\s*("[^"]*"|[^#;\r\n]*)/;

/** .gitmodules: repositories that belong to this tree. Which commit of each is git's own secret; the branch that is followed stands here. */
export const gitmodulesReader: Reader = {
  id: 'gitmodules',
  version: 1,
  matches: (_path, name) => name === '.gitmodules',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('gitmodules');
    const sections: Section[] = [];
    for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
      if (line.length > limits.lineLength || /^\s*[#;]/.test(line)) continue;
      if (/^\s*\[\s*submodule\b/i.test(line)) sections.push({ url: undefined, branch: null });
      else if (/^\s*\[/.test(line)) sections.push({ url: { value: '', start: 0 }, branch: null });
      const found = pair.exec(line);
      const section = sections.at(-1);
      if (!found || !section) continue;
      const quoted = (found[2] ?? '').startsWith('"');
      const value = (found[2] ?? '').replace(/^"|"$/g, '').trim();
      const start = index + line.indexOf('=') + 1 + (line.slice(line.indexOf('=') + 1).length - line.slice(line.indexOf('=') + 1).trimStart().length);
      if (found[1]?.toLowerCase() === 'url') section.url ??= { value, start: start + (quoted ? 1 : 0) };
      else if (found[1]?.toLowerCase() === 'branch') section.branch = value === '.' || value === '' ? null : value;
    }
    for (const { url, branch } of sections) {
      const to = url === undefined ? undefined : repositoryWork(url.value);
      if (url === undefined || to === undefined) continue;
      const id = idOf('bundles', to);
      facts.push({
        kind: 'relation',
        id,
        from: here,
        to,
        type: 'bundles',
        role: roleOfPath(path),
        revision: branch,
        via: 'submodule',
        pinnable: false,
        remoteCode: false,
      });
      anchors[id] = { span: { start: url.start, end: url.start + url.value.length } };
    }
    return { facts, anchors, problems: [] };
  },
};
