import type { Verdict } from '../../../server/src/protocol/views.ts';
import type { LinkView } from '../report/view.ts';

/** What the page of the lineage draws: all words are ready, and ids are numbers that this view gave. */
export interface PointView {
  readonly text: string;
  readonly clause: string;
}

export interface NodeView {
  readonly id: string;
  readonly name: string;
  /** The whole id, where the name is short for it. */
  readonly title: string;
  readonly kind: string;
  readonly own: boolean;
  /** "may be published as X": what is handed to others has it. */
  readonly publish: string;
  /** The same where there is little room. */
  readonly publishAs: string;
  readonly why: string;
  readonly licence: string;
  readonly verdict: Verdict;
  readonly answer: string;
  readonly points: readonly PointView[];
  readonly duties: readonly PointView[];
  readonly says: readonly string[];
  /** "1 error, 2 warnings", or nothing. */
  readonly findings: string;
  readonly where: LinkView | null;
}

/** All that is said of the way from one work to another, in one line of the picture. */
export interface EdgeView {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** "fine-tune of, loads". */
  readonly words: string;
  /** It tells where a work came from; else it is used, tested with or handed on. */
  readonly origin: boolean;
  /** Drawn the other way round, so that what is handed out stands before what it was made from. */
  readonly publishes: boolean;
  /** A file here says so; else the tables do. */
  readonly stated: boolean;
  readonly where: readonly LinkView[];
}

export interface GraphFolder {
  readonly name: string;
  readonly use: string;
  readonly nodes: readonly NodeView[];
  readonly edges: readonly EdgeView[];
}

export interface GraphView {
  readonly number: number;
  readonly title: string;
  readonly folders: readonly GraphFolder[];
}

/** To the page. */
export interface ShowGraph {
  readonly type: 'show';
  readonly view: GraphView;
}
