import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { isKnownData } from './data-in-text.ts';
import { even } from './homes.ts';
import { originStatements } from './origins.ts';
import { isService } from './services.ts';
import { licenceFact, licenceStatements } from './statements.ts';
import type { LicenceStatement } from './statements.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** `DATA.md`, `DATA_DESCRIPTION.md`, `docs/datasheet.md`, `apply_form.md`: what describes data that are made here, or hands them out. */
const describing =
  /^(?:data|datasets?|data[-_]?sheet|data(?:set)?[-_](?:description|statement|sheet|generation|construction|collection|overview|details|use[-_]agreement|agreement)|appl(?:y|ication)[-_]?form)\.(?:md|markdown)$/;

/** "The dataset license: X". */
const ofData = /\b(?:the|this|our)\s+data(?:set)?(?:['’]s)?\s+licen[cs]e\b/i;
/** UTF-16 units of white space and a tag between two lines of one item. */
const longestGap = 20;
/** Several sets have terms of their own. */
const ofSeveral = /\bdatasets\b/i;
/** Without such a word a sentence may speak of data that somebody else hands out. */
const ours = /\b(?:our|this|we)\b/i;

/** Nothing but names: "Alpaca", "2. Visual Genome dataset". */
const names = /^\W*(?:\d+(?:\.\d+)*[.)]?\s+)?(?:The\s+)?([A-Z][\w.+-]*(?:\s+[A-Z\d][\w.+-]*){0,3})(?:\s+(?:data(?:sets?)?|corpus))?\W*$/;
/** Words of headings that are of no name. */
const common =
  /\b(?:an?|data\w*|corpus|overview|intro\w*|licen[cs]e\w*|statistics|formats?|usage|uses?|downloads?|sources?|details?|process\w*|pre-?process\w*|prepar\w*|maintenance|instruct\w*|pre-?train\w*|fine-?tun\w*|train\w*|tuning|summary|terms|access|bias|ethics|questions?|answers?|q&a|captions?|prompts?|dialogues?|methods?|methodology|pipelines?|quality|splits?|releases?|notes?|notices?|files?|setup|requirements?|stages?|steps?|parts?|personal|responses?|samples?|examples?|our|how|why|what|where|who|about|labels?|models?|synthetic|final|contents?|schema|images?|videos?|audios?|texts?|speech|code|math\w*|fields?|privacy|limitations?|copyright|disclaimer|contacts?|background|\w{3,}(?:ions?|ing|ments?|ance))\b/i;

/** The title has the name, or the name begins with that of the title: "Otter-52K" is of "Otter: how it was made". */
const isOfTitle = (name: string, title: string): boolean => {
  const head = title.split(/[\s:|(,—–]/)[0] ?? '';
  return even(title).includes(even(name)) || (even(head).length > 2 && !common.test(head) && even(name).startsWith(even(head)));
};

/** A section on data by their name, which is not that of the document: they are of somebody else. The names of services tell how ours were made. */
const isBelowName = ({ headings, title }: Unit): boolean =>
  headings.some((heading) => {
    const name = names.exec(heading)?.[1];
    const isName = name !== undefined && !common.test(name) && !isService(name);
    return (isName || isKnownData(heading)) && !isOfTitle(name ?? heading, title);
  });

/** A section on the licence of what the document describes. */
const licenceSection = /^\W*(?:\d+(?:\.\d+)*[.)]?\s*)?(?:data(?:set)?\s+)?licen[cs](?:e|es|ing)\W*$/i;

/** The one licence that a sentence says our data are under. */
const licenceIn = (unit: Unit, knowledge: Knowledge): LicenceStatement | undefined => {
  if (!ofData.test(unit.text) || ofSeveral.test(unit.text) || !(ours.test(unit.text) || licenceSection.test(unit.headings.at(-1) ?? ''))) return undefined;
  const named = licenceStatements(unit, knowledge).filter(({ licences }) => licences.length > 0);
  const [first] = named.length === 1 ? named : [];
  return first?.speaker === 'licensor' && first.scopes.includes('data') ? first : undefined;
};

/** `MODEL_ZOO.md`, `docs/pretrained_models.md`: what hands out the project's own models. */
const handingOut = /^(?:model[-_]?zoo|pre-?trained[-_]?models?|model[-_]?weights|checkpoints|model[-_]?checkpoints)\.(?:md|markdown)$/;
/** "All models available for download are licensed under ...". */
const ofModels =
  /^[\s*_>-]*(?:all|these|our|the)\s+(?:of\s+(?:the|our|these)\s+)?(?:(?:pre-?trained|provided|released|available|listed|baseline)\s+){0,2}(?:models?|weights|checkpoints)\b/i;
const othersModels = /\b(?:their|third[- ]party|original|respective|converted|ported|authors?)\b/i;

/** The one licence that a sentence says all models of a zoo are under. */
const licenceOfModels = (unit: Unit, knowledge: Knowledge): LicenceStatement | undefined => {
  if (!ofModels.test(unit.text) || othersModels.test(unit.text)) return undefined;
  const named = licenceStatements(unit, knowledge).filter(({ licences }) => licences.length > 0);
  const [first] = named.length === 1 ? named : [];
  return first?.speaker === 'licensor' && first.part === null && first.scopes.includes('weights') ? first : undefined;
};

/** A colon leads to what stands behind a line break. */
const joined = (units: readonly Unit[]): readonly Unit[] =>
  units.flatMap((unit, at) => {
    const next = units[at + 1];
    const before = units[at - 1];
    const leads = (each: Unit | undefined, to: Unit | undefined): boolean =>
      each !== undefined &&
      to?.kind === each.kind &&
      /[:：]\s*$/.test(each.text) &&
      to.start - each.start - each.text.length < longestGap &&
      !/^\s*[-*+]\s/.test(to.text);
    if (leads(before, unit)) return [];
    return next && leads(unit, next) ? [{ ...unit, text: unit.text.padEnd(next.start - unit.start) + next.text }] : [unit];
  });

/** Documents beside the README that describe data, or hand out models: which services wrote the data, and under which licence either is. */
export const documentsReader: Reader = {
  id: 'data-documents',
  version: 7,
  matches: (_path, name) => describing.test(name) || handingOut.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('data-documents', path, knowledge);
    const told = new Set<string>();
    const isZoo = handingOut.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    const isFull = (): boolean => draft.facts.length >= limits.proseFacts;
    const full = (): Reading => readingOf(draft, [moreThan(limits.proseFacts, 'statements')]);
    for (const unit of joined(unitsOf(text, fences(text)?.bodyStart ?? 0))) {
      if (unit.aside || isBelowName(unit)) continue;
      const licence = draft.role === 'evaluation' ? undefined : (isZoo ? licenceOfModels : licenceIn)(unit, knowledge);
      if (licence && !told.has(licence.stated)) {
        if (isFull()) return full();
        const { span, stated } = licence;
        told.add(stated);
        const id = draft.idOf('licence', stated);
        addFact(draft, licenceFact({ ...licence, speaker: 'licensor' }, { id, work: here, scope: isZoo ? 'weights' : 'data' }), { span });
      }
      for (const { span, service, model } of isZoo ? [] : originStatements(unit)) {
        const to: WorkId = `service:${service}${model === null ? '' : `/${model}`}`;
        if (told.has(to)) continue;
        if (isFull()) return full();
        told.add(to);
        addRelation(draft, { from: `${here}#data`, to, type: 'generatedBy', via: 'prose' }, { span });
        addFact(draft, { kind: 'told', id: draft.idOf('told', to), service, terms: false }, { span });
      }
    }
    return readingOf(draft);
  },
};
