import type { Policy, RuleLevel } from '../policy/types.ts';
import type { Severity } from '../protocol/report.ts';

/** The level that the policy gives a rule at a path; the last override that matches wins. Undefined = the policy says nothing. */
const stated = (policy: Policy, rule: string, path: string): RuleLevel | undefined => {
  const override = policy.overrides.findLast((entry) => entry.rules[rule] !== undefined && entry.matches(path));
  return override?.rules[rule] ?? policy.rules[rule];
};

/** The final level of a finding: the policy's word over the rule's, and never more than information where others decide: in a vendored project, or who types what a README shows. */
export const levelOf = (policy: Policy, rule: string, path: string, own: Severity, ofOthers: boolean): RuleLevel => {
  const level = stated(policy, rule, path);
  if (level !== undefined) return level;
  return ofOthers ? 'information' : own;
};
