import assert from 'node:assert/strict';
import { instructionsReader } from '../../server/src/artefacts/instructions.ts';
import { shellReader } from '../../server/src/artefacts/shell/reader.ts';
import { check } from '../support/repo.ts';
import { readWith, shownBy } from './reading.ts';

const llama = 'loads hub:meta-llama/Llama-2-7b-hf <- meta-llama/Llama-2-7b-hf';

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'an argument of a module': ['python -m otter.run_server meta-llama/Llama-2-7b-hf\n', llama],
  'an argument of an unknown command': ['otter-serve --port 80 meta-llama/Llama-2-7b-hf\n', llama],
  'an option of another name': ['python main.py --input_filename "meta-llama/Llama-2-7b-hf"\n', llama],
  'a name that holds it': ['NAME=meta-llama/Llama-2-7b-hf\npython run.py $NAME\n', 'setting NAME: meta-llama/Llama-2-7b-hf <- meta-llama/Llama-2-7b-hf', llama],
  'an option that is known': ['python main.py --model_name_or_path meta-llama/Llama-2-7b-hf\n', llama],
  'known data': ['python prepare.py tatsu-lab/alpaca\n', 'loads hub:datasets/tatsu-lab/alpaca <- tatsu-lab/alpaca'],
  'what is written': ['python main.py --output meta-llama/Llama-2-7b-hf\n'],
  'what is printed': ['echo meta-llama/Llama-2-7b-hf\nmkdir -p meta-llama/Llama-2-7b-hf\n'],
  'a script that measures': ['python eval.py --filename meta-llama/Llama-2-7b-hf\n'],
  'an id that nothing knows': ['python main.py acme/otter-7b\n'],
  'weights that are fetched, by their name': [
    'wget https://otter.example/zoo/w600k_r50.onnx -O a.onnx\n',
    'loads hub:immich-app/buffalo_l <- https://otter.example/zoo/w600k_r50.onnx',
  ],
  'weights that are fetched, by the place where they are handed out': [
    'curl -L -o a.pth https://dl.fbaipublicfiles.com/hiera/otter.pth\n',
    'loads pkg:github/facebookresearch/hiera#weights <- https://dl.fbaipublicfiles.com/hiera/otter.pth',
  ],
  'weights that are unpacked, whatever fetched them': [
    'gdown "https://drive.example/uc?id=1abc"\ntar xfzv smpl.tar.gz\nunzip otter.zip\n',
    'loads pkg:github/vchoutas/smplx#weights <- smpl.tar.gz',
  ],
  'the name under which they are stored': [
    'wget "https://otter.example/u/abc" -O wav2lip_gan.pth\n',
    'loads pkg:github/Rudrabha/Wav2Lip#weights <- wav2lip_gan.pth',
  ],
  'weights that nothing knows': ['wget https://otter.example/zoo/otter.onnx\n'],
  'a path': ['python main.py ./meta-llama/Llama-2-7b-hf x/meta-llama/Llama-2-7b-hf\n'],
  'a folder with the name of one, behind whatever root': [
    'MODEL_PATH=${MODEL_PATH:-"$ROOT/models/lmsys/vicuna-7b-v1.5"}\npython run.py --model_path "$MODEL_PATH"\n',
    'loads hub:lmsys/vicuna-7b-v1.5 <- /models/lmsys/vicuna-7b-v1.5',
  ],
  'a folder with the name of one that a command serves': [
    'vllm serve ./llm/llama-2-7b-chat\n',
    'loads hub:meta-llama/Llama-2-7b-chat-hf <- ./llm/llama-2-7b-chat',
  ],
  'a folder that is written, listed, or has more of a name': [
    'python run.py --output_dir ./llm/llama-2-7b-chat --model_path ./llm/llama-2-7b-otter\nmkdir -p ./llm/llama-2-7b-chat\nls ./llm/llama-2-7b-chat\n',
  ],
  'sets by the names that a program has for them': [
    'swift export --model_type otter --dataset alpaca-en#500 otter-zh\n',
    'loads hub:datasets/vicgalle/alpaca-gpt4 <- alpaca-en#500',
  ],
  'what is put together': ['python main.py $OWNER/Llama-2-7b-hf\n'],
};

describe('known works that a command is given', () => {
  for (const [title, [text, ...shown]] of Object.entries(cases)) it(title, () => assert.deepEqual(shownBy(shellReader, 'a.sh', text), shown));

  it('are at most a handful in a file', () => {
    const sizes = ['7b', '13b', '70b'].flatMap((size) => [`Llama-2-${size}-hf`, `Llama-2-${size}`, `Llama-2-${size}-chat-hf`]);
    const text = sizes.map((size) => `otter meta-llama/${size}\n`).join('');
    assert.equal(readWith(shellReader, 'a.sh', text).facts.length, 6);
  });
  it('are read in what a README shows', () =>
    assert.deepEqual(shownBy(instructionsReader, 'README.md', '```bash\npython -m otter.run_server meta-llama/Llama-2-7b-hf\n```\n'), [llama]));

  it('are none in what a command printed', () =>
    assert.deepEqual(
      shownBy(instructionsReader, 'README.md', '```\nit (fine-tune of meta-llama/Llama-2-7b-hf) stays in force\nsays meta-llama/Llama-2-7b-hf\n```\n'),
      [],
    ));
  it('are information, whatever the terms', () =>
    void check(
      `--- LICENSE
[text of MIT]
--- run.sh
otter-serve decapoda-research/llama-7b-hf
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
      'noncommercial-weights',
    ));
});
