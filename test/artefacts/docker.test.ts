import assert from 'node:assert/strict';
import { dockerReader } from '../../server/src/artefacts/docker.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const loads = 'loads hub:acme/base-7b <- acme/base-7b';
const pinned = 'loads hub:acme/base-7b @0123abc <- acme/base-7b';

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a download in a step': [lines('FROM python:3.12', 'RUN pip install hf && hf download acme/base-7b'), loads],
  'over lines': [lines('FROM x', 'RUN set -e; \\', '    # a comment between', '', '    huggingface-cli download \\', '      acme/base-7b'), loads],
  'over lines with CRLF': ['FROM x\r\nRUN hf download \\\r\n  acme/base-7b\r\n', loads],
  'behind flags of the step': [lines('FROM x', 'RUN --mount=type=secret,id=hf --network=host hf download acme/base-7b'), loads],
  'as a list': [lines('FROM x', 'RUN ["hf", "download", "acme/base-7b"]'), loads],
  'in a document': [lines('FROM x', 'RUN <<EOF', 'hf download acme/base-7b', 'EOF', 'RUN hf download acme/other'), loads, 'loads hub:acme/other <- acme/other'],
  'in code of Python': [lines('FROM x', 'RUN python -c "from x import A; A.from_pretrained(\'acme/base-7b\')"'), loads],
  'in code of Python with its quotes taken out': [lines('FROM x', 'RUN python3 -c "A.from_pretrained(\\"acme/base-7b\\")"'), loads],
  'in a document for Python': [lines('FROM x', 'RUN python3 <<EOF', 'AutoModel.from_pretrained("acme/base-7b")', 'EOF'), loads],
  'in a file that is written': [lines('FROM x', "COPY <<'EOF' /run.txt", 'RUN hf download acme/base-7b', 'EOF')],
  'in a comment': [lines('FROM x', '# RUN hf download acme/base-7b', 'RUN echo model')],
  'in an argument of the build': [lines('FROM x', 'ARG MODEL=acme/base-7b', 'RUN hf download $MODEL'), loads],
  'in an argument before the first stage': [lines('ARG MODEL=acme/base-7b', 'FROM x', 'ARG MODEL', 'RUN hf download ${MODEL}'), loads],
  'in a variable': [lines('FROM x', 'ENV A=1 MODEL="acme/base-7b"', 'CMD vllm serve $MODEL'), loads],
  'in a variable over lines': [lines('FROM x', 'ENV A=1 \\', '    MODEL=acme/base-7b', 'CMD vllm serve $MODEL'), loads],
  'in a variable of the older form': [lines('FROM x', 'ENV MODEL acme/base-7b', 'CMD vllm serve $MODEL'), loads],
  'in a variable of another stage': [lines('FROM x AS a', 'ENV MODEL=acme/base-7b', 'FROM y', 'CMD vllm serve $MODEL')],
  'in a variable of the stage that it builds on': [lines('FROM x AS a', 'ENV MODEL=acme/base-7b', 'FROM a', 'CMD vllm serve $MODEL'), loads],
  'what is started': [lines('FROM x', 'CMD ["vllm", "serve", "acme/base-7b"]'), loads],
  'what is started, in two parts': [
    lines('FROM x', 'ENTRYPOINT ["python3", "-m", "vllm.entrypoints.openai.api_server"]', 'CMD ["--model", "acme/base-7b"]'),
    loads,
  ],
  'what is started by a shell': [lines('FROM x', 'CMD ["sh", "-c", "exec vllm serve acme/base-7b --port $PORT"]'), loads],
  'the last of what is started': [lines('FROM x', 'CMD ["vllm", "serve", "acme/old"]', 'CMD ["vllm", "serve", "acme/base-7b"]'), loads],
  'arguments of a known image': [lines('FROM vllm/vllm-openai:v0.6.3', 'CMD ["--model", "acme/base-7b"]'), loads],
  'the environment of a known image': [
    lines('FROM ghcr.io/huggingface/text-generation-inference:2.4', 'ENV MODEL_ID=acme/base-7b \\', '    REVISION=0123abc'),
    pinned,
  ],
  'the environment of another image': [lines('FROM x', 'ENV MODEL_ID=acme/base-7b')],
  'a library of models': [
    lines('FROM ollama/ollama', 'RUN ollama serve & sleep 5; ollama pull llama3.1'),
    'loads hub:meta-llama/Llama-3.1-8B-Instruct <- llama3.1',
  ],
  'an address': [
    lines('FROM x', 'ADD https://huggingface.co/acme/base-7b/resolve/main/m.gguf /models/'),
    'loads hub:acme/base-7b @main <- https://huggingface.co/acme/base-7b/resolve/main/m.gguf',
  ],
  'a label': [lines('FROM x', 'LABEL model="acme/base-7b"')],
};

describe('Dockerfiles', () => {
  for (const path of ['Dockerfile', 'docker/Dockerfile.gpu', 'vllm.Dockerfile', 'Containerfile', 'Dockerfile-cpu'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(dockerReader, path)));
  for (const path of ['Dockerfile.md', 'docker-compose.yml', 'dockerfile.py', 'mydockerfile'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(dockerReader, path)));
  for (const [name, [text, ...shown]] of Object.entries(cases)) it(`reads ${name}`, () => assert.deepEqual(shownBy(dockerReader, 'Dockerfile', text), shown));
  it('takes a test image for one', () =>
    assert.deepEqual(shownBy(dockerReader, 'tests/Dockerfile', 'FROM x\nRUN hf download acme/base-7b\n'), [
      'loads hub:acme/base-7b evaluation <- acme/base-7b',
    ]));
  it('ends on a document that never ends', () => assert.equal(readWith(dockerReader, 'Dockerfile', `model\n${'RUN <<A\n'.repeat(50_000)}`).facts.length, 0));
  it('never throws', () =>
    fuzzText(
      dockerReader,
      'Dockerfile',
      lines(
        'ARG MODEL=acme/base-7b',
        'FROM ghcr.io/huggingface/text-generation-inference:2 AS a',
        'ENV MODEL_ID=acme/base-7b X="y z" \\',
        '  # c',
        '  REVISION=main',
        'RUN --mount=x hf download $MODEL && python -c "A.from_pretrained(\\"acme/b\\")"',
        'RUN <<EOF',
        'vllm serve acme/c',
        'EOF',
        'FROM a',
        'ENTRYPOINT ["sh", "-c"]',
        'CMD ["vllm serve $MODEL"]',
      ),
    ));
});
