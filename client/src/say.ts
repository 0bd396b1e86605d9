import { messages } from './messages.ts';
import { speaker } from './speaker.ts';

export const { say, counted } = speaker(messages);

/** "A and B". */
export const together = (texts: readonly string[]): string => texts.slice(1).reduce((before, last) => say('list.and', { before, last }), texts[0] ?? '');
