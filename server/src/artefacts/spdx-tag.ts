import { resolveStated } from '../licence/resolve.ts';
import { findTags } from '../licence/tags.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const sources =
  /\.(?:py|pyi|pyx|sh|bash|zsh|js|mjs|cjs|ts|mts|cts|tsx|jsx|c|cc|cpp|cxx|cu|cuh|h|hh|hpp|hxx|m|mm|metal|rs|go|java|kt|swift|rb|jl|r|lua|ya?ml|toml|cfg|ini|proto|cmake|sql|css|scss|vue|nix|bzl|tf|md|markdown)$|^(?:dockerfile|makefile|justfile|cmakelists\.txt|containerfile|build|workspace)$|^dockerfile\./;
const markdown = /\.(?:md|markdown)$/;

/** UTF-16 units of the head in which tags stand by convention. */
const headLength = 8192;
/** More tags than this in one head are examples, or a tool's own tests. */
const mostTags = 4;

/** Marks of templates and of texts inside texts, and the two words that SPDX has for "nothing said". */
const saysNothing = /[<>{}$%[\]\\]|\.\.\.|^(?:NOASSERTION|NONE)$/;

/** In Markdown the tag is a hidden comment; in view it is an example or documentation. */
const isHidden = (text: string, at: number): boolean =>
  text.lastIndexOf('<!--', at) > text.lastIndexOf('-->', at) || /^\[(?:\/\/|comment)\]:/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));

/** `SPDX-License-Identifier:` lines: what the author says of that one file. */
export const spdxTagReader: Reader = {
  id: 'spdx-tag',
  version: 3,
  matches: (_path, name) => sources.test(name),
  wants: 'text',
  maximum: headLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const head = text.slice(0, headLength);
    const tags = findTags(head).filter(({ stated, span }) => !saysNothing.test(stated) && (!markdown.test(path.toLowerCase()) || isHidden(head, span.start)));
    if (tags.length === 0 || tags.length > mostTags) return { facts, anchors, problems: [] };
    const idOf = factIds('spdx-tag');
    for (const { stated, span } of tags) {
      const { licences, choice, problem } = resolveStated(stated, 'spdx', knowledge);
      const id = idOf('licence', stated);
      facts.push({
        kind: 'licence',
        id,
        work: `local:${path}`,
        scope: 'code',
        speaker: 'licensor',
        evidence: 'notice',
        stated,
        licences,
        choice,
        via: 'tag',
        problem,
      });
      anchors[id] = { span };
    }
    return { facts, anchors, problems: [] };
  },
};
