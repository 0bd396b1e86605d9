import type { LinkView } from '../src/report/view.ts';
import { post } from './host.ts';

export type Child = Node | string | null | undefined;

/** An element with classes and children; strings become text, and nothing is ever parsed as HTML. */
export const make = <K extends keyof HTMLElementTagNameMap>(tag: K, classes = '', ...children: readonly Child[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (classes !== '') element.className = classes;
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== ''));
  return element;
};

/** The same inside a picture. */
export const draw = <K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== ''));
  return element;
};

export const button = (classes: string, label: string, click: () => void): HTMLButtonElement => {
  const element = make('button', classes, label);
  element.type = 'button';
  element.addEventListener('click', click);
  return element;
};

/** A place in a file, as something to click where it can be gone to. */
export const link = ({ id, text }: LinkView, label = ''): HTMLElement => {
  if (id === null) return make('span', 'place', text);
  const element = button('place', text, () => post({ type: 'open', id }));
  if (label !== '') element.setAttribute('aria-label', `${label}, ${text}`);
  return element;
};

export const badge = (tone: string, text: string): HTMLElement => make('span', `badge ${tone}`, text);

/** A sentence in pieces, of which its own words stand back. */
export const quietly = (pieces: readonly Child[]): readonly Child[] =>
  pieces.map((piece) => (typeof piece === 'string' ? make('span', 'quiet', piece) : piece));

/** A name whose direction of writing stays its own. */
export const isolated = (classes: string, text: string): HTMLElement => make('bdi', classes, text);

/** A text with its `code` set as code. */
export const prose = (text: string): readonly Child[] =>
  text.split('`').map((part, at, all) => (at % 2 === 1 ? (at < all.length - 1 ? make('code', '', part) : `\`${part}`) : part));

/** A section whose heading names it for a screen reader too. */
export const section = (id: string, title: string, ...children: readonly Child[]): HTMLElement => {
  const heading = make('h2', '', title);
  heading.id = id;
  const element = make('section', '', heading, ...children);
  element.setAttribute('aria-labelledby', id);
  return element;
};

export const pageRoot = (): HTMLElement => document.getElementById('page') ?? document.body;
