import type { DocumentLink } from 'vscode-languageserver/node';
import type { Knowledge } from '../knowledge/types.ts';
import { hubOf } from '../lineage/remote.ts';
import { rangeOf } from './convert.ts';
import type { Settled } from './folders.ts';
import { placedFacts } from './lookup.ts';

const https = (address: string | null | undefined): string | undefined => (address?.startsWith('https://') ? address : undefined);

/** Pages of the works and licences that a file names. Opened by a click only; nothing is fetched. */
export const linksOf = (settled: Settled, knowledge: Knowledge): readonly DocumentLink[] => {
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact) return [];
  const out: DocumentLink[] = [];
  for (const { fact, place } of placedFacts(artefact)) {
    if (place.line !== place.endLine) continue;
    if (fact.kind === 'relation') {
      const hub = hubOf(fact.to);
      if (hub)
        out.push({ range: rangeOf(place), target: `https://huggingface.co/${hub.type === 'dataset' ? 'datasets/' : ''}${hub.id}`, tooltip: 'Open its page' });
    } else if (fact.kind === 'licence' && fact.via !== 'text' && fact.via !== 'prose' && fact.via !== 'badge') {
      const target = fact.licences.length === 1 && fact.licences[0] !== undefined ? https(knowledge.terms(fact.licences[0])?.link) : undefined;
      if (target !== undefined) out.push({ range: rangeOf(place), target, tooltip: 'Open the text' });
    }
  }
  return out;
};
