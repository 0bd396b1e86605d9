// Bundles client, server and command line into dist/, with the knowledge beside them.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const production = process.argv.includes('--production');
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });

/** The entries of the command line and of the extension's server stay small: what does the work is the bundle beside them. */
const besideCommands = {
  name: 'beside-commands',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/commands\.ts$/ }, () => ({ path: './commands.js', external: true }));
    onResolve({ filter: /\/identify-command\.ts$/ }, () => ({ path: './identify.js', external: true }));
    onResolve({ filter: /^\.\/server\.ts$/ }, () => ({ path: './server.js', external: true }));
  },
};

/** Who hands messages on needs the framing of the protocol, a quarter of its library. */
const framingAlone = {
  name: 'framing-alone',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^vscode-languageserver\/node$/ }, ({ kind }) =>
      resolve('vscode-jsonrpc/node', { kind, resolveDir: join(process.cwd(), 'node_modules/vscode-languageserver') }),
    ),
};

/** What can talk to a network is a bundle of its own, which only who asks for the hub loads. */
const besideHub = {
  name: 'beside-hub',
  setup: ({ onResolve }) => onResolve({ filter: /\/hub-client\.ts$/ }, () => ({ path: './hub.js', external: true })),
};

/** The library of the tools for language models is loaded by `pedigree mcp` alone. */
const besideMcp = {
  name: 'beside-mcp',
  setup: ({ onResolve }) => onResolve({ filter: /\/mcp-server\.ts$/ }, () => ({ path: './mcp.js', external: true })),
};

/** The library of CycloneDX is loaded by who asks for that format. */
const besideCyclonedx = {
  name: 'beside-cyclonedx',
  setup: ({ onResolve }) => onResolve({ filter: /\/report\/cyclonedx\.ts$/ }, () => ({ path: './cyclonedx.js', external: true })),
};

/**
 * What the library checks a client's answers to its own questions with writes code as it runs and is a third of it. Nothing here asks a client
 * anything.
 */
const withoutValidator = {
  name: 'without-validator',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ path }) => ({ path, namespace: 'shims' }));
    onLoad({ filter: /.*/, namespace: 'shims' }, () => ({
      contents: "export { default as process } from 'node:process'; export class DefaultJsonSchemaValidator {}",
    }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: production,
  // Constants are put in their places, which the loops over bytes are much faster with.
  minifySyntax: true,
  keepNames: false,
  sourcemap: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  external: ['vscode'],
  // jsonc-parser's main is UMD, whose inner requires a bundler cannot follow.
  mainFields: ['module', 'main'],
};
/** A bundle is required, not imported: for an import, Node first looks through all of it for exports. */
const required = { supported: { 'dynamic-import': false } };
const results = await Promise.all([
  build({ ...common, ...required, entryPoints: { client: 'client/src/extension.ts' }, outdir: 'dist' }),
  // An editor reads all of a bundle before it activates what is in it, and the library that talks to the server is nine tenths of the extension.
  build({ ...common, entryPoints: { connection: 'client/src/client.ts' }, outdir: 'dist' }),
  // Pages run in a browser of their own: each asks for one script, when it is opened.
  build({
    ...common,
    platform: 'browser',
    format: 'iife',
    target: 'chrome122',
    entryPoints: { 'report-page': 'client/pages/report/main.ts', 'lineage-page': 'client/pages/lineage/main.ts' },
    outdir: 'dist',
  }),
  build({ ...common, ...required, entryPoints: { server: 'server/src/cli/server.ts' }, outdir: 'dist' }),
  build({ ...common, plugins: [framingAlone], entryPoints: { relay: 'server/src/lsp/relay.ts' }, outdir: 'dist' }),
  build({ ...common, ...required, entryPoints: { engine: 'server/src/cli/engine.ts' }, outdir: 'dist' }),
  build({ ...common, ...required, plugins: [besideHub, besideMcp, besideCyclonedx], entryPoints: { commands: 'server/src/cli/commands.ts' }, outdir: 'dist' }),
  build({ ...common, legalComments: 'inline', plugins: [withoutValidator], entryPoints: { mcp: 'server/src/cli/mcp-server.ts' }, outdir: 'dist' }),
  build({ ...common, entryPoints: { hub: 'server/src/host/hub-client.ts' }, outdir: 'dist' }),
  // XML is another format, for which the library asks for a package that is not here.
  build({ ...common, external: ['xmlbuilder2'], entryPoints: { cyclonedx: 'server/src/report/cyclonedx.ts' }, outdir: 'dist' }),
  build({ ...common, entryPoints: { identify: 'server/src/cli/identify-command.ts' }, outdir: 'dist' }),
  build({
    ...common,
    entryPoints: { cli: 'server/src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
    ...required,
    plugins: [besideCommands],
  }),
]);
// Signs of other scripts stand in patterns, which the bundler leaves as they are. One of them makes the engine hold all of a text in two bytes a sign.
const escaped = (sign) => [...Array(sign.length).keys()].map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
for (const path of results.flatMap((result) => Object.keys(result.metafile.outputs))) {
  const text = readFileSync(path, 'utf8');
  if (/[\u0080-\uffff]/.test(text)) writeFileSync(path, text.replace(/[\u0080-\uffff]+/g, escaped));
}
const inputs = Object.assign({}, ...results.map((result) => result.metafile.inputs));
const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
writeFileSync('dist/meta.json', JSON.stringify({ inputs, outputs }));

// What is bundled is handed on under its own terms: their texts go with it, taken from the installed packages.
const packages = [...new Set(Object.keys(inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []))].toSorted();
const notices = packages.map((name) => {
  const folder = join('node_modules', name);
  const { version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && /^(?:licen[cs]e|notice|copying|thirdpartynotices)/i.test(entry.name),
  );
  // Lists of ids carry no text of their own: their maker and licence are what there is to say.
  const maker = typeof author === 'string' ? author : (author?.name ?? '');
  return [
    `${name} ${version} (${license})${maker === '' ? '' : `, ${maker}`}`,
    ...texts.map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim()),
  ].join('\n\n');
});
// The library of `pedigree mcp` ships another package inside its own file, which says of itself whose it is.
const within = [...new Set(readFileSync('dist/mcp.js', 'utf8').match(/\/\*![\s\S]*?\*\//g) ?? [])];
if (within.length > 0) notices.push(`Inside @modelcontextprotocol/server, under the MIT licence, whose text stands above:\n\n${within.join('\n\n')}`);
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', `Pedigree contains code of these packages.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);

// Core tables stay JSON, without white space; hub tables are large and rarely asked, so they are compressed.
const data = 'server/src/knowledge/data';
mkdirSync('dist/knowledge/hub', { recursive: true });
for (const name of readdirSync(data).filter((file) => file.endsWith('.json')))
  writeFileSync(join('dist/knowledge', name), JSON.stringify(JSON.parse(readFileSync(join(data, name), 'utf8'))));
// Laid over by typed arrays as it is, so it is not compressed: the package that carries it is.
cpSync(join(data, 'licences.bin'), 'dist/knowledge/licences.bin');
for (const name of readdirSync(join(data, 'hub'))) {
  const bytes = readFileSync(join(data, 'hub', name));
  if (name.endsWith('.br') || name.endsWith('.json')) cpSync(join(data, 'hub', name), join('dist/knowledge/hub', name));
  else
    writeFileSync(
      join('dist/knowledge/hub', `${name}.br`),
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: production ? 11 : 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    );
}
