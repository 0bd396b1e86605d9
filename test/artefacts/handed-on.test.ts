import assert from 'node:assert/strict';
import { shellReader } from '../../server/src/artefacts/shell/reader.ts';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';
import { fuzzText, shownBy } from './reading.ts';

/** What comes from outside of a tree, as `from type to @ place`. */
const edges = (text: string): readonly string[] =>
  analyseFiles(parseRepo(text).files).report.relations.flatMap(({ from, type, to, path, line }) =>
    to.startsWith('local:') ? [] : [`${from.replace('local:', '')} ${type} ${to.replace('pkg:huggingface/', 'hub:')} @ ${path}:${line}`],
  );

const env = '--- env.sh\nexport MODEL=acme/base-7b\nDATA="acme/data"\n';
const train = 'python train.py --model_name_or_path $MODEL --dataset_name $DATA --learning_rate 1e-5\n';
const trained = ['train.sh#model trainedOn hub:datasets/acme/data @ env.sh:2', 'train.sh#model finetune hub:acme/base-7b @ env.sh:1'].toSorted();
const tuned = (at: string): readonly string[] => [`train.sh#model finetune hub:acme/base-7b @ ${at}`];
const model = '--- train.sh\npython train.py --model_name_or_path $MODEL --learning_rate 1e-5\n';

const cases: Readonly<Record<string, readonly [text: string, edges: readonly string[]]>> = {
  'a script that reads another': [`${env}--- train.sh\nsource env.sh\n${train}`, trained],
  'by a dot': [`${env}--- train.sh\n. ./env.sh\n${train}`, trained],
  'from its own folder': [`${env}--- train.sh\nsource "$(dirname "$0")/env.sh"\n${train}`, trained],
  'from a folder that a name has': [`${env}--- train.sh\nsource "\${SCRIPT_DIR}/env.sh"\n${train}`, trained],
  'by a name of its own': [
    `${env}--- train.sh\nsource env.sh\nBASE=$MODEL\npython train.py --model_name_or_path $BASE --learning_rate 1e-5\n`,
    tuned('env.sh:1'),
  ],
  'behind the command': [`${env}--- train.sh\n${train}source env.sh\n`, []],
  'a name that it sets itself': [
    `${env}--- train.sh\nsource env.sh\nMODEL=acme/other-7b\npython train.py --model_name_or_path $MODEL --learning_rate 1e-5\n`,
    ['train.sh#model finetune hub:acme/other-7b @ train.sh:2'],
  ],
  'a script that is not there': [`--- train.sh\nsource env.sh\n${train}`, []],
  'a value that is no literal': [`--- env.sh\nMODEL=$1\n--- train.sh\nsource env.sh\n${train}`, []],
  'a value of a branch': [`--- env.sh\nif [ -n "$X" ]; then\nMODEL=acme/base-7b\nfi\n--- train.sh\nsource env.sh\n${train}`, []],
  'a script that runs another': [`${model}--- run.sh\nexport MODEL=acme/base-7b\nbash train.sh\n`, tuned('run.sh:1')],
  'with names that are exported later': [`${model}--- run.sh\nMODEL=acme/base-7b\nexport MODEL\n./train.sh\n`, tuned('run.sh:1')],
  'for that command alone': [`${model}--- run.sh\nMODEL=acme/base-7b bash train.sh\n`, tuned('run.sh:1')],
  'from another folder': [
    `${model.replace('train.sh', 'jobs/train.sh')}--- run.sh\nMODEL=acme/base-7b sh jobs/train.sh\n`,
    ['jobs/train.sh#model finetune hub:acme/base-7b @ run.sh:1'],
  ],
  'by its place': [
    '--- train.sh\nBASE=$1\npython train.py --model_name_or_path $BASE --learning_rate 1e-5\n--- run.sh\nbash train.sh acme/base-7b out\n',
    tuned('run.sh:1'),
  ],
  'twice with the same': [`${model}--- a.sh\nMODEL=acme/base-7b bash train.sh\n--- b.sh\nMODEL=acme/base-7b bash train.sh\n`, tuned('a.sh:1')],
  'with one and another': [`${model}--- a.sh\nMODEL=acme/base-7b bash train.sh\n--- b.sh\nMODEL=acme/other-7b bash train.sh\n`, []],
  'a name that is not exported': [`${model}--- run.sh\nMODEL=acme/base-7b\nbash train.sh\n`, []],
  'a name that a folder has': [`${model}--- run.sh\nMODEL=outputs/base bash train.sh\n`, []],
  'a default': [
    '--- train.sh\npython train.py --model_name_or_path ${MODEL:-acme/own-7b} --learning_rate 1e-5\n--- run.sh\nMODEL=acme/base-7b bash train.sh\n',
    ['train.sh#model finetune hub:acme/own-7b @ train.sh:1'],
  ],
  'nobody that sets it': [model, []],
};

describe('names that one script of a tree sets for another', () => {
  for (const [name, [text, expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(edges(text).toSorted(), expected));

  it('lead to findings where the work is named', () =>
    void check(
      `--- LICENSE
[text of MIT]
--- env.sh
export MODEL=black-forest-labs/FLUX.1-dev
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- serve.sh
source env.sh
vllm serve $MODEL
`,
      'noncommercial-weights',
    ));

  const sample = '. ./env.sh\nexport MODEL=acme/base-7b DATA=$X\nMODEL=acme/other-7b bash train.sh acme/third-7b $1\nvllm serve $BASE\n';
  it('are facts of each', () =>
    assert.deepEqual(shownBy(shellReader, 'a.sh', sample), [
      'setting MODEL: acme/base-7b <- acme/base-7b',
      'setting >train.sh>1: acme/third-7b <- acme/third-7b',
      'setting >train.sh>MODEL: acme/other-7b <- acme/other-7b',
      'loads hub: <- $BASE',
      'loads hub: <- $BASE',
    ]));
  it('survive any text', () => fuzzText(shellReader, 'a.sh', sample));
});
