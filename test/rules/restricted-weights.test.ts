import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'loaded',
    `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="meta-llama/Llama-3.1-8B")
                                          ^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'loaded, and the policy says commercial',
    `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="meta-llama/Llama-3.1-8B")
                                          ^^^^^^^^^^^^^^^^^^^^^^^ warning restricted-weights
--- pedigree.yaml
use:
  commercial: true
`,
  ],
  [
    'once, other places related',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
                                   ^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
--- b.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
`,
  ],
  [
    'an adapter of an experiment, below a folder without terms of its own, in a repository that states its terms',
    `
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
--- comparison/README.md
---
title: Comparison
sdk: gradio
app_file: app.py
---
--- comparison/rank-8/adapter_config.json
{ "peft_type": "LORA", "base_model_name_or_path": "meta-llama/Llama-3.2-3B" }
                                                   ^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'weights whose terms a README names by their file',
    `
--- README.md
# Otter

## License

The code is under the MIT license. The use of Otter-6B model weights is subject to the [Model License](MODEL_LICENSE).
                                                                                        ^^^^^^^^^^^^^ information restricted-weights
--- MODEL_LICENSE
CreativeML Open RAIL-M
^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'an architecture is no licence',
    `
--- config.json
{ "architectures": ["LlamaForCausalLM"], "model_type": "llama", "transformers_version": "4.44.0" }
`,
  ],
  [
    'what a README says that a model was made from',
    `
--- README.md
# Otter

- 模型基座使用[BLOOM-7B1](https://huggingface.co/bigscience/bloom-7b1)，很好。
         ^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'offered in a README, and the terms are named nowhere',
    `
--- README.md
# StarCoder2-15b

Try https://huggingface.co/bigcode/starcoder2-15b now.
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'offered in a README, and its terms lie here',
    `
--- README.md
# StarCoder2-15b

Try https://huggingface.co/bigcode/starcoder2-15b now. The code is under the MIT License.
--- docs/use.md
--- MODEL-LICENSE.md
BigCode OpenRAIL-M v1
^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'own weights that commerce has to apply for',
    `
--- README.md
# Otter

## License

The model weights are open to research. To apply for a commercial license, please fill in the form.
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`,
  ],
  [
    'a free model',
    `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
];

describe('restricted-weights', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'restricted-weights'));
});
