import assert from 'node:assert/strict';
import { importsReader } from '../../server/src/artefacts/imports.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const cases: Readonly<Record<string, readonly string[]>> = {
  'import ultralytics\n': ['loads pkg:pypi/ultralytics <- ultralytics'],
  'from ultralytics import YOLO\nimport ultralytics.utils\n': ['loads pkg:pypi/ultralytics <- ultralytics'],
  'import fitz  # PyMuPDF\n': ['loads pkg:pypi/pymupdf <- fitz'],
  'import numpy as np\nimport ultralytics_like\n': [],
  'def f():\n    import ultralytics\n': [],
  '# import ultralytics\n"import ultralytics"\n': [],
};

describe('imports', () => {
  for (const [text, expected] of Object.entries(cases)) it(JSON.stringify(text), () => assert.deepEqual(shownBy(importsReader, 'a.py', text), expected));
  it('of tests are evaluations', () =>
    assert.deepEqual(shownBy(importsReader, 'tests/a.py', 'import ultralytics\n'), ['loads pkg:pypi/ultralytics evaluation <- ultralytics']));
  it('are read in Python alone', () => {
    assert.ok(matchesPath(importsReader, 'a/b.py'));
    assert.ok(!matchesPath(importsReader, 'a/b.pyc') && !matchesPath(importsReader, 'a.ipynb'));
  });
  it('never throw', () => fuzzText(importsReader, 'a.py', 'import os\nfrom ultralytics import YOLO\nimport fitz\n'));
});
