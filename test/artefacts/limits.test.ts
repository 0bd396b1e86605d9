import assert from 'node:assert/strict';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { limits } from '../../server/src/text/limits.ts';
import { writeTar, writeZip } from '../support/archives.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { analyseFiles } from '../support/repo.ts';
import { encode } from './reading.ts';

type Content = string | Uint8Array;

/** A file that has as many of something as is asked, and what is told of one that has more than the limit. */
interface Limit {
  readonly most: number;
  readonly path: string;
  readonly make: (count: number) => Content;
  readonly told: string;
}

const times = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join('');
const words = (count: number, word: (at: number) => string): string => Array.from({ length: count }, (_, at) => word(at)).join(' ');
const more = (most: number, what: string): Pick<Limit, 'most' | 'told'> => ({ most, told: `more than ${most} ${what}` });
const nested = { most: limits.nesting, told: 'nested too deeply' };
const manifest = 'kind: Pod\napiVersion: v1\nmodel: x\n';
const shown = '```\nhf download x\n```\n';
const asks = 'from openai import OpenAI\nclient = OpenAI()\n';
const ask = 'client.chat.completions.create(model="gpt-4o", messages=[])';

const rows: Readonly<Record<string, Limit>> = {
  'facts of one reader': {
    ...more(limits.factsPerFile, 'facts (settings)'),
    path: 'conf/run.yaml',
    make: (count) => times(count, (at) => `model_${at}: a-${at}\n`),
  },
  'instructions of a Dockerfile': {
    ...more(limits.dockerInstructions, 'instructions'),
    path: 'Dockerfile',
    make: (count) => `FROM x\n${'RUN model\n'.repeat(count - 1)}`,
  },
  'variables of a Dockerfile': {
    ...more(limits.dockerVariables, 'variables'),
    path: 'Dockerfile',
    make: (count) => `FROM x\nENV ${words(count, (at) => `A${at}=model`)}\n`,
  },
  'variables of a Dockerfile, one a line': {
    ...more(limits.dockerVariables, 'variables'),
    path: 'Dockerfile',
    make: (count) => `FROM x\n${times(count, (at) => `ENV A${at} model\n`)}`,
  },
  'instructions of a Modelfile': { ...more(limits.modelInstructions, 'instructions'), path: 'Modelfile', make: (count) => 'FROM ./x\n'.repeat(count) },
  'instructions of a Modelfile that a script writes': {
    ...more(limits.modelInstructions, 'instructions'),
    path: 'run.sh',
    make: (count) => `cat > Modelfile <<EOF\n${'FROM ./model\n'.repeat(count)}EOF\n`,
  },
  'documents of YAML': { ...more(limits.yamlDocuments, 'documents of YAML'), path: 'k8s/all.yaml', make: (count) => `---\n${manifest}`.repeat(count) },
  'containers of one document': {
    ...more(limits.containers, 'containers'),
    path: 'compose.yaml',
    make: (count) => `services:\n${times(count, (at) => `  s${at}: { image: model }\n`)}`,
  },
  'containers of several documents': {
    ...more(limits.containers, 'containers'),
    path: 'k8s/all.yaml',
    make: (count) => `---\n${manifest}a: { image: x }\n---\n${manifest}all:\n${'- { image: x }\n'.repeat(count - 1)}`,
  },
  'steps of a workflow': {
    ...more(limits.workflowSteps, 'steps'),
    path: '.github/workflows/deploy.yml',
    make: (count) => `on: push\njobs:\n  a:\n    steps:\n${'    - run: model\n'.repeat(count)}`,
  },
  'lines of a script of another runner': {
    ...more(limits.workflowSteps, 'steps'),
    path: '.gitlab-ci.yml',
    make: (count) => `deploy:\n  script:\n${'    - model\n'.repeat(count)}`,
  },
  'blocks of a README': { ...more(limits.shownBlocks, 'blocks of commands'), path: 'README.md', make: (count) => shown.repeat(count) },
  'words of a script': { ...more(limits.shellWords, 'words of shell'), path: 'run.sh', make: (count) => `model\n${'x\n'.repeat(count - 1)}` },
  'words of a substitution': { ...more(limits.shellWords, 'words of shell'), path: 'run.sh', make: (count) => `model$(${'x\n'.repeat(count - 1)})` },
  'words of one command': {
    ...more(limits.shellArguments, 'words of one command'),
    path: 'run.sh',
    make: (count) => `hf download ${words(count - 2, () => 'x')}\n`,
  },
  'words of a variable of a command': {
    ...more(limits.shellArguments, 'words of one command'),
    path: 'run.sh',
    make: (count) => `ALL=(${words(count - 2, () => 'x')})\nhf download "\${ALL[@]}"\n`,
  },
  'values of one word': {
    ...more(limits.shellValues, 'values of one word of shell'),
    path: 'run.sh',
    make: (count) => `for m in ${words(count, (at) => `acme/m${at}`)}; do\n  hf download $m\ndone\n`,
  },
  'values of one word that is put together': {
    ...more(limits.shellValues, 'values of one word of shell'),
    path: 'run.sh',
    make: (count) =>
      `for o in ${words(Math.floor(count / 10), (at) => `o${at}`)}; do\n  for m in ${words(10 + (count % 10), (at) => `m${at}`)}; do\n    hf download $o/$m\n  done\ndone\n`,
  },
  'values that a function is called with': {
    ...more(limits.shellValues, 'values of one word of shell'),
    path: 'run.sh',
    make: (count) => `get() {\n  hf download $1\n}\n${times(count, (at) => `get acme/m${at}\n`)}`,
  },
  'entries of one list': {
    ...more(limits.shellEntries, 'entries of one list of shell'),
    path: 'run.sh',
    make: (count) => `python train.py --model_name_or_path acme/base-7b --dataset_name ${words(count, (at) => `acme/d${at}`).replaceAll(' ', ',')}\n`,
  },
  'scripts that a script reads': {
    ...more(limits.shellSources, 'scripts that it reads'),
    path: 'run.sh',
    make: (count) => `${times(count, (at) => `source a${at}.sh\n`)}hf download $MODEL\n`,
  },
  'names that a script sets for others': {
    ...more(limits.shellHanded, 'names that are set for other scripts'),
    path: 'env.sh',
    make: (count) => `MODEL=acme/base-7b\n${times(count - 1, (at) => `V${at}=x\n`)}`,
  },
  'scripts that a script runs': {
    ...more(limits.shellHanded, 'scripts that are run'),
    path: 'run.sh',
    make: (count) => times(count, () => 'bash other.sh acme/base-7b\n'),
  },
  'branches of a script': { ...nested, path: 'run.sh', make: (count) => `model\n${'if x; then\n'.repeat(count)}${'fi\n'.repeat(count)}` },
  'substitutions of a script': { ...nested, path: 'run.sh', make: (count) => `model ${'$('.repeat(count)}x${')'.repeat(count)}\n` },
  'tokens of Python': {
    // The end of the text is a token of its own.
    ...more(limits.pythonTokens, 'tokens of Python'),
    path: 'a.py',
    make: (count) => `from_pretrained\n${'x '.repeat(count - 3)}`,
  },
  'calls of services': { ...more(limits.pythonCalls, 'calls of services'), path: 'a.py', make: (count) => asks + `${ask}\n`.repeat(count) },
  'files that Python writes': {
    ...more(limits.pythonFiles, 'files that are written'),
    path: 'a.py',
    make: (count) => `${asks}x = ${ask}\n${times(count, (at) => `f${at} = open("a${at}.txt", "w")\n`)}`,
  },
  'files that Python reads': {
    ...more(limits.pythonFiles, 'files that are read'),
    path: 'a.py',
    make: (count) => `${asks}x = ${ask}\n${times(count, (at) => `f${at} = open("a${at}.jsonl")\n`)}`,
  },
  'functions of other files': {
    ...more(limits.pythonImported, 'functions of other files'),
    path: 'a.py',
    make: (count) => `from .llm import ${words(count, (at) => `ask${at},`)} last\n${times(count, (at) => `x${at} = ask${at}("model=")\n`)}`,
  },
  'places that one call reaches': {
    ...more(limits.pythonPlaces, 'places that one call reaches'),
    path: 'make_sft_data.py',
    make: (count) => `import json\n${asks}x = ${ask}\n${times(count, (at) => `json.dump(x, open("train${at}.jsonl", "w"))\n`)}`,
  },
  trainers: {
    ...more(limits.pythonTrainers, 'trainers'),
    path: 'a.py',
    make: (count) => `m = AutoModel.from_pretrained("acme/base-7b")\n${'Trainer(model=m)\n'.repeat(count)}`,
  },
  'tokens of JavaScript': {
    // The one that is one too many is not looked for.
    ...more(limits.javascriptTokens, 'tokens of JavaScript'),
    path: 'a.js',
    make: (count) => `ollama\n${'x\n'.repeat(count - 2)}`,
  },
  statements: {
    ...more(limits.proseFacts, 'statements'),
    path: 'README.md',
    make: (count) => times(count, (at) => `This model is a fine-tuned version of acme/m${at}.\n\n`),
  },
  'statements of a document on data': {
    ...more(limits.proseFacts, 'statements'),
    path: 'DATA.md',
    make: (count) => times(count, (at) => `Our dataset license: CC${' '.repeat(1 + (at % 25))}BY-NC${' '.repeat(1 + Math.floor(at / 25))}4.0\n\n`),
  },
  'folders that a document puts somewhere': {
    ...more(limits.namedFiles, 'folders'),
    path: 'get.sh',
    make: (count) => times(count, (at) => `x --local-dir folder-${at}\n`),
  },
  claims: { ...more(limits.proseFacts, 'claims'), path: 'README.md', make: (count) => '# X\n\n' + 'Our model is fully open source.\n\n'.repeat(count) },
  'links to licences': {
    ...more(limits.proseFacts, 'links to licences'),
    path: 'README.md',
    make: (count) => times(count, (at) => `[License](LICENSE-${at})\n\n`),
  },
  'origins of code': {
    ...more(limits.originsPerFile, 'lines on where code was taken from'),
    path: 'a.py',
    make: (count) => times(count, (at) => `# Copied from https://github.com/acme/r${at}\nx = ${at}\n`),
  },
  'names of files of weights': {
    ...more(limits.namedFiles, 'names of files'),
    path: 'docs/models.md',
    make: (count) => times(count, (at) => `- a${at}.safetensors\n`) + '- a0.safetensors\n',
  },
  'works of a disclosure': {
    ...more(limits.disclosureWorks, 'works'),
    path: 'TRAINING_DATA.md',
    make: (count) => `<!-- pedigree: disclosure eu-gpai-summary -->\n${times(count, (at) => `- \`service:a${at}\`\n`)}`,
  },
  'words of a disclosure': {
    most: limits.disclosureWords,
    told: `words behind the first ${limits.disclosureWords / 1000} kB were not read`,
    path: 'TRAINING_DATA.md',
    make: (count) => `<!-- pedigree: disclosure eu-gpai-summary -->\n`.padEnd(count, 'word '),
  },
  'holders of a notice': {
    ...more(limits.noticeNames, 'holders'),
    path: 'NOTICE',
    make: (count) => times(count, (at) => `Copyright 2020 Acme${at} Works\n`) + 'Copyright 2021 Acme0 Works\n',
  },
  'repositories of a notice': {
    ...more(limits.noticeNames, 'repositories'),
    path: 'NOTICE',
    make: (count) => times(count, (at) => `https://github.com/acme/r${at}\n`) + 'https://github.com/acme/r0\n',
  },
  'licences of a notice': {
    most: limits.licenceBytes,
    told: `licences behind the first ${limits.licenceBytes / 1000} kB were not looked for`,
    path: 'THIRD-PARTY-NOTICES.dat',
    make: (count) => 'Copyright 2020 Acme\n'.padEnd(count, 'some words '),
  },
  'bytes of a licence': {
    most: limits.licenceBytes,
    told: `only its first ${limits.licenceBytes / 1000} kB were read`,
    path: 'LICENSE',
    make: (count) => 'Some terms\n'.padEnd(count, 'some words '),
  },
  'bytes of a script': {
    most: limits.shellBytes,
    told: `only its first ${limits.shellBytes / 1000} kB were read`,
    path: 'run.sh',
    make: (count) => 'model\n# '.padEnd(count, 'x'),
  },
  'bytes of a Dockerfile': {
    most: limits.shellBytes,
    told: `only its first ${limits.shellBytes / 1000} kB were read`,
    path: 'Dockerfile',
    make: (count) => 'FROM model\n# '.padEnd(count, 'x'),
  },
  'bytes of a Modelfile': {
    most: limits.shellBytes,
    told: `only its first ${limits.shellBytes / 1000} kB were read`,
    path: 'Modelfile',
    make: (count) => 'FROM model\n# '.padEnd(count, 'x'),
  },
  'bytes of a manifest': { most: limits.shellBytes, told: 'larger than 400 kB', path: 'k8s/all.yaml', make: (count) => `${manifest}# `.padEnd(count, 'x') },
  'rows of covers': { ...more(limits.coverRows, 'rows'), path: '.reuse/dep5', make: (count) => times(count, (at) => `Files: a${at}\nLicense: MIT\n\n`) },
  'globs of a cover': {
    ...more(limits.coverGlobs, 'globs of one row'),
    path: '.reuse/dep5',
    make: (count) => `Files: ${words(count, (at) => `a${at}`)}\nLicense: MIT\n`,
  },
  'requirements of setup.py': {
    ...more(limits.setupLists, 'lists of requirements'),
    path: 'setup.py',
    make: (count) => 'install_requires=[],\n'.repeat(count),
  },
  'files of an archive': {
    ...more(limits.archiveMembers, 'files of an archive'),
    path: 'a.nemo',
    make: (count) => writeTar(Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, '']))),
  },
  'fields of a message': {
    ...more(limits.protobufFields, 'fields of one message'),
    path: 'a.onnx',
    // The version, the graph, and numbers behind them.
    make: (count) => Uint8Array.from([0x08, 8, 0x3a, 0, ...Array.from({ length: count - 2 }, () => [0x28, 1]).flat()]),
  },
  'bytes of a file of an archive': {
    most: limits.archiveMemberBytes,
    told: `a file of an archive larger than ${limits.archiveMemberBytes / 1000} kB`,
    path: 'a.keras',
    make: (count) => writeZip({ 'metadata.json': encode('{"keras_version": "3"}'.padEnd(count)) }),
  },
};

const problemsOf = (path: string, content: Content): readonly string[] => {
  const bytes = typeof content === 'string' ? encode(content) : content;
  const { problems } = readArtefact({ path, bytes, size: bytes.length }, testKnowledge());
  return problems.filter((problem) => problem.limit).map((problem) => problem.message);
};

describe('limits of what is read', function () {
  this.timeout(60_000);
  for (const [name, { most, path, make, told }] of Object.entries(rows)) {
    it(`are told once: ${name}`, () => assert.deepEqual(problemsOf(path, make(most + 1)), [told]));
    it(`are no less than they say: ${name}`, () => assert.deepEqual(problemsOf(path, make(most)), []));
  }
});

describe('a limit of a file', () => {
  const { most, path, make, told } = rows['containers of one document'] ?? assert.fail();
  const reportOf = (content: Content): Pick<Report, 'skipped' | 'summary'> =>
    analyseFiles(new Map([[path, typeof content === 'string' ? encode(content) : content]])).report;
  it('is a line in the report, which is not complete', () => {
    const { skipped, summary } = reportOf(make(most + 1));
    assert.deepEqual(skipped, [{ path, reason: told }]);
    assert.ok(!summary.complete);
  });
  it('that is not hit is none', () => {
    const { skipped, summary } = reportOf(make(most));
    assert.deepEqual(skipped, []);
    assert.ok(summary.complete);
  });
});

/** Webs of names that nobody writes: how much work a file is worth has no count that anybody would know. */
const webs: Readonly<Record<string, readonly [path: string, text: string, told: string]>> = {
  shell: [
    'run.sh',
    `${times(40, (at) => `if x; then V${40 - at}=$V${41 - at}; fi\n`.repeat(24))}${'hf download $V1\n'.repeat(50)}`,
    'more names of shell than are followed',
  ],
  'shell that hands names on': [
    'env.sh',
    `M=acme/base-7b\n${times(40, (at) => `if x; then V${40 - at}=$V${41 - at}; fi\n`.repeat(24))}${times(50, (at) => `W${at}=$V1\n`)}`,
    'more names of shell than are followed',
  ],
  JavaScript: [
    'a.js',
    `${times(9, (at) => `const v${at} = v${at + 1} ?? v${at + 1};\n`)}${'pipeline(v0, v0);\n'.repeat(20_000)}`,
    'more names of JavaScript than are followed',
  ],
  'brackets of Python': ['a.py', `${asks}z = ${'('.repeat(150)}${ask}${')'.repeat(150)}\n`, nested.told],
  'calls of Python': ['a.py', `${asks}z = ${'g('.repeat(150)}${ask}${')'.repeat(150)}\n`, nested.told],
  'Python values': ['a.py', `${asks}z = ${'g('.repeat(30)}${ask}${') + 1'.repeat(30)}\n`, 'more values of Python than are followed'],
};

describe('work for one file', function () {
  this.timeout(60_000);
  for (const [name, [path, text, told]] of Object.entries(webs)) it(`has an end that is told: ${name}`, () => assert.deepEqual(problemsOf(path, text), [told]));
});
