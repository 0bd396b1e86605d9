import assert from 'node:assert/strict';
import { createQuiet } from '../../client/src/quiet.ts';

const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };

/** Cancelled by a call, as an editor's token is. */
const cancellable = () => {
  const listeners = new Set<() => void>();
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
  };
  return {
    token,
    left: () => listeners.size,
    cancel: () => {
      token.isCancellationRequested = true;
      for (const listener of listeners) listener();
    },
  };
};

const timed = async (run: () => Promise<void>): Promise<number> => {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
};

describe('the pause while somebody types', () => {
  it('is none where nobody typed', async () => {
    const quiet = createQuiet(200);
    quiet.changed('b');
    assert.ok((await timed(() => quiet.after('a', never))) < 100);
  });
  it('counts from the last key press', async () => {
    const quiet = createQuiet(120);
    quiet.changed('a');
    setTimeout(() => quiet.changed('a'), 60);
    assert.ok((await timed(() => quiet.after('a', never))) >= 150);
    assert.ok((await timed(() => quiet.after('a', never))) < 60);
  });
  it('ends where it is cancelled, and leaves no listener', async () => {
    const quiet = createQuiet(5_000);
    const { token, cancel, left } = cancellable();
    quiet.changed('a');
    setTimeout(cancel, 20);
    assert.ok((await timed(() => quiet.after('a', token))) < 1_000);
    assert.equal(left(), 0);
  });
});
