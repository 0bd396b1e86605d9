import { asString, entryOf, get } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { factIds, hubReference, modelWork, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** adapter_config.json of PEFT: which base the adapter is for, and at which revision. */
export const adapterConfigReader: Reader = {
  id: 'adapter-config',
  version: 1,
  matches: (_path, name) => name === 'adapter_config.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }): Reading => {
    const { root, problems } = readJson(text);
    const base = get(root, 'base_model_name_or_path');
    const reference = hubReference(asString(base) ?? '');
    const anchors: Record<string, Anchor> = {};
    const facts: Fact[] = [];
    if (reference && base?.kind === 'scalar') {
      const revision = entryOf(root, 'revision');
      const stated = asString(revision?.value) ?? reference.revision;
      const id = factIds('adapter-config')('base', reference.id);
      facts.push({
        kind: 'relation',
        id,
        from: here,
        to: modelWork(reference.id),
        type: 'adapter',
        role: roleOfPath(path),
        revision: stated,
        via: 'base_model_name_or_path',
        pinnable: true,
        remoteCode: false,
      });
      anchors[id] = { span: base.inner };
      if (revision?.value.kind === 'scalar') anchors[`${id}#revision`] = { span: revision.value.span };
    }
    return { facts, anchors, problems };
  },
};
