import type { ExportFormat } from '../../server/src/protocol/views.ts';
import { say } from './say.ts';

/** What a save dialog offers; the first is what most want to file. */
export const exportFilters = (): Readonly<Record<string, string[]>> => ({
  [say('export.html')]: ['html'],
  [say('export.markdown')]: ['md'],
  [say('export.json')]: ['json'],
});

const endings: Readonly<Record<string, ExportFormat>> = { html: 'html', htm: 'html', md: 'markdown', markdown: 'markdown', json: 'json' };

/** By the ending of the name. */
export const formatOf = (path: string): ExportFormat | undefined => endings[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
