import { findDisputes } from './support/disputes.ts';
import { defineRule } from './types.ts';

const look = 'Read the source and decide with what you do in mind; other data, or those parts that are not concerned, are the safer choice.';

export const disputedCorpus = defineRule({
  id: 'disputed-corpus',
  severity: 'warning',
  title: 'A corpus whose use is disputed',
  messages: {
    disputed: `The use of {work} is disputed{date}: {statement} (per {source}). ${look}`,
    'court-disputed': `The use of {work} is before a court{date}: {statement} (per {source}), which says nothing of who is right. ${look}`,
    settled: `A dispute about {work} was settled{date}: {statement} (per {source}). ${look}`,
    ruled: `A court has ruled on a dispute about {work}{date}: {statement} (per {source}). Read the ruling before you rely on it elsewhere.`,
    audited: `The sources of {work} were audited{date}: {statement} (per {source}). Look at what you take from it, and honour what its sources ask for now.`,
    part: `{work} holds a part whose use is disputed{date}: {statement} (per {source}). Say so in your card, and leave that part out where you can.`,
  },
  check: (context) => findDisputes(context, 'disputed'),
});
