import { takenCredit, usedCredit } from '../../artefacts/prose/credits.ts';
import { takenComment } from '../../artefacts/origins/reader.ts';
import { isNonCommercial, restrictionOfStatement } from '../../lineage/clauses.ts';
import { noticesOf } from '../../lineage/notices.ts';
import type { Mention } from '../../lineage/types.ts';
import { creditsLast } from './comments.ts';
import { licenceNames, maximumRelated, mayBeOwners, sortedWorks } from './helpers.ts';
import { copyleftOf } from './parts.ts';
import type { RawFinding, RuleContext } from '../types.ts';

const github = 'pkg:github/';

/** A README further down that is titled for its source is no home of it, since it names the source as one. */
const atRoot = 'README.md';

export const creditedMessages: Readonly<Record<string, string>> = {
  credited:
    'Code was taken from {sources}, with a link as credit: what its terms ask for, as a rule a copyright line and their text, stands nowhere here. Add both to a notice.',
};

interface Credited {
  readonly repository: string;
  readonly licences: readonly string[];
  readonly mention: Mention;
}

/** READMEs that are told of: past these the tree is a collection of projects. */
const mostReadmes = 3;
/** Sources that a message names. */
const mostNamed = 4;

const creditedIn = (context: RuleContext): readonly Credited[] => {
  const { artefacts, knowledge } = context;
  return sortedWorks(context).flatMap((work): Credited[] => {
    const mention = creditsLast(context, work.id, work.id.startsWith(github) ? work.mentions : []).find(({ via }) => via === takenCredit || via === usedCredit);
    // What a comment says at the code is told there.
    if (!mention || work.mentions.some(({ via }) => via === takenComment) || mayBeOwners(context, work.id, atRoot)) return [];
    const statement = work.statements.find((entry) => entry.speaker !== 'other' && (entry.licences.length > 0 || entry.stated.startsWith('category:')));
    if (statement && (isNonCommercial(restrictionOfStatement(statement, knowledge)) || copyleftOf(context, statement) !== undefined)) return [];
    const licences = statement?.licences ?? [];
    const notices = noticesOf(artefacts);
    if (notices.isComponent(mention.at.path) || notices.isAgreedWith(work.id)) return [];
    return [{ repository: work.id.slice(github.length), licences, mention }];
  });
};

/** As they stand in the README: facts are in the order of their places. */
const inOrder = ({ artefacts }: RuleContext, group: readonly Credited[]): readonly Credited[] => {
  const facts = (artefacts.get(group[0]?.mention.at.path ?? '')?.facts ?? []).map(({ id }) => id);
  return group.toSorted((a, b) => facts.indexOf(a.mention.at.fact) - facts.indexOf(b.mention.at.fact));
};

/** READMEs that say that code was taken over, one finding each: that much credit is more than many give, so it is information. */
export function* creditedCode(context: RuleContext): Iterable<RawFinding> {
  const byReadme = new Map<string, Credited[]>();
  for (const credited of creditedIn(context)) {
    const { path } = credited.mention.at;
    const known = byReadme.get(path);
    if (known) known.push(credited);
    else byReadme.set(path, [credited]);
  }
  const nearest = [...byReadme.values()].toSorted((a, b) => depthOf(a) - depthOf(b));
  for (const group of nearest.slice(0, mostReadmes)) {
    const [first, ...others] = inOrder(context, group);
    if (!first) continue;
    const named = [first, ...others]
      .slice(0, mostNamed)
      .map(({ repository, licences }) => `${repository} (${licences.length > 0 ? licenceNames(licences, context.knowledge) : 'terms not known here'})`);
    yield {
      messageId: 'credited',
      data: { sources: `${named.join(', ')}${group.length > mostNamed ? ` and ${group.length - mostNamed} more` : ''}` },
      at: first.mention.at,
      severity: 'information',
      works: group.map(({ repository }) => `${github}${repository}`),
      evidence: 'declared',
      related: others
        .slice(0, maximumRelated)
        .map(({ mention, repository }) => ({ at: mention.at, message: `${repository} is credited here`, decides: 'information' })),
    };
  }
}

const depthOf = ([first]: readonly Credited[]): number => first?.mention.at.path.split('/').length ?? 0;
