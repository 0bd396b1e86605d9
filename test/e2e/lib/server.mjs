// code-server with one .vsix installed: nothing else, nothing shared with the user's own editor.
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryDir } from './exit.mjs';
import { readable } from './noise.mjs';
import { codeServerEntry, node24 } from './paths.mjs';
import { freePort, spawnGroup } from './processes.mjs';

/** Quiet for everybody: no questions, no updates, no look-ups, no side bar that takes a quarter of the window. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'json.schemaDownload.enable': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  // What moves is drawn by the processor here, all the time.
  'editor.cursorBlinking': 'solid',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
};

/** For tests: nothing may change a file, open a box or suggest a word unless the test asked for it. */
export const testSettings = {
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'editor.snippetSuggestions': 'none',
  'editor.wordBasedSuggestions': 'off',
  // The editor in a browser saves by itself otherwise, and "the fix was saved" would prove nothing.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'explorer.compactFolders': false,
  'git.enabled': false,
  'window.dialogStyle': 'custom',
};

/** Inherited variables that would steer the new editor, its Node or what the extension finds on this machine. */
const foreign = /^(?:HF_|VSCODE_|ELECTRON_|CODE_SERVER_|npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|NODE_PATH$|PORT$|PASSWORD$|HASHED_PASSWORD$)/;

async function environment(runDir, extra) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
  const xdg = join(runDir, 'xdg');
  // Sockets go here: their paths may have 107 bytes only, and the editor leaves them behind.
  const short = await temporaryDir();
  const homes = { XDG_CONFIG_HOME: xdg, XDG_DATA_HOME: xdg, XDG_CACHE_HOME: xdg, XDG_RUNTIME_DIR: short, TMPDIR: short };
  return { ...env, ...homes, EXTENSIONS_GALLERY: '{}', VSCODE_PROXY_URI: '', ...extra };
}

async function runToEnd(args, options, logFile) {
  const command = spawnGroup(node24, args, options);
  let code;
  try {
    code = await command.exited;
  } finally {
    await command.stop();
  }
  if (code !== 0) throw new Error(`code-server ended with ${code}\n${await tail(logFile)}`);
}

const tail = async (file) => readable((await readFile(file, 'utf8').catch(() => '')).split('\n'), 15).join('\n');

async function waitUntilReady(port, exited, logFile) {
  let ended;
  exited.then((code) => (ended = `exit code ${code}`), (error) => (ended = error.message));
  for (const until = Date.now() + 60_000; Date.now() < until; ) {
    if (ended !== undefined) break;
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.status === 200) return;
    await delay(100);
  }
  throw new Error(`code-server did not come up (${ended ?? '60 s'})\n${await tail(logFile)}`);
}

/**
 * Installs `vsix` into a fresh extensions directory under `runDir` (which is emptied) and serves `folder`, or the folders of a `.code-workspace`.
 * `env` reaches the extension host too; `onInstalled` is given the directory of extensions before anything runs. Ends by `stop()`, and at the latest with this process.
 */
export async function startEditor({ vsix, folder, runDir, port, settings = testSettings, env = {}, onInstalled = async () => {} }) {
  for (const path of [vsix, folder]) if (!existsSync(path)) throw new Error(`${path} does not exist`);
  await rm(runDir, { recursive: true, force: true });
  const userData = join(runDir, 'ud');
  const extensionsDir = join(runDir, 'exts');
  await mkdir(join(userData, 'User'), { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
  await writeFile(join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, undefined, 2));

  const logFile = join(runDir, 'server.log');
  const log = openSync(logFile, 'a');
  const options = { cwd: runDir, env: await environment(runDir, env), stdio: ['ignore', log, log] };
  // Without --config it writes one into the user's home.
  const common = [codeServerEntry, '--config', join(runDir, 'config.yaml'), '--user-data-dir', userData, '--extensions-dir', extensionsDir];
  try {
    await runToEnd([...common, '--install-extension', resolve(vsix)], options, logFile);
    await onInstalled(extensionsDir);
    const chosen = port ?? (await freePort());
    const server = spawnGroup(
      node24,
      [
        ...common,
        '--bind-addr',
        `127.0.0.1:${chosen}`,
        '--auth',
        'none',
        '--disable-telemetry',
        '--disable-update-check',
        ...(settings['security.workspace.trust.enabled'] ? [] : ['--disable-workspace-trust']),
        '--disable-getting-started-override',
      ],
      options,
    );
    await waitUntilReady(chosen, server.exited, logFile).catch(async (error) => {
      await server.stop();
      throw error;
    });
    const url = `http://127.0.0.1:${chosen}/?${folder.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${encodeURIComponent(resolve(folder))}`;
    return { url, port: chosen, logFile, ...server };
  } finally {
    closeSync(log);
  }
}
