// All real-editor tests: node test/e2e/run.mjs [VSIX] [--examples FOLDER]
import { runExtensionHost } from './exthost.mjs';
import { main } from './lib/main.mjs';
import { runUi } from './ui.mjs';

await main({ 'in the extension host': runExtensionHost, 'in the workbench': runUi });
