import assert from 'node:assert/strict';
import { readersFor } from '../../server/src/artefacts/index.ts';
import { trainerOutputReader } from '../../server/src/artefacts/trainer-output.ts';
import { limits } from '../../server/src/text/limits.ts';
import { lineageOf } from '../lineage/tree.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const state = (best: string): string => `{
  "best_metric": 0.81,
  "best_model_checkpoint": ${best},
  "epoch": 3.0,
  "global_step": 600,
  "log_history": [{ "epoch": 0.01, "loss": 1.5, "step": 1 }]
}
`;
const argumentsOf = (more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ output_dir: 'out/sft', learning_rate: 2e-5, per_device_train_batch_size: 4, push_to_hub: true, ...more }, null, 2);

const relations = (path: string, text: string): readonly string[] =>
  readWith(trainerOutputReader, path, text).facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.from} ${fact.type} ${fact.to}`] : []));

describe('trainer output', () => {
  for (const path of ['trainer_state.json', 'out/checkpoint-5/trainer_state.json', 'training_args.json', 'training_args.yaml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(trainerOutputReader, path)));
  for (const path of ['training_args.py', 'trainer.json', 'training_args.bin'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(trainerOutputReader, path)));
  it('opens no pickle of arguments but to see whether it is a stand-in', () =>
    assert.deepEqual(
      readersFor('out/training_args.bin').map((reader) => reader.id),
      ['lfs-pointer'],
    ));

  it('tells that a folder holds a model', () => assert.deepEqual(shownBy(trainerOutputReader, 'out/trainer_state.json', state('null'), true), ['work model']));
  it('tells the folder of the run', () =>
    assert.deepEqual(relations('release/trainer_state.json', state('"./out/sft/checkpoint-600"')), ['local:release copiedFrom local:out/sft']));
  it('takes a folder for no repository of the hub', () =>
    assert.deepEqual(relations('trainer_state.json', state('"llama-sft/checkpoint-600"')), ['here copiedFrom local:llama-sft']));
  it('knows nothing of paths of other machines', () => assert.deepEqual(relations('trainer_state.json', state('"/data/run/checkpoint-600"')), []));
  it('reads the head of a long history', () => {
    const long = state('"out/sft/checkpoint-600"').replace('[{', `[${'{ "loss": 1 }, '.repeat(10_000)}{`);
    assert.ok(long.length > limits.trainerStateLength && trainerOutputReader.partial);
    assert.deepEqual(relations('trainer_state.json', long.slice(0, trainerOutputReader.maximum)), ['here copiedFrom local:out/sft']);
  });

  it('tells the name of a result', () =>
    assert.deepEqual(shownBy(trainerOutputReader, 'training_args.json', argumentsOf({ hub_model_id: 'acme/tuned' })), [
      'name tuned <- acme/tuned',
      'publishes hub:acme/tuned <- acme/tuned',
    ]));
  it('leaves what names a model to the reader of configurations', () =>
    assert.deepEqual(shownBy(trainerOutputReader, 'training_args.json', argumentsOf({ hub_model_id: 'acme/tuned', model_name_or_path: 'acme/base' })), []));

  for (const [name, path, text] of [
    ['a state of something else', 'trainer_state.json', '{ "state": "idle" }'],
    ['arguments of something else', 'training_args.json', '{ "hub_model_id": "acme/tuned" }'],
    ['a list', 'training_args.yaml', '- output_dir: a\n  learning_rate: 1\n'],
    ['nothing', 'trainer_state.json', ''],
  ] as const)
    it(`stays silent on ${name}`, () => assert.deepEqual(shownBy(trainerOutputReader, path, text, true), []));

  const script = '--- train.sh\npython finetune.py --model_name_or_path acme/free --output_dir out/sft --learning_rate 1e-5\n';
  const released = `--- release/trainer_state.json\n${state('"out/sft/checkpoint-600"')}`;
  const origins = (text: string): readonly string[] => (lineageOf(text).edgesFrom.get('local:release') ?? []).map((edge) => edge.to);
  it('leads from a released folder to what the script saved', () => assert.deepEqual(origins(script + released), ['local:train.sh#model']));
  it('says nothing of a folder that no script saves in', () => assert.deepEqual(origins(released), []));

  it('survives any state', () => fuzzText(trainerOutputReader, 'trainer_state.json', state('"out/sft/checkpoint-600"')));
  it('survives any arguments', () => fuzzText(trainerOutputReader, 'training_args.json', argumentsOf({ hub_model_id: 'acme/tuned' })));
});
