import { version } from '../../../package.json';
import { commandOf } from './commands.ts';

// What the extension starts: `pedigree lsp`. The engine lies in one bundle, for it and for the command line, so that it is installed once.
void commandOf('lsp')?.([], version);
