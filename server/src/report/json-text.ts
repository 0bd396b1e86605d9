/** Halves of characters, which JSON can hold and nothing else can: addresses cannot be made of them, and some readers stop at them. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');

/** A document as it is written, with a line for each value. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? wellFormed(part) : part), 1)}\n`;
