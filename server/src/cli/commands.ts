import { startServer } from '../lsp/server.ts';
import { runAudit } from './audit.ts';
import { runDisclose } from './disclose.ts';
import { runFix } from './fix.ts';
import { runMcp } from './mcp.ts';
import { runExplain } from './texts.ts';

type Command = (argv: readonly string[], version: string) => Promise<number>;

/** The exit code of each command; undefined where there is no such command. */
export const commandOf = (name: string): Command | undefined => {
  switch (name) {
    case 'audit':
      return runAudit;
    case 'disclose':
      return runDisclose;
    case 'fix':
      return runFix;
    case 'explain':
      return runExplain;
    case 'mcp':
      return runMcp;
    case 'lsp':
      return () => {
        // Standard input and output, unless an editor names another way to talk.
        if (!process.argv.some((word) => /^--(?:stdio|node-ipc|socket|pipe)\b/.test(word))) process.argv.push('--stdio');
        startServer();
        // The connection ends the process.
        return new Promise<number>(() => undefined);
      };
    default:
      return undefined;
  }
};
