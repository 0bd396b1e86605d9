import type { DisclosureFact, WorkId } from '../artefacts/types.ts';
import { disclosureById, disclosureMark, disclosures } from '../knowledge/disclosures.ts';
import type { DisclosureRecord } from '../knowledge/disclosures.ts';
import { disclosureDraft, kindsOf } from '../lineage/disclosure.ts';
import { factsOf } from '../lineage/files.ts';
import { shortName } from '../lineage/path.ts';
import { canonical, hubOf, serviceOf } from '../lineage/remote.ts';
import { trainingSources } from '../lineage/training.ts';
import type { TrainingSource } from '../lineage/training.ts';
import { treeOf } from '../lineage/tree.ts';
import type { WantedDisclosure } from '../policy/types.ts';
import { wordsOf } from '../text/words.ts';
import { maximumRelated } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { At, RawFinding, RuleContext } from './types.ts';

const ruleId = 'training-data-disclosure';

/** Works that a message names one by one; the places list more. */
const maximumNamed = 6;

const isDocument = (path: string): boolean => /\.(?:md|markdown)$/i.test(path);

const factOf = (context: RuleContext, path: string): DisclosureFact | undefined =>
  context.artefacts.get(path)?.facts.find((fact): fact is DisclosureFact => fact.kind === 'disclosure');

/** The document: where the policy says, under a name that it is looked for by, or where one says of itself that it is. */
const documentOf = (context: RuleContext, record: DisclosureRecord, wanted: WantedDisclosure): string | undefined => {
  const tree = treeOf(context.artefacts, context.surroundings);
  if (wanted.path !== null) return tree.lacks(wanted.path) ? undefined : wanted.path;
  for (const { path, fact } of factsOf(context.artefacts, 'disclosure'))
    if (fact.of.includes(record.id) && context.lineage.vendorOf(path) === undefined) return path;
  const named = record.files.flatMap((file) => tree.spelled(file) ?? []);
  return named[0] ?? record.files.find((file) => !tree.lacks(file));
};

/** Single words that a document on data has anyway. */
const tooGeneral = /^(?:data|dataset|datasets|train|training|test|instruct|instructions|chat|text|corpus|model|models|files)$/;

/** The ways in which a document may name a work. */
const namesFor = (context: RuleContext, work: WorkId): readonly string[] => {
  const service = serviceOf(work);
  if (service) return [service.model ?? context.knowledge.service(service.service)?.name ?? service.service];
  const path = shortName(work).split('#')[0] ?? '';
  if (work.startsWith('local:')) return [work.slice('local:'.length).split('#')[0] ?? '', path.slice(path.lastIndexOf('/') + 1)];
  const last = path.slice(path.lastIndexOf('/') + 1);
  return tooGeneral.test(last.toLowerCase()) ? [path] : [path, last];
};

const isNamed = (context: RuleContext, { works, words }: DisclosureFact, work: WorkId): boolean => {
  if (works.some((named) => canonical(named, context.knowledge) === work)) return true;
  const dense = words.replaceAll(' ', '');
  return namesFor(context, work).some((name) => {
    const parts = wordsOf(name);
    const joined = parts.replaceAll(' ', '');
    return joined !== '' && (words.includes(parts) || (joined.length >= 8 && dense.includes(joined)));
  });
};

/** A file of this repository by its path, whatever it holds. */
const nameOf = (work: WorkId): string => (work.startsWith('local:') && !work.includes('#') ? work.slice('local:'.length) : shortName(work));

/** All in one finding, but for works that the policy accepts one by one: an acceptance of one says nothing of the others. */
const grouped = <T>(context: RuleContext, rows: readonly T[], workOf: (row: T) => WorkId): readonly (readonly T[])[] => {
  const accepted = new Set(
    context.policy.accept.flatMap((entry) => (entry.rule === ruleId && entry.work !== null ? [entry.work.replace(/@[^@/]*$/, '')] : [])),
  );
  const alone = rows.filter((row) => accepted.has(workOf(row)));
  return [rows.filter((row) => !alone.includes(row)), ...alone.map((row) => [row])].filter((group) => group.length > 0);
};

const listOf = (works: readonly WorkId[]): string => {
  const more = works.length - maximumNamed;
  return `${works.slice(0, maximumNamed).map(nameOf).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** What a script holds in its memory has no name by which a document could speak of it. */
const hasName = ({ work, kind }: TrainingSource): boolean => kind === 'synthetic' || !work.startsWith('local:') || !work.includes('#');

interface Lacked {
  readonly work: WorkId;
  readonly source: TrainingSource;
}

/** Works that it has to name and does not, services that wrote data here among them. */
const lackedBy = (context: RuleContext, record: DisclosureRecord, fact: DisclosureFact, sources: readonly TrainingSource[]): readonly Lacked[] => {
  const kinds = kindsOf(record);
  const wanted = sources
    .filter((source) => kinds.has(source.kind) && !source.shown && hasName(source))
    .flatMap((source) => [source.work, ...(source.kind === 'synthetic' ? source.writtenBy : [])].map((work): Lacked => ({ work, source })));
  const first = new Map(wanted.toReversed().map((entry) => [entry.work, entry]));
  return [...first.values()].toReversed().filter(({ work }) => !isNamed(context, fact, work));
};

/** Owners under whose names things of this repository are handed on: a document may name those. */
const ownOwners = (context: RuleContext): ReadonlySet<string> => {
  const ids = context.lineage.edges.flatMap((edge) => (edge.type === 'publishes' ? (hubOf(edge.to)?.id ?? []) : []));
  return new Set([...ids, context.policy.publish?.name ?? ''].filter((id) => id.includes('/')).map((id) => id.slice(0, id.indexOf('/')).toLowerCase()));
};

/** Works that it names by their ids and that nothing here speaks of. */
const staleIn = (context: RuleContext, fact: DisclosureFact): readonly WorkId[] => {
  const owners = ownOwners(context);
  const tree = treeOf(context.artefacts, context.surroundings);
  const { edgesFrom, edgesTo, works } = context.lineage;
  return fact.works.filter((named) => {
    const work = canonical(named, context.knowledge);
    const owner = hubOf(work)?.id.split('/')[0]?.toLowerCase();
    if (works.has(work) || edgesTo.has(work) || edgesFrom.has(work) || (owner !== undefined && owners.has(owner))) return false;
    if (work.startsWith('local:')) return tree.lacks(work.slice('local:'.length).split('#')[0] ?? '');
    // The provider as a whole, where a model of it is used.
    return !work.startsWith('service:') || ![...works.keys()].some((known) => known.startsWith(`${work}/`));
  });
};

const additions = (lacked: readonly Lacked[]): string => ['', ...lacked.map(({ work }) => `- \`${work.replace(/[\s`]+/g, ' ')}\``), ''].join('\n');

function* forOne(context: RuleContext, wanted: WantedDisclosure, at: At, sources: () => readonly TrainingSource[]): Iterable<RawFinding> {
  const common = { works: [], evidence: 'declared' };
  const record = disclosureById(wanted.name);
  if (!record) {
    yield { ...common, messageId: 'unknown', data: { name: wanted.name, known: disclosures.map((row) => row.id).join(', ') }, at };
    return;
  }
  const data = { title: record.title, name: record.id };
  const path = documentOf(context, record, wanted);
  if (path === undefined) {
    const target = wanted.path ?? record.files[0] ?? '';
    const text = disclosureDraft({
      record,
      sources: sources(),
      lineage: context.lineage,
      knowledge: context.knowledge,
      name: context.policy.publish?.name ?? null,
    });
    // A disclosure in another form is nothing that can be drafted.
    const fixes = isDocument(target)
      ? [{ title: `Draft ${target} from the lineage`, safe: false, preferred: true, creates: [{ path: target, text, append: false }] }]
      : [];
    yield { ...common, messageId: 'absent', data: { ...data, path: target }, at, fixes };
    return;
  }
  const fact = factOf(context, path);
  if (!fact) {
    // What has another form is not read here, and nothing is said of it.
    if (!isDocument(path) || !context.artefacts.has(path)) return;
    const mark = disclosureMark(record.id);
    const fixes = [{ title: `Mark ${path} as it`, safe: false, preferred: true, creates: [{ path, text: `\n${mark}\n`, append: true }] }];
    yield { ...common, messageId: 'unmarked', data: { ...data, path, mark }, at, fixes };
    return;
  }
  for (const lacked of grouped(context, lackedBy(context, record, fact, sources()), ({ work }) => work)) {
    yield {
      ...common,
      messageId: 'lacks',
      data: { ...data, works: listOf(lacked.map(({ work }) => work)) },
      at: { path, fact: fact.id },
      works: lacked.map(({ work }) => work),
      related: lacked
        .flatMap(({ work, source }) => (source.at[0] ? [{ at: source.at[0], message: `${nameOf(work)} is used here` }] : []))
        .slice(0, maximumRelated),
      fixes: [
        { title: `Add ${lacked.length === 1 ? 'it' : 'them'} at the end of ${path}`, safe: false, creates: [{ path, text: additions(lacked), append: true }] },
      ],
    };
  }
  const place = (work: WorkId): At => ({ path, slot: `${fact.id}#${work}` });
  for (const stale of grouped(context, staleIn(context, fact), (work) => work)) {
    yield {
      ...common,
      messageId: 'stale',
      data: { ...data, works: listOf(stale) },
      at: place(stale[0] ?? ''),
      works: stale,
      related: stale.slice(1, maximumRelated).map((work) => ({ at: place(work), message: `nothing here uses ${nameOf(work)} either` })),
    };
  }
}

export const trainingDataDisclosure = defineRule({
  id: ruleId,
  severity: 'information',
  title: 'A disclosure of training data that the policy names is absent, or does not fit what is used',
  messages: {
    unknown: 'The policy names the disclosure "{name}", and nothing is known here of one, so nothing is checked. Known are {known}.',
    absent:
      'The policy names the disclosure {name} ({title}), and {path} is not there. Draft it with `pedigree disclose {name} --output {path}`, then fill in what no file tells; whether it is owed is for you to decide.',
    unmarked: 'The policy names {path} as the disclosure {name}, and nothing in it says so, so it was not read. Put {mark} into it.',
    lacks:
      'This disclosure ({title}) does not name what files here say is trained on or built on: {works}. Add them, or accept in pedigree.yaml, with the reason, those that do not belong here; this is help, not a ruling.',
    stale:
      'This disclosure ({title}) names what nothing here uses any more, as far as its files tell: {works}. Take it out, or leave it where an earlier version was made with it.',
  },
  *check(context) {
    const { policy, lineage } = context;
    const policyPath = policy.path;
    if (policyPath === null || policy.disclose.length === 0) return;
    let found: readonly TrainingSource[] | undefined;
    const sources = (): readonly TrainingSource[] => (found ??= trainingSources(lineage, policyPath));
    for (const [index, wanted] of policy.disclose.entries()) yield* forOne(context, wanted, { path: policyPath, slot: `disclose:${index}` }, sources);
  },
});
