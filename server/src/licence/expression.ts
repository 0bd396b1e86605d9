import parseExpression from 'spdx-expression-parse';
import { limits } from '../text/limits.ts';
import { replacementOf, spdxId } from './spdx.ts';

export interface Expression {
  /** Without exceptions; `GPL-2.0+` stays as it is, `Apache-2.0+` is `Apache-2.0`, which the licensee may at least have. */
  readonly licences: readonly string[];
  /** True when one of them may be picked; with AND and OR mixed, the whole counts as binding. */
  readonly choice: boolean;
  readonly exceptions: readonly string[];
  /** With ids in the list's own case and operators in capitals. */
  readonly normalised: string;
}

type Node = ReturnType<typeof parseExpression>;
type Leaf = Extract<Node, { readonly license: string }>;

const isLeaf = (node: Node): node is Leaf => 'license' in node;

const leaves = (node: Node): readonly Leaf[] => (isLeaf(node) ? [node] : [...leaves(node.left), ...leaves(node.right)]);

const conjunctions = (node: Node): readonly string[] => (isLeaf(node) ? [] : [node.conjunction, ...conjunctions(node.left), ...conjunctions(node.right)]);

const licenceOf = (leaf: Leaf): string => {
  const later = `${leaf.license}+`;
  return leaf.plus === true && replacementOf(later) !== undefined ? later : leaf.license;
};

/** Ids in the list's own case, so that `mit or apache-2.0` is read: the specification matches ids whatever their case. */
const inCase = (text: string): string =>
  text.replace(/[A-Za-z0-9.-]+/g, (word) => {
    if (/^(?:and|or|with)$/i.test(word)) return word.toUpperCase();
    return /^(?:LicenseRef|DocumentRef)-/.test(word) ? word : (spdxId(word) ?? word);
  });

/** Too long, too many tokens or too deep: the parser recurses, so this is asked first. */
const isTooMuch = (text: string): boolean => {
  if (text.length > limits.expressionLength || text.split(/[\s()]+/).length > limits.expressionTokens) return true;
  let depth = 0;
  for (const unit of text) {
    if (unit === '(') depth += 1;
    if (unit === ')') depth -= 1;
    if (depth > limits.nesting) return true;
  }
  return false;
};

/** Exceptions of one's own, which SPDX 3 has and the parser does not know. */
const ownException = / WITH ((?:DocumentRef-[A-Za-z0-9.-]+:)?AdditionRef-[A-Za-z0-9.-]+)/g;

/** An SPDX expression, LicenseRefs included; undefined for anything else. Never throws. */
export const readExpression = (text: string): Expression | undefined => {
  const value = text.trim().replace(/\s+/g, ' ');
  if (value === '' || isTooMuch(value)) return undefined;
  try {
    const normalised = inCase(value);
    const tree = parseExpression(normalised.replace(ownException, ''));
    const all = leaves(tree);
    const words = conjunctions(tree);
    return {
      licences: [...new Set(all.map(licenceOf))],
      choice: words.length > 0 && words.every((word) => word === 'or'),
      exceptions: [...new Set([...all.flatMap((leaf) => leaf.exception ?? []), ...[...normalised.matchAll(ownException)].map((match) => match[1] ?? '')])],
      normalised,
    };
  } catch {
    return undefined;
  }
};
