import type { WorkId } from '../artefacts/types.ts';
import { frontSlot, isCalledSo, isReleased } from '../artefacts/via.ts';
import { beginsWith, namesOf } from '../lineage/publish.ts';
import { pathText, shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Binding, FactRef, Work } from '../lineage/types.ts';
import { bindingsFor, licenceName, mayBeOwners, pathPlaces, sortedWorks } from './support/helpers.ts';
import { originalsFirst } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

const prefixesOf = (binding: Binding): readonly { readonly prefix: string; readonly clause: string | null }[] =>
  binding.clauses.flatMap((clause) =>
    clause.kind === 'name-prefix' && clause.effect === 'require' && clause.value !== undefined ? [{ prefix: clause.value, clause: clause.clause }] : [],
  );

interface Misnamed {
  readonly work: Work;
  readonly binding: Binding;
  readonly name: string;
  readonly prefix: string;
  readonly clause: string | null;
  readonly at: FactRef;
  readonly firm: boolean;
}

const isLicensors = (context: RuleContext, source: WorkId, path: string): boolean => {
  const id = hubOf(source)?.id;
  return id !== undefined && mayBeOwners(context, `pkg:github/${id}`, path);
};

const misnamed = (context: RuleContext, work: Work): Misnamed | undefined => {
  for (const binding of bindingsFor(context, work.id)) {
    if (!binding.inherited || binding.statement.evidence === 'name') continue;
    const rule = prefixesOf(binding)[0];
    if (!rule) continue;
    const wrong = namesOf(work).find((entry) => !beginsWith(entry.name, rule.prefix));
    const at = wrong?.at ?? binding.path[0]?.at;
    // Whoever licenses the base may name what it makes of it as it likes.
    if (at && isLicensors(context, binding.source, at.path)) continue;
    if (wrong && at)
      return { work, binding, name: wrong.name, prefix: rule.prefix, clause: rule.clause, at, firm: work.names.some((entry) => entry.via === 'hub-id') };
  }
  return undefined;
};

/** Puts the prefix in front of the name at each place that can be written; weights have to be made again, and the repository renamed too. */
const renaming = (context: RuleContext, group: readonly Misnamed[], prefix: string, name: string): readonly RawFix[] => {
  const edits = [...new Map(group.map(({ at }) => [`${at.path} ${at.fact}`, at])).values()].flatMap(({ path, fact }) =>
    context.artefacts.get(path)?.places.has(frontSlot(fact)) ? [{ path, slot: frontSlot(fact), text: prefix }] : [],
  );
  return edits.length === 0 ? [] : [{ title: `Name it ${prefix}${name} here, to be renamed where it is published too`, safe: false, edits }];
};

export const derivativeNaming = defineRule({
  id: 'derivative-naming',
  severity: 'warning',
  title: 'The name of a published derivative lacks a required prefix',
  messages: {
    prefix:
      'The name "{name}" does not begin with "{prefix}", which {licence} requires of what is published ({path}){clause}. Rename it, for example to {example}.',
  },
  *check(context) {
    // One name in several places is one decision: configuration, card and packed weights repeat it.
    const groups = new Map<string, Misnamed[]>();
    for (const work of sortedWorks(context)) {
      const found = work.local ? misnamed(context, work) : undefined;
      if (found) groups.set(`${found.name} ${found.prefix}`, [...(groups.get(`${found.name} ${found.prefix}`) ?? []), found]);
    }
    for (const found of groups.values()) {
      const group = originalsFirst(context, found, ({ at }) => at.path);
      const first = group.find((entry) => entry.firm) ?? group[0];
      if (!first) continue;
      const { binding, name, prefix, clause } = first;
      yield {
        messageId: 'prefix',
        // A sentence may call it by another name than the one under which it is handed on, and the base by one that stands for several.
        ...(group.every(({ binding: { path } }) => isReleased(path[0]?.at?.fact ?? '') || isCalledSo(path[0]?.at?.fact ?? ''))
          ? { severity: 'information' as const }
          : {}),
        at: first.at,
        works: [first.work.id, binding.source],
        clause,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        data: {
          name,
          prefix,
          example: `${prefix.replaceAll(' ', '-')}-${name}`,
          licence: licenceName(binding.licence, context.knowledge),
          path: pathText(binding.path),
          clause: clause ? `, ${clause}` : '',
        },
        related: [
          ...pathPlaces(binding.path),
          ...group.filter((entry) => entry !== first).map((entry) => ({ at: entry.at, message: `${shortName(entry.work.id)} is named so here too` })),
        ],
        fixes: renaming(context, group, `${prefix.replaceAll(' ', '-')}-`, name),
      };
    }
  },
});
