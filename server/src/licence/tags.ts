import { limits } from '../text/limits.ts';
import type { Span } from '../text/span.ts';
import { spanOf } from '../text/span.ts';

/** What stands behind an SPDX tag, and where. */
export interface Tag {
  readonly stated: string;
  readonly span: Span;
}

// Spelled in two parts so that this very line is no tag.
const mark = 'SPDX-License-' + 'Identifier:';

const markBytes = new TextEncoder().encode(mark);

/** Is there a tag at all? Cheap, so that most files are never decoded. */
export const hasTag = (bytes: Uint8Array): boolean => {
  for (let at = bytes.indexOf(83); at >= 0; at = bytes.indexOf(83, at + 1)) {
    let same = 1;
    while (same < markBytes.length && bytes[at + same] === markBytes[same]) same += 1;
    if (same === markBytes.length) return true;
  }
  return false;
};

/** What closes a comment or a string behind the expression. */
const closing = /\s*(?:\*+\/|-->|#\}|\*\)|\]\]|%>|"""|'''|["'`].*|\\n.*)\s*$/;
/** A second comment on the same line: no expression has these marks. */
const remark = /\s(?:#|\/\/).*$/;
/** What a comment or nothing opens: in code, a tag inside a string is a template for other files. */
const comment = /^[\s\uFEFF]*(?:$|#|\/\/|\/\*|\*|--|;|%|<!--|\{#|\{-|\(\*|"""|'''|\.\.|rem\b|dnl\b|@|!|<)/i;

/** A word and then a string, within the comment: a setting that is commented out, or a sentence that shows what to write. */
const isQuoted = (before: string): boolean => /["'`]\s?$/.test(before) && /[\p{L}\p{N}]/u.test(before);

/** Every tag that stands in a comment or at the beginning of a line. Cheap for files without one. */
export const findTags = (text: string): readonly Tag[] => {
  const tags: Tag[] = [];
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
    const near = text.slice(Math.max(0, at - limits.tagLength), at);
    const line = Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1;
    if ((line === 0 && at > limits.tagLength) || !comment.test(near.slice(line)) || isQuoted(near.slice(line))) continue;
    const behind = at + mark.length;
    const rest = /^[ \t]*([^\r\n]*)/.exec(text.slice(behind, behind + limits.tagLength));
    const stated = (rest?.[1] ?? '').replace(closing, '').replace(remark, '').trim();
    const start = behind + (rest?.[0].length ?? 0) - (rest?.[1]?.length ?? 0);
    if (stated !== '') tags.push({ stated, span: spanOf(start, start + stated.length) });
  }
  return tags;
};
