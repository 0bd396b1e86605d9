import { limits } from '../../text/limits.ts';
import { findLicenceMentions } from '../../licence/mentions.ts';
import { spanOf } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { originStatements } from './origins.ts';
import { unitsOf } from './units.ts';

/** `DATA.md`, `DATA_DESCRIPTION.md`, `docs/datasheet.md`, `apply_form.md`: what describes data that are made here, or hands them out. */
const describing =
  /^(?:data|datasets?|data[-_]?sheet|data(?:set)?[-_](?:description|statement|sheet|generation|construction|collection|overview|details|use[-_]agreement|agreement)|appl(?:y|ication)[-_]?form)\.(?:md|markdown)$/;

/** "The dataset license: X", "the license of our data": nobody else's. */
const ofData = /\b(?:the|this|our)\s+data(?:set)?(?:['’]s)?\s+licen[cs]e\b/i;
/** Several sets have terms of their own. */
const ofSeveral = /\bdatasets\b/i;

/** Documents beside the README that describe data: which services wrote them, and under which licence they are. */
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
      if (!unit.aside && ofData.test(unit.text) && !ofSeveral.test(unit.text)) {
        const named = findLicenceMentions(unit.text, knowledge).filter((mention) => mention.licences.length > 0);
        const [first] = named.length === 1 ? named : [];
        if (first && !told.has(first.text)) {
          told.add(first.text);
          const id = draft.idOf('licence', first.text);
          const { licences, text: stated } = first;
          addFact(
            draft,
            {
              kind: 'licence',
              id,
              work: here,
              scope: 'data',
              speaker: 'licensor',
              evidence: 'declared',
              stated,
              licences,
              choice: false,
              via: 'prose',
              problem: null,
            },
            { span: spanOf(unit.start + first.span.start, unit.start + first.span.end) },
          );
        }
      }
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
