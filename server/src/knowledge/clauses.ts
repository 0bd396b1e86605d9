import type { Clause } from './types.ts';

export const forbidsCommerce = (clause: Clause): boolean =>
  (clause.kind === 'commercial-use' && clause.effect === 'forbid') || (clause.kind === 'research-only' && clause.effect !== 'permit');
