// Opens the packaged extension in a real editor in your browser, with nothing of your own editor touched.
//   npm run try                 a copy of examples/
//   npm run try -- FOLDER       that folder itself
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { temporaryDir } from '../test/e2e/lib/exit.mjs';
import { defaultExamples, defaultVsix } from '../test/e2e/lib/paths.mjs';
import { startEditor } from '../test/e2e/lib/server.mjs';
import { copyWorkspace } from '../test/e2e/lib/workspace.mjs';
import { setup } from '../test/e2e/setup.mjs';

async function tryOut() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { vsix: { type: 'string', default: defaultVsix }, port: { type: 'string' } },
  });
  const vsix = resolve(values.vsix);
  if (!existsSync(vsix)) throw new Error(`${vsix} does not exist: build and package the extension first`);
  if (!(await setup({ browser: false }))) return;
  const folder = positionals[0] === undefined ? await copyWorkspace(defaultExamples) : resolve(positionals[0]);
  const runDir = join(await temporaryDir(), 'editor');
  const port = values.port === undefined ? undefined : Number(values.port);
  const editor = await startEditor({ vsix, folder, runDir, port, settings: {} });
  console.log(`\nOpen this in your browser (only this machine can):\n\n  ${editor.url}\n\nCtrl-C ends it.`);
  console.log(`the editor ended: ${await editor.exited}`);
}

await tryOut().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
