// The same beginning and end for every driver: arguments, set-up, "N passed, N failed", exit code.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setup } from '../setup.mjs';
import { defaultExamples, defaultVsix } from './paths.mjs';

/** `[VSIX] [--examples FOLDER]` */
function readOptions() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { examples: { type: 'string' } } });
  const vsix = resolve(positionals[0] ?? defaultVsix);
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist: build and package the extension first`);
  return { vsix, examples: resolve(values.examples ?? defaultExamples) };
}

/** Runs the phases one after the other, each giving { passed, failed }; one that throws counts as a failure. */
export async function main(phases) {
  const total = { passed: 0, failed: 0 };
  async function attempt(name, run) {
    try {
      return await run();
    } catch (error) {
      total.failed++;
      console.log(`FAIL  ${name}: ${error.stack ?? error}`);
      return undefined;
    }
  }
  const ready = await attempt('set-up', async () => {
    const options = readOptions();
    return (await setup()) && options;
  });
  for (const [name, run] of ready ? Object.entries(phases) : []) {
    const started = Date.now();
    console.log(`# ${name}`);
    const { passed, failed } = (await attempt(name, () => run(ready))) ?? { passed: 0, failed: 0 };
    total.passed += passed;
    total.failed += failed;
    console.log(`# ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
  // Not merely process.exitCode: whatever still holds the loop open is not worth a hanging pipeline.
  process.exit(total.failed === 0 ? 0 : 1);
}
