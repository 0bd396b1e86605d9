// The real editor, for tests: start it, open a browser on it, drive it.
export { launchBrowser } from './browser.mjs';
export { startEditor, testSettings } from './server.mjs';
export * from './workbench.mjs';
