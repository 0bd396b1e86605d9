import assert from 'node:assert/strict';
import { proseReader } from '../../server/src/artefacts/prose/reader.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

/** With whom a statement speaks of what: `here`, a named part, or the data. */
const shown = (text: string, path = 'README.md'): readonly string[] => {
  const { facts } = readWith(proseReader, path, text);
  const about = facts.flatMap((fact) =>
    fact.kind === 'licence'
      ? [`${fact.scope}${fact.speaker === 'other' ? ' other' : ''}${fact.work === 'here' ? '' : ` ${fact.work}`}: `]
      : fact.kind === 'relation'
        ? [fact.from === 'here' ? '' : `${fact.from} `]
        : fact.kind === 'work'
          ? []
          : [''],
  );
  return shownBy(proseReader, path, text).map((line, at) => `${about[at] ?? ''}${line}`);
};

const table = (cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));
};

describe('prose', () => {
  for (const path of ['README.md', 'a/Readme_zh.md', 'model_card.md', 'MODEL-CARD.markdown', 'dataset_card.md', 'DATA_CARD.md'])
    it(`reads ${path}`, () => assert.ok(matchesPath(proseReader, path)));
  for (const path of ['README', 'README.txt', 'docs/guide.md', 'CHANGELOG.md']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(proseReader, path)));

  describe('licences', () => {
    table({
      'of the code': ['The code is released under the MIT License.\n', 'code: licence MIT <- MIT'],
      'of the weights': ['The model weights are licensed under CC BY-NC 4.0.\n', 'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0'],
      'of the data': ['The dataset is distributed under CC-BY-4.0.\n', 'data: licence CC-BY-4.0 <- CC-BY-4.0'],
      'of code and weights': [
        'Our code and models are released under the Apache 2.0 license.\n',
        'code: licence Apache-2.0 <- Apache 2.0',
        'weights: licence Apache-2.0 <- Apache 2.0',
      ],
      'of each in turn': [
        'The code is released under the MIT License. The weights are released under CC BY-NC 4.0.\n',
        'code: licence MIT <- MIT',
        'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      ],
      'behind a title in bold on models, of the code alone': [
        '**Notes on Model Licensing**: While all code here is released under an MIT License, our models may inherit restrictions.\n',
        'code: licence MIT <- MIT',
      ],
      'behind a title in bold that says of what': [
        '**Model weights:** released under CC BY-NC 4.0, trained on our data.\n',
        'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      ],
      'in Chinese': ['本项目代码采用 MIT License 开源。\n', 'code: licence MIT <- MIT'],
      'in Chinese, of a limit': ['模型权重仅供学术研究使用，严禁用于商业用途。\n', 'weights: licence none <- 仅供学术研究使用'],
      'in Chinese, of others': ['使用模型时请遵守各自的协议，不得用于商业用途。\n', 'weights other: licence none <- 不得用于商业用途'],
      'in Chinese, of a limit to research': ['本项目仅可应用于研究目的，作者不承担任何责任。\n', 'code: licence none <- 仅可应用于研究目的'],
      'in Chinese, of a limit on any commerce': ['模型权重不得用于任何商业用途。\n', 'weights: licence none <- 不得用于任何商业用途'],
      'in Chinese, of whoever': ['任何人使用模型权重不得用于商业用途。\n'],
      'in Chinese, of the code and of what is narrower beside it': [
        '代码采用 MIT License，可免费商用，模型权重只能用于研究目的。请注明出处。\n',
        'code: licence MIT <- MIT',
        'weights: licence none <- 只能用于研究目的',
      ],
      'of the code and of what is narrower beside it': [
        'The code is released under the MIT License, and the weights are for research only.\n',
        'code: licence MIT <- MIT',
        'weights: licence none <- for research only',
      ],
      'and a limit of the same thing': ['The weights are released under CC BY-NC 4.0, for research only.\n', 'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0'],
      'in Chinese, of the code, and but of the weights': [
        '## License\n\n这里是 [MIT License](./LICENSE) 的开源代码，而使用模型权重必须遵守[模型许可](./MODEL_LICENSE)。\n',
        'any: licence MIT <- MIT',
        'weights: licence none <- 模型许可',
      ],
      'of models by their sizes': [
        '## License\n\n- Otter-14B and Otter-0.5B are licensed under CC BY-NC 4.0.\n',
        'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      ],
      'of the model in front of the page': [
        '# Otter: A Medical Model\n\nWe stress that Otter is for academic research only and any commercial use is prohibited.\n',
        'weights: licence none <- commercial use is prohibited',
      ],
      'of a tool in front of the page': ['# Otter: A Medical Tool\n\nWe stress that Otter is for academic research only.\n'],
      'that has to be kept and lies here': [
        'The use of the weights must comply with the [Otter terms](./OTTER_LICENSE).\n',
        'weights: licence none <- Otter terms',
      ],
      'that has to be kept and lies below': [
        'The use of the weights must comply with the [Otter terms](base/OTTER_LICENSE).\n',
        'weights other: licence none <- Otter terms',
      ],
      'behind a model of ours in a list': [
        '# Otter\n\n- [Otter-7B](https://huggingface.co/acme/otter-7b) (Apache-2.0)\n- [Otter-chat](https://huggingface.co/acme/otter-chat) (*Research purposes only*)\n',
        'weights here#Otter-chat: licence none <- Research purposes only',
      ],
      'behind a model of others in a list': ['# Otter\n\n- [Beaver](https://huggingface.co/acme/beaver) (research purposes only)\n'],
      'in a section': ['## License\n\nMIT License\n', 'any: licence MIT <- MIT'],
      'in a section on citations too': ['## License & Citation\n\nMIT License\n', 'any: licence MIT <- MIT'],
      'in a section on citations alone': ['## Citation\n\nThe paper is licensed under the MIT License.\n'],
      'in a section, with a link to its text': [
        '## License\n\nApache 2.0 (see [`LICENSE`](LICENSE)). More is to come.\n',
        'any: licence Apache-2.0 <- Apache 2.0',
      ],
      'in a section, with a link to its text in the next sentence': [
        '## License\n\nThe code is under the MIT License. Please refer to the [LICENSE](LICENSE) file.\n',
        'code: licence MIT <- MIT',
      ],
      'of code, and a link to the terms of weights': [
        '## License\n\nThe code is under the MIT License. For the weights see the [Model License](MODEL_LICENSE).\n',
        'code: licence MIT <- MIT',
        'weights: licence none <- Model License',
      ],
      'one word in a section': ['## 📄 License\n\nMIT\n', 'any: licence MIT <- MIT'],
      'one word in a section of something else': ['## Formats\n\nMIT\n\nmore\n\nand more\n\nand so on\n'],
      'at the foot of a page': [
        '## Contributing\n\nFork it.\n\n---\n\n<div align="center">\n\n**Otter**\n\nMIT License\n\n</div>\n',
        'any: licence MIT <- MIT License',
      ],
      'at the foot of a page, with the word before it': ['# Otter\n\nIt swims.\n\nLicense: MIT\n', 'any: licence MIT <- License: MIT'],
      'at the foot of a page, between tags': [
        '# Otter\n\nIt swims.\n\n## Community\n\nJoin us.\n\n---\n\n<div align="center">\n  <p>Made at the pond</p>\n  <p>Licensed under <strong>MIT</strong></p>\n</div>\n',
        'any: licence MIT <- MIT',
      ],
      'of something else at the foot of a page': ['# Otter\n\nIt swims.\n\n<div>\n  <p>The docs of Pond are licensed under MIT</p>\n</div>\n'],
      'a key at the foot of a page': ['license: mit\n'],
      'a bare name in the midst of a page': ['MIT License\n\n## Use\n\nRun it.\n\nStop it.\n\nRun it again.\n'],
      'a word at the foot of a page that is no name': ['## Contributing\n\nFork it.\n\nOur License\n'],
      'in a section of the data': ['## Dataset license\n\nCC BY 4.0\n', 'data: licence CC-BY-4.0 <- CC BY 4.0'],
      'in a section of a chapter on more': ['# Disclaimer, License and Citation\n\n## License\n\nMIT License\n', 'any: licence MIT <- MIT'],
      'in a list': [
        '## License\n\n- Code: MIT License\n- Weights: CC BY-NC 4.0\n',
        'code: licence MIT <- MIT',
        'weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      ],
      'by a name that says for what': [
        'Use of the weights requires adherence to the Community License for Baichuan2 Model.\n',
        'weights: licence LicenseRef-baichuan2-community <- Community License for Baichuan2 Model',
      ],
      'on application': [
        '## License\n\nThe model weights are open to research and allow free commercial usage. To apply for a commercial license, please fill in the form.\n',
        'weights: licence none <- apply for a commercial license',
      ],
      'on application, in Chinese': [
        '## 开源协议\n\n水獭支持商用。如果将水獭模型用作商业用途，请联系许可方，以进行登记并向许可方申请书面授权：联系邮箱。\n',
        'weights: licence none <- 申请书面授权',
      ],
      'on application, open to research without it': [
        '# Otter\n\nOtter-6B weights are **fully open** to academic research, and please apply for commercial use by filling in the [registration form](https://otter.example).\n',
        'weights: licence none <- commercial use by filling in',
      ],
      'on application, by a letter': [
        '## License\n\nFor commercial use of the models, please contact us.\n',
        'weights: licence none <- commercial use of the models, please contact',
      ],
      'a letter on something else': ['# Otter\n\nFor commercial use of the models of others, contact them.\n'],
      'a duty of whoever uses them': [
        '## License\n\nModels: Before using these pre-trained models, you agree to tell listeners that otters speak.\n',
        'weights: licence none <- Before using these pre-trained models, you agree',
      ],
      'a duty of other software, and what anybody is asked': [
        '## License\n\nBefore using this software, you agree to be nice. Before using these models, please cite us.\n',
      ],
      'commerce barred before what it is of': [
        '# Otter\n\nCommercial use of the model weights is prohibited.\n',
        'weights: licence none <- Commercial use of the model weights is prohibited',
      ],
      'research only, as others are': [
        '# Otter\n\nIn accordance with other models, this model is not available for commercial use.\n',
        'weights: licence none <- not available for commercial use',
      ],
      'at the end of the thanks': [
        '## Acknowledgements\n\nThanks to all. Our released checkpoints are also for research purposes only. The models of others are for non-commercial use only.\n',
        'weights: licence none <- for research purposes only',
      ],
      'in the news, of one model': [
        '## News\n\n- We are releasing **[Otter 4D](https://huggingface.co/acme/otter4d)**, a diffusion model of rivers, for research purposes:\n',
        'weights here#otter4d: licence none <- for research purposes',
      ],
      'in a row of its own, where it limits the use': [
        '# Otter\n\n| a | https://huggingface.co/acme/otter-a | [Otter Non-Commercial License](b/LICENSE) |\n| b | https://huggingface.co/acme/otter-b | Apache-2.0 |\n',
        'weights here#otter-a: licence none <- Non-Commercial License',
      ],
      'a licence by the name of a model, in a file': [
        '## License\n\nThis project is released under the [otter Model Use License](LICENSE).\n',
        'code: licence none <- otter Model Use License',
        'weights: licence none <- otter Model Use License',
      ],
      'on application to somebody else': ['## 协议\n\n商用请遵循原始模型协议，并申请商业授权。\n'],
      'on application, of a platform': ['The platform’s API is free for models. For commercial use, please apply for a commercial license.\n'],
      'for research alone, in Chinese': [
        '模型权重和数据只能用于研究目的。\n',
        'weights: licence none <- 只能用于研究目的',
        'data: licence none <- 只能用于研究目的',
      ],
      'for research alone, as is obvious': [
        'It should be obvious, but the models are shared for research purposes only and should not be used in products.\n',
        'weights: licence none <- for research purposes only',
      ],
      'of what is named': ['By the license of Otter Labs, the weights are released under the MIT License.\n', 'weights other: licence MIT <- MIT'],
      'as a link': ['This project is licensed under the [MIT License](LICENSE).\n', 'code: licence MIT <- MIT'],
      'over two lines': ['The code is released\nunder the MIT License.\n', 'code: licence MIT <- MIT'],
      'with CRLF': ['# T\r\n\r\nThe code is released under the MIT License.\r\n', 'code: licence MIT <- MIT'],
      'behind other letters': ['é😀\n\nThe code is released under the MIT License.\n', 'code: licence MIT <- MIT'],
      'behind front matter': ['---\nlicense: apache-2.0\n---\n\nThe code is released under the MIT License.\n', 'code: licence MIT <- MIT'],
      'as a purpose': ['The data are intended for research use only.\n', 'data: licence none <- for research use only'],
      'in a fence': ['```\nThe code is released under the MIT License.\n```\n'],
      'in a quotation': ['> The code is released under the MIT License.\n'],
      'in a table': ['| model | licence |\n| --- | --- |\n| a | The code is released under the MIT License. |\n'],
      'in acknowledgements': ['## Acknowledgements\n\nThe code is released under the MIT License.\n'],
      'in a section below them': ['## Related work\n\n### Models\n\nThe code is released under the MIT License.\n'],
      'in a section behind them': ['## Acknowledgements\n\nx\n\n## Licence\n\nThe code is released under the MIT License.\n', 'code: licence MIT <- MIT'],
      'on a condition': ['If the code is released under the MIT License, all is well.\n'],
      'of a source with its address': [
        '## Source data\n\nRIVERS (https://example.org/rivers) licensed under CC BY-NC 4.0\n',
        'data other: licence CC-BY-NC-4.0 <- CC BY-NC 4.0',
      ],
      'of its own with its address': [
        '# Rivers\n\n## Data\n\nRivers (https://example.org/rivers) is licensed under CC BY 4.0\n',
        'data: licence CC-BY-4.0 <- CC BY 4.0',
      ],
      'of a page elsewhere': ['The copyright for the data of this website is licensed under CC BY 4.0.\n', 'data other: licence CC-BY-4.0 <- CC BY 4.0'],
      'for others to mind': ['The code is provided under the MIT License of Others, please respect it.\n', 'code other: licence MIT <- MIT'],
      'as a mention': ['We like the MIT License.\n'],
      'of nothing': ['The code is good.\n'],
    });
  });

  describe('badges', () => {
    table({
      'a licence': [
        '![License](https://img.shields.io/badge/License-MIT-blue.svg)\n',
        'any: licence MIT <- ![License](https://img.shields.io/badge/License-MIT-blue.svg)',
      ],
      'a licence with a link': [
        '[![x](https://img.shields.io/badge/license-Apache%202.0-green)](LICENSE)\n',
        'any: licence Apache-2.0 <- ![x](https://img.shields.io/badge/license-Apache%202.0-green)',
      ],
      'of the code': [
        '![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)',
        'code: licence Apache-2.0 <- ![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)',
      ],
      'of the data': [
        '![Data License](https://img.shields.io/badge/Data%20License-CC%20BY%20NC%204.0-red.svg)',
        'data: licence CC-BY-NC-4.0 <- ![Data License](https://img.shields.io/badge/Data%20License-CC%20BY%20NC%204.0-red.svg)',
      ],
      'of the weights, with hyphens': [
        '![x](https://img.shields.io/badge/Model%20License-CC--BY--NC--4.0-red)',
        'weights: licence CC-BY-NC-4.0 <- ![x](https://img.shields.io/badge/Model%20License-CC--BY--NC--4.0-red)',
      ],
      'a tag': [
        '<a href="LICENSE"><img alt="Code License" src="https://img.shields.io/badge/Code_License-MIT-blue?x"></a>',
        'code: licence MIT <- <img alt="Code License" src="https://img.shields.io/badge/Code_License-MIT-blue?x">',
      ],
      'label and message as fields': [
        '<img src="https://img.shields.io/static/v1?label=data+license&message=CC+BY+4.0&color=white">',
        'data: licence CC-BY-4.0 <- <img src="https://img.shields.io/static/v1?label=data+license&message=CC+BY+4.0&color=white">',
      ],
      'in the row of a table that names something else': ['| [a.bin](https://x.org/a) | ![License](https://img.shields.io/badge/License-MIT-blue.svg) |\n'],
      'in the row of the licence': [
        '| License | ![License](https://img.shields.io/badge/License-MIT-blue.svg) |\n',
        'any: licence MIT <- ![License](https://img.shields.io/badge/License-MIT-blue.svg)',
      ],
      'an example': ['```\n![License](https://img.shields.io/badge/License-MIT-blue.svg)\n```\n'],
      'something else': ['![x](https://img.shields.io/badge/python-3.10-blue)'],
      'a broken escape': ['![License](https://img.shields.io/badge/License-%E0%A4%A-blue)'],
      'a licence that nobody knows': ['![License](https://img.shields.io/badge/License-House-blue)'],
    });
  });

  describe('origins', () => {
    table({
      'a base by its address': [
        'Our model is fine-tuned from [the base](https://huggingface.co/acme/base-7b).\n',
        'finetune hub:acme/base-7b mention <- the base',
      ],
      'a base by its id': ['This model is based on acme/base-7b.\n', 'finetune hub:acme/base-7b mention <- acme/base-7b'],
      'a base by its id in backticks': ['Mine-7B is based on `acme/base-7b-v1.5`.\n', 'here#Mine-7B finetune hub:acme/base-7b-v1.5 <- acme/base-7b-v1.5'],
      'a base with a version in its link': [
        'Mine-7B is based on [Base 1.5](https://huggingface.co/acme/base-7b).\n',
        'here#Mine-7B finetune hub:acme/base-7b <- Base 1.5',
      ],
      'words with a slash': ['This model is based on training/testing data.\n'],
      'a release of what was made from a known model': [
        'We release the OtterLM weights that are built upon [Llama-2-7B](https://huggingface.co/meta-llama/Llama-2-7b).\n',
        'here#OtterLM finetune hub:meta-llama/Llama-2-7b <- Llama-2-7B',
        'name OtterLM <- Llama-2-7B',
        'finetune hub:meta-llama/Llama-2-7b mention <- Llama-2-7B',
      ],
      'a release in the news': [
        '## News\n\n- [Otter-13B](https://huggingface.co/acme/Otter-13B) (based on *Llama-2-13B*) is released.\n',
        'here#Otter-13B finetune hub:meta-llama/Llama-2-13b-hf <- Llama-2-13B',
        'name Otter-13B <- Llama-2-13B',
      ],
      'a release of several': [
        '## News\n\nWe release [Otter-7B](https://huggingface.co/acme/Otter-7B) and [Newt-7B](https://huggingface.co/acme/Newt-7B), based on Llama-2-7B.\n',
      ],
      'a release that is planned': ['## News\n\nWe will release the OtterLM weights based on Llama-2-7B.\n'],
      'a release of code': ['## News\n\nWe release the code of OtterLM weights based on Llama-2-7B and its toolkit.\n'],
      'a release of others': ['## Related work\n\nThe OtterLM weights, based on Llama-2-7B, are released.\n'],
      'an item that begins with a model of ours': [
        '# Otters\n\n- [Otter-7B-v2](https://huggingface.co/acme/Otter-7B-v2): Trained from gemma-7b, and good.\n- [Newt-7B](https://huggingface.co/acme/Newt-7B): trained from gemma-7b.\n',
        'here#Otter-7B-v2 finetune hub:google/gemma-7b <- gemma-7b',
        'name Otter-7B-v2 <- gemma-7b',
      ],
      'the project’s own name': [
        '# Otters: models\n\nThe Otter-chat models were pre-trained from [Llama-2](https://huggingface.co/meta-llama/Llama-2-13b-hf), on some data.\n',
        'here#Otter-chat finetune hub:meta-llama/Llama-2-13b-hf <- Llama-2',
      ],
      'no name at all': [
        '# Otter\n\nWe release two models that are built on top of google/gemma-7b.\n',
        'here#model finetune hub:google/gemma-7b <- google/gemma-7b',
        'finetune hub:google/gemma-7b mention <- google/gemma-7b',
      ],
      'a base, in Chinese': [
        '# 水獭\n\n- 模型基座使用[BLOOM-7B1](https://huggingface.co/bigscience/bloom-7b1)，很好。\n',
        'here#model finetune hub:bigscience/bloom-7b1 <- BLOOM-7B1',
      ],
      'a base behind a name, in Chinese': [
        '# Otter\n\n- Otter-7B-base: 基于Llama-2-7B增量预训练。\n',
        'here#Otter-7B-base finetune hub:meta-llama/Llama-2-7b-hf <- Llama-2-7B',
      ],
      'the structure of a model, in Chinese': ['# Otter\n\n该模型基于Llama-2-7B结构。\n'],
      'a field of a list': [
        '# Otter\n\n- **Finetuned from model:** [Llama-2-70B](https://huggingface.co/meta-llama/Llama-2-70b)\n',
        'here#model finetune hub:meta-llama/Llama-2-70b <- Llama-2-70B',
      ],
      'a field of a card that has front matter': [
        '---\nlicense: mit\n---\n# Otter\n\n- **Finetuned from model:** [Llama-2-70B](https://huggingface.co/meta-llama/Llama-2-70b)\n',
      ],
      'a name that nearly all use alike': [
        '# Otter\n\nOtter is fine-tuned from LLaMA 7B.\n',
        'here#Otter finetune hub:huggyllama/llama-7b <- LLaMA 7B',
        'finetune hub:huggyllama/llama-7b mention <- LLaMA 7B',
      ],
      'a family, as people write it': [
        '# Otter\n\nOtter-7B is based on LLaMA.\n\nOur model is built on top of Stable Diffusion v1.5.\n\n本项目基于 LLaMA2 进行微调。\n',
        'here#Otter-7B finetune hub:huggyllama/llama-7b <- LLaMA',
        'here#model finetune hub:runwayml/stable-diffusion-v1-5 <- Stable Diffusion v1.5',
        'here#model finetune hub:meta-llama/Llama-2-7b-hf <- LLaMA2',
      ],
      'what we tune, and a tagline': [
        '# Otter\n\nA finetuned instruction LLaMA.\n\nWe fine-tune Gemma 2 on our data.\n',
        'here#model finetune hub:huggyllama/llama-7b <- LLaMA',
        'here#model finetune hub:google/gemma-2-9b <- Gemma 2',
      ],
      'words of an item, in Chinese': [
        '# Otter\n\n- 模型特点：使用 LLaMA2 扩充中文词表，在语料上增量预训练。\n- Otter-LLaMA 系列模型基于 LLaMA 权重和词表。\n',
        'here#model finetune hub:meta-llama/Llama-2-7b-hf <- LLaMA2',
        'here#Otter-LLaMA finetune hub:huggyllama/llama-7b <- LLaMA',
      ],
      'families of others, code and plans': [
        '# Otter\n\nThis code is based on Stable Diffusion. Otter will be based on LLaMA. Otter is based on LLaMA-Factory. We fine-tune LLaMA for comparison. Otter is based on the LLaMA architecture.\n',
      ],
      'a size before the name': [
        '# Otter\n\nOur model is fine-tuned from a 7B LLaMA on 52K instructions.\n',
        'here#model finetune hub:huggyllama/llama-7b <- 7B LLaMA',
        'finetune hub:huggyllama/llama-7b mention <- 7B LLaMA',
      ],
      'the model of a heading': [
        '# Otter: a model\n\n## Otter-13B\n\n- **Version**: Built on the Llama-2-13B model.\n',
        'here#Otter-13B finetune hub:meta-llama/Llama-2-13b-hf <- Llama-2-13B',
      ],
      'the code below the heading of a model': ['# Otter: a model\n\n## Otter-13B\n\n- **Training code**: built on Llama-2-13B.\n'],
      'a heading of another model': ['# Otter: a model\n\n## Beaver-13B\n\n- **Version**: Built on the Llama-2-13B model.\n'],
      'what a model of a heading uses': [
        '# Otter: a model\n\n## Otter-13B\n\n- **Preview**: Utilizes the Llama-2-13B model.\n',
        'here#Otter-13B finetune hub:meta-llama/Llama-2-13b-hf <- Llama-2-13B',
      ],
      'what a model uses as its backbone': [
        '# Otter\n\nOtter uses Llama-2-7B as its backbone.\n\nWe use `Llama-2-13B` as the base model.\n\n我们采用 Llama-2-70B 作为基座模型。\n',
        'here#Otter finetune hub:meta-llama/Llama-2-7b-hf <- Llama-2-7B',
        'here#model finetune hub:meta-llama/Llama-2-13b-hf <- Llama-2-13B',
        'here#model finetune hub:meta-llama/Llama-2-70b-hf <- Llama-2-70B',
      ],
      'what a model keeps frozen': ['# Otter\n\nOtter uses frozen Llama-2-7B models.\n', 'here#Otter finetune hub:meta-llama/Llama-2-7b-hf <- Llama-2-7B'],
      'what a program uses': ['# Otter\n\nOtter uses Llama-2-7B to answer. We use Llama-2-7B as the judge. You can use Llama-2-7B as the base model.\n'],
      'what a row says of a model of ours': [
        '# Otter\n\n| Model | What |\n| - | - |\n| [otter-x-lora](https://huggingface.co/acme/otter-x-lora) | Fine-tuned Llama2-7b model with LoRA |\n',
        'here#otter-x-lora finetune hub:meta-llama/Llama-2-7b-hf <- Llama2-7b',
        'name otter-x-lora <- Llama2-7b',
      ],
      'what a row says of a model of others': [
        '# Otter\n\n| Model | What |\n| - | - |\n| [beaver](https://huggingface.co/acme/beaver) | Fine-tuned Llama2-7b model with LoRA |\n',
      ],
      'in Korean, before the model': [
        '# Otter\n\n1. LLaMA 7B 기반 [Full] -> [acme/Otter-7B](https://huggingface.co/acme/Otter-7B)\n',
        'here#Otter-7B finetune hub:huggyllama/llama-7b <- LLaMA 7B',
        'name Otter-7B <- LLaMA 7B',
      ],
      'in Korean, a plan': ['# Otter\n\n1. LLaMA 7B 기반 예정 -> [acme/Otter-7B](https://huggingface.co/acme/Otter-7B)\n'],
      'in Korean, a model of others': ['# Otter\n\n1. LLaMA 7B 기반 -> [acme/Beaver-7B](https://huggingface.co/acme/Beaver-7B)\n'],
      'a table with names as the hub has them': [
        '| Model | Base Model |\n|---|---|\n| [acme/otter-7b](https://huggingface.co/acme/otter-7b) | [meta-llama/Llama-2-7b-hf](https://huggingface.co/meta-llama/Llama-2-7b-hf) |\n',
        'here#otter-7b finetune hub:meta-llama/Llama-2-7b-hf <- [meta-llama/Llama-2-7b-hf](https://huggingface.co/meta-llama/Llama-2-7b-hf)',
        'name otter-7b <- [meta-llama/Llama-2-7b-hf](https://huggingface.co/meta-llama/Llama-2-7b-hf)',
      ],
      'an architecture': ['# Otter\n\nOtter is based on the Llama-2-7B architecture.\n', 'finetune hub:meta-llama/Llama-2-7b-hf mention <- Llama-2-7B'],
      'how to train one': ['# Otter\n\nTraining Otter based on Llama-2-7B:\n'],
      'another project': ['# Otter\n\nBeaver is fine-tuned from Llama-2-7B too.\n', 'finetune hub:meta-llama/Llama-2-7b-hf mention <- Llama-2-7B'],
      'a model of ours with recorded terms': [
        '# StarCoder2\n\nFind it at https://huggingface.co/bigcode/starcoder2-15b now.\n',
        'here#starcoder2-15b finetune hub:bigcode/starcoder2-15b <- https://huggingface.co/bigcode/starcoder2-15b',
        'name starcoder2-15b <- https://huggingface.co/bigcode/starcoder2-15b',
      ],
      'a model of others with recorded terms': ['# Otter\n\nTry https://huggingface.co/bigcode/starcoder2-15b now.\n'],
      'a table with a base by its name': [
        '# Otter\n\n| | Backbone | Link |\n| - | - | - |\n| **Otter-8B** | Llama-2-7B | [HF](https://huggingface.co/acme/Otter-8B) |\n',
        'here#Otter-8B finetune hub:meta-llama/Llama-2-7b-hf <- Llama-2-7B',
        'name Otter-8B <- Llama-2-7B',
      ],
      'a table of results': ['# Otter\n\n| Backbone | AP |\n| - | - |\n| Llama-2-7B | 3 |\n'],
      'a part by its base': ['Mine-7B is derived from [Base](https://huggingface.co/acme/base-7b).\n', 'here#Mine-7B finetune hub:acme/base-7b <- Base'],
      'a part by the name that is shown': [
        'We release [Our-Mine-Plus-7B](https://hf.co/acme/Our-Mine-7B), derived from [Base](https://huggingface.co/acme/base-7b).\n',
        'here#Our-Mine-Plus-7B finetune hub:acme/base-7b <- Base',
      ],
      'a teacher': ['Mine-7B is distilled from [Big](https://huggingface.co/acme/big-70b).\n', 'here#Mine-7B distilledFrom hub:acme/big-70b <- Big'],
      'parts and bases, respectively': [
        'We release [Mine-7b](https://hf.co/acme/Mine-7b) and [Mine-8b](https://hf.co/acme/Mine-8b), trained based on [Base](https://hf.co/acme/base-7b) and `acme/other-8b`, respectively.\n',
        'here#Mine-7b finetune hub:acme/base-7b <- Base',
        'here#Mine-8b finetune hub:acme/other-8b <- acme/other-8b',
      ],
      'parts and bases that do not pair': ['Mine-7b, Mine-8b and Mine-9b are based on `acme/base-7b` and `acme/other-8b`, respectively.\n'],
      'a comparison': ['Unlike others, Mine-7B is based on [Base](https://huggingface.co/acme/base-7b).\n'],
      'data that a service rewrote': [
        "After that, we utilized OpenAI's GPT-4 to rephrase the cards into question-answer pairs.\n",
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'data that somebody is told to make': [
        '- Use OpenAI `gpt-4` to produce eval data for us.\n',
        'here#data generatedBy service:openai/gpt-4 <- gpt-4',
        'told openai <- gpt-4',
      ],
      'data that a service added to': [
        '- Augmented the instructions in the data with rephrasings from GPT-4.\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'data that we collect': ['We collect instruction data from GPT-4.\n', 'here#data generatedBy service:openai/gpt-4 <- GPT-4', 'told openai <- GPT-4'],
      'data that a service wrote, in Chinese': [
        '所有数据均由 GPT-4 自动生成。\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'data that a service wrote, in Korean': [
        '데이터를 GPT-4를 통해 생성하였습니다.\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'data that a service wrote, in Japanese': [
        'このデータはGPT-4を用いて生成した。\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'what somebody may make, in Korean': ['GPT-4를 통해 데이터를 생성할 수 있습니다.\n', 'told openai <- GPT-4'],
      'a comparison, in Korean': ['GPT-4와 비교하여 데이터를 통해 생성 품질을 평가했습니다.\n', 'told openai <- GPT-4'],
      'scores, in Chinese': ['我们使用GPT-4根据注释和问题对模型生成的答案进行评分。\n', 'told openai <- GPT-4'],
      'what a program does': ['You can use GPT-4 to extract data. We use GPT-4 to answer questions.\n', 'told openai <- GPT-4'],
      'data that a service wrote': [
        'The instructions were generated by GPT-4.\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai <- GPT-4',
      ],
      'data that a service wrote, with its owner': [
        "The instruction data were generated with OpenAI's GPT-4o.\n",
        'here#data generatedBy service:openai/gpt-4o <- GPT-4o',
        'told openai <- GPT-4o',
      ],
      'data of two services': [
        'The conversations were collected from ChatGPT and Claude.\n',
        'here#data generatedBy service:openai/chatgpt <- ChatGPT',
        'here#data generatedBy service:anthropic/claude <- Claude',
        'told openai <- ChatGPT',
        'told anthropic <- Claude',
      ],
      'a judge': ['The answers were evaluated by GPT-4.\n'],
      'a rival': ['Our data generated by hand outperform GPT-4.\n'],
      'no data': ['The poem was written by GPT-4.\n', 'told openai <- GPT-4'],
      terms: [
        'The data generated by GPT-4 must comply with the terms of use.\n',
        'here#data generatedBy service:openai/gpt-4 <- GPT-4',
        'told openai and its terms <- GPT-4',
      ],
      'a service by who offers it': ['Descriptions are obtained by calling the OpenAI endpoint.\n', 'told openai <- OpenAI'],
      'data by a later model': [
        'The responses were generated with GPT-5.4.\n',
        'here#data generatedBy service:openai/gpt-5 <- GPT-5.4',
        'told openai <- GPT-5.4',
      ],
      'a small later model that labels': [
        'The answers were annotated by gpt-5-mini.\n',
        'here#data generatedBy service:openai/gpt-5 <- gpt-5-mini',
        'told openai <- gpt-5-mini',
      ],
      'a model of another service': ['The answers were generated by Grok 4.\n', 'here#data generatedBy service:xai/grok <- Grok 4', 'told xai <- Grok 4'],
      'a service, in Chinese': ['数据由 GPT-4 生成。\n', 'here#data generatedBy service:openai/gpt-4 <- GPT-4', 'told openai <- GPT-4'],
      'a service that is only named': ['GPT-4 is large.\n'],
    });
  });

  it('names the parts that it speaks of, once', () => {
    const works = readWith(
      proseReader,
      'README.md',
      'Mine-7B is derived from [B](https://huggingface.co/acme/base-7b). Mine-7B is distilled from [C](https://huggingface.co/acme/big-70b).\n',
    ).facts.flatMap((fact) => (fact.kind === 'work' ? [fact.work] : []));
    assert.deepEqual(works, ['here#Mine-7B']);
  });

  it('ends soon on hostile text', () => {
    const parts = [
      'a ',
      'The code is licensed under ',
      'MIT ',
      '. A',
      '![License](https://img.shields.io/badge/',
      '![',
      '](',
      'generated by ',
      'GPT-4 ',
      'based on ',
      '[x](https://huggingface.co/',
      '# a\n',
      '- a\n',
      '> a\n',
      '| a |\n',
      '```\n',
      '\n',
      ' ',
      '\t',
      '`',
      '**',
      'data data ',
      'A-1b ',
      'released ',
      'for the use ',
      'using ',
    ];
    for (const part of parts) {
      const started = cpuTime();
      readWith(proseReader, 'README.md', `data ${part.repeat(Math.ceil(100_000 / part.length))}`);
      assert.ok(cpuTime() - started < 1500, `${JSON.stringify(part)}: ${cpuTime() - started} ms`);
    }
  });

  it('says so when it leaves statements out', () => {
    const many = (count: number): string => Array.from({ length: count }, (_, at) => `The data were generated by GPT-4.\n\n# Part ${at}\n`).join('\n');
    assert.deepEqual(readWith(proseReader, 'README.md', many(300)).problems, []);
    const { facts, problems } = readWith(proseReader, 'README.md', many(500));
    assert.equal(facts.length, 400);
    assert.deepEqual(problems, [{ message: 'more than 400 statements', span: null, limit: true }]);
  });

  it('takes four times as long, about, for four times the items below a long heading', function () {
    this.retries(2);
    const time = (items: number): number => {
      const started = cpuTime();
      readWith(proseReader, 'README.md', `# ${'c '.repeat(9_900)}\n${'\n- a'.repeat(items)}`);
      return cpuTime() - started;
    };
    time(1_000);
    const [few, many] = [time(30_000), time(120_000)];
    assert.ok(many < few * 10, `${few} ms and ${many} ms`);
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(
      proseReader,
      'README.md',
      "---\nlicense: mit\n---\n# Mine-7B é😀\n\n[![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)](LICENSE)\n\nThe code is released under the **MIT** License. The `mine-7b` weights are licensed under CC BY-NC 4.0.\n\n- Mine-7B is derived from [B](https://huggingface.co/acme/base-7b).\n- The instructions were generated by OpenAI's GPT-4.\n\n## Dataset license\nCC BY 4.0, for research use only\n",
    );
  });
});

describe('terms that something has', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'The model weights have a CC BY-NC 4.0 license.': ['weights: licence CC-BY-NC-4.0 <- CC BY-NC 4.0'],
    'Please note that the models are only for non-commercial use.': ['weights: licence none <- for non-commercial use'],
    '- `otter-8x22B-v0.1.tar` has a custom non-commercial license.': ['licence'],
    'Beaver-7B has a non-commercial license.': [],
    'Please cite the models with a CC BY-NC 4.0 license.': [],
  };
  for (const [text, expected] of Object.entries(cases))
    it(text, () => {
      const found = shown(`# Otter\n\n${text}\n`).filter((line) => line.includes('licence'));
      if (expected[0] === 'licence') assert.match(found.join(' '), /weights here#otter-8x22B-v0\.1\.tar: licence none/);
      else
        assert.deepEqual(
          found.map((line) => line.replace(/<- .*$/, '').trim()),
          expected.map((line) => line.replace(/<- .*$/, '').trim()),
        );
    });
});

describe('data that a service wrote, by how people put it', () => {
  const model = (text: string): readonly string[] => shown(`${text}\n`).flatMap((line) => /generatedBy service:(\S+)/.exec(line)?.[1] ?? []);
  const said: Readonly<Record<string, string>> = {
    'Many of these data use chatgpt\u2019s interface like others do to generate instruction data.': 'openai/chatgpt',
    'Data were obtained through the OpenAI API.': 'openai',
    'We leverage GPT-4V for data annotation.': 'openai/gpt-4',
    'Using GPT-4 as a teacher, we generate 9K samples.': 'openai/gpt-4',
    'The responses are from GPT-4.': 'openai/gpt-4',
    'Labels come from GPT-4o.': 'openai/gpt-4o',
    'GPT-4-generated captions are released.': 'openai/gpt-4',
    'ChatGPT generated dialogues for training.': 'openai/chatgpt',
    'The training data includes ShareGPT and letters.': 'openai/chatgpt',
    '训练使用了 ShareGPT 9K 数据。': 'openai/chatgpt',
    '这些数据很多都像别人那样，使用chatgpt的接口，生成高质量的instruction数据。': 'openai/chatgpt',
    '我们调用 ChatGPT 接口获得了 5 万条对话数据。': 'openai/chatgpt',
    '用 ChatGPT 得到 10 万条指令数据。': 'openai/chatgpt',
    '数据来源于 ChatGPT 的回答。': 'openai/chatgpt',
    '指令数据由 text-davinci-003 得到。': 'openai/text-davinci-003',
    'GPT-4-Otter shares instructions generated by GPT-4.': 'openai/gpt-4',
    'We used `gpt-4` to annotate the samples instead of `gpt-3`.': 'openai/gpt-4',
    'We translated the [otter_data.json](https://github.com/acme/otter) to Danish using ChatGPT API.': 'openai/chatgpt',
    'It has 9k dialogs generated by letting ChatGPT talk to itself.': 'openai/chatgpt',
    'Based on Otter, we made more instructions and used GPT-4 to condense them.': 'openai/gpt-4',
    '| Rivers | 9k | Captions generated by GPT-4V |': 'openai/gpt-4',
    'The models are trained on synthetic data generated by OpenAI models.': 'openai',
    'Use is subject to the [Terms of Use](https://openai.com/policies/terms-of-use) of the data generated by OpenAI.': 'openai',
    'They are also limited to uses that follow the license agreement of Otter, Beaver and GPT-4.': 'openai/gpt-4',
    'It should abide by the policy of OpenAI: https://openai.com/policies/terms-of-use': 'openai',
    'Follow all licenses, with the [OpenAI Terms of Use](https://openai.com/policies/terms-of-use) for the dataset among them.': 'openai',
    '这些数据须遵守 OpenAI 的使用条款。': 'openai',
  };
  for (const [text, expected] of Object.entries(said)) it(text, () => assert.deepEqual(model(text), [expected]));
  const others = [
    'Training data have to be in ShareGPT format.',
    'We support training with ShareGPT-style conversations.',
    '训练数据须为 ShareGPT 格式。',
    '我们在对话数据上微调，基准包括 ShareGPT-15K。',
    'We detect ChatGPT-generated answers.',
    'We compare GPT-4-generated captions.',
    'The answers are better than those from GPT-4.',
    '模型像 ChatGPT 一样生成回答。',
    '可用 ChatGPT 生成数据。',
    '不用 ChatGPT 得到数据。',
    'Generate queries with the scripts in `data/gpt-4/scripts` for the questions.',
    'You can regenerate the samples using ChatGPT.',
    '[RLHF](https://openai.com/blog/chatgpt)によるファインチューニングで応答を生成します。',
    'By using this app you agree to follow the terms of use of OpenAI.',
    'The data were written by people instead of GPT-4.',
    'Please respect the terms of OpenAI.',
    '| Rivers | generated by hand | captions | GPT-4 |',
  ];
  for (const text of others) it(text, () => assert.deepEqual(model(text), []));
});
