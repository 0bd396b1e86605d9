/** Globs tell case apart, and licence files are written in every case. */
const anyCase = (word: string): string => word.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

/** Where terms and origins are stated: what is read on a key press, and watched on disk. */
const sources = [
  '*.md',
  '*.markdown',
  '*.txt',
  '*.rst',
  '*.py',
  '*.ipynb',
  '*.yaml',
  '*.yml',
  '*.json',
  '*.jsonc',
  '*.toml',
  'setup.cfg',
  '*.cff',
  'DESCRIPTION',
  'package.xml',
  'pom.xml',
  '*.gemspec',
  // What runs and deploys models.
  ...['sh', 'bash', 'zsh', 'slurm', 'sbatch', 'pbs', 'lsf', 'mk', 'just', 'dockerfile', 'containerfile', 'modelfile'].map((ending) => `*.${ending}`),
  ...['js', 'mjs', 'cjs', 'jsx', 'ts', 'mts', 'cts', 'tsx', 'vue', 'svelte'].map((ending) => `*.${ending}`),
  ...['dockerfile', 'containerfile', 'makefile', 'gnumakefile', 'justfile', 'modelfile'].map((name) => `${anyCase(name)}*`),
  '.gitignore',
  ...['license', 'licence', 'notice', 'copying', 'copyright', 'agreement', 'attribution', 'credits'].map((word) => `*${anyCase(word)}*`),
];

/** Weights change on disk only. */
const weights = ['*.safetensors', '*.gguf'];

/** Source files in which a licence tag or a suppression may stand. They are looked at while they are open, and are too many to watch. */
const tagged = [
  'pyi',
  'pyx',
  'c',
  'cc',
  'cpp',
  'cxx',
  'cu',
  'cuh',
  'h',
  'hh',
  'hpp',
  'hxx',
  'm',
  'mm',
  'metal',
  'rs',
  'go',
  'java',
  'kt',
  'swift',
  'rb',
  'jl',
  'r',
  'lua',
  'cfg',
  'ini',
  'proto',
  'cmake',
  'sql',
  'css',
  'scss',
  'nix',
  'bzl',
  'tf',
  'html',
].map((ending) => `*.${ending}`);

const anywhere = (names: readonly string[]): string => `**/{${names.join(',')}}`;

/** Files whose changes on disk can change what is found. */
export const watched = anywhere([...sources, ...weights]);

/** Documents that are sent to the server. By name, as the readers choose them: which languages an editor knows depends on what is installed in it. */
export const documentSelector = [{ scheme: 'file', pattern: anywhere([...sources.filter((name) => name !== '*.ipynb' && name !== '.gitignore'), ...tagged]) }];

/** Cells of notebooks, whatever language each is in: a notebook is read as a whole. */
export const cellSelector = [{ notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }];
