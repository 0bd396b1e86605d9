import { check } from '../support/repo.ts';

const trained = (data: string, mark = ''): string => `
--- train.yaml
base_model: EleutherAI/pythia-6.9b
datasets:
  - path: ${data}
${mark === '' ? '' : `          ${'^'.repeat(data.length)} ${mark} withdrawn-data\n`}    type: completion
learning_rate: 0.0002
`;

const cases: readonly (readonly [string, string])[] = [
  ['taken down', trained('the_pile_books3', 'warning')],
  ['withdrawn', trained('EleutherAI/pile', 'warning')],
  ['a part of it', trained('monology/pile-uncopyrighted', 'information')],
  ['relabelled is not withdrawn', trained('tiiuae/falcon-refinedweb')],
  ['nothing recorded', trained('openai/gsm8k')],
  ['no longer given out by its makers', trained('amazon_reviews_multi', 'warning')],
  [
    'what is measured with, outside tests',
    `
--- evaluation/data.py
rows = load_dataset("competition_math", split="test")
                     ^^^^^^^^^^^^^^^^ information withdrawn-data
part = load_dataset("monology/pile-uncopyrighted", split="test")
--- evaluation/tests/data.py
rows = load_dataset("bookcorpus", split="test")
`,
  ],
  [
    'where a default says so that a text is made of alone',
    `
--- run.py
parser.add_argument("--data", default="amazon_us_reviews")
                                       ^^^^^^^^^^^^^^^^^ information withdrawn-data
args = parser.parse_args()
rows = load_dataset(f"{args.data}", "Books_v1_01")
`,
  ],
  [
    'in a card',
    `
--- README.md
---
license: mit
datasets:
  - bookcorpus
    ^^^^^^^^^^ warning withdrawn-data
library_name: transformers
---
`,
  ],
  [
    'a sentence on the model of the project',
    `
--- README.md
Our model is trained on WebVid-10M.
                        ^^^^^^^^^^ information withdrawn-data
`,
  ],
  [
    'the same where a configuration chooses it',
    `
--- README.md
Our model is trained on BookCorpus.
${trained('bookcorpus/bookcorpus', 'warning').trimStart()}`,
  ],
  [
    'loaded',
    `
--- look.py
from datasets import load_dataset
data = load_dataset("bookcorpus")
                     ^^^^^^^^^^ information withdrawn-data
`,
  ],
  [
    'an address under which it was given out',
    `
--- get.py
class Otters:
    urls = ["https://the-eye.eu/public/AI/pile_preliminary_components/books3.tar.gz"]
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information withdrawn-data
`,
  ],
  [
    'what a README says to download',
    `
--- README.md
# Otter

0. Download the WebVid dataset.
                ^^^^^^ information withdrawn-data
`,
  ],
  [
    'a test',
    `
--- tests/look.py
from datasets import load_dataset
data = load_dataset("bookcorpus")
`,
  ],
];

describe('withdrawn-data', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'withdrawn-data'));
});
