import { createHash } from 'node:crypto';

/** A UUID that its content decides (RFC 9562, version 8), so that the same document has the same name. */
export const uuidOf = (content: string): string => {
  const hex = createHash('sha256').update(content).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
