// Named steps, one line each, and what a page did meanwhile.
import { stripVTControlCharacters } from 'node:util';
import { isNoise } from './noise.mjs';

/** Playwright's messages have colours and a log of several lines. */
const oneLine = (message) => stripVTControlCharacters(message).replaceAll(/\s*\n\s*(?:Call log:\s*)?/g, ' ').trim();

/** Runs steps one after the other, true for those that passed; a failed one does not keep the next from running. */
export function createSteps({ onFailure = async () => {} } = {}) {
  const tally = { passed: 0, failed: 0 };
  // For who writes a test: PEDIGREE_E2E_ONLY=words runs the first step and those whose names have them.
  const only = process.env.PEDIGREE_E2E_ONLY;
  async function step(name, run) {
    if (only !== undefined && tally.passed > 0 && !new RegExp(only).test(name)) return true;
    const started = Date.now();
    try {
      const note = await run();
      tally.passed++;
      console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)${note ? `: ${note}` : ''}`);
      return true;
    } catch (error) {
      tally.failed++;
      console.log(`FAIL  ${name}: ${oneLine(error.message)}`);
      // A page that is gone cannot be photographed, and that must not hide the reason above.
      await onFailure(name).catch((second) => console.log(`      (and nothing could be kept: ${second.message})`));
      return false;
    }
  }
  return { step, tally };
}

/** VS Code's own name for files that a webview shows; a service worker answers, the name is never looked up. */
const webviewFiles = /\.vscode-cdn\.net$/;

/** Collects what a page should not do: errors, breaches of a content security policy, requests that leave the machine. */
export function watchPage(page) {
  const seen = { errors: [], breaches: [], requests: [] };
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = message.text();
    if (/Content Security Policy/i.test(text)) seen.breaches.push(text);
    else if (message.type() === 'error' && !isNoise(text)) seen.errors.push(text);
  });
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1' && !webviewFiles.test(hostname)) seen.requests.push(request.url());
  });
  return seen;
}
