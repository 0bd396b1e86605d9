import { limits } from '../../text/limits.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { originStatements } from './origins.ts';
import { unitsOf } from './units.ts';

/** `DATA.md`, `DATA_DESCRIPTION.md`, `docs/datasheet.md`: what describes data that are made here. */
const describing =
  /^(?:data|datasets?|data[-_]?sheet|data(?:set)?[-_](?:description|statement|sheet|generation|construction|collection|overview|details))\.(?:md|markdown)$/;

/** Documents beside the README that describe data: which services wrote them. */
export const documentsReader: Reader = {
  id: 'data-documents',
  version: 1,
  matches: (_path, name) => describing.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('data-documents', path, knowledge);
    const told = new Set<string>();
    for (const unit of unitsOf(text, fences(text)?.bodyStart ?? 0)) {
      for (const { span, service, model } of unit.aside ? [] : originStatements(unit)) {
        const to: WorkId = `service:${service}${model === null ? '' : `/${model}`}`;
        if (told.has(to)) continue;
        if (draft.facts.length >= limits.proseFacts) return readingOf(draft, [moreThan(limits.proseFacts, 'statements')]);
        told.add(to);
        addRelation(draft, { from: `${here}#data`, to, type: 'generatedBy', via: 'prose' }, { span });
        addFact(draft, { kind: 'told', id: draft.idOf('told', to), service, terms: false }, { span });
      }
    }
    return readingOf(draft);
  },
};
