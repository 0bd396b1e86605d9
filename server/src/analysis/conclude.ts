import { memoBy } from '../knowledge/lookup.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { buildLineage } from '../lineage/build.ts';
import type { Measured } from '../lineage/digests.ts';
import { factsOf } from '../lineage/files.ts';
import type { FactIn } from '../lineage/files.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import { nothingBeside } from '../lineage/tree.ts';
import { displayIndex, obligationsOf, publishableOf } from '../lineage/publish.ts';
import type { DisplayIndex } from '../lineage/publish.ts';
import type { Lineage } from '../lineage/types.ts';
import type { Publishable } from '../protocol/report.ts';
import { rules } from '../rules/index.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';
import type { RawFinding, Rule, RuleContext } from '../rules/types.ts';
import { digest } from '../text/digest.ts';
import type { AnalysisInput } from './types.ts';

const displaysOf = memoBy((facts: readonly FactIn<'display'>[]) =>
  displayIndex(facts.map(({ path, fact }) => ({ text: fact.text, at: { path, fact: fact.id } }))),
);

const noResolutions: Resolutions = [];
const textOf = memoBy((given: object) => digest(JSON.stringify(given)));
const measuredText = memoBy((given: Measured) => digest(JSON.stringify([...given])));

export interface RuleFinding {
  readonly rule: Rule;
  readonly finding: RawFinding;
}

/** All that follows from the facts, and nothing that moves with the text. */
export interface Conclusions {
  readonly key: string;
  /** Of which these are the conclusions. */
  readonly artefacts: AnalysisInput['artefacts'];
  readonly lineage: Lineage;
  readonly displays: DisplayIndex;
  readonly findings: readonly RuleFinding[];
  readonly obligations: ReturnType<typeof obligationsOf>;
  readonly publishable: readonly Publishable[];
}

/** Equal keys over files that state the same mean equal conclusions: policy, knowledge, day and what is there beside the files. */
export const conclusionKey = (input: AnalysisInput, knowledge: Knowledge): string =>
  [
    knowledge.version,
    input.today,
    input.policy.hash,
    textOf(input.surroundings ?? nothingBeside),
    textOf(input.resolutions ?? noResolutions),
    input.measured === undefined ? '' : measuredText(input.measured),
  ].join('\n');

/** A file without facts counts by being there: a script may name it as its data, and a finding about something absent may stand at it. */
export const stateTheSame = (a: AnalysisInput['artefacts'], b: AnalysisInput['artefacts']): boolean => {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [path, artefact] of a) {
    const [otherPath, other] = others.next().value ?? ['', undefined];
    if (path !== otherPath || (artefact !== other && artefact.factsDigest !== other?.factsDigest)) return false;
  }
  return true;
};

export const contextOf = (input: AnalysisInput, knowledge: Knowledge, lineage: Lineage, displays: DisplayIndex): RuleContext => ({
  artefacts: input.artefacts,
  lineage,
  knowledge,
  policy: input.policy,
  displays,
  today: input.today,
  surroundings: input.surroundings ?? nothingBeside,
  measured: input.measured ?? new Map(),
});

export const conclude = (input: AnalysisInput, knowledge: Knowledge, key: string): Conclusions => {
  const lineage = buildLineage({ artefacts: input.artefacts, policy: input.policy, knowledge, today: input.today, resolutions: input.resolutions ?? [] });
  const displays = displaysOf(factsOf(input.artefacts, 'display'));
  const context = contextOf(input, knowledge, lineage, displays);
  const findings = rules
    .filter((rule) => rule !== invalidSuppression)
    .flatMap((rule) => [...rule.check(context)].map((finding): RuleFinding => ({ rule, finding })));
  return {
    key,
    artefacts: input.artefacts,
    lineage,
    displays,
    findings,
    obligations: obligationsOf(lineage, displays),
    publishable: publishableOf(lineage, knowledge),
  };
};
