import { factsOf } from '../../lineage/files.ts';
import type { RawFinding, RuleContext } from '../types.ts';
import { licenceNames } from './helpers.ts';

export const linkMessages: Readonly<Record<string, string>> = {
  link: 'This link is named {here}, but its address is that of {there}, so whoever follows it reads other terms than the text names. Make both say what is meant.',
};

/** Links whose text names one licence and whose address is that of another; about somebody else's work it is a slip in a credit. */
export function* namedLinks(context: RuleContext): Iterable<RawFinding> {
  for (const { path, fact } of factsOf(context.artefacts, 'reference')) {
    if (fact.named === undefined) continue;
    yield {
      messageId: 'link',
      data: { here: licenceNames(fact.named, context.knowledge), there: licenceNames(fact.licences, context.knowledge) },
      at: { path, fact: fact.id },
      severity: fact.ours && fact.role === 'decision' ? 'warning' : 'information',
      works: [context.lineage.workOf(path)],
      evidence: 'declared',
    };
  }
}
