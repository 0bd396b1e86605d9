import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHangWatch } from '../../client/src/hang.ts';

describe('the watch for a server that hangs', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pedigree-test-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const noted = (line: string, secondsAgo: number): string => {
    const file = join(folder, 'journal');
    writeFileSync(file, `[]\n${line}\n`);
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(file, at, at);
    return file;
  };
  const reading = '{"path":"/a/b.yaml","source":"disk"}';
  const watch = async (journal: string | undefined, use: (watch: ReturnType<typeof createHangWatch>) => void): Promise<readonly string[]> => {
    const hung: string[] = [];
    use(createHangWatch({ journal: () => journal, onHang: (path) => hung.push(path), patience: 10_000, interval: 5 }));
    await new Promise((done) => setTimeout(done, 40));
    return hung;
  };

  it('speaks once of a file that is read for too long while somebody waits', async () =>
    assert.deepEqual(await watch(noted(reading, 60), (each) => void each.awaiting()), ['/a/b.yaml']));

  const quiet: readonly (readonly [string, string, number])[] = [
    ['nothing is being read', '', 60],
    ['a file was begun a moment ago', reading, 1],
    ['the note was cut short', '{"path', 60],
  ];
  for (const [title, line, ago] of quiet)
    it(`is quiet where ${title}`, async () => assert.deepEqual(await watch(noted(line, ago), (each) => void each.awaiting()), []));

  it('looks at nothing while nobody waits, any more, or of that server', async () => {
    const file = noted(reading, 60);
    assert.deepEqual(await watch(file, () => undefined), []);
    assert.deepEqual(await watch(file, (each) => each.awaiting()()), []);
    assert.deepEqual(
      await watch(file, (each) => {
        each.awaiting();
        each.reset();
      }),
      [],
    );
    assert.deepEqual(await watch(undefined, (each) => void each.awaiting()), []);
    assert.deepEqual(await watch(join(folder, 'gone'), (each) => void each.awaiting()), []);
  });
});
