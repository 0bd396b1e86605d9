import { identify } from '../licence/identify.ts';
import { resolveStated } from '../licence/resolve.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading, Scope } from './types.ts';

const exactNames = /^(?:un)?licen[cs]e(?:$|[-_. ])|^copying(?:$|[-_. ])|[-_ ]licen[cs]e(?:$|\.(?:md|txt|rst|html))|licen[cs]e agreement(?:$|\.(?:md|txt|pdf))|^licen[cs]es?\.(?:md|txt)$/i;
const notTexts = /\.(?:py|js|ts|json|ya?ml|toml|png|svg|jpe?g|pdf|sh|html|css|tsx|jsx|cc|cpp|h|java|go|rs|vue|lock|j2|tmpl|template)$|^(?:licen[cs]e[-_.](?:header|check|checker|template|mapping|list)|add[-_]licen[cs]e)|third[-_ ]?party|bundled/i;

/** Folders that hold texts for reference or of other works: each file there speaks of something else than the folder's work. */
const keptForOthers = /(?:^|\/)(?:LICENSES|licenses|third[-_]party|third_party_licenses|vendor)\//;

const scopeOfName = (name: string): Scope => {
  if (/model|weight|checkpoint/i.test(name)) return 'weights';
  if (/data/i.test(name)) return 'data';
  return /code/i.test(name) ? 'code' : 'any';
};

const firstLine = (text: string): { readonly start: number; readonly end: number } => {
  const match = /[^\s#=*\-_<>/|][^\r\n]*/.exec(text.slice(0, 2000));
  if (!match) return { start: 0, end: 0 };
  return { start: match.index, end: match.index + match[0].trimEnd().length };
};

/** The licences of a file: recognised as a text or grant, else what its first line names. */
const licencesOf = (text: string, title: string, knowledge: Knowledge): { readonly licences: readonly string[]; readonly recognised: boolean } => {
  const { matches } = identify(text, knowledge);
  const ids = [...new Set(matches.filter((match) => match.kind !== 'reference').map((match) => match.licence))];
  if (ids.length > 0) return { licences: ids.flatMap((id) => id.split(/ (?:AND|OR) /)).map((id) => id.replace(/[()]/g, '')), recognised: true };
  return { licences: text.length < 4000 ? resolveStated(title, 'free', knowledge).licences : [], recognised: false };
};

/** Licence files under all the names that repositories give them. A file whose text is not recognised still says that there are terms. */
export const licenceFileReader: Reader = {
  id: 'licence-file',
  version: 1,
  matches: (path, name) => exactNames.test(name) && !notTexts.test(name) && !keptForOthers.test(path),
  wants: 'text',
  maximum: limits.licenceBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (text.trim() === '') return { facts: [], anchors: {}, problems: [] };
    const name = path.slice(path.lastIndexOf('/') + 1);
    const span = firstLine(text);
    const title = text.slice(span.start, span.end).slice(0, 120);
    const { licences } = licencesOf(text, title, knowledge);
    const id = factIds('licence-file')('licence', licences.join('+') || title);
    const facts: Fact[] = [
      { kind: 'licence', id, work: 'here', scope: scopeOfName(name), speaker: 'licensor', evidence: 'text', stated: licences.length > 0 ? name : title, licences, choice: false, via: 'text', problem: null },
    ];
    const anchors: Record<string, Anchor> = { [id]: { span } };
    return { facts, anchors, problems: [] };
  },
};
