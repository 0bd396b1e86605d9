import type { Block, Item } from './document.ts';
import { plain } from './plain.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text between tags; none is ever put into an attribute. Quotes stay as they are: who reads the file again, as we may, sees that a line is quoted. */
const safe = (text: string): string => plain(text).replace(/[&<>]/g, (character) => entities[character] ?? '');

const marks = {
  open: ['☐', 'to do', 'open'],
  unseen: ['?', 'to make sure of', 'unseen'],
  met: ['☑', 'done', 'met'],
} as const;

const tones = { error: 'Error', warning: 'Warning', information: 'Note' } as const;

const itemHtml = ({ term, tone, text, note }: Item): string =>
  `<li><p class="term">${tone === null ? '' : `<span class="tone ${tone}">${tones[tone]}</span> `}${safe(term)}</p>${[text, note]
    .filter((line) => line !== '')
    .map((line, at) => `<p${at > 0 ? ' class="note"' : ''}>${safe(line)}</p>`)
    .join('')}</li>`;

const blockHtml = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${safe(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${safe(block.text)}</p>`;
    case 'steps':
      return `<ul class="steps">${block.steps
        .map(({ state, text }) => {
          const [mark, words, name] = marks[state];
          return `<li class="${name}"><span class="mark" aria-hidden="true">${mark}</span> <span class="state">${words}:</span> ${safe(text)}</li>`;
        })
        .join('')}</ul>`;
    case 'list':
      return `<ul>${block.items.map(itemHtml).join('\n')}</ul>`;
    case 'table':
      return `<div class="wide"><table><thead><tr>${block.head.map((cell) => `<th scope="col">${safe(cell)}</th>`).join('')}</tr></thead><tbody>${block.rows
        .map((cells) => `<tr>${cells.map((cell, at) => (at === 0 ? `<th scope="row">${safe(cell)}</th>` : `<td>${safe(cell)}</td>`)).join('')}</tr>`)
        .join('\n')}</tbody></table></div>`;
  }
};

/** Fit for paper, and for both colour schemes of a screen. */
const style = `
:root { color-scheme: light dark; --line: #8886; --quiet: light-dark(#555, #aaa); --error: light-dark(#b00020, #ff8a80); --warning: light-dark(#8a5a00, #ffcc66); --information: light-dark(#0b5cad, #8ab4f8); --met: light-dark(#1b6e36, #7ddc95); }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.5rem; font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { margin-top: 2.2rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line); font-size: 1.25rem; } h3 { margin-top: 1.5rem; font-size: 1rem; }
ul { padding-left: 1.2rem; } li { margin: .5rem 0; } .steps li { padding-left: 1.7em; text-indent: -1.7em; } li p { margin: .1rem 0; }
.steps { padding: 0; list-style: none; } .mark { display: inline-block; width: 1.7em; text-indent: 0; font-weight: 700; } .state { color: var(--quiet); } .open .mark { color: var(--warning); } .met .mark { color: var(--met); }
.term { font-weight: 600; } .note { color: var(--quiet); font-size: .92em; }
.tone { padding: 0 .5em; border: 1px solid currentcolor; border-radius: 1em; font-size: .8em; } .error { color: var(--error); } .warning { color: var(--warning); } .information { color: var(--information); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .9em; } th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; } thead th { color: var(--quiet); font-weight: 400; } tbody th { font-weight: 600; }
@media print { body { max-width: none; margin: 0; font-size: 11px; } h2 { break-after: avoid; } li, tr { break-inside: avoid; } }
`;

/** One file that holds all it needs and asks for nothing: it can be filed, mailed and printed. */
export const htmlOf = (blocks: readonly Block[]): string => {
  const title = blocks.find((block) => block.kind === 'heading')?.text ?? 'Report';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`;
};
