import upstreams from '../knowledge/data/upstreams.json';
import { decidingClause, isNonCommercial, restrictionOf, restrictionOfStatement } from '../lineage/clauses.ts';
import { rootWork } from '../lineage/local.ts';
import { shortName } from '../lineage/path.ts';
import type { FactRef, Mention, Work } from '../lineage/types.ts';
import { basis, bindingsFor, cite, licenceName, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

const github = 'pkg:github/';

interface Repository {
  readonly owner: string;
  readonly name: string;
}

const repositoryOf = (work: string): Repository | undefined => {
  const [owner, name] = work.startsWith(github) ? work.slice(github.length).split('/') : [];
  return owner === undefined || name === undefined ? undefined : { owner, name };
};

const known = new Map(upstreams.rows.map((row) => [row.name.toLowerCase(), row.owners]));

/** Where the project of that name is at home, when it is not with this owner. */
const upstreamOf = ({ owner, name }: Repository): string | undefined => {
  const owners = known.get(name.toLowerCase().replace(/[-_.](?:fork|forked)$/, ''));
  const [home] = owners ?? [];
  return home === undefined || owners?.some((each) => each.toLowerCase() === owner.toLowerCase()) ? undefined : `${home}/${name}`;
};

/** Another repository of the same name that the tree speaks of: then one of them is a fork of the other, or both are of a third. */
const namesake = (context: RuleContext, own: Repository): { readonly id: string; readonly at: FactRef } | undefined => {
  for (const work of sortedWorks(context)) {
    const other = repositoryOf(work.id);
    const mention = work.mentions.find((entry) => entry.via !== 'submodule');
    if (other && mention && other.name.toLowerCase() === own.name.toLowerCase() && other.owner.toLowerCase() !== own.owner.toLowerCase())
      return { id: shortName(work.id).slice(github.length), at: mention.at };
  }
  return undefined;
};

function* forks(context: RuleContext, work: Work, mention: Mention): Iterable<RawFinding> {
  const repository = repositoryOf(work.id);
  if (!repository) return;
  const { owner, name } = repository;
  const fact = (context.lineage.edgesTo.get(work.id) ?? []).find((edge) => edge.at?.path === mention.at.path && edge.at.fact === mention.at.fact)?.fact;
  const branch = fact?.revision ? ` and its branch "${fact.revision}" is followed` : '';
  const upstream = upstreamOf(repository);
  const other = upstream === undefined && !known.has(name.toLowerCase()) ? namesake(context, repository) : undefined;
  if (upstream === undefined && other === undefined) return;
  yield {
    messageId: upstream === undefined ? 'namesake' : 'fork',
    data: { repository: `${owner}/${name}`, upstream: upstream ?? other?.id ?? '', branch },
    at: mention.at,
    works: [work.id],
    evidence: 'name',
    related: other ? [{ at: other.at, message: `${other.id} is named here` }] : [],
  };
}

/** Terms on the use of the code; what bars commerce or asks for its sources has rules of its own. */
function* terms(context: RuleContext, work: Work, mention: Mention): Iterable<RawFinding> {
  const bindings = bindingsFor(context, work.id);
  if (restrictionOf(bindings.flatMap((binding) => binding.clauses)) !== 'use-restricted') return;
  const binding = bindings.find((entry) => restrictionOf(entry.clauses) === 'use-restricted');
  if (!binding) return;
  const said = (context.lineage.works.get(rootWork)?.statements ?? []).map((statement) => restrictionOfStatement(statement, context.knowledge));
  if (said.some((restriction) => restriction === 'use-restricted' || isNonCommercial(restriction))) return;
  const clause = decidingClause(binding.clauses);
  yield {
    messageId: 'terms',
    data: {
      repository: shortName(work.id).slice(github.length),
      licence: licenceName(binding.licence, context.knowledge),
      what: clause?.what ?? 'its use is restricted',
      clause: cite(clause),
      basis: basis(binding.statement),
    },
    at: mention.at,
    // Nobody hands a submodule on with the tree: what is under which terms, it says itself.
    severity: 'information',
    works: [work.id],
    clause: clause?.clause ?? null,
    evidence: binding.statement.evidence,
    confidence: binding.statement.confidence,
  };
}

export const forkedSubmodule = defineRule({
  id: 'forked-submodule',
  severity: 'information',
  title: 'A submodule that is a fork, or under other terms than the whole',
  messages: {
    fork: 'The submodule {repository} has the name of the project {upstream} but another owner{branch}, so it is probably a fork whose changes and terms only its owner answers for. Say in the README why the fork is used, or take the original.',
    namesake:
      'The submodule {repository} has the name of {upstream}, which this repository names too{branch}, so one is probably a fork of the other. Say which one is meant, and why the fork is used.',
    terms:
      'The submodule {repository} is under {licence}: {what}{clause}, {basis}, while the whole is declared more widely. Say so beside the licence of the whole, or take code under terms like its own.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      // What an evaluation is built on decides whether it can be repeated.
      const mention = work.mentions.find((entry) => entry.via === 'submodule' && entry.role !== 'mention');
      // A project that was taken in whole brings its own list along, which decides nothing here.
      if (!mention || context.lineage.vendorOf(mention.at.path) !== undefined) continue;
      yield* forks(context, work, mention);
      yield* terms(context, work, mention);
    }
  },
});
