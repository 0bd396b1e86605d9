import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import fc from 'fast-check';
import { tokenise } from '../../server/src/artefacts/javascript/tokens.ts';
import { bytesWanted } from '../../server/src/artefacts/read.ts';
import { completionsAt } from '../../server/src/lsp/complete/completion.ts';
import { limits } from '../../server/src/text/limits.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { cpuTime } from '../support/time.ts';
import { encode, failures, more, randomFrom, readFile, seed } from './support.ts';
import { paths, units } from './worst.ts';

interface Pattern {
  readonly at: string;
  readonly regex: RegExp;
}

const sources = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const full = join(folder, name);
    return statSync(full).isDirectory() ? sources(full) : full.endsWith('.ts') ? [full] : [];
  });

/** Every pattern that is written out in the program, each once. */
const patterns = (): readonly Pattern[] => {
  const found = new Map<string, Pattern>();
  for (const file of ['server/src', 'client/src', 'client/pages'].flatMap(sources)) {
    const text = readFileSync(file, 'utf8');
    for (const { kind, text: what, start, end } of tokenise(text)) {
      if (kind !== 'operator' || what !== '/pattern/') continue;
      const flags = /^[a-z]*/.exec(text.slice(end))?.[0] ?? '';
      const source = text.slice(start + 1, end - 1);
      found.set(`${source}/${flags}`, { at: `${file}:${text.slice(0, start).split('\n').length}`, regex: new RegExp(source, flags) });
    }
  }
  return [...found.values()];
};

/** Patterns that take long on long texts, and never see one. */
const waived: Readonly<Record<string, string>> = {
  '^\\s*(?:\\.{1,2}\\/)+[\\w./ -]+\\s*$': 'asked of texts under 200 units',
};

/** What a pattern is made for, so far as that can be told; else what stands in it. */
const samplesOf = ({ source, flags }: RegExp, count: number): readonly string[] => {
  const words = source.match(/[A-Za-z_]{2,}|\\?[^\w\s\\]/g) ?? [];
  const plain = [words.map((word) => word.replace('\\', '')).join(' '), words.map((word) => word.replace('\\', '')).join(''), 'a b', '  \t', '\n \n'];
  try {
    return [...plain, ...fc.sample(fc.stringMatching(new RegExp(source, flags.replace(/[gy]/g, '')), { maxLength: 40 }), { seed, numRuns: count })];
  } catch {
    return plain;
  }
};

const milliseconds = 1_000;
const length = 1_500;
const run = new Script(
  'pattern.lastIndex = 0; let found = 0; if (pattern.global) for (const _ of text.matchAll(pattern)) found += 1; else pattern.exec(text);',
);

const isSlow = (regex: RegExp, text: string): boolean => {
  const started = cpuTime();
  try {
    // Of this realm's own making, so that a pattern without end can be stopped.
    run.runInContext(createContext({ pattern: regex, text }), { timeout: 4 * milliseconds });
  } catch {
    return true;
  }
  return cpuTime() - started > milliseconds;
};

describe('hostile patterns', function () {
  this.timeout(more > 1 ? 3_600_000 : 150_000);
  before(() => console.log(`      seed ${seed}`));

  it('R8: no pattern takes long on what it is made for, repeated without end', () => {
    const random = randomFrom(seed);
    const all = patterns();
    assert.ok(all.length > 700, `${all.length} patterns`);
    const slow: string[] = [];
    for (const { at, regex } of all) {
      if (waived[regex.source] !== undefined) continue;
      for (const sample of samplesOf(regex, more)) {
        const from = Math.floor(random() * sample.length);
        const piece = sample.slice(from, from + 1 + Math.floor(random() * 6));
        const text = `${sample.slice(0, from)}${piece.repeat(Math.ceil(length / Math.max(1, piece.length)))}${random() < 0.5 ? sample.slice(from) : ''}\u0000\n`;
        if (!isSlow(regex, text)) continue;
        slow.push(`${at} ${String(regex).slice(0, 120)} on ${JSON.stringify(sample.slice(0, from))} and ${JSON.stringify(piece)} again and again`);
        break;
      }
    }
    assert.deepEqual(slow, [], `seed ${seed}`);
  });

  it('R8: waivers are of patterns that there are', () => {
    const all = new Set(patterns().map(({ regex }) => regex.source));
    for (const source of Object.keys(waived)) assert.ok(all.has(source), source);
  });

  it('R8: no reader takes long on a file of its largest size that is one thing again and again', () => {
    const random = randomFrom(seed);
    const rows = paths.flatMap((path) => units.map((unit) => ({ path, unit })));
    const chosen = more > 1 ? rows : Array.from({ length: 25 }, () => rows[Math.floor(random() * rows.length)] ?? { path: 'README.md', unit: 'a' });
    // Found once, and mended.
    const known = [
      { path: 'train.yaml', unit: '\n' },
      { path: 'train.yaml', unit: '\r' },
      { path: 'LICENSE', unit: '\r' },
      { path: 'docker-compose.yaml', unit: ' \n' },
    ];
    for (const { path, unit } of [...known, ...chosen]) {
      const size = Math.min(bytesWanted(path), limits.textBytes);
      const text =
        path === 'docker-compose.yaml'
          ? `services:\n  a:\n    image: vllm/vllm-openai\n    command: >\n      x\n${unit.repeat(100_000)}`
          : unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
      const bytes = encode(text).subarray(0, size);
      const started = cpuTime();
      assert.deepEqual(failures(readFile(path, bytes)), [], `${path} ${JSON.stringify(unit)}`);
      const used = cpuTime() - started;
      assert.ok(used < 6_000, `${path} of ${JSON.stringify(unit)}: ${used.toFixed(0)} ms, seed ${seed}`);
    }
  });

  it('R8: a completion is offered or not at once, whatever the line', () => {
    for (const [path, head, unit] of [
      ['README.md', 'datasets:,', '\t,'],
      ['README.md', 'datasets: [', 'a, '],
      ['a.py', 'x = f(', 'a, '],
      ['a.py', 'x.from_pretrained(', '"a", '],
      ['pyproject.toml', 'license = "', 'MIT OR '],
      ['run.sh', 'vllm serve ', '--a "b '],
      ['pedigree.yaml', 'rules: {', 'a: b, '],
      ['train.yaml', 'base_model: ', '" '],
    ] as const)
      for (const count of [30, 600, 100_000]) {
        const line = head + unit.repeat(count);
        const text = path === 'README.md' ? `---\n${line}\n---\n` : `${line}\n`;
        const started = cpuTime();
        completionsAt(path, text, { line: path === 'README.md' ? 1 : 0, character: line.length }, testKnowledge());
        const used = cpuTime() - started;
        assert.ok(used < 1_000, `${path} ${JSON.stringify(unit)} ${count} times: ${used.toFixed(0)} ms`);
      }
  });
});
