import { join } from 'node:path';
import { version } from '../../../package.json';
import { codeFolder } from '../host/answers-folder.ts';
import { atTheEnd, requireKept } from '../host/kept-code.ts';
import type * as commands from './commands.ts';
import { settleEngine } from './settle-engine.ts';

/** What does the work is a bundle of its own, loaded when it is asked for: `--version` must answer at once. */
const usage = `pedigree ${version}: licences and provenance of AI models

  pedigree audit [PATH] [--format text|lines|json|sarif|cyclonedx|spdx|markdown|html] [--output FILE] [--policy FILE]
                 [--baseline FILE] [--write-baseline FILE] [--no-inline-config] [--fail-on error|warning|information|never] [--require-complete]
                 [--attest FILE] [--cache] [--hub] [--no-store]
  pedigree identify FILE... [--format text|json]    which licences these texts are, and where in them
  pedigree explain ID [--format text|json] [--cache] [--hub]
                                                    a licence's terms, a model, a data set, a service or a rule
  pedigree fix [PATH] [--rule ID] [--dry-run]       applies the safe fixes
  pedigree disclose NAME [FOLDER] [--output FILE] [--force] [--cache] [--hub]
                                                    drafts a disclosure of training data from the lineage
  pedigree lsp --stdio                              the language server, for any editor
  pedigree merge [NAME=]REPORT... [--format markdown|html|json] [--output FILE]
                                                    joins JSON reports of many repositories into one view
  pedigree mcp [--root FOLDER]                      tools for language models, over MCP on standard input and output
  pedigree --version | --help

--attest writes what was audited, with its digests and the report, as an in-toto Statement that a signer of yours can sign.
What files said is kept in the user's cache folder for the next audit of the same tree, except under CI and with --no-store;
so is this program's own compiled code, except under CI.
--cache looks unknown works up in the local hub cache (HF_HOME), --hub on the hub itself (HF_ENDPOINT, HF_TOKEN).
Exit codes: 2 usage or policy file, 3 internal failure or a limit under --require-complete, 1 findings at --fail-on or above, else 0.
It informs; it is not legal advice. It runs offline unless --hub is given, and executes nothing that it scans.
`;

/** Under CI the folder in which compiled code is kept would be gone before the next start. */
const loadCommands = async (): Promise<typeof commands> =>
  process.env['CI'] ? import('./commands.ts') : requireKept(join(__dirname, 'commands.js'), codeFolder('command-line'), atTheEnd);

const main = async (argv: readonly string[]): Promise<number> => {
  const [command, ...rest] = argv;
  switch (command) {
    case '--version':
    case '-v':
      process.stdout.write(`${version}\n`);
      return 0;
    case undefined:
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(usage);
      return command === undefined ? 2 : 0;
    default: {
      if (rest.includes('--help') || rest.includes('-h')) {
        process.stdout.write(usage);
        return 0;
      }
      if (command === 'lsp') {
        await import('./server.ts');
        // The connection ends the process.
        return new Promise<number>(() => undefined);
      }
      // Before any code is loaded: what is kept compiled is taken under the same flags only.
      settleEngine();
      // What a text is can be asked of single files in a loop: it is a small bundle of its own.
      const run = command === 'identify' ? (await import('./identify-command.ts')).runIdentify : (await loadCommands()).commandOf(command);
      if (run) return run(rest, version);
      process.stderr.write(`pedigree: there is no command "${command}". See pedigree --help.\n`);
      return 2;
    }
  }
};

// Whoever reads the output may have seen enough, as `| head` does: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`pedigree: internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 3;
  },
);
