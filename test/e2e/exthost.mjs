// Mocha inside the extension host of the real editor, against the installed .vsix.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from './lib/browser.mjs';
import { harness, runInPage } from './lib/host-page.mjs';
import { startEditor } from './lib/server.mjs';
import { forgetFailures } from './lib/workbench.mjs';
import { main } from './lib/main.mjs';
import { readable } from './lib/noise.mjs';
import { isMain, runRoot } from './lib/paths.mjs';
import { copyWorkspace } from './lib/workspace.mjs';

const bundle = join(harness, 'dist-test/index.js');
/** The suite's own limits end an ordinary failure before this ends a hanging run. */
const limit = 240_000;

async function buildSuite() {
  await build({
    entryPoints: [join(harness, 'src/index.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    // mocha loads parts of itself by computed names; it is found in the repository's own node_modules.
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
}

/** As many results as tests are written: a suite that stops half-way must not pass for having no failure. */
async function countTests() {
  const files = (await readdir(join(harness, 'src'))).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(files.map((name) => readFile(join(harness, 'src', name), 'utf8')));
  return sources.join('\n').match(/^\s*test\(/gm)?.length ?? 0;
}

const readResults = async (file) => JSON.parse(await readFile(file, 'utf8').catch(() => '{"done":false,"tests":[]}'));

/** What the next start would take from this one: the library of the extension, and the engine of its server. */
async function codeNotKept(runDir) {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const folders = { 'connection-': 'ud/User/globalStorage/pedigree.pedigree/code', 'commands-': 'xdg/pedigree/code/server' };
  const missing = await Promise.all(
    Object.entries(folders).map(async ([name, folder]) => {
      const kept = await readdir(join(runDir, folder, version)).catch(() => []);
      return kept.some((file) => file.startsWith(name)) ? [] : [`no compiled code in ${folder}`];
    }),
  );
  return missing.flat();
}

/** Runs the suite; gives { passed, failed }. */
export async function runExtensionHost({ vsix, examples }) {
  // For who writes a test: PEDIGREE_E2E_ONLY=words runs those whose title has them.
  const only = process.env.PEDIGREE_E2E_ONLY;
  const expected = only === undefined ? await countTests() : 1;
  await buildSuite();
  const runDir = join(runRoot, 'exthost');
  const resultFile = join(runDir, 'results.json');
  const folder = await copyWorkspace(examples);
  const env = { PEDIGREE_E2E_RESULTS: resultFile, PEDIGREE_E2E_EXTENSIONS: join(runDir, 'exts'), ...(only === undefined ? {} : { PEDIGREE_E2E_ONLY: only }) };
  await forgetFailures('extension-host');
  const log = [];
  let server;
  let browser;
  let code;
  try {
    server = await startEditor({ vsix, folder, runDir, env });
    browser = await launchBrowser();
    code = await runInPage(browser, server, bundle, { log, limit });
  } finally {
    await browser?.close();
    await server?.stop();
    if (server) await writeFile(join(runDir, 'exthost.log'), log.map((line) => `${line}\n`).join(''));
  }
  const doubts = only === undefined ? await codeNotKept(runDir) : [];
  return judge(code, await readResults(resultFile), expected, log, doubts);
}

/** Passes only if everything says so: the exit code, the results on disk, their number. */
function judge(code, { done, tests }, expected, log, found) {
  for (const { title, state, ms, error } of tests) {
    console.log(state === 'passed' ? `ok    ${title} (${(ms / 1000).toFixed(1)} s)` : `FAIL  ${title}: ${error ?? state}`);
  }
  const passed = tests.filter(({ state }) => state === 'passed').length;
  let failed = tests.length - passed;
  const doubts = [...found];
  if (code !== 0 && failed === 0) doubts.push(`the run ended with: ${code}`);
  if (!done) doubts.push('the results are not complete');
  if (tests.length < expected) doubts.push(`${tests.length} of ${expected} tests ran`);
  if (doubts.length > 0) {
    failed += 1;
    console.log(`FAIL  the run in the extension host: ${doubts.join('; ')}`);
  }
  if (failed > 0) console.log(['--- the extension host said', ...readable(log), `--- more in ${runRoot}`].join('\n'));
  return { passed, failed };
}

if (isMain(import.meta.url)) await main({ 'in the extension host': runExtensionHost });
