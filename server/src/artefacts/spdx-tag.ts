import { resolveStated } from '../licence/resolve.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const sources = /\.(?:py|pyi|sh|bash|js|mjs|cjs|ts|tsx|jsx|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|rs|go|java|kt|swift|rb|jl|r|ya?ml|toml|cfg|ini|proto|cmake|sql|css|scss|vue|lua)$|^(?:dockerfile|makefile|justfile)$/i;
/** Tags stand in the head of a file by convention. */
const headBytes = 8192;

/** `SPDX-License-Identifier:` lines: what the author says of that one file. */
export const spdxTagReader: Reader = {
  id: 'spdx-tag',
  version: 1,
  matches: (_path, name) => sources.test(name),
  wants: 'text',
  maximum: headBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('spdx-tag');
    // Spelled in two parts so that this very line is no tag.
    const tag = 'SPDX-License-' + 'Identifier:';
    for (let at = text.indexOf(tag); at >= 0 && at < headBytes; at = text.indexOf(tag, at + tag.length)) {
      const rest = /^[ \t]*([^\r\n]*)/.exec(text.slice(at + tag.length, at + tag.length + 400));
      const stated = (rest?.[1] ?? '').replace(/\s*(?:\*\/|-->|#}|\]\]|"""|'''|["'`].*)\s*$/, '').trim();
      if (stated === '') continue;
      const start = at + tag.length + ((rest?.[0] ?? '').length - (rest?.[1] ?? '').length);
      const { licences, choice, problem } = resolveStated(stated, 'spdx', knowledge);
      const id = idOf('licence', stated);
      facts.push({ kind: 'licence', id, work: `local:${path}`, scope: 'code', speaker: 'licensor', evidence: 'notice', stated, licences, choice, via: 'tag', problem });
      anchors[id] = { span: { start, end: start + stated.length } };
      if (facts.length >= 4) break;
    }
    return { facts, anchors, problems: [] };
  },
};
