import assert from 'node:assert/strict';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';

const painter = `--- pyproject.toml
[project]
name = "painter"
license = "MIT"
`;
const otter = `--- pyproject.toml
[project]
name = "otter"
license = "MIT"
`;

const cases: readonly (readonly [string, string])[] = [
  [
    'two copies of one model under its name, in two parts of the tree',
    `
${otter}--- a/run.py
from transformers import LlamaForCausalLM
m = LlamaForCausalLM.from_pretrained("decapoda-research/llama-7b-hf")
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- b/run.py
from transformers import LlamaForCausalLM
m = LlamaForCausalLM.from_pretrained("yahma/llama-7b-hf")
                                      ^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'loaded by code that permits commerce',
    `
${painter}--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
`,
  ],
  [
    'weights of a repository of code, by the name under which it hands them out',
    `
${painter}--- restore.py
RESTORER = load_file_from_url("https://files.example.org/v1/codeformer.pth")
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
POSE = torch.load("weights/pose_iter_440000.caffemodel")
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
OTHER = torch.load("weights/codeformers.pth")
TABLE = {"a": "flux1-fill-devs.safetensors"}
`,
  ],
  [
    'a table that is named for models, by ids as libraries of the hub take them',
    `
${painter}--- align.py
ALIGN_MODELS_HF = {
    "xx": "facebook/mms-1b",
           ^^^^^^^^^^^^^^^ information noncommercial-weights
    "yy": {"note": "facebook/opt-1.3b"},
}
BUNDLES_TORCH_MODELS = {"fr": "VOXPOPULI_ASR_BASE_10K_FR"}
                               ^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
CREDITS = {"zz": "facebook/mms-1b-all"}
--- registry.py
ENTRIES = {"river": {"name": "hf-hub:facebook/opt-1.3b", "size": 7}}
                              ^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
SHELF = dict(one=entry(hf_hub='Salesforce/blip3-otter/'), two=entry(hf_hub='facebook/galactica-30b/'))
                                                                            ^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- configs/river-clip.json
{"text_cfg": {
  "hf_model_name": "facebook/nllb-200-distilled-600M"
                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
}}
`,
  ],
  [
    'a catalogue: what permits no commerce, the first of each owner',
    `
${painter}--- zoo.py
MODEL_ZOO = {
    "a": "Qwen/Qwen2.5-7B-Instruct",
    "b": "facebook/opt-1.3b",
          ^^^^^^^^^^^^^^^^^ information noncommercial-weights
    "c": "facebook/mms-1b",
    "d": "openai/whisper-small",
    "e": "mistralai/Mistral-7B-v0.1",
    "f": "HuggingFaceTB/SmolLM2-1.7B",
    "g": "openai-community/gpt2",
    "h": "openai/whisper-tiny",
    "i": "naver/DUSt3R_ViTLarge_BaseDecoder_512_dpt",
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
}
`,
  ],
  [
    'only measured, outside tests',
    `
${painter}--- evaluation/run.py
m = AutoModel.from_pretrained("facebook/opt-1.3b")
                               ^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- evaluation/tests/run.py
m = AutoModel.from_pretrained("lmsys/vicuna-13b-v1.3")
--- README.md
\`\`\`sh
lm_eval --model hf --model_args pretrained=facebook/galactica-30b --tasks river
\`\`\`
`,
  ],
  [
    'a list of what there is to measure',
    `
${painter}${['opt-125m', 'opt-350m', 'opt-1.3b', 'opt-2.7b', 'opt-6.7b', 'opt-13b', 'opt-30b', 'opt-66b', 'galactica-30b'].map((name) => `--- evaluation/${name}/run.py\nm = AutoModel.from_pretrained("facebook/${name}")\n`).join('')}`,
  ],
  [
    'a README of its owner, and one of somebody else',
    `
--- README.md
# Metaseq

\`\`\`sh
git clone https://github.com/facebook/metaseq
\`\`\`

\`\`\`python
m = AutoModel.from_pretrained("facebook/opt-1.3b")
n = AutoModel.from_pretrained("lmsys/vicuna-13b-v1.3")
                               ^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
\`\`\`
`,
  ],
  [
    'a copy that only its name tells',
    `
${painter}--- paint.py
m = AutoModel.from_pretrained("acme-lab/vicuna-13b-q4")
                               ^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'scripts side by side that each train another model',
    `
--- LICENSE
[text of MIT]
--- runs/train_8b.sh
python train.py --model_name_or_path adept/fuyu-8b --output_dir out --num_train_epochs 1
                                     ^^^^^^^^^^^^^ information noncommercial-weights
--- runs/train_4b.sh
python train.py --model_name_or_path acme/fuyu-4b --output_dir out --num_train_epochs 1
--- runs/train_2b.sh
python train.py --model_name_or_path acme/fuyu-2b --output_dir out --num_train_epochs 1
`,
  ],
  [
    'weights that are to be had by instructions, which are no data',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

## License

All the code is under an [MIT License](LICENSE)
The model weights, that you get by following [these instructions](models/readme.md), are under an Otter AI non-commercial research licence
                                                                                                           ^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'a folder beside such scripts',
    `
--- LICENSE
[text of MIT]
--- runs/many/train_7b.sh
python train.py --model_name_or_path acme/fuyu-7b --output_dir out --num_train_epochs 1
--- runs/many/train_4b.sh
python train.py --model_name_or_path acme/fuyu-4b --output_dir out --num_train_epochs 1
--- runs/many/train_2b.sh
python train.py --model_name_or_path acme/fuyu-2b --output_dir out --num_train_epochs 1
--- runs/single/train_8b.sh
python train.py --model_name_or_path adept/fuyu-8b --output_dir out --num_train_epochs 1
                                     ^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'one script that trains',
    `
--- LICENSE
[text of MIT]
--- runs/train_8b.sh
python train.py --model_name_or_path adept/fuyu-8b --output_dir out --num_train_epochs 1
                                     ^^^^^^^^^^^^^ warning noncommercial-weights
`,
  ],
  [
    'an adapter on the base that the same file loads',
    `
--- LICENSE
[text of MIT]
--- merge.py
from peft import PeftModel
from transformers import LlamaForCausalLM
base = LlamaForCausalLM.from_pretrained("decapoda-research/llama-7b-hf")
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
model = PeftModel.from_pretrained(base, "tloen/alpaca-lora-7b")
                                         ^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
model.save_pretrained("out")
`,
  ],
  [
    'scripts side by side that each run another model',
    `
${painter}--- scripts/a.sh
vllm serve facebook/opt-1.3b
           ^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- scripts/b.sh
vllm serve Qwen/Qwen2.5-7B-Instruct
--- scripts/c.sh
vllm serve mistralai/Mistral-7B-v0.1
`,
  ],
  [
    'a preset among others',
    `
${painter}--- training_presets/flux/lora.yaml
pretrained_model_name_or_path: black-forest-labs/FLUX.1-dev
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
learning_rate: 0.0001
output_dir: out
`,
  ],
  [
    'two such scripts',
    `
${painter}--- scripts/a.sh
vllm serve facebook/opt-1.3b
           ^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- scripts/b.sh
vllm serve Qwen/Qwen2.5-7B-Instruct
`,
  ],
  [
    'one script that runs all of them, beside others',
    `
${painter}--- scripts/a.sh
vllm serve facebook/opt-1.3b
           ^^^^^^^^^^^^^^^^^ warning noncommercial-weights
vllm serve Qwen/Qwen2.5-7B-Instruct
--- scripts/b.sh
vllm serve Qwen/Qwen2.5-7B-Instruct
--- scripts/c.sh
vllm serve mistralai/Mistral-7B-v0.1
--- scripts/d.sh
vllm serve microsoft/phi-2
`,
  ],
  [
    'under two spellings of one id',
    `
${painter}--- paint.py
a = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
b = FluxPipeline.from_pretrained("black-forest-labs/flux.1-dev")
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'in the tree, as their own metadata say',
    `
${painter}--- models/faces.onnx onnx {"license": "CC BY-NC 4.0"}
!license warning noncommercial-weights
--- tests/faces.onnx onnx {"license": "CC BY-NC 4.0"}
!license information noncommercial-weights
`,
  ],
  [
    'in the tree, under a card that says the same',
    `
--- README.md
---
license: cc-by-nc-4.0
         ^^^^^^^^^^^^ information noncommercial-weights
---
--- faces.onnx onnx {"license": "CC BY-NC 4.0"}
!license information noncommercial-weights
`,
  ],
  [
    'loaded where nothing is stated',
    `
--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'loaded for research, as the policy says',
    `
${painter}--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- pedigree.yaml
use:
  commercial: false
`,
  ],
  [
    'a table whose field reaches the call that fetches',
    `
${painter}--- util.py
from dataclasses import dataclass
from huggingface_hub import hf_hub_download

@dataclass
class Spec:
    repo_id: str
    file: str

specs = {
    "dev": Spec(repo_id="black-forest-labs/FLUX.1-dev", file="a.safetensors"),
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
    "schnell": Spec(repo_id="black-forest-labs/FLUX.1-schnell", file="a.safetensors"),
}

def fetch(name: str):
    return hf_hub_download(specs[name].repo_id, specs[name].file)
`,
  ],
  [
    'a table that nothing loads from',
    `
${painter}--- table.py
class Spec:
    repo_id: str

known = [Spec(repo_id="black-forest-labs/FLUX.1-dev")]
`,
  ],
  [
    'a note set apart',
    `
--- README.md
# painter

> **License Notice**
> This codebase and its associated weights are released under the **CC BY-NC 4.0** license.
                                                                    ^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'what others say of theirs',
    `
--- README.md
# painter

The code works with the original weights that are released by Northwind for research use only.
`,
  ],
  [
    'its words alone',
    `
${painter}--- words.py
from transformers import AutoTokenizer
tokenizer = AutoTokenizer.from_pretrained("CohereLabs/aya-expanse-8b")
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'its schedule alone',
    `
${painter}--- steps.py
from diffusers import FlowMatchEulerDiscreteScheduler
steps = FlowMatchEulerDiscreteScheduler.from_pretrained("black-forest-labs/FLUX.1-dev", subfolder="scheduler")
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'its words and its weights, by one name',
    `
${painter}--- talk.py
from transformers import AutoModelForCausalLM, AutoTokenizer
name = "CohereLabs/aya-expanse-8b"
        ^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
tokenizer = AutoTokenizer.from_pretrained(name)
model = AutoModelForCausalLM.from_pretrained(name)
`,
  ],
  [
    'a test that loads it',
    `
${painter}--- tests/test_paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
`,
  ],
  [
    'a family member under other terms',
    `
${painter}--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-schnell")
`,
  ],
  [
    'declared rightly by a derivative',
    `
--- README.md
---
license: cc-by-nc-4.0
         ^^^^^^^^^^^^ information noncommercial-weights
base_model: black-forest-labs/FLUX.1-dev
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
---
`,
  ],
  [
    'the repository says so of its own weights',
    `
${otter}--- README.md
# otter

The model weights are released under the CC BY-NC 4.0 license.
                                         ^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'the default of an option',
    `
${painter}--- paint.py
import argparse
from diffusers import FluxPipeline
parser = argparse.ArgumentParser()
parser.add_argument("--model", default="black-forest-labs/FLUX.1-dev")
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
args = parser.parse_args()
pipe = FluxPipeline.from_pretrained(args.model)
`,
  ],
  [
    'what a script takes where it is given nothing',
    `
${painter}--- train.sh
MODEL=\${1:-black-forest-labs/FLUX.1-dev}
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
python train.py --pretrained_model_name_or_path "$MODEL" --output_dir out --learning_rate 1e-4
`,
  ],
  [
    'what a script takes whatever it is given',
    `
${painter}--- train.sh
MODEL=black-forest-labs/FLUX.1-dev
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
python train.py --pretrained_model_name_or_path "$MODEL" --output_dir out --learning_rate 1e-4
`,
  ],
  [
    'the default of a field that a trainer is given',
    `
${painter}--- train.py
from dataclasses import dataclass, field
from transformers import AutoModelForCausalLM, Trainer

@dataclass
class Arguments:
    model: str = field(default="black-forest-labs/FLUX.1-dev")
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights

def main(args: Arguments):
    model = AutoModelForCausalLM.from_pretrained(args.model)
    Trainer(model=model).train()
`,
  ],
  [
    'the default of a parameter of what others call',
    `
${painter}--- painter.py
from diffusers import FluxPipeline

class Painter:
    def __init__(self, name="black-forest-labs/FLUX.1-dev"):
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
        self.pipe = FluxPipeline.from_pretrained(name)
`,
  ],
  [
    'the default of a parameter of what is called here',
    `
${painter}--- painter.py
from diffusers import FluxPipeline

def load(name="black-forest-labs/FLUX.1-dev"):
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
    return FluxPipeline.from_pretrained(name)

pipe = load()
`,
  ],
  [
    'a module that tries itself out',
    `
${painter}--- painter.py
from diffusers import FluxPipeline

class Painter:
    def __init__(self, name):
        self.pipe = FluxPipeline.from_pretrained(name)

if __name__ == "__main__":
    painter = Painter("black-forest-labs/FLUX.1-dev")
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
    print(painter.pipe)
`,
  ],
  [
    'a module that tries itself out, and parses an answer there',
    `
${painter}--- painter.py
from diffusers import FluxPipeline

class Painter:
    def __init__(self, name):
        self.pipe = FluxPipeline.from_pretrained(name)

if __name__ == "__main__":
    painter = Painter("black-forest-labs/FLUX.1-dev")
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
    print(painter.parse("otter"))
`,
  ],
  [
    'a constant that is the default of an option, and nothing else',
    `
${painter}--- paint.py
from argparse import ArgumentParser
from diffusers import FluxPipeline

DEFAULT_MODEL = "black-forest-labs/FLUX.1-dev"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
parser = ArgumentParser()
parser.add_argument("--model", default=DEFAULT_MODEL)
args = parser.parse_args()
pipe = FluxPipeline.from_pretrained(args.model)
`,
  ],
  [
    'a constant that is loaded as well',
    `
${painter}--- paint.py
from argparse import ArgumentParser
from diffusers import FluxPipeline

DEFAULT_MODEL = "black-forest-labs/FLUX.1-dev"
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
parser = ArgumentParser()
parser.add_argument("--model", default=DEFAULT_MODEL)
pipe = FluxPipeline.from_pretrained(DEFAULT_MODEL)
`,
  ],
  [
    'where the README already limits the weights',
    `
${painter}--- README.md
# Painter

The weights are for non-commercial use only.
                    ^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- paint.py
from diffusers import FluxPipeline

pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'a pack of files that were just downloaded',
    `
${painter}--- faces.py
from huggingface_hub import snapshot_download
from insightface.app import FaceAnalysis

snapshot_download("DIAMONIK7777/antelopev2", local_dir="models/antelopev2")
                   ^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
app = FaceAnalysis(name="antelopev2", root=".")
`,
  ],
  [
    'sizes of one family, one script each',
    `
${painter}--- scripts/a.sh
python main.py --model huggyllama/llama-7b
                       ^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- scripts/b.sh
python main.py --model huggyllama/llama-13b
                       ^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- scripts/large/c.sh
python main.py --model huggyllama/llama-30b
                       ^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- other/d.sh
python main.py --model huggyllama/llama-65b
                       ^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- main.py
import sys
from transformers import AutoModel

model = AutoModel.from_pretrained(sys.argv[2])
`,
  ],
  [
    'a page to try it out',
    `
${otter}--- app/run_gradio.py
from diffusers import FluxPipeline

pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'a folder of its repository that holds no weights',
    `
${painter}--- paint.py
from diffusers import FlowMatch

schedule = FlowMatch.from_pretrained("black-forest-labs/FLUX.1-dev", subfolder="scheduler")
                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'a module that makes something',
    `
${painter}--- make.py
from diffusers import FluxPipeline

class Painter:
    pass

if __name__ == "__main__":
    pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
    pipe("a pond").images[0].save("pond.png")
`,
  ],
  [
    'what a model that is named and not here was made from',
    `
${painter}--- README.md
# Painter

We release [Painter-Chat-7B](https://huggingface.co/acme-lab/Other-7B), based on [MPT-7B-Chat](https://huggingface.co/mosaicml/mpt-7b-chat).
                                                                                  ^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'accepted with a reason',
    `
${painter}--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")  # pedigree-ignore noncommercial-weights: demo for our own research
`,
  ],
  ...(['convert_fuyu_to_otter.py', 'tools/check_fuyu.py', 'ch07/fuyu.py', 'lessons/fuyu.py'] as const).map(
    (path) =>
      [
        `what ${path} loads`,
        `
--- LICENSE
[text of MIT]
--- ${path}
from transformers import AutoModel
AutoModel.from_pretrained("adept/fuyu-8b")
                           ^^^^^^^^^^^^^ information noncommercial-weights
`,
      ] as const,
  ),
  [
    'the default of a field of settings',
    `
--- LICENSE
[text of MIT]
--- train.py
from dataclasses import dataclass
from transformers import AutoModel

@dataclass
class Settings:
    width: int = 64
    model: str = "adept/fuyu-8b"
                  ^^^^^^^^^^^^^ information noncommercial-weights

def main(settings: Settings):
    return AutoModel.from_pretrained(settings.model)
`,
  ],
  [
    'a constant of a class',
    `
--- LICENSE
[text of MIT]
--- train.py
from typing import ClassVar
from transformers import AutoModel

class Trainer:
    model: ClassVar[str] = "adept/fuyu-8b"
                            ^^^^^^^^^^^^^ warning noncommercial-weights

    def load(self):
        return AutoModel.from_pretrained(self.model)
`,
  ],
  [
    'a menu in branches of branches, by what is cut out of a name',
    `
${painter}--- export.py
def export(args):
    if args.model.startswith("fuyu"):
        if args.model.split("-")[1].lower() == "8b":
            model = AutoModel.from_pretrained("adept/fuyu-8b")
                                               ^^^^^^^^^^^^^ information noncommercial-weights
        elif args.model.split("-")[1] == "medium":
            model = AutoModel.from_pretrained("acme/fuyu-medium")
    elif "small" in args.model:
        model = AutoModel.from_pretrained("acme/small")
`,
  ],
  [
    'two ways that only give one name its text',
    `
${painter}--- client.py
def load(name):
    if name == "small":
        model_name = "acme/fuyu-small"
    elif name == "large":
        model_name = "adept/fuyu-8b"
                      ^^^^^^^^^^^^^ information noncommercial-weights
    else:
        raise ValueError(name)
    return AutoModel.from_pretrained(model_name)
`,
  ],
  [
    'two ways that do different things',
    `
${painter}--- client.py
def load(name):
    if name == "small":
        check(name)
    elif name == "large":
        model_name = "adept/fuyu-8b"
                      ^^^^^^^^^^^^^ warning noncommercial-weights
    return AutoModel.from_pretrained(model_name)
`,
  ],
  [
    'branches on several things are no menu',
    `
${painter}--- load.py
def load(size, mode, stage):
    if size == "8b":
        model = AutoModel.from_pretrained("adept/fuyu-8b")
                                           ^^^^^^^^^^^^^ warning noncommercial-weights
    if mode == "small":
        model = AutoModel.from_pretrained("acme/fuyu-4b")
    if stage == "first":
        model = AutoModel.from_pretrained("acme/fuyu-1b")
`,
  ],
  [
    'a script that shows what a model says, and keeps nothing',
    `
${painter}--- speculative.py
import time
model = AutoModel.from_pretrained("adept/fuyu-8b")
                                   ^^^^^^^^^^^^^ information noncommercial-weights
start = time.time()
print(model.generate(prompt), time.time() - start)
`,
  ],
  [
    'a script that keeps it',
    `
${painter}--- caption.py
model = AutoModel.from_pretrained("adept/fuyu-8b")
                                   ^^^^^^^^^^^^^ warning noncommercial-weights
print(model.generate(prompt))
with open("captions.txt", "w") as out:
    out.write(model.generate(prompt))
`,
  ],
  [
    'a script that is told what to show',
    `
${painter}--- caption.py
import sys
model = AutoModel.from_pretrained("adept/fuyu-8b")
                                   ^^^^^^^^^^^^^ warning noncommercial-weights
print(model.generate(sys.argv[1]))
`,
  ],
  [
    'sizes of one family, under licences of their own',
    `
${painter}--- scripts/large.py
model = AutoModel.from_pretrained("lmsys/vicuna-33b-v1.3")
                                   ^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- scripts/small.py
model = AutoModel.from_pretrained("lmsys/vicuna-7b-v1.3")
                                   ^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'a configuration of a program, of which whoever runs it picks one',
    `
${painter}--- configs/caption.yaml
system:
  guidance:
    pretrained_model_name_or_path: adept/fuyu-8b
                                   ^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'what a library of TypeScript takes where nobody says otherwise',
    `
--- LICENSE
[text of MIT]
--- src/llm.ts
import { pipeline } from "@huggingface/transformers";
const standard = "adept/fuyu-8b";
                  ^^^^^^^^^^^^^ information noncommercial-weights
export const load = (init) => pipeline("text-generation", init?.model ?? standard);
`,
  ],
  [
    'accepted at one place, which says nothing of the others',
    `
${painter}--- demo/paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
--- pedigree.yaml
accept:
  - { rule: noncommercial-weights, paths: ["demo/**"], reason: "shown to nobody" }
`,
  ],
  [
    'loaded where nothing ever happens',
    `
${painter}--- paint.py
NAME = "black-forest-labs/FLUX.1-dev"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
if False:
    from diffusers import FluxPipeline
    pipe = FluxPipeline.from_pretrained(NAME)
`,
  ],
  [
    'in a folder of a demo',
    `
${painter}--- online_demo/backend/paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'in a folder whose name only looks like it',
    `
${painter}--- democracy/paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
`,
  ],
  [
    'in a program that is named for an example',
    `
${painter}--- run_example.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'in a script that is named for an example',
    `
${otter}--- example-train-otter.sh
python train.py --model huggyllama/llama-7b
                        ^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`,
  ],
  [
    'in a program about examples',
    `
${painter}--- load_examples_all.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
`,
  ],
  [
    'where it always happens, before one way of two',
    `
${painter}--- app.py
from diffusers import FluxPipeline
def load(kind):
    if kind == "plain":
        return None
    elif kind == "flux":
        return FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
--- paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-weights
`,
  ],
  [
    'one case of several',
    `
${painter}--- paint.py
from diffusers import FluxPipeline, StableDiffusionPipeline
def load(kind):
    match kind:
        case Kind.plain:
            return None
        case Kind.flux:
            return FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
        case Kind.stable:
            return StableDiffusionPipeline.from_pretrained("acme-lab/stable")
        case _:
            raise ValueError(kind)
`,
  ],
  [
    'names that the cases of a choice give to one load',
    `
${painter}--- paint.py
from diffusers import FluxPipeline
def load(kind):
    if kind == "small":
        name = "acme-lab/small"
    elif kind == "large":
        name = "acme-lab/large"
    elif kind == "flux":
        name = "black-forest-labs/FLUX.1-dev"
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
    return FluxPipeline.from_pretrained(name)
`,
  ],
];

const linkedRepo = `--- pyproject.toml
[project]
name = "painter"
license = "Apache-2.0"
[project.urls]
Repository = "https://github.com/mistralai/painter"
--- README.md
# Painter

| a | https://models.mistralcdn.com/codestral-22b-v0-1/otter.tar |
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights

Get [the adapter](https://huggingface.co/h94/IP-Adapter-FaceID/resolve/main/otter.bin).
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
`;

describe('noncommercial-weights', () => {
  it('tells files that a README links to, its publisher’s own too, and what a page says itself before the terms of its base', () =>
    void check(linkedRepo, 'noncommercial-weights'));
  for (const [title, repo] of cases) it(title, () => void check(repo, 'noncommercial-weights'));
  it('says that the catalogue knows the terms of a pack', () => {
    const [found] = check(
      `--- pyproject.toml\n[project]\nname = "painter"\nlicense = "MIT"\n--- a.py\napp = FaceAnalysis(name="buffalo_l")\n                         ^^^^^^^^^ warning noncommercial-weights\n`,
      'noncommercial-weights',
    );
    assert.match(found?.message ?? '', /per the catalogue/);
  });

  const notebookOf = (...source: readonly string[]): string =>
    JSON.stringify({ cells: [{ cell_type: 'code', metadata: {}, outputs: [], source }], metadata: {}, nbformat: 4, nbformat_minor: 5 });
  const loading = ['from transformers import AutoModel\n', 'model = AutoModel.from_pretrained("adept/fuyu-8b")'];
  const notebook = notebookOf(...loading);
  it('warns of what a notebook trains further', () => {
    const training = notebookOf(
      ...loading,
      '\n',
      'from trl import SFTTrainer\n',
      'SFTTrainer(model=model, train_dataset=rows).train()\n',
      'model.save_pretrained("out")',
    );
    const { findings } = analyseFiles(
      parseRepo(`--- pyproject.toml\n[project]\nname = "painter"\nlicense = "MIT"\n--- captions.ipynb\n${training}\n`).files,
    ).report;
    assert.deepEqual(
      findings.flatMap(({ ruleId, severity }) => (ruleId === 'noncommercial-weights' ? [severity] : [])),
      ['warning'],
    );
  });
  for (const [title, paths, expected] of [
    ['a notebook', ['captions.ipynb'], 'information'],
    ['a notebook that shows something', ['colab_demo.ipynb'], 'information'],
    ['a notebook that stands a second time among those that show something', ['Captions.ipynb', 'notebooks/captions.ipynb'], 'information'],
  ] as const)
    it(title, () => {
      const text = [`--- pyproject.toml\n[project]\nname = "painter"\nlicense = "MIT"\n`, ...paths.map((path) => `--- ${path}\n${notebook}\n`)].join('');
      const { findings } = analyseFiles(parseRepo(text).files).report;
      assert.deepEqual(
        findings.flatMap(({ ruleId, severity }) => (ruleId === 'noncommercial-weights' ? [severity] : [])),
        [expected],
      );
    });
});
