import { SyntaxKind } from 'typescript/unstable/ast';
import type { CallExpression, Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isComputedPropertyName,
  isConditionalExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSpreadElement,
  isStringLiteral,
  isTemplateExpression,
  isTemplateSpan,
} from 'typescript/unstable/ast/is';

/** All nodes, from the outside in. */
export const nodesOf = (root: Node): readonly Node[] => {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    found.push(node);
    node.forEachChild((child) => {
      walk(child);
      return undefined;
    });
  };
  walk(root);
  return found;
};

/** What a literal says; `{}` stands for what is put in. */
const textOf = (node: Node): string | undefined => {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
  return isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('{}') : undefined;
};

/** The name of what is called: `make`, `setAttribute`, `log.warn`. */
const calleeOf = ({ expression }: CallExpression): string => {
  if (isIdentifier(expression)) return expression.text;
  if (!isPropertyAccessExpression(expression)) return '';
  const { expression: owner, name } = expression;
  const of = isIdentifier(owner) ? owner.text : isPropertyAccessExpression(owner) ? owner.name.text : '';
  return of === 'log' ? `log.${name.text}` : name.text;
};

type Place =
  | { readonly kind: 'argument'; readonly of: string; readonly at: number; readonly first: string }
  | { readonly kind: 'property' | 'assignment'; readonly name: string }
  | { readonly kind: 'other' };

const nameOf = (node: Node): string => (isIdentifier(node) || isStringLiteral(node) ? node.text : isPropertyAccessExpression(node) ? node.name.text : '');

const passedOn: readonly SyntaxKind[] = [SyntaxKind.BarBarToken, SyntaxKind.QuestionQuestionToken, SyntaxKind.PlusToken];

/** Where the value of an expression goes: through conditions, lists and brackets to whoever takes it. */
const placeOf = (node: Node): Place => {
  const { parent } = node;
  if (isParenthesizedExpression(parent) || isArrayLiteralExpression(parent) || isSpreadElement(parent)) return placeOf(parent);
  if (isTemplateSpan(parent)) return placeOf(parent.parent);
  if (isConditionalExpression(parent) && parent.condition !== node) return placeOf(parent);
  if (isBinaryExpression(parent)) {
    if (passedOn.includes(parent.operatorToken.kind)) return placeOf(parent);
    if (parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === node) return { kind: 'assignment', name: nameOf(parent.left) };
  }
  if (isPropertyAssignment(parent) && parent.initializer === node) return { kind: 'property', name: nameOf(parent.name) };
  if (isArrowFunction(parent) && parent.body === node) return placeOf(parent);
  if (isCallExpression(parent)) {
    const at = parent.arguments.indexOf(node as Expression);
    const [first] = parent.arguments;
    if (at >= 0) return { kind: 'argument', of: calleeOf(parent), at, first: (first && textOf(first)) ?? '' };
  }
  return { kind: 'other' };
};

/** Compared with what others say, never shown. */
const isCompared = ({ parent }: Node): boolean =>
  isBinaryExpression(parent) &&
  [SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.ExclamationEqualsEqualsToken].some((token) => token === parent.operatorToken.kind);

/** Where words are classes, selectors, fonts, shapes or lines of the log. */
const isUnseen = (place: Place): boolean => {
  if (place.kind === 'other') return false;
  if (place.kind !== 'argument') return ['class', 'classes', 'className', 'd', 'font', 'transform', 'viewBox'].includes(place.name);
  const { of, at, first } = place;
  return (
    of.startsWith('log.') ||
    (of === 'make' && at === 1) ||
    (['badge', 'button', 'isolated'].includes(of) && at === 0) ||
    (['querySelector', 'querySelectorAll', 'closest', 'matches'].includes(of) && at === 0) ||
    (of === 'setAttribute' && first === 'transform')
  );
};

const shownNames = ['aria-label', 'description', 'detail', 'invocationMessage', 'label', 'message', 'placeHolder', 'placeholder', 'prompt', 'saveLabel'];

/** Where a person sees every word: one is enough there. */
const isShown = (place: Place): boolean => {
  if (place.kind === 'other') return false;
  if (place.kind !== 'argument') return [...shownNames, 'text', 'textContent', 'title', 'tooltip', 'words'].includes(place.name);
  const { of, at, first } = place;
  return (
    /^show\w+Message$|^setStatusBarMessage$|^join$/.test(of) ||
    (['make', 'draw'].includes(of) && at >= 2) ||
    (['badge', 'button', 'isolated', 'link', 'section'].includes(of) && at === 1) ||
    (of === 'setAttribute' && at === 1 && ['aria-label', 'title'].includes(first))
  );
};

/** Two words side by side, or a word beside what is put in. */
const isSentence = (text: string): boolean => {
  const words = text.split(' ').map((word) => word.replace(/^["'“‘(]+|["'”’).,:;!?…]+$/g, ''));
  const isWord = (word: string | undefined): boolean => /^\p{L}+(?:[-’']\p{L}+)*$/u.test(word ?? '');
  return words.some((word, at) => {
    const next = words[at + 1];
    return (isWord(word) && (isWord(next) || next === '{}')) || (word === '{}' && isWord(next));
  });
};

/** A word as titles, labels and buttons begin; but for the name, which is the same in every language. */
const isTitle = (text: string): boolean => /^\p{Lu}\p{Ll}+…?$/u.test(text.trim()) && text !== 'Pedigree';

/** The strings of a file that a person would see and that stand in no table: `line: text`. */
export const inlineStrings = (file: SourceFile): readonly string[] =>
  nodesOf(file).flatMap((node) => {
    const text = textOf(node);
    if (text === undefined || isCompared(node) || node.parent.kind === SyntaxKind.LiteralType) return [];
    const place = isComputedPropertyName(node.parent) ? ({ kind: 'other' } as const) : placeOf(node);
    if (isUnseen(place) || !(isSentence(text) || isTitle(text) || (isShown(place) && /\p{L}{2}/u.test(text)))) return [];
    return [`${file.text.slice(0, node.end).split('\n').length}: ${text}`];
  });
