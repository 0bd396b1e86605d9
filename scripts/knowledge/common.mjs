import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of these helpers and of the hand-written tables beside them. */
const helpers = dirname(fileURLToPath(import.meta.url));

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
export const readJsonLines = (path) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
export const ownTable = (name) => readJson(join(helpers, name));

/** Code-unit order: the same on every machine, and what the look-up by bisection compares with. */
export const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** One record a line: a change of one fact is a change of one line. */
const listText = (rows) => (rows.length === 0 ? '[]\n' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
const mapText = (map) =>
  `{\n${Object.entries(map)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}\n`;

export const writeTable = (path, table) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Array.isArray(table) ? listText(table) : mapText(table));
};

/** The first date in a text, as exact as it is given: `2025-03-25`, `2025-03` or `2025`. */
export const dateIn = (text) => {
  const found = /\b(20\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\b/u.exec(text ?? '');
  return found ? found[0] : null;
};

/** The date in brackets at the end of a source, so that a year in a file name is not taken for one. */
export const dateOfSource = (source) => {
  const dates = [...(source ?? '').matchAll(/\b20\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?\b/gu)].map((match) => match[0]);
  return dates.length > 0 ? dates.sort(byText).at(-1) : null;
};

/** Working notes of the research are no public place: what is left names where the fact was read. */
export const cleanSource = (source) => {
  const text = String(source ?? '')
    .replace(/\s*\((?:index |file )?ids? [\d, ]+[^)]*\)/gu, '')
    .replace(/[;,]?\s*(?:\+ )?(?:index |file )?ids? \d{6,}(?:, \d{6,})*/gu, '')
    .replace(/\s*\(read_file[^)]*\)/gu, '')
    .replace(/find_string "?([^"]*)"? excerpts/gu, 'public files that quote the $1')
    .replace(/[;,]?\s*find_string [^;,]*/gu, '')
    .replace(/\s*\(?texts\/[\w.-]+\.txt\)?/gu, ' github:aboutcode-org/scancode-licensedb')
    .replace(/hf-mirror[\w.-]*\.dev|hff\.sound2gd\.work|good23hfaccelerating\.pages\.dev|hf\.zhengshangchen\.top|cdn-avatars\.qwak\.ai/gu, 'huggingface.co')
    .replace(/our model_patterns/gu, "the publisher's own rule")
    .replace(/\s*\([^()]*"[^"]{40,}"[^()]*\)|\s*"[^"]{40,}"/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^[;,+\s]+|[;,+\s]+$/gu, '');
  const repeated = ' github:aboutcode-org/scancode-licensedb';
  if (text.endsWith(repeated) && text.indexOf(repeated.trim()) < text.length - repeated.length) return text.slice(0, -repeated.length);
  return text === '' || text === '(secondary)' ? 'second-hand: published articles' : text;
};

/** Notes are ours; passages in quotation marks are others' words and stay out. */
export const ownNote = (note) => {
  if (!note) return null;
  const text = note
    .replace(/[’‘]/gu, "'")
    .replace(/quote: "[^"]*"/giu, '')
    .replace(/"[^"]{40,}"/gu, '')
    .replace(/\s*\((?:index |file )?ids? [\d, ]+\)/gu, '')
    .replace(/our pattern table/gu, 'by the size named in the id')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s;,.:]+|[\s;,:]+$/gu, '')
    .replace(/\(\s*\)/gu, '')
    .trim();
  return text === '' ? null : text;
};
