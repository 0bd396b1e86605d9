import table from '../../knowledge/data/prose-names.json';
import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { factIds, roleOfPath } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Anchor, Fact, Reader, Reading, TakenFact } from '../types.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

interface Taking {
  readonly span: Span;
  readonly what: TakenFact['what'];
  readonly stated: string;
}

/** What only a card of data has: its declared licence is that of the data. */
const ofData = /^(?:task_categories|dataset_info|size_categories|source_datasets|annotations_creators|configs)\s*:/m;

const taken = String.raw`(?:crawl(?:ed|ing)?|scrap(?:ed|ing)|harvested|copied|collected|gathered|taken|extracted|downloaded|mined|sourced)`;
const pieces = String.raw`(?:transcripts?|subtitles|screenplays?|scripts|lyrics|e-?books?|books|novels|articles|posts|threads|comments|reviews|recipes|poems|news|dialogues?|questions\s+and\s+answers)`;
/** "crawled from [the site](https://...)", "contains transcripts of shows from https://...". */
const fromPage = new RegExp(
  String.raw`\b(?:${taken}|${pieces})\b[^.!?]{0,120}?\b(?:from|off|of)\b[^.!?]{0,60}?\(?(https?:\/\/([\w.-]+)(?:[^\s)>\]]*[^\s)>\].,;:])?)`,
  'i',
);

/** Pieces whose makers are known to be others, whoever typed them in. */
const ofWorks =
  /\b(transcripts?|subtitles|screenplays?|scripts|lyrics)\b[^.!?]{0,50}?\b(?:of|for|from)\b[^.!?]{0,40}?\b(movies?|films?|TV|television|shows?|series|episodes?|songs?|anime|sitcoms?)\b/i;

/** "Some of the books are copyrighted", "remain under copyright". */
const underRights =
  /\b(?:(?:some|many|most|parts?|all)\s+of\s+(?:the|these|them)|(?:the|these)\s+\w+)\b[^.!?]{0,40}?\b(?:is|are|may\s+be|remains?|still)\s+(?:still\s+)?(?:copyrighted|(?:under|protected\s+by|subject\s+to)\s+copyright)\b/i;
const denied = /\b(?:not|no\s+longer|n't|none|never|public\s+domain|out\s+of\s+copyright|skipped|removed|excluded|except)\b/i;

/** Characters beside what was found in which a denial belongs to it. */
const before = 20;
const behind = 40;

const hosts: readonly string[] = table.dataHosts;
const hasTerms = (host: string): boolean => hosts.some((known) => host === known || host.endsWith(`.${known}`));

const takingIn = (unit: Unit): Taking | undefined => {
  const { text, start } = unit;
  if (text.length > 1500) return undefined;
  const at = (match: RegExpExecArray, what: Taking['what'], stated: string): Taking => ({
    span: spanOf(start + match.index, start + match.index + match[0].trimEnd().length),
    what,
    stated,
  });
  // A denial counts where it belongs to what was found, not elsewhere in a long sentence.
  const isDenied = (match: RegExpExecArray): boolean => denied.test(text.slice(Math.max(0, match.index - before), match.index + match[0].length + behind));
  const rights = underRights.exec(text);
  if (rights && !isDenied(rights)) return at(rights, 'rights', rights[0].replace(/\s+/g, ' '));
  if (unit.aside) return undefined;
  const page = fromPage.exec(text);
  if (page && !hasTerms((page[2] ?? '').toLowerCase()) && !isDenied(page)) return at(page, 'pages', (page[2] ?? '').replace(/^www\./, ''));
  const works = ofWorks.exec(text);
  return works && !isDenied(works) ? at(works, 'works', `${works[1] ?? ''} of ${works[2] ?? ''}`.toLowerCase()) : undefined;
};

/** Sentences of data cards which say that the data are pages or works of others. Under which terms the card hands them on, the lineage knows. */
export const takingsReader: Reader = {
  id: 'takings',
  version: 2,
  matches: (_path, name) => /^(?:readme|dataset[-_]?card|data[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const start = fences(text)?.bodyStart ?? 0;
    if (start === 0 || !ofData.test(text.slice(0, start)) || roleOfPath(path) !== 'decision') return { facts, anchors, problems: [] };
    const idOf = factIds('takings');
    const told = new Set<string>();
    for (const unit of unitsOf(text, start)) {
      const taking = unit.kind === 'heading' || unit.kind === 'row' ? undefined : takingIn(unit);
      if (!taking || told.has(taking.what)) continue;
      told.add(taking.what);
      const id = idOf(taking.what, taking.stated);
      facts.push({ kind: 'taken', id, work: here, what: taking.what, stated: taking.stated.slice(0, 120) });
      anchors[id] = { span: taking.span };
    }
    return { facts, anchors, problems: [] };
  },
};
