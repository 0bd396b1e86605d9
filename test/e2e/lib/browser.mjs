// The browser: Chromium from npm, inflated once into our own cache, or whatever CHROME_PATH names.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, e2eDir } from './paths.mjs';

const packageDir = join(e2eDir, 'node_modules/@sparticuz/chromium');

/**
 * @sparticuz/chromium inflates to the temporary directory and reuses whatever lies there, of any version, even half
 * written. So it inflates into a directory of its own, which takes its versioned name only when it is complete.
 */
async function inflateChromium() {
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const finished = join(cacheDir, `chromium-${version}`);
  if (existsSync(finished)) return finished;
  const partial = `${finished}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = partial;
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    // Chromium's shared libraries, for images that lack them; 5 MB, so always at hand.
    await inflate(join(packageDir, 'bin/al2023.tar.br'));
    // Refused when another process has just finished the same: then its copy serves.
    await rename(partial, finished).catch((error) => {
      if (!existsSync(finished)) throw error;
    });
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    await rm(partial, { recursive: true, force: true });
  }
  return finished;
}

/** For images without any font. The configuration in the package names fixed directories outside of ours. */
async function useOwnFonts(dir, env) {
  const fonts = join(dir, 'fonts');
  const xml = `<fontconfig><dir>${fonts}</dir><cachedir>${join(dir, 'fonts-cache')}</cachedir></fontconfig>\n`;
  await writeFile(join(fonts, 'own.conf'), `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n${xml}`);
  env.FONTCONFIG_FILE = join(fonts, 'own.conf');
}

const starts = (executable, env) => spawnSync(executable, ['--version'], { env, stdio: 'ignore', timeout: 60_000 }).status === 0;

/** The executable and the environment it runs with. */
export async function findChromium() {
  const env = { ...process.env };
  if (env.CHROME_PATH) return { executablePath: env.CHROME_PATH, env };
  const dir = await inflateChromium();
  const executablePath = join(dir, 'chromium');
  if (!existsSync('/etc/fonts/fonts.conf')) await useOwnFonts(dir, env);
  if (starts(executablePath, env)) return { executablePath, env };
  // Most often libnss3 or libnspr4 is not installed: the copies made for a bare Amazon Linux do.
  env.LD_LIBRARY_PATH = [join(dir, 'al2023/lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  if (starts(executablePath, env)) return { executablePath, env };
  const { stderr, error } = spawnSync(executablePath, ['--version'], { env, encoding: 'utf8' });
  throw new Error(`Chromium does not start: ${stderr || error?.message}\nSet CHROME_PATH to a Chromium or Chrome of yours.`);
}

/** The package's own argument list turns web security off and makes one process of all: not what a user runs. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export async function launchBrowser() {
  const { chromium } = await import('playwright-core');
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env, headless: true, args });
}
