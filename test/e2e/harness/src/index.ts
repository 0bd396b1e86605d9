// What the extension host calls: runs the suite in mocha and writes its results where the driver looks for them.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly ms: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const file = process.env['PEDIGREE_E2E_RESULTS'];
  if (file === undefined) throw new Error('PEDIGREE_E2E_RESULTS names no file');
  const tests: Result[] = [];
  // Written after each test, so that a run that hangs tells how far it came; only the last one says `done`.
  const write = (done: boolean): void => writeFileSync(file, JSON.stringify({ done, tests }, undefined, 2));

  // The driver reads the JSON; a printing reporter would write to a console that nobody sees.
  const only = process.env['PEDIGREE_E2E_ONLY'];
  const mocha = new Mocha({ ...(only === undefined ? {} : { grep: only }), ui: 'tdd', timeout: 60_000, reporter: class {} as unknown as Mocha.ReporterConstructor });
  // `addFile` and `require` would load the suite outside of this bundle; the event is what defines suite() and test().
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  await import('./suite.js');
  await import('./line.js');
  await import('./tools.js');

  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    const add = (state: Result['state']) => (test: Mocha.Runnable, error?: Error) => {
      const result = { title: test.fullTitle(), state, ms: test.duration ?? 0 };
      tests.push(error === undefined ? result : { ...result, error: error.stack ?? error.message });
      write(false);
    };
    runner.on('pass', add('passed'));
    runner.on('fail', add('failed'));
    runner.on('pending', add('pending'));
  });
  write(true);
  if (failures > 0) throw new Error(`${failures} failed`);
}
