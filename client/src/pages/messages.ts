/** What a page may ask for by name. */
export const pageCommands = ['audit', 'export', 'lineage'] as const;
export type PageCommand = (typeof pageCommands)[number];

/** From a page. */
export type PageMessage =
  { readonly type: 'ready' } | { readonly type: 'open'; readonly id: string } | { readonly type: 'command'; readonly name: PageCommand };

/** A page shows text of strangers, so what comes from it is believed only in these shapes. */
export const readMessage = (message: unknown): PageMessage | undefined => {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, name, ...rest } = message as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return undefined;
  if (type === 'ready' && id === undefined && name === undefined) return { type };
  if (type === 'open' && name === undefined) return typeof id === 'string' && /^\d{1,9}\.\d{1,9}$/.test(id) ? { type, id } : undefined;
  const command = pageCommands.find((known) => known === name);
  return type === 'command' && id === undefined && command ? { type, name: command } : undefined;
};
