import type { ReportView } from './view.ts';

/** From the page. */
export type PageMessage = { readonly type: 'ready' } | { readonly type: 'open'; readonly id: string };

/** To the page. */
export interface ShowMessage {
  readonly type: 'show';
  readonly view: ReportView;
}

/** A page shows text of strangers, so what comes from it is believed only in these two shapes. */
export const readMessage = (message: unknown): PageMessage | undefined => {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, ...rest } = message as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return undefined;
  if (type === 'ready' && id === undefined) return { type };
  return type === 'open' && typeof id === 'string' && /^\d{1,9}\.\d{1,9}$/.test(id) ? { type, id } : undefined;
};
