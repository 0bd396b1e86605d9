// Installs the real editor: code-server, a Node to run it, a Chromium. Does nothing when it is there already.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './lib/browser.mjs';
import { codeServerDir, codeServerEntry, e2eDir, isMain, node24, supportedPlatform } from './lib/paths.mjs';

/** Inside node_modules, so that whatever removes the packages removes the claim that they are there. */
const stamp = join(e2eDir, 'node_modules/.pedigree-setup');
const wanted = createHash('sha256').update(readFileSync(join(e2eDir, 'package-lock.json'))).digest('hex');

function npm(cwd, args) {
  // A script's npm settings describe the package that it belongs to, not the one that is installed here.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?:config_local_prefix$|package_|lifecycle_)/.test(name)));
  const { status, error, stdout, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund', ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm ci failed in ${cwd}: ${error?.message ?? ''}\n${stdout}${stderr}`);
}

const installed = () =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node24) && existsSync(codeServerEntry);

/** True when the editor can be started; false on a machine for which its binaries are not made. */
export async function setup({ browser = true } = {}) {
  if (!supportedPlatform) {
    const what = `the real-editor tests need Linux x64; this is ${process.platform} ${process.arch}`;
    // A pipeline that believes to have tested the editor must not pass for having skipped it.
    if (process.env.CI === 'true') throw new Error(what);
    console.log(`SKIPPED: ${what}`);
    return false;
  }
  const started = Date.now();
  if (!installed()) {
    console.log('installing the editor (about 900 MB on disk, once) ...');
    // Without --include=dev an inherited NODE_ENV=production would install nothing.
    npm(e2eDir, ['--include=dev']);
    // What code-server's own postinstall does, without the native builds: its shrinkwraps give the exact versions.
    // --legacy-peer-deps: they leave out peers, which npm would otherwise call a mismatch.
    for (const dir of ['lib/vscode', 'lib/vscode/extensions']) npm(join(codeServerDir, dir), ['--omit=dev', '--legacy-peer-deps']);
    writeFileSync(stamp, wanted);
  }
  if (browser) await findChromium();
  const seconds = (Date.now() - started) / 1000;
  if (seconds > 2) console.log(`the editor is installed (${seconds.toFixed(1)} s)`);
  return true;
}

if (isMain(import.meta.url)) await setup();
