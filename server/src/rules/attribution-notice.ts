import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import type { Clause } from '../knowledge/types.ts';
import type { Work } from '../lineage/types.ts';
import { bindingsFor, homeOf, licenceName, pathPlaces, sortedWorks } from './helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

/** Displays that handing on a derivative brings about; others hang on users or products that a repository cannot show. */
const dueOnDistribution = ['distribution', 'product-contains-model', 'derivative-published', 'public-statement-on-derivative'];

const isDue = (clause: Clause): boolean =>
  clause.effect === 'require' && clause.value !== undefined && (clause.kind === 'notice-file' || (clause.kind === 'display-notice' && (clause.when === undefined || clause.when.some((when) => dueOnDistribution.includes(when)))));

const fixesOf = (context: RuleContext, work: Work, missing: readonly Clause[]): RawFix[] => {
  const folder = work.path === '.' || work.path === null ? '' : `${work.path}/`;
  const card = `${folder}README.md`;
  const places = context.artefacts.get(card)?.places;
  const end = places?.has('card:eol-crlf') ? '\r\n' : '\n';
  const display = missing.find((clause) => clause.kind === 'display-notice');
  const notice = missing.find((clause) => clause.kind === 'notice-file');
  const edits = display?.value && places?.has('card:body') ? [{ path: card, slot: 'card:body', text: `${end}${display.value}${end}` }] : [];
  const creates = notice?.value ? [{ path: `${folder}NOTICE`, text: `${notice.value}\n`, append: true }] : [];
  if (edits.length + creates.length === 0) return [];
  return [{ title: edits.length > 0 && creates.length > 0 ? 'Insert the display line and the NOTICE file' : edits.length > 0 ? 'Insert the display line' : 'Write the NOTICE file', safe: false, preferred: true, edits, creates }];
};

export const attributionNotice = defineRule({
  id: 'attribution-notice',
  severity: 'warning',
  title: 'A notice that the terms require is absent',
  messages: {
    absent: '{licence} of {source} reaches {work} and requires {lines}, which stands nowhere here. Add it where the work is handed on.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (!isPublished(work, context.lineage)) continue;
      const told = new Set<string>();
      for (const binding of bindingsFor(context, work.id)) {
        if (!binding.inherited || told.has(binding.licence) || binding.statement.evidence === 'name') continue;
        const missing = binding.clauses.filter((clause) => isDue(clause) && ![clause.value ?? '', ...(clause.alternatives ?? [])].some((line) => context.displays.find(line)));
        const first = missing[0];
        const at = binding.path[0]?.at ?? homeOf(context, work);
        if (!first || !at) continue;
        told.add(binding.licence);
        yield {
          messageId: 'absent', at, works: [work.id, binding.source], clause: first.clause, evidence: binding.statement.evidence, confidence: binding.statement.confidence,
          data: {
            licence: licenceName(binding.licence, context.knowledge), source: shortName(binding.source), work: shortName(work.id),
            lines: missing.map((clause) => `"${clause.value ?? ''}"${clause.clause ? ` (${clause.clause})` : ''}`).join(' and '),
          },
          related: pathPlaces(binding.path.slice(1)), fixes: fixesOf(context, work, missing),
        };
      }
    }
  },
});
