import { asString, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { readYaml } from '../text/yaml.ts';
import { addFact, addRelation, addWork, draftOf, nothingRead, placeOf, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { hubReference, localWork, modelWork } from './hub-id.ts';
import { baseKeys } from './trainer/shape.ts';
import { here } from './types.ts';
import type { Reader, Reading, WorkId } from './types.ts';
import { localLoad, savedIn } from './via.ts';

const folderWork = (path: string): WorkId => (path.includes('/') ? `local:${path.slice(0, path.lastIndexOf('/'))}` : here);

/** The folder of a run, as whoever trained wrote it; each state of the run lies in a folder below. */
const bestCheckpoint = /"best_model_checkpoint"\s*:\s*"([^"\\\r\n]{1,400})"/;

/**
 * The state of a run: what lies beside it was trained. The one path in it is that of the run on the machine of whoever trained, so it counts
 * only where a script or configuration of this tree saves there. What follows is the history, which may have megabytes and says nothing more.
 */
const readState = (draft: Draft, path: string, text: string): void => {
  if (!/"global_step"\s*:/.test(text) && !/"best_metric"\s*:/.test(text)) return;
  const found = bestCheckpoint.exec(text);
  const run = found ? localWork((found[1] ?? '').replace(/\/checkpoint-\d+\/?$/, '')) : undefined;
  if (found && run !== undefined) {
    const start = found.index + found[0].length - 1 - (found[1] ?? '').length;
    const place = { span: { start, end: start + (found[1] ?? '').length } };
    addRelation(draft, { from: folderWork(path), to: run, type: 'copiedFrom', via: localLoad }, place);
  }
  addWork(draft, folderWork(path), 'model', 'config', { span: { start: 0, end: 0 } });
};

/** Two of these tell the arguments of a trainer from any other file of that name. */
const argumentKeys = ['output_dir', 'per_device_train_batch_size', 'num_train_epochs', 'learning_rate', 'gradient_accumulation_steps', 'max_steps'];

/** The arguments of a run without its model: under which name the result is published, and where it is saved. */
const readArguments = (draft: Draft, path: string, root: DataNode): void => {
  // With a model it is a configuration like any other.
  if (baseKeys.some((key) => get(root, key) !== undefined)) return;
  if (argumentKeys.filter((key) => get(root, key) !== undefined).length < 2) return;
  const work = folderWork(path);
  for (const key of ['hub_model_id', 'push_to_hub_model_id']) {
    const node = get(root, key);
    const published = hubReference(asString(node) ?? '');
    if (!published || node?.kind !== 'scalar') continue;
    const name = published.id.slice(published.id.indexOf('/') + 1);
    addFact(draft, { kind: 'name', id: draft.idOf('name', published.id), work, name, via: 'hub-id' }, placeOf(node));
    addRelation(draft, { from: work, to: modelWork(published.id), type: 'publishes', via: key }, placeOf(node));
  }
  const saved = get(root, 'output_dir');
  const run = localWork(asString(saved) ?? '');
  if (run !== undefined && saved?.kind === 'scalar')
    addRelation(draft, { from: run, to: work, type: 'copiedFrom', via: savedIn, role: 'mention' }, placeOf(saved));
  addWork(draft, work, 'model', 'config', { span: { start: root.span.start, end: root.span.start } });
};

/**
 * What trainers leave beside the weights: the state of the run, and its arguments where they are written as text. `training_args.bin` is a
 * pickle, which is a program: it is never opened.
 */
export const trainerOutputReader: Reader = {
  id: 'trainer-output',
  version: 1,
  matches: (_path, name) => /^(?:trainer_state\.json|training_args\.(?:json|ya?ml))$/.test(name),
  wants: 'text',
  maximum: limits.trainerStateLength,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    const draft = draftOf('trainer-output', path, knowledge);
    const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
    if (name === 'trainer_state.json') readState(draft, path, text);
    else {
      if (size > limits.trainerStateLength) return nothingRead;
      const { root, problems } = name.endsWith('.json') ? readJson(text) : readYaml(text);
      if (root?.kind !== 'map') return { ...nothingRead, problems };
      readArguments(draft, path, root);
    }
    return readingOf(draft);
  },
};
