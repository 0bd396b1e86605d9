import assert from 'node:assert/strict';
import { readPython } from '../../server/src/artefacts/python/model.ts';
import { standingOf } from '../../server/src/artefacts/python/standing.ts';
import { cpuTime } from '../support/time.ts';

const blockAt = (code: string, word: string): string => {
  const file = readPython(code);
  const at = file.tokens.findIndex(({ text }) => text === word);
  const to = file.ends[file.heads.indexOf(at)] ?? -1;
  return code.slice(file.tokens[at]?.start, file.tokens[to - 1]?.end).trim();
};

describe('blocks of Python', () => {
  const code = 'if a:\n  while b(\n1\n):\n    c()\n\n    d()\n  e()\nelse:\n  for f in g:\n    h()\n';
  it('end at the next line that stands no deeper than their heads', () => {
    assert.equal(blockAt(code, 'if'), code.slice(0, code.indexOf('else')).trim());
    assert.equal(blockAt(code, 'while'), 'while b(\n1\n):\n    c()\n\n    d()');
    assert.equal(blockAt(code, 'c'), 'c()');
  });
  it('may end with the file', () => assert.equal(blockAt(code, 'for'), 'for f in g:\n    h()'));
  it('are found soon, however deep they lie', () => {
    const deep = Array.from({ length: 600 }, (_, at) => `${' '.repeat(at)}if False:\n${' '.repeat(at + 1)}if x == "a":\n`).join('');
    const file = readPython(deep + `${' '.repeat(600)}a = b\n`.repeat(60_000));
    const started = cpuTime();
    standingOf(file);
    assert.ok(cpuTime() - started < 700);
  });
});
