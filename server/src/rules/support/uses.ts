import { isOffered, isShown, namedSetting, withoutWeights } from '../../artefacts/via.ts';
import { isTest } from '../../artefacts/hub-id.ts';
import { granted } from '../../lineage/bindings.ts';
import { shortName } from '../../lineage/path.ts';
import { byFileName } from '../../artefacts/weights-paths.ts';
import type { Clause, Knowledge } from '../../knowledge/types.ts';
import type { Binding, Mention, Work } from '../../lineage/types.ts';
import { originalsFirst } from './examples.ts';
import { bindingsFor, sortedWorks } from './helpers.ts';
import type { RuleContext } from '../types.ts';

/** A work from elsewhere that this repository decided to use, with one clause that binds it. */
export interface BoundUse {
  readonly work: Work;
  readonly binding: Binding;
  readonly clause: Clause;
  /** The best place of decision. */
  readonly place: Mention;
  /** All places of decision. */
  readonly decisions: readonly Mention[];
}

/** Places where somebody chose the work itself, not its tokenizer alone, nor a setting or a file that has a name of it. */
export const decisionsOn = (work: Work): readonly Mention[] =>
  work.mentions.filter(
    (mention) =>
      mention.role === 'decision' &&
      mention.type !== 'publishes' &&
      mention.type !== 'testedOn' &&
      mention.via !== withoutWeights &&
      mention.via !== namedSetting &&
      mention.via !== byFileName &&
      !isOffered(mention.at.fact),
  );

/** Terms that the hub tells of a work which is offered there: they are its own, and stand where it is handed on. */
export const isOfHub = ({ path }: Binding): boolean => path.length === 1 && isOffered(path[0]?.at?.fact ?? '');

/** Either measures or tries out the program, as workflows do: nothing but its content could tell. */
const mayBeTest = (path: string): boolean => /(?:^|\/)tests?\.\w+$|(?:^|\/)\.(?:github|gitlab|circleci)\/|(?:^|\/)\.gitlab-ci\.yml$/i.test(path);

/** What only measures something loads it all the same; tests try out the program, and commands that documents show are the reader's. */
export const isMeasured = ({ role, type, at }: Mention): boolean =>
  role === 'evaluation' && type === 'loads' && !isTest(at.path) && !mayBeTest(at.path) && !isShown(at.fact);

/** What a sentence or a table tells of a model that it names, or of the model of the project: it is not here. */
export const isOfAbsent = ({ via, from }: Mention): boolean => via === 'prose' && from.includes('#');

/** Each use of a work that a clause binds which a rule asks for; of several clauses of one work, each once. A guess from a name binds nobody. */
export function* boundUses(context: RuleContext, asks: (clause: Clause, binding: Binding) => boolean): Iterable<BoundUse> {
  for (const work of sortedWorks(context)) {
    if (work.local || work.kind === 'service' || granted(work) !== undefined) continue;
    const decisions = originalsFirst(context, decisionsOn(work), ({ at }) => at.path);
    const [place] = decisions;
    if (!place) continue;
    const seen = new Set<Clause>();
    for (const binding of bindingsFor(context, work.id)) {
      if (binding.statement.evidence === 'name') continue;
      for (const clause of binding.clauses) {
        if (seen.has(clause) || !asks(clause, binding)) continue;
        seen.add(clause);
        yield { work, binding, clause, place, decisions };
      }
    }
  }
}

/** ", which reaches it from org/base" or nothing: for messages on terms that come from further back. */
export const viaText = (binding: Binding): string => (binding.inherited ? `, which reaches it from ${shortName(binding.source)}` : '');

interface Recorded {
  readonly messageId: 'none' | 'unknown';
  readonly source: string;
  readonly asOf: string | null;
  readonly confidence: string;
}

/** Its own page is recorded as stating no licence, or as saying that it is not known. */
export const recordedWithout = (id: string, knowledge: Knowledge): Recorded | undefined => {
  const record = knowledge.dataset(id);
  if (!record) return undefined;
  const row = record.licences.at(-1);
  if (row && row.licences.length === 0 && row.stated === 'unknown')
    return { messageId: 'unknown', source: row.source, asOf: row.asOf, confidence: row.confidence };
  return record.licenceStatus === 'stated-none' ? { messageId: 'none', source: record.source, asOf: record.asOf, confidence: record.confidence } : undefined;
};
