import type { DataEntry, DataNode } from '../../text/data.ts';
import type { XmlElement, XmlText } from '../../text/xml.ts';

/** Elements that only hold others: lists in the notation of JSON. */
const lists = new Set(['licenses', 'externalReferences', 'hashes', 'ancestors', 'components', 'datasets', 'properties']);

/** What an element's own text is called in JSON, beside its attributes. */
const textNames: Readonly<Record<string, string>> = { hash: 'content', property: 'value' };

const scalarOf = ({ value, span }: XmlText): DataNode => ({ kind: 'scalar', value, span, inner: span });

const entryOf = (key: string, text: XmlText): DataEntry => ({ key, keySpan: text.span, value: scalarOf(text) });

const wrapped = (element: XmlElement, value: DataNode, more: readonly DataEntry[] = []): DataNode => ({
  kind: 'map',
  entries: [...more, { key: element.name, keySpan: element.span, value }],
  span: element.span,
});

const attributesOf = (element: XmlElement): readonly DataEntry[] => [...element.attributes].map(([name, text]) => entryOf(name, text));

/** An entry of a list as JSON has it: `{ "license": { ... } }`, `{ "expression": "..." }`, `{ "ref": "..." }`, and all others bare. */
const itemOf = (element: XmlElement): DataNode => {
  if (element.name === 'license') return wrapped(element, nodeOf(element));
  if (element.name === 'expression' || element.name === 'ref') return wrapped(element, scalarOf(element.text), attributesOf(element));
  return nodeOf(element);
};

/** A bill of materials in XML as the tree of the same in JSON, so that it is read once. */
export const nodeOf = (element: XmlElement): DataNode => {
  if (lists.has(element.name)) return { kind: 'sequence', items: element.children.map(itemOf), span: element.span };
  if (element.children.length === 0 && element.attributes.size === 0) return scalarOf(element.text);
  const text = textNames[element.name];
  return {
    kind: 'map',
    entries: [
      ...attributesOf(element),
      ...(text === undefined ? [] : [entryOf(text, element.text)]),
      ...element.children.map((child): DataEntry => ({ key: child.name, keySpan: child.span, value: nodeOf(child) })),
    ],
    span: element.span,
  };
};
