import assert from 'node:assert/strict';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { analyseFiles, parseRepo, shown } from '../support/repo.ts';
import { fuzzText, shownBy } from './reading.ts';

const set = 'tatsu-lab/alpaca';
const loads = `loads hub:datasets/${set} <- ${set}`;
const bare = 'loads hub:datasets/financial_phrasebank <- financial_phrasebank';

/** Settings that name a set of data, and what looks like one. */
const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a constant': [`DATASET = "${set}"\nrun(DATASET)`, loads],
  'a keyword': [`Task(data_name_or_path="${set}")`, loads],
  'the default of a parameter': [`def f(train_data: str = "${set}"):\n    pass`, loads],
  'a list of them': [`DATASETS = ["acme/otter", "${set}"]\nfor d in DATASETS:\n    run(d)`, loads],
  'a table of them': [`DATASETS_MAPPING = {"otter": {"hf_id": "${set}", "local": "./x"}}`, loads],
  'a tuple in a list, without an owner': ['DATASETS = [(("financial_phrasebank", "a"), "b")]\nload_dataset(*DATASETS[0][0])', bare],
  'a name without an owner where nothing loads one': ['DATASETS = [("financial_phrasebank", "a")]'],
  'a set under free terms': ['DATASET = "databricks/databricks-dolly-15k"'],
  'to measure with': [`EVAL_DATASET = "${set}"\ntest_datasets = ["${set}"]`],
  'what is written': [`OUTPUT_DATASET = "${set}"`],
  'under another name': [`TITLE = "${set}"\nmodel_data = "${set}"\nx = ["${set}"]`],
  'a key': [`DATASETS = {"${set}": 1}`],
  'in a message': [`print("${set}")`],
};

describe('data that the names of settings tell', () => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(pythonReader, 'run.py', text), expected));

  it('are information', () => {
    const { findings } = analyseFiles(parseRepo(`--- LICENSE\n[text of MIT]\n--- a.py\nDATASETS = ["${set}"]\n`).files).report;
    const levels = findings.map(shown).filter((line) => line.includes('noncommercial'));
    assert.deepEqual(
      levels.map((line) => line.replace(/^.* (\w+) ([\w-]+)$/, '$1 $2')),
      ['information noncommercial-data'],
    );
  });

  it('never throws', () => fuzzText(pythonReader, 'run.py', `DATASETS = ["${set}"]\nrun(dataset="${set}")`));
});
