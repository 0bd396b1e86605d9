import { keep } from '../host.ts';

/** What the reader chose. */
export const kept = keep<{ readonly hidden: readonly string[]; readonly words: string; readonly scroll: number; readonly report: number }>({
  hidden: [],
  words: '',
  scroll: 0,
  report: 0,
});
