// Run by `npm install` in a checkout, as npm and pre-commit install from git: dist/ is not in git, so it is built where it is absent.
import { existsSync } from 'node:fs';

if (!existsSync('dist/cli.js')) {
  try {
    await import('./build.mjs');
  } catch (error) {
    // Whoever leaves out what builds wants what is installed, and not the command.
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error('pedigree: not built, since esbuild is not installed: npm run build');
  }
}
