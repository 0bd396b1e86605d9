import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { codeFolder } from '../host/answers-folder.ts';
import { onceSettled, requireKept } from '../host/kept-code.ts';
import type * as commands from './commands.ts';

// The thread of the language server in which files are read and rules run. A door: what is behind it is kept compiled.
if (parentPort) requireKept<typeof commands>(join(__dirname, 'commands.js'), codeFolder('server'), onceSettled).serve(parentPort);
