import assert from 'node:assert/strict';
import table from '../../server/src/knowledge/data/family-names.json' with { type: 'json' };
import { familyIn, relativeOfName } from '../../server/src/knowledge/families.ts';
import { testKnowledge } from '../support/knowledge.ts';

describe('families that a name tells', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'acme/Llama-2-7B-GGUF': 'meta-llama/Llama-2-7b-hf',
    'acme/Llama-2-7b-chat-hf-q4f16_1-MLC': 'meta-llama/Llama-2-7b-hf',
    'acme/Meta-Llama-3-8B-Instruct-AWQ': 'meta-llama/Meta-Llama-3-8B-Instruct',
    'acme/Llama-3_1-8B-Q40': 'meta-llama/Llama-3.1-8B-Instruct',
    'acme/Otter-LLaMA3-8B': 'meta-llama/Meta-Llama-3-8B-Instruct',
    'acme/DeepSeek-R1-Distill-Llama-8B-gguf': 'deepseek-ai/DeepSeek-R1-Distill-Llama-8B',
    'acme/vicuna-7b': 'lmsys/vicuna-7b-v1.3',
    'acme/vicuna-13b-v1.5-q4': 'lmsys/vicuna-7b-v1.5',
    'acme/llama-7b-hf': 'huggyllama/llama-7b',
    'acme/gemma-2b': 'google/gemma-7b',
    'acme/gemma-2-9b-it-GGUF': 'google/gemma-2-9b-it',
    'acme/flux1-dev-fp8': 'black-forest-labs/FLUX.1-dev',
    'acme/sd-v1-5-inpainting': 'runwayml/stable-diffusion-v1-5',
    'acme/Qwen2.5-3B-Instruct-GPTQ': 'Qwen/Qwen2.5-3B',
    'acme/Qwen2.5-7B': undefined,
    'acme/TinyLlama-1.1B': undefined,
    'acme/open_llama_7b': undefined,
    'acme/OpenLLaMA-7b': undefined,
    'acme/llama-160m': undefined,
    'acme/llama-2b': undefined,
    'acme/llama-7bit': undefined,
    'acme/starcoderdata': undefined,
    'acme/optimus-13b': undefined,
    'acme/sdxl-lightning': undefined,
    'llama-7b': undefined,
    [`acme/llama-7b-${'x'.repeat(100)}`]: undefined,
  };
  for (const [id, expected] of Object.entries(cases)) it(id.slice(0, 40), () => assert.equal(familyIn(id), expected));

  it('give way to the very model that a name begins with, and to what is recorded', () => {
    const known = testKnowledge();
    assert.equal(relativeOfName('acme/Qwen2.5-3B-Instruct-otter', known), 'Qwen/Qwen2.5-3B-Instruct');
    assert.equal(relativeOfName('acme/Otter-LLaMA3-8B', known), 'meta-llama/Meta-Llama-3-8B-Instruct');
    assert.equal(relativeOfName('meta-llama/Llama-2-7b-hf', known), undefined);
    assert.equal(relativeOfName('acme/otter-7b', known), undefined);
  });

  it('lead to works with known terms', () => {
    for (const { id } of table.families) assert.ok((testKnowledge().model(id)?.licences ?? []).length > 0, id);
  });
});
