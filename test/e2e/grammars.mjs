// The grammars with the editor's own as hosts: the cases of test/syntaxes, which the unit tests run with small hosts of ours.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { codeServerDir, isMain, repoRoot } from './lib/paths.mjs';

const cases = join(repoRoot, 'test/syntaxes');
const extensions = join(codeServerDir, 'lib/vscode/extensions');
/** Hosts of the editor; what it has no grammar for keeps ours. */
const hosts = ['markdown-basics', 'html', 'css', 'javascript', 'yaml', 'json', 'ini', 'python', 'cpp', 'shellscript', 'xml'];
const ours = ['toml.tmLanguage.json'];

export async function runGrammars() {
  const own = hosts.flatMap((name) => {
    const folder = join(extensions, name, 'syntaxes');
    if (!existsSync(folder)) throw new Error(`the editor has no ${folder}`);
    return readdirSync(folder).filter((file) => /\.tmLanguage\.json$/i.test(file)).map((file) => join(folder, file));
  });
  const grammars = [...own, ...ours.map((name) => join(cases, 'hosts', name))].flatMap((path) => ['-g', path]);
  const files = readdirSync(cases).filter((name) => /\.test\.(?!ts$)\w+$/.test(name));
  let passed = 0;
  for (const name of files) {
    const run = spawnSync(process.execPath, [join(repoRoot, 'node_modules/vscode-tmgrammar-test/dist/unit.js'), '--compact', ...grammars, join(cases, name)], {
      cwd: repoRoot,
      encoding: 'utf8',
    });
    const good = run.status === 0 && /run successfuly/.test(run.stdout);
    if (good) passed += 1;
    console.log(good ? `ok    ${name}` : `FAIL  ${name}: ${run.stdout}${run.stderr}`);
  }
  return { passed, failed: files.length - passed };
}

if (isMain(import.meta.url)) await main({ "the grammars in the editor's own": runGrammars });
