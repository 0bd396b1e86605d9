import { readFileSync } from 'node:fs';
import { identify } from '../../server/src/licence/identify.ts';
import { testKnowledge } from './knowledge.ts';

/** Texts of licences come from the package that ships them: none is copied into the tests. */
export const shipped = JSON.parse(readFileSync('node_modules/spdx-license-list/spdx-full.json', 'utf8')) as Readonly<
  Record<string, { readonly licenseText: string }>
>;
export const textOf = (id: string): string => shipped[id]?.licenseText ?? '';
export const expressionOf = (text: string): string | null => identify(text, testKnowledge()).expression;
