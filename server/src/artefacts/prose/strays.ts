import { handedOut, handedOutAt, handedOutHosts } from '../../knowledge/mirrors.ts';
import { limits } from '../../text/limits.ts';
import type { NeedleGroup } from '../../text/needles.ts';
import { spanOf } from '../../text/span.ts';
import { addFact, draftOf, nothingRead, readingOf } from '../draft.ts';
import type { Reader, Reading } from '../types.ts';

/** Places of one file that are told. */
const mostPlaces = 20;

const magnet = /magnet:\?[^\s"'`<>)]{10,400}/i;
const address = /https?:\/\/([\w.-]{3,80})\/([\w.-]{0,80})[^\s"'`<>)\]]{0,400}/gi;
/** What stands beside the name of a work where it is handed out. */
const beside =
  /hugging ?face|\b(?:hf|original|official|weights?|checkpoints?|models?|downloads?|links?|pytorch|version)\b|官网|官方|原版|原始|版本|版|模型|权重|下载|链接|地址|参数/gi;
const letters = (text: string): string => text.toLowerCase().replace(/[^a-z\d]+/g, '');

/** The name before an address: the label of its link, or the line up to it. */
const nameBefore = (line: string, at: number): string => {
  const before = line.slice(Math.max(0, at - 160), at);
  const label = /\[([^\]\n]{1,120})\]\($/.exec(before)?.[1] ?? before;
  return letters(label.replace(beside, ' '));
};

/** The line tells people to get what it names. */
const getting = /\b(?:download\w*|get it|extract|unzip|place)\b|下载/i;
/** Units behind the name of a pack in which an address is where it is to be had. */
const nearPack = 160;

interface Stray {
  readonly name: string;
  readonly place: string;
  readonly start: number;
  readonly end: number;
}

const inLine = (line: string): readonly Stray[] => {
  const torrent = magnet.exec(line);
  const dn = torrent === null ? undefined : /[?&]dn=([^&\s]{1,80})/i.exec(torrent[0])?.[1];
  const named = dn === undefined ? undefined : handedOut(letters(dn.replace(/%20|\+/g, ' ')), 'name');
  const out: Stray[] =
    named === undefined || !torrent ? [] : [{ name: named.original, place: 'a torrent', start: torrent.index, end: torrent.index + torrent[0].length }];
  for (const match of line.matchAll(address)) {
    const [whole, host = '', owner = ''] = match;
    const isDrive = handedOutHosts().drives.some((drive) => host.toLowerCase() === drive || host.toLowerCase().endsWith(`.${drive}`));
    const known =
      handedOutAt(whole) ?? (isDrive ? handedOut(nameBefore(line, match.index), 'name') : undefined) ?? packBefore(line, match.index, isDrive ? '' : owner);
    if (known) out.push({ name: known.original, place: host.toLowerCase(), start: match.index, end: match.index + whole.length });
  }
  return out;
};

/** "otterpack ... [download it](...)": a pack that is named shortly before an address that is not its publisher's. */
const packBefore = (line: string, at: number, owner: string): ReturnType<typeof handedOut> => {
  const before = line.slice(Math.max(0, at - nearPack), at);
  if (!getting.test(before)) return undefined;
  const known = before.match(/[a-z][\w]{5,40}/gi)?.flatMap((word) => handedOut(word.toLowerCase(), 'pack') ?? []) ?? [];
  return known.find(({ owners }) => !owners.includes(owner.toLowerCase()));
};

/** Copies of works that their publishers give out under conditions: handed on from drives, torrents and hosts of somebody else. */
export const straysReader: Reader = {
  id: 'strays',
  version: 1,
  matches: (_path, name) => /\.(?:md|markdown|rst|sh|bash|bat|ps1|py)$|^readme(?:\.txt)?$/.test(name),
  words: (): NeedleGroup => ({ needles: ['magnet:?', ...handedOutHosts().all], ignoreCase: true }),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text, worded = true }, knowledge): Reading => {
    if (!worded) return nothingRead;
    const draft = draftOf('strays', path, knowledge);
    let start = 0;
    for (const line of text.split('\n')) {
      const found = line.length > limits.lineLength || !/magnet:|https?:/i.test(line) ? [] : inLine(line);
      for (const { name, place, start: from, end } of found) {
        if (draft.facts.length >= mostPlaces) return readingOf(draft);
        const id = draft.idOf('stray', `${name} ${place}`);
        addFact(draft, { kind: 'stray', id, original: name, place }, { span: spanOf(start + from, start + end) });
      }
      start += line.length + 1;
    }
    return readingOf(draft);
  },
};
