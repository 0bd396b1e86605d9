import assert from 'node:assert/strict';
import { takingsReader } from '../../server/src/artefacts/prose/takings.ts';
import { fuzzText, shownBy } from './reading.ts';

const card = (body: string): string => `---\nlicense: mit\nsize_categories: [1K<n<10K]\n---\n${body}\n`;
const shown = (text: string): readonly string[] => shownBy(takingsReader, 'README.md', text);

describe('data cards that say what was taken', () => {
  const cases: Readonly<Record<string, readonly [body: string, ...shown: readonly string[]]>> = {
    'crawled pages': [
      'The news were crawled from [The Otter](https://news.example/otters).',
      'pages news.example <- news were crawled from [The Otter](https://news.example/otters',
    ],
    'pieces with an address': [
      'It has reviews of boats from https://www.boats.example/ and more.',
      'pages boats.example <- reviews of boats from https://www.boats.example/',
    ],
    'pieces of works': ['It holds subtitles of anime episodes in two languages.', 'works subtitles of anime <- subtitles of anime'],
    'rights of others': [
      'Some of the poems are still under copyright.',
      'rights Some of the poems are still under copyright <- Some of the poems are still under copyright',
    ],
    'several sentences': [
      'Lyrics of songs.\n\nThey were scraped from https://lyrics.example/a.',
      'works lyrics of songs <- Lyrics of songs',
      'pages lyrics.example <- scraped from https://lyrics.example/a',
    ],
    'a host whose data have terms': ['The articles were taken from https://de.wikipedia.org/wiki/Otter.'],
    'a link that is no source': ['The answers were written by us. More at https://otter.example/.'],
    'works out of copyright': ['The scripts of old films, which are out of copyright.'],
    'a row of a table': ['| Scripts of films | https://films.example |'],
    thanks: ['## Acknowledgements\n\nThe articles were collected from https://otter.example/.'],
    code: ['```\nlyrics of songs from https://lyrics.example/\n```'],
  };
  for (const [name, [body, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(card(body)), expected));

  it('the card of a model is none', () => assert.deepEqual(shown('---\nlicense: mit\n---\nLyrics of songs.\n'), []));
  it('nor is a README without front matter', () => assert.deepEqual(shown('Lyrics of songs.\n'), []));

  it('never throws', () =>
    fuzzText(takingsReader, 'README.md', card('The news were crawled from [The Otter](https://news.example/). Some of the poems are copyrighted.')));
});
