import table from '../../knowledge/data/prose-names.json';
import type { Span } from '../../text/span.ts';
import type { PythonFile } from './model.ts';

/** A column of data that is named for who wrote it. */
export interface NamedColumn {
  readonly service: string;
  readonly model: string;
  readonly span: Span;
}

const patterns = table.rows.flatMap(({ pattern, service, model }) =>
  model === null
    ? []
    : [
        {
          service,
          model,
          regex: new RegExp(
            `^(?:${pattern.replaceAll('[- ]', '[-_ ]').replaceAll('-?', '[-_]?')})[-_ ](?:output|response|answer|completion|generation|reply|solution|reasoning|thinking|trajectory|thinking_trajectory|attempt|annotation|rationale|text)s?$`,
            'i',
          ),
        },
      ],
);

/** `row["gpt4_output"]`, `"claude_response": x`, `rename_column("chatgpt_answer", ...)`: names of columns, each once. */
export const namedColumns = (file: PythonFile): readonly NamedColumn[] => {
  const out = new Map<string, NamedColumn>();
  for (const at of file.strings) {
    const token = file.tokens[at];
    if (!token?.literal || token.text.length > 40 || !/[-_ ]/.test(token.text)) continue;
    const found = patterns.find(({ regex }) => regex.test(token.text));
    if (found && !out.has(found.model))
      out.set(found.model, { service: found.service, model: found.model, span: { start: token.innerStart, end: token.innerEnd } });
  }
  return [...out.values()];
};
