import assert from 'node:assert/strict';
import { check } from '../support/repo.ts';

/** A script that asks in a loop, with what is asked for and what is kept; `width` marks the model's name. */
const loop = (asked: string, kept: string, { model = 'gpt-4o', found = true, before = '', address = '' } = {}): string => `
--- distil.py
import json
from openai import OpenAI
${before}
client = OpenAI(${address})
with open("data/train.jsonl", "w") as out:
    for prompt in open("prompts.txt"):
        reply = client.chat.completions.create(model="${model}", messages=[prompt]${asked})
${found ? `                                                      ${'^'.repeat(model.length)} information extraction-pattern\n` : ''}        answer = reply.choices[0].message
        out.write(json.dumps(${kept}))
`;

const text = '{"text": answer.content}';

const cases: readonly (readonly [string, string])[] = [
  ['probabilities of words', loop(', logprobs=True, top_logprobs=20', '{"text": answer.content, "logprobs": reply.choices[0].logprobs}')],
  ['steps of reasoning', loop('', '{"reasoning": answer.reasoning, "text": answer.content}', { model: 'o3-mini' })],
  ['scores of preference', loop('', '{"prompt": prompt, "chosen": answer.content}')],
  ['keys in turn', loop('', text, { before: 'from itertools import cycle\nkeys = cycle(API_KEYS)' })],
  ['keys by a number that goes round', loop('', text, { before: 'key = api_keys[turn % len(api_keys)]' })],
  ['answers alone', loop('', text, { found: false })],
  ['no probabilities', loop(', logprobs=False', text, { found: false })],
  [
    'a service that allows it',
    loop('', '{"reasoning": answer.reasoning_content}', { model: 'deepseek-reasoner', found: false, address: 'base_url="https://api.deepseek.com"' }),
  ],
  [
    'a service of whose terms nothing is known',
    loop('', '{"reasoning": answer.reasoning}', { model: 'command-r', found: false, address: 'base_url="https://api.cohere.ai"' }),
  ],
  [
    'probabilities that are only shown',
    `
--- show.py
from openai import OpenAI
client = OpenAI()
for prompt in open("prompts.txt"):
    print(client.chat.completions.create(model="gpt-4o", messages=[prompt], logprobs=True))
`,
  ],
  ['an evaluation', loop(', logprobs=True', text, { found: false }).replace('distil.py', 'eval/calibration.py')],
  [
    'a helper whose answers another file keeps',
    `
--- lib/llm.py
from openai import OpenAI
client = OpenAI()
def ask(prompt):
    for attempt in range(3):
        reply = client.chat.completions.create(model="gpt-4o", messages=[prompt], logprobs=True)
                                                      ^^^^^^ information extraction-pattern
        return reply.choices[0]
--- collect_data.py
import json
from lib.llm import ask
with open("data/train.jsonl", "w") as out:
    for prompt in open("prompts.txt"):
        out.write(json.dumps({"a": ask(prompt)}))
`,
  ],
];

describe('extraction-pattern', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'extraction-pattern'));

  it('names the clause, shows the places, and accuses nobody', () => {
    const [finding] = check(cases[0]?.[1] ?? '', 'extraction-pattern');
    assert.equal(finding?.clause, 's. 3.3(f)');
    assert.deepEqual(
      finding.related.map(({ line, message }) => [line, message]),
      [[7, 'the probabilities of its words']],
    );
    assert.match(finding.message, /looks like .* is not for a tool to say/);
    assert.doesNotMatch(finding.message, /violat|breach|steal|theft|illegal|unlawful/i);
  });
});
