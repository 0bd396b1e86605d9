import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const fold = (text: string): string => text.toLowerCase().replace(/[“”"'’`*_]/g, '').replace(/©|\(c\)/g, '(c)').replace(/\s+/g, ' ').trim();

const caches = new WeakMap<Knowledge, readonly { readonly line: string; readonly folded: string }[]>();

/** The lines that some licence requires to be shown, as its clause spells them, the longest first. */
export const displayLines = (knowledge: Knowledge): readonly { readonly line: string; readonly folded: string }[] => {
  const known = caches.get(knowledge);
  if (known) return known;
  const lines = new Set<string>();
  for (const terms of knowledge.allTerms()) {
    for (const clause of terms.clauses) {
      if (clause.kind !== 'display-notice' && clause.kind !== 'notice-file') continue;
      for (const line of [clause.value, ...(clause.alternatives ?? [])]) if (line !== undefined && line.length >= 8) lines.add(line);
    }
  }
  const built = [...lines].map((line) => ({ line, folded: fold(line) })).toSorted((a, b) => b.folded.length - a.folded.length);
  caches.set(knowledge, built);
  return built;
};

/** Text folded to single spaces, with the offset in the text of each unit. */
const folded = (text: string): { readonly plain: string; readonly offsets: readonly number[] } => {
  let plain = '';
  const offsets: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text[i] ?? '';
    if (/[“”"'’`*_>#]/.test(unit)) continue;
    const next = /\s/.test(unit) ? ' ' : unit === '©' ? '(c)' : unit.toLowerCase();
    if (next === ' ' && (plain === '' || plain.endsWith(' '))) continue;
    for (let k = 0; k < next.length; k += 1) offsets.push(i);
    plain += next;
  }
  return { plain, offsets };
};

const textual = /\.(?:md|markdown|txt|rst|html)$|^(?:notice|licen[cs]e|copying|readme)/i;

/** Lines such as "Built with ..." that terms require: a fact where one stands, spelled as the clause spells it. */
export const displayReader: Reader = {
  id: 'display',
  version: 1,
  matches: (_path, name) => textual.test(name),
  wants: 'text',
  maximum: limits.licenceBytes,
  partial: true,
  read: ({ text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('display');
    const { plain, offsets } = folded(text.slice(0, limits.licenceBytes));
    for (const { line, folded: wanted } of displayLines(knowledge)) {
      const at = plain.indexOf(wanted);
      if (at < 0) continue;
      const id = idOf('line', line);
      facts.push({ kind: 'display', id, text: line });
      anchors[id] = { span: { start: offsets[at] ?? 0, end: (offsets[at + wanted.length - 1] ?? 0) + 1 } };
    }
    return { facts, anchors, problems: [] };
  },
};
