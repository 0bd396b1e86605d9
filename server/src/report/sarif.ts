import type { Finding, Fix, Related, Report, Severity, Suppressed, TextEdit } from '../protocol/report.ts';
import { rulePage } from '../protocol/requests.ts';
import { escaped } from './describe-text.ts';
import { jsonText, wellFormed } from './json-text.ts';
import { plain } from './plain.ts';

/** What a rule says of itself, without what it does. */
export interface RuleText {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly messages: Readonly<Record<string, string>>;
}

export interface SarifOptions {
  readonly rules: readonly RuleText[];
  /** Fingerprints of an earlier report; absent = there is none, and nothing is said of what is new. */
  readonly known?: ReadonlySet<string>;
  /** The line of the file that a line of a notebook's cell stands on, where that can be told. */
  readonly lineOfCell: (path: string, cell: number, line: number) => number | undefined;
  /** What is wrong with the policy. */
  readonly problems: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /** Where the project is explained. */
  readonly home: string;
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note' };
const gitHubLevels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'recommendation' };

/** Segments of a path as a URI has them: a name may hold `#`, `%`, spaces. */
const uriOf = (path: string): string => wellFormed(path).split('/').map(encodeURIComponent).join('/');

/** A message may hold links of SARIF's own, which what comes from files must not start. */
const words = (text: string): string => plain(text).replace(/\[(?=[^\]]*\]\()/g, '\\[');

const sourceRoot = '%SRCROOT%';
const artifact = (path: string): object => ({ uri: uriOf(path), uriBaseId: sourceRoot });

const atLine = (path: string, line: number): object => ({ physicalLocation: { artifactLocation: artifact(path), region: { startLine: line } } });

const locationOf = (
  { path, line, column, endLine, endColumn, cell, key }: Omit<Related, 'message'> & { readonly key?: string | null },
  { lineOfCell }: SarifOptions,
): object => {
  if (cell !== null)
    return { ...atLine(path, lineOfCell(path, cell, line) ?? 1), logicalLocations: [{ name: `cell ${cell + 1}, line ${line}`, kind: 'element' }] };
  // Bytes have no lines; consumers that show places want one.
  if (key) return { ...atLine(path, 1), logicalLocations: [{ name: plain(key), kind: 'member' }] };
  return { physicalLocation: { artifactLocation: artifact(path), region: { startLine: line, startColumn: column, endLine, endColumn } } };
};

const relatedOf = (finding: Finding, options: SarifOptions): readonly object[] =>
  finding.related.map((related, id) => ({ id, ...locationOf(related, options), message: { text: words(related.message) } }));

const replacement = ({ line, column, endLine, endColumn, text }: TextEdit): object => ({
  deletedRegion: { startLine: line, startColumn: column, endLine, endColumn },
  insertedContent: { text },
});

/** Only what states a fact, in lines of files that are there: a consumer may apply it without asking. */
const canBeApplied = ({ safe, edits, creates }: Fix): boolean => safe && creates.length === 0 && edits.length > 0 && edits.every(({ cell }) => cell === null);

const fixOf = ({ title, edits }: Fix): object => ({
  description: { text: words(title) },
  artifactChanges: [...new Set(edits.map(({ path }) => path))].map((path) => ({
    artifactLocation: artifact(path),
    replacements: edits.filter((edit) => edit.path === path).map(replacement),
  })),
});

const fingerprints = ({ fingerprint }: Pick<Finding, 'fingerprint'>): object => ({ partialFingerprints: { 'pedigreeFinding/v1': fingerprint } });

const stateOf = (fingerprint: string, { known }: SarifOptions): object => (known ? { baselineState: known.has(fingerprint) ? 'unchanged' : 'new' } : {});

const some = <T>(key: string, list: readonly T[]): object => (list.length === 0 ? {} : { [key]: list });

const resultOf = (finding: Finding, options: SarifOptions, index: ReadonlyMap<string, number>): object => ({
  ruleId: finding.ruleId,
  ruleIndex: index.get(finding.ruleId),
  level: levels[finding.severity],
  message: { text: words(finding.message) },
  locations: [locationOf(finding, options)],
  ...some('relatedLocations', relatedOf(finding, options)),
  ...fingerprints(finding),
  ...stateOf(finding.fingerprint, options),
  ...some('fixes', finding.fixes.filter(canBeApplied).map(fixOf)),
  properties: { works: finding.works, clause: finding.clause, evidence: finding.evidence, confidence: finding.confidence },
});

/** What is held back is told with the reason, so that it can be looked at where findings are. */
const heldResult = (held: Suppressed, options: SarifOptions, index: ReadonlyMap<string, number>): object => ({
  ruleId: held.ruleId,
  ruleIndex: index.get(held.ruleId),
  level: levels[options.rules.find(({ id }) => id === held.ruleId)?.severity ?? 'warning'],
  message: { text: words(held.message) },
  locations: [atLine(held.path, held.line)],
  ...fingerprints(held),
  ...stateOf(held.fingerprint, options),
  suppressions: [
    held.by === 'comment'
      ? { kind: 'inSource', status: 'accepted', justification: plain(held.reason), location: atLine(held.path, held.line) }
      : { kind: 'external', status: 'accepted', justification: plain(`${held.reason} (${held.by})`) },
  ],
});

/** Slots of a message, as somebody reads them who sees no finding. */
const readable = (message: string): string => message.replace(/\{(\w+)\}/g, '<$1>');

const descriptorOf = ({ id, severity, title, messages }: RuleText): object => {
  const texts = Object.values(messages).map(readable);
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: `${title}.` },
    helpUri: rulePage(id),
    help: {
      text: `${title}.\n\n${texts.join('\n\n')}\n\n${rulePage(id)}`,
      markdown: `${escaped(title)}.\n\n${texts.map((text) => `- ${escaped(text)}`).join('\n')}\n\n[What it finds, why it matters, how to mend it and how to turn it off](${rulePage(id)})`,
    },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['licence', 'provenance'], precision: 'high', 'problem.severity': gitHubLevels[severity] },
  };
};

const notification = (id: string, why: string, help: string): object => ({
  id,
  shortDescription: { text: why },
  fullDescription: { text: `${why}.` },
  help: { text: help },
});

/** A policy may lie elsewhere, where no address of the tree leads. */
const placed = (path: string, place: () => object): object => (/^(?:[/\\]|\.\.|\w:)/.test(path) ? {} : { locations: [place()] });

const invocationOf = ({ skipped, narrowed = [] }: Report, { problems }: SarifOptions): object => ({
  executionSuccessful: true,
  ...some(
    'toolExecutionNotifications',
    skipped.map(({ path, reason }) => ({
      descriptor: { id: 'not-read' },
      level: 'warning',
      message: { text: words(`${path} was not looked at: ${reason}`) },
      ...(path === '.' ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
    })),
  ),
  ...some('toolConfigurationNotifications', [
    ...problems.map(({ path, line, message }) => ({
      descriptor: { id: 'policy' },
      level: 'error',
      message: { text: words(message) },
      ...placed(path, () => atLine(path, line)),
    })),
    // Whoever audits the tree of others sees here what made the audit say less.
    ...narrowed.map(({ path, reason }) => ({
      descriptor: { id: 'narrowed' },
      level: 'note',
      message: { text: words(`${path} ${reason}`) },
      ...(path === '.' ? {} : placed(path, () => ({ physicalLocation: { artifactLocation: artifact(path) } }))),
    })),
  ]),
});

/** SARIF 2.1.0, for code scanning of whatever host. All that comes from files is text, never Markdown. */
export const sarifOf = (report: Report, options: SarifOptions): string => {
  const index = new Map(options.rules.map(({ id }, at) => [id, at]));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Pedigree',
            version: report.tool.version,
            semanticVersion: report.tool.version,
            informationUri: options.home,
            rules: options.rules.map(descriptorOf),
            notifications: [
              notification('not-read', 'Something was not looked at, so the audit is incomplete', 'Look at what was not read: it may change the answers.'),
              notification('policy', 'The policy is not understood, so the audit may say too much or too little', 'Mend the policy file at the place named.'),
              notification('narrowed', 'Something in the tree makes the audit say less', 'Look whether that was meant: a policy is believed.'),
            ],
          },
        },
        invocations: [invocationOf(report, options)],
        originalUriBaseIds: { [sourceRoot]: { description: { text: 'The root of the folder that was audited.' } } },
        columnKind: 'utf16CodeUnits',
        results: [...report.findings.map((finding) => resultOf(finding, options, index)), ...report.suppressed.map((held) => heldResult(held, options, index))],
        properties: { inputs: report.inputs, summary: report.summary },
      },
    ],
  };
  return jsonText(log);
};
