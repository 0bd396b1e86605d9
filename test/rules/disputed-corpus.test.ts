import { check } from '../support/repo.ts';

const trained = (data: string, mark = ''): string => `
--- train.yaml
base_model: EleutherAI/pythia-6.9b
datasets:
  - path: ${data}
${mark === '' ? '' : `          ${'^'.repeat(data.length)} ${mark} disputed-corpus\n`}    type: completion
learning_rate: 0.0002
`;

const cases: readonly (readonly [string, string])[] = [
  ['objected to', trained('open_subtitles', 'warning')],
  ['audited', trained('allenai/c4', 'information')],
  [
    'audited, and only looked at',
    `
--- calibrate.py
from datasets import load_dataset
data = load_dataset("allenai/c4", "en")
`,
  ],
  ['withdrawn: another rule says so', trained('EleutherAI/pile')],
  ['nothing recorded', trained('openai/gsm8k')],
  [
    'loaded',
    `
--- look.py
from datasets import load_dataset
data = load_dataset("open_subtitles")
                     ^^^^^^^^^^^^^^ information disputed-corpus
`,
  ],
  [
    'an address under which it is given out',
    `
--- get.sh
wget https://the-eye.eu/public/AI/pile_preliminary_components/yt_subs.jsonl.zst
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information disputed-corpus
`,
  ],
];

describe('disputed-corpus', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'disputed-corpus'));
});
