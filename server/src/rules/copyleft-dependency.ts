import { importedCode } from '../artefacts/imports.ts';
import { installedCode } from '../artefacts/via.ts';
import { shortName } from '../lineage/path.ts';
import { rootWork } from '../lineage/local.ts';
import type { Mention } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { basis, bindingsFor, cite, licenceNames, otherMentions, sortedWorks } from './support/helpers.ts';
import { copyleftOf, isShipped, isToldElsewhere, isWide, servedClause, wholeOf } from './support/parts.ts';
import { defineRule } from './types.ts';

const isInstalled = (mention: Mention): boolean =>
  mention.role === 'decision' && (mention.via === 'requirement' || mention.via === 'dependency' || mention.via === installedCode);
const isImported = (mention: Mention): boolean => mention.role === 'decision' && mention.via === importedCode;

export const copyleftDependency = defineRule({
  id: 'copyleft-dependency',
  severity: 'information',
  title: 'A package under copyleft in a more permissive whole',
  messages: {
    installed:
      '{work} is under {licence}, {basis}, and {whole} is declared {declared}: what is handed on together with it falls under the same terms{clause}{note}. Take another package, keep it optional, or agree other terms with its owner.',
    served:
      '{work} is under {licence}, {basis}, and {whole} is declared {declared}: who uses it over a network has to be offered the sources{clause}{note}. Take another package, offer the sources, or agree other terms with its owner.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (work.local || work.kind !== 'code') continue;
      const binding = bindingsFor(context, work.id).find((entry) => !entry.inherited && copyleftOf(context, entry.statement) !== undefined);
      const terms = binding ? copyleftOf(context, binding.statement) : undefined;
      if (!binding || !terms) continue;
      const around = (mention: Mention): boolean => isWide(wholeOf(context, mention.at.path)?.declared ?? []);
      const places = [...work.mentions.filter(isInstalled), ...(isToldElsewhere(context, work.id) ? [] : work.mentions.filter(isImported))].filter(around);
      const place = places.find(({ via }) => via !== installedCode) ?? places[0];
      if (!place) continue;
      const served = context.lineage.profile.distribute.includes('service') ? servedClause(terms) : undefined;
      const clause = served ?? terms.clauses.find((entry) => entry.kind === 'same-licence');
      const found = wholeOf(context, place.at.path);
      const note = context.knowledge.package(work.id)?.note ?? null;
      // What a command installs beside the manifests may be for a demo.
      const levelOf = (mention: Mention): Severity => (isShipped(context, terms) && mention.via !== installedCode ? 'warning' : 'information');
      yield {
        messageId: served ? 'served' : 'installed',
        data: {
          work: shortName(work.id),
          licence: terms.name,
          basis: basis(binding.statement),
          whole: shortName(found?.whole.id ?? rootWork),
          declared: licenceNames([...new Set((found?.declared ?? []).map((each) => each.id))], context.knowledge),
          clause: cite(clause),
          note: note === null ? '' : `; ${note}`,
        },
        at: place.at,
        severity: levelOf(place),
        works: [work.id],
        clause: clause?.clause ?? null,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        related: otherMentions(place.at, places, `${shortName(work.id)} is named here too`, levelOf),
      };
    }
  },
});
