import assert from 'node:assert/strict';
import { serviceTerms } from '../../server/src/knowledge/service-terms.ts';
import type { Clause, ClauseKind, RelationType, Terms } from '../../server/src/knowledge/types.ts';
import { testKnowledge } from '../support/knowledge.ts';

const knowledge = testKnowledge();

const terms = (id: string): Terms => {
  const found = knowledge.terms(id);
  assert.ok(found, id);
  return found;
};

const clauses = (id: string, kind: ClauseKind): readonly Clause[] => terms(id).clauses.filter((clause) => clause.kind === kind);

const clause = (id: string, kind: ClauseKind): Clause => {
  const found = clauses(id, kind)[0];
  assert.ok(found, `${id} has no clause of kind ${kind}`);
  return found;
};

const licencesOf = (model: string): readonly string[] => {
  const record = knowledge.model(model);
  assert.ok(record, model);
  return (record.licences.at(-1)?.licences ?? []).toSorted();
};

const byOutputs: readonly RelationType[] = ['distilledFrom', 'trainedOn', 'generatedBy'];
const reachesOutputs = (found: Clause): boolean => byOutputs.every((type) => found.reaches.includes(type));

const llama = (version: string): string => `LicenseRef-llama-${version}-community`;

describe('the facts that a checker gets wrong most easily', () => {
  describe('1. Llama', () => {
    for (const version of ['2', '3']) {
      it(`${version} forbids training other models on outputs, s. 1.b.v`, () => {
        const found = clause(llama(version), 'train-on-output');
        assert.deepEqual([found.effect, found.clause], ['forbid', 's. 1.b.v']);
        assert.ok(reachesOutputs(found));
      });
    }
    for (const version of ['3.1', '3.2', '3.3', '4']) {
      it(`${version} allows it, with a name that starts with Llama, s. 1.b.i`, () => {
        assert.equal(clause(llama(version), 'train-on-output').effect, 'conditional');
        const name = clause(llama(version), 'name-prefix');
        assert.deepEqual([name.effect, name.value, name.clause, reachesOutputs(name)], ['require', 'Llama', 's. 1.b.i', true]);
        assert.equal(clause(llama(version), 'display-notice').value, 'Built with Llama');
        assert.ok(!reachesOutputs(clause(llama(version), 'display-notice')));
      });
    }
    it('3 asks for the name "Llama 3" and its own display line, not by outputs', () => {
      const name = clause(llama('3'), 'name-prefix');
      assert.deepEqual([name.value, reachesOutputs(name)], ['Llama 3', false]);
      assert.equal(clause(llama('3'), 'display-notice').value, 'Built with Meta Llama 3');
    });
    it('2 asks for neither', () => {
      assert.deepEqual(clauses(llama('2'), 'name-prefix'), []);
      assert.deepEqual(clauses(llama('2'), 'display-notice'), []);
    });
    it('has a notice line of its own in each version', () => {
      const lines = ['2', '3', '3.1', '3.2', '3.3', '4'].map((version) => clause(llama(version), 'notice-file').value);
      assert.equal(new Set(lines).size, 6);
      assert.match(lines[2] ?? '', /^Llama 3\.1 is licensed under the Llama 3\.1 Community License, /);
    });
    it('counts 700 million users at the release date', () => {
      const dates = ['2', '3', '3.1', '3.2', '3.3', '4'].map((version) => clause(llama(version), 'user-threshold').threshold);
      assert.deepEqual(
        dates.map((threshold) => threshold?.value),
        Array(6).fill(700_000_000),
      );
      assert.deepEqual(
        dates.map((threshold) => threshold?.frozenAt),
        ['2023-07-18', '2024-04-18', '2024-07-23', '2024-09-25', '2024-12-06', '2025-04-05'],
      );
    });
    it('excludes the EU by its use policy alone, and multimodal models alone', () => {
      for (const version of ['2', '3', '3.1']) assert.deepEqual(clauses(llama(version), 'territory'), []);
      for (const version of ['3.2', '4']) {
        const found = clause(llama(version), 'territory');
        assert.deepEqual([found.effect, found.clause, found.territories, found.when], ['conditional', 'acceptable use policy', ['EU'], ['multimodal models']]);
      }
      assert.match(knowledge.model('meta-llama/Llama-3.2-11B-Vision')?.note ?? '', /^multimodal/);
      assert.doesNotMatch(knowledge.model('meta-llama/Llama-3.2-1B')?.note ?? '', /^multimodal/);
    });
  });

  it('2. Gemma: a model trained on outputs is a derivative, the outputs are not; the newest text stands for the tag', () => {
    const id = 'LicenseRef-gemma-terms-2025-03-24';
    const derived = clause(id, 'output-is-derivative');
    assert.deepEqual([derived.clause, reachesOutputs(derived)], ['s. 1.1(e)', true]);
    assert.match(derived.what, /outputs themselves do not/);
    assert.ok(reachesOutputs(clause(id, 'flow-down')) && reachesOutputs(clause(id, 'use-policy')));
    assert.deepEqual(knowledge.hubLicence('gemma')?.terms, [id]);
    for (const model of ['google/gemma-2-9b-it', 'google/gemma-3-27b-it', 'google/gemma-7b', 'google/gemma-2b'])
      assert.deepEqual(licencesOf(model), [id], model);
    assert.deepEqual(licencesOf('google/gemma-4-31B-it'), ['Apache-2.0']);
  });

  describe('3. Qwen', () => {
    const cases: Readonly<Record<string, string>> = {
      'Qwen/Qwen-7B-Chat': 'LicenseRef-tongyi-qianwen-license',
      'Qwen/Qwen-72B': 'LicenseRef-tongyi-qianwen-license',
      'Qwen/Qwen1.5-72B-Chat': 'LicenseRef-tongyi-qianwen-license',
      'Qwen/Qwen2-72B-Instruct': 'LicenseRef-tongyi-qianwen-license',
      'Qwen/Qwen2-7B-Instruct': 'Apache-2.0',
      'Qwen/Qwen2.5-7B': 'Apache-2.0',
      'Qwen/Qwen2.5-14B-Instruct-1M': 'Apache-2.0',
      'Qwen/Qwen2.5-3B-Instruct': 'LicenseRef-qwen-research-2024',
      'Qwen/Qwen2.5-72B-Instruct': 'LicenseRef-qwen-license-2024',
      'Qwen/Qwen3-8B': 'Apache-2.0',
      'Qwen/Qwen3.8-2.4T-A95B': 'LicenseRef-qwen3.8-max-license',
      'Qwen/Qwen3.8-Flash-Next': 'LicenseRef-qwen-community-1.0',
      'Qwen/Qwen3.8-27B': 'Apache-2.0',
    };
    for (const [model, licence] of Object.entries(cases)) it(`${model}: ${licence}`, () => assert.deepEqual(licencesOf(model), [licence]));
    it('Tongyi bans improving other models with outputs and counts 100 million users', () => {
      assert.equal(clause('LicenseRef-tongyi-qianwen-license', 'train-on-output').effect, 'forbid');
      assert.deepEqual(clause('LicenseRef-tongyi-qianwen-license', 'user-threshold').threshold, {
        kind: 'MAU',
        operator: '>',
        value: 100_000_000,
        unit: null,
        effect: 'licence-needed',
        frozenAt: null,
      });
    });
    it('the licence of 2024 allows it with a display line', () => {
      assert.equal(clause('LicenseRef-qwen-license-2024', 'train-on-output').effect, 'conditional');
      const display = clause('LicenseRef-qwen-license-2024', 'display-notice');
      assert.deepEqual([display.value, display.alternatives, reachesOutputs(display)], ['Built with Qwen', ['Improved using Qwen'], true]);
    });
  });

  describe('4. DeepSeek', () => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      'deepseek-ai/DeepSeek-V3': ['LicenseRef-deepseek-license-1.0'],
      'deepseek-ai/DeepSeek-V3-Base': ['LicenseRef-deepseek-license-1.0'],
      'deepseek-ai/DeepSeek-R1': ['MIT'],
      'deepseek-ai/DeepSeek-V3.2-Exp': ['MIT'],
      'deepseek-ai/DeepSeek-R1-Distill-Llama-8B': ['LicenseRef-llama-3.1-community', 'MIT'],
      'deepseek-ai/DeepSeek-R1-Distill-Llama-70B': ['LicenseRef-llama-3.3-community', 'MIT'],
      'deepseek-ai/DeepSeek-R1-Distill-Qwen-7B': ['MIT'],
    };
    for (const [model, licences] of Object.entries(cases)) it(`${model}: ${licences.join(' and ')}`, () => assert.deepEqual(licencesOf(model), licences));
    it('names the base of a distilled model', () =>
      assert.deepEqual(knowledge.model('deepseek-ai/DeepSeek-R1-Distill-Llama-8B')?.bases, ['meta-llama/Llama-3.1-8B']));
    it('1.0 binds models trained on outputs', () => assert.ok(reachesOutputs(clause('LicenseRef-deepseek-license-1.0', 'flow-down'))));
  });

  it('5. "Modified MIT" is several licences, none of them MIT', () => {
    const ids = knowledge.licenceName('Modified-MIT');
    assert.equal(ids.length, 3);
    for (const id of ids) assert.ok(clause(id, 'user-threshold').threshold?.effect === 'display' && clause(id, 'display-notice').effect === 'conditional');
    assert.deepEqual(licencesOf('moonshotai/Kimi-K2-Instruct'), ['LicenseRef-kimi-k2-modified-mit']);
    assert.deepEqual(licencesOf('moonshotai/Kimi-K3'), ['LicenseRef-kimi-k3-license']);
    assert.deepEqual(licencesOf('MiniMaxAI/MiniMax-M2'), ['LicenseRef-minimax-m2-modified-mit']);
    assert.deepEqual(knowledge.model('mistralai/Devstral-2-123B-Instruct-2512')?.licences[0]?.licences, []);
    assert.deepEqual(knowledge.hubLicence('mit')?.terms, ['MIT']);
  });

  describe('6. Stable Diffusion and FLUX', () => {
    const cases: Readonly<Record<string, string>> = {
      'CompVis/stable-diffusion-v1-4': 'LicenseRef-creativeml-openrail-m',
      'stable-diffusion-v1-5/stable-diffusion-v1-5': 'LicenseRef-creativeml-openrail-m',
      'stabilityai/stable-diffusion-2-1': 'LicenseRef-creativeml-openrail-plus-plus-m',
      'stabilityai/stable-diffusion-xl-base-0.9': 'LicenseRef-sdxl-0.9-research',
      'stabilityai/stable-diffusion-xl-base-1.0': 'LicenseRef-creativeml-openrail-plus-plus-m',
      'stabilityai/sdxl-turbo': 'LicenseRef-stability-nc-research-2023-11',
      'stabilityai/stable-diffusion-3.5-large': 'LicenseRef-stability-ai-community-2024',
      'black-forest-labs/FLUX.1-schnell': 'Apache-2.0',
      'black-forest-labs/FLUX.1-dev': 'LicenseRef-flux-1-dev-nc',
      'black-forest-labs/FLUX.2-dev': 'LicenseRef-flux-dev-nc-2.0',
    };
    for (const [model, licence] of Object.entries(cases)) it(`${model}: ${licence}`, () => assert.deepEqual(licencesOf(model), [licence]));
    it('the outputs of FLUX dev may be sold, the model not', () => {
      assert.equal(clause('LicenseRef-flux-1-dev-nc', 'commercial-use').effect, 'forbid');
      assert.equal(clause('LicenseRef-flux-1-dev-nc', 'output-commercial').effect, 'permit');
    });
  });

  describe('7. services', () => {
    const cases = {
      deepseek: 'allowed',
      openai: 'competing-only',
      anthropic: 'forbidden',
      mistral: 'silent',
      google: 'competing-only',
      xai: 'forbidden',
      azure: 'competing-only',
      'google-vertex': 'competing-only',
      zhipu: null,
      cohere: null,
      openrouter: 'conditional',
    } as const;
    for (const [id, answer] of Object.entries(cases)) it(`${id}: ${answer ?? 'not read'}`, () => assert.equal(knowledge.service(id)?.trainAnyModel, answer));
    it('OpenAI exempts classifiers that are not distributed', () =>
      assert.match(knowledge.service('openai')?.summary ?? '', /exempt: classifiers and embedding models that are not distributed/));
    it('Anthropic lifts its ban by authorisation', () => assert.match(knowledge.service('anthropic')?.unless ?? '', /authorisation/));
    const models: Readonly<Record<string, string | null>> = {
      'gpt-4o': 'openai',
      'gpt-4': 'openai',
      'gpt-3.5-turbo-0125': 'openai',
      'gpt-5.1-mini': 'openai',
      'o3-mini': 'openai',
      'text-davinci-003': 'openai',
      'chatgpt-4o-latest': 'openai',
      'claude-sonnet-4-5': 'anthropic',
      'claude-3-opus-20240229': 'anthropic',
      'gemini-2.5-pro': 'google',
      'models/gemini-1.5-flash': 'google',
      'mistral-large-latest': 'mistral',
      'open-mixtral-8x7b': 'mistral',
      'grok-4': 'xai',
      'deepseek-chat': 'deepseek',
      'deepseek-reasoner': 'deepseek',
      'qwen-max': 'alibaba',
      'command-r-plus': 'cohere',
      'gpt-6-mini': 'openai',
      'ft:gpt-3.5-turbo:acme': 'openai',
      'claude@20241022': 'anthropic',
      'glm-4-plus': 'zhipu',
      'glm-4-9b-chat': null,
      'text-bison@002': 'google-vertex',
      'doubao-pro-32k': 'volcengine',
      'gpt-oss-20b': null,
      'gpt-neox-20b': null,
      'gpt-j-6b': null,
      gpt2: null,
      'meta-llama/Llama-3.1-8B': null,
      o1js: null,
      'mistral-7b-instruct': null,
      'gemma-2-9b': null,
      'my-claude-clone': null,
      'gpt-4all': null,
      commander: null,
    };
    for (const [model, service] of Object.entries(models)) {
      it(`the model id ${model} is ${service === null ? 'no service' : `one of ${service}`}`, () => {
        const found = knowledge.allServices().filter((row) => row.modelPatterns.some((pattern) => new RegExp(pattern, 'u').test(model)));
        assert.deepEqual(
          found.map((row) => row.id),
          service === null ? [] : [service],
        );
      });
    }
    it('says until when other terms held, and which models have terms of their own', () => {
      const mistral = knowledge.service('mistral');
      const replicate = knowledge.service('replicate');
      assert.ok(mistral && replicate);
      assert.equal(serviceTerms(mistral, null, '2024-02-01').trainAnyModel, 'competing-only');
      assert.equal(serviceTerms(mistral, null, '2024-02-27').trainAnyModel, 'silent');
      assert.equal(serviceTerms(mistral, 'mistral-large-latest', null).trainAnyModel, 'silent');
      assert.equal(serviceTerms(replicate, 'black-forest-labs/flux-dev', null).trainAnyModel, 'competing-only');
      assert.equal(serviceTerms(replicate, 'acme/other', null).trainAnyModel, 'conditional');
    });
    it('lists modules as they are imported', () => {
      assert.ok(knowledge.service('google')?.python.includes('google.generativeai'));
      for (const service of knowledge.allServices()) for (const name of service.python) assert.doesNotMatch(name, /-/);
    });
  });

  it('8. hub bsl-1.0 is Boost; other and unknown are no licences; families name none', () => {
    assert.deepEqual(knowledge.hubLicence('bsl-1.0')?.terms, ['BSL-1.0']);
    assert.equal(knowledge.terms('BSL-1.0')?.category, 'permissive');
    assert.equal(knowledge.terms('BUSL-1.1')?.category, 'use-restricted');
    for (const tag of ['other', 'unknown']) assert.deepEqual([knowledge.hubLicence(tag)?.notALicence, knowledge.hubLicence(tag)?.terms], [true, []]);
    for (const tag of ['cc', 'bsd', 'gpl', 'lgpl', 'openrail', 'gfdl']) assert.equal(knowledge.hubLicence(tag)?.ambiguous, true, tag);
    for (const tag of ['odc-by', 'odbl', 'llama2', 'mit']) assert.equal(knowledge.hubLicence(tag)?.ambiguous, false, tag);
  });

  it('9. a data set written by an API keeps its tag, and names the service beside it', () => {
    const cases: Readonly<Record<string, readonly [string, string]>> = {
      'tatsu-lab/alpaca': ['CC-BY-NC-4.0', 'openai'],
      'Open-Orca/OpenOrca': ['MIT', 'openai'],
      'HuggingFaceH4/ultrachat_200k': ['MIT', 'openai'],
      'sahil2801/CodeAlpaca-20k': ['CC-BY-4.0', 'openai'],
    };
    for (const [id, [licence, service]] of Object.entries(cases)) {
      const record = knowledge.dataset(id);
      assert.deepEqual(record?.licences.at(-1)?.licences, [licence], id);
      assert.ok(
        record?.generatedBy.some((by) => by.service === service),
        id,
      );
    }
    assert.deepEqual(knowledge.dataset('databricks/databricks-dolly-15k')?.generatedBy, []);
    assert.ok(knowledge.dataset('lmsys/lmsys-chat-1m')?.generatedBy.some((by) => by.service === 'anthropic'));
  });
});

describe('other facts of the flags', () => {
  it('BigCode OpenRAIL-M makes models trained on outputs derivatives, s. 1.i', () =>
    assert.equal(clause('LicenseRef-bigcode-openrail-m-v1', 'output-is-derivative').clause, 's. 1.i'));
  it('AI2 "AI Model License" is another than ImpACT', () =>
    assert.notEqual(terms('LicenseRef-ai2-ai-model-license').category, terms('LicenseRef-ai2-impact-mr').category));
  it('Stability NC bars hosting for third parties, s. 1.b', () => {
    const found = clauses('LicenseRef-stability-nc-research-2023-11', 'use-policy').find((entry) => entry.on === 'serve');
    assert.deepEqual([found?.effect, found?.clause], ['forbid', 's. 1.b']);
  });
  it('Hunyuan excludes territories for outputs too', () => {
    const found = clause('LicenseRef-tencent-hunyuanvideo', 'territory');
    assert.deepEqual([found.effect, found.territories, reachesOutputs(found)], ['forbid', ['EU', 'UK', 'South Korea'], true]);
    assert.deepEqual(clause('LicenseRef-tencent-hunyuan-large', 'territory').territories, ['EU']);
    assert.equal(clause('LicenseRef-tencent-hunyuan3d-2', 'user-threshold').threshold?.value, 1_000_000);
  });
  it('gpt-oss is Apache-2.0 with a policy beside it', () => {
    assert.deepEqual(licencesOf('openai/gpt-oss-120b'), ['Apache-2.0']);
    assert.match(knowledge.model('openai/gpt-oss-120b')?.note ?? '', /usage policy/);
    assert.deepEqual(knowledge.hubLicence('apache-2.0')?.terms, ['Apache-2.0']);
  });
  it('permissive licences ask for notices, and bar nothing', () => {
    for (const id of ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'CC-BY-4.0', 'ODC-By-1.0']) {
      assert.ok(clause(id, 'licence-copy') && clause(id, 'attribution'), id);
      assert.ok(
        terms(id).clauses.every((entry) => entry.effect === 'permit' || entry.effect === 'require'),
        id,
      );
      assert.equal(clause(id, 'commercial-use').effect, 'permit');
    }
  });
  it('non-commercial licences reach what is made from the work, by weights and not by data', () => {
    for (const id of ['CC-BY-NC-4.0', 'CC-BY-NC-3.0', 'CC-BY-NC-SA-4.0']) {
      const found = clause(id, 'commercial-use');
      assert.deepEqual([found.effect, found.reaches], ['forbid', ['finetune', 'adapter', 'quantized', 'merge']], id);
    }
    assert.deepEqual(clause('CC-BY-SA-4.0', 'same-licence').reaches, ['finetune', 'adapter', 'quantized', 'merge']);
  });
  it('AGPL asks for the source when it is served, s. 13', () =>
    assert.ok(clauses('AGPL-3.0-only', 'same-licence').some((entry) => entry.on === 'serve' && entry.clause === 's. 13')));
  it('maps categories', () => {
    const cases: Readonly<Record<string, string>> = {
      'CC0-1.0': 'public-domain',
      MIT: 'permissive',
      'MPL-2.0': 'weak-copyleft',
      'GPL-3.0-only': 'copyleft',
      'CC-BY-SA-4.0': 'share-alike',
      'ODbL-1.0': 'share-alike',
      'LicenseRef-llama-3.1-community': 'use-restricted',
      'CC-BY-NC-4.0': 'non-commercial',
      'LicenseRef-llama-1-2023': 'research-only',
      'LicenseRef-nvidia-data-agreement-model-training': 'proprietary',
    };
    for (const [id, category] of Object.entries(cases)) assert.equal(terms(id).category, category, id);
  });
  it('dates licences that changed', () => {
    assert.deepEqual(
      knowledge.model('01-ai/Yi-34B-Chat')?.licences.map((row) => [row.from, row.licences]),
      [
        [null, ['LicenseRef-yi-series-community-2.1']],
        ['2025-02-08', ['Apache-2.0']],
      ],
    );
    assert.deepEqual(
      knowledge.dataset('allenai/dolma')?.licences.map((row) => row.from),
      [null, '2024-04-15'],
    );
  });

  it('GLM-4: commercial use after registration, a line to show, a name to begin with', () => {
    const id = 'LicenseRef-glm-4-9b';
    for (const model of ['glm-4-9b', 'glm-4-9b-chat', 'glm-4v-9b']) assert.deepEqual(licencesOf(`THUDM/${model}`), [id]);
    assert.deepEqual(licencesOf('THUDM/GLM-4-9B-0414'), ['MIT']);
    assert.equal(clause(id, 'commercial-use').effect, 'conditional');
    assert.equal(clause(id, 'display-notice').value, 'Built with glm-4');
    assert.equal(clause(id, 'name-prefix').value, 'glm-4');
    assert.deepEqual(terms(id).licenceNames, ['glm-4']);
  });
});
