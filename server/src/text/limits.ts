/**
 * Limits on what is read, kept, asked and shown, each with its reason. One that is hit becomes a line in `skipped`, but for lengths from which on a
 * thing is of another kind, which their reasons say: nobody writes a name of that length. How far a reader follows one name or value, and from which
 * number on a list is a table that chooses nothing, stands beside that reader, since it changes with what the reader knows: behind it things are
 * unknown, not left out. How much is followed in all of one file is a limit.
 */
export const limits = {
  /** Bytes of an open document that are analysed; larger ones are generated, not written. */
  documentBytes: 5_000_000,
  /** Bytes of YAML, JSON or TOML parsed with positions: the yaml package needs 1 s and 185 MB for 1.1 MB. */
  structuredBytes: 1_000_000,
  /** UTF-16 units of front matter: real cards stay under 20 kB, and the parser is superlinear on odd input. */
  frontMatterLength: 64_000,
  /** Bytes of the head of a package file whose licence is free text: it stands near the top, and a readme.txt may be anything. */
  packageFileBytes: 200_000,
  /** Bytes of a notebook: images in outputs make them large, and a 10 MB one parses in 0.13 s. */
  notebookBytes: 10_000_000,
  /** Bytes of a licence text: the longest real one, with annexes, has 120 kB. */
  licenceBytes: 512_000,
  /** Bytes read of any other text. */
  textBytes: 1_000_000,
  /** Nesting of YAML, JSON, TOML and of expressions: yaml aborts the process near 900, jsonc-parser throws at 5,000. */
  nesting: 100,
  /** Elements of one text of XML: the longest bills of materials that are read have some ten thousand. */
  xmlElements: 60_000,
  /** Keys of one YAML mapping; uniqueness checks are quadratic in the yaml package, so they are off. */
  mapKeys: 5_000,
  /** Problems of one structured text that are told: the rest follow from the first. */
  problemsPerText: 20,
  /** Aliases followed in one YAML document: billion-laughs input multiplies them. */
  yamlAliases: 1_000,
  /** Stretches of changed lines of one licence text that have a place of their own: more of them is another text. */
  changesPerText: 100,
  /** UTF-16 units of a line that pattern rules look at: longer ones are data or minified code. */
  lineLength: 20_000,
  /** UTF-16 units of a line, up to the cursor, in which a completion is offered: nobody types on in a longer one. */
  completedLine: 2_000,
  /** UTF-16 units before the name of a module in which its import stands: lists of names over more are code that was written by a program. */
  importLength: 400,
  /** UTF-16 units and tokens of a licence expression. */
  expressionLength: 4_096,
  expressionTokens: 256,
  /** UTF-16 units of a glob, and globs of a policy: minimatch throws above 64 kB and is exponential on some. */
  globLength: 256,
  policyGlobs: 200,
  /** Bytes of a policy, and files that one builds on: a company's, a team's, the repository's own. */
  policyBytes: 256_000,
  policyLevels: 4,
  /** Findings of one file that are shown in the editor; all are kept in the report up to the second number. */
  findingsShown: 100,
  findingsPerFile: 1_000,
  /** Bytes of a safetensors header: the format allows 100 MB, real ones stay under 3 MB. */
  safetensorsHeaderBytes: 8_000_000,
  /** Bytes of a stand-in that Git LFS leaves for a file: its specification keeps them below this. */
  pointerBytes: 1_024,
  /** Bytes of a file, and of all files of an audit, whose digest is taken because a list claims one: a gigabyte takes seconds. */
  digestBytes: 1_000_000_000,
  digestTotalBytes: 4_000_000_000,
  /** GGUF key-value pairs, bytes of one string that is kept, and bytes read of the file's head. */
  ggufPairs: 10_000,
  ggufStringBytes: 65_536,
  ggufHeadBytes: 16_000_000,
  /** Bytes of the head and of the end of a file of weights that are read: metadata and lists of contents stand there, weights between them. */
  weightsHeadBytes: 2_000_000,
  weightsTailBytes: 1_000_000,
  /** Of a checkpoint only the signature at the head counts. */
  checkpointHeadBytes: 4_096,
  /** The configuration lies among tokenizers and vocabularies, some of which are large. */
  nemoHeadBytes: 8_000_000,
  /** Members of an archive, bytes of one that is read, and bytes that a packed head may become: real configurations have some kB. */
  archiveMembers: 10_000,
  archiveMemberBytes: 1_000_000,
  gunzippedBytes: 16_000_000,
  /** Fields of one protobuf message: metadata are a few dozen, a hostile file has millions. */
  protobufFields: 100_000,
  /** Entries of a list of metadata in a flatbuffer: real ones are under ten. */
  flatbufferEntries: 100,
  /** Bytes of a bill of materials, or of what else describes works in JSON; many files of other kinds have such names, and are not missed. */
  descriptionBytes: 900_000,
  /** Lists of requirements of one setup.py: there are four kinds of them. */
  setupLists: 20,
  /** UTF-16 units of a trainer's configuration: longer files are data. */
  trainerLength: 200_000,
  /** UTF-16 units of what a trainer leaves of a run: what names anything stands before the history of its steps. */
  trainerStateLength: 50_000,
  /** UTF-16 units of a file of settings that programs read: people write these by hand. */
  settingsLength: 50_000,
  /** The same of one that lists the models of a program, of which some let their code run: it is parsed where it has that flag. */
  modelListLength: 300_000,
  /** Depth of a tree, files of an audit, bytes of all that is read. */
  treeDepth: 64,
  files: 200_000,
  totalBytes: 1_000_000_000,
  /** Files read at once: enough to hide latency, few enough for `ulimit -n 64`. */
  parallelReads: 16,
  /** Bytes of what is kept of a tree between two audits: 100,000 files take some tens of MB. */
  storeBytes: 200_000_000,
  /** Bytes of an earlier report that is read again: one of 100,000 files has some tens of MB. */
  reportBytes: 200_000_000,
  /** Works of a lineage, and hops of a path that is explained to a person. */
  lineageNodes: 10_000,
  pathHops: 5,
  /** Rounds in which cache and hub are asked for what the answers before named: chains of bases are shorter, and circles end by themselves. */
  resolveRounds: 8,
  /** Files of one snapshot of a local hub cache that are looked through for a card and licences, and bytes of a card, a configuration or a licence there. */
  snapshotFiles: 10_000,
  snapshotFileBytes: 1_000_000,
  /** Files of licences of one snapshot: there are one or two, each of which is recognised. */
  snapshotLicences: 20,
  /** Folders of a local hub cache: large ones have some hundreds. */
  cacheFolders: 100_000,
  /** Works that one audit asks the hub for, milliseconds for all, requests at once, and failures in a row after which it is left alone. */
  hubAsks: 200,
  hubMilliseconds: 60_000,
  hubParallel: 4,
  hubFailures: 3,
  /** Milliseconds of one request, redirects of one, bytes of an answer and of a card's head: real ones have some kB. */
  hubRequestMilliseconds: 10_000,
  hubRedirects: 5,
  hubAnswerBytes: 500_000,
  hubCardBytes: 200_000,
  /** Words of one list in a card, as the hub tells it. */
  hubCardWords: 500,
  /** Milliseconds for which an answer on disk holds: of a commit, of a branch, and that there is nothing; and how many are kept. */
  hubCommitHolds: 30 * 86_400_000,
  hubBranchHolds: 86_400_000,
  hubNothingHolds: 3_600_000,
  hubKept: 5_000,
  /** Milliseconds that an audit works before it lets others run. */
  yieldEvery: 10,
  /** Python tokens of one file. */
  pythonTokens: 400_000,
  /** Tokens, calls and assignments of one Python file looked at to follow its names: real files need some thousands, a web of names has no end. */
  pythonLooks: 3_000_000,
  /** Tokens looked at to follow what values of one Python file hold: a large real script has some ten thousand. */
  pythonSteps: 3_000_000,
  /** Calls of services of one Python file, files that it writes or reads, and functions of other files: each is told apart by a bit in every value. */
  pythonCalls: 100,
  pythonFiles: 200,
  pythonImported: 100,
  /** Files that the answers to one call go into, and functions that hand them on. */
  pythonPlaces: 40,
  /** Trainers of one Python file, from each of which its model is followed back: real scripts have a few. */
  pythonTrainers: 200,
  /** Facts that one reader may state of one file. */
  factsPerFile: 2_000,
  /** Bytes of a shell script, Dockerfile, Makefile, Modelfile: larger ones carry an archive behind their code. */
  shellBytes: 400_000,
  /** Words of one shell script: real ones have some thousands. */
  shellWords: 60_000,
  /** Values of one word of a script: a loop over works has some dozens; and entries of one value that is a list. */
  shellValues: 100,
  shellEntries: 200,
  /** Words of one command, those of its variables included, each of which may be looked at for what it is. */
  shellArguments: 2_000,
  /** Scripts that one reads, in each of which a name that it lacks is looked for. */
  shellSources: 20,
  /** Names that one script sets for others, and scripts that it runs: each of these gets each of those. */
  shellHanded: 400,
  /** Instructions of one Dockerfile, and variables that hold where one stands: real ones have some dozens, and each sees all of those. */
  dockerInstructions: 2_000,
  dockerVariables: 1_000,
  /** Instructions of one Modelfile that name a model or a licence: real ones have up to three. */
  modelInstructions: 2_000,
  /** Documents of one file of YAML that may name works, and containers in them: what is put together for a whole cluster has some hundreds. */
  yamlDocuments: 2_000,
  containers: 2_000,
  /** Commands of one workflow that may name works: each sees all variables of its job. */
  workflowSteps: 2_000,
  /** Blocks of one README that show commands which may name works: long guides have a hundred. */
  shownBlocks: 2_000,
  /** Commands, definitions and words of one script looked at to follow its names: real ones need some hundreds, a web of names has no end. */
  shellLooks: 1_000_000,
  /** Tokens of one file of JavaScript: bundles have more, sources do not. */
  javascriptTokens: 300_000,
  /** Tokens looked at to follow the names of one file of JavaScript: real ones need some thousands, a web of names has no end. */
  javascriptLooks: 1_000_000,
  /** Statements that are taken from the sentences of one README: real ones make a few dozen. */
  proseFacts: 400,
  /** UTF-16 units of a stated licence that are read as a name: longer ones are texts. */
  statedLength: 1_000,
  /** UTF-16 units of the comment at the head of a source file that are read: full texts of short licences stand there. */
  headLength: 12_000,
  /** Lines of one source file that say where code was taken from: real ones have a few, collections some dozens. */
  originsPerFile: 200,
  /** Repositories that one README credits with code: real ones name a dozen. */
  creditsPerFile: 50,
  /** Packages that one file installs and whose terms are narrow: real ones have two. */
  installsPerFile: 30,
  /** Bytes of a notice of third parties: lists that tools write have megabytes. */
  noticeBytes: 2_000_000,
  /** Names of files of weights taken from one document: a page on hundreds of models has some hundreds. */
  namedFiles: 1_000,
  /** Works taken from one disclosure, and UTF-16 units of it that are kept as words: real ones have some pages. */
  disclosureWorks: 1_000,
  disclosureWords: 200_000,
  /** Holders and repositories taken from one notice: lists that tools write have some hundreds. */
  noticeNames: 2_000,
  /** Rows of REUSE.toml or dep5, and globs of one row. */
  coverRows: 1_000,
  coverGlobs: 200,
  /** UTF-16 units of a file's head in which a grant is looked for: grants stand at the top, and names further down are of others. */
  noticeLength: 20_000,
  /** UTF-16 units before and behind an SPDX tag in which its comment begins and its expression stands. */
  tagLength: 400,
  /** UTF-16 units of an answer to a language model, and of one value in it: what it reads costs its user, and a repository could fill it. */
  toolAnswerLength: 12_000,
  toolValueLength: 800,
  /** Files that are skipped because reading them ended a process, bytes of the note about them, and milliseconds after which it is nobody's. */
  journalEntries: 100,
  journalBytes: 1_000_000,
  journalHolds: 3_600_000,
} as const;
