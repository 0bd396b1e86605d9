/** What the five questions were answered with; null or empty = left open. */
export interface PolicyAnswers {
  readonly commercial: boolean | null;
  readonly distribute: readonly string[];
  readonly trainOthers: boolean | null;
  readonly territories: readonly string[];
  readonly publish: { readonly part: 'weights' | 'code' | 'data'; readonly licence: string } | null;
}

/** A value as YAML reads it back, whatever was typed. */
const scalar = (text: string): string => (/^(?!(?:true|false|yes|no|on|off|null|none)$)[A-Za-z][\w.+/-]*$/i.test(text) ? text : JSON.stringify(text));

const list = (items: readonly string[]): string => `[${items.map(scalar).join(', ')}]`;

/** A line that states something, or one that shows how it would be stated. */
const line = (stated: boolean, text: string): string => `${stated ? '' : '# '}${text}`;

/** What `accept` and the like look like stands in the README; here is only what was asked for, and what is asked for most beside it. */
export const policyText = ({ commercial, distribute, trainOthers, territories, publish }: PolicyAnswers): string => {
  const uses = [
    line(commercial !== null, `  commercial: ${commercial ?? true}`),
    line(distribute.length > 0, `  distribute: ${list(distribute.length > 0 ? distribute : ['weights', 'code'])}`),
    line(trainOthers !== null, `  train-other-models: ${trainOthers ?? false}`),
    line(territories.length > 0, `  territories: ${list(territories.length > 0 ? territories : ['EU', 'UK', 'US'])}`),
    line(false, '  monthly-active-users: 20000'),
  ];
  const stated = uses.some((row) => !row.startsWith('#'));
  return [
    '# What we do with the models, data and code in this repository, and what we accept.',
    '# Pedigree weighs its findings against it: in the editor, on the command line and in CI alike.',
    '',
    line(stated, 'use:'),
    ...uses,
    '',
    '# What we mean to publish, and under which terms.',
    line(publish !== null, 'publish:'),
    line(publish !== null, `  ${publish?.part ?? 'weights'}: ${scalar(publish?.licence ?? 'apache-2.0')}`),
    '',
    '# Findings that we looked at and accept. Without a reason nothing is held back; `until` is the last day.',
    '# accept:',
    '#   - rule: noncommercial-data',
    '#     paths: ["lab/**"]',
    '#     reason: measured in the lab only',
    '#     until: 2027-01-31',
    '',
  ].join('\n');
};
