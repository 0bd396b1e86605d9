import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

// What the extension starts, and `pedigree lsp`. The engine lies in one bundle, for it and for the command line, so that it is installed once.
const argv = process.argv.slice(2);
// First of all: it starts while this thread still loads what it needs itself.
const engine = new Worker(join(__dirname, 'engine.js'), { argv });
void import('../lsp/relay.ts').then(({ startRelay }) => startRelay(engine, argv));
