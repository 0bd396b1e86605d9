import { parentPort } from 'node:worker_threads';
import { keepCode } from './kept-code.ts';

// The thread of the language server in which files are read and rules run. A door: what is behind it is kept compiled.
const port = parentPort;
if (port) {
  keepCode();
  void import('./commands.ts').then(({ serve }) => serve(port));
}
