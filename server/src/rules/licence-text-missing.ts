import { roleOfPath } from '../artefacts/hub-id.ts';
import { memoBy } from '../knowledge/lookup.ts';
import { isModified } from '../licence/modified.ts';
import { factsOf, pathsOf } from '../lineage/files.ts';
import { folderOf } from '../lineage/local.ts';
import { filesByFolder } from '../lineage/tree.ts';
import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Clause } from '../knowledge/types.ts';
import type { Binding, Work } from '../lineage/types.ts';
import { bindingsFor, cite, filesOf, homeOf, licenceName, pathPlaces, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { At, RawFinding, RawFix, RuleContext } from './types.ts';

interface Owed {
  readonly work: Work;
  readonly binding: Binding;
  readonly clause: Clause;
  readonly at: At;
}

/** Its card or its weights are here, so this is where it is handed on. */
const isHere = (context: RuleContext, work: Work): boolean =>
  work.card ||
  work.statements.some((statement) => statement.fact?.via === 'weights') ||
  filesOf(context, work.path ?? '.').some((artefact) => artefact.facts.some((fact) => fact.kind === 'work' && fact.via === 'weights'));

/** Folders of that name hold the texts of others, which are not told apart here. */
const keepsTexts = memoBy((paths: readonly string[]) => [...filesByFolder(paths).keys()].some((folder) => /(?:^|\/)[\w-]*licen[cs]es?(?:\/|$)/i.test(folder)));

/** Licences whose text is somewhere in the tree; one that is not recognised may be any of them. */
const textsHere = (context: RuleContext): { readonly licences: ReadonlySet<string>; readonly unread: boolean } => {
  const licences = new Set<string>();
  let unread = keepsTexts(pathsOf(context.artefacts));
  for (const { fact } of factsOf(context.artefacts, 'licence')) {
    if (fact.via !== 'text') continue;
    for (const licence of fact.licences) licences.add(licence);
    unread ||= fact.licences.length === 0 || fact.licences.some(isModified);
  }
  return { licences, unread };
};

/** Where a work lies: packed weights beside their card are described by it. */
const placeOf = (context: RuleContext, { path }: Work): string => (path === null ? '.' : context.artefacts.has(path) ? folderOf(path) : path);

/** A link to the text, or to the file that what it was made from has. */
const isLinked = (context: RuleContext, work: Work, binding: Binding): boolean => {
  const sources = new Set([binding.source, ...binding.path.map((edge) => edge.to)].flatMap((id) => hubOf(id)?.id.toLowerCase() ?? []));
  return filesOf(context, placeOf(context, work)).some((artefact) =>
    artefact.facts.some(
      (fact) =>
        fact.kind === 'reference' &&
        (fact.via === 'card' || fact.licences.includes(binding.licence) || sources.has(fact.to.repository?.replace(/^huggingface\.co\//, '') ?? '')),
    ),
  );
};

const fixOf = (context: RuleContext, { work, binding }: Owed): RawFix[] => {
  const link = context.knowledge.terms(binding.licence)?.link;
  const card = filesOf(context, work.path ?? '.').find((artefact) => artefact.facts.some((fact) => fact.kind === 'work' && fact.via === 'card'));
  if (!link || !card?.places.has('card:license-insert')) return [];
  const end = card.places.has('card:eol-crlf') ? '\r\n' : '\n';
  return [
    {
      title: `Link to the text of ${licenceName(binding.licence, context.knowledge)}`,
      safe: false,
      preferred: true,
      edits: [{ path: card.path, slot: 'card:license-insert', text: `license_link: ${link}${end}` }],
    },
  ];
};

/** A licence file that only says where the terms are: there they may change, or go. */
function* pointers(context: RuleContext): Iterable<RawFinding> {
  for (const { path, fact } of factsOf(context.artefacts, 'licence')) {
    if (fact.elsewhere === undefined || roleOfPath(path) !== 'decision' || context.lineage.vendorOf(path) !== undefined) continue;
    yield {
      messageId: 'pointer',
      at: { path, fact: fact.id },
      works: [context.lineage.workOf(path)],
      evidence: 'text',
      data: {
        address: fact.elsewhere,
        licence: fact.licences.length > 0 ? `, where ${licenceName(fact.licences[0] ?? '', context.knowledge)} stands` : '',
      },
    };
  }
}

export const licenceTextMissing = defineRule({
  id: 'licence-text-missing',
  severity: 'information',
  title: 'A licence that has to go along is not there',
  messages: {
    pointer:
      'This licence file holds no terms, but leads to {address}{licence}, which may change or go, and whoever takes a copy gets no text along. Put the text itself here.',
    absent:
      '{licence} of {source} reaches {work} and asks that its text goes along{clause}, but neither the text nor a link to it is here. Add it as a file of its own, or link to it.',
  },
  *check(context) {
    yield* pointers(context);
    const { licences, unread } = textsHere(context);
    const groups = new Map<string, Owed[]>();
    for (const work of sortedWorks(context)) {
      if (!isPublished(work, context.lineage) || !isHere(context, work) || context.lineage.vendorOf(work.path ?? '') !== undefined) continue;
      for (const binding of bindingsFor(context, work.id)) {
        const clause = binding.clauses.find((entry) => entry.kind === 'licence-copy' && entry.effect === 'require');
        if (!binding.inherited || binding.statement.evidence === 'name' || !clause || licences.has(binding.licence)) continue;
        // A text that nobody recognises may be the very one, where the terms are no common ones.
        if ((unread && binding.licence.startsWith('LicenseRef-')) || isLinked(context, work, binding)) continue;
        const at = binding.path[0]?.at ?? homeOf(context, work);
        if (at) groups.set(binding.licence, [...(groups.get(binding.licence) ?? []), { work, binding, clause, at }]);
      }
    }
    for (const [first, ...others] of groups.values()) {
      if (!first) continue;
      const { work, binding, clause, at } = first;
      yield {
        messageId: 'absent',
        at,
        works: [work.id, binding.source],
        clause: clause.clause,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        data: {
          licence: licenceName(binding.licence, context.knowledge),
          source: shortName(binding.source),
          work: shortName(work.id),
          clause: cite(clause),
        },
        related: [
          ...pathPlaces(binding.path.slice(1)),
          ...others.slice(0, 20).map((entry) => ({ at: entry.at, message: `${shortName(entry.work.id)} owes the same`, decides: 'information' as const })),
        ],
        fixes: fixOf(context, first),
      };
    }
  },
});
