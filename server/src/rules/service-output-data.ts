import { helperUse, isPreset, namedColumn, perhapsKept } from '../artefacts/via.ts';
import { byFileName } from '../artefacts/weights-paths.ts';
import { originOf } from '../knowledge/origins.ts';
import { folderOf } from '../lineage/local.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf, serviceOf } from '../lineage/remote.ts';
import type { Edge, Mention, Work } from '../lineage/types.ts';
import { otherMentions, sortedWorks } from './support/helpers.ts';
import { isNotedFor, isNotedOrigin, isOwnCall, limitsTraining, termsOf, toldIn } from './support/outputs.ts';
import { inDemo, isExample, originalsFirst } from './support/examples.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawRelated, RuleContext } from './types.ts';

/** Where a file that keeps such outputs hands data on under a name of its own. */
const publishedFrom = (published: readonly Edge[], stored: readonly Mention[]): readonly RawRelated[] => {
  const files = new Set(stored.filter(isOwnCall).map((mention) => mention.at.path));
  return published
    .filter((edge) => edge.at !== null && files.has(edge.at.path))
    .flatMap((edge) => (edge.at ? [{ at: edge.at, message: `data are published as ${shortName(edge.to)} here` }] : []))
    .slice(0, 5);
};

/** The same file keeps what a call of the same service answers. */
const callsBeside = (context: RuleContext, work: Work, place: Mention): boolean =>
  context.lineage.edges.some(
    (edge) =>
      edge.type === 'generatedBy' &&
      edge.at?.path === place.at.path &&
      serviceOf(edge.to)?.service === serviceOf(work.id)?.service &&
      isOwnCall({ role: edge.role, via: edge.fact?.via ?? '' }),
  );

/** The same file names a model of that service, and says more there. */
const isNamedBeside = (context: RuleContext, work: Work, place: Mention): boolean =>
  serviceOf(work.id)?.model === null &&
  context.lineage.edges.some((edge) => {
    const named = edge.at?.path === place.at.path && edge.type === 'generatedBy' && edge.role === 'decision' ? serviceOf(edge.to) : undefined;
    return (
      named !== undefined && named.model !== null && named.service === serviceOf(work.id)?.service && isOwnCall({ role: edge.role, via: edge.fact?.via ?? '' })
    );
  });

/** Runs of a study, which are kept to be compared. */
const inExperiment = /(?:^|\/)experiments?\/(?:[^/]*\/)?run[-_][^/]*$/i;

function* ownOutputs(context: RuleContext, work: Work, published: readonly Edge[]): Iterable<RawFinding> {
  // What an example writes, whoever tries it out keeps.
  const shown = (mention: Mention): boolean => isExample(context, mention.at.path) || inExperiment.test(mention.at.path) || inDemo.test(mention.at.path);
  // Who noted the origin did what this rule asks for.
  const stored = work.mentions.filter(
    (mention) => mention.role === 'decision' && mention.type === 'generatedBy' && mention.via !== 'call' && !isNotedOrigin(context, mention.from, work.id),
  );
  const own = originalsFirst(context, stored.filter(isOwnCall), ({ at }) => at.path);
  const plain = own.filter((mention) => !shown(mention) && !isNamedBeside(context, work, mention));
  const called = plain.find((mention) => !isPreset(mention.at.fact) && mention.via !== helperUse) ?? plain[0] ?? own[0];
  const perhaps = stored.find((mention) => mention.via === perhapsKept);
  const place = called ?? perhaps ?? stored[0];
  if (!place) return;
  // Whoever calls the service says so there.
  if (place.via === namedColumn && callsBeside(context, work, place)) return;
  const service = termsOf(context, work.id);
  // What only somebody reported, and what the terms of another party decide, is no limit to warn of.
  const limited = limitsTraining(service) && service?.decidedBy === null && service.confidence !== 'from-summary';
  // A note of other data, or of another model, shows that somebody looked.
  const noted = service !== undefined && isNotedFor(context, service.id);
  if (service?.trainAnyModel === 'allowed' && !called) return;
  const told = called && limited && service ? toldIn(context, called.at.path, service.id) : undefined;
  const kindOf = (): string => {
    if (!called) return perhaps ? 'perhaps' : place.via === namedColumn ? 'column' : 'described';
    if (!limited) return 'stored';
    if (!told) return 'limited';
    return told.terms ? 'terms' : 'told';
  };
  yield {
    messageId: kindOf(),
    data: {
      service: service?.name ?? shortName(work.id),
      model: shortName(work.id),
      summary: service?.summary ?? 'its terms are not known here',
      clause: service?.clause ? ` (${service.clause})` : '',
      document: told?.at.path ?? '',
    },
    at: place.at,
    severity: called && limited && !noted && told === undefined && !shown(called) && !isNamedBeside(context, work, called) ? 'warning' : 'information',
    works: [work.id],
    clause: service?.clause ?? null,
    evidence: 'catalogue',
    confidence: service?.confidence ?? null,
    related: [
      ...otherMentions(place.at, stored, `outputs of ${shortName(work.id)} are kept here too`, (mention) =>
        isOwnCall(mention) &&
        limited &&
        !noted &&
        !(service && toldIn(context, mention.at.path, service.id)) &&
        !shown(mention) &&
        !isNamedBeside(context, work, mention)
          ? 'warning'
          : 'information',
      ),
      ...(told ? [{ at: told.at, message: `readers are told here that ${service?.name ?? 'the service'} is used` }] : []),
      ...publishedFrom(published, stored),
    ],
  };
}

/** A public data set that is known, or likely by its name, to hold such outputs: its makers were bound, not its users, so this is information. */
function* knownData(context: RuleContext, work: Work): Iterable<RawFinding> {
  const id = hubOf(work.id)?.id ?? '';
  const decided = work.mentions.filter((entry) => entry.role === 'decision' && entry.type !== 'publishes' && entry.type !== 'testedOn');
  const [mention] = originalsFirst(context, decided, ({ at }) => at.path);
  const origin = mention ? originOf(context.knowledge, id) : undefined;
  const limited = origin?.makers.flatMap((maker) => context.knowledge.service(maker.service) ?? []).find(limitsTraining);
  // What a provider publishes of its own outputs, no terms of its own bind it to.
  if (!mention || !origin || !limited || limited.prefixes.some((prefix) => (origin.like ?? id).startsWith(prefix))) return;
  yield {
    messageId: origin.by === 'record' ? 'dataset' : origin.by === 'source' ? 'source' : 'named',
    data: {
      work: mention.via === byFileName ? `${id}, which the name of this file suggests,` : id,
      makers: [...new Set(origin.makers.map((maker) => maker.name))].slice(0, 4).join(', '),
      like: origin.like ?? '',
      because: origin.like === null ? 'judging by its name alone' : `judging by its name, which is that of ${origin.like}`,
      service: limited.name,
      summary: limited.summary,
      clause: limited.clause ? ` (${limited.clause})` : '',
    },
    at: mention.at,
    severity: 'information',
    works: [work.id],
    clause: limited.clause,
    evidence: origin.by === 'name' ? 'name' : 'catalogue',
    confidence: limited.confidence,
    related: otherMentions(mention.at, work.mentions, `${id} is used here too`, () => 'information'),
  };
}

export const serviceOutputData = defineRule({
  id: 'service-output-data',
  severity: 'information',
  title: 'Outputs of a commercial API kept as data',
  messages: {
    limited:
      'Outputs of {model} are kept as data here, and the terms of {service} limit what they may train: {summary}{clause}. Note the origin beside the data, and check the terms before anything is trained on them.',
    told: 'Outputs of {model} are kept as data here, and {document} names {service} but not its terms, which limit what the outputs may train: {summary}{clause}. Name these terms beside the data, and check them before anything is trained on them.',
    terms:
      'Outputs of {model} are kept as data here, and {document} speaks of the terms of {service}, which limit what they may train: {summary}{clause}. Check them before anything is trained on these data.',
    stored: 'Outputs of {model} are kept as data here; of {service} we know: {summary}{clause}. Note the origin beside the data.',
    perhaps:
      'Outputs of {model} may be kept as data here, which nothing shows for sure; of {service} we know: {summary}{clause}. If they are, note the origin beside the data.',
    column:
      'A column is named for {model}, so the data may hold what it wrote; of {service} we know: {summary}{clause}. If they do, note service, model and date beside the data.',
    described: 'The data are described as written by {model}; of {service} we know: {summary}{clause}. Note service, model and date beside the data.',
    source:
      '{work} is recorded as made from {like}, which holds outputs of {makers}; the terms of {service} bound those who made that: {summary}{clause}. Name the origin in your card.',
    named:
      '{work} may hold outputs of {makers}, {because}; the terms of {service} would have bound those who made it: {summary}{clause}. Look at its card, and name the origin in yours.',
    dataset:
      '{work} is recorded as holding outputs of {makers}; the terms of {service} bound those who made it: {summary}{clause}. Name the origin in your card.',
  },
  *check(context) {
    const published = context.lineage.edges.filter((edge) => edge.type === 'publishes' && hubOf(edge.to)?.type === 'dataset');
    // A service whose model cannot be told, and one that can, in one folder: one decision. The service without a model comes first.
    const warned = new Set<string>();
    for (const work of sortedWorks(context)) {
      if (work.kind === 'service') {
        const called = serviceOf(work.id);
        for (const finding of ownOutputs(context, work, published)) {
          const key = 'path' in finding.at ? `${called?.service ?? ''} ${folderOf(finding.at.path)}` : '';
          const again = finding.severity === 'warning' && called?.model !== null && warned.has(key);
          if (finding.severity === 'warning' && called?.model === null) warned.add(key);
          yield again ? { ...finding, severity: 'information' } : finding;
        }
      } else if (work.kind === 'dataset' && !work.local) yield* knownData(context, work);
    }
  },
});
