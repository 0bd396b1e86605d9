import { DiagnosticTag } from 'vscode-languageserver/node';
import type { Finding } from '../protocol/report.ts';
import { deprecatedLicenceId } from '../rules/deprecated-licence-id.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';
import type { Rule } from '../rules/types.ts';
import { withdrawnData } from '../rules/withdrawn-data.ts';

interface Tagged {
  readonly rule: Rule;
  /** Its messages that are meant; absent = all. */
  readonly messages?: readonly string[];
  readonly tag: DiagnosticTag;
}

const tagged: readonly Tagged[] = [
  { rule: deprecatedLicenceId, tag: DiagnosticTag.Deprecated },
  // What holds only a part of something withdrawn is not withdrawn itself.
  { rule: withdrawnData, messages: ['withdrawn', 'taken-down'], tag: DiagnosticTag.Deprecated },
  { rule: invalidSuppression, messages: ['unused', 'expired'], tag: DiagnosticTag.Unnecessary },
];

/** Whether a message was made from a template. A report tells messages, not which of its rule's they are. */
const isMadeFrom = (message: string, template: string): boolean =>
  new RegExp(`^${template.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\\\{\w+\\\}/g, '[^]*?')}$`, 'i').test(message);

/** What is struck through or faded where it stands, beside being underlined. */
export const tagsOf = ({ ruleId, message }: Finding): DiagnosticTag[] =>
  tagged.flatMap(({ rule, messages, tag }) =>
    rule.id === ruleId && (messages?.some((id) => isMadeFrom(message, rule.messages[id] ?? '')) ?? true) ? [tag] : [],
  );
