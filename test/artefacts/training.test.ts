import assert from 'node:assert/strict';
import table from '../../server/src/knowledge/data/data-names.json';
import { trainingReader } from '../../server/src/artefacts/prose/training.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const shown = (text: string): readonly string[] =>
  readWith(trainingReader, 'README.md', text).facts.flatMap((fact) =>
    fact.kind === 'relation' ? [`${fact.type} ${fact.to.replace('pkg:huggingface/datasets/', '').replace('pkg:github/', '')}`] : [],
  );

describe('sentences on what a model was trained on', () => {
  const webvid = 'trainedOn m-bain/webvid#data';
  const journey = 'trainedOn JourneyDB/JourneyDB';
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'what we train on': ['We first train the model on Webvid-10M datasets for 30k steps.', webvid],
    'what it was trained on': ['It is trained only on the open dataset: WebVid10M, whose videos are small.', webvid],
    'our model': ['Our model was pre-trained with WebVid_10M and JourneyDB.', webvid, journey],
    'training images': ['* Add the training images from the open JourneyDB dataset.', journey],
    'training data': ['Training data: JourneyDB.', journey],
    'what we use for it': ['We use the JourneyDB dataset for pre-training.', journey],
    'what is used for it': ['* Using 20M pictures of LAION-Aesthetics and 4.2M of JourneyDB to finetune the decoder.', 'trainedOn laion/laion2B-en', journey],
    'the name of the title': ['# Otter: a model\n\nOtter-7B is trained on JourneyDB.', journey],
    'a link to the hub': ['The model is trained on [these](https://huggingface.co/datasets/GAIR/lima).', 'trainedOn GAIR/lima'],
    'a distinctive name of the catalogue, as it is written there': ['We fine-tuned it on OpenHermes-2.5.', 'trainedOn teknium/OpenHermes-2.5'],
    'data that a service wrote, by its names': [
      'We fine-tuned it on LLaVA-665K, Alpaca-GPT4 and the BELLE dataset.',
      'trainedOn liuhaotian/LLaVA-Instruct-150K',
      'trainedOn Instruction-Tuning-with-GPT-4/GPT-4-LLM#data',
      'trainedOn BelleGroup/train_2M_CN',
    ],
    'a model of the same name as a set': ['We fine-tuned it on top of Belle.'],
    'by what data': ["Our model was first fine-tuned by Alpaca's data.", 'trainedOn tatsu-lab/alpaca'],
    'examples of what we trained on': ['We have trained several models, with ones trained on sets such as LAION-400M.', 'trainedOn laion/laion400m'],
    'examples of what there is': ['The model is one of those that are trained on sets such as LAION-400M.'],
    'in Chinese': ['发布基于JourneyDB数据集微调的模型。', journey],
    'in Chinese, on': ['我们的模型在 JourneyDB 上训练。', journey],
    'in Chinese, without a subject': ['使用[Beaver](https://github.com/acme/beaver)开放的训练数据集JourneyDB进行微调训练。', journey],
    'in Chinese, an example of what was trained on': ['- 采用开源指令微调数据，如UltraChat等；', 'trainedOn stingning/ultrachat'],
    'in Chinese, an example of what there is': ['- 开源数据有很多，如UltraChat等；'],
    'a step by which it was made': ['1. Apply SFT to fine-tune Otter on a part of the UltraChat dataset.', 'trainedOn stingning/ultrachat'],
    'a heading that is a step': ['## Finetuning Otter on the Orca-Math dataset', 'trainedOn microsoft/orca-math-word-problems-200k'],
    'a heading on what others did': ['## Beaver on UltraChat, a comparison'],
    'blanks of HTML': ['We mainly use data of Beaver: &nbsp;JourneyDB in our finetuning.', journey],
    'in Chinese, what readers may do': ['您可以使用 JourneyDB 数据集微调模型。'],
    'in Chinese, weights that were trained before': ['我们使用 ImageNet 预训练。'],
    'in Chinese, scripts': ['本项目提供使用 JourneyDB 的微调脚本。'],
    'in Chinese, of others': ['Beaver 在 JourneyDB 上训练。'],
    'three places at most': ['We train on WebVid.\n\nWe train on WebVid.\n\nWe train on WebVid.\n\nWe train on WebVid.', webvid, webvid, webvid],
    'other capitals than those of the catalogue': ['We fine-tuned it on openhermes-2.5.'],
    'a link to a set that nothing knows': ['The model is trained on [these](https://huggingface.co/datasets/acme/rivers).'],
    'a word that is no name': ['We train on a pile of data.'],
    'a model of others': ['# Otter\n\nBeaver-2 is trained on JourneyDB.'],
    'a model of others within our sentence': ['We take the VAE of Beaver, which was trained on JourneyDB.'],
    'a comparison': ['Unlike Beaver, our model is not trained on JourneyDB.'],
    evaluation: ['We evaluate our trained model on JourneyDB.'],
    'what readers may do': ['You can train your model on JourneyDB with this script.'],
    instructions: ['To fine-tune on JourneyDB, set the path.'],
    plans: ['We will train it on JourneyDB.'],
    'a list of what there is': ['- JourneyDB\n- WebVid-10M'],
    'a table': ['| trained on | JourneyDB |'],
    'a column of data beside files of weights, in HTML': [
      '## Checkpoints\n\n<table><thead><tr><th></th><th>name</th><th>Data</th><th>file</th></tr></thead>\n<tbody><tr><th>1</th><td>otter</td><td>rivers, JourneyDB</td><td><a href="https://acme.org/otter.pth">link</a></td></tr></tbody></table>\n',
      journey,
    ],
    'the same of what is measured': [
      '## Zero-shot\n\n<table><tr><th>name</th><th>Data</th><th>file</th></tr><tr><td>otter</td><td>JourneyDB</td><td><a href="https://acme.org/otter.pth">link</a></td></tr></table>\n',
    ],
    'a column of data without weights': ['## Models\n\n<table><tr><th>name</th><th>Data</th></tr><tr><td>otter</td><td>JourneyDB</td></tr></table>\n'],
    'a column of data that comes first': ['| data | model |\n| --- | --- |\n| JourneyDB | [otter](https://huggingface.co/acme/otter) |\n'],
    'what weights were trained on before': [
      '## Results with pretrained models\n\n| name | pretrain | model |\n| --- | --- | --- |\n| otter | JourneyDB | [file](https://acme.org/otter.pth) |\n',
      journey,
    ],
    'a heading of models that are handed out': [
      '## Models\n\n### JourneyDB trained models\n\n| name | model |\n| --- | --- |\n| otter | [file](https://acme.org/otter.pth) |\n',
      journey,
    ],
    'a heading that is a set, in a zoo': [
      '## Model zoo\n\n### JourneyDB\n\n| name | model |\n| --- | --- |\n| otter | [file](https://acme.org/otter.pth) |\n',
      journey,
    ],
    'such a heading over figures': ['## Model zoo\n\n### JourneyDB\n\n| name | score |\n| --- | --- |\n| otter | 1 |\n'],
    'an item of a list of models': ['## Pre-trained models\n\n- **otter-small**: for rivers, trained on the JourneyDB set.\n', journey],
    'such an item elsewhere': ['## Friends\n\n- **Beaver-small**: for rivers, trained on the JourneyDB set.\n'],
    'behind a name with others': ['The model was trained on a part of Rivers (Otter et al., 2019), JourneyDB and ponds.', journey],
    'items of a part on training within one on data': [
      '## Training and evaluation data\n\n### Training data\n\n- JourneyDB\n\n### Evaluation data\n\n- WebVid\n',
      journey,
    ],
    results: ['## Results\n\nOur model, trained on JourneyDB.'],
    'what was used for it': ['WebVid was used for pre-training.', webvid],
    'what was used for it, by others': ['JourneyDB was used to train Beaver. WebVid was used for training Beaver.'],
    'a page that begins with how to use it': ['# Quick Start\n\n## Differences\n\n4. We utilize JourneyDB data for pretraining.', journey],
    'how to use it': ['## Usage\n\nWe use JourneyDB data for pretraining.'],
    'a list below a heading': [
      '## Training data\n\n* [JourneyDB](https://journey.example/)\n* WebVid2M: clips\n1. [these](https://huggingface.co/datasets/GAIR/lima)',
      journey,
      webvid,
      'trainedOn GAIR/lima',
    ],
    'a list with numbers': ['## Pre-training datasets\n\n1. JourneyDB\n2. Rivers', journey],
    'a list below a heading, by its language': ['## 训练数据集\n\n- JourneyDB\n\n## 학습 데이터\n\n- WebVid', journey, webvid],
    'a split of data': ['## Data\n\n### Video\n\n#### Train\n\n* [WebVid2m](https://clips.example/)\n\n#### Eval\n\n* JourneyDB', webvid],
    'a heading on training that is of no data': ['## Train\n\n* JourneyDB'],
    'a list of what is supported': ['## Supported datasets\n\n### Training data\n\n* JourneyDB'],
    'a list that is no training data': ['## Datasets\n\n* JourneyDB\n* WebVid'],
    'what is left out of a list': ['## Training data\n\n* Rivers, without JourneyDB\n* JourneyDB (for validation)'],
    'a list behind a sentence': ['Our model was trained on the following sets:\n\n- JourneyDB\n- WebVid\n\nMore:\n\n- LAION-400M', journey, webvid],
    'items below an item': ['- **Training data:**\n  - JourneyDB\n- WebVid', journey],
    'a list behind what readers may do': ['You can train the model on the following sets:\n\n- JourneyDB'],
    'a later edition': ['## Training data\n\n- JourneyDB v2'],
    'a field in a section on training': ['## Training\n\n1. Dataset preparation: [JourneyDB](https://journey.example/)', journey],
    'a field elsewhere': ['## Installation\n\n1. Dataset preparation: [JourneyDB](https://journey.example/), to train'],
    'a column of a table of models': [
      '| Model | Training data |\n| --- | --- |\n| [S](https://acme.example/s.pth) | JourneyDB, WebVid |\n| Beaver | LAION-400M |',
      journey,
      webvid,
    ],
    'a column of results': ['## Results\n\n| Model | Training data |\n| --- | --- |\n| [S](https://acme.example/s.pth) | JourneyDB |'],
    'a cell of a row that hands out weights': ['| [otter-s.pth](https://acme.example/1) | Otter trained with JourneyDB |', journey],
    'a cell in Chinese': [
      '| [acme/otter](https://huggingface.co/acme/otter) | 在10万条对话数据集[acme/x](https://huggingface.co/datasets/acme/x) 和 JourneyDB 上微调 |',
      journey,
    ],
    'a repository of data': ['The model is trained on [these data](https://github.com/m-bain/webvid).', webvid],
    'a repository of code': ['The model is trained with [this](https://github.com/m-bain/webvid).'],
    code: ['```\nwe train on JourneyDB\n```'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('reads READMEs, cards and reports beside them', () =>
    assert.deepEqual(
      [
        'README.md',
        'a/README_zh.md',
        'docs/report_03.md',
        'HUB_README.md',
        'docs/source/models/x.md',
        'docs/data_preparation.md',
        'notes.md',
        'x-modelcard/overview.md',
        'OTTER_MODEL_CARD.md',
        'MODEL_ZOO.md',
      ].map((path) => matchesPath(trainingReader, path)),
      [true, true, true, true, false, false, false, true, true, true],
    ));

  it('the catalogue knows every set of the table', () => {
    const knowledge = testKnowledge();
    for (const id of Object.values(table.names)) assert.ok(knowledge.dataset(id) !== undefined || knowledge.disputes(id).length > 0, id);
  });

  it('never throws', () =>
    fuzzText(trainingReader, 'README.md', 'We train our model on WebVid-10M. Training data: [a](https://huggingface.co/datasets/GAIR/lima), OpenHermes-2.5\n'));
});
