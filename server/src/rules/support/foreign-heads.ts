import { roleOfPath } from '../../artefacts/hub-id.ts';
import { groupById } from '../../knowledge/lookup.ts';
import { fileOfProject } from '../../knowledge/publishers.ts';
import type { Clause, Terms } from '../../knowledge/types.ts';
import { isNonCommercial, restrictionOf } from '../../lineage/clauses.ts';
import { headersIn, noticesOf } from '../../lineage/notices.ts';
import type { RuleContext } from '../types.ts';
import type { GradedHead } from './heads.ts';
import { bareLicence, wholeOf, wholeSays } from './parts.ts';

export const idsOf = (declared: readonly Terms[]): readonly string[] => [...new Set(declared.map((terms) => terms.id))];

export const holdsOneOf = (licences: readonly string[], others: readonly string[]): boolean => {
  const bare = others.map(bareLicence);
  return licences.some((licence) => bare.includes(bareLicence(licence)));
};

/** What has to go along with a copy. */
export const duty = (terms: Terms | undefined): Clause | undefined =>
  terms?.clauses.find((clause) => clause.kind === 'licence-copy' && clause.effect === 'require') ??
  terms?.clauses.find((clause) => clause.kind === 'attribution' && clause.effect === 'require');

export interface ForeignHead extends GradedHead {
  readonly holder: string;
  readonly licence: string | null;
  readonly declared: readonly Terms[];
}

/** What keeps the repository itself in order, or starts its build, is not handed on with what it makes. */
const upkeep =
  /(?:^|\/)(?:\.mvn|gradle)\/wrapper\/|\.cmake$|(?:^|\/)CMakeLists\.txt$|(?:^|\/)(?:gradlew|mvnw)(?:\.\w+)?$|(?:^|\/)(?:\.github|\.circleci|\.gitlab|\.?ci)\/|(?:^|\/)(?:scripts|utils|tools|hack)\/(?:\w+\/)?(?:stale|release|check_\w+|lint\w*|format\w*|download_\w+|notification_service|tests_fetcher)\.(?:py|sh)$/;

/** A link to the terms will do. */
const onlyNames = (terms: Terms): boolean => /\bor a link\b/.test(duty(terms)?.what ?? '');

/** Heads that name somebody else and terms of which the tree has neither the text nor a word of its own. */
export const foreignHeads = (context: RuleContext): readonly ForeignHead[] => {
  const notices = noticesOf(context.artefacts);
  return headersIn(context.artefacts).flatMap(({ path, fact }): ForeignHead[] => {
    if (context.lineage.vendorOf(path) !== undefined || fact.whole !== false || fact.choice) return [];
    const around = wholeOf(context, path);
    const declared = around?.declared ?? [];
    // Who keeps all rights has not published the whole, however many of its files are theirs. Else who stands at many heads is one of ours, but
    // not where the whole names somebody else: then at most a remark.
    const others = fact.holders.filter((each) =>
      fact.reserved ? !notices.isNamed(each) : notices.isOurs(each) !== true || notices.answersForAll(each) === false,
    );
    const [first] = others;
    if (first === undefined) return [];
    // Of several holders and several licences nobody can tell which goes with which.
    const holder = fact.licences.length > 1 ? others.slice(0, 3).join(' and ') : first;
    const isMost = notices.headsOf(first) > 2 && notices.isMostOf(first);
    const foreign = fact.reserved ? notices.answersForAll(first) === false && !isMost : notices.isOurs(first) === false;
    const sure = declared.length > 0 && foreign && roleOfPath(path) === 'decision' && !upkeep.test(path) && !notices.isComponent(path);
    const head = (licence: string | null, weak = false): ForeignHead => ({
      at: { path, fact: fact.id },
      holder,
      licence,
      severity: sure && !weak ? 'warning' : 'information',
      declared,
    });
    // Who keeps all rights in some files of a tree that is as narrow has said so.
    if (fact.reserved) return declared.some((terms) => isNonCommercial(restrictionOf(terms.clauses))) ? [] : [head(null)];
    return fact.licences.flatMap((licence) => {
      const terms = context.knowledge.terms(licence);
      if (!terms || terms.category === 'copyleft' || isNonCommercial(restrictionOf(terms.clauses)) || duty(terms) === undefined) return [];
      return holdsOneOf([licence], idsOf(declared)) || notices.hasText(licence) || (around && wholeSays(around.whole, [licence]))
        ? []
        : // A head that names holder and licence gives nearly all that a duty to name them asks for.
          [head(licence, onlyNames(terms) || (terms.category === 'weak-copyleft' && declared.some((each) => each.category === 'copyleft')))];
    });
  });
};

/** Heads in groups: those under one licence, and those in which one holder keeps all rights. */
export const groupedHeads = (context: RuleContext): readonly (readonly ForeignHead[])[] => [
  ...groupById(foreignHeads(context), (head) => [head.licence ?? `reserved ${head.holder}`]).values(),
];

/** The repository that a holder who keeps all rights in these heads is known to have published them in: one of the files has a name that stands for it. */
export const publishedIn = (groups: readonly (readonly ForeignHead[])[], group: readonly ForeignHead[]): string | undefined => {
  const [first] = group;
  if (first?.licence !== null) return undefined;
  const kept = groups.flatMap((each) => (each[0]?.licence === null ? each : []));
  for (const { at } of [...group, ...kept]) {
    const known = fileOfProject(at.path.slice(at.path.lastIndexOf('/') + 1));
    if (known && first.holder.toLowerCase().startsWith(known.holder.toLowerCase())) return known.repository;
  }
  return undefined;
};
