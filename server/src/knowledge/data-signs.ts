import table from './data/data-signs.json';
import { memo } from './lookup.ts';

const lowered = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows).map(([name, id]) => [name.toLowerCase(), id]));
const folders = memo(() => lowered(table.folders));
const registered = memo(() => new Map(Object.entries(table.registered)));
const tensorflow = memo(() => new Map(Object.entries(table.tensorflow)));
const classes = memo(() => new Map(Object.entries(table.classes)));
type Hosts = ReadonlyMap<string, readonly { readonly prefix: string; readonly id: string }[]>;
const hostsOf = (rows: Readonly<Record<string, string>>): Hosts => {
  const out = new Map<string, { readonly prefix: string; readonly id: string }[]>();
  for (const [prefix, id] of Object.entries(rows)) {
    const host = (/^[^/?#]+/.exec(prefix)?.[0] ?? '').toLowerCase();
    out.set(host, [...(out.get(host) ?? []), { prefix, id }]);
  }
  // The longer ones first: `otter-360` begins as `otter` does.
  for (const [host, list] of out)
    out.set(
      host,
      list.toSorted((a, b) => b.prefix.length - a.prefix.length),
    );
  return out;
};
const byHost = memo(() => hostsOf(table.addresses));
const byPage = memo(() => hostsOf(table.pages));

/** How names of folders go on that hold a part of a set, or the same in another form: `otter_train`, `otter-512`. */
const form =
  /[_-](?:\d{1,4}(?:x\d{1,4}|px|p)?|train(?:ing|set)?|images?|imgs?|data|dataset|lmdb|wds|webdataset|tfrecords?|h5|hdf5|chatml|jsonl?|public|paths|list|raw|processed|aligned|hr|lr|sub|multiscale)$/;
const mostForms = 4;

/** The set that a folder bears the name of, whatever capitals it is written in. */
export const setOfFolder = (name: string): string | undefined => {
  let rest = name.toLowerCase();
  for (let left = mostForms; left >= 0; left -= 1) {
    const found = folders().get(rest);
    const shorter = found === undefined ? rest.replace(form, '') : rest;
    if (found !== undefined || shorter === rest) return found;
    rest = shorter;
  }
  return undefined;
};

const withoutScheme = (address: string): string => address.replace(/^[a-z][a-z\d]{1,8}:\/\//i, '').replace(/^www\./i, '');
const hostOf = (bare: string): string => (/^[^/?#]+/.exec(bare)?.[0] ?? '').toLowerCase();

/** The set that alone is handed out at such an address, with its scheme or without. */
export const setOfAddress = (address: string): string | undefined => {
  const bare = withoutScheme(address);
  const rows = byHost().get(hostOf(bare));
  return rows?.find(({ prefix }) => bare.startsWith(prefix) && !/^\d/.test(bare.slice(prefix.length)))?.id;
};

/** The set whose own page, or whose repository, such an address is. A page below it is one of its, a longer word is another. */
export const setOfPage = (address: string): string | undefined => {
  const bare = withoutScheme(address);
  const host = hostOf(bare);
  const even = host + bare.slice(host.length);
  return byPage()
    .get(host)
    ?.find(({ prefix }) => even.startsWith(prefix) && (/[/#=]$/.test(prefix) || !/^[\w-]/.test(even.slice(prefix.length))))?.id;
};

/** The set that a framework has under a name of its own. */
export const setOfRegistry = (name: string): string | undefined => registered().get(name);
/** `otter/config:1.0.0` of the library of TensorFlow. */
export const setOfTensorflow = (name: string): string | undefined => tensorflow().get(name.replace(/[/:].*$/s, ''));
/** The class of a library that loads it, with its module. */
export const setOfClass = (callee: string): string | undefined => classes().get(callee);

/** What stands before a name too short to be looked for by itself. */
const before = ['/', '"', "'", ' ', '_'];
const beforeCalls = ['.', ' ', '='];
const spelled = (name: string, signs = before): readonly string[] => (name.length > 4 ? [name] : signs.map((sign) => `${sign}${name}`));

/** Words without one of which no text speaks of these, as they are written. */
export const signWords: readonly string[] = [
  ...new Set([
    ...Object.keys(table.folders).flatMap((name) => [name, name.toLowerCase()].flatMap((each) => spelled(each))),
    ...Object.keys(table.addresses),
    ...Object.keys(table.registered),
  ]),
];
/** And those of calls. */
export const callWords: readonly string[] = [
  ...Object.keys(table.classes).flatMap((name) => spelled(`${name.slice(name.lastIndexOf('.') + 1)}(`, beforeCalls)),
  'tfds_name',
  'tfds.load',
  'tfds.builder',
  'tensorflow_datasets',
];
