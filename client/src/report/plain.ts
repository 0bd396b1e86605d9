/** Longer than any name that means something; a name of a megabyte must not fill the page. */
export const nameLength = 200;
export const textLength = 2_000;

const visible = (character: string): string => `\u27e8U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;

/** Text from files for the eye: what is invisible or turns the direction of writing is shown by its number, so that no name can pass for another. */
export const plain = (text: string, most = nameLength): string => {
  const cut = text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return cut.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === '\n' || character === '\t' ? ' ' : visible(character)));
};
