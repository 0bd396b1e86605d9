import { findRestricted } from './support/shared.ts';
import { defineRule } from './types.ts';

export const restrictedWeights = defineRule({
  id: 'restricted-weights',
  severity: 'warning',
  title: 'Weights under a community licence or RAIL, with conditions',
  messages: {
    used: '{work} is under {licence}{via}, with conditions: {what}{clause}, {basis}. Check the conditions against what you do, and pass on the licence and its notices with anything you distribute.',
    declared: 'These weights are declared under {licence}, with conditions: {what}{clause}. Keep the licence and its notices with every copy.',
  },
  check: (context) =>
    findRestricted(context, {
      kind: 'model',
      scopes: ['weights'],
      applies: (restriction) => restriction === 'use-restricted',
      loaded: { inferred: 'information', stated: 'warning' },
    }),
});
