import type { Report, Severity } from './report.ts';
import type { Summary } from './views.ts';

/** Commands of the server, by `workspace/executeCommand`. */
export const serverCommands = {
  /** Audits every workspace folder with work-done progress and cancel; answers `AuditAnswer`. */
  audit: 'pedigree.server.audit',
  /** Answers `DebugInformation`. */
  debugInformation: 'pedigree.server.debugInformation',
  /** Asks the editor to go to a place of the workspace, or to open a rule's page: a `ShowTarget`. Quick fixes end with it where something is left to be written. */
  show: 'pedigree.server.show',
} as const;

export type ShowTarget = { readonly uri: string; readonly position: { readonly line: number; readonly character: number } } | { readonly rule: string };

export interface AuditAnswer {
  readonly folders: readonly { readonly uri: string; readonly name: string; readonly report: Report; readonly summary: Summary }[];
  readonly cancelled: boolean;
}

export interface DebugInformation {
  readonly version: string;
  readonly node: string;
  readonly knowledge: string;
  readonly folders: number;
  readonly files: number;
  readonly heapMegabytes: number;
}

/** Server to client: what the language status item shows. */
export const statusNotification = 'pedigree/status';

export interface StatusParameters {
  readonly state: 'starting' | 'reading' | 'ready' | 'failed';
  readonly files: number;
  readonly works: { readonly known: number; readonly unknown: number };
  readonly findings: Readonly<Record<Severity, number>>;
  /** Version of the knowledge, an ISO date. */
  readonly knowledge: string;
  /** What went wrong: with `ready`, the files that are skipped since the server did not get through them. */
  readonly message: string | null;
}

/** Of the server's capabilities, what is beyond the protocol, under `pedigree`. */
export interface Experimental {
  /** A file whose second line names what is being read, as JSON, and is empty between two files; absent where none can be written. */
  readonly running: string | undefined;
}

/** Client to server, as initialization options and in `workspace/didChangeConfiguration` under `pedigree`. None of them changes what is found. */
export interface ServerSettings {
  /** What may be asked beside the tables. */
  readonly useCache: boolean;
  readonly useHub: boolean;
  /** What is shown beside the text. */
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
}

/** Where the page of a rule stands; the address comes from the package's `repository` or `homepage`. */
export const rulePage = (ruleId: string): string => `https://github.com/pedigree-tools/pedigree/blob/main/docs/rules/${ruleId}.md`;
