import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import type { Clause } from '../knowledge/types.ts';
import type { Binding, Work } from '../lineage/types.ts';
import { bindingsFor, filesOf, homeOf, licenceName, pathPlaces, sortedWorks } from './support/helpers.ts';
import { isOfHub } from './support/uses.ts';
import { defineRule } from './types.ts';
import type { At, RawFix, RuleContext } from './types.ts';

/** Displays that handing on a derivative brings about; others hang on users or products that a repository cannot show. */
const dueOnDistribution = ['distribution', 'product-contains-model', 'derivative-published', 'public-statement-on-derivative'];

const isDue = (clause: Clause): boolean =>
  clause.effect === 'require' &&
  clause.value !== undefined &&
  (clause.kind === 'notice-file' ||
    (clause.kind === 'display-notice' && (clause.when === undefined || clause.when.some((when) => dueOnDistribution.includes(when)))));

interface Owed {
  readonly work: Work;
  readonly binding: Binding;
  readonly missing: readonly Clause[];
  readonly at: At;
  readonly card: boolean;
  /** Its card or its weights are in this tree. */
  readonly here: boolean;
}

const isHere = (context: RuleContext, work: Work): boolean =>
  work.statements.some((statement) => statement.fact?.via === 'card' || statement.fact?.via === 'weights') ||
  work.names.some((name) => name.via !== 'hub-id') ||
  (work.path !== null &&
    filesOf(context, work.path).some((artefact) => artefact.facts.some((fact) => fact.kind === 'work' && (fact.via === 'card' || fact.via === 'weights'))));

/** Settings of a model with its agreement beside them and no weights: a publisher's own folder, as somebody downloaded it. */
const isDownload = (context: RuleContext, work: Work): boolean => {
  const files = work.path === null || work.path === '.' ? [] : filesOf(context, work.path);
  return (
    files.some(({ facts }) => facts.some((fact) => fact.kind === 'licence' && fact.via === 'text')) &&
    // An index only tells how weights are shared out.
    !files.some(({ path, facts }) => !path.endsWith('.json') && facts.some((fact) => fact.kind === 'work' && fact.via === 'weights'))
  );
};

const owedBy = (context: RuleContext, work: Work, binding: Binding): Owed | undefined => {
  if (!binding.inherited || binding.statement.evidence === 'name' || isOfHub(binding)) return undefined;
  const missing = binding.clauses.filter(
    (clause) => isDue(clause) && ![clause.value ?? '', ...(clause.alternatives ?? [])].some((line) => context.displays.find(line)),
  );
  const at = binding.path[0]?.at ?? homeOf(context, work);
  return missing.length === 0 || !at
    ? undefined
    : {
        work,
        binding,
        missing,
        at,
        card: work.statements.some((statement) => statement.fact?.via === 'card'),
        here: isHere(context, work) && !isDownload(context, work),
      };
};

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
  return [
    {
      title:
        edits.length > 0 && creates.length > 0
          ? 'Insert the display line and the NOTICE file'
          : edits.length > 0
            ? 'Insert the display line'
            : 'Write the NOTICE file',
      safe: false,
      preferred: true,
      edits,
      creates,
    },
  ];
};

export const attributionNotice = defineRule({
  id: 'attribution-notice',
  severity: 'warning',
  title: 'A notice that the terms require is absent',
  messages: {
    absent: '{licence} of {source} reaches {work} and requires {lines}, which stands nowhere here. Add it where the work is handed on.',
  },
  *check(context) {
    // One notice serves every derivative here: the card speaks for the weights and configurations beside it.
    const groups = new Map<string, Owed[]>();
    for (const work of sortedWorks(context)) {
      if (!isPublished(work, context.lineage)) continue;
      for (const binding of bindingsFor(context, work.id)) {
        const owed = owedBy(context, work, binding);
        if (owed) groups.set(binding.licence, [...(groups.get(binding.licence) ?? []), owed]);
      }
    }
    for (const group of groups.values()) {
      const owed = group.find((entry) => entry.card) ?? group[0];
      const first = owed?.missing[0];
      if (!owed || !first) continue;
      const { work, binding, missing } = owed;
      yield {
        // Where only the training is here, the notice may stand where the weights are handed on.
        messageId: 'absent',
        severity: group.some((entry) => entry.here) ? 'warning' : 'information',
        at: owed.at,
        works: [work.id, binding.source],
        clause: first.clause,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        data: {
          licence: licenceName(binding.licence, context.knowledge),
          source: shortName(binding.source),
          work: shortName(work.id),
          lines: missing.map((clause) => `"${clause.value ?? ''}"${clause.clause ? ` (${clause.clause})` : ''}`).join(' and '),
        },
        related: [
          ...pathPlaces(binding.path.slice(1)),
          ...group.filter((entry) => entry !== owed).map((entry) => ({ at: entry.at, message: `${shortName(entry.work.id)} owes the same` })),
        ],
        fixes: fixesOf(context, work, missing),
      };
    }
  },
});
