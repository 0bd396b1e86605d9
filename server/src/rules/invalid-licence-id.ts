import type { Fact, LicenceFact } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { saysNoLicence } from '../licence/names.ts';
import { folderOf } from '../lineage/local.ts';
import { filesOf, maximumRelated } from './support/helpers.ts';
import { inExample } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

const plain = (text: string): string => text.toLowerCase().replace(/[\s_-]+/g, '');

/** The spelling of an id is a fact of the list; another id that is merely near is a choice. */
const spellingFix = (fact: LicenceFact, places: readonly Wrong[]): RawFix[] => {
  const suggestion = fact.problem?.suggestion;
  if (!suggestion || fact.problem?.code === 'broken-syntax') return [];
  const title = `Replace with ${suggestion}${places.length > 1 ? `, in ${places.length} files` : ''}`;
  return [
    {
      title,
      safe: plain(suggestion) === plain(fact.stated),
      preferred: true,
      edits: places.map((place) => ({ path: place.path, slot: place.fact.id, text: suggestion })),
    },
  ];
};

const messageOf = (fact: LicenceFact): string | undefined => {
  switch (fact.problem?.code) {
    case 'invalid-id':
      return fact.problem.expects === 'spdx' ? 'spdx' : fact.problem.expects === 'hub' ? 'hub' : fact.licences.length === 0 ? 'text' : undefined;
    case 'name-missing':
      return 'name';
    case 'link-missing':
      return 'link';
    case 'broken-syntax':
      return 'syntax';
    default:
      return undefined;
  }
};

/** Whether later versions will do is said by the notices, never by a name that leaves it open. */
const adviceFor = (fact: LicenceFact, path: string): string => {
  if (saysNothing(fact))
    return isNpm.test(path) ? 'Write UNLICENSED, or SEE LICENSE IN and the file.' : 'Write LicenseRef- and a name of your own, and give the terms in a file.';
  const suggestion = fact.problem?.suggestion;
  if (!suggestion) return 'Write the id of the list, or name the licence in full.';
  const later = suggestion.replace(/-only$/, '-or-later');
  return later === suggestion || /\bonly\b/i.test(fact.stated) ? `Write ${suggestion}.` : `Write ${suggestion}, or ${later} where your notices say so.`;
};

const isNpm = /(?:^|\/)package\.json$/;

/** "PROPRIETARY": who reads no licence there reads what is meant. */
const saysNothing = (fact: LicenceFact): boolean => fact.via === 'manifest' && saysNoLicence(fact.stated);

/** A tag of a file that was taken from elsewhere, as its comments say, is its source's. */
const isTaken = ({ artefacts }: RuleContext, { path, fact }: Wrong): boolean =>
  fact.via === 'tag' && artefacts.get(path)?.facts.some((other) => other.kind === 'relation' && other.type === 'copiedFrom') === true;

interface Wrong {
  readonly path: string;
  readonly fact: LicenceFact;
  readonly messageId: string;
}

/** A text beside the card says which terms those are, to whoever looks. */
const isReadBeside = (context: RuleContext, path: string): boolean =>
  filesOf(context, folderOf(path)).some(({ facts }) => facts.some((fact) => fact.kind === 'licence' && fact.via === 'text'));

/** The card of something that is handed on elsewhere, or the template of one. */
const inDocuments = /(?:^|\/)(?:docs?|documentation|templates?)\//i;

const page = /^readme(?:[-_.]\w+)?\.md$/i;

/** A sentence of the card, or of a README above it where that speaks of models, states terms: the field alone is incomplete. */
const isToldInText = (context: RuleContext, path: string): boolean => {
  const tells = (facts: readonly Fact[], isOwn: boolean): boolean =>
    facts.some(
      (fact) =>
        (fact.kind === 'licence' && fact.via === 'prose' && fact.speaker !== 'other' && (isOwn || fact.scope === 'weights')) ||
        (isOwn && fact.kind === 'reference' && fact.via === 'link'),
    );
  if (tells(context.artefacts.get(path)?.facts ?? [], true)) return true;
  for (let folder = folderOf(path); folder !== '.';) {
    folder = folderOf(folder);
    const above = filesOf(context, folder).filter((artefact) => page.test(artefact.path.slice(artefact.path.lastIndexOf('/') + 1)));
    if (above.some(({ facts }) => tells(facts, false))) return true;
  }
  return false;
};

/** One header pasted into many files is one mistake: the first place stands for all. Fields are written one by one, so each is its own. */
const grouped = function* (artefacts: RuleContext['artefacts']): Iterable<readonly [Wrong, ...Wrong[]]> {
  const headers = new Map<string, [Wrong, ...Wrong[]]>();
  for (const { path, fact } of factsOf(artefacts, 'licence')) {
    const messageId = messageOf(fact);
    if (messageId === undefined) continue;
    const wrong: Wrong = { path, fact, messageId };
    const same = fact.via === 'tag' ? headers.get(fact.stated) : undefined;
    if (same) same.push(wrong);
    else if (fact.via === 'tag') headers.set(fact.stated, [wrong]);
    else yield [wrong];
  }
  yield* headers.values();
};

export const invalidLicenceId = defineRule({
  id: 'invalid-licence-id',
  severity: 'warning',
  title: 'Not a licence id that this field takes',
  messages: {
    spdx: '"{stated}" is no SPDX expression, which this field requires, so tools read it as no licence. {advice}',
    nothing: '"{stated}" grants nothing, but is no SPDX expression, so tools cannot tell it from a mistake. {advice}',
    hub: '"{stated}" is no licence id of the hub, so the card shows no licence. {advice}',
    text: '"{stated}" names no licence that can be told apart from others. {advice}',
    name: '`license: other` says nothing without `license_name`, so nobody can tell which terms apply. Add `license_name` and `license_link`.',
    field:
      '`license: other` without `license_name` tells nothing to who reads the field alone, though the text states terms. Add `license_name` and `license_link`.',
    link: '`license: other` names "{stated}" without a link to its text, so nobody can read the terms. Add `license_link`.',
    syntax: 'The licence of this card cannot be read: {stated} is no YAML value that the hub takes. Write a plain id and put a link into `license_link`.',
  },
  *check(context) {
    for (const [first, ...others] of grouped(context.artefacts)) {
      const { path, fact } = first;
      const messageId =
        first.messageId === 'name' && isToldInText(context, path) ? 'field' : first.messageId === 'spdx' && saysNothing(fact) ? 'nothing' : first.messageId;
      yield {
        messageId,
        data: { stated: fact.stated.slice(0, 80), advice: adviceFor(fact, path) },
        severity:
          messageId === 'link' ||
          messageId === 'field' ||
          messageId === 'nothing' ||
          [first, ...others].every((wrong) => isTaken(context, wrong)) ||
          (messageId === 'name' && isReadBeside(context, path)) ||
          (fact.via === 'manifest' && inExample(path)) ||
          (fact.via === 'card' && inDocuments.test(path))
            ? 'information'
            : 'warning',
        at: { path, fact: fact.id },
        works: [],
        evidence: fact.evidence,
        related: others
          .slice(0, maximumRelated)
          .map((other) => ({ at: { path: other.path, fact: other.fact.id }, message: 'the same is written here', decides: 'warning' as const })),
        fixes: spellingFix(fact, [first, ...others]),
      };
    }
  },
});
