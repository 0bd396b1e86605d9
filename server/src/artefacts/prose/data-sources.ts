import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { dataIn } from './data-in-text.ts';
import type { NamedData } from './data-in-text.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

const data = String.raw`(?:data(?:\s?sets?)?|corpus|instructions|conversations|samples|captions|annotations|rows)`;
const making = String.raw`(?:built\s+(?:up)?on|based\s+(?:up)?on|derived\s+from|translated\s+from|sampled\s+from|drawn\s+from|constructed\s+from|created\s+from|adapted\s+from|filtered\s+from|modified\s+from|cleaned\s+from|extended\s+from|distilled\s+from|(?:re)?distributed\s+from|selected\s+from|taken\s+from|replaced\s+(?:with|by)|merged\s+(?:with|from)|integrated\s+with|mixed\s+with|combined\s+with)`;
/** "Our dataset is built upon ...", "the remaining instructions were replaced with data from ...": what goes before the name. */
const madeOf = new RegExp(
  String.raw`\b(?:our|this|these|the|all)\s+(?:[\w-]+\s+){0,4}?${data}\b(?:\s*\([^()\n]{0,30}\))?\s+(?:(?:that|which)\s+)?(?:is|are|was|were|has\s+been|have\s+been)\s+(?:\w+\s+){0,2}?${making}\s+(?:(?:the|original|cleaned|public|a|part|parts|subset|subsets|of|data|samples|instructions|images|videos|from)\s+){0,6}[[*_"]{0,4}$`,
  'i',
);
/** What is told of others, of models, or of what is measured. */
const denied =
  /\b(?:not|n't|never|unlike|compar\w+|similar|inspired|format|you|your|can|could|may|might|should|must|will|if|example|benchmark\w*|evaluat\w+|test(?:ed|ing)?|their|authors?|script|code|structure|layout|style)\b/i;
const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|community|to-?do|awesome|citation|acknowledg|thank|evaluat|results?\b|usage|quick ?start|how to|format/i;

const sourcesIn = (unit: Unit, knowledge: Knowledge): readonly NamedData[] => {
  if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 800 || denied.test(unit.text.replace(/\]\([^)\s]{0,500}\)/g, ' '))) return [];
  if (unit.headings.some((heading) => foreign.test(heading))) return [];
  return dataIn(unit, knowledge).filter(({ span }) => {
    const before = unit.text.slice(0, span.start - unit.start);
    // By its name, or by the address behind some words.
    const label = /\[[^\]\n]{1,80}\]\($/.exec(before);
    const shown = label ? before.slice(0, label.index) : before;
    // "the Otter [dataset](...)" has its name in front of the link.
    return madeOf.test(shown) || (label !== null && madeOf.test(shown.replace(/[\w.-]{2,40}\s$/, '')));
  });
};

const telling = /built|based|derived|translated|sampled|drawn|constructed|created|adapted|filtered|replaced|merged|integrated|mixed|combined/;

/** Sentences of READMEs and documents on data which say that data of this repository were made from a known set. */
export const dataSourcesReader: Reader = {
  id: 'data-sources',
  version: 1,
  matches: (_path, name) => /^(?:readme|(?:data(?:set)?|model)[-_]?card|data(?:sets?|[-_]?sheet)?)[\w.-]*\.(?:md|markdown)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('data-sources', path, knowledge);
    if (!telling.test(text) || draft.role === 'evaluation') return readingOf(draft);
    const from = `${here}#data` as const;
    const told = new Set<WorkId>();
    for (const unit of unitsOf(text, fences(text)?.bodyStart ?? 0))
      for (const { span, work } of sourcesIn(unit, knowledge)) {
        if (told.has(work)) continue;
        if (draft.facts.length >= limits.proseFacts) return readingOf(draft, [moreThan(limits.proseFacts, 'sources of data')]);
        if (told.size === 0) addFact(draft, { kind: 'work', id: draft.idOf('work', 'data'), work: from, workKind: 'dataset', via: 'prose' }, { span });
        told.add(work);
        addRelation(draft, { from, to: work, type: 'copiedFrom', role: 'decision', via: 'prose' }, { span });
      }
    return readingOf(draft);
  },
};
