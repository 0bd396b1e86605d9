import { withoutWeights } from '../via.ts';
import { asString, get } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { readYaml } from '../../text/yaml.ts';
import { addRelation, placeAt, readingOf } from '../draft.ts';
import { hubReference, modelWork } from '../hub-id.ts';
import type { Reader, Reading } from '../types.ts';
import { gunzippedHead, tarMembers } from './archive.ts';
import { packedOf, unlike, withLimits } from './facts.ts';
import type { Said } from './facts.ts';
import { sourceOf } from './source.ts';

const config = 'model_config.yaml';

/** Keys that name what the weights were taken from when training began. */
const baseKeys: readonly (readonly string[])[] = [
  ['restore_from_path'],
  ['init_from_pretrained_model'],
  ['pretrained_model_name'],
  ['language_model', 'pretrained_model_name'],
  ['encoder', 'pretrained_model_name'],
];

/** A model of NeMo: a tar archive, packed or not, with the configuration that it was trained by. */
export const nemoReader: Reader = {
  id: 'nemo',
  version: 1,
  matches: (_path, name) => name.endsWith('.nemo'),
  wants: 'bytes',
  maximum: limits.nemoHeadBytes,
  partial: true,
  read: ({ path, bytes, size }, knowledge): Reading => {
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const head = packed ? gunzippedHead(bytes) : bytes;
    const source = sourceOf({ bytes: head ?? new Uint8Array(), size: packed ? (head?.length ?? 0) : size });
    const members = head && tarMembers(source);
    if (!members) return unlike(bytes, 'no archive of NeMo');
    const content = members.find((member) => member.name.replace(/^\.\//, '') === config)?.content();
    const { root } = readYaml(content ? new TextDecoder().decode(content) : '');
    const bases = baseKeys.flatMap((keys): Said[] => {
      const value = asString(get(root, ...keys));
      return value === undefined ? [] : [{ key: keys.join('.'), value }];
    });
    const { draft, work } = packedOf('nemo', path, knowledge, config, { bases });
    const tokenizer = asString(get(root, 'tokenizer', 'library')) === 'huggingface' ? hubReference(asString(get(root, 'tokenizer', 'type')) ?? '') : undefined;
    if (tokenizer)
      addRelation(
        draft,
        { from: work, to: modelWork(tokenizer.id), type: 'loads', via: withoutWeights, revision: tokenizer.revision },
        placeAt('tokenizer.type'),
      );
    return withLimits(source, readingOf(draft));
  },
};
