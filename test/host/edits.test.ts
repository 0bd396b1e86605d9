import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import type { Workspace } from '../../server/src/host/workspace.ts';
import { layOut } from '../support/cli.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { today } from '../support/repo.ts';

/** Edits in each tree; a fresh run after every few of them. */
const edits = Number(process.env.PEDIGREE_EDITS ?? 40);
const every = 8;

/** mulberry32: the same edits for the same seed. */
const random = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const lines = [
  '',
  'some words',
  'license: mit',
  'license: llama3.1',
  'base_model: meta-llama/Llama-3.1-8B',
  'model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")',
  'SPDX-License-Identifier: GPL-3.0',
  '# pedigree-ignore licence-laundering: asked them',
  '# pedigree-ignore unpinned-revision',
  '---',
];

const open = async (root: string, texts: ReadonlyMap<string, string>): Promise<Workspace> => {
  const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => today });
  await workspace.scan();
  for (const [path, text] of texts) workspace.setOverlay(path, text);
  return workspace;
};

/** What is kept of one key press for the next may change nothing of what is found. */
describe('a workspace after any edits', function () {
  this.timeout(120_000);
  const trees = readdirSync('test/fixtures').filter((name) => name.endsWith('.repo'));
  for (const [index, name] of trees.entries()) {
    it(`finds what a fresh run finds: ${name}, seed ${index + 1}`, async () => {
      const next = random(index + 1);
      const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
      const root = layOut(readFileSync(`test/fixtures/${name}`, 'utf8'));
      try {
        const texts = new Map<string, string>();
        const workspace = await open(root, texts);
        for (let i = 0; i < edits; i += 1) {
          const path = next() < 0.05 ? `new/${i}.md` : pick([...workspace.paths()].filter((each) => !/\.(?:gguf|safetensors|onnx|tflite|mlmodel)$/.test(each)));
          const kind = next();
          const before = texts.get(path) ?? (workspace.artefact(path) ? readFileSync(join(root, path), 'utf8') : '');
          const split = before.split('\n');
          split.splice(Math.floor(next() * split.length), next() < 0.5 ? 0 : 1, ...(next() < 0.7 ? [pick(lines)] : []));
          const text = split.join('\n');
          if (kind < 0.7 || texts.has(path)) {
            texts.set(path, text);
            workspace.setOverlay(path, text);
          } else if (kind < 0.9) {
            mkdirSync(dirname(join(root, path)), { recursive: true });
            writeFileSync(join(root, path), text);
            await workspace.fileChanged(path);
          } else {
            rmSync(join(root, path), { force: true });
            await workspace.fileChanged(path);
          }
          if (next() < 0.1) {
            const [closed] = texts.keys();
            if (closed !== undefined && workspace.artefact(closed) && [...workspace.paths()].includes(closed)) {
              mkdirSync(dirname(join(root, closed)), { recursive: true });
              writeFileSync(join(root, closed), texts.get(closed) ?? '');
              texts.delete(closed);
              workspace.setOverlay(closed, null);
              await workspace.fileChanged(closed);
            }
          }
          // As the editor does: the findings of one file, without a report.
          const shown = workspace.analysis().findingsAt(path);
          if (i % every !== every - 1) continue;
          const fresh = (await open(root, texts)).analysis();
          assert.deepEqual(shown, fresh.findingsAt(path), `edit ${i} of ${path}`);
          assert.deepEqual(workspace.analysis().report, fresh.report, `after edit ${i}`);
        }
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });
  }
});
