import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { answersFolder } from '../../server/src/host/answers-folder.ts';

const cases: readonly (readonly [environment: NodeJS.ProcessEnv, folder: string])[] = [
  [{ XDG_CACHE_HOME: '/x' }, '/x/pedigree'],
  [{ XDG_CACHE_HOME: '.cache' }, join(homedir(), '.cache/pedigree')],
  [{ XDG_CACHE_HOME: '' }, join(homedir(), '.cache/pedigree')],
  [{}, join(homedir(), '.cache/pedigree')],
  [{ PEDIGREE_CACHE: '/y', XDG_CACHE_HOME: '/x' }, '/y'],
];

describe('the folder of what can be had again', () => {
  for (const [environment, folder] of cases)
    it(`is ${folder} where ${JSON.stringify(environment)} is set`, function () {
      if (process.platform !== 'linux') this.skip();
      assert.equal(answersFolder(environment), folder);
    });
});
