import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  ['loaded', `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="meta-llama/Llama-3.1-8B")
                                          ^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
`],
  ['loaded, and the policy says commercial', `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="meta-llama/Llama-3.1-8B")
                                          ^^^^^^^^^^^^^^^^^^^^^^^ warning restricted-weights
--- pedigree.yaml
use:
  commercial: true
`],
  ['once, other places related', `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
                                   ^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
--- b.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
`],
  ['an architecture is no licence', `
--- config.json
{ "architectures": ["LlamaForCausalLM"], "model_type": "llama", "transformers_version": "4.44.0" }
`],
  ['a free model', `
--- run.py
from transformers import pipeline
pipe = pipeline("text-generation", model="HuggingFaceTB/SmolLM2-1.7B")
`],
];

describe('restricted-weights', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'restricted-weights'));
});
