// From the flags of a licence to clauses as data. Every sentence here is a template of ours: nothing of a licence is quoted but the lines it orders to be shown.

const modifications = ['finetune', 'adapter', 'quantized', 'merge'];
const byOutputs = ['distilledFrom', 'trainedOn', 'generatedBy'];

/** Which of the clause numbers that were noted belongs to which kind, best first. */
const references = {
  'commercial-use': ['commercial', 'nc', 'mau', 'threshold', 'restrictions', 'usage', 'scope', 'grant'],
  'research-only': ['nc', 'scope', 'usage', 'purpose', 'restrictions', 'grant'],
  redistribution: ['distribution', 'redistribution', 'sharing', 'no_sharing', 'commercial_distribution', 'downstream', 'distribution_def'],
  derivatives: ['own_terms', 'derivative_works', 'transfer'],
  'train-on-output': ['output_training', 'training', 'foundational', 'outputs_attribution', 'outputs', 'restrictions'],
  'output-is-derivative': ['derivatives_def', 'modifications_def', 'derivative', 'derivatives'],
  'output-commercial': ['outputs', 'output', 'results', 'restrictions'],
  'user-threshold': ['mau', 'threshold', 'display', 'maas'],
  'display-notice': ['built_with', 'branding', 'cosmos', 'statement', 'outputs_attribution', 'display', 'distribution'],
  'notice-file': ['notice', 'copy_notice', 'distribution'],
  'name-prefix': ['naming', 'distribution'],
  'licence-copy': ['copy_of_agreement', 'copy', 'copy_notice', 'licence_uri', 'redistribution', 'distribution', 'downstream'],
  'state-changes': ['changes', 'modifications', 'redistribution', 'distribution'],
  'flow-down': ['distribution', 'sharing', 'downstream', 'use_restrictions', 'aup', 'policy'],
  'same-licence': ['share_alike', 'distribution', 'redistribution', 'derivatives'],
  'use-policy': ['aup', 'policy', 'use_restrictions', 'restricted_uses', 'prohibited', 'use', 'ethics', 'law_abiding', 'restrictions', 'military'],
  territory: ['eu_exclusion', 'outside_territory', 'territory'],
  attribution: ['attribution', 'notices', 'conveying', 'redistribution'],
  registration: ['commercial', 'threshold', 'grant'],
};

/** A number becomes `s. 1.b.i`; words such as "Annex A" or "final paragraph" stay as they are. */
const citation = (reference) => {
  if (reference === null || reference === undefined) return null;
  const text = String(reference).replace(/[“”"]/g, '').trim();
  if (/^AUP\b/u.test(text)) return 'acceptable use policy';
  return /^(?:\d|[IVX]+(?:\.|$))/u.test(text) ? `s. ${text}` : text;
};

const referenceOf = (terms, kind) => {
  const fixed = terms.clause_overrides?.[kind];
  if (fixed !== undefined) return fixed;
  const refs = terms.clause_refs ?? {};
  const key = references[kind].find((candidate) => refs[candidate]);
  return key ? citation(refs[key]) : null;
};

const amount = (value) => (value >= 1e9 ? `${value / 1e9} billion` : value >= 1e6 ? `${value / 1e6} million` : String(value));

const measures = { MAU: 'monthly active users', DAU: 'daily active users' };
const consequences = {
  'licence-needed': 'a separate licence is needed',
  'no-rights': 'no rights are granted',
  display: 'a name has to be displayed',
  'security-review': "the publisher's security review has to be passed first",
};

const thresholdText = (threshold) => {
  const over = threshold.op === '>=' ? 'from' : 'above';
  const measure =
    threshold.kind === 'revenue'
      ? `${threshold.currency} ${amount(threshold.value)} revenue (${threshold.period})`
      : `${amount(threshold.value)} ${threshold.unit === 'visits' ? `visits a ${threshold.period}` : (threshold.unit ?? measures[threshold.kind])}`;
  const when = threshold.frozen_at ? `, counted on ${threshold.frozen_at}` : '';
  return `${over} ${measure}${when}, ${consequences[threshold.effect]}`;
};

const thresholdOf = (threshold) => ({
  kind: threshold.kind,
  operator: threshold.op,
  value: threshold.value,
  unit: threshold.kind === 'revenue' ? threshold.currency : (threshold.unit ?? null),
  effect: threshold.effect,
  frozenAt: threshold.frozen_at ?? null,
});

const gateText = (gate) => {
  const business = gate.businesses
    .map((name) => name.replace(/^model-as-a-service$/u, 'model as a service').replace(/^ai-work-assistant$/u, 'AI work assistant'))
    .join(' or ');
  const over = gate.revenue_over > 0 ? ` with revenue above ${gate.currency} ${amount(gate.revenue_over)} (${gate.period})` : '';
  const consequence =
    gate.effect === 'not-eligible'
      ? 'cannot obtain commercial use'
      : `${gate.effect === 'security-review' ? 'must pass a security review' : 'needs a separate licence'} before commercial use`;
  return `a business ${business.startsWith('similar') ? '' : 'of the kind '}${business}${over} ${consequence}${gate.internal_use_exempt ? '; purely internal use is exempt' : ''}`;
};

/** Kinds of business that a policy can name among the fields of its use. */
const businessFields = { 'model-as-a-service': 'model-hosting', 'ai-work-assistant': 'work-assistant' };

const gateFields = (gate) => {
  const fields = gate.businesses.flatMap((name) => businessFields[name] ?? []);
  return fields.length > 0 ? { fields } : {};
};

/** Distribution of weights and of derivatives within the same limits as use itself. */
const limitText = (terms, what) => {
  const { flags } = terms;
  if (flags.research_only) return `${what} for research only`;
  if (flags.commercial === 'no') return `${what} for non-commercial purposes only`;
  if ((flags.excluded_territories ?? []).length > 0) return `${what} within the licensed territory only`;
  return `${what} within limits`;
};

const displayWhen = (flags) => {
  const when = flags.display_when ?? [];
  // A model that was trained with the work and is handed on is a derivative that is published, in the words that rules ask by.
  return when.includes('model-trained-with-model') && !when.includes('cosmos-models-only') ? ['derivative-published', ...when] : when;
};

const isUniversal = (flags) => !(flags.display_when ?? []).some((when) => when === 'above-threshold' || when === 'cosmos-models-only');

/** The fixed part of a line that leaves a place for a name; null where nothing is fixed. */
const fixedPart = (line) => {
  const rest = line.replace(/^(?:\[[^\]]*\]|<[^>]*>)\s*/u, '').trim();
  return rest === '' ? null : rest;
};

function* useClauses(terms, reach) {
  const { flags } = terms;
  if (flags.commercial === 'yes') yield ['commercial-use', { on: 'use', effect: 'permit', what: 'commercial use is permitted', reaches: [] }];
  // A gate for some businesses is a clause of its own, and often the only condition.
  const onlyGate = flags.business_gate !== undefined && terms.commercial_text === undefined && conditionsOf(flags).length === 0;
  if (flags.commercial === 'conditional' && !onlyGate)
    yield ['commercial-use', { on: 'use', effect: 'conditional', what: terms.commercial_text ?? conditionText(flags), reaches: reach }];
  if (flags.commercial === 'no') yield ['commercial-use', { on: 'use', effect: 'forbid', what: 'commercial use is not permitted', reaches: reach }];
  if (flags.business_gate)
    yield [
      'commercial-use',
      {
        on: 'use',
        effect: 'conditional',
        what: gateText(flags.business_gate),
        reaches: reach,
        clause: citation(terms.clause_refs?.maas),
        ...gateFields(flags.business_gate),
      },
    ];
  if (flags.research_only) yield ['research-only', { on: 'use', effect: 'forbid', what: 'use is for research only', reaches: reach }];
}

const conditionsOf = (flags) => {
  const on = [];
  if (flags.users_threshold?.effect === 'licence-needed' || flags.users_threshold?.effect === 'no-rights')
    on.push(flags.users_threshold.kind === 'revenue' ? 'below a revenue limit' : 'below a number of users');
  if (flags.registration_for_commercial) on.push('after registration with the publisher');
  if ((flags.excluded_territories ?? []).length > 0 && !flags.territory_applies_to) on.push('outside excluded territories');
  return on;
};

const conditionText = (flags) => {
  const on = conditionsOf(flags);
  return on.length > 0 ? `commercial use only ${on.join(' and ')}` : 'commercial use on conditions of the licence';
};

function* shareClauses(terms, reach) {
  const { flags } = terms;
  const weights = flags.redistribute_weights;
  if (weights === 'yes') yield ['redistribution', { on: 'distribute', effect: 'permit', what: 'copies may be handed on', reaches: [] }];
  if (weights === 'conditional')
    yield ['redistribution', { on: 'distribute', effect: 'conditional', what: limitText(terms, 'copies may be handed on'), reaches: reach }];
  if (weights === 'no') yield ['redistribution', { on: 'distribute', effect: 'forbid', what: 'copies may not be handed on', reaches: reach }];
  const derived = flags.share_derivatives;
  if (derived === 'yes') yield ['derivatives', { on: 'modify', effect: 'permit', what: 'derivatives may be made and handed on', reaches: [] }];
  if (derived === 'conditional')
    yield ['derivatives', { on: 'modify', effect: 'conditional', what: limitText(terms, 'derivatives may be handed on'), reaches: reach }];
  if (derived === 'no') yield ['derivatives', { on: 'modify', effect: 'forbid', what: 'derivatives may not be handed on', reaches: reach }];
}

const becomesDerivative = 'a model trained on outputs becomes a derivative under these terms';

const outputLimit = (flags) => {
  if (flags.name_prefix_on_outputs) return `a model trained on outputs and handed on must have a name that begins with "${flags.name_prefix}"`;
  if ((flags.display_when ?? []).includes('model-trained-on-outputs')) return 'a model trained on outputs and handed on must show the required line';
  if (flags.outputs_make_derivative) return becomesDerivative;
  return flags.commercial === 'no' || flags.output_commercial === 'no'
    ? 'outputs may train models within the same non-commercial limits only'
    : 'some models may not be trained on outputs';
};

function* outputClauses(terms, reach) {
  const { flags } = terms;
  const train = flags.outputs_train_other_models;
  const far = [...modifications, ...byOutputs];
  if (train === 'allowed') yield ['train-on-output', { on: 'train-on-output', effect: 'permit', what: 'other models may be trained on outputs', reaches: [] }];
  if (train === 'conditional') {
    // Where nothing but the definition of a derivative limits training, that definition is the clause.
    const byDefinition = terms.output_text === undefined && flags.outputs_make_derivative && outputLimit(flags) === becomesDerivative;
    const where = byDefinition ? { clause: referenceOf(terms, 'output-is-derivative') } : {};
    yield ['train-on-output', { on: 'train-on-output', effect: 'conditional', what: terms.output_text ?? outputLimit(flags), reaches: far, ...where }];
  }
  if (train === 'forbidden')
    yield [
      'train-on-output',
      { on: 'train-on-output', effect: 'forbid', what: terms.output_text ?? 'outputs may not be used to improve models outside this family', reaches: far },
    ];
  if (flags.outputs_make_derivative) {
    yield [
      'output-is-derivative',
      { on: 'train-on-output', effect: 'conditional', what: 'a model trained on outputs counts as a derivative; the outputs themselves do not', reaches: far },
    ];
  }
  const owned = flags.output_owner === 'provider' ? '; outputs belong to the publisher' : '';
  if (flags.output_commercial === 'yes') yield ['output-commercial', { on: 'use', effect: 'permit', what: 'outputs may be used commercially', reaches: [] }];
  if (flags.output_commercial === 'no')
    yield [
      'output-commercial',
      { on: 'use', effect: 'forbid', what: `outputs may not be used commercially${owned}`, reaches: [...new Set([...reach, ...byOutputs])] },
    ];
}

function* thresholdClauses(terms, reach) {
  for (const threshold of [terms.flags.users_threshold, terms.flags.users_threshold_alt]) {
    if (threshold)
      yield ['user-threshold', { on: 'use', effect: 'conditional', what: thresholdText(threshold), reaches: reach, threshold: thresholdOf(threshold) }];
  }
}

function* displayClauses(terms, reach) {
  const { flags } = terms;
  const line = flags.display_notice ? fixedPart(flags.display_notice) : null;
  if (flags.display_notice) {
    const when = displayWhen(flags);
    const far = when.includes('model-trained-on-outputs') ? [...new Set([...reach, ...byOutputs])] : reach;
    yield [
      'display-notice',
      {
        on: 'distribute',
        effect: isUniversal(flags) ? 'require' : 'conditional',
        reaches: far,
        ...(when.length > 0 ? { when } : {}),
        what: line
          ? `display "${line}"${isUniversal(flags) ? '' : flags.users_threshold ? ' above the threshold' : ' for some models'}`
          : "display the model's name above the threshold",
        ...(line ? { value: line } : {}),
        ...(flags.display_alternatives ? { alternatives: flags.display_alternatives } : {}),
      },
    ];
  }
  const notice = flags.notice_file_line ? fixedPart(flags.notice_file_line) : null;
  if (notice) {
    const limited = terms.notice_only_with_notice === true;
    yield [
      'notice-file',
      {
        on: 'distribute',
        effect: limited ? 'conditional' : 'require',
        what: `a Notice file with the prescribed line goes with every copy${limited ? ' of a work that came with one' : ''}`,
        value: notice,
        reaches: reach,
      },
    ];
  }
}

function* nameClauses(terms, reach) {
  const { flags } = terms;
  if (flags.name_prefix) {
    yield [
      'name-prefix',
      {
        on: 'distribute',
        effect: 'require',
        what: `names of distributed derivatives${flags.name_prefix_on_outputs ? ', and of models trained on outputs,' : ''} begin with "${flags.name_prefix}"`,
        value: flags.name_prefix,
        reaches: flags.name_prefix_on_outputs ? [...new Set([...reach, ...byOutputs])] : reach,
      },
    ];
  }
  if (flags.name_forbidden)
    yield [
      'name-prefix',
      {
        on: 'distribute',
        effect: 'forbid',
        what: `"${flags.name_forbidden}" may not be the main name of a derivative`,
        value: flags.name_forbidden,
        reaches: reach,
      },
    ];
}

/** A requirement that is no prescribed line, no statement of changes and no licence copy: those have clauses of their own. */
const isAttribution = (line) =>
  /retain|attribut|credit|acknowledg|origin|source of|tell recipients|cite\b/iu.test(line) ||
  (/notice/iu.test(line) && !/"Notice"|^Notice:|prominent|chang|modif|applicable|written notice to/iu.test(line)) ||
  /^creator|^keep copyright|^source and/iu.test(line);

const hasAttribution = (terms) => (terms.attribution_requirements ?? []).some(isAttribution);

function* noticeClauses(terms, reach) {
  const { flags } = terms;
  if (hasAttribution(terms))
    yield [
      'attribution',
      {
        on: 'distribute',
        effect: 'require',
        what: terms.attribution_text ?? 'copyright and attribution notices stay in place, or the source is credited',
        reaches: reach,
      },
    ];
  if (flags.licence_copy)
    yield [
      'licence-copy',
      {
        on: 'distribute',
        effect: 'require',
        what: /URI|URL/u.test(String(terms.licence_copy_required))
          ? 'the licence text or a link to it goes with every copy'
          : 'a copy of the licence goes with every copy',
        reaches: reach,
      },
    ];
  if (flags.state_changes) yield ['state-changes', { on: 'modify', effect: 'require', what: 'changes are stated', reaches: reach }];
}

/** Clauses that no flag carries, e.g. the source offer to users over a network. */
function* extraClauses(terms, reach) {
  for (const { kind, ...clause } of terms.extra_clauses ?? []) yield [kind, { ...clause, reaches: reach }];
}

/** Copyleft and share-alike in the strict sense: whoever hands a derivative on may add no conditions of their own or of others. */
const isExclusive = (terms) =>
  ((terms.category === 'copyleft' || terms.category === 'share-alike') && !terms.flags.use_policy) || terms.slug.startsWith('cc-by-nc-sa-');

function* restrictionClauses(terms, reach) {
  const { flags } = terms;
  const travels = flags.flow_down_use_restrictions === true;
  if (travels) {
    yield [
      'flow-down',
      {
        on: 'distribute',
        effect: 'require',
        what: 'recipients are bound to the same use restrictions',
        binds: 'recipients',
        reaches: flags.terms_travel_with_outputs ? [...new Set([...reach, ...byOutputs])] : reach,
      },
    ];
  }
  if (flags.same_licence_for_derivatives)
    yield [
      'same-licence',
      {
        on: 'distribute',
        effect: 'require',
        what: 'derivatives are handed on under the same licence',
        binds: 'recipients',
        reaches: reach,
        ...(isExclusive(terms) ? { exclusive: true } : {}),
      },
    ];
  if (flags.use_policy)
    yield [
      'use-policy',
      {
        on: 'use',
        effect: 'require',
        what: `uses that the licence or its policy lists are barred${flags.guardrail_clause ? ', and guardrails may not be bypassed' : ''}`,
        reaches: travels ? reach : [],
        ...(terms.fields ? { fields: terms.fields } : {}),
      },
    ];
  if (flags.hosting_for_third_parties) {
    const barred = flags.hosting_for_third_parties === 'no';
    yield [
      'use-policy',
      {
        on: 'serve',
        effect: barred ? 'forbid' : 'conditional',
        what: barred ? 'it may not be offered to third parties as a hosted service' : 'offering it as a hosted service needs a separate licence',
        reaches: reach,
        clause: citation(terms.clause_refs?.hosting),
        fields: ['model-hosting'],
      },
    ];
  }
  const territories = flags.excluded_territories ?? [];
  if (territories.length > 0) {
    const some = flags.territory_applies_to;
    yield [
      'territory',
      {
        on: 'use',
        effect: some ? 'conditional' : 'forbid',
        what: `no rights for those in ${territories.join(', ')}${some ? `, as to ${some} only` : ''}`,
        territories,
        ...(some ? { when: [some] } : {}),
        reaches: flags.territory_covers_outputs ? [...new Set([...reach, ...byOutputs])] : reach,
      },
    ];
  }
  if (flags.registration_for_commercial)
    yield ['registration', { on: 'use', effect: 'require', what: 'commercial use needs registration with the publisher first', reaches: reach }];
}

const order = Object.keys(references);

/** All clauses of one licence, in the order of the kinds. */
export const clausesOf = (terms) => {
  const reach = terms.flags.outputs_make_derivative ? [...modifications, ...byOutputs] : modifications;
  const made = [
    useClauses,
    shareClauses,
    outputClauses,
    thresholdClauses,
    displayClauses,
    nameClauses,
    noticeClauses,
    restrictionClauses,
    extraClauses,
  ].flatMap((make) => [...make(terms, reach)]);
  return made
    .map(([kind, clause]) => ({
      kind,
      clause: clause.clause === undefined ? referenceOf(terms, kind) : clause.clause,
      on: clause.on,
      effect: clause.effect,
      what: clause.what,
      binds: clause.binds ?? 'user',
      reaches: clause.reaches,
      ...optional(clause),
    }))
    .map((clause, index) => [clause, index])
    .sort(([a, i], [b, j]) => order.indexOf(a.kind) - order.indexOf(b.kind) || i - j)
    .map(([clause]) => clause);
};

const optional = (clause) =>
  Object.fromEntries(
    ['value', 'alternatives', 'when', 'threshold', 'territories', 'fields', 'exclusive'].flatMap((key) =>
      clause[key] === undefined ? [] : [[key, clause[key]]],
    ),
  );
