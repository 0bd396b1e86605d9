import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { codeFolder } from '../host/answers-folder.ts';
import { onceSettled, requireKept } from '../host/kept-code.ts';
import type * as relay from '../lsp/relay.ts';

// What the extension starts, and `pedigree lsp`. The engine lies in one bundle, for it and for the command line, so that it is installed once.
const argv = process.argv.slice(2);
// What is new is cleared away in steps of 1 MB otherwise, and a start makes a lot of it. An engine without the flag goes on as it was.
setFlagsFromString('--min-semi-space-size=16');
// First of all: it starts while this thread still loads what it needs itself.
const engine = new Worker(join(__dirname, 'engine.js'), { argv });
requireKept<typeof relay>(join(__dirname, 'relay.js'), codeFolder('server'), onceSettled).startRelay(engine, argv);
