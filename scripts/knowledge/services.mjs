import { byText, cleanSource, dateIn, ownTable } from './common.mjs';

const modelNaming = 'API model naming as documented by the provider';

/** What the terms say of training, in one short sentence of ours. */
const training = {
  forbidden: 'outputs may not train any AI model',
  'competing-only': "outputs may not be used to develop models that compete with the provider's",
  conditional: "the terms of each model's maker decide what its outputs may train",
  silent: 'nothing bars training on text outputs',
  allowed: 'outputs may train other models, distillation included',
};

const publishing = { allowed: 'outputs may be published', forbidden: 'outputs may not be published', conditional: 'publishing outputs is limited' };

const exemptions = (flags) =>
  (flags.exempt ?? []).map((text) =>
    text
      .replace(/^classifier or embedding model not distributed or made commercially available$/u, 'classifiers and embedding models that are not distributed')
      .replace(/^fine-tuning inside OpenAI services$/u, "fine-tuning inside the provider's services"),
  );

const summaryOf = (row, extra) => {
  const { flags } = row;
  const said = training[flags.train_any_model] ?? 'its terms on outputs were not read';
  const reported = row.confidence === 'from-summary' && flags.train_any_model ? 'reported, not read: ' : '';
  const exempt = exemptions(flags);
  return [
    `${reported}${said}`,
    ...(exempt.length > 0 ? [`exempt: ${exempt.join(', ')}`] : []),
    ...(publishing[flags.publish_outputs] && flags.publish_outputs !== 'allowed' ? [publishing[flags.publish_outputs]] : []),
    ...(extra ? [extra] : []),
  ].join('; ');
};

/** The hand-written value where there is one, null included. */
const given = (added, key, other) => (key in added ? added[key] : other);

const bare = (text) => text.replace(/\s*\(.*$/u, '').trim();
const hostsOf = (row) => row.hosts.map(bare).filter((host) => !host.includes('/'));
/** `openai with base_url ...` names a client of somebody else: its import proves nothing about this service. */
const packagesOf = (list) => list.filter((entry) => !/ with base|AzureOpenAI|boto3|\(wrapper\)|\[/iu.test(entry)).map(bare);

// A base address in the environment leads away from the provider as often as to it, so it names no service.
const recordOf = (row, added) => ({
  id: added.id,
  provider: row.provider,
  name: added.name ?? bare(row.services).replace(/ \+.*$/u, ''),
  hosts: added.hosts ?? hostsOf(row),
  environment: added.environment ?? row.env_vars.filter((name) => !name.endsWith('_BASE_URL')),
  python: added.python ?? packagesOf(row.python),
  javascript: added.javascript ?? packagesOf(row.javascript),
  modelPatterns: added.modelPatterns ?? [],
  prefixes: added.prefixes ?? [],
  trainAnyModel: given(added, 'trainAnyModel', row.flags.train_any_model),
  publishOutputs: given(added, 'publishOutputs', row.flags.publish_outputs),
  outputOwner: given(added, 'outputOwner', row.flags.output_owner),
  clause: given(added, 'clause', row.flags.clause ?? null),
  extractionNamed: row.flags.extraction_named ?? null,
  extractionClause: added.extraction ?? null,
  unless: added.unless ?? row.flags.unless ?? null,
  summary: added.summary ?? summaryOf(row, added.extra),
  earlier: added.earlier ?? [],
  byModel: added.byModel ?? [],
  effective: dateIn(row.effective),
  decidedBy: given(added, 'decidedBy', row.flags.decided_by ?? null),
  source: `${added.source ?? cleanSource(row.source)}${(added.modelPatterns ?? []).length > 0 ? `; model ids: ${modelNaming}` : ''}`,
  asOf: added.asOf ?? dateIn(row.copy_date) ?? dateIn(row.effective),
  confidence: added.confidence ?? row.confidence,
});

export const servicesTable = (facts) => {
  const additions = ownTable('service-additions.json');
  return [...facts.services, ...ownTable('service-own.json')]
    .map((row) => {
      const added = additions[row.id];
      if (!added) throw new Error(`service-additions.json has no entry for ${row.id}`);
      return recordOf(row, added);
    })
    .sort((a, b) => byText(a.id, b.id));
};
