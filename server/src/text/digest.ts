import * as crypto from 'node:crypto';

/** In one call, where the engine has it (Node 20.12): small contents take a third of the time. */
const whole = 'hash' in crypto ? crypto.hash : undefined;

const inHex = (content: string | Uint8Array): string => (whole ? whole('sha256', content, 'hex') : crypto.createHash('sha256').update(content).digest('hex'));

/** 16 hexadecimal digits of SHA-256: enough to tell contents apart, short enough to read. Not for security. */
export const digest = (content: string | Uint8Array): string => inHex(content).slice(0, 16);
