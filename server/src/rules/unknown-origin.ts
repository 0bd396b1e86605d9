import { isPlaceholder, roleOfPath } from '../artefacts/hub-id.ts';
import type { Artefact } from '../artefacts/artefact.ts';
import { isWeightsName } from '../artefacts/weights-names.ts';
import { memoBy } from '../knowledge/lookup.ts';
import { modifications } from '../knowledge/types.ts';
import { factsOf, pathsOf } from '../lineage/files.ts';
import { folderOf } from '../lineage/local.ts';
import { toBeChecked } from '../policy/types.ts';
import type { Mention, Work } from '../lineage/types.ts';
import { maximumRelated, noteOfWork, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

/** Folders and names that scripts give to what they write themselves. */
const ownOutput =
  /(?:^|[/_.-])(?:out|output|outputs|results?|ckpts?|checkpoints?(?:-\d+)?|saves?|saved|exps?|experiments?|runs?|logs?|work_dirs?|trained|finetuned|fine-tuned|merged|stage\d*|sft|dpo|rlhf|ppo|grpo|orpo|final|best|last|latest|epoch\d*|step\d*|global_step\d*)(?:$|[/_.-])|(?:^|\/)\.?(?:tmp|temp|cache)(?:$|\/)/i;
/** "/path/to/model", "MODEL_PATH", "your-model": the reader is meant to put in a path. */
const stand = /(?:^|[/_.-])(?:path[-_ ]?to|your|my|xxx+|some|placeholder|model_?path|dir|directory|todo|change_?me|foo|bar)(?:$|[/_.-])|^[A-Z_/]+$/i;

const isOutside = (path: string): boolean => /^[/~]/.test(path);

const covers = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** A note of the policy, or a work that it lists, says what lies there. */
const isNoted = (context: RuleContext, path: string): boolean =>
  context.policy.provenance.some((note) => covers(note.path.replace(/\/$/, ''), path) || note.is === `local:${path}`) ||
  context.policy.works.some((work) => work.licence !== toBeChecked && covers(work.id.replace(/^local:/, ''), path));

const noteFix = (context: RuleContext, path: string): readonly RawFix[] => noteOfWork(context, `local:${path}`, 'Note its terms in pedigree.yaml');

/** Something in the tree tells what it is or came from: a card, terms, an origin. */
const isTold = (context: RuleContext, work: Work): boolean =>
  work.card || work.statements.length > 0 || (context.lineage.edgesFrom.get(work.id) ?? []).some((edge) => edge.type !== 'publishes');

const liesInTree = (context: RuleContext, path: string): boolean => {
  if (context.artefacts.has(path)) return true;
  for (const other of context.artefacts.keys()) if (other.startsWith(`${path}/`)) return true;
  return false;
};

const isBase = (mention: Mention): boolean =>
  mention.role === 'decision' && (modifications.includes(mention.type) || mention.type === 'distilledFrom') && roleOfPath(mention.at.path) === 'decision';

/** What is trained from a folder of which nothing here says where it came from. */
function* bases(context: RuleContext): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    const { path } = work;
    if (!work.local || path === null || path === '.' || path.includes('#') || context.artefacts.has(path)) continue;
    const mentions = work.mentions.filter((mention) => isBase(mention) && context.lineage.vendorOf(mention.at.path) === undefined);
    const [place] = mentions;
    if (!place || isTold(context, work) || isNoted(context, path) || isPlaceholder(path.replace(/^[/~]+/, '')) || stand.test(path)) continue;
    // A bare name is what an earlier step called its output, or the name of an architecture.
    if (ownOutput.test(path) || (!isOutside(path) && (!path.includes('/') || liesInTree(context, path)))) continue;
    yield {
      messageId: isOutside(path) ? 'outside' : 'absent',
      data: { path },
      at: place.at,
      works: [work.id],
      evidence: 'declared',
      related: mentions.slice(1, maximumRelated).map((mention) => ({ at: mention.at, message: `${path} is a base here too`, decides: 'information' as const })),
      fixes: noteFix(context, path),
    };
  }
}

/** Smaller ones are tests, statistics and embeddings. */
const smallest = 100_000;
/** What trainers keep beside the weights. */
const beside = /(?:^|\/)(?:optimizer|scheduler|rng_state|scaler|training_args|trainer_state|random_states)[\w.-]*$/i;

const sample = /(?:^|\/)(?:test[-_]?data|samples?|dummy|toy)(?:\/|[-_.])/i;

const isStandIn = (artefact: Artefact): boolean => artefact.facts.some((fact) => fact.kind === 'digest' && fact.via === 'pointer');

/** Facts of the file itself that say more than that it holds weights. */
const tellsItself = (artefact: Artefact): boolean => artefact.facts.some((fact) => fact.kind === 'licence' || fact.kind === 'relation');

const weightsIn = memoBy((paths: readonly string[]) => paths.filter((path) => isWeightsName(path)));

const namedIn = (context: RuleContext): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { fact } of factsOf(context.artefacts, 'named-files')) for (const file of fact.files) names.add(file);
  return names;
};

/** The folder has a page of its own, or the configuration of its model names a base. */
const isDescribed = (context: RuleContext, folder: string): boolean => {
  const owner = context.lineage.works.get(context.lineage.workOf(`${folder === '.' ? '' : `${folder}/`}x`));
  if (owner?.card === true) return true;
  if (folder !== '.' && ['README.md', 'readme.md', 'README.rst', 'README', 'README.txt'].some((name) => context.artefacts.has(`${folder}/${name}`)))
    return true;
  return ['config.json', 'adapter_config.json', 'model_index.json'].some((name) =>
    context.artefacts.get(folder === '.' ? name : `${folder}/${name}`)?.facts.some((fact) => fact.kind === 'relation'),
  );
};

/** Files of weights in the tree of which nothing says what they are. */
function* weights(context: RuleContext): Iterable<RawFinding> {
  const named = namedIn(context);
  const areas = new Map<string, string[]>();
  for (const path of weightsIn(pathsOf(context.artefacts))) {
    const artefact = context.artefacts.get(path);
    if (!artefact || beside.test(path) || sample.test(path) || roleOfPath(path) !== 'decision' || context.lineage.vendorOf(path) !== undefined) continue;
    if ((artefact.size < smallest && !isStandIn(artefact)) || tellsItself(artefact) || named.has(path.slice(path.lastIndexOf('/') + 1).toLowerCase())) continue;
    const work = context.lineage.works.get(`local:${path}`);
    if ((work && isTold(context, work)) || isNoted(context, path)) continue;
    if (isDescribed(context, folderOf(path))) continue;
    // A part of the tree that holds hundreds of them is one decision.
    const area = path.includes('/') ? path.slice(0, path.indexOf('/')) : '.';
    const known = areas.get(area);
    if (known) known.push(path);
    else areas.set(area, [path]);
  }
  for (const [first = '', ...others] of areas.values()) {
    yield {
      messageId: 'weights',
      data: { path: first, more: others.length > 0 ? ` and ${others.length} more beside it` : '' },
      at: { path: first, line: 1 },
      works: [`local:${first}`],
      evidence: 'declared',
      related: others
        .slice(0, maximumRelated)
        .map((path) => ({ at: { path, line: 1 }, message: 'nothing says what this is either', decides: 'information' as const })),
      fixes: noteFix(context, first),
    };
  }
}

export const unknownOrigin = defineRule({
  id: 'unknown-origin',
  severity: 'information',
  title: 'Weights, or a base, of which nothing says where they came from',
  messages: {
    outside:
      'What is made here starts from {path}, a place outside this repository, and nothing says what lies there, so nobody can tell which terms reach the result. Name the model and its revision, or note it under `provenance` in pedigree.yaml.',
    absent:
      'What is made here starts from {path}, which is not in the tree and which nothing here fetches or describes, so nobody can tell which terms reach the result. Name the model and its revision, or note it under `provenance` in pedigree.yaml.',
    weights:
      'Nothing in the tree says where {path}{more} came from: no card, no document, no metadata names it. Say in a README or a card what it was made from and under which terms, or note it under `provenance` in pedigree.yaml.',
  },
  *check(context) {
    yield* bases(context);
    yield* weights(context);
  },
});
