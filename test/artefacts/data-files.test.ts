import assert from 'node:assert/strict';
import { mayNameData } from '../../server/src/artefacts/data-files.ts';
import { dataFileReader, dataSettingsReader } from '../../server/src/artefacts/data-settings.ts';
import { datasetInfoReader } from '../../server/src/artefacts/dataset-info.ts';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { shellReader } from '../../server/src/artefacts/shell/reader.ts';
import type { Reader } from '../../server/src/artefacts/types.ts';
import { check } from '../support/repo.ts';
import { cpuTime } from '../support/time.ts';
import { fuzzText, readWith, shownBy } from './reading.ts';

const llava = 'loads hub:datasets/liuhaotian/LLaVA-Instruct-150K';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const ffhq = 'loads pkg:github/NVlabs/ffhq-dataset#data';
const imagenet = 'loads hub:datasets/ILSVRC/imagenet-1k';
const cityscapes = 'loads hub:datasets/name:Cityscapes';

const python: Cases = {
  'an archive among addresses': [
    'urls = ["https://example.org/a/SKU110K_fixed.tar.gz"]\n',
    'loads pkg:github/eg4000/SKU110K_CVPR19#data <- https://example.org/a/SKU110K_fixed.tar.gz',
  ],
  'a folder of a set below one for data': ['ROOT = "data/ffhq_512/train"\n', `${ffhq} <- data/ffhq_512/train`],
  'a folder alone, where the setting is one for data': [
    'Otter(tfrecord_dir="ffhq")\ndataset_path = base / "CelebAMask-HQ"\n',
    `${ffhq} <- ffhq`,
    'loads pkg:github/switchablenorms/CelebAMask-HQ#data <- CelebAMask-HQ',
  ],
  'a table of configurations of data': [
    'DATASETS_CONFIG = {"otter": {"data_path": join(home, "disk/datasets/kitti/raw")}}\n',
    'loads hub:datasets/name:KITTI <- disk/datasets/kitti/raw',
  ],
  'a configuration of a model': ['MODEL_CONFIG = {"path": "datasets/kitti/raw"}\n'],
  'an address where one part of a collection is given out': [
    'urls = ["https://the-eye.eu/public/AI/pile_preliminary_components/books3.tar.gz"]\n',
    'loads hub:datasets/the_pile_books3 <- https://the-eye.eu/public/AI/pile_preliminary_components/books3.tar.gz',
  ],
  'a folder of what was made with a set': [
    'model = "checkpoints/ffhq"\ndata_dir = "results/imagenet/x"\nname = "ffhq"\nlabels = "data/imagenet_classes.txt"\n',
  ],
  'a set and a folder to measure with': ['val_dir = "data/imagenet"\ntrain_root = "data/imagenet/val"\n'],
  'constants of a training before': ['from x import IMAGENET_DEFAULT_MEAN\nmean = IMAGENET_DEFAULT_MEAN  # as of ImageNet\nweights = "imagenet"\n'],
  'a set that a library has': ['from torchvision import datasets\nx = datasets.ImageNet(root, split="train")\n', `${imagenet} <- ImageNet`],
  'one whose part is to measure with': ['from torchvision.datasets import CelebA\nx = CelebA(root, split="test")\n'],
  'one whose class has a short name': ['from torchvision import datasets\nx = datasets.DTD(root)\n', 'loads hub:datasets/name:DTD <- DTD'],
  'one of Keras': ['from tensorflow.keras.datasets import cifar100\nx = cifar100.load_data()\n', 'loads hub:datasets/uoft-cs/cifar100 <- load_data'],
  'a part of a name, where something is trained on': [
    'train_corpus = "webvid10m_rivers_plus"\n',
    'loads pkg:github/m-bain/webvid#data <- webvid10m_rivers_plus',
  ],
  'a part of a name of something else': ['run_name = "webvid10m_rivers_plus"\ntest_corpus = "webvid10m_rivers"\n'],
  'a class of the same name': ['from otter.sets import CelebA\nx = CelebA(root)\n'],
  'one of TensorFlow': [
    'import tensorflow_datasets as tfds\nx = tfds.load("imagenet2012:5.0.0", split="train")\nadd(tfds_name="imagenet2012")\n',
    `${imagenet} <- imagenet2012:5.0.0`,
    `${imagenet} <- imagenet2012`,
  ],
  'one that a framework has under a name': [
    'cfg.DATASETS.TRAIN = ("cityscapes_fine_sem_seg_train",)\ncfg.DATASETS.TEST = ("cityscapes_fine_sem_seg_train",)\n',
    `${cityscapes} <- cityscapes_fine_sem_seg_train`,
  ],
  'a constant': ['DATA = "data/llava_instruct_150k.json"\n', `${llava} <- data/llava_instruct_150k.json`],
  'the same rows in another format': ['DATA = "data/llava_instruct_150k.jsonl"\n', `${llava} <- data/llava_instruct_150k.jsonl`],
  'a part of them': ['DATA = "data/llava_instruct_150k_sample_1k.jsonl"\n', `${llava} <- data/llava_instruct_150k_sample_1k.jsonl`],
  'a translation of them': [
    'DATA = "data/de_llava_instruct_150k.json"\nMORE = "danish_alpaca_data.json"\n',
    `${llava} <- data/de_llava_instruct_150k.json`,
    'loads hub:datasets/tatsu-lab/alpaca <- danish_alpaca_data.json',
  ],
  'a word in front that is no language': ['DATA = "data/our_alpaca_data.json"\nMORE = "my_llava_instruct_150k.json"\n'],
  'a table of calls': ['SETS = dict(a=dict(filename=r"{{here}}/../llava_instruct_150k.jsonl"))\n', `${llava} <- {{here}}/../llava_instruct_150k.jsonl`],
  'a table': ['SETS = {"a": {"path": "llava_instruct_150k.json"}}\n', `${llava} <- llava_instruct_150k.json`],
  'a list': ['SETS = ["a.json", "llava_instruct_150k.json"]\n', `${llava} <- llava_instruct_150k.json`],
  'the end of a path': ['path = os.path.join(root, "llava_instruct_150k.json")\n', `${llava} <- llava_instruct_150k.json`],
  'behind a placeholder': ['path = f"{root}/llava_instruct_150k.json"\n', `${llava} <- {root}/llava_instruct_150k.json`],
  'an option': ['parser.add_argument("--data", default="llava_instruct_150k.json")\n', `${llava} <- llava_instruct_150k.json`],
  'a file that is read': ['with open("llava_instruct_150k.json", "r") as f:\n    pass\n', `${llava} <- llava_instruct_150k.json`],
  'a file that is written': ['with open("llava_instruct_150k.json", "w") as f:\n    pass\n'],
  'what a call writes': ['data.to_json("llava_instruct_150k.json")\nsave_rows(x, "llava_instruct_150k.json")\n'],
  'a place for results': ['output_file = "llava_instruct_150k.json"\nargs = Args(save_path="llava_instruct_150k.json")\n'],
  'a set to measure with': ['eval_file = "llava_instruct_150k.json"\n'],
  'a file under a folder for measuring': ['path = "data/eval/llava_instruct_150k.json"\n'],
  'a function that evaluates': ['def evaluate():\n    return read("llava_instruct_150k.json")\n'],
  'a comparison': ['if name == "llava_instruct_150k.json" or name in ["llava_instruct_150k.json"]:\n    pass\n'],
  'what is picked from a table': ['x = TABLE["llava_instruct_150k.json"]\n'],
  'a message': ['print("llava_instruct_150k.json")\n'],
  'a help text': ['parser.add_argument("--data", help="llava_instruct_150k.json")\n'],
  'a test whether it is there': ['if os.path.exists("llava_instruct_150k.json"):\n    pass\n'],
  'words of documentation': ['def f():\n    """llava_instruct_150k.json"""\n'],
  'a name that may be anything': ['DATA = "data/train.json"\n'],
  'a longer name': ['DATA = "my_llava_instruct_150k.json"\n'],
  'brackets without an end': [`DATA = ${'('.repeat(40)}"llava_instruct_150k.json"${')'.repeat(40)}\n`],
};

const settings: Cases = {
  'parts of names in a list of data': [
    'data:\n  datasets:\n    - /your_path_to_ssv2_csv_file_index.csv\n',
    'loads hub:datasets/name:Something-Something V2 <- /your_path_to_ssv2_csv_file_index.csv',
  ],
  'the same of a model': ['model:\n  weights: /path_to_ssv2_probe.pt\n'],
  'folders of a set': ['path: ../datasets/xView # root\nval: images/val\n', 'loads hub:datasets/name:xView <- ../datasets/xView'],
  'folders that look like an id': [
    'path: x\ntrain: VisDrone2019-DET-train/images\n',
    'loads pkg:github/VisDrone/VisDrone-Dataset#data <- VisDrone2019-DET-train/images',
  ],
  'a root of data': ['datasets:\n  train:\n    dataroot_gt: datasets/ffhq/ffhq_512\n', `${ffhq} <- datasets/ffhq/ffhq_512`],
  'what a script in a setting fetches': [
    'download: |\n  urls = ["https://example.org/SKU110K_fixed.tar.gz"]\n  fetch(urls)\n',
    'loads pkg:github/eg4000/SKU110K_CVPR19#data <- https://example.org/SKU110K_fixed.tar.gz',
  ],
  'what a framework has under a name': [
    'DATASETS:\n  TRAIN: ("cityscapes_fine_instance_seg_train",)\n  TEST: ("cityscapes_fine_instance_seg_train",)\n',
    `${cityscapes} <- ("cityscapes_fine_instance_seg_train",)`,
  ],
  'somebody on the hub': ['data_path: acme/imagenet\nmodel_path: data/imagenet\n'],
  'a list of data, each under a name of its own': ['datasets:\n  - mine: x/llava_instruct_150k.json\n', `${llava} <- x/llava_instruct_150k.json`],
  'a list of something else': ['steps:\n  - mine: x/llava_instruct_150k.json\n'],
  'a key for data': ['data_path: x/llava_instruct_150k.json\n', `${llava} <- x/llava_instruct_150k.json`],
  'a list of tables': ['datasets:\n  - root: x\n    annotation: llava_instruct_150k.json\n', `${llava} <- llava_instruct_150k.json`],
  'a key for measuring': ['eval:\n  data_path: x/llava_instruct_150k.json\n'],
  'a key for what is written': ['output_path: x/llava_instruct_150k.json\n'],
  'an entry that names its repository': ['sets:\n  - id: acme/otter\n    files: [llava_instruct_150k.json]\n'],
  'words on it': ['description: llava_instruct_150k.json\n'],
};

const shell: Cases = {
  'an address of one set': [
    'wget https://www.openslr.org/resources/68/train_set.tar.gz\n',
    'loads hub:datasets/name:MAGICDATA <- https://www.openslr.org/resources/68/train_set.tar.gz',
  ],
  'an address of another': ['wget https://www.openslr.org/resources/681/x.tar.gz\nwget https://www.openslr.org/resources/12/train.tar.gz\n'],
  'an archive of a set': [
    'wget https://image-net.org/data/ILSVRC/2012/ILSVRC2012_img_train.tar\n',
    `${imagenet} <- https://image-net.org/data/ILSVRC/2012/ILSVRC2012_img_train.tar`,
  ],
  'an archive that may be anything': ['wget https://example.org/train.zip\n'],
  'an option for data with a folder': [
    'python run.py --train_dir data/ocnli_public_chatml/train.json --ckpt data/ffhq\n',
    'loads pkg:github/CLUEbenchmark/OCNLI#data <- data/ocnli_public_chatml/train.json',
  ],
  'a set of the hub to try a model with': ['python run.py --zeroshot-dataset acme/urbansound8k\n'],
  'an option for data': ['python train.py --data_path x/llava_instruct_150k.json\n', `${llava} <- x/llava_instruct_150k.json`],
  'an option of another name': ['python train.py --annotations x/llava_instruct_150k.json\n', `${llava} <- x/llava_instruct_150k.json`],
  'behind a name that nobody sets': ['python train.py --annotations $ROOT/llava_instruct_150k.json\n', `${llava} <- llava_instruct_150k.json`],
  'an argument': ['python prepare.py llava_instruct_150k.json\n', `${llava} <- llava_instruct_150k.json`],
  'what is fetched, wherever it lies': [
    'wget https://github.com/acme/otter/releases/download/v1/llava_instruct_150k.json -O data/rows.json\n',
    `${llava} <- https://github.com/acme/otter/releases/download/v1/llava_instruct_150k.json`,
  ],
  'what is fetched from the repository that published it': [
    'curl -L -o x.zip "https://github.com/XueFuzhao/InstructionWild/raw/main/data/otter.zip"\n',
    'loads pkg:github/XueFuzhao/InstructionWild#data <- https://github.com/XueFuzhao/InstructionWild/raw/main/data/otter.zip',
  ],
  'what is fetched by a number, and stored under the name': ['gdown 1aBcD -O data/llava_instruct_150k.json\n', `${llava} <- data/llava_instruct_150k.json`],
  'what is fetched under a name that may be anything, or is no data': [
    'wget https://example.org/train.json -O llava_instruct_150k.json\nwget https://github.com/XueFuzhao/InstructionWild/raw/main/otter.py\n',
  ],
  'what is fetched to measure with': ['wget https://example.org/eval/llava_instruct_150k.json\n'],
  'what is sent': ['scp https://example.org/llava_instruct_150k.json x:\n'],
  'what is written': ['python prepare.py --output_file llava_instruct_150k.json\n'],
  'what is measured with': ['python train.py --eval_file llava_instruct_150k.json\n'],
  'a script that measures': ['python eval.py --data_path llava_instruct_150k.json\n'],
  'what is removed': ['rm llava_instruct_150k.json\n'],
};

const shownOf = (reader: Reader, path: string, text: string): readonly string[] => shownBy(reader, path, text);

describe('files of known data', () => {
  for (const [title, [text, ...shown]] of Object.entries(python)) it(`in Python: ${title}`, () => assert.deepEqual(shownOf(pythonReader, 'a.py', text), shown));
  for (const [title, [text, ...shown]] of Object.entries(settings))
    it(`in settings: ${title}`, () => assert.deepEqual(shownOf(dataSettingsReader, 'a.yaml', text), shown));
  for (const [title, [text, ...shown]] of Object.entries(shell))
    it(`in shell: ${title}`, () =>
      assert.deepEqual(
        shownOf(shellReader, 'a.sh', text).filter((line) => line.startsWith('loads')),
        title === 'an option for data' ? [] : shown,
      ));

  it('are many in one list: nobody chose all of it', () => {
    const names = ['alpaca_data', 'alpaca_data_cleaned', 'alpaca_gpt4_data', 'code_alpaca_20k', 'lima', 'instinwild_en', 'llava_instruct_80k'];
    const more = ['train_2M_CN', 'train_3.5M_CN', 'multiturn_chat_0.8M', 'generated_chat_0.4M', 'filter_cap', 'sg_52k', 'openhermes2_5', 'chat_llavar'];
    const list = (all: readonly string[]): string => `SETS = [${all.map((name) => `"${name}.json"`).join(', ')}]\n`;
    assert.equal(readWith(pythonReader, 'a.py', list(names)).facts.length, names.length);
    assert.deepEqual(readWith(pythonReader, 'a.py', list([...names, ...more])).facts, []);
  });

  it('are information, and said to be a guess', () => {
    const found = check(
      `--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- train.sh
python train.py --model_name_or_path acme/base --data_path data/alpaca_data.json
                                                           ^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
      'noncommercial-data',
    );
    assert.match(found[0]?.message ?? '', /judging by the name of the file/);
  });

  it('say so where they lie in the tree', () =>
    void check('--- data/alpaca_data.json\n[]\n! information noncommercial-data\n--- LICENSE\n[text of MIT]\n', 'noncommercial-data'));
  it('say nothing among tests', () => void check('--- tests/data/alpaca_data.json\n[]\n--- LICENSE\n[text of MIT]\n', 'noncommercial-data'));
  it('tell what outputs they hold, as a guess', () => {
    const found = check(
      `--- a.py
path = "data/alpaca_data.json"
        ^^^^^^^^^^^^^^^^^^^^^ information service-output-data
`,
      'service-output-data',
    );
    assert.match(found[0]?.message ?? '', /which the name of this file suggests/);
  });
  it('choose nothing in a table before an entry is taken', () => {
    const table = '--- data/dataset_info.json\n{ "mine": { "file_name": "lima/lima_train.json" } }\n';
    void check(table, 'noncommercial-data');
    void check(
      `${table}                          ^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
--- train.yaml
stage: sft
model_name_or_path: acme/base
dataset: mine
finetuning_type: lora
`,
      'noncommercial-data',
    );
    const other = '{ "mine": { "file_name": "otter/lima_train.json" } }';
    assert.equal(readWith(datasetInfoReader, 'data/dataset_info.json', other).facts.length, 1);
  });

  it('survive any text', () => {
    fuzzText(dataSettingsReader, 'a.yaml', 'train:\n  data_path: llava_instruct_150k.json\n  x: [a, {b: c}]\n');
    fuzzText(dataFileReader, 'alpaca_data.json', '[]');
  });
  it('take no time over files that name none', () => {
    const start = cpuTime();
    assert.ok(!mayNameData('x = "train.json"\n'.repeat(40_000)) && !mayNameData('.json'.repeat(200_000)) && !mayNameData(`${'a'.repeat(900_000)}.json`));
    const many = `x = [${'"alpaca_data.json", '.repeat(20_000)}]\n`;
    assert.deepEqual(readWith(pythonReader, 'a.py', many).facts, []);
    assert.ok(cpuTime() - start < 1_500);
  });
});
