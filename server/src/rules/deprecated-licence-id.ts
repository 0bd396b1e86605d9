import type { LicenceFact } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { maximumRelated } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

interface Old {
  readonly path: string;
  readonly fact: LicenceFact;
  readonly replacement: string;
}

/** Somebody else's word that later versions are allowed: a classifier, a field, a header of the same work. */
const saysLater = (context: RuleContext, { path, replacement }: Old): boolean => {
  const later = replacement.replace(/-only$/, '-or-later');
  const work = context.lineage.works.get(context.lineage.workOf(path));
  return work?.statements.some((statement) => statement.speaker !== 'other' && statement.licences.includes(later)) === true;
};

const fixesFor = (context: RuleContext, places: readonly [Old, ...Old[]]): readonly RawFix[] => {
  const [first] = places;
  const only = /(?<![\w.])[A-Z][\w.]*-[\d.]+-only$/.test(first.replacement);
  const later = first.replacement.replace(/-only$/, '-or-later');
  const ids = only ? (saysLater(context, first) ? [later, first.replacement] : [first.replacement, later]) : [first.replacement];
  return ids.map((id, at) => ({
    title: `Replace with ${id}${places.length > 1 ? `, in ${places.length} files` : ''}`,
    // `GPL-2.0+` has one meaning and one new spelling; whether a bare id meant later versions too, only its owner knows.
    safe: !only && first.fact.stated.trim().endsWith('+') && first.replacement.endsWith('-or-later'),
    preferred: at === 0,
    edits: places.map((place) => ({ path: place.path, slot: place.fact.id, text: id })),
  }));
};

export const deprecatedLicenceId = defineRule({
  id: 'deprecated-licence-id',
  severity: 'information',
  title: 'An SPDX id that the list has replaced',
  messages: {
    version:
      '"{stated}" is deprecated in the SPDX list, because it leaves open whether later versions may be used. Write {replacement} or {later}, whichever is meant.',
    replaced: '"{stated}" is deprecated in the SPDX list, which has another id for it. Write {replacement}.',
  },
  *check(context) {
    // One header pasted into many files is one mistake.
    const groups = new Map<string, [Old, ...Old[]]>();
    for (const { path, fact } of factsOf(context.artefacts, 'licence')) {
      if (fact.problem?.code !== 'deprecated' || fact.problem.suggestion === null) continue;
      const old: Old = { path, fact, replacement: fact.problem.suggestion };
      const key = fact.via === 'tag' ? fact.stated : `${path} ${fact.id}`;
      const same = groups.get(key);
      if (same) same.push(old);
      else groups.set(key, [old]);
    }
    for (const places of groups.values()) {
      const [first, ...others] = places;
      yield {
        messageId: first.replacement.endsWith('-only') ? 'version' : 'replaced',
        data: { stated: first.fact.stated.slice(0, 80), replacement: first.replacement, later: first.replacement.replace(/-only$/, '-or-later') },
        at: { path: first.path, fact: first.fact.id },
        works: [context.lineage.workOf(first.path)],
        evidence: first.fact.evidence,
        related: others
          .slice(0, maximumRelated)
          .map((other) => ({ at: { path: other.path, fact: other.fact.id }, message: 'the same is written here', decides: 'information' as const })),
        fixes: fixesFor(context, places),
      };
    }
  },
});
