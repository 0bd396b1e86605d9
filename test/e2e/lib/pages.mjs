// A page of the extension alone in a browser, with something in the editor's place.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repoRoot, runRoot } from './paths.mjs';

/** Texts that would do harm where they are not taken as texts. */
export const hostile = ['"><script>window.broken=1</script>', '<img src=x onerror="window.broken=1">', 'javascript:alert(1)', '${window.broken=1}', '</style><style>*{display:none}', '\u202egpj.exe', '[x](command:workbench.action.quit)', '__proto__', '\u0000\u0007\u2028'];

/** The extension's own code makes the page and what it shows: nothing in these tests is a second version of it. */
export async function loadClient(name, sources) {
  const outfile = join(runRoot, 'page', `${name}.mjs`);
  const contents = sources.map((source) => `export * from './${source}.ts';`).join('\n');
  await build({ stdin: { contents, resolveDir: repoRoot }, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' });
  return import(outfile);
}

/** Stands in for the editor: keeps what the page sends, its state, and breaches of the page's policy. A reload keeps the state, as the editor does. */
export function standIn() {
  window.sent = [];
  window.breaches = [];
  document.addEventListener('securitypolicyviolation', (event) => window.breaches.push(`${event.violatedDirective} ${event.blockedURI}`));
  const state = () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
  window.acquireVsCodeApi = () => ({ postMessage: (message) => window.sent.push(message), getState: state, setState: (next) => sessionStorage.setItem('state', JSON.stringify(next)) });
}

const types = { js: 'text/javascript', css: 'text/css' };

/** Serves the page at `/`, with its built script and its style. */
export async function servePage({ script, style, html }) {
  const files = { [`/${script}`]: join(repoRoot, 'dist', script), [`/${style}`]: join(repoRoot, 'media', style) };
  const server = createServer(async (request, response) => {
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end(html(`http://127.0.0.1:${server.address().port}`));
    const file = files[request.url];
    if (file === undefined) return response.writeHead(404).end();
    response.setHeader('content-type', types[file.split('.').at(-1)]).end(await readFile(file));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Hands a view to the page as a message of the editor: a copy. Gives the milliseconds until it is drawn. */
export const postView = (page, view) =>
  page.evaluate((data) => new Promise((resolve) => {
    const started = performance.now();
    window.postMessage({ type: 'show', view: data }, '*');
    setTimeout(() => requestAnimationFrame(() => resolve(performance.now() - started)));
  }), structuredClone(view));

export const sentBy = (page) => page.evaluate(() => window.sent);

/** What of hostile texts came through: nothing may. */
export const harm = (page) =>
  page.evaluate(() => ({
    broken: window.broken, breaches: window.breaches,
    elements: [...document.querySelectorAll('main :is(script, img, style, iframe, object, form, link, foreignObject), main [onerror], main [onclick]')].map((element) => element.outerHTML.slice(0, 200)),
    links: [...document.querySelectorAll('a')].map((link) => link.href), text: document.body.innerText,
  }));
