import { isCalledSo, isOffered, isShown, namedSetting } from '../artefacts/via.ts';
import { byFileName } from '../artefacts/weights-paths.ts';
import { groupById } from '../knowledge/lookup.ts';
import { copyOfDataset, copyOfFile, copyOfModel, goneModel, handedOutAs, modelsNamed, plainName } from '../knowledge/mirrors.ts';
import type { CopyRecord } from '../knowledge/mirrors.ts';
import { isRestrictive } from '../lineage/clauses.ts';
import { factsOf } from '../lineage/files.ts';
import { homesOf } from '../lineage/homes.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Edge, Mention, Work } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { maximumRelated, otherMentions, sortedWorks } from './support/helpers.ts';
import { originalsFirst } from './support/examples.ts';
import { isMeasured } from './support/uses.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

interface Copy {
  readonly messageId: string;
  readonly severity: Severity;
  readonly original: string;
  /** An id of the hub that can stand in its place. */
  readonly instead: string | null;
  readonly statement: string;
  readonly clause: string | null;
  readonly evidence: string;
  readonly confidence: string | null;
  readonly asOf: string;
}

const isHubId = (text: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(text);

const dated = (asOf: string | null): string => (asOf === null ? '' : `, as of ${asOf}`);

const recorded = (record: CopyRecord): Copy => ({
  messageId: record.status === 'copied' ? 'lawful' : record.status,
  severity: record.status === 'withdrawn' ? 'warning' : 'information',
  original: record.original,
  instead: isHubId(record.original) ? record.original : null,
  statement: record.statement,
  clause: null,
  evidence: 'catalogue',
  confidence: record.confidence,
  asOf: dated(record.asOf),
});

const vanished = (id: string): Copy | undefined => {
  const record = goneModel(id);
  return record
    ? {
        messageId: record.instead === null ? 'gone' : 'replaced',
        severity: 'information',
        original: record.instead ?? id,
        instead: record.instead,
        statement: record.statement,
        clause: null,
        evidence: 'catalogue',
        confidence: record.confidence,
        asOf: dated(record.asOf),
      }
    : undefined;
};

const publisherOf = (id: string): string => id.slice(0, id.indexOf('/')).toLowerCase();

/** The one model that a copy is of: as the catalogue says, else by a name that only one researched model has. */
const originalOf = (context: RuleContext, id: string): { readonly id: string; readonly evidence: string } | undefined => {
  const record = context.knowledge.model(id);
  const [base, more] = record?.bases ?? [];
  const name = plainName(id);
  if (base !== undefined) {
    const copies = more === undefined && publisherOf(base) !== publisherOf(id) && (record?.relation === 'quantized' || plainName(base) === name);
    // An adapter or a fine-tune that kept the name is a work of its own.
    return copies && record?.relation !== 'adapter' && record?.relation !== 'finetune' ? { id: base, evidence: 'catalogue' } : undefined;
  }
  if (record?.match === 'record' && record.licences.length > 0) return undefined;
  const same = modelsNamed(name, context.knowledge).filter((other) => plainName(other) === name);
  const owners = new Set(same.map(publisherOf));
  const given = id.slice(id.indexOf('/')).toLowerCase();
  const isSpelt = (other: string): boolean => other.toLowerCase().endsWith(given);
  const [original] = same.toSorted((a, b) => Number(isSpelt(b)) - Number(isSpelt(a)) || a.length - b.length);
  return owners.size === 1 && original !== undefined && !owners.has(publisherOf(id)) ? { id: original, evidence: 'name' } : undefined;
};

/** Copies of what everybody may copy freely need no word. */
const derived = (context: RuleContext, id: string): Copy | undefined => {
  const original = originalOf(context, id);
  const row = original ? context.knowledge.model(original.id)?.licences.at(-1) : undefined;
  const clauses = (row?.licences ?? []).flatMap((licence) => context.knowledge.terms(licence)?.clauses ?? []);
  if (!original || !row || !clauses.some(isRestrictive)) return undefined;
  const clause = clauses.find((entry) => entry.kind === 'redistribution' && entry.effect !== 'permit');
  const barred = clause?.effect === 'forbid' && original.evidence !== 'name';
  return {
    messageId: barred ? 'barred' : original.evidence === 'name' ? 'named' : 'copy',
    severity: barred ? 'warning' : 'information',
    original: original.id,
    instead: original.id,
    statement: clause?.what ?? 'copies may be handed on under its terms',
    clause: clause?.clause ?? null,
    evidence: original.evidence,
    confidence: row.confidence,
    asOf: dated(row.asOf),
  };
};

/** Loads whose literal is the id alone, so that another id can be put in its place. */
const originalFix = (context: RuleContext, work: Work, mention: Mention, instead: string | null): RawFix[] => {
  const fact = (context.lineage.edgesTo.get(work.id) ?? []).find((edge) => edge.at?.path === mention.at.path && edge.at.fact === mention.at.fact)?.fact;
  if (instead === null || fact?.pinnable !== true || fact.file !== undefined || fact.revision !== null) return [];
  return [{ title: `Take ${instead}`, safe: false, edits: [{ path: mention.at.path, slot: mention.at.fact, text: instead }] }];
};

const finding = (context: RuleContext, work: Work, mentions: readonly Mention[], copy: Copy): RawFinding[] => {
  const chosen = mentions.filter(
    (mention) =>
      (mention.role === 'decision' || isMeasured(mention)) &&
      mention.type !== 'publishes' &&
      mention.via !== byFileName &&
      !isCalledSo(mention.at.fact) &&
      !isOffered(mention.at.fact),
  );
  // What is only measured with it counts where nothing else takes it.
  const isUsed = chosen.some(({ role }) => role === 'decision');
  const decided = isUsed ? chosen.filter(({ role }) => role === 'decision') : chosen;
  const decisions = originalsFirst(context, decided, ({ at }) => at.path);
  // A setting, what a document shows and what an evaluation takes are no more than information.
  const isSure = ({ via, at, role }: Mention): boolean => role === 'decision' && via !== namedSetting && !isShown(at.fact);
  const sure = decisions.find(isSure);
  const place = sure ?? decisions[0];
  if (!place) return [];
  const severity = sure ? copy.severity : 'information';
  const { messageId, original, instead, statement, clause, evidence, confidence, asOf } = copy;
  return [
    {
      messageId,
      data: { work: shortName(work.id), original, statement, clause: clause === null ? '' : ` (${clause})`, asOf },
      at: place.at,
      severity,
      works: [work.id],
      clause,
      evidence,
      confidence,
      related: otherMentions(place.at, mentions, `${shortName(work.id)} is taken here too`, (mention) =>
        decided.includes(mention) ? (isSure(mention) ? severity : 'information') : undefined,
      ),
      fixes: originalFix(context, work, place, instead),
    },
  ];
};

/** Files that are known by their names, whoever serves them. */
function* files(context: RuleContext, work: Work): Iterable<RawFinding> {
  const stated = new Map<string, Edge>();
  for (const edge of context.lineage.edgesTo.get(work.id) ?? []) if (edge.fact?.file !== undefined) stated.set(`${edge.at?.fact} ${edge.at?.path}`, edge);
  if (stated.size === 0 && !work.id.startsWith('url:')) return;
  for (const mention of work.mentions) {
    const fact = stated.get(`${mention.at.fact} ${mention.at.path}`)?.fact;
    const name = fact?.file ?? (work.id.startsWith('url:') ? work.id.slice(work.id.lastIndexOf('/') + 1) : undefined);
    const record = name === undefined ? undefined : copyOfFile(name);
    if (record) {
      yield* finding(context, work, [mention, ...work.mentions.filter((other) => other !== mention)], recorded(record));
      return;
    }
  }
}

const isPage = (path: string): boolean => /\.(?:md|markdown|rst|txt)$/i.test(path);

/** Works that are handed on from drives, torrents and hosts of others: who follows the link decides, so it is information. */
function* strays(context: RuleContext): Iterable<RawFinding> {
  const { artefacts, lineage, surroundings } = context;
  const foreign = factsOf(artefacts, 'stray').filter(({ path, fact }) => {
    const owners = handedOutAs(fact.original)?.owners ?? [];
    return lineage.vendorOf(path) === undefined && !owners.some((owner) => homesOf(artefacts, surroundings).hasOwner(`github.com/${owner}/`, path));
  });
  for (const [original, found] of groupById(foreign, ({ fact }) => [fact.original])) {
    // A program that fetches it says more than a page that tells of it.
    const [first, ...others] = found.toSorted((a, b) => Number(isPage(a.path)) - Number(isPage(b.path)));
    const record = handedOutAs(original);
    if (!record || !first) continue;
    yield {
      messageId: 'stray',
      data: { original, place: first.fact.place, statement: record.statement, asOf: dated(record.asOf) },
      at: { path: first.path, fact: first.fact.id },
      severity: 'information',
      works: [],
      evidence: 'catalogue',
      confidence: record.confidence,
      related: others.slice(0, maximumRelated).map(({ path, fact }) => ({ at: { path, fact: fact.id }, message: 'it is handed on here too' })),
    };
  }
}

export const unofficialMirror = defineRule({
  id: 'unofficial-mirror',
  severity: 'warning',
  title: 'A copy of a model or data set that somebody else than its publisher put up',
  messages: {
    withdrawn:
      '{work} is a copy of {original}, of which is recorded{asOf}: {statement}. By that record nobody who could license it offers it, so take another model, or get the right to use this one in writing.',
    barred: '{work} is a copy of {original}, whose terms say that {statement}{clause}{asOf}. Take the original from its publisher under its terms.',
    gated:
      '{work} is a copy of {original}, of which is recorded{asOf}: {statement}. Its terms hold for copies too: ask for the original, or take a model that is open to you.',
    lawful:
      '{work} is a copy of {original}: {statement}{asOf}. Nobody but its owner vouches that it is unchanged, so pin a commit and compare digests where you can.',
    copy: '{work} is a copy or conversion of {original}, put up by somebody else than its publisher: {statement}{clause}. Its terms come along: keep to them, and pin a commit, since only the owner of the copy vouches for it.',
    named:
      '{work} has the name of {original} but another owner, so it may be a copy whose terms come along. Look at its card, and take the original where it does.',
    stray:
      'A copy of {original} is to be had here from {place}, and of the original is recorded{asOf}: {statement}. Its terms hold for copies too: send people to its publisher.',
    gone: '{work} leads nowhere any more: {statement}{asOf}. Name the repository that you mean, since somebody else may take the free name.',
    replaced: '{work} leads nowhere any more: {statement}{asOf}. Name {original}, a copy of it, or another model, since somebody else may take the free name.',
  },
  *check(context) {
    yield* strays(context);
    for (const work of sortedWorks(context)) {
      if (work.local) continue;
      const byFile = [...files(context, work)];
      yield* byFile;
      const hub = hubOf(work.id);
      if (byFile.length > 0 || !hub) continue;
      const known = hub.type === 'model' ? copyOfModel(hub.id) : copyOfDataset(hub.id);
      const copy = known ? recorded(known) : hub.type === 'model' ? (vanished(hub.id) ?? derived(context, hub.id)) : undefined;
      if (copy) yield* finding(context, work, work.mentions, copy);
    }
  },
});
