/** The words of a text in small letters, one blank apart and around: "Ultra-Chat 200K." and "ultra_chat 200k" are the same. */
export const wordsOf = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
