/** Longer than any name that means something; a name of a megabyte must not fill the page. */
export const nameLength = 200;
export const textLength = 2_000;

const visible = (character: string): string => `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;

/** Text from files for the eye: what is invisible or turns the direction of writing is shown by its number, so that no name can pass for another. */
export const plain = (text: string, most = nameLength): string => {
  const cut = text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return cut.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) => (character === '\n' || character === '\t' ? ' ' : visible(character)));
};
