import type { Severity } from '../../../server/src/protocol/report.ts';

/** What the page shows, sentence by sentence: the page itself only lays it out. */
export interface LinkView {
  /** By which the page asks for the place; null where it cannot be opened. */
  readonly id: string | null;
  readonly text: string;
}

export interface SeeView extends LinkView {
  readonly message: string;
}

export interface FindingView {
  readonly severity: Severity;
  readonly ruleId: string;
  /** Address of the page of the rule. */
  readonly page: string | null;
  readonly message: string;
  readonly where: LinkView;
  /** Clause and evidence. */
  readonly basis: string;
  readonly see: readonly SeeView[];
  readonly fixes: readonly string[];
}

export interface FileView {
  readonly path: string;
  readonly findings: readonly FindingView[];
}

export interface ObligationView {
  readonly state: 'open' | 'unseen' | 'met';
  readonly duty: string;
  readonly basis: string;
  /** The works that owe it. */
  readonly owedBy: string;
  readonly where: LinkView | null;
}

export interface WorkView {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly licence: string;
  readonly state: 'known' | 'unknown' | 'own';
  /** Further terms that reach it. */
  readonly reachedBy: string;
  /** What it came from. */
  readonly origin: string;
  readonly evidence: string;
  readonly asOf: string;
  readonly source: string;
  readonly where: LinkView | null;
}

export interface PublishView {
  readonly work: string;
  readonly as: readonly string[];
  readonly why: string;
}

export interface NoteView {
  readonly where: LinkView;
  readonly text: string;
}

/** A line of the list to tick off. */
export interface StepView {
  readonly state: 'open' | 'unseen' | 'met';
  readonly words: string;
  readonly text: string;
  /** The section that has the rest. */
  readonly about: string;
}

export interface DisclosureView {
  readonly part: string;
  readonly name: string;
  readonly relation: string;
  readonly licence: string;
  readonly isKnown: boolean;
  readonly source: string;
  readonly where: LinkView | null;
}

export interface FigureView {
  readonly label: string;
  readonly value: number;
  readonly tone: Severity | 'plain';
}

export interface FolderView {
  readonly name: string;
  readonly sentences: readonly string[];
  readonly steps: readonly StepView[];
  readonly disclosures: readonly DisclosureView[];
  /** Disclosures that the policy names. */
  readonly disclose: readonly string[];
  readonly incomplete: boolean;
  readonly figures: readonly FigureView[];
  readonly publishable: readonly PublishView[];
  readonly obligations: readonly ObligationView[];
  readonly files: readonly FileView[];
  readonly works: readonly WorkView[];
  readonly skipped: readonly NoteView[];
  readonly suppressed: readonly NoteView[];
  /** What makes the report say less, beside what is held back. */
  readonly narrowed: readonly NoteView[];
}

/** To the page. */
export interface ShowReport {
  readonly type: 'show';
  readonly view: ReportView;
}

export interface ReportView {
  /** Counts the reports of this window. */
  readonly number: number;
  readonly title: string;
  readonly subtitle: string;
  readonly folders: readonly FolderView[];
}
