import { asString, get } from '../../text/data.ts';
import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import { readYaml } from '../../text/yaml.ts';
import { draftOf, nothingRead, readingOf, tooLong } from '../draft.ts';
import type { Reader, Reading } from '../types.ts';
import { stateDigests, stateInventory } from './inventory.ts';
import { inventoryOfJson2, inventoryOfTags } from './spdx-2.ts';
import { inventoryOfJson3 } from './spdx-3.ts';

/** SPDX documents: version 2 in JSON, in YAML and as tags and values, version 3 in JSON-LD. */
export const spdxDocumentReader: Reader = {
  id: 'spdx-document',
  version: 2,
  matches: (_path, name) => /\.spdx(?:\.ya?ml)?$/.test(name) || (/\.json(?:ld)?$/.test(name) && /spdx|bom/.test(name)),
  wants: 'text',
  maximum: limits.descriptionBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    const draft = draftOf('spdx-document', path, knowledge);
    if (path.toLowerCase().endsWith('.spdx')) {
      if (!/^SPDXVersion:[ \t]*SPDX-2/m.test(text)) return nothingRead;
      if (size > limits.descriptionBytes) return tooLong(limits.descriptionBytes);
      const { items, links, files } = inventoryOfTags(text);
      stateInventory(draft, path, items, links);
      stateDigests(draft, path, files);
      return readingOf(draft);
    }
    const yaml = /\.ya?ml$/i.test(path);
    const third = !yaml && text.includes('spdx.org/rdf/3');
    if (!third && !(yaml ? /^["']?spdxVersion["']?[ \t]*:[ \t]*["']?SPDX-2/m : /"spdxVersion"\s*:\s*"SPDX-2/).test(text)) return nothingRead;
    if (size > limits.descriptionBytes) return tooLong(limits.descriptionBytes);
    const { root, problems } = yaml ? readYaml(text) : readJson(text);
    if (root?.kind !== 'map') return { ...nothingRead, problems };
    const second = asString(get(root, 'spdxVersion')) !== undefined;
    if (!second && get(root, '@graph') === undefined) return nothingRead;
    const { items, links, files } = second ? inventoryOfJson2(root) : inventoryOfJson3(root);
    stateInventory(draft, path, items, links);
    stateDigests(draft, path, files);
    return readingOf(draft, problems);
  },
};
