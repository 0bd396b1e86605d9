import assert from 'node:assert/strict';
import { createFront } from '../../server/src/lsp/front.ts';
import type { Message } from '../../server/src/lsp/front.ts';

const request = (id: number, method: string, params: unknown = {}): Message => ({ jsonrpc: '2.0', id, method, params });
const cancel = (id: number): Message => ({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } });
const answer = (id: number): Message => ({ jsonrpc: '2.0', id, result: null });
const progress = (token: string, kind: string): Message => ({ jsonrpc: '2.0', method: '$/progress', params: { token, value: { kind } } });

describe('who listens while the engine is busy', () => {
  it('answers a cancel once, and drops what the engine says later', () => {
    const front = createFront();
    assert.deepEqual(front.fromClient(request(1, 'textDocument/hover')), []);
    assert.deepEqual(
      front.fromClient(cancel(1)).map(({ id, error }) => [id, error?.code]),
      [[1, -32800]],
    );
    assert.deepEqual(front.fromClient(cancel(1)), []);
    assert.equal(front.fromEngine(answer(1)), false);
  });
  it('says nothing of a cancel that comes too late, or of what nobody asked', () => {
    const front = createFront();
    front.fromClient(request(1, 'textDocument/hover'));
    assert.equal(front.fromEngine(answer(1)), true);
    assert.deepEqual([...front.fromClient(cancel(1)), ...front.fromClient(cancel(7)), ...front.fromClient({ jsonrpc: '2.0', method: '$/cancelRequest' })], []);
  });
  it('takes nothing back that cannot be', () => {
    const front = createFront();
    for (const method of ['initialize', 'shutdown']) {
      front.fromClient(request(1, method));
      assert.deepEqual(front.fromClient(cancel(1)), [], method);
      assert.equal(front.fromEngine(answer(1)), true, method);
    }
  });
  it('ends the progress of a request with it, where it was begun', () => {
    const front = createFront();
    front.fromClient(request(1, 'workspace/executeCommand', { command: 'x', workDoneToken: 'a' }));
    assert.ok(front.fromEngine(progress('a', 'begin')) && front.fromEngine(progress('a', 'report')));
    assert.deepEqual(
      front.fromClient(cancel(1)).map(({ method, error }) => method ?? error?.code),
      ['$/progress', -32800],
    );
    assert.deepEqual([front.fromEngine(progress('a', 'report')), front.fromEngine(progress('a', 'end')), front.fromEngine(answer(1))], [false, false, false]);
    // The token is free again.
    front.fromClient(request(2, 'workspace/executeCommand', { command: 'x', workDoneToken: 'a' }));
    assert.deepEqual([front.fromEngine(progress('a', 'begin')), front.fromEngine(progress('a', 'end')), front.fromEngine(answer(2))], [true, true, true]);
    front.fromClient(request(3, 'workspace/executeCommand', { command: 'x', workDoneToken: 'b' }));
    assert.equal(front.fromClient(cancel(3)).length, 1);
    assert.deepEqual([front.fromEngine(progress('b', 'begin')), front.fromEngine(progress('b', 'end'))], [false, false]);
  });
  it('hands on what it does not know', () => {
    const front = createFront();
    for (const message of [
      { jsonrpc: '2.0', method: 'a' },
      { jsonrpc: '2.0', method: '$/progress', params: { value: {} } },
      { jsonrpc: '2.0', id: null, error: { code: 1, message: 'x' } },
      { jsonrpc: '2.0', method: '$/progress', params: null },
    ])
      assert.equal(front.fromEngine(message), true);
  });
});
