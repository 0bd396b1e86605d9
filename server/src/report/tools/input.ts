import type { ToolProperty, ToolSchema } from '../../protocol/tools.ts';

export type Input = Readonly<Record<string, string | number>>;

export type Checked = { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly reason: string };

const wrongWith = (name: string, property: ToolProperty, given: unknown): string | undefined => {
  if (property.type === 'integer') {
    const { minimum = -Infinity, maximum = Infinity } = property;
    const fits = typeof given === 'number' && Number.isInteger(given) && given >= minimum && given <= maximum;
    return fits ? undefined : `"${name}" takes a whole number from ${minimum} to ${maximum}`;
  }
  if (typeof given !== 'string') return `"${name}" takes a text`;
  if (property.enum && !property.enum.includes(given)) return `"${name}" takes one of ${property.enum.join(', ')}`;
  const { minLength = 0, maxLength = Infinity } = property;
  if (given.trim().length < minLength) return `"${name}" is empty`;
  return given.length > maxLength ? `"${name}" takes at most ${maxLength} characters` : undefined;
};

/** What a model wrote, against the schema that it was shown. Models write null or "" for what they leave out. */
export const checkInput = (schema: ToolSchema, given: unknown): Checked => {
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) return { ok: false, reason: 'the input is no object' };
  const input: Record<string, string | number> = {};
  for (const [name, each] of Object.entries(given ?? {})) {
    const property = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (!property) return { ok: false, reason: `it takes ${Object.keys(schema.properties).join(', ')} and nothing else` };
    if ((each === null || each === undefined || each === '') && !schema.required.includes(name)) continue;
    const reason = wrongWith(name, property, each);
    if (reason !== undefined) return { ok: false, reason };
    input[name] = each as string | number;
  }
  const missing = schema.required.find((name) => !(name in input));
  return missing === undefined ? { ok: true, input } : { ok: false, reason: `"${missing}" is required` };
};
