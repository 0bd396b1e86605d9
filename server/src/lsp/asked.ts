import type { Asked } from '../host/resolve.ts';

export const neither: Asked = { cache: false, hub: false };

/**
 * What a client allows, in its initialization options or as the section `pedigree` of its settings. Nothing is asked that was not allowed;
 * settings that speak of something else leave it as it is.
 */
export const askedBy = (settings: unknown, before: Asked = neither): Asked => {
  if (typeof settings !== 'object' || settings === null) return before;
  const section: unknown = (settings as { readonly pedigree?: unknown }).pedigree ?? settings;
  if (typeof section !== 'object' || section === null) return before;
  const { useCache, useHub } = section as { readonly useCache?: unknown; readonly useHub?: unknown };
  return { cache: typeof useCache === 'boolean' ? useCache : before.cache, hub: typeof useHub === 'boolean' ? useHub : before.hub };
};
