import type { Knowledge, RelationType } from '../knowledge/types.ts';
import type { NeedleGroup } from '../text/needles.ts';
import type { Span } from '../text/span.ts';
import type { FactBase } from './fact-base.ts';
import type { CoverFact, HeaderFact, NoticeFact } from './notice-facts.ts';
import type { SealFact } from './seal.ts';
import type { CodeFlagFact, RedirectFact } from './switches.ts';

/**
 * `pkg:huggingface/org/name`, `pkg:huggingface/datasets/org/name`, `pkg:github/...`, `pkg:pypi/...`, `pkg:npm/...`, `url:...`,
 * `service:openai/gpt-4o`, `local:path`. `here` stands for the work of this repository that the file belongs to: lineage puts the
 * nearest card or manifest above the file in its place. Never with a revision: that is a field of the relation.
 */
export type WorkId = string;
export const here: WorkId = 'here';

export type WorkKind = 'model' | 'dataset' | 'code' | 'service';
export type Scope = 'code' | 'weights' | 'data' | 'any';
export type Speaker = 'licensor' | 'distributor' | 'other';
/** Best first. */
export type Evidence = 'text' | 'notice' | 'declared' | 'cache' | 'hub' | 'catalogue' | 'name';

/** Only `decision`, a choice made here, leads to warnings. `evaluation`: judge, benchmark, baseline, test, mock. `mention`: table, registry, comment, docs. */
export type Role = 'decision' | 'evaluation' | 'mention';

/** The file says a work is under terms. */
export interface LicenceFact extends FactBase {
  readonly kind: 'licence';
  readonly work: WorkId;
  readonly scope: Scope;
  readonly speaker: Speaker;
  readonly evidence: Evidence;
  /** As written. */
  readonly stated: string;
  /** Ids that it resolves to; empty where it does not. All bind, unless `choice`. */
  readonly licences: readonly string[];
  /** The licensee may pick one of them (`MIT OR Apache-2.0`). */
  readonly choice: boolean;
  /** `document`: a description in a format of its own, such as a bill of materials. */
  readonly via: 'card' | 'text' | 'notice' | 'tag' | 'manifest' | 'classifier' | 'prose' | 'weights' | 'badge' | 'document';
  /** What is wrong with the way it is written, whatever it means. `suggestion` is the nearest right id. */
  readonly problem: LicenceProblem | null;
  /** Of a licence file: the known texts in it whose conditions were changed, so that `licences` has an id of their own for them. */
  readonly changed?: readonly ChangedText[];
  /** Of a licence file: texts that follow a list of what the whole is made with, and hold for that alone. */
  readonly ofComponents?: readonly string[];
  /** Of a licence file: what its name has beside words for a licence, in small letters (`otter` of `LICENSE-OTTER`): a program, an owner, a model. */
  readonly namedFor?: string;
  /** Of a licence file: it holds no terms, but the address at which they are said to be. */
  readonly elsewhere?: string;
}

/** A text that was made from a known one, which may have a title of its own. Its places are slots, so that the fact stays equal while the text only moves. */
export interface ChangedText {
  readonly licence: string;
  readonly of: string;
  /** Slot of the first line that differs. */
  readonly first: string;
  /** Slots of all stretches of lines that differ, in order. */
  readonly stretches: readonly string[];
  readonly slip?: true;
  readonly titled?: true;
  /** The day that it says it is of, where that is not the one of the known text and little else differs. */
  readonly edition?: string;
}

export interface LicenceProblem {
  readonly code: 'invalid-id' | 'name-missing' | 'link-missing' | 'not-a-licence' | 'ambiguous' | 'deprecated' | 'broken-syntax';
  readonly suggestion: string | null;
  /** Which list of ids the field asks for. */
  readonly expects: 'spdx' | 'hub' | 'text';
}

/** The file says that a work came from, loads, or publishes another. */
export interface RelationFact extends FactBase {
  readonly kind: 'relation';
  readonly from: WorkId;
  readonly to: WorkId;
  readonly type: RelationType;
  readonly role: Role;
  /** As stated; null = none, which means the default branch; `setElsewhere` of via.ts = there is one that cannot be told. */
  readonly revision: string | null;
  /** The call or key that says so: `from_pretrained`, `base_model`, `load_dataset`; for messages and ranking. */
  readonly via: string;
  /** The reader could have pinned a revision here: a call or key with a revision parameter. */
  readonly pinnable: boolean;
  /** Extra terms of the reference, e.g. `trust_remote_code`. */
  readonly remoteCode: boolean;
  /** The one file that is taken of the work, without its folder, where that is stated. */
  readonly file?: string;
  /** A file of settings names the work: `to` is the hub (`pkg:huggingface/`, `pkg:huggingface/datasets/`) or the service that it is one of. */
  readonly setting?: SettingPlace;
}

/** A key of a file of settings, whose path is as the program writes it. */
export interface SettingPlace {
  readonly file: string;
  /** `model.name`. */
  readonly key: string;
}

/** What a file of settings holds under a key. */
export interface SettingFact extends FactBase {
  readonly kind: 'setting';
  readonly key: string;
  readonly value: string;
}

/** The file makes a work of this repository known: a card, a weights file, a trainer's output. */
export interface WorkFact extends FactBase {
  readonly kind: 'work';
  readonly work: WorkId;
  readonly workKind: WorkKind;
  readonly via: 'card' | 'manifest' | 'weights' | 'config' | 'prose';
}

/** The name under which a work of this repository is published. */
export interface NameFact extends FactBase {
  readonly kind: 'name';
  readonly work: WorkId;
  /** Without the organisation. */
  readonly name: string;
  readonly via: 'hub-id' | 'weights' | 'title' | 'policy';
}

/** A line that some licence requires to be shown stands here ("Built with Llama"), as a knowledge clause spells it. */
export interface DisplayFact extends FactBase {
  readonly kind: 'display';
  readonly text: string;
}

/** This repository calls a commercial API. Where its outputs go is said by a relation `generatedBy` beside it. */
export interface CallFact extends FactBase {
  readonly kind: 'call';
  readonly service: string;
  readonly model: string | null;
  readonly role: Role;
  /** What beside the answers is collected, or how: each has a slot `ID#SIGN`. Absent where nothing of the kind is seen. */
  readonly signs?: readonly CallSign[];
}

/** Probabilities of words, steps of reasoning, scores of preference, and several keys in turn. */
export type CallSign = 'probabilities' | 'reasoning' | 'preferences' | 'keys';

/** What of a reference the lineage looks up: a path of this tree, a glob over it, or a file of some repository. */
export interface ReferenceTarget {
  /** From the root of this tree, or of `repository`; null where the address is neither. */
  readonly path: string | null;
  /** `host/owner/name` in small letters; null for what lies in this tree. */
  readonly repository: string | null;
}

/** The file points at a licence: a link, a badge, a field that names a file. Whether it is there, only the lineage can tell. */
export interface ReferenceFact extends FactBase {
  readonly kind: 'reference';
  /** `shield`: an image that shows what a service finds in that repository. `head`: that of a source file, which names a folder of texts. */
  readonly via: 'card' | 'manifest' | 'badge' | 'link' | 'shield' | 'head';
  readonly role: Role;
  /** As written. */
  readonly target: string;
  readonly to: ReferenceTarget;
  readonly scope: Scope;
  /** Ids that the address itself stands for. */
  readonly licences: readonly string[];
  /** Ids that the text of the link names, where the address stands for none of them. */
  readonly named?: readonly string[];
  /** The text says that this is the licence of what is here: a badge does, a link in a list of others' terms does not. */
  readonly ours: boolean;
  /** The same text credits that repository to others. */
  readonly credited: boolean;
}

/** The file says that what is here is published at that address. */
export interface HomeFact extends FactBase {
  readonly kind: 'home';
  /** `host/owner/name` in small letters. */
  readonly repository: string;
  readonly via: 'manifest' | 'clone' | 'badge' | 'title';
}

/** A work of this repository is called free in some sense, in a sentence. */
export interface ClaimFact extends FactBase {
  readonly kind: 'claim';
  readonly work: WorkId;
  readonly scope: Scope;
  /** `reserved`: the section on the licence says that none is granted. */
  readonly claim: 'open-source' | 'permissive' | 'unrestricted' | 'reserved';
  /** As written. */
  readonly stated: string;
  /** The licences that the same sentence names for it; empty where it names none. */
  readonly licences: readonly string[];
  /** The name of what is called so, where it has one. */
  readonly name?: string;
}

/** A data card says that the data are pages or works of others. */
export interface TakenFact extends FactBase {
  readonly kind: 'taken';
  readonly work: WorkId;
  /** Copied from pages of a host; pieces of works of others (scripts of films); or, in its own words, under the rights of others. */
  readonly what: 'pages' | 'works' | 'rights';
  /** The host, the kind of works, or the sentence. */
  readonly stated: string;
}

/** A place from which somebody else than its publisher hands out a work that is given out under conditions. */
export interface StrayFact extends FactBase {
  readonly kind: 'stray';
  /** As its record calls it. */
  readonly original: string;
  readonly place: string;
}

/** A README or card tells its readers that a service is used to make things here: whoever reads it knows. */
export interface ToldFact extends FactBase {
  readonly kind: 'told';
  readonly service: string;
  /** It speaks of the terms of that service, too. */
  readonly terms: boolean;
}

/** A document that speaks of files of weights by their names. */
export interface NamedFilesFact extends FactBase {
  readonly kind: 'named-files';
  /** Without folders, in small letters. */
  readonly files: readonly string[];
}

/** The script is a notebook in another form, or was made of one. */
export interface CellsFact extends FactBase {
  readonly kind: 'cells';
}

/** Folders that a script or a document puts somewhere, by a download or a link. */
export interface PutFoldersFact extends FactBase {
  readonly kind: 'put-folders';
  readonly names: readonly string[];
}

/** A document that discloses what something was trained on. */
export interface DisclosureFact extends FactBase {
  readonly kind: 'disclosure';
  /** Disclosures that it says it is; its name may say so too. */
  readonly of: readonly string[];
  /** Works that it names by id, and data sets that it links to; each has a slot `ID#WORK`. */
  readonly works: readonly WorkId[];
  /** Its words in small letters, one blank apart: people name works without their ids. */
  readonly words: string;
}

export const digestAlgorithms = ['md5', 'sha1', 'sha256', 'sha512'] as const;
export type DigestAlgorithm = (typeof digestAlgorithms)[number];

/** The file says which digest a file has: another one, or, as a pointer does, the content that it stands for. */
export interface DigestFact extends FactBase {
  readonly kind: 'digest';
  /** From the root. A list may be meant from its own folder or from the root: the first of these that is there. */
  readonly files: readonly string[];
  readonly algorithm: DigestAlgorithm;
  /** In small letters. */
  readonly digest: string;
  /** `pointer`: the file itself is a stand-in. */
  readonly via: 'pointer' | 'list' | 'bom' | 'signature';
}

/** `pedigree-ignore RULE: reason`. The anchor's span covers the lines it holds for. */
export interface SuppressionFact extends FactBase {
  readonly kind: 'suppression';
  readonly rules: readonly string[];
  readonly reason: string;
  readonly whole: boolean;
}

export type Fact =
  | LicenceFact
  | RelationFact
  | WorkFact
  | NameFact
  | DisplayFact
  | CallFact
  | ReferenceFact
  | HomeFact
  | ClaimFact
  | StrayFact
  | TakenFact
  | ToldFact
  | DigestFact
  | SealFact
  | HeaderFact
  | NoticeFact
  | NamedFilesFact
  | CellsFact
  | PutFoldersFact
  | DisclosureFact
  | CoverFact
  | SettingFact
  | RedirectFact
  | CodeFlagFact
  | SuppressionFact;

/** Where a fact, or a slot that a fix needs, stands. In a binary file `key` and an empty span; in a notebook the span is inside the cell. */
export interface Anchor {
  readonly span: Span;
  readonly cell?: number;
  readonly key?: string;
}

export interface ReadProblem {
  readonly message: string;
  readonly span: Span | null;
  /** True when a limit was hit, so that the audit is not complete. */
  readonly limit: boolean;
}

/** What one reader found in one file. `anchors` has one entry a fact id, and slots such as `card:license-insert`. */
export interface Reading {
  readonly facts: readonly Fact[];
  readonly anchors: Readonly<Record<string, Anchor>>;
  readonly problems: readonly ReadProblem[];
  /** Source text of each cell of a notebook, by index: spans of anchors with `cell` count in it. */
  readonly cells?: readonly string[];
}

export interface ReadInput {
  /** Relative to the root, with `/`. */
  readonly path: string;
  /** Decoded text without its byte order mark; empty for readers that want bytes. */
  readonly text: string;
  /** The bytes that were read: whole, or the head up to `maximum`. */
  readonly bytes: Uint8Array;
  /** The last bytes of a file of which `bytes` is only the head, for readers that ask for them. */
  readonly tail?: Uint8Array;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Whether one of the reader's `words` stands there; absent = nobody looked. */
  readonly worded?: boolean;
}

/** A reader never throws, whatever the bytes: tests fuzz each one. */
export interface Reader {
  readonly id: string;
  /** Raised when its answers change: part of the per-file key. */
  readonly version: number;
  /** By path alone; cheap. `name` is the last part, lower-cased. */
  readonly matches: (path: string, name: string) => boolean;
  readonly wants: 'text' | 'bytes';
  /** What it looks for before anything else: of all readers in one pass over the bytes, of which `worded` tells. */
  readonly words?: (knowledge: Knowledge) => NeedleGroup;
  /** Bytes it reads at most of the head of the file. */
  readonly maximum: number;
  /** False: a file larger than `maximum` is skipped aloud; true: its head is read. */
  readonly partial: boolean;
  /** Bytes of the end that it wants beside the head of a larger file: some formats have their table of contents there. */
  readonly tail?: number;
  readonly read: (input: ReadInput, knowledge: Knowledge) => Reading;
}
