import type { DisputeRecord } from '../../knowledge/types.ts';
import { shortName } from '../../lineage/path.ts';
import { hubOf } from '../../lineage/remote.ts';
import type { Mention, Work } from '../../lineage/types.ts';
import type { Severity } from '../../protocol/report.ts';
import { otherMentions, sortedWorks } from './helpers.ts';
import type { RawFinding, RuleContext } from '../types.ts';
import { decisionsOn, isMeasured, isOfAbsent } from './uses.ts';

const withdrawn = ['withdrawn', 'taken-down'];
const disputed = ['disputed', 'court-disputed', 'settled', 'ruled', 'audited'];

/** What is recorded of a data set that no longer is where it was, the newest first. */
const withdrawals = (rows: readonly DisputeRecord[]): readonly DisputeRecord[] => rows.filter((row) => withdrawn.includes(row.kind));

/** A licence that was sold or a work that was licensed anew is no dispute; of a set that was withdrawn, that comes first. */
const disputes = (rows: readonly DisputeRecord[]): readonly DisputeRecord[] =>
  withdrawals(rows).length > 0 ? [] : rows.filter((row) => disputed.includes(row.kind));

/** What names the thing itself before what names a part of it. */
const firstOf = (rows: readonly DisputeRecord[], id: string): { readonly row: DisputeRecord; readonly part: boolean } | undefined => {
  const isPart = (row: DisputeRecord): boolean => row.partly.some((each) => each.toLowerCase() === id.toLowerCase());
  const row = rows.find((each) => !isPart(each)) ?? rows[0];
  return row ? { row, part: isPart(row) } : undefined;
};

/** Courts found for the makers, or an audit counted wishes: somebody should know, and nobody has to act. */
const isOpen = (row: DisputeRecord): boolean => row.kind !== 'ruled' && row.kind !== 'audited';

/** Trained on, copied or handed on: the data go into something. A mere load may only look at them. */
const goesOn = (mention: Mention): boolean => mention.type !== 'loads';

const levelOf = (mention: Mention, row: DisputeRecord, part: boolean): Severity =>
  goesOn(mention) && !isOfAbsent(mention) && isOpen(row) && !part ? 'warning' : 'information';

const sourceOf = ({ source }: DisputeRecord): string => source.split(';')[0]?.trim() ?? source;

const found = (work: Work, decisions: readonly Mention[], row: DisputeRecord, part: boolean, id: string): RawFinding | undefined => {
  // That an audit counted wishes of the sources matters to who builds on them, not to who looks at a sample.
  if (row.kind === 'audited' && !decisions.some(goesOn)) return undefined;
  const place = decisions.find((mention) => levelOf(mention, row, part) === 'warning') ?? decisions[0];
  if (!place) return undefined;
  return {
    messageId: part ? 'part' : row.kind,
    data: {
      work: shortName(work.id),
      id,
      statement: row.statement.replace(/\.$/, ''),
      date: row.date === null ? '' : ` (${row.date})`,
      source: sourceOf(row),
    },
    at: place.at,
    severity: levelOf(place, row, part),
    works: [work.id],
    evidence: 'catalogue',
    confidence: row.confidence,
    related: otherMentions(place.at, decisions, `${shortName(work.id)} is used here too`, (mention) => levelOf(mention, row, part)),
  };
};

/** As the catalogue lists it: on the hub, or published in a repository of code. */
const idOf = ({ id }: Work): string | undefined =>
  hubOf(id)?.id ?? (id.startsWith('pkg:github/') && id.endsWith('#data') ? id.slice(0, -'#data'.length) : undefined);

/** What is no longer given out, nobody should measure with either; a set that only holds a part of it is measured with as it is. */
const placesOf = (work: Work, isGone: boolean): readonly Mention[] => {
  const decisions = decisionsOn(work);
  return decisions.length > 0 || !isGone ? decisions : work.mentions.filter(isMeasured);
};

/** Data sets that are used here and of which such a thing is recorded, each once. */
export function* findDisputes(context: RuleContext, kind: 'withdrawn' | 'disputed'): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    const id = work.local || work.kind !== 'dataset' ? undefined : idOf(work);
    const rows = id === undefined ? [] : context.knowledge.disputes(id);
    const chosen = id === undefined ? undefined : firstOf(kind === 'withdrawn' ? withdrawals(rows) : disputes(rows), id);
    const finding = id !== undefined && chosen ? found(work, placesOf(work, kind === 'withdrawn' && !chosen.part), chosen.row, chosen.part, id) : undefined;
    if (finding) yield finding;
  }
}
