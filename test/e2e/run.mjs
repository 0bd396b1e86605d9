// All real-editor tests: node test/e2e/run.mjs [VSIX] [--examples FOLDER]
import { runExtensionHost } from './exthost.mjs';
import { runGrammars } from './grammars.mjs';
import { main } from './lib/main.mjs';
import { runLineagePage } from './lineage-page.mjs';
import { runPage } from './page.mjs';
import { runThemes } from './themes.mjs';
import { runTrouble } from './trouble.mjs';
import { runTrial } from './trial.mjs';
import { runTrust } from './trust.mjs';
import { runUi } from './ui.mjs';
import { runViews } from './views.mjs';

await main({ "the grammars in the editor's own": runGrammars, 'the page of the report': runPage, 'the page of the lineage': runLineagePage, 'in the extension host': runExtensionHost, 'in the workbench': runUi, 'the views in the workbench': runViews, 'the trial of a new user': runTrial, 'several folders, and a server in trouble': runTrouble, 'the themes in the workbench': runThemes, 'a folder that nobody trusts': runTrust });
