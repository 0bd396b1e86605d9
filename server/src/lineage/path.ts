import type { WorkId } from '../artefacts/types.ts';
import type { RelationType } from '../knowledge/types.ts';
import type { Edge } from './types.ts';

const words: Readonly<Record<RelationType, string>> = {
  finetune: 'fine-tune of',
  adapter: 'adapter of',
  quantized: 'quantised from',
  merge: 'merge of',
  distilledFrom: 'distilled from',
  trainedOn: 'trained on',
  testedOn: 'tested on',
  generatedBy: 'written by',
  copiedFrom: 'copied from',
  loads: 'loads',
  bundles: 'bundles',
  publishes: 'publishes',
};

export const relationWords = (type: RelationType): string => words[type];

/** Files that are no work themselves. */
const makers =
  /^local:((?:.*\.(?:ya?ml|py|ipynb|sh|bash|zsh|slurm|sbatch|mk|just|[cm]?[jt]sx?)|(?:.*\/)?(?:[Mm]akefile|[Jj]ustfile|[Dd]ockerfile|Containerfile)(?:\.\w+)?))(?:#(model|outputs|files|columns)(?:-(\d+))?)?$/;
const ordinals: Readonly<Record<number, string>> = { 2: 'second', 3: 'third', 4: 'fourth' };

/** A work id as people write it: the hub id, the service's model, the path. */
export const shortName = (work: WorkId): string => {
  if (work === 'local:.') return 'this repository';
  // A script or a configuration is no work itself: what it makes is.
  const made = makers.exec(work);
  if (made)
    return `the ${made[3] === undefined ? '' : `${ordinals[Number(made[3])] ?? 'next'} `}${made[2] === undefined || made[2] === 'model' ? 'model' : 'data'} of ${made[1]}`;
  // A part that a README of the root names.
  if (work.startsWith('local:.#')) return work.slice('local:.#'.length);
  // What instructions in a text tell the reader to do.
  const shown = /^local:(.+)#shown$/.exec(work);
  if (shown) return `what ${shown[1]} shows`;
  const published = /^pkg:github\/([\w.-]+\/[\w.-]+)#(data|weights)$/.exec(work);
  if (published) return `${published[2] === 'data' ? 'the data' : 'a model'} of ${published[1]}`;
  // What has no page of its own there has a name alone.
  for (const prefix of ['pkg:huggingface/datasets/name:', 'pkg:huggingface/datasets/', 'pkg:huggingface/', 'service:', 'local:'])
    if (work.startsWith(prefix)) return work.slice(prefix.length);
  return work.replace(/^pkg:npm\/%40/, 'pkg:npm/@');
};

/** "fine-tune of org/model <- trained on data.jsonl": the way from a work to what reaches it. */
export const pathText = (path: readonly Edge[]): string => path.map((edge) => `${relationWords(edge.type)} ${shortName(edge.to)}`).join(' <- ');
