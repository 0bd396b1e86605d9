import { isNonCommercial } from '../lineage/clauses.ts';
import { findRestricted } from './support/shared.ts';
import { defineRule } from './types.ts';

export const noncommercialWeights = defineRule({
  id: 'noncommercial-weights',
  severity: 'warning',
  title: 'Weights for non-commercial or research use only',
  messages: {
    used: '{work} is under {licence}{via}: {what}{clause}, {basis}. Use a model whose terms permit what you do, agree other terms with its licensor, or accept it with a reason.',
    declared:
      'These weights are declared under {licence}: {what}{clause}. Say so wherever they are handed on, and keep them apart from code under wider terms.',
  },
  check: (context) =>
    findRestricted(context, { kind: 'model', scopes: ['weights'], applies: isNonCommercial, loaded: { inferred: 'warning', stated: 'warning' } }),
});
