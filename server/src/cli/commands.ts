import type { MessagePort } from 'node:worker_threads';
import { startServer } from '../lsp/server.ts';
import { runAudit } from './audit.ts';
import { runDisclose } from './disclose.ts';
import { runFix } from './fix.ts';
import { runMcp } from './mcp.ts';
import { runMerge } from './merge.ts';
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
    case 'merge':
      return runMerge;
    default:
      return undefined;
  }
};

/** The language server, in a thread that another one hands messages to. */
export const serve = (port: MessagePort): void => startServer(port);
