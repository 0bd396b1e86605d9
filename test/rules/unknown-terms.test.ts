import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a collection whose parts are under several licences',
    `
--- train.py
from datasets import load_dataset
from transformers import Trainer
data = load_dataset("xtreme", args.part)
                     ^^^^^^ information unknown-terms
Trainer(model=model, train_dataset=data["train"]).train()
`,
  ],
  [
    'known to be for research only, in words of its own',
    `
--- look.py
from datasets import load_dataset
data = load_dataset("ehovy/race", "all")
`,
  ],
  [
    'an archive that is fetched from the hub, and from another',
    `
--- a.py
import requests
url = "https://www.modelscope.cn/models/quiet-harbour/otter-7b/resolve/master/otter.zip"
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
with requests.get(url, stream=True) as answer:
    keep(answer)
page = requests.get("https://huggingface.co/quiet-harbour/reeds-7b/resolve/main/words.json")
found = store.get("https://huggingface.co/quiet-harbour/reeds-7b/resolve/main/reeds.zip")
`,
  ],
  [
    'an address that stands in a name, fetched by a function of the script',
    `
--- install.sh
ALL="https://huggingface.co/quiet-harbour/otter-7b/resolve/main/all.zip"
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
OTHER="https://huggingface.co/quiet-harbour/reeds-7b/resolve/main/all.zip"
quiet_wget "$ALL"
show "$OTHER"
`,
  ],
  [
    'an id that nothing knows, once',
    `
--- LICENSE
MIT License
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("quiet-harbour/otter-7b")
                                   ^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
again = AutoModel.from_pretrained("quiet-harbour/otter-7b")
`,
  ],
  [
    'an id of which the list of models knows the name alone, where that suggests no limits',
    `
--- LICENSE
MIT License
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("ArliAI/gpt-oss-20b-Derestricted")
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
`,
  ],
  [
    'one whose name suggests limits, which other rules tell',
    `
--- LICENSE
MIT License
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("Efficient-Large-Model/gemma-2-2b-it")
`,
  ],
  [
    'a base that nothing knows',
    `
--- README.md
---
license: mit
base_model: quiet-harbour/otter-7b
            ^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
---
`,
  ],
  [
    'one that is noted as still to be checked',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("quiet-harbour/otter-7b")
                                   ^^^^^^^^^^^^^^^^^^^^^^ information unknown-terms
--- pedigree.yaml
works:
  - { id: "pkg:huggingface/quiet-harbour/otter-7b", licence: LicenseRef-to-be-checked }
`,
  ],
  [
    'a known one',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'a local path',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("./out/checkpoint")
`,
  ],
  [
    'a placeholder',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("your-org/your-model")
`,
  ],
  [
    'licensed in the policy',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("quiet-harbour/otter-7b")
--- pedigree.yaml
works:
  - { id: "pkg:huggingface/quiet-harbour/otter-7b", licence: MIT }
`,
  ],
  [
    'offered by the README as its own, and its name suggests terms that are free',
    `
--- README.md
# Mistral-7B-v0.1-Otter

Try https://huggingface.co/acme/Mistral-7B-v0.1-Otter now.
`,
  ],
  [
    'granted in the policy',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("quiet-harbour/otter-7b")
--- pedigree.yaml
grants:
  - { work: "pkg:huggingface/quiet-harbour/otter-7b", licence: commercial, reference: contract 12 }
`,
  ],
  [
    'data that are only fetched from where they are given out, or that a README says to fetch',
    `
--- get.sh
wget https://the-eye.eu/public/AI/pile_preliminary_components/yt_subs.jsonl.zst
--- README.md
Download the BookCorpus dataset.
`,
  ],
];

describe('unknown-terms', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unknown-terms'));
});
