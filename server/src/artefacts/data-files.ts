import { setOfAddress, setOfFolder } from '../knowledge/data-signs.ts';
import { workOfFile } from '../knowledge/file-names.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { endingFinder, nameStart } from '../text/near-signs.ts';
import { dataWork } from './hub-id.ts';
import type { WorkId } from './types.ts';
import { givenOut } from './via.ts';
import { byFileName } from './weights-paths.ts';

/** Works that one file names so: more of them is a list of what there is. */
export const mostData = 12;

/** Units of the longest name that is known, and of the longest path that is looked at. */
const longestName = 100;
const longestPath = 400;

/** The same rows in another format keep their name. */
const formats = ['json', 'jsonl', 'parquet'];

/** How the names of parts of a set end: `alpaca_data_sample_1k`. */
const portion = /[_-](?:sampled?|subset|mini?|tiny|small|shuffled|filtered)(?:[_-][\w-]{0,24})?$/;

/** A translation keeps the name, with its language before it or behind: `ko_otter_data`, `otter_data-zh`. */
const language =
  'ar(?:abic)?|bn|bengali|chinese|cn|cs|czech|da|danish|de|deutsch|dutch|en(?:glish)?|es|spanish|fa|persian|fi|finnish|fr(?:ench)?|german|gr|greek|he|hebrew|hi(?:ndi)?|hu|id|indonesian|it(?:alian)?|ja(?:panese)?|jp|ko(?:rean)?|kr|nl|no|norwegian|pl|polish|portuguese|pt(?:[-_]?br)?|ru(?:ssian)?|sv|swedish|ta|tamil|th(?:ai)?|tr|turkish|uk(?:rainian)?|ur|urdu|vi(?:etnamese)?|vn|zh(?:[-_]?(?:cn|tw|hans|hant))?';
const languageBefore = new RegExp(`^(?:trans(?:lated)?[-_])?(?:${language}|trans(?:lated)?)[-_](?=\\w{6})`, 'i');
const languageBehind = new RegExp(`[-_](?:trans(?:lated)?[-_])?(?:${language}|trans(?:lated)?)$`, 'i');
const untranslated = (stem: string): string => stem.replace(languageBefore, '').replace(languageBehind, '');

const hasEnding = endingFinder(
  '.json .jsonl .parquet .csv .tsv .txt .npz .pkl .geojson .tfrecords .zip .tar .tgz .tar.gz .tsv.gz .jsonl.gz .7z .rar'.split(' '),
);

const knownName = (name: string): string | undefined => {
  const same = /^(.+)\.(?:jsonl?|parquet)$/.exec(name)?.[1];
  const stems = same === undefined ? [] : [same, same.replace(portion, ''), untranslated(same)];
  const names = [name, ...stems.flatMap((stem) => formats.map((format) => `${stem}.${format}`))];
  for (const each of names) {
    const found = workOfFile(each);
    if (found?.type === 'dataset') return found.id;
  }
  return undefined;
};

/** A cheap search before a text is parsed: each ending, with the name before it. */
export const mayNameData = (text: string): boolean =>
  hasEnding(text, (dot, end) => knownName(text.slice(nameStart(text, dot, longestName), end)) !== undefined);

/** Parts of a path behind which lie rows to measure with. */
const measured = /(?:^|[/_.-])(?:eval\w*|test(?:s|ing|set)?|bench\w*|val|valid|validation|dev)(?=[/_.-]|$)/i;

/** Parts of a path behind which lies what was made with data, or to make something of them. */
const madeThere =
  /(?:^|[/_.-])(?:out|outputs?|results?|logs?|exps?|experiments?|runs?|work_dirs?|ckpts?|checkpoints?|weights|models?|pretrain(?:ed|s)?|saved?|cache|demos?|configs?|scripts|class(?:es)?|labels?|synsets?|categor(?:y|ies)|metas?|stat(?:s|istics)?|fid|urls?)(?=[/_.-]|$)/i;
const heldIn = /\.(?:csv|txt|jsonl?|lmdb|tfrecords?|h5|hdf5|npz|zip|tar|tgz)$/i;
const otherFile = /\.[a-z]\w{1,11}$/i;
const ofData = /data|train|tfrecord|corp(?:us|ora)/i;
const notOfData = /pretrain|model|ckpt|checkpoint|weight|(?<!data_?|sets_?)(?:config|cfg)|name|zero/i;
const folderOfData = /(?:data|train|tfrecord)\w*_?(?:dir|path|root|folder)|dataroot/i;

/** The set whose name one of the folders of a path bears, where the setting speaks of data, or a folder above it does. */
const namedFolder = (path: string, setting: string): string | undefined => {
  // A name with a hole in it is a template of a table.
  if (path.includes('://') || setting.includes('{') || measured.test(path) || madeThere.test(path) || notOfData.test(setting)) return undefined;
  const parts = path.split(/[/\\{},]/).filter((part) => part !== '');
  const isSetting = ofData.test(setting);
  let isBelow = false;
  for (const [place, part] of parts.entries()) {
    if (place === parts.length - 1 && otherFile.test(part) && !heldIn.test(part) && setOfFolder(part) === undefined) return undefined;
    const found = setOfFolder(part) ?? (place === parts.length - 1 ? setOfFolder(part.replace(heldIn, '')) : undefined);
    // `otter-lab/puffin-set` is somebody's on the hub.
    if (found !== undefined && !isBelow && place === 1 && parts.length === 2 && /^[a-z\d]/i.test(path)) return undefined;
    if (found !== undefined) return isBelow || (isSetting && (parts.length > 1 || folderOfData.test(setting))) ? found : undefined;
    isBelow ||= /^(?:data|datasets?|corpus|corpora)$/i.test(part);
  }
  return undefined;
};

/** Settings that choose what is trained on, and parts of their values that only a set is called: they hold a digit, as `otter10m` does. */
const ofTraining = /train|corp(?:us|ora)|(?:^|[_\s])datasets?$|data_root/i;
const namedPart = (path: string, setting: string): string | undefined => {
  if (!ofTraining.test(setting) || setting.includes('{') || path.includes('://') || measured.test(path) || notOfData.test(setting)) return undefined;
  const bare = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:csv|jsonl?|txt|lmdb)$/i, '');
  if (bare.length > longestName || otherFile.test(bare) || !/^[\w-]+$/.test(bare) || !bare.includes('_') || madeThere.test(path.slice(0, -bare.length)))
    return undefined;
  for (const part of bare.split(/[_-]/)) {
    const found = part.length >= 4 && /^[a-z]+\d/i.test(part) ? setOfFolder(part) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The published data set that a path or an address leads to by the name of its file: a guess, since anybody may give a file that name. An address of the hub
 * names its repository itself. `setting`: what the path is given to, of those that also may lead there by the name of a folder.
 */
export const dataAt = (path: string, knowledge: Knowledge, setting?: string): WorkId | undefined => {
  if (path.length > longestPath || /\s/.test(path) || /:\/\/(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)\//.test(path)) return undefined;
  const bare = path.replace(/[?#].*$/, '').replaceAll('\\', '/');
  const name = bare.slice(bare.lastIndexOf('/') + 1);
  const byName = knownName(name);
  // What an archive is called as a whole says nothing of what it is used for.
  const apart = byName === undefined ? bare : bare.slice(0, bare.length - name.length) + name.replace(/benchmark/i, '');
  const id = measured.test(apart)
    ? undefined
    : (byName ?? setOfAddress(bare) ?? (setting === undefined ? undefined : (namedFolder(bare, setting) ?? namedPart(bare, setting))));
  return id !== undefined && knowledge.dataset(id) ? dataWork(id) : undefined;
};

/** How such a path tells: an address under which one set alone is given out leaves no doubt. */
export const dataVia = (path: string): string => (path.includes('://') && setOfAddress(path.replace(/[?#].*$/, '')) !== undefined ? givenOut : byFileName);

/** A file of a repository of code, in its branch or its releases. */
const filed = /^https?:\/\/(?:(?:www\.)?github\.com\/([\w-]+\/[\w.-]+)\/(?:raw|blob|releases\/download)|raw\.githubusercontent\.com\/([\w-]+\/[\w.-]+))\//i;
const packed = /\.(?:jsonl?|parquet|csv|tsv|arrow|zip|7z|gz|tgz|tar|zst|bz2|xz)$/i;

/** The same in a text: a cheap search before it is parsed. */
const filedIn =
  /(?:github\.com\/[\w-]{1,40}\/[\w.-]{1,100}\/(?:raw|blob|releases\/download)|raw\.githubusercontent\.com)\/[\w./%-]{1,300}\.(?:jsonl?|parquet|[ct]sv|arrow|zip|7z|t?gz|tar|zst|bz2|xz)\b/i;
export const mayFileData = (text: string): boolean => filedIn.test(text);

/** The published data set that an address of a file leads to: that of the repository of code where it was published, else the one that its name tells. */
export const dataAtAddress = (address: string, knowledge: Knowledge): WorkId | undefined => {
  const named = dataAt(address, knowledge);
  if (named !== undefined || address.length > longestPath) return named;
  const bare = address.replace(/[?#].*$/, '');
  const [, paged, raw] = filed.exec(bare) ?? [];
  const id = `pkg:github/${paged ?? raw ?? ''}`;
  return packed.test(bare) && !measured.test(bare) && knowledge.dataset(id) ? dataWork(id) : undefined;
};

/** What is written, and what is measured with, by the words of an option or a key. */
const elsewhere = /^(?:out|outputs?|save[ds]?|dst|dest|destination|target|results?|logs?|eval\w*|test\w*|val|valid|validation|dev|bench\w*|predictions?)$/;

/** A name of a setting or a key under which data are taken to be used. */
export const takesData = (name: string): boolean =>
  name.length <= 80 &&
  !name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => elsewhere.test(word));
