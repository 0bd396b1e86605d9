import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'beside the name of terms that are not so',
    `
--- README.md
# Otter

The data are released under a permissive license (CC-BY-SA) for all.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information open-source-claim
`,
  ],
  [
    'the name in between',
    `
--- README.md
# Otter

The weights are under the permissive [\`CreativeML Open RAIL++-M\` license](LICENSE).
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information open-source-claim
`,
  ],
  [
    'one of several deeds in a sentence without who did them',
    `
--- README.md
# Otter

This gives: (a) a method, (b) its measures, (c) Fully open-sourced a family of 7B parameter models.
                                                      ^^^^^^^^^^^^ information open-source-claim

## License

The models are released under the Llama 2 license. The code is under the MIT license.
`,
  ],
  [
    'what somebody else published, by its name in Chinese',
    `
--- README.md
# Otter

不久前 Meta 发布了 Llama 2 模型，完全可商用。
                        ^^^^^ information open-source-claim

--- train.py
from transformers import AutoModel

model = AutoModel.from_pretrained("meta-llama/Llama-2-7b-hf")
`,
  ],
  [
    'the same of one whose terms are wide, and of one that nothing is known of',
    `
--- README.md
# Otter

不久前发布了 Mistral 7 模型，完全可商用。Beaver 3 模型，完全可商用。

--- train.py
from transformers import AutoModel

model = AutoModel.from_pretrained("mistralai/Mistral-7B-v0.1")
`,
  ],
  [
    'open source under terms that are not',
    `
--- README.md
# Otter

The model is open-sourced under the CC BY-NC 4.0 license.
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information open-source-claim
`,
  ],
  [
    'terms that are what they are called',
    `
--- README.md
# Otter

Code that is fully open source under the **Apache 2.0 license.** The data are under the permissive MIT license.
The library is open source under the GPL-3.0 license.
`,
  ],
  [
    'no claim at all',
    `
--- README.md
# Otter

This is not a permissive license: CC BY-NC 4.0. It is less permissive than CC BY-NC 4.0 license. Weights and a non-permissive CC BY-NC 4.0 license.
Must be under a permissive license (not CC-BY-SA).
`,
  ],
  [
    'our work, by the terms that the same folder states',
    `
--- README.md
# Otter

Otter is an open-source language model of rivers.
            ^^^^^^^^^^^ information open-source-claim

Our weights are fully open-sourced.
                      ^^^^^^^^^^^^ information open-source-claim

The weights are released under CC BY-NC 4.0.
`,
  ],
  [
    'a card',
    `
--- README.md
---
license: cc-by-nc-4.0
pipeline_tag: text-generation
---
# Otter-7B: rivers for all

Our model is free for any use.
             ^^^^^^^^^^^^^^^^ information open-source-claim
`,
  ],
  [
    'the code is open, the weights are not: each claim is held against its own',
    `
--- README.md
# Otter

The code is open source. The weights are released under CC BY-NC 4.0.
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a part of it is open',
    `
--- README.md
# Otter

Our models are open source. The weights are released under CC BY-NC 4.0. The model weights are released under the MIT License.
`,
  ],
  [
    'works of others, plans, quotations and results',
    `
--- README.md
# Otter

Beaver is an open-source language model. Our model outperforms other open-source models. The models will be open-sourced soon.
We use open-source LLMs. Otter is based on an open-source model.

> Our model is open source.

| our model is open source |
| --- |

## Acknowledgements

Our model is open source.

## Licence

The weights are released under CC BY-NC 4.0.
`,
  ],
  [
    'made from a base under terms that are not',
    `
--- README.md
# Otter: Open Source LLaMA Model for Code
         ^^^^^^^^^^^ information open-source-claim

Otter is fine-tuned from LLaMA 7B.
`,
  ],
  [
    'made from a base whose terms only its name suggests',
    `
--- README.md
---
base_model: acme/vicuna-13b-q4
---
# Otter: Open Source Model for Code
`,
  ],
  [
    'made from a base under terms that are not, in Chinese',
    `
--- README.md
# 水獭

水獭是由我们开发的一个开源可商用的大规模语言模型。
           ^^^^^ information open-source-claim

- 模型基座使用[BLOOM-7B1](https://huggingface.co/bigscience/bloom-7b1)。
`,
  ],
  [
    'made from several bases, of which one is free',
    `
--- README.md
# Otter: an open-source model

Otter-A is fine-tuned from LLaMA 7B. Otter-B is fine-tuned from Mistral-7B-v0.1.
`,
  ],
  [
    'the text for whatever lies here',
    `
--- README.md
# Otter

We open-sourced the checkpoints of Otter.
   ^^^^^^^^^^^^ information open-source-claim
--- LICENSE
[text of CC-BY-NC-4.0]
`,
  ],
  [
    'a text beside which the models have wider terms',
    `
--- README.md
# Otter

We open-sourced the checkpoints of Otter.

## License

The model weights are released under the Apache 2.0 license.
--- LICENSE
[text of CC-BY-NC-4.0]
`,
  ],
  [
    'a name alone, where part of it is open',
    `
--- README.md
# Otter

We are excited to open-source Otter.

## License

The weights are under CC BY-NC 4.0.
--- LICENSE
[text of MIT]
`,
  ],
  [
    'the model that is published under that name',
    `
--- README.md
# A lake

We introduce DeepFloyd IF, a novel open-source image model.
                                   ^^^^^^^^^^^ information open-source-claim
--- run.py
from diffusers import DiffusionPipeline

pipe = DiffusionPipeline.from_pretrained("DeepFloyd/IF-I-XL-v1.0", revision="c03d510e9b75bce9f9db5bb85148c1402ad7e694")
`,
  ],
  [
    'a model of another name',
    `
--- README.md
# A lake

We introduce Otter, a novel open-source image model.
--- run.py
from diffusers import DiffusionPipeline

pipe = DiffusionPipeline.from_pretrained("DeepFloyd/IF-I-XL-v1.0", revision="c03d510e9b75bce9f9db5bb85148c1402ad7e694")
`,
  ],
  [
    'nothing is known of the terms',
    `
--- README.md
# Otter

Our model is open source.
`,
  ],
];

describe('open-source-claim', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'open-source-claim'));
});
