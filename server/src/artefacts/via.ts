import type { WorkId } from './types.ts';

/** `via` of data that may hold what a call answered: what is written there, or whether it is data, cannot be told. */
export const perhapsKept = 'may be kept';

/** `via` of data at an address under which they alone are given out: who fetches it knows what comes. */
export const givenOut = 'address of the data';

/** `via` of a known model that a setting names under a word for models: what takes it is not seen. */
export const namedSetting = 'a setting named for it';

/** `via` of known weights that a document links to, for its readers to fetch. */
export const linkedFile = 'a link to its file';

/** `via` of data of which a column is named for a model: it may hold what that wrote. */
export const namedColumn = 'a column named for it';

/** `via` of data that a script writes from what it reads of another file of the tree. */
export const rewritten = 'written from a file';

/** `via` of a model that is loaded from a folder: only what some other file of the tree puts there counts. */
export const localLoad = 'loaded from a folder';

/** `via` of the folder that a model is saved in: under that path other files know it. */
export const savedIn = 'saved in a folder';

/** `via` of what a stage made, in the file that a tool writes of its last run: it counts where the stages themselves do not tell. */
export const lockedStage = 'stage as it last ran';

/** Some data set of the hub, where its id cannot be told. */
export const someDataset: WorkId = 'url:https://huggingface.co/datasets';

/** `via` of a package or a repository that a command installs, beside what a manifest names. */
export const installedCode = 'installed by a command';

/** `via` of a repository whose code is fetched and run. */
export const fetchedCode = 'torch.hub.load';

/** `via` of a repository of the hub whose program a pipeline is told to run. */
export const communityCode = 'custom_pipeline';

/** In the ids of facts whose place holds only as long as nobody says otherwise: the default of an option, or what a module tries itself out with. */
export const preset = 'preset ';
export const isPreset = (fact: string): boolean => fact.includes(`:${preset}`);

/** In the ids of relations that hold in one branch of several alone: of two places the other one says more. */
export const oneWay = 'one way ';
export const isOneWay = (fact: string): boolean => fact.includes(`:${oneWay}`) || fact.includes(`:${preset}${oneWay}`);

/** `via` of two halves that only the lineage can join: a function here asks a service, and a file that keeps data calls such a function of another file. */
export const helperAsks = 'asks in a function';
export const helperUse = 'calls a function';

/** In the ids of relations that a sentence states which hands a model on: the model is elsewhere, and so may be what it owes. */
export const released = 'released';
export const isReleased = (fact: string): boolean => /:released(?: [a-z ]+)?:/.test(fact);

/** Behind that, or behind the type, where the sentence calls the base by its name alone: whose copy of it was taken is not told. */
export const calledSo = ' by name';
export const isCalledSo = (fact: string): boolean => fact.includes(`${calledSo}:`);

/** In the ids of relations from what a README offers on the hub to that model there: it is the same work, as the hub knows it. */
export const offered = `${released} on the hub`;
export const isOffered = (fact: string): boolean => fact.includes(`:${offered}:`);

/** `file` of a setting that whatever runs the script may set, and the sign between script and name in the key of what one sets for another. */
export const callers = '(whatever runs it)';
export const runMark = '>';

/** The place in front of a name, for what has to stand there. */
export const frontSlot = (fact: string): string => `${fact}#front`;

/** The place that lets code of a loaded repository run: an option, or the call itself. */
export const codeSlot = (fact: string): string => `${fact}#code`;

/** The place that states the revision of what is loaded. */
export const revisionSlot = (fact: string): string => `${fact}#stated-revision`;

/** The reader of commands that a README shows to be typed, whose ids its facts begin with: nothing that stands there is more than information. */
export const instructions = 'instructions';
export const isShown = (fact: string): boolean => fact.startsWith(`${instructions}:`);

/** Of those, the Python that a README shows. */
export const snippets = `${instructions}:python`;
export const isSnippet = (fact: string): boolean => fact.startsWith(`${snippets}:`);

/** `via` of a relation that takes a model's tokenizer or configuration alone. */
export const withoutWeights = 'tokenizer or configuration';

/** `revision` of a call that takes one from a place that cannot be told: neither absent nor known. */
export const setElsewhere = 'set elsewhere';

/** The reader of flags in configurations, whose ids its facts begin with. */
export const codeSettings = 'code-settings';
export const isConfigured = (fact: string): boolean => fact.startsWith(`${codeSettings}:`);

/** The reader of flags that documents show, whose ids its facts begin with. */
export const shownCode = 'shown-code';
export const isInDocument = (fact: string): boolean => fact.startsWith(`${shownCode}:`);

/** What a sentence in the news or the thanks sets for weights: nobody states the terms of the whole there. */
export const asideLicence = 'licence aside';
export const isAsideLicence = (fact: string): boolean => fact.includes(`:${asideLicence}:`);
