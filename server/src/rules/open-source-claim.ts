import { byDuty } from '../artefacts/prose/applications.ts';
import type { ClaimFact } from '../artefacts/types.ts';
import { decidingClause, restrictionOf, restrictionOfStatement } from '../lineage/clauses.ts';
import type { Restriction } from '../lineage/clauses.ts';
import { factsOf } from '../lineage/files.ts';
import { folderOf } from '../lineage/local.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Binding, Statement } from '../lineage/types.ts';
import { basis, bindingsFor, cite, licenceNames, pathPlaces, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';

/** Terms that are neither open source nor free for any use. */
const narrow: readonly Restriction[] = ['research-only', 'non-commercial', 'use-restricted'];

const category = /^category:(.+)$/;

const said: Readonly<Record<Exclude<ClaimFact['claim'], 'reserved'>, string>> = {
  'open-source': 'open source',
  permissive: 'permissive',
  unrestricted: 'free for any use',
};

/** What speaks of a thing of that scope: of a name alone nobody knows what it is, so all that is said here counts. */
const speaksOf = (fact: ClaimFact, statement: Statement, isWhole: boolean): boolean =>
  fact.scope === 'any' || statement.scope === fact.scope || (statement.scope === 'any' && isWhole);

/** What this folder says of such works of its own, named parts included. */
const statementsFor = (context: RuleContext, path: string, fact: ClaimFact): readonly Statement[] => {
  const home = `local:${folderOf(path)}`;
  const whole = fact.scope === 'weights' ? 'model' : fact.scope === 'data' ? 'dataset' : 'code';
  return sortedWorks(context)
    .filter((work) => work.id === home || work.id.startsWith(`${home}#`))
    .flatMap((work) =>
      work.statements.filter((statement) => statement.at !== null && statement.speaker !== 'other' && speaksOf(fact, statement, work.kind === whole)),
    );
};

/** Where nothing is said of its weights or data alone, the text for whatever lies here, beside which nothing is wider. */
const textForAll = (context: RuleContext, path: string): readonly Statement[] => {
  const said = (context.lineage.works.get(`local:${folderOf(path)}`)?.statements ?? []).filter(({ at, speaker }) => at !== null && speaker !== 'other');
  const texts = said.filter(({ scope, fact, at }) => scope === 'any' && fact?.via === 'text' && folderOf(at?.path ?? '') === folderOf(path));
  return texts.length > 0 ? [...texts, ...said.filter((statement) => !texts.includes(statement))] : [];
};

const even = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Published models of the name that is called so, of which this tree speaks: what is known of every one of them. */
const publishedAs = (context: RuleContext, fact: ClaimFact): readonly Binding[] => {
  const name = even(fact.name ?? '');
  if (name.length < 4 || (fact.scope !== 'weights' && fact.scope !== 'any')) return [];
  const bears = (id: string): boolean => even(id).startsWith(name) || even(id.slice(id.indexOf('/') + 1)).startsWith(name);
  const works = sortedWorks(context).filter((work) => !work.local && work.kind === 'model' && work.mentions.length > 0 && bears(hubOf(work.id)?.id ?? ''));
  const known = works.flatMap((work) => {
    // A folder of the same name is a guess, which tells nothing for it or against.
    const bindings = bindingsFor(context, work.id).filter(({ statement }) => statement.evidence !== 'name');
    return bindings.length === 0 ? [] : [bindings.find(({ clauses }) => narrow.includes(restrictionOf(clauses)))];
  });
  return known.includes(undefined) ? [] : known.flatMap((binding) => binding ?? []);
};

/** Terms that reach every model of this folder of which any are known, where nothing here is said of its weights. */
const inherited = (context: RuleContext, path: string, fact: ClaimFact): Binding | undefined => {
  if (fact.scope !== 'weights' || statementsFor(context, path, fact).length > 0) return undefined;
  const home = `local:${folderOf(path)}`;
  const reaching = sortedWorks(context)
    .filter((work) => work.kind === 'model' && (work.id === home || work.id.startsWith(`${home}#`)))
    .flatMap((work) => {
      const bindings = bindingsFor(context, work.id);
      return bindings.length === 0
        ? []
        : [bindings.find(({ inherited: from, clauses, statement }) => from && statement.evidence !== 'name' && narrow.includes(restrictionOf(clauses)))];
    });
  return reaching.includes(undefined) ? undefined : reaching[0];
};

/** A statement that shows the claim to be wrong, where every other one of the same works does as well. */
const contradicting = (context: RuleContext, path: string, fact: ClaimFact): Statement | undefined => {
  const said = statementsFor(context, path, fact);
  const known = (said.length > 0 || fact.scope === 'code' ? said : textForAll(context, path))
    .filter(({ stated }) => stated !== byDuty)
    .map((statement) => ({ statement, restriction: restrictionOfStatement(statement, context.knowledge) }))
    .filter((entry) => entry.restriction !== 'unknown');
  return known.every((entry) => narrow.includes(entry.restriction)) ? known[0]?.statement : undefined;
};

export const openSourceClaim = defineRule({
  id: 'open-source-claim',
  severity: 'information',
  title: 'Called open source or permissive beside terms that are not',
  messages: {
    published:
      'This calls {scope} {claim}, but {source}, which is published under that name, is under {licence}, {basis}: {what}{clause}. Say what these terms leave open.',
    named: '"{stated}" calls terms {claim} that are not: {what}{clause}. Name the licence without that word, or say what it asks for.',
    stated: 'This calls {scope} {claim}, but {path} states {licence} for the same: {what}{clause}. Reword it, so that nobody relies on more than is granted.',
    inherited:
      'This calls the weights {claim}, but they are made from {source}, which is under {licence}, {basis}: {what}{clause}. Say what the terms of the base leave open.',
  },
  *check(context) {
    for (const { path, fact } of factsOf(context.artefacts, 'claim')) {
      if (fact.claim === 'reserved') continue;
      const statement = fact.licences.length > 0 ? undefined : contradicting(context, path, fact);
      const isOpen = fact.licences.length === 0 && statement === undefined;
      const [published] = isOpen ? publishedAs(context, fact) : [];
      const binding = isOpen ? (published ?? inherited(context, path, fact)) : undefined;
      if (binding) {
        const clause = decidingClause(binding.clauses);
        yield {
          messageId: binding === published ? 'published' : 'inherited',
          data: {
            scope: fact.scope === 'weights' ? 'the weights' : 'this',
            claim: said[fact.claim],
            source: shortName(binding.source),
            licence: licenceNames([binding.licence], context.knowledge),
            basis: basis(binding.statement),
            what: clause?.what ?? 'its use is restricted',
            clause: cite(clause),
          },
          at: { path, fact: fact.id },
          works: [context.lineage.workOf(path), binding.source],
          clause: clause?.clause ?? null,
          evidence: binding.statement.evidence,
          confidence: binding.statement.confidence,
          related: pathPlaces(binding.path),
        };
        continue;
      }
      if (fact.licences.length === 0 && statement === undefined) continue;
      const ids = fact.licences.length > 0 ? fact.licences : (statement?.licences ?? []);
      const kind = ids.map((id) => category.exec(id)?.[1]).find((found) => found !== undefined) ?? category.exec(statement?.stated ?? '')?.[1];
      const terms = ids.flatMap((id) => context.knowledge.terms(id) ?? [])[0];
      const clause = decidingClause(terms?.clauses ?? []) ?? terms?.clauses.find((entry) => entry.kind === 'same-licence');
      yield {
        messageId: statement === undefined ? 'named' : 'stated',
        data: {
          licence: kind === undefined ? licenceNames(ids, context.knowledge) : `${kind} terms`,
          stated: fact.stated
            .replace(/\]\([^)]*\)?/g, '')
            .replace(/[`*_[\]]+/g, '')
            .replace(/\s+/g, ' ')
            .slice(0, 80),
          claim: said[fact.claim],
          what: clause?.what ?? (kind === 'use-restricted' ? 'commercial use has to be applied for' : `they are ${kind ?? terms?.category ?? 'narrower'}`),
          clause: cite(clause),
          scope: fact.scope === 'weights' ? 'the weights' : fact.scope === 'data' ? 'the data' : fact.scope === 'code' ? 'the code' : 'this',
          path: statement?.at?.path ?? path,
        },
        at: { path, fact: fact.id },
        works: [context.lineage.workOf(path)],
        clause: clause?.clause ?? null,
        evidence: statement?.evidence ?? 'declared',
        confidence: terms?.confidence ?? null,
        related: statement?.at ? [{ at: statement.at, message: 'the terms are stated here' }] : [],
      };
    }
  },
});
