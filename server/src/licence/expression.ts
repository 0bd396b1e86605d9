import parseExpression from 'spdx-expression-parse';
import { limits } from '../text/limits.ts';
import { spdxId } from './spdx.ts';

export interface Expression {
  readonly licences: readonly string[];
  /** True when one of them may be picked; with AND and OR mixed, the whole counts as binding. */
  readonly choice: boolean;
  readonly normalised: string;
}

type Node = ReturnType<typeof parseExpression>;

const leaves = (node: Node): readonly string[] => {
  if ('license' in node) return [node.plus === true ? `${node.license}+` : node.license];
  return [...leaves(node.left), ...leaves(node.right)];
};

const conjunctions = (node: Node): readonly string[] => ('license' in node ? [] : [node.conjunction, ...conjunctions(node.left), ...conjunctions(node.right)]);

/** Ids in the list's own case, so that `mit or apache-2.0` is read; the caller decides whether the spelling is a problem. */
const inCase = (text: string): string => text.replace(/[A-Za-z0-9.+-]+/g, (word) => {
  if (/^(?:and|or|with)$/i.test(word)) return word.toUpperCase();
  return word.startsWith('LicenseRef-') || word.startsWith('DocumentRef-') ? word : (spdxId(word) ?? word);
});

/** An SPDX expression, LicenseRefs included; undefined for anything else. Never throws; nesting is bounded because the parser recurses. */
export const readExpression = (text: string): Expression | undefined => {
  const value = text.trim();
  if (value === '' || value.length > limits.expressionLength || value.split(/[\s()]+/).length > limits.expressionTokens) return undefined;
  let depth = 0;
  for (const unit of value) {
    if (unit === '(') depth += 1;
    if (unit === ')') depth -= 1;
    if (depth > limits.nesting) return undefined;
  }
  try {
    const normalised = inCase(value);
    const tree = parseExpression(normalised);
    const words = conjunctions(tree);
    return { licences: [...new Set(leaves(tree))], choice: words.length > 0 && words.every((word) => word === 'or'), normalised };
  } catch {
    return undefined;
  }
};
