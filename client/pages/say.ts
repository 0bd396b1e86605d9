import { speaker } from '../src/speaker.ts';
import type { Child } from './dom.ts';
import { messages } from './messages.ts';

export const { say, parts } = speaker<typeof messages, Child>(messages);
