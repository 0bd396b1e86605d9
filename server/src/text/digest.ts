import { createHash } from 'node:crypto';

/** 16 hexadecimal digits of SHA-256: enough to tell contents apart, short enough to read. Not for security. */
export const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex').slice(0, 16);
