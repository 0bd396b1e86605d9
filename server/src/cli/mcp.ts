import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { today } from '../host/today.ts';
import { createWorkspace } from '../host/workspace.ts';
import type { ScanOptions, Workspace } from '../host/workspace.ts';
import type { ToolAnswer, ToolParameters } from '../protocol/tools.ts';
import { plain } from '../report/plain.ts';
import type { ToolFolder } from '../report/tools/folder.ts';
import { prepareTool } from '../report/tools/run.ts';
import { parse } from './options.ts';

/** Answers one question; undefined when it was cancelled meanwhile. */
export type Answer = (parameters: ToolParameters, options: ScanOptions) => Promise<ToolAnswer | undefined>;

const fail = (message: string): number => {
  process.stderr.write(`pedigree mcp: ${plain(message)}\n`);
  return 2;
};

/** Undefined when it can be audited. A client that starts its servers anywhere must not have a whole disk read. */
const wrongWith = (given: string | undefined): string | undefined => {
  const root = resolve(given ?? '.');
  if (!existsSync(root) || !statSync(root).isDirectory()) return `"${given ?? root}" is no folder`;
  if (given === undefined && (dirname(root) === root || root === homedir())) return `it was started in ${root}, which is no repository: name one with --root`;
  return undefined;
};

/** Questions come at any time and are answered one after the other; each reads what changed on disk since the last. */
export const answering = (workspace: Workspace, knowledge: ReturnType<typeof openKnowledge>): Answer => {
  const folder: Omit<ToolFolder, 'analysis'> = {
    name: basename(workspace.root),
    roots: [...new Set([workspace.root, realpathSync(workspace.root)])],
    paths: workspace.paths,
  };
  let last: Promise<unknown> = Promise.resolve();
  let scanned = false;
  return (parameters, options) => {
    const prepared = prepareTool(parameters);
    if (!('run' in prepared)) return Promise.resolve(prepared);
    const next = last.then(async () => {
      if (options.isCancelled?.() === true) return undefined;
      if (prepared.needsFiles) {
        if (!(await workspace.scan(options))) return undefined;
        scanned = true;
      }
      return prepared.run(scanned ? [{ ...folder, analysis: workspace.analysis() }] : [], knowledge);
    });
    last = next.catch(() => undefined);
    return next;
  };
};

export const runMcp = async (argv: readonly string[], version: string): Promise<number> => {
  const parsed = parse('mcp', argv, { root: { type: 'string' } });
  if (!parsed) return 2;
  const [extra] = parsed.positionals;
  if (extra !== undefined) return fail(`it takes no "${extra}"; name the folder with --root`);
  const given = parsed.values['root'] as string | undefined;
  const wrong = wrongWith(given);
  if (wrong !== undefined) return fail(wrong);
  const knowledge = openKnowledge(knowledgeDirectory());
  const workspace = createWorkspace({ root: resolve(given ?? '.'), knowledge, version, today });
  // The protocol's library is a bundle of its own: no other command loads it.
  const { serveTools } = await import('./mcp-server.ts');
  await serveTools(version, answering(workspace, knowledge));
  return 0;
};
