import { resolveStated } from '../licence/resolve.ts';
import { asString } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { factIds, hubId, modelWork } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const problem = (message: string, limit = false): Reading => ({ facts: [], anchors: {}, problems: [{ message, span: null, limit }] });

/** Keys by which training tools name what the weights came from. */
const baseKeys = ['base_model', 'modelspec.base_model', 'ss_sd_model_name', 'ss_base_model'];

/**
 * The header of a safetensors file: u64 length (little endian), then JSON with `__metadata__`. Only the head is read; the length is
 * checked against the file before anything is allocated.
 */
export const safetensorsReader: Reader = {
  id: 'safetensors',
  version: 1,
  matches: (_path, name) => name.endsWith('.safetensors'),
  wants: 'bytes',
  maximum: limits.safetensorsHeaderBytes,
  partial: true,
  read: ({ bytes, size }, knowledge): Reading => {
    if (bytes.length < 8) return problem('shorter than a header');
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
    if (length > BigInt(size - 8)) return problem('the header is longer than the file');
    if (length > BigInt(bytes.length - 8)) return problem('the header is longer than 8 MB', true);
    const text = new TextDecoder().decode(bytes.subarray(8, 8 + Number(length)));
    const { root, problems } = readJson(text, limits.safetensorsHeaderBytes);
    const limit = problems.some((entry) => entry.limit);
    if (root?.kind !== 'map') return problem('the header is no JSON object', limit);
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('safetensors');
    const at = (id: string, key: string): void => {
      anchors[id] = { span: { start: 0, end: 0 }, key };
    };
    const work = idOf('work', 'weights');
    facts.push({ kind: 'work', id: work, work: here, workKind: 'model', via: 'weights' });
    at(work, '__metadata__');
    const metadata = root.entries.find((entry) => entry.key === '__metadata__')?.value;
    for (const entry of metadata?.kind === 'map' ? metadata.entries : []) {
      const value = asString(entry.value)?.trim();
      if (value === undefined || value === '' || value.length > 2000) continue;
      if (entry.key === 'license' || entry.key === 'modelspec.license') {
        const id = idOf('licence', value);
        const { licences, choice } = resolveStated(value, 'free', knowledge);
        facts.push({
          kind: 'licence',
          id,
          work: here,
          scope: 'weights',
          speaker: 'licensor',
          evidence: 'declared',
          stated: value,
          licences,
          choice,
          via: 'weights',
          problem: null,
        });
        at(id, entry.key);
      } else if (entry.key === 'modelspec.title' && /^[\w.-]{3,80}$/.test(value)) {
        const id = idOf('name', value);
        facts.push({ kind: 'name', id, work: here, name: value, via: 'weights' });
        at(id, entry.key);
      } else if (baseKeys.includes(entry.key)) {
        const base = hubId(value);
        if (base === undefined) continue;
        const id = idOf('base', base);
        facts.push({
          kind: 'relation',
          id,
          from: here,
          to: modelWork(base),
          type: 'finetune',
          role: 'decision',
          revision: null,
          via: entry.key,
          pinnable: false,
          remoteCode: false,
        });
        at(id, entry.key);
      }
    }
    return { facts, anchors, problems: problems.length === 0 ? [] : [{ message: 'the header is broken JSON', span: null, limit }] };
  },
};
