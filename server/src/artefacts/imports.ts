import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { nothingRead } from './draft.ts';
import { factIds, roleOfPath } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** `via` of a package that the code imports, whatever is said of how it is installed. */
export const importedCode = 'import';

const patterns = new WeakMap<Knowledge, RegExp>();

/** At the left margin alone: what is imported inside a function or a `try` may well be done without. */
const importsOf = (knowledge: Knowledge): RegExp => {
  const known = patterns.get(knowledge);
  if (known) return known;
  const names = knowledge.importNames();
  const built = names.length === 0 ? /(?!)/g : new RegExp(String.raw`^(?:import|from)[ \t]+(${names.join('|')})(?![\w])(?!\.py)`, 'gm');
  patterns.set(knowledge, built);
  return built;
};

/** Packages that Python code cannot do without, where the knowledge has more to say of them than that they are there. */
export const importsReader: Reader = {
  id: 'imports',
  version: 1,
  matches: (_path, name) => /\.pyi?$/.test(name),
  wants: 'text',
  words: (knowledge) => ({
    needles: knowledge.importNames().flatMap((name) => [`import ${name}`, `from ${name}`, `  ${name}`, `\t${name}`].filter((word) => word.length > 4)),
  }),
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text, worded }, knowledge): Reading => {
    if (worded === false) return nothingRead;
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('imports');
    const told = new Set<string>();
    for (const match of text.matchAll(importsOf(knowledge))) {
      const name = match[1] ?? '';
      const record = knowledge.packageOfImport(name);
      if (!record || told.has(record.id)) continue;
      told.add(record.id);
      const id = idOf('loads', record.id);
      facts.push({
        kind: 'relation',
        id,
        from: here,
        to: record.id,
        type: 'loads',
        role: roleOfPath(path),
        revision: null,
        via: importedCode,
        pinnable: false,
        remoteCode: false,
      });
      const start = match.index + match[0].length - name.length;
      anchors[id] = { span: { start, end: start + name.length } };
    }
    return { facts, anchors, problems: [] };
  },
};
