import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from 'mocha';

/**
 * Schemas and validators of others that formats are checked with. They lie in packages which bring much else along, so they are no
 * dependencies: a test fetches the package's archive once, by version and digest.
 */
const packages = {
  /** Microsoft's SARIF Multitool, with the schema of OASIS beside it. Its build for Linux x64 needs nothing else. */
  sarif: {
    name: '@microsoft/sarif-multitool-linux',
    version: '5.7.0',
    integrity: 'sha512-NxUbpq6ISCWoTQ/NfOYEwEDKq1Heka/rMoJ5R5LMydcAZQX/X7g5mWHcgxDub+0M07LC96tZ5LZHvF1Qy3gjTA==',
    files: ['sarif-2.1.0.json', 'Sarif.Multitool', 'default.configuration.xml'],
  },
  /** A generator of CycloneDX's makers that writes SPDX too, and ships the schema of the SPDX project. */
  spdx: {
    name: '@cyclonedx/cdxgen',
    version: '12.8.4',
    integrity: 'sha512-9EMER2beUSU7fvKgVaYOnYCFqAHrY3bQ7ERenh29/Edku0ctEXzYdov6vCmjmo/hSBH+JtvA7+j1U884MVYFOA==',
    files: ['data/spdx-export.schema.json'],
  },
} as const;

interface Packed {
  readonly filename: string;
  readonly integrity: string;
}

const fetched = (which: keyof typeof packages): string | undefined => {
  const { name, version, integrity, files } = packages[which];
  const cache = join('node_modules', '.cache', 'pedigree');
  const folder = join(cache, `${which}-${version}`);
  if (files.every((file) => existsSync(join(folder, file)))) return folder;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetch-'));
  try {
    const run = spawnSync('npm', ['pack', `${name}@${version}`, '--json', '--ignore-scripts', '--pack-destination', scratch], { encoding: 'utf8' });
    if (run.status !== 0) return undefined;
    const [packed] = JSON.parse(run.stdout) as readonly Packed[];
    if (packed?.integrity !== integrity) throw new Error(`${name}@${version} is not the archive that is known`);
    const from = files.map((file) => `package/${file}`);
    const open = spawnSync('tar', ['-xzf', join(scratch, packed.filename), '-C', scratch, ...from], { encoding: 'utf8' });
    if (open.status !== 0) throw new Error(open.stderr);
    rmSync(folder, { recursive: true, force: true });
    renameSync(join(scratch, 'package'), folder);
    return folder;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

/** A file of such a package. Where it cannot be had, as without a network, the test is left out; in CI that fails. */
export const published = (test: Context, which: keyof typeof packages, file: string): string => {
  const folder = fetched(which);
  if (folder !== undefined) return join(folder, file);
  if (process.env['CI'] === 'true') throw new Error(`${packages[which].name} cannot be fetched`);
  return test.skip();
};

/** The program of the SARIF package; undefined where it does not run. */
export const multitool = (test: Context): string | undefined => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const file = published(test, 'sarif', 'Sarif.Multitool');
  chmodSync(file, 0o755);
  return file;
};
