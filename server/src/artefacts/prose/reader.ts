import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { moreThan } from '../draft.ts';
import { factIds, modelWork, roleOfPath } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import type { Anchor, Fact, Reader, Reading, WorkId } from '../types.ts';
import { asideLicence, calledSo, offered, released } from '../via.ts';
import { agreementStatement, applicationStatement } from './applications.ts';
import { licenceBadges } from './badges.ts';
import { derivedIn, offeredIn, offersIn } from './derived.ts';
import { baseStatements, originStatements, toldServices } from './origins.ts';
import type { ToldService } from './origins.ts';
import { limitedItem, limitedRow } from './items.ts';
import { releasesIn } from './releases.ts';
import { bareStatement, licenceFact, licenceStatements } from './statements.ts';
import type { LicenceStatement } from './statements.ts';
import { baseRows } from './tables.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** A quotation is of others, unless it is set apart as a note on what is here. */
const ofOurs = /\b(?:this|these|our)\b[^.]{0,80}\b(?:code(?:base)?|repo(?:sitory)?|project|models?|weights|checkpoints?|data(?:sets?)?)\b/i;

/** Sections that speak of others. News are our own. */
const foreign = /related|citation|acknowledg|compar|community|awesome|benchmark|leaderboard/i;

/** Sections in which a sentence on what is handed out here is our own word all the same. */
const alsoOurs = /acknowledg|thanks|致谢|\bnews\b|updates?\b/i;
const ofOwnThing = /\b(?:[Oo]ur|[Ww]e)\b|\b[Tt]his\s+(?:repo\w*|project|model|work)\b/;
const onHub = /https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/[\w.-]{1,96}\/([\w.-]{1,96})(?![\w/.-])/g;
/** The one model that a sentence links to. */
const linkedName = (text: string): string | null => {
  const names = [...new Set([...text.matchAll(onHub)].map(([, name]) => name ?? ''))];
  return names.length === 1 ? (names[0] ?? null) : null;
};
/** What such a sentence sets for models alone. */
const ownLimits = (unit: Unit, knowledge: Knowledge): readonly LicenceStatement[] =>
  unit.kind === 'heading' || !alsoOurs.test(unit.headings.at(-1) ?? '') || !ofOwnThing.test(unit.text)
    ? []
    : licenceStatements(unit, knowledge)
        .filter(({ stated, speaker, scopes }) => stated.startsWith('category:') && speaker === 'licensor' && scopes.join() === 'weights')
        .map((said) => ({ ...said, part: linkedName(unit.text) ?? said.part }));

/** A named part of what the folder holds: `here#name`. */
const part = (name: string): WorkId => `${here}#${name}`;

const kindOf = (kind: string, isCalled: boolean): string => (isCalled ? `${kind}${calledSo}` : kind);

/** What README files and cards say in sentences: licences of code, weights and data, what models came from, who wrote data. */
/** Units at the end of a page that may be its foot. */
const footUnits = 3;

export const proseReader: Reader = {
  id: 'prose',
  version: 11,
  matches: (_path, name) => /^(?:readme|model[-_]?card|dataset[-_]?card|data[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('prose');
    const role = roleOfPath(path);
    let left = false;
    const add = (fact: Fact, span: Span): void => {
      if (facts.length >= limits.proseFacts) {
        left = true;
        return;
      }
      facts.push(fact);
      anchors[fact.id] = { span };
    };
    for (const { span, stated, licences, scope } of licenceBadges(text, knowledge)) {
      add(
        {
          kind: 'licence',
          id: idOf('badge', `${scope} ${stated}`),
          work: here,
          scope,
          speaker: 'licensor',
          evidence: 'declared',
          stated,
          licences,
          choice: false,
          via: 'badge',
          problem: null,
        },
        span,
      );
    }
    const parts = new Set<string>();
    const addBase = (id: string, from: WorkId, base: string, span: Span): void =>
      add({ kind: 'relation', id, from, to: modelWork(base), type: 'finetune', role, revision: null, via: 'prose', pinnable: false, remoteCode: false }, span);
    const addPart = (name: string, span: Span): void => {
      if (parts.has(name)) return;
      parts.add(name);
      add({ kind: 'work', id: idOf('work', name), work: part(name), workKind: 'model', via: 'prose' }, span);
    };
    const start = fences(text)?.bodyStart ?? 0;
    const units = unitsOf(text, start);
    const offers = offeredIn(path, units, text.slice(start));
    for (const { name, offered: id, base, isCalled, span } of baseRows(
      units.filter((unit) => !unit.aside),
      knowledge,
    )) {
      addPart(name, span);
      const from = part(name);
      addBase(idOf(kindOf('finetune', isCalled), `${from} ${base}`), from, base, span);
      add({ kind: 'name', id: idOf('name', id), work: from, name: id.split('/')[1] ?? name, via: 'hub-id' }, span);
    }
    const services = new Map<string, ToldService>();
    let earlier: readonly LicenceStatement[] = [];
    for (const [at, unit] of units.entries()) {
      for (const said of toldServices(unit)) if (!services.has(said.service) || said.terms) services.set(said.service, said);
      const isOurs = !unit.aside && (unit.kind !== 'quote' || ofOurs.test(unit.text));
      const bases = isOurs ? baseStatements(unit, knowledge) : [];
      const told = new Set(bases.flatMap((said) => (said.part === null ? [] : [said.base])));
      for (const { span, name, base, isCalled } of unit.headings.some((heading) => foreign.test(heading)) ? [] : releasesIn(unit, knowledge)) {
        const from = part(name);
        addPart(name, span);
        const isSaid = bases.some((said) => said.part === name && said.base === base);
        if (!isSaid) addBase(idOf(kindOf(released, isCalled), `${from} ${base}`), from, base, span);
        add({ kind: 'name', id: idOf('name', `${name} released`), work: from, name, via: 'hub-id' }, span);
        told.add(base);
      }
      for (const { span, name, base, isCalled, isOffered } of derivedIn(unit, offers, knowledge)) {
        // A card says so in its front matter, too.
        if (told.has(base) || (name === null && start > 0)) continue;
        const from = part(name ?? 'model');
        addPart(name ?? 'model', span);
        addBase(idOf(kindOf(released, isCalled), `${from} ${base}`), from, base, span);
        if (name !== null && isOffered) add({ kind: 'name', id: idOf('name', `${name} released`), work: from, name, via: 'hub-id' }, span);
      }
      const applied = isOurs ? applicationStatement(unit, units[at - 1]) : undefined;
      const said = isOurs
        ? licenceStatements(unit, knowledge, units[at - 1]?.headings.join('\n') === unit.headings.join('\n') ? earlier : [])
        : ownLimits(unit, knowledge);
      earlier = said;
      // The foot of a page stands below whatever its last section is about.
      const bare = said.length === 0 ? bareStatement(unit, at >= units.length - footUnits, knowledge) : undefined;
      const item = isOurs && said.length === 0 ? (limitedItem(unit, offers.title) ?? limitedRow(unit, knowledge)) : undefined;
      const agreement = isOurs && said.length === 0 && !applied ? agreementStatement(unit) : undefined;
      for (const statement of [...said, ...(applied ? [applied] : []), ...(bare ? [bare] : []), ...(item ? [item] : []), ...(agreement ? [agreement] : [])]) {
        for (const scope of statement.scopes) {
          const { span, stated } = statement;
          const work = statement.part === null || (scope === 'code' && !statement.partOfCode) ? here : part(statement.part);
          add(licenceFact(statement, { id: idOf(isOurs || said.length === 0 ? 'licence' : asideLicence, `${scope} ${work} ${stated}`), work, scope }), span);
          if (statement.part !== null && scope === 'weights') addPart(statement.part, span);
        }
      }
      if (!isOurs) continue;
      for (const { span, part: name, base, type, isCalled } of bases) {
        if (name !== null) addPart(name, span);
        const from = name === null ? here : part(name);
        add(
          {
            kind: 'relation',
            id: idOf(kindOf(type, isCalled), `${from} ${base}`),
            from,
            to: modelWork(base),
            type,
            role: name === null ? 'mention' : role,
            revision: null,
            via: 'prose',
            pinnable: false,
            remoteCode: false,
          },
          span,
        );
      }
      for (const { span, service, model } of originStatements(unit)) {
        const to: WorkId = `service:${service}${model === null ? '' : `/${model}`}`;
        add(
          {
            kind: 'relation',
            id: idOf('generatedBy', to),
            from: `${here}#data`,
            to,
            type: 'generatedBy',
            role,
            revision: null,
            via: 'prose',
            pinnable: false,
            remoteCode: false,
          },
          span,
        );
      }
    }
    for (const { id, span, name } of offersIn(offers, knowledge)) {
      addPart(name, span);
      addBase(idOf(offered, id), part(name), id, span);
      add({ kind: 'name', id: idOf('name', `${name} released`), work: part(name), name, via: 'hub-id' }, span);
    }
    for (const { service, terms, span } of services.values()) add({ kind: 'told', id: idOf('told', service), service, terms }, span);
    return { facts, anchors, problems: left ? [moreThan(limits.proseFacts, 'statements')] : [] };
  },
};
