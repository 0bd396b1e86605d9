// The real editor, for tests: start it, open a browser on it, drive it.
export { launchBrowser } from './browser.mjs';
export { startEditor } from './server.mjs';
export * from './workbench.mjs';
