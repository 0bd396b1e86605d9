import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { minimatch } from 'minimatch';
import { debugText } from '../../client/src/debug-information.ts';
import { documentSelector, watched } from '../../client/src/files.ts';
import { createRestarts } from '../../client/src/restarts.ts';
import { stateOnly, statusView } from '../../client/src/status-view.ts';
import { readers } from '../../server/src/artefacts/index.ts';
import type { StatusParameters } from '../../server/src/protocol/requests.ts';

const ready: StatusParameters = {
  state: 'ready',
  files: 12,
  works: { known: 3, unknown: 1 },
  findings: { error: 0, warning: 0, information: 0 },
  knowledge: '2026-01-01',
  message: null,
};

describe('the language status', () => {
  it('tells works and unknown terms, and offers the audit', () => {
    const view = statusView(ready);
    assert.equal(view.text, 'Pedigree: 4 works of others, 1 of unknown terms');
    assert.equal(view.detail, '12 files read, knowledge of 2026-01-01');
    assert.equal(view.command.id, 'pedigree.auditWorkspace');
    assert.equal(statusView({ ...ready, works: { known: 1, unknown: 0 } }).text, 'Pedigree: 1 work of others, all of known terms');
  });

  it('is busy while it reads, and offers a restart when it failed', () => {
    assert.ok(statusView(stateOnly('starting')).busy);
    assert.ok(statusView({ ...ready, state: 'reading' }).busy);
    const failed = statusView(stateOnly('failed', 'x could not be read'));
    assert.deepEqual([failed.severity, failed.busy, failed.command.id], ['error', false, 'pedigree.restartServer']);
    assert.match(failed.text, /x could not be read/);
  });
});

describe('the language status of what is skipped', () => {
  it('warns and names it', () => {
    const view = statusView({ ...ready, message: 'a.yaml' });
    assert.equal(view.severity, 'warning');
    assert.equal(view.text, 'Pedigree: skips a.yaml');
    assert.equal(view.command.id, 'pedigree.showOutput');
  });
});

describe('restarts', () => {
  it('end with the fifth end within three minutes', () => {
    const { mayRestart, forget } = createRestarts();
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((second) => mayRestart(second * 1_000)),
      [true, true, true, true, false],
    );
    forget();
    assert.ok(mayRestart(6_000));
    assert.ok([200_000, 400_000, 600_000, 800_000, 1_000_000, 1_200_000].every(mayRestart));
  });
});

describe('debug information', () => {
  const editor = { version: '0.1.0', editor: 'Code 1.91.0', platform: 'linux x64', remote: undefined, trusted: false };
  it('is there without a server', () => assert.match(debugText(editor, 'does not answer'), /^Pedigree: 0\.1\.0\n[\s\S]*Server: does not answer\n$/));
  it('names versions and numbers', () =>
    assert.match(
      debugText(editor, { version: '0.1.0', node: 'v20.1.0', knowledge: '2026-01-01', folders: 2, files: 9, heapMegabytes: 40 }),
      /Node v20\.1\.0\nKnowledge: 2026-01-01\nFolders: 2\nFiles read: 9\nHeap: 40 MB\n$/,
    ));
});

describe('the files that the editor sends and watches', () => {
  const sent = (path: string): boolean => documentSelector.some(({ pattern }) => minimatch(path, pattern, { dot: true }));
  const isWatched = (path: string): boolean => minimatch(path, watched, { dot: true });
  /** One of every kind that some reader takes. */
  const texts = [
    'README.md',
    'a/README.MD',
    'model_card.md',
    'LICENSE',
    'LICENSE.txt',
    'a/LICENCE-MODEL',
    'Unlicense',
    'COPYING',
    'NOTICE',
    'model_licenses/llama.txt',
    'Tongyi Qianwen LICENSE AGREEMENT',
    'config.json',
    'adapter_config.json',
    'model_index.json',
    'dataset_info.json',
    'pyproject.toml',
    'setup.cfg',
    'package.json',
    'Cargo.toml',
    'composer.json',
    'DESCRIPTION',
    'ros/package.xml',
    'pom.xml',
    'otter.gemspec',
    'COPYRIGHT',
    'CITATION.cff',
    'train.yaml',
    'conf/a.yml',
    'train.py',
    'requirements.txt',
    'pedigree.yaml',
    'licence.html',
    'run.sh',
    'train.slurm',
    'Makefile',
    'justfile',
    'Dockerfile',
    'docker/Dockerfile.gpu',
    'Modelfile',
    'support.modelfile',
    'docker-compose.yml',
    '.github/workflows/ci.yml',
    'src/app.ts',
    'src/app.mjs',
    'src/App.vue',
  ];

  it('hold every text that a reader takes', () => {
    for (const path of texts) {
      const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
      assert.ok(path === 'pedigree.yaml' || readers.some((reader) => reader.matches(path, name)), `no reader takes ${path}`);
      if (!path.endsWith('.MD')) assert.ok(sent(path) && isWatched(path), path);
    }
  });

  it('hold source files while they are open only', () => {
    for (const path of ['a.c', 'src/b.rs', 'a.css', 'x.proto']) {
      assert.ok(sent(path), path);
      assert.ok(!isWatched(path), path);
    }
  });

  it('hold weights and notebooks on disk only', () => {
    for (const path of ['m.gguf', 'a/m.safetensors', 'n.ipynb']) {
      assert.ok(isWatched(path), path);
      assert.ok(!sent(path), path);
    }
  });

  it('hold nothing else', () => {
    for (const path of ['a.png', 'a.csv', 'node_modules', 'x.lock', 'a.parquet']) assert.ok(!sent(path) && !isWatched(path), path);
  });
});

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Record<string, string>;
  readonly keywords: readonly string[];
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Record<string, unknown> };
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly completionEvents: readonly string[];
        readonly media: { readonly svg: string; readonly altText: string };
      }[];
    }[];
  };
}

describe('the manifest', () => {
  const text = readFileSync('package.json', 'utf8');
  const manifest = JSON.parse(text) as Manifest;
  const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

  it('asks for the editor whose types it is built against', () =>
    assert.equal(manifest.engines.vscode.replace('^', ''), `${manifest.devDependencies['@types/vscode']}.0`));

  it('has every string that it names, and no other', () => {
    const named = [...text.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
    assert.deepEqual([...new Set(named)].toSorted(), Object.keys(strings).toSorted());
  });

  it('starts for files of this field, never for all', () => {
    assert.ok(manifest.activationEvents.every((event) => /^(?:onLanguage|onNotebook|onTaskType|onWebviewPanel|workspaceContains):\S+$/.test(event)));
    // A pattern without a star is looked up as a name: braces in it would never be found.
    assert.ok(manifest.activationEvents.every((event) => !event.includes('{') || event.includes('*')));
  });

  it('has few settings and commands, and of settings only those that let something be looked up change what is found', () => {
    const settings = Object.keys(manifest.contributes.configuration.properties);
    assert.deepEqual(settings.slice(0, 2), ['pedigree.useCache', 'pedigree.useHub']);
    assert.ok(settings.length <= 15 && manifest.contributes.commands.length <= 12, 'more than anybody reads');
  });
  it('shows nothing beside the text unless it is asked to', () => {
    for (const id of ['pedigree.codeLens', 'pedigree.inlayHints'])
      assert.equal((manifest.contributes.configuration.properties[id] as { readonly default: boolean }).default, false, id);
  });
  it('lets nothing be looked up unless the user of this machine says so', () => {
    for (const id of ['pedigree.useCache', 'pedigree.useHub']) {
      const { default: off, scope } = manifest.contributes.configuration.properties[id] as { readonly default: boolean; readonly scope: string };
      assert.deepEqual([off, scope], [false, 'machine'], id);
    }
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['pedigree.useHub']);
  });
  it('keeps to the limit of the marketplace for keywords', () => assert.ok(manifest.keywords.length <= 30));
  it('names files, commands and views that are there', () => {
    for (const [, path] of text.matchAll(/"(?:icon|svg|light|dark|path|url)": "(\.?\/?(?:media|syntaxes|schemas)\/[^"]+)"/g))
      assert.ok(existsSync(path ?? ''), path);
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    // Registered without a title: rows of the tree, links of a welcome.
    for (const untitled of ['pedigree.openFinding', 'pedigree.clearFilter', 'pedigree.findings.focus']) known.add(untitled);
    const named = [...`${text}${JSON.stringify(strings)}`.matchAll(/(?:"command": "|command:|onCommand:)(pedigree\.[\w.]+)/g)].map((match) => match[1] ?? '');
    assert.ok(named.length > 30);
    assert.deepEqual(
      named.filter((command) => !known.has(command)),
      [],
    );
    for (const [, view] of text.matchAll(/onView:([\w.]+)|"view": "([\w.]+)"/g)) assert.ok(view === undefined || text.includes(`"id": "${view}"`), view);
  });
  it('leads through four first steps, each with a picture, a way to do it and an event that ticks it off', () => {
    const [walk, ...others] = manifest.contributes.walkthroughs;
    assert.equal(others.length, 0);
    assert.equal(walk?.steps.length, 4);
    for (const { description, completionEvents, media } of walk?.steps ?? []) {
      assert.match(strings[description.slice(1, -1)] ?? '', /\]\(command:pedigree\./);
      assert.ok(completionEvents.length > 0 && completionEvents.every((event) => /^on(?:Command|View):pedigree\./.test(event)));
      assert.ok(strings[media.altText.slice(1, -1)] !== undefined);
    }
  });
  it('names commands of its own only', () => assert.ok(manifest.contributes.commands.every(({ command }) => command.startsWith('pedigree.'))));
});
