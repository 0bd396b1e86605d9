import { readExpression } from '../../licence/expression.ts';
import { identify } from '../../licence/identify.ts';
import { limits } from '../../text/limits.ts';
import { limitHit, moreThan } from '../draft.ts';
import { factIds } from '../hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from '../types.ts';
import { holdersOf } from './holders.ts';

/** Names under which repositories keep what they owe to others, and their own licence texts. */
const noticeName =
  /^(?:notices?|credits?|attributions?|acknowledge?ments?|copyrights?|authors|third[-_. ]?part(?:y|ies).*|3rd[-_. ]?part(?:y|ies).*|.*[-_.]third[-_. ]?party.*|open[-_ ]?source[-_ ]?(?:notices?|licen[cs]es?|software).*|oss[-_ ]?(?:notices?|licen[cs]es?).*|(?:un)?licen[cs]es?(?:[-_. ].*)?|copying(?:[-_. ].*)?)(?:\.(?:txt|md|rst|html))?$/;
const other =
  /\.(?:pyi?|m?js|cjs|tsx?|jsx|json[lc]?|ya?ml|toml|csv|tsv|xml|png|svg|gif|jpe?g|pdf|sh|css|c|cc|cpp|cu|h|hpp|java|go|rs|rb|lock|j2|jinja|tmpl|template|in)$/;
/** Folders that hold one text for each licence that is used in the tree. */
const folder = /(?:^|\/)(?:licen[cs]es|third[-_]?party[-_](?:licen[cs]es|notices))\/[^/]+$/i;

const repository = /https?:\/\/(?:www\.)?((?:gist\.)?github\.com|gitlab\.com)\/([\w.-]+)\/([\w.-]+)/g;

const isOwnText = (name: string): boolean => /^(?:un)?licen[cs]e|^copying/.test(name);

const isNotice = (path: string, name: string): boolean => (noticeName.test(name) || folder.test(path)) && !other.test(name);

/** A file of notices by its name, as against a source file that gives one in a comment. */
export const isNoticeFile = (path: string): boolean => isNotice(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());

/** Licence texts and notices: whom they name, which repositories, which licences. The terms of a work's own text are told by another reader. */
export const noticesReader: Reader = {
  id: 'notices',
  version: 2,
  matches: isNotice,
  wants: 'text',
  maximum: limits.noticeBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    const { holders, more } = holdersOf(text);
    const named = new Set<string>();
    for (const match of text.matchAll(repository)) {
      named.add(`${match[1]}/${match[2]}/${(match[3] ?? '').replace(/(?:\.git)?[.,:;]*$/, '')}`.toLowerCase());
      if (named.size > limits.noticeNames) break;
    }
    const repositories = [...named].slice(0, limits.noticeNames);
    const own = readExpression(path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:txt|md)$/i, ''));
    const licences = new Set(folder.test(path) ? (own?.licences ?? []) : []);
    const recognised = !(isOwnText(name) && !folder.test(path)) && licences.size === 0;
    if (recognised)
      for (const match of identify(text, knowledge).matches)
        if (match.kind !== 'reference') for (const id of readExpression(match.licence)?.licences ?? [match.licence]) licences.add(id);
    if (holders.length + repositories.length + licences.size === 0) return { facts, anchors, problems: [] };
    const id = factIds('notices')('notice', 'file');
    facts.push({ kind: 'notice', id, holders, repositories, licences: [...licences] });
    anchors[id] = { span: { start: 0, end: 0 } };
    const problems = [
      ...(more ? [moreThan(limits.noticeNames, 'holders')] : []),
      ...(named.size > limits.noticeNames ? [moreThan(limits.noticeNames, 'repositories')] : []),
      ...(recognised && text.length > limits.licenceBytes ? [limitHit(`licences behind the first ${limits.licenceBytes / 1000} kB were not looked for`)] : []),
    ];
    return { facts, anchors, problems };
  },
};
