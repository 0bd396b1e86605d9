import { asString, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { factIds, hubId, modelWork, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** Other programs have a config.json too: these keys are those of transformers and diffusers. A trainer's has a rate to learn at. */
const isModelConfig = (root: DataNode): boolean =>
  get(root, 'learning_rate') === undefined &&
  ['model_type', 'architectures', '_class_name', 'transformers_version', '_diffusers_version'].some((key) => get(root, key) !== undefined);

/**
 * config.json of a model: `_name_or_path` is what it was loaded from when it was saved, often stale, so it counts only when it names
 * another repository. `architectures` says how it is built, never whose licence it has.
 */
export const modelConfigReader: Reader = {
  id: 'model-config',
  version: 1,
  matches: (_path, name) => name === 'config.json' || name === 'model_index.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }): Reading => {
    const { root, problems } = readJson(text);
    if (!root || !isModelConfig(root)) return { facts: [], anchors: {}, problems: root ? [] : problems };
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('model-config');
    const named = get(root, '_name_or_path');
    const value = asString(named);
    const id = value === undefined ? undefined : hubId(value);
    const folder = path.split('/').at(-2)?.toLowerCase();
    const work = idOf('work', 'model');
    facts.push({ kind: 'work', id: work, work: here, workKind: 'model', via: 'config' });
    anchors[work] = { span: { start: root.span.start, end: Math.min(root.span.start + 1, root.span.end) } };
    if (id !== undefined && named?.kind === 'scalar' && id.split('/')[1]?.toLowerCase() !== folder) {
      const fact = idOf('base', id);
      const quantised = get(root, 'quantization_config') !== undefined;
      facts.push({
        kind: 'relation',
        id: fact,
        from: here,
        to: modelWork(id),
        type: quantised ? 'quantized' : 'finetune',
        role: roleOfPath(path),
        revision: null,
        via: '_name_or_path',
        pinnable: false,
        remoteCode: false,
      });
      anchors[fact] = { span: named.inner };
    }
    return { facts, anchors, problems };
  },
};
