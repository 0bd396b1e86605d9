// All real-editor tests: node test/e2e/run.mjs [VSIX] [--examples FOLDER]
import { runExtensionHost } from './exthost.mjs';
import { main } from './lib/main.mjs';
import { runPage } from './page.mjs';
import { runUi } from './ui.mjs';

await main({ 'the page of the report': runPage, 'in the extension host': runExtensionHost, 'in the workbench': runUi });
