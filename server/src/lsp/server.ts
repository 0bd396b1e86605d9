import type { MessagePort } from 'node:worker_threads';
import {
  CodeLensRefreshRequest,
  ErrorCodes,
  ExecuteCommandRequest,
  LSPErrorCodes,
  PortMessageReader,
  PortMessageWriter,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  createConnection,
} from 'vscode-languageserver/node';
import type { CancellationToken, Connection, Diagnostic, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../../../package.json';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { today } from '../host/today.ts';
import { serverCommands, statusNotification } from '../protocol/requests.ts';
import type { Experimental, StatusParameters } from '../protocol/requests.ts';
import { toolRequest } from '../protocol/tools.ts';
import type { ToolParameters } from '../protocol/tools.ts';
import { digest } from '../text/digest.ts';
import { abilitiesOf, capabilities } from './abilities.ts';
import type { Abilities } from './abilities.ts';
import { actionsAt, resolveAction } from './actions.ts';
import type { ActionContext, ActionData } from './actions.ts';
import { askedBy, neither } from './asked.ts';
import { auditAll, debugInformation } from './audit.ts';
import { completionsAt, documentItem } from './complete/completion.ts';
import { diagnosticOf, findingsOf, policyDiagnostic } from './convert.ts';
import type { View } from './convert.ts';
import { openDocuments } from './documents.ts';
import type { OpenDocuments } from './documents.ts';
import { createEnded } from './ended.ts';
import { createFolders } from './folders.ts';
import type { Folders, Settled } from './folders.ts';
import { hoverAt } from './hover.ts';
import { linksOf } from './links.ts';
import { createNotebooks } from './notebooks.ts';
import { hintsOf, lensesOf } from './overview.ts';
import { shownBy, shownByDefault } from './settings.ts';
import type { Shown } from './settings.ts';
import { show } from './show.ts';
import { answerTool } from './tools.ts';
import { answerViews } from './views.ts';

/** Milliseconds after the last change of facts until other documents are asked to be looked at again: no flicker while somebody types. */
const refreshDelay = 300;

interface Session {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly documents: OpenDocuments;
  readonly abilities: () => Abilities;
  readonly shown: () => Shown;
}

const editContext = (session: Session): ActionContext => ({
  opened: session.documents.opened,
  versioned: session.abilities().versionedEdits,
  canCreate: session.abilities().createFiles,
  lazy: session.abilities().resolveEdits,
  shows: session.abilities().shows,
});

/** Waits for the folder's files; a request that was cancelled meanwhile is answered as such. */
const settle = async (session: Session, uri: string, token: CancellationToken, early = false): Promise<Settled | undefined> => {
  const settled = await session.folders.settled(uri, early);
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  return settled;
};

const diagnosticsOf = (session: Session, settled: Settled | undefined): Diagnostic[] => {
  if (!settled) return [];
  const { codeLinks, tags } = session.abilities();
  const view: View = { codeLinks, tags, uriOf: session.documents.uriOf };
  const findings = findingsOf(settled.analysis, settled).map((finding) => diagnosticOf(settled, finding, view));
  const policy = settled.folder.workspace.policy();
  return policy.path === settled.path
    ? [...policy.problems.toSorted((a, b) => a.line - b.line || a.column - b.column).map(policyDiagnostic), ...findings]
    : findings;
};

/** For clients that do not pull. A file is never both pulled and pushed. */
const pushAll = async (session: Session): Promise<void> => {
  for (const document of session.documents.all()) {
    const settled = await session.folders.settled(document.uri);
    await session.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: diagnosticsOf(session, settled) });
  }
};

const onDiagnostics = (session: Session): void => {
  session.connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    // Who can be told to ask again need not wait for all of a large folder.
    const settled = await settle(session, textDocument.uri, token, session.abilities().refresh);
    const items = diagnosticsOf(session, settled);
    const resultId = digest(JSON.stringify(items));
    return previousResultId === resultId ? { kind: 'unchanged', resultId } : { kind: 'full', resultId, items };
  });
};

const onReading = (session: Session, knowledge: ReturnType<typeof openKnowledge>): void => {
  const { connection, documents } = session;
  const textOf = (uri: string): string => documents.get(uri)?.getText() ?? '';
  connection.onHover(async ({ textDocument, position }, token) => {
    const settled = await settle(session, textDocument.uri, token);
    return settled ? hoverAt(settled, position, textOf(textDocument.uri), knowledge) : null;
  });
  connection.onCompletion(({ textDocument, position }) => {
    const located = session.folders.locate(textDocument.uri);
    const document = documents.get(textDocument.uri);
    return located && document ? [...completionsAt(located.path, document.getText(), position, knowledge)] : [];
  });
  connection.onCompletionResolve((item) => documentItem(item, knowledge));
  connection.onDocumentLinks(async ({ textDocument }, token) => {
    const settled = await settle(session, textDocument.uri, token);
    return settled ? [...linksOf(settled, textOf(textDocument.uri), knowledge)] : [];
  });
  connection.onCodeLens(async ({ textDocument }, token) => {
    const settled = session.shown().codeLens ? await settle(session, textDocument.uri, token) : undefined;
    return settled ? [...lensesOf(settled, textDocument.uri, knowledge)] : [];
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
    const settled = session.shown().inlayHints ? await settle(session, textDocument.uri, token) : undefined;
    return settled ? [...hintsOf(settled, textOf(textDocument.uri), range, knowledge)] : [];
  });
};

const onActions = (session: Session): void => {
  const { connection } = session;
  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const settled = await settle(session, textDocument.uri, token);
    return settled ? [...actionsAt(settled, textDocument.uri, range, context.diagnostics, context.only, editContext(session))] : [];
  });
  connection.onCodeActionResolve(async (action, token) => {
    const data = action.data as ActionData | undefined;
    const settled = data ? await settle(session, data.uri, token) : undefined;
    const resolved = settled ? resolveAction(settled, action, editContext(session)) : 'its file is gone';
    if (typeof resolved === 'string') throw new ResponseError(LSPErrorCodes.ContentModified, `Pedigree: ${resolved}.`);
    return resolved;
  });
};

const onCommands = (session: Session, knowledgeVersion: () => string): void => {
  // As it comes over the wire: the library's own handler takes the token of the progress out of the parameters.
  session.connection.onRequest(ExecuteCommandRequest.type, (params, token): Promise<unknown> | object => {
    if (params.command === serverCommands.audit) {
      return auditAll({
        connection: session.connection,
        folders: session.folders,
        workDoneToken: params.workDoneToken,
        canCreateProgress: session.abilities().progress,
        token,
      });
    }
    if (params.command === serverCommands.show) return show(session.connection, session.folders, session.documents, params.arguments?.[0]);
    if (params.command === serverCommands.debugInformation) return debugInformation(session.folders, version, knowledgeVersion());
    throw new ResponseError(ErrorCodes.InvalidParams, `there is no command ${params.command}`);
  });
};

/** Talks the language server protocol with whoever is at the other end of the port. */
export const startServer = (port: MessagePort): void => {
  const connection = createConnection(ProposedFeatures.all, new PortMessageReader(port), new PortMessageWriter(port));
  const documents = new TextDocuments(TextDocument);
  const knowledge = openKnowledge(knowledgeDirectory());
  let abilities = abilitiesOf({});
  let refresh: NodeJS.Timeout | undefined;
  let reading: NodeJS.Timeout | undefined;
  let scans = 0;
  let asked = neither;
  let shown = shownByDefault;
  const notebooks = createNotebooks(connection, (uri, text, closed) => {
    textChanged(uri, text);
    for (const cell of closed) if (!abilities.pull) void connection.sendDiagnostics({ uri: cell, diagnostics: [] });
  });
  const open = openDocuments(documents, notebooks);

  const sendStatus = (state: StatusParameters['state'], message: string | null): void => {
    const known = { known: 0, unknown: 0 };
    const found = { error: 0, warning: 0, information: 0 };
    let files = 0;
    for (const folder of folders.all()) {
      files += folder.workspace.files();
      if (state !== 'ready') continue;
      const { works, findings } = folder.workspace.analysis().report.summary;
      known.known += works.known;
      known.unknown += works.unknown;
      found.error += findings.error;
      found.warning += findings.warning;
      found.information += findings.information;
    }
    const status: StatusParameters = { state, files, works: known, findings: found, knowledge: knowledge.version, message: message ?? ended.words() };
    void connection.sendNotification(statusNotification, status);
  };

  /** Lenses and hints tell of other files too. */
  const showBeside = (): void => {
    if (shown.codeLens && abilities.refreshLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (shown.inlayHints && abilities.refreshHints) connection.languages.inlayHint.refresh().catch(() => undefined);
  };

  const showAnew = (): void => {
    showBeside();
    const told = abilities.pull ? (abilities.refresh ? connection.languages.diagnostics.refresh() : Promise.resolve()) : pushAll(session);
    told.catch((error: unknown) => connection.console.warn(`diagnostics: ${String(error)}`));
  };

  /** Nobody waits for the cache or the hub: what they answer is shown when it comes. */
  const lookUp = (): void => {
    folders
      .resolve()
      .then((changed) => {
        if (!changed) return;
        showAnew();
        if (scans === 0) sendStatus('ready', null);
      })
      .catch((error: unknown) => connection.console.error(`look-up: ${String(error)}`));
  };

  const ended = createEnded(
    connection,
    () => folders,
    () =>
      void setTimeout(() => {
        if (scans === 0) sendStatus('ready', null);
      }, refreshDelay),
  );
  const folders: Folders = createFolders({
    knowledge,
    version,
    asked: () => asked,
    guard: ended.guard,
    cellAt: notebooks.cellAt,
    onFactsChanged: () => {
      clearTimeout(refresh);
      refresh = setTimeout(() => {
        showAnew();
        if (scans === 0) sendStatus('ready', null);
        lookUp();
      }, refreshDelay);
    },
    onScan: (folder, state, error) => {
      scans += state === 'started' ? 1 : -1;
      if (error !== undefined) {
        connection.console.error(`${folder.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        sendStatus('failed', `${folder.name} could not be read`);
      } else if (scans > 0) sendStatus('reading', null);
      else {
        sendStatus('ready', null);
        lookUp();
      }
    },
  });
  /** A client that pulls asks at once; this is for what other documents say, and for clients that do not pull. */
  const readSoon = (): void => {
    clearTimeout(reading);
    reading = setTimeout(() => {
      folders.flush();
      if (!abilities.pull) showAnew();
    }, refreshDelay);
  };

  const textChanged = (uri: string, text: string | null): void => {
    folders.textChanged(uri, text);
    readSoon();
  };

  const session: Session = { connection, folders, documents: open, abilities: () => abilities, shown: () => shown };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    abilities = abilitiesOf(params.capabilities);
    asked = askedBy(params.initializationOptions);
    shown = shownBy(params.initializationOptions);
    const roots = params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: params.rootUri.slice(params.rootUri.lastIndexOf('/') + 1) }] : []);
    folders.set(roots);
    const running = ended.begin(params.processId);
    return { capabilities: { ...capabilities, experimental: { pedigree: { running } satisfies Experimental } }, serverInfo: { name: 'pedigree', version } };
  });
  connection.onInitialized(() => {
    ended.tell();
    if (abilities.folderEvents) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        folders.set([...folders.all().filter((folder) => !gone.has(folder.uri)), ...added]);
        // What is open belongs to other folders now.
        for (const { uri, text } of open.texts()) folders.textChanged(uri, text);
        readSoon();
        for (const folder of folders.all()) void folder.ready();
      });
    }
    for (const folder of folders.all()) void folder.ready();
    if (folders.all().length === 0) sendStatus('ready', null);
  });

  connection.onDidChangeConfiguration(({ settings }) => {
    asked = askedBy(settings, asked);
    const before = shown;
    shown = shownBy(settings, before);
    if (before.codeLens !== shown.codeLens && abilities.refreshLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    if (before.inlayHints !== shown.inlayHints && abilities.refreshHints) connection.languages.inlayHint.refresh().catch(() => undefined);
    lookUp();
  });
  const filesChanged = (uris: readonly string[]): void => {
    folders.filesChanged(uris).catch((error: unknown) => connection.console.error(`files: ${String(error)}`));
  };
  documents.onDidChangeContent(({ document }) => textChanged(document.uri, document.getText()));
  documents.onDidClose(({ document }) => {
    textChanged(document.uri, null);
    // It may have been saved, and not every editor tells what it wrote.
    filesChanged([document.uri]);
    if (!abilities.pull) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    filesChanged(changes.map((change) => change.uri));
  });

  onDiagnostics(session);
  onReading(session, knowledge);
  onActions(session);
  onCommands(session, () => knowledge.version);
  connection.onRequest(toolRequest, (parameters: ToolParameters, token: CancellationToken) => answerTool(folders, knowledge, parameters, token));
  answerViews({ connection, folders, knowledge, edits: () => editContext(session), today });
  documents.listen(connection);
  connection.listen();
};
