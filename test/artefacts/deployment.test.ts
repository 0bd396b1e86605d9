import assert from 'node:assert/strict';
import { deploymentReader } from '../../server/src/artefacts/deployment.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const loads = 'loads hub:acme/base-7b <- acme/base-7b';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;
const table = (path: string, cases: Cases): void => {
  for (const [name, [text, ...shown]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(deploymentReader, path, text), shown));
};

const service = (...parts: readonly string[]): string => lines('services:', '  llm:', ...parts.map((part) => `    ${part}`));
const pod = (...parts: readonly string[]): string =>
  lines(
    'apiVersion: apps/v1',
    'kind: Deployment',
    'spec:',
    '  template:',
    '    spec:',
    '      containers:',
    '        - name: llm',
    ...parts.map((part) => `          ${part}`),
  );

describe('deployments', () => {
  for (const path of ['docker-compose.yml', 'compose.gpu.yaml', 'k8s/deploy.yaml', 'sky.yaml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(deploymentReader, path)));
  for (const path of ['.github/workflows/ci.yml', 'pedigree.yaml', 'mkdocs.yml', 'compose.json'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(deploymentReader, path)));

  describe('compose files', () => {
    table('docker-compose.yml', {
      'a command as a text': [service('image: acme/x', 'command: vllm serve acme/base-7b --port 80'), loads],
      'a folded command': [service('image: vllm/vllm-openai:latest', 'command: >', '  --model acme/base-7b', '  --port 80'), loads],
      'a command as a list': [service('image: acme/x', 'command: ["vllm", "serve", "acme/base-7b"]'), loads],
      'arguments of a known image': [service('image: vllm/vllm-openai', 'command: --model acme/base-7b'), loads],
      'arguments of a known image, a list': [service('image: vllm/vllm-openai', 'command:', '  - --model', '  - acme/base-7b'), loads],
      'arguments of a known image, inline': [service('image: vllm/vllm-openai', 'command: ["--model=acme/base-7b"]'), loads],
      'an entry point with arguments': [
        service('entrypoint: ["python3", "-m", "vllm.entrypoints.openai.api_server"]', 'command: ["--model", "acme/base-7b"]'),
        loads,
      ],
      'a shell': [service('command: ["sh", "-c", "hf download acme/base-7b && exec serve"]'), loads],
      'a shell over lines': [service('entrypoint: /bin/sh', 'command:', '  - -c', '  - |', '    ollama serve &', '    hf download acme/base-7b'), loads],
      'a default': [service('image: vllm/vllm-openai', 'command: --model ${MODEL:-acme/base-7b}'), loads],
      'a variable of the service': [service('environment:', '  MODEL: acme/base-7b', 'command: sh -c "vllm serve $$MODEL"'), loads],
      'the environment of a known image': [
        service('image: ghcr.io/huggingface/text-generation-inference:2', 'environment:', '  - MODEL_ID=acme/base-7b'),
        loads,
      ],
      'the environment of a known image, with a default': [
        service('image: ghcr.io/huggingface/text-embeddings-inference:cpu-1.5', 'environment:', '  MODEL_ID: "${EMBED:-acme/base-7b}"'),
        loads,
      ],
      'the environment of another image': [service('image: acme/x', 'environment:', '  MODEL_ID: acme/base-7b')],
      'a library of models': [
        service('image: ollama/ollama', 'entrypoint: ollama', 'command: pull llama3.1'),
        'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1',
      ],
      'nothing of the kind': [service('image: postgres', 'command: model')],
    });
  });

  describe('manifests of Kubernetes', () => {
    table('deploy.yaml', {
      'arguments of a known image': [pod('image: vllm/vllm-openai:latest', 'args: ["--model", "acme/base-7b"]'), loads],
      'a command': [pod('image: acme/x', 'command: ["vllm", "serve", "acme/base-7b"]'), loads],
      'a shell': [pod('image: acme/x', 'command: ["/bin/bash", "-c"]', 'args:', '  - |', '    export M=acme/base-7b', '    vllm serve $M'), loads],
      'the environment': [pod('image: ghcr.io/huggingface/text-generation-inference:2', 'env:', '  - name: MODEL_ID', '    value: acme/base-7b'), loads],
      'a variable in arguments': [pod('image: vllm/vllm-openai', 'args: ["--model", "$(MODEL)"]', 'env: [{ name: MODEL, value: acme/base-7b }]'), loads],
      'a later document': [lines('apiVersion: v1', 'kind: Service', '---', pod('image: vllm/vllm-openai', 'args: ["--model", "acme/base-7b"]')), loads],
      'code of the repository': [
        pod('image: vllm/vllm-openai', 'args: [--model, acme/base-7b, --revision, "0123abc"]'),
        'loads hub:acme/base-7b @0123abc <- acme/base-7b',
      ],
      'where a model is stored': [
        lines('apiVersion: serving.kserve.io/v1beta1', 'kind: InferenceService', 'spec:', '  predictor:', '    model:', '      storageUri: hf://acme/base-7b'),
        'loads hub:acme/base-7b <- hf://acme/base-7b',
      ],
      'arguments without an image': [
        lines(
          'apiVersion: serving.kserve.io/v1beta1',
          'kind: InferenceService',
          'spec:',
          '  predictor:',
          '    model:',
          '      name: x',
          '      args:',
          '        - --model_id=acme/base-7b',
        ),
        loads,
      ],
      'an image with a template': [lines('apiVersion: v1', 'kind: Pod', 'spec:', '  {{- if .Values.model }}', '  containers: []')],
    });
  });

  describe('tasks for rented machines', () => {
    table('serve.yaml', {
      'commands that run': [lines('resources:', '  accelerators: A100', 'envs:', '  MODEL: acme/base-7b', 'run: |', '  vllm serve $MODEL'), loads],
      'commands that set up': [lines('setup: |', '  hf download acme/base-7b', 'run: |', '  python x.py'), loads],
      'a configuration that only has such a key': [lines('run: vllm serve acme/base-7b', 'model: x')],
    });
  });

  it('reads values of a chart', () =>
    assert.deepEqual(shownBy(deploymentReader, 'values.yaml', lines('servingEngineSpec:', '  modelSpec:', '    - name: x', '      modelURL: "acme/base-7b"')), [
      loads,
    ]));

  it('never throws', () => {
    fuzzText(deploymentReader, 'compose.yaml', service('image: vllm/vllm-openai', 'command: >', '  --model ${M:-acme/base-7b}', 'environment: ["A=b"]'));
    fuzzText(
      deploymentReader,
      'k.yaml',
      `${pod('image: vllm/vllm-openai', 'args: ["--model", "acme/base-7b"]')}---\n${pod('command: [sh, -c, "hf download acme/b"]')}`,
    );
  });
});
