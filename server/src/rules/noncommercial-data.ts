import { isNonCommercial } from '../lineage/clauses.ts';
import { findRestricted } from './shared.ts';
import { defineRule } from './types.ts';

export const noncommercialData = defineRule({
  id: 'noncommercial-data',
  severity: 'warning',
  title: 'Data for non-commercial or research use only',
  messages: {
    used: '{work} is under {licence}{via}: {what}{clause}, {basis}. Whether training carries such terms to a model is unsettled: use other data, agree other terms, or accept it with a reason.',
    declared: 'These data are declared under {licence}: {what}{clause}. Say so wherever they, or data made from them, are handed on.',
  },
  check: (context) =>
    findRestricted(context, { kind: 'dataset', scopes: ['data'], applies: isNonCommercial, loaded: { inferred: 'warning', stated: 'warning' } }),
});
