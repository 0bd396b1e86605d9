import { rulePage } from '../protocol/requests.ts';
import { ruleById } from '../rules/index.ts';
import type { Description } from './description.ts';

/** A rule as `explain` and the hover of a suppression show it. */
export const describeRule = (id: string): Description | undefined => {
  const rule = ruleById(id);
  if (!rule) return undefined;
  return {
    kind: 'rule',
    title: rule.id,
    subtitle: rule.title,
    rows: [
      { label: 'Default level', value: rule.severity },
      ...Object.entries(rule.messages).map(([label, value]) => ({ label: `Message (${label})`, value })),
    ],
    notes: [`See ${rulePage(id)}.`],
    sources: [],
    seeAlso: [],
  };
};
