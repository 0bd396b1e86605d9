import { importedCode } from '../artefacts/imports.ts';
import { byFileName } from '../artefacts/weights-paths.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { granted } from '../lineage/bindings.ts';
import { folderOf } from '../lineage/local.ts';
import { pathText, shortName } from '../lineage/path.ts';
import type { FactRef, Statement, Work } from '../lineage/types.ts';
import { compareText } from '../text/compare.ts';
import { basis, bindingsFor, licenceName, maximumRelated, meantBy, otherMentions, sortedWorks } from './support/helpers.ts';
import { bareLicence } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

interface Lists {
  /** Null = everything is allowed. */
  readonly allow: ReadonlySet<string> | null;
  readonly deny: ReadonlySet<string>;
}

/** Licences that the words of a list mean: as they stand, and what they resolve to. "Or later" is no other licence here. */
const idsOf = (words: readonly string[], knowledge: Knowledge): ReadonlySet<string> =>
  new Set(words.flatMap((word) => [bareLicence(word), ...meantBy(word, knowledge).map((terms) => bareLicence(terms.id))]));

type Verdict = 'denied' | 'unlisted' | undefined;

const verdictOn = (lists: Lists, licence: string): Verdict => {
  const id = bareLicence(licence);
  if (lists.deny.has(id)) return 'denied';
  return lists.allow !== null && !lists.allow.has(id) ? 'unlisted' : undefined;
};

/** Of a choice, one licence that passes is enough. */
const verdictOf = (lists: Lists, statement: Statement, licence: string): Verdict =>
  statement.choice && statement.licences.some((each) => verdictOn(lists, each) === undefined) ? undefined : verdictOn(lists, licence);

function* taken(context: RuleContext, lists: Lists, work: Work): Iterable<RawFinding> {
  const chosen = work.mentions.filter((mention) => mention.role === 'decision' && mention.type !== 'publishes');
  // A manifest is where a package is chosen, an import only shows it.
  const decisions = [...chosen.filter((mention) => mention.via !== importedCode), ...chosen.filter((mention) => mention.via === importedCode)];
  const [place] = decisions;
  if (!place || granted(work) !== undefined) return;
  const told = new Set<string>();
  for (const binding of bindingsFor(context, work.id)) {
    const verdict = verdictOf(lists, binding.statement, binding.licence);
    if (verdict === undefined || told.has(binding.licence)) continue;
    told.add(binding.licence);
    yield {
      messageId: verdict,
      data: {
        work: shortName(work.id),
        licence: licenceName(binding.licence, context.knowledge),
        id: binding.licence,
        via: binding.inherited ? ` (${pathText(binding.path)})` : '',
        basis: place.via === byFileName ? 'judging by the name of the file' : basis(binding.statement),
      },
      at: place.at,
      // What only the name of a file tells is a guess.
      severity: place.via === byFileName ? 'information' : 'error',
      works: [work.id],
      evidence: place.via === byFileName ? 'name' : binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: otherMentions(place.at, decisions, `${shortName(work.id)} is used here too`, ({ via }) => (via === byFileName ? 'information' : 'error')),
    };
  }
}

interface Own {
  readonly work: Work;
  readonly statement: Statement;
  readonly at: FactRef;
  readonly licence: string;
  readonly verdict: Exclude<Verdict, undefined>;
}

const depth = ({ at }: Own): number => (folderOf(at.path) === '.' ? 0 : at.path.split('/').length);

/** What is stated in the tree for its own works, and for what was taken into it: each licence once, at the place nearest to the root. */
function* stated(context: RuleContext, lists: Lists): Iterable<RawFinding> {
  const groups = new Map<string, Own[]>();
  for (const work of sortedWorks(context)) {
    if (!work.local) continue;
    for (const statement of work.statements) {
      const { at, fact } = statement;
      if (!at || statement.speaker === 'other' || fact?.via === 'badge' || fact?.via === 'prose') continue;
      for (const licence of statement.licences) {
        const verdict = verdictOf(lists, statement, licence);
        if (verdict === undefined) continue;
        const key = bareLicence(licence);
        groups.set(key, [...(groups.get(key) ?? []), { work, statement, at, licence, verdict }]);
      }
    }
  }
  for (const group of groups.values()) {
    const [first, ...others] = group.toSorted((a, b) => depth(a) - depth(b) || compareText(a.at.path, b.at.path));
    if (!first) continue;
    yield {
      messageId: first.verdict,
      data: { work: shortName(first.work.id), licence: licenceName(first.licence, context.knowledge), id: first.licence, via: '', basis: 'as stated here' },
      at: first.at,
      ofWhole: true,
      works: [...new Set(group.map((entry) => entry.work.id))].slice(0, 10),
      evidence: first.statement.evidence,
      related: others.slice(0, maximumRelated).map((entry) => ({ at: entry.at, message: 'the same licence stands here', decides: 'error' })),
    };
  }
}

export const deniedLicence = defineRule({
  id: 'denied-licence',
  severity: 'error',
  title: 'A licence that the policy does not let in',
  messages: {
    denied:
      '{work} is under {licence}{via}, {basis}, and the policy denies {id}. Take another work, note under `grants` what was agreed with its owner, or change the policy.',
    unlisted:
      '{work} is under {licence}{via}, {basis}, and {id} is not among the licences that the policy allows. Take another work, note under `grants` what was agreed with its owner, or allow it.',
  },
  *check(context) {
    const { allow, deny } = context.policy.licences;
    if (allow === null && deny.length === 0) return;
    const lists: Lists = { allow: allow === null ? null : idsOf(allow, context.knowledge), deny: idsOf(deny, context.knowledge) };
    for (const work of sortedWorks(context)) if (!work.local && work.kind !== 'service') yield* taken(context, lists, work);
    yield* stated(context, lists);
  },
});
