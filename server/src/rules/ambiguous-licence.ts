import { roleOfPath } from '../artefacts/hub-id.ts';
import type { LicenceFact } from '../artefacts/types.ts';
import { factsOf } from '../lineage/files.ts';
import { folderOf } from '../lineage/local.ts';
import type { Statement } from '../lineage/types.ts';
import { hubTag, licenceName, licenceNames } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFix, RuleContext } from './types.ts';

/** Statements about the same work, in the same folder, that name a licence exactly; a text first. */
const exactBeside = (context: RuleContext, path: string, fact: LicenceFact): readonly Statement[] => {
  const work = context.lineage.works.get(fact.work.startsWith('local:') ? fact.work : context.lineage.workOf(path));
  const exact = (work?.statements ?? []).filter(
    (statement) =>
      statement.at !== null &&
      folderOf(statement.at.path) === folderOf(path) &&
      statement.speaker !== 'other' &&
      statement.licences.length > 0 &&
      statement.fact !== fact &&
      statement.fact?.problem?.code !== 'ambiguous' &&
      (statement.scope === fact.scope || statement.scope === 'any'),
  );
  return exact.toSorted((a, b) => Number(b.fact?.via === 'text') - Number(a.fact?.via === 'text'));
};

const even = (text: string): string => text.toLowerCase().replace(/[^a-z\d]/g, '');

/** The text beside it, where it has the name. */
const fixOf = (context: RuleContext, path: string, fact: LicenceFact, beside: readonly Statement[]): RawFix[] => {
  const texts = beside.filter((statement) => statement.fact?.via === 'text');
  const [text, more] = texts;
  const licence = text?.licences.length === 1 && more === undefined ? text.licences[0] : undefined;
  if (licence === undefined || !text?.at) return [];
  // "Apache" may well mean the text beside it, but not one of another family.
  if (![licence, licenceName(licence, context.knowledge)].some((name) => even(name).includes(even(fact.stated)))) return [];
  const id = fact.via === 'card' ? hubTag(licence, context.knowledge) : licence.startsWith('LicenseRef-') ? undefined : licence;
  return id === undefined ? [] : [{ title: `Write ${id}, as ${text.at.path} says`, safe: false, preferred: true, edits: [{ path, slot: fact.id, text: id }] }];
};

const isVague = (fact: LicenceFact): boolean => fact.problem?.code === 'ambiguous' || (fact.problem?.code === 'not-a-licence' && fact.via === 'card');

export const ambiguousLicence = defineRule({
  id: 'ambiguous-licence',
  severity: 'information',
  title: 'A name that several licences have',
  messages: {
    family:
      '"{stated}" is the name of several licences that differ in what they allow, so it does not tell which holds. Write the id of the exact one{advice}.',
    unknown: 'A licence of "{stated}" grants nothing that anybody could rely on. Name the licence, or find out under which terms the work is.',
  },
  *check(context) {
    for (const { path, fact } of factsOf(context.artefacts, 'licence')) {
      if (!isVague(fact) || roleOfPath(path) === 'evaluation' || context.lineage.vendorOf(path) !== undefined) continue;
      const beside = exactBeside(context, path, fact);
      // Classifiers of many licences have no version, so with an exact statement beside it nothing is left open.
      if (fact.via === 'classifier' && beside.length > 0) continue;
      const said = beside[0];
      yield {
        messageId: fact.problem?.code === 'ambiguous' ? 'family' : 'unknown',
        data: {
          stated: fact.stated.slice(0, 80),
          advice: said?.at ? `; ${said.at.path} says ${licenceNames(said.licences.slice(0, 2), context.knowledge)}` : '',
        },
        at: { path, fact: fact.id },
        works: [context.lineage.workOf(path)],
        evidence: fact.evidence,
        related: said?.at ? [{ at: said.at, message: 'an exact licence is stated here' }] : [],
        fixes: fixOf(context, path, fact, beside),
      };
    }
  },
});
