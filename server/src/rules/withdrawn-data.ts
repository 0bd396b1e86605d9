import { findDisputes } from './support/disputes.ts';
import { defineRule } from './types.ts';

const look = 'Use data that are still offered, or note in pedigree.yaml why you may keep a copy.';

export const withdrawnData = defineRule({
  id: 'withdrawn-data',
  severity: 'warning',
  title: 'Data that were withdrawn or taken down',
  messages: {
    withdrawn: `{work} is recorded as withdrawn{date}: {statement} (per {source}). ${look}`,
    'taken-down': `{work} is recorded as taken down{date}: {statement} (per {source}). ${look}`,
    part: `{work} holds, or came out of, something that is recorded as withdrawn{date}: {statement} (per {source}). Say so in your card, and leave that part out where you can.`,
  },
  check: (context) => findDisputes(context, 'withdrawn'),
});
