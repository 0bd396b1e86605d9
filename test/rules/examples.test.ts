import assert from 'node:assert/strict';
import { analyseFiles, parseRepo } from '../support/repo.ts';

const manifest = '--- pyproject.toml\n[project]\nname = "otter"\nlicense = "MIT"\n';

const notebookOf = (...cells: readonly string[]): string =>
  JSON.stringify({
    cells: cells.map((source) => ({ cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source })),
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });
const scriptOf = (...cells: readonly string[]): string => cells.map((source) => `# In[ ]:\n\n\n${source}\n`).join('\n');

const load = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("adept/fuyu-8b")';
const remote = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("acme-lab/otter-7b", trust_remote_code=True)';
const data = 'from datasets import load_dataset\nrows = load_dataset("tatsu-lab/alpaca")';
const asks =
  'import json\nfrom openai import OpenAI\nclient = OpenAI()\nanswer = client.chat.completions.create(model="gpt-4o", messages=[])\nwith open("rows.jsonl", "w") as out:\n    out.write(json.dumps({"text": answer.choices[0].message.content}))';
const trains =
  'from trl import SFTTrainer\nrows = load_dataset("json", data_files="rows.jsonl")\ntrainer = SFTTrainer(model=model, train_dataset=rows)\ntrainer.train()';

type Files = Readonly<Record<string, string>>;

const plain = (names: readonly string[], folder = 'nb'): Files => Object.fromEntries(names.map((name) => [`${folder}/${name}.ipynb`, notebookOf('x = 1')]));
/** As many as make a collection. */
const others = plain(['Vision', 'Speech', 'Ranking', 'Merging', 'Packing', 'Sampling', 'Rewards', 'Tracing']);

const found = (files: Files, rule: string): readonly string[] => {
  const text = Object.entries(files).map(([path, content]) => `--- ${path}\n${content}\n`);
  const { findings } = analyseFiles(parseRepo(`${manifest}${text.join('')}`).files).report;
  return findings.flatMap(({ ruleId, severity, path, related }) =>
    ruleId === rule ? [`${severity} ${path}${related.map((each) => ` +${each.path.split('/')[0]}`).join('')}`] : [],
  );
};

describe('examples', () => {
  it('are the notebooks of a collection, and scripts that were made of them', () => {
    const files = { ...others, 'nb/Answers.ipynb': notebookOf(load, remote), 'scripts/Answers.py': scriptOf(load, remote) };
    assert.deepEqual(found(files, 'noncommercial-weights'), ['information nb/Answers.ipynb +scripts']);
    assert.match(found(files, 'remote-code').join(), /^information nb\/Answers\.ipynb \+scripts/);
  });

  it('are not the programs beside them', () => {
    assert.deepEqual(found({ ...others, 'serve.py': load }, 'noncommercial-weights'), ['warning serve.py']);
  });

  it('are not notebooks of a project, nor those that a library is written in', () => {
    const training = notebookOf(load, trains);
    assert.deepEqual(found({ ...plain(['Vision', 'Speech']), 'nb/Answers.ipynb': training }, 'noncommercial-weights'), ['warning nb/Answers.ipynb +nb']);
    const programs = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`otter/part_${at}.py`, 'x = 1']));
    assert.deepEqual(found({ ...others, ...programs, 'nb/Answers.ipynb': training }, 'noncommercial-weights'), ['warning nb/Answers.ipynb +nb']);
    const library = { ...others, 'settings.ini': '[DEFAULT]\nnbs_path = nb\n', 'nb/Answers.ipynb': notebookOf(load) };
    assert.deepEqual(found(library, 'noncommercial-weights'), ['warning nb/Answers.ipynb']);
  });

  it('are a script that was made of a notebook which is shown', () => {
    assert.deepEqual(found({ 'notebooks/captions.ipynb': notebookOf('x = 1'), 'src/captions.py': scriptOf(load) }, 'noncommercial-weights'), [
      'information src/captions.py',
    ]);
    assert.deepEqual(found({ 'src/captions.py': scriptOf(load) }, 'noncommercial-weights'), ['warning src/captions.py']);
  });

  it('look at data in a script of cells as in a notebook', () => {
    assert.deepEqual(found({ 'look.py': scriptOf(data) }, 'noncommercial-data'), ['information look.py']);
    assert.deepEqual(found({ 'look.py': data }, 'noncommercial-data'), ['warning look.py']);
  });

  it('make one finding of the copies of a notebook, at the original', () => {
    const cells = [data, load, asks, trains];
    const files = {
      'nb/Cloud-Otter_(7B)-RAFT.ipynb': notebookOf(...cells),
      'nb/Otter_(7B)-RAFT.ipynb': notebookOf(...cells),
      'a_scripts/Cloud-Otter_(7B)-RAFT.py': scriptOf(...cells),
      'a_scripts/Otter_(7B)-RAFT.py': scriptOf(...cells),
    };
    const copies = ' +nb +nb +a_scripts +a_scripts';
    assert.deepEqual(found(files, 'service-output-training'), [`warning nb/Otter_(7B)-RAFT.ipynb${copies}`]);
    assert.deepEqual(found({ ...others, ...files }, 'service-output-training'), [`information nb/Otter_(7B)-RAFT.ipynb${copies}`]);
    assert.deepEqual(
      found(files, 'noncommercial-weights').map((line) => line.split(' +')[0]),
      ['warning nb/Otter_(7B)-RAFT.ipynb'],
    );
    assert.deepEqual(new Set(found(files, 'unpinned-revision').map((line) => line.split(' +')[0])), new Set(['information nb/Otter_(7B)-RAFT.ipynb']));
    assert.deepEqual(
      new Set(found({ ...others, ...files }, 'service-output-data').map((line) => line.split(' +')[0])),
      new Set(['information nb/Otter_(7B)-RAFT.ipynb']),
    );
  });

  it('leaves programs of like names apart', () => {
    const files = { 'a/train.py': `${data}\n${asks}\n${trains}`, 'b/my-train.py': `${data}\n${asks}\n${trains}` };
    assert.equal(found(files, 'service-output-training').length, 2);
  });
});
