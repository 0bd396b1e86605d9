import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createLive } from '../../client/src/live.ts';
import type { FoldersAnswer, FoldersParameters } from '../../server/src/protocol/views.ts';
import { folder } from './data.ts';

const { content } = folder({});

/** A server that has one folder at a revision, and keeps what it is asked. */
const server = () => {
  const asked: FoldersParameters[] = [];
  const state = { revision: 'a', fails: false };
  return {
    asked,
    state,
    ask: (parameters: FoldersParameters): Promise<FoldersAnswer> => {
      asked.push(parameters);
      if (state.fails) return Promise.reject(new Error('gone'));
      const { revision } = state;
      return Promise.resolve({ folders: [{ uri: 'file:///w', name: 'w', revision, content: parameters.known['file:///w'] === revision ? null : content }] });
    },
  };
};

const live = (ask: (parameters: FoldersParameters) => Promise<FoldersAnswer>, errors: unknown[] = []) => {
  const made = createLive({ ask, delay: 5, onError: (error) => errors.push(error) });
  let changes = 0;
  made.onChange(() => (changes += 1));
  return { ...made, changes: () => changes };
};

describe('what the views show', () => {
  it('is not asked for while nobody looks', async () => {
    const { ask, asked } = server();
    const { stale } = live(ask);
    stale();
    await delay(20);
    assert.equal(asked.length, 0);
  });

  it('is asked for when somebody begins to look, and once after a burst of changes', async () => {
    const { ask, asked, state } = server();
    const { watch, stale, changes, folders } = live(ask);
    watch('tree', true);
    await delay(20);
    assert.deepEqual([asked.length, changes(), folders()?.[0]?.name], [1, 1, 'w']);
    state.revision = 'b';
    for (let i = 0; i < 10; i += 1) stale();
    await delay(30);
    assert.deepEqual([asked.length, changes()], [2, 2]);
  });

  it('is not sent again, nor shown anew, while it is the same', async () => {
    const { ask, asked } = server();
    const { refresh, changes, folders } = live(ask);
    await refresh();
    await refresh();
    assert.deepEqual(asked[1]?.known, { 'file:///w': 'a' });
    assert.deepEqual([changes(), folders()?.[0]?.content], [1, content]);
  });

  it('stays as it was where the server does not answer, and comes when it does', async () => {
    const { ask, state } = server();
    const errors: unknown[] = [];
    const { refresh, folders, watch, changes } = live(ask, errors);
    await refresh();
    state.fails = true;
    await assert.rejects(refresh());
    assert.equal(folders()?.length, 1);
    watch('tree', true);
    await delay(10);
    assert.equal(errors.length, 1);
    state.fails = false;
    state.revision = 'c';
    watch('tree', true);
    await delay(10);
    assert.equal(changes(), 2);
  });

  it('ends with who looked at it', async () => {
    const { ask, asked } = server();
    const { watch, stale, dispose } = live(ask);
    watch('tree', true);
    await delay(10);
    stale();
    dispose();
    await delay(20);
    assert.equal(asked.length, 1);
  });
});
