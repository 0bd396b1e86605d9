import { asString, get } from '../../text/data.ts';
import type { DataNode, DataScalar } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { readYaml } from '../../text/yaml.ts';
import { addRelation, draftOf, nothingRead, placeOf, readingOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { localWork } from '../hub-id.ts';
import { workOfLink } from '../purl.ts';
import type { Located } from '../purl.ts';
import { directReference } from '../requirements.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { kindOfWork } from './inventory.ts';
import { lockedStage } from '../via.ts';
import { isWeightsName } from '../weights-names.ts';

type Text = DataScalar & { readonly value: string };
const textOf = (node: DataNode | undefined): Text | undefined => (node?.kind === 'scalar' && typeof node.value === 'string' ? (node as Text) : undefined);
const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

interface Place {
  readonly work: WorkId;
  readonly path: string;
  readonly node: DataScalar;
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '' && part !== '.').join('/');

/** A path as DVC writes it: relative to the stage's folder, a string or the only key of a map with options. */
const placesOf = (folder: string, node: DataNode | undefined): readonly Place[] =>
  itemsOf(node).flatMap((item) => {
    const key = item.kind === 'map' && item.entries.length === 1 ? item.entries[0] : undefined;
    const plain: Text | undefined =
      textOf(item) ?? textOf(get(item, 'path')) ?? (key ? { kind: 'scalar', value: key.key, span: key.keySpan, inner: key.keySpan } : undefined);
    const work = plain ? localWork(joined(folder, plain.value)) : undefined;
    return plain && work ? [{ work, path: work.slice('local:'.length), node: plain }] : [];
  });

type Kind = 'model' | 'data' | undefined;

const dataName = /\.(?:csv|tsv|jsonl?|parquet|arrow|feather|txt|xml|npz|npy|zip|tar|gz|tfrecord)$/i;
const dataFolder = /(?:^|\/)(?:data|datasets?|corpus|corpora|features)(?:\/|$)/i;
const modelName = /(?:^|\/)(?:[\w-]*[-_])?(?:models?|checkpoints?|weights)(?:[-_.][\w.-]*)?(?:\/|$)/i;

/** Code, parameters and reports are what else stages depend on and write: only models and data have an origin that matters. */
const kindOf = (path: string, declared: ReadonlyMap<string, Kind>): Kind => {
  const known = declared.get(path);
  if (known) return known;
  if (/\.(?:py|ipynb|sh|r|ya?ml|toml|cfg|md|html|png|svg|pdf)$/i.test(path)) return undefined;
  if (isWeightsName(path)) return 'model';
  if (dataFolder.test(path)) return 'data';
  if (/\.json$/i.test(path)) return undefined;
  return modelName.test(path) ? 'model' : dataName.test(path) ? 'data' : undefined;
};

/** Names under `artifacts` say what a path holds. */
const declaredKinds = (root: DataNode, folder: string): ReadonlyMap<string, Kind> => {
  const artifacts = get(root, 'artifacts');
  return new Map(
    (artifacts?.kind === 'map' ? artifacts.entries : []).flatMap(({ value }) => {
      const type = asString(get(value, 'type'));
      const work = localWork(joined(folder, asString(get(value, 'path')) ?? ''));
      return work && (type === 'model' || type === 'dataset') ? [[work.slice('local:'.length), type === 'model' ? 'model' : 'data'] as const] : [];
    }),
  );
};

/** Dependencies that lie on the hub, by their address. */
const linksOf = (node: DataNode | undefined): readonly { readonly node: Text; readonly found: Located }[] =>
  itemsOf(node).flatMap((item) => {
    const plain = textOf(item) ?? textOf(get(item, 'path'));
    const found = plain?.value.includes('://') ? workOfLink(plain.value) : undefined;
    return plain && found && kindOfWork(found) !== 'code' ? [{ node: plain, found }] : [];
  });

/** What a stage writes came from what it reads: models from data and models, data from data. */
const readStages = (draft: Draft, root: DataNode, folder: string, via: string): void => {
  const declared = declaredKinds(root, folder);
  const stages = get(root, 'stages');
  for (const { value: stage } of stages?.kind === 'map' ? stages.entries : []) {
    const at = joined(folder, asString(get(stage, 'wdir')) ?? '');
    const dependencies = get(stage, 'deps');
    const sources = placesOf(at, dependencies);
    const fetched = linksOf(dependencies);
    for (const out of placesOf(at, get(stage, 'outs'))) {
      const made = kindOf(out.path, declared);
      for (const source of made ? sources : []) {
        const used = kindOf(source.path, declared);
        if (!used || (made === 'data' && used === 'model')) continue;
        const type = made === 'data' ? 'copiedFrom' : used === 'data' ? 'trainedOn' : 'finetune';
        addRelation(draft, { from: out.work, to: source.work, type, via }, placeOf(source.node));
      }
      for (const { node, found } of made ? fetched : []) {
        const data = kindOfWork(found) === 'dataset';
        if (made === 'data' && !data) continue;
        const type = made === 'data' ? 'copiedFrom' : data ? 'trainedOn' : 'finetune';
        addRelation(draft, { from: out.work, to: found.work, type, via, revision: found.revision }, placeOf(node));
      }
    }
  }
};

const sourceOf = (dependency: DataNode): { readonly found: Located; readonly node: Text } | undefined => {
  const repository = textOf(get(dependency, 'repo', 'url'));
  const locked = asString(get(dependency, 'repo', 'rev_lock')) ?? null;
  const node = repository ?? textOf(get(dependency, 'path')) ?? textOf(get(dependency, 'url'));
  if (!node) return undefined;
  const hub = workOfLink(node.value);
  if (hub) return { found: { ...hub, revision: locked ?? hub.revision }, node };
  const direct = repository ? directReference(node.value) : undefined;
  return direct ? { found: { work: direct.to, revision: locked ?? direct.revision }, node } : undefined;
};

/** `NAME.dvc`: a file kept elsewhere, and where it was imported from. */
const readPointer = (draft: Draft, root: DataNode, folder: string): void => {
  const at = joined(folder, asString(get(root, 'wdir')) ?? '');
  const outs = placesOf(at, get(root, 'outs'));
  for (const dependency of itemsOf(get(root, 'deps'))) {
    const source = sourceOf(dependency);
    if (!source) continue;
    const { work, revision } = source.found;
    for (const out of outs) addRelation(draft, { from: out.work, to: work, type: 'copiedFrom', via: 'import', revision }, placeOf(source.node));
  }
};

/**
 * DVC: stages of dvc.yaml, and files that stand for imported data. dvc.lock repeats the stages as they last ran, with the paths that a
 * template in dvc.yaml leaves open; its digests, like those of the stand-ins, are behind whatever somebody works on, so they contradict
 * nothing.
 */
export const dvcReader: Reader = {
  id: 'dvc',
  version: 2,
  matches: (_path, name) => name === 'dvc.yaml' || name === 'dvc.lock' || (name.endsWith('.dvc') && name.length > 4),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!/^(?:outs|stages):/m.test(text)) return nothingRead;
    const { root, problems } = readYaml(text);
    if (root?.kind !== 'map') return { ...nothingRead, problems };
    const draft = draftOf('dvc', path, knowledge);
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const name = path.slice(slash + 1).toLowerCase();
    if (name === 'dvc.yaml' || name === 'dvc.lock') readStages(draft, root, folder, name === 'dvc.yaml' ? 'stage' : lockedStage);
    else readPointer(draft, root, folder);
    return readingOf(draft, problems);
  },
};
