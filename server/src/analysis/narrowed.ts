import type { Lineage } from '../lineage/types.ts';
import type { Policy } from '../policy/types.ts';
import type { Narrowed, Severity } from '../protocol/report.ts';
import { compareText } from '../text/compare.ts';
import { levelOf } from './levels.ts';
import type { Draft } from './held.ts';
import type { AnalysisInput } from './types.ts';
import { noPolicy } from '../policy/read.ts';

const ranks: readonly Severity[] = ['information', 'warning', 'error'];

const isLower = (level: string, than: Severity): boolean => ranks.indexOf(level as Severity) < ranks.indexOf(than);

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What a policy states beside levels, which changes what is found: whoever audits the tree of others should know that it was believed. */
const statedRow = (policy: Policy): readonly Narrowed[] => {
  if (policy.path === null) return [];
  const said = [
    ...(policy.use === null ? [] : ['the use']),
    ...(policy.works.length === 0 ? [] : [`licences of ${counted(policy.works.length, 'work')}`]),
    ...(policy.grants.length === 0 ? [] : [counted(policy.grants.length, 'grant')]),
    ...(policy.provenance.length === 0 ? [] : [counted(policy.provenance.length, 'note on origins', 'notes on origins')]),
  ];
  return said.length === 0 ? [] : [{ path: policy.path, reason: `states ${said.join(', ')}, which is believed` }];
};

/** Levels that the policy or a vendored project lowered, by what did it. */
const loweredRows = (input: AnalysisInput, { vendorOf }: Lineage, drafts: readonly Draft[]): readonly Narrowed[] => {
  const groups = new Map<string, { readonly path: string; readonly why: (count: number) => string; count: number }>();
  const add = (key: string, path: string, why: (count: number) => string): void => {
    const group = groups.get(key) ?? { path, why, count: 0 };
    group.count += 1;
    groups.set(key, group);
  };
  for (const { entry, place } of drafts) {
    const { rule, finding } = entry;
    const own = finding.severity ?? rule.severity;
    const vendor = finding.ofWhole === true ? undefined : vendorOf(place.path);
    const ruled = levelOf(input.policy, rule.id, place.path, own, false);
    const unruled = levelOf(noPolicy, rule.id, place.path, own, vendor !== undefined);
    if (isLower(ruled, own))
      add(`${rule.id} ${ruled}`, input.policy.path ?? 'policy', (count) => `makes ${counted(count, 'finding')} of ${rule.id} ${ruled}, not ${own}`);
    else if (vendor !== undefined && isLower(unruled, own) && ruled === own)
      add(`${vendor}\0`, vendor, (count) => `is a project of its own, so ${counted(count, 'finding is', 'findings are')} information`);
  }
  return [...groups.values()].map(({ path, why, count }) => ({ path, reason: why(count) }));
};

/** All that makes the report say less, beside what is held back and what was skipped. */
export const narrowedOf = (input: AnalysisInput, lineage: Lineage, drafts: readonly Draft[]): readonly Narrowed[] =>
  [...(input.surroundings?.leftOut ?? []), ...statedRow(input.policy), ...loweredRows(input, lineage, drafts)].toSorted(
    (a, b) => compareText(a.path, b.path) || compareText(a.reason, b.reason),
  );
