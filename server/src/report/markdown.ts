import { escaped } from './describe-text.ts';
import type { Block, Item } from './document.ts';

const marks = { open: '- [ ]', unseen: '- [ ] To make sure of:', met: '- [x]' } as const;
const tones = { error: '**Error**', warning: '**Warning**', information: 'Note' } as const;

const itemLines = ({ term, tone, text, note }: Item): readonly string[] => [
  `- ${tone === null ? '' : `${tones[tone]} `}${tone === null ? `**${escaped(term)}**` : escaped(term)}`,
  ...[text, note].filter((line) => line !== '').map((line) => `  <br>${escaped(line)}`),
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const blockText = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'text':
      return escaped(block.text);
    case 'steps':
      return block.steps.map(({ state, text }) => `${marks[state]} ${escaped(text)}`).join('\n');
    case 'list':
      return block.items.flatMap(itemLines).join('\n');
    case 'table':
      return [row(block.head), row(block.head.map(() => '---')), ...block.rows.map((cells) => row(cells.map(escaped)))].join('\n');
  }
};

/** For a pull request or a wiki. All that comes from files is text: nothing of it starts a link, an image or HTML. */
export const markdownOf = (blocks: readonly Block[]): string => `${blocks.map(blockText).join('\n\n')}\n`;
