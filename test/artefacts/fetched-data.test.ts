import assert from 'node:assert/strict';
import { fetchedDataReader } from '../../server/src/artefacts/prose/fetched-data.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string, path = 'README.md'): readonly string[] =>
  readWith(fetchedDataReader, path, text).facts.flatMap((fact) =>
    fact.kind === 'relation' ? [fact.to.replace(/^pkg:huggingface\/datasets\/|^pkg:github\//, '').replace(/#data$/, '')] : [],
  );

const ffhq = 'NVlabs/ffhq-dataset';
const imagenet = 'ILSVRC/imagenet-1k';
const kitti = 'name:KITTI';

describe('data that a document says to fetch', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'an order': ['0. Download the WebVid dataset, then unpack it.', 'm-bain/webvid'],
    'a page of a set behind other words': ['First, download [the clips](https://maxbain.com/webvid-dataset/) to your disk.', 'm-bain/webvid'],
    'a page of another host': [
      '**Otters:** Download [this challenge](https://www.kaggle.com/c/imagenet-object-localization-challenge/data) and unpack it.',
      imagenet,
    ],
    'a bare address': ['Get the pictures from http://image-net.org/ first.', imagenet],
    'a set of a kind': ['Download the [pictures](http://image-net.org/) classification dataset.', imagenet],
    'classes of it': ['Download the ImageNet class names.'],
    'a label in front': ['**AFHQv2:** Download the newer archive and resize it.', 'name:AFHQ'],
    'a name spelled out': ['Please download the Flickr-Faces-HQ dataset.', ffhq],
    'a longer address than that of another set': ['Download [it](http://www.cvlibs.net/datasets/kitti-360/).', 'name:KITTI-360'],
    'what can be downloaded': ['VoxCeleb2 can be downloaded from its official page.', 'name:VoxCeleb'],
    'in Chinese': ['请先下载 Cityscapes 数据集。', 'name:Cityscapes'],
    'in Chinese, behind the name': ['## 数据准备\n\nCityscapes 下载后解压到 data。', 'name:Cityscapes'],
    'items of a section': ['## Data preparation\n\n- [KITTI](http://www.cvlibs.net/datasets/kitti/)\n- FFHQ: faces\n', kitti, ffhq],
    'rows of a section': ['## Datasets\n\n| name | page |\n| --- | --- |\n| nuScenes | https://www.nuscenes.org/nuscenes |\n', 'name:nuScenes'],
    'headings of a section': ['## Preparing the data\n\n### ImageNet-1k\n\nUnpack it.', imagenet],
    'what is worked on by the title': ['# Books3 processing\n\nWe clean the files.', 'the_pile_books3'],
    'a copy that is handed out': ['We provide the cropped VGGFace2-224 dataset.', 'name:VGGFace2'],
    'each once': ['Download FFHQ. Then prepare FFHQ.', ffhq],
    'a set that a service wrote': ['Please download our final mixture [llava_v1_5_mix665k.json](https://acme.example/mix).', 'liuhaotian/LLaVA-Instruct-150K'],
    'a set that a service wrote, in a section on training': ['## Instruction data\n\n- [MagicBrush](https://acme.example/brush)\n', 'osunlp/MagicBrush'],
    'a heading in Chinese': ['## 指令精调数据\n\n### MagicBrush\n', 'osunlp/MagicBrush'],
    'where it is told how to prepare': ['Please refer to [LLaVA-NeXT-Data](https://acme.example/next) for data preparation.', 'lmms-lab/LLaVA-NeXT-Data'],
    'where its format is told': ['Please refer to [LLaVA-NeXT-Data](https://acme.example/next) for the data format.'],
    'a set that an open model wrote': ['Download the data of [OpenMathInstruct-2](https://huggingface.co/datasets/nvidia/OpenMathInstruct-2).'],
    'a set that anybody may use': ['Download the LibriSpeech dataset.'],
    'weights trained on it': ['Download the model that was trained on FFHQ.'],
    'weights of its name': ['Download the FFHQ model from the page.'],
    'what was pre-trained on it': ['Download the ImageNet-pretrained backbone. Get the ImageNet weights here.'],
    'names of its classes': ['Download the ImageNet class names.'],
    'its format': ['Prepare your data in the KITTI format.'],
    'another order of the same sentence': ['We look at FFHQ before you download anything.'],
    'what is measured with': ['Download KITTI to evaluate the model.'],
    'a section on measuring': ['## Evaluation\n\nDownload the KITTI dataset.'],
    'what is not there': ['You need not download KITTI.'],
    'in Chinese, something made with it': ['KITTI 上的 demo 视频可从此链接下载。'],
    'rows of results': ['## Datasets\n\n| name | AP |\n| --- | --- |\n| nuScenes | 38.9 |\n'],
    'a mention': ['Our method works on KITTI and FFHQ.'],
    'the repository of the set itself': ['# FFHQ: faces\n\nDownload FFHQ from the links below.'],
    'a collection of sets': ['# Awesome driving data\n\n## Datasets\n\n- [KITTI](http://www.cvlibs.net/datasets/kitti/)\n'],
    'a longer address': ['Download it from https://image-network.example/.'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('leaves a catalogue alone', () => {
    const names = 'KITTI FFHQ AFHQ CelebA ADE20K Cityscapes nuScenes ScanNet ShapeNet DIV2K MUSDB18 AgeDB LRS3 VoxCeleb'.split(' ');
    assert.deepEqual(shown(`## Datasets\n\n${names.map((name) => `- ${name}`).join('\n')}\n`), []);
  });
  it('is a setting of whoever follows it', () =>
    assert.deepEqual(
      readWith(fetchedDataReader, 'docs/data.md', 'Download KITTI.').facts.map((fact) => fact.kind === 'relation' && [fact.role, fact.id.includes(':preset ')]),
      [['decision', true]],
    ));
  it('reads READMEs and documents on data and training', () =>
    assert.deepEqual(
      ['README.md', 'x/INSTALL.md', 'docs/setup.md', 'get_started_for_training.md', 'data/notes.md', 'CHANGELOG.md', 'eval.md'].map((path) =>
        matchesPath(fetchedDataReader, path),
      ),
      [true, true, true, true, true, false, false],
    ));
  it('never throws', () =>
    fuzzText(fetchedDataReader, 'README.md', '## Data\n\n- [KITTI](http://www.cvlibs.net/datasets/kitti/)\n\nDownload the FFHQ dataset.\n'));
});
