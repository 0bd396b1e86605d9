import type { Asked } from '../host/resolve.ts';
import { sectionOf } from './settings.ts';

export const neither: Asked = { cache: false, hub: false };

/**
 * What a client allows, in its initialization options or as the section `pedigree` of its settings. Nothing is asked that was not allowed;
 * settings that speak of something else leave it as it is.
 */
export const askedBy = (settings: unknown, before: Asked = neither): Asked => {
  const { useCache, useHub } = sectionOf(settings);
  return { cache: typeof useCache === 'boolean' ? useCache : before.cache, hub: typeof useHub === 'boolean' ? useHub : before.hub };
};
