import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { nothingRead } from './draft.ts';
import { factIds } from './hub-id.ts';
import { serviceIndex, serviceOfHost } from './python/service-index.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** `X_BASE_URL=http://localhost:8000/v1`, in a shell, an environment file, a table of variables or `os.environ`. */
const setting = /\b([A-Z][A-Z0-9]*)_(?:BASE_URL|API_BASE|API_BASE_URL|API_URL|ENDPOINT|HOST)["'\]]*\s*[=:]\s*["']?(https?:\/\/[^\s"'`<>]{1,200})/g;
const own = /^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker\.internal|[a-z][\w-]*(?=[:/]|$))/i;

/** Services whose variables begin with that word. */
const servicesOf = (stem: string, knowledge: Knowledge): readonly string[] =>
  knowledge.allServices().flatMap((service) => (service.environment.some((name) => name.split('_')[0] === stem) ? [service.id] : []));

/** Variables by which the client of a service is sent to a server of somebody's own, or to another service. */
export const redirectsReader: Reader = {
  id: 'redirects',
  version: 1,
  matches: (_path, name) => /\.(?:md|markdown|sh|bash|env|ya?ml|py|ipynb|toml|slurm|sbatch)$|^(?:dockerfile|makefile|justfile)|^\.env/.test(name),
  wants: 'text',
  words: () => ({ needles: ['_BASE_URL', '_API_BASE', '_API_URL', '_ENDPOINT', '_HOST'] }),
  maximum: limits.textBytes,
  partial: true,
  read: ({ text, worded }, knowledge): Reading => {
    if (worded === false) return nothingRead;
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('redirects');
    const index = serviceIndex(knowledge);
    const told = new Set<string>();
    for (const found of text.matchAll(setting)) {
      const [whole, stem = '', address = ''] = found;
      const other = serviceOfHost(index, address);
      for (const service of servicesOf(stem, knowledge)) {
        if (other?.id === service || (!other && !own.test(address))) continue;
        if (told.size === told.add(service).size) continue;
        const id = idOf('redirect', service);
        facts.push({ kind: 'redirect', id, service });
        anchors[id] = { span: { start: found.index, end: found.index + whole.length } };
      }
    }
    return { facts, anchors, problems: [] };
  },
};
