import { parentPort } from 'node:worker_threads';
import { serve } from './commands.ts';

// The thread of the language server in which files are read and rules run.
if (parentPort) serve(parentPort);
