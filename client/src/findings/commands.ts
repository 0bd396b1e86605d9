import { ThemeIcon, Uri, env, window, workspace } from 'vscode';
import type { QuickPickItem, WorkspaceEdit } from 'vscode';
import { rulePage } from '../../../server/src/protocol/requests.ts';
import { editRequest } from '../../../server/src/protocol/views.ts';
import type { EditAnswer, EditParameters } from '../../../server/src/protocol/views.ts';
import type { Server } from '../client.ts';
import type { Live } from '../live.ts';
import { held } from '../record.ts';
import { openPlace } from '../report/open.ts';
import { placeOf, placeText } from '../report/places.ts';
import { plain } from '../report/plain.ts';
import { counted, say } from '../say.ts';
import { copyText, groupings, noFilter, severities } from './model.ts';
import type { FindingRow } from './model.ts';
import type { FindingsView } from './view.ts';

export interface FindingContext {
  readonly server: () => Promise<Server>;
  readonly live: Live;
  readonly view: FindingsView;
}

const briefly = 5_000;
const tell = (text: string): void => void window.setStatusBarMessage(text, briefly);

/** The row with the places that hold now; undefined when its finding is gone. */
const fresh = async ({ live }: FindingContext, row: FindingRow): Promise<FindingRow | undefined> => {
  const folders = await live.refresh();
  const folder = folders.find(({ uri }) => uri === row.folder.uri);
  const finding = folder?.content.report.findings.find(({ fingerprint }) => fingerprint === row.finding.fingerprint);
  return folder && finding ? { ...row, folder, finding } : undefined;
};

const goTo = async ({ folder, finding }: FindingRow): Promise<void> => {
  const place = placeOf(folder.uri, finding);
  if (place) await openPlace(place);
};

type Action = EditParameters['action'];

const apply = async (context: FindingContext, row: FindingRow, action: Action): Promise<void> => {
  const server = await context.server();
  const answer = await server.request<EditAnswer>(editRequest, {
    folder: row.folder.uri,
    fingerprint: row.finding.fingerprint,
    action,
  } satisfies EditParameters);
  if (answer.refused !== null) {
    await window.showWarningMessage(say('resolve.refused', { reason: answer.refused }));
    return;
  }
  const edit: WorkspaceEdit = await server.toEdit(answer.edit);
  const [first] = edit.entries();
  if (!(await workspace.applyEdit(edit))) {
    await window.showWarningMessage(say('resolve.editRefused'));
    return;
  }
  if (first) {
    const [uri, [change]] = first;
    await window.showTextDocument(await workspace.openTextDocument(uri), change ? { selection: change.range } : {});
  }
  context.live.stale();
};

interface Choice extends QuickPickItem {
  readonly run: () => Promise<void>;
}

const accept = async (context: FindingContext, row: FindingRow, work: string | null): Promise<void> => {
  const reason = await window.showInputBox({
    title: say('accept.title', { rule: plain(row.finding.ruleId) }),
    prompt: say('accept.reason'),
    placeHolder: say('accept.reasonExample'),
    validateInput: (text) => (text.trim() === '' ? say('accept.noReason') : undefined),
  });
  if (reason === undefined) return;
  const until = await window.showInputBox({
    title: say('accept.title', { rule: plain(row.finding.ruleId) }),
    prompt: say('accept.until'),
    validateInput: (text) => (text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text))) ? undefined : say('accept.noDate')),
  });
  if (until === undefined) return;
  await apply(context, row, { kind: 'accept', reason: reason.trim(), until: until === '' ? null : until, work });
};

const choicesOf = (context: FindingContext, row: FindingRow): readonly Choice[] => {
  const { finding, folder } = row;
  const fixes = finding.fixes.toSorted((a, b) => Number(b.preferred) - Number(a.preferred));
  const works = [...new Set(finding.works)].slice(0, 5);
  return [
    ...fixes.map(({ title, safe }): Choice => ({
      label: plain(title),
      description: safe ? say('resolve.statesFact') : '',
      iconPath: new ThemeIcon('lightbulb'),
      run: () => apply(context, row, { kind: 'fix', title }),
    })),
    {
      label: say('resolve.accept', { path: plain(finding.path) }),
      description: say('resolve.acceptHow'),
      iconPath: new ThemeIcon('check'),
      run: () => accept(context, row, null),
    },
    ...works.map((work): Choice => ({
      label: say('resolve.acceptWork', { work: plain(held(folder.content.summary.names, work) ?? work) }),
      description: say('resolve.acceptHow'),
      iconPath: new ThemeIcon('check-all'),
      run: () => accept(context, row, work),
    })),
    { label: say('resolve.goTo'), iconPath: new ThemeIcon('go-to-file'), run: () => goTo(row) },
    {
      label: say('resolve.rule', { rule: plain(finding.ruleId) }),
      description: say('resolve.ruleHow'),
      iconPath: new ThemeIcon('book'),
      run: async () => void (await env.openExternal(Uri.parse(rulePage(finding.ruleId), true))),
    },
  ];
};

const resolveFinding = async (context: FindingContext, row: FindingRow | undefined): Promise<void> => {
  const chosen = row ?? context.view.selected()[0];
  if (!chosen) {
    tell(say('findings.chooseFirst'));
    return;
  }
  const now = await fresh(context, chosen);
  if (!now) {
    tell(say('findings.gone'));
    return;
  }
  const choice = await window.showQuickPick(choicesOf(context, now), {
    title: say('resolve.title', {
      rule: plain(now.finding.ruleId),
      place: plain(placeText(now.finding.path, now.finding.line, now.finding.cell, now.finding.key)),
    }),
    placeHolder: plain(now.finding.message, 300),
  });
  await choice?.run();
};

/** To its line; what stands in weights has none that an editor shows, so what can be done about it is offered, and the tree stays in sight. */
const openFinding = async (context: FindingContext, row: FindingRow): Promise<void> => {
  const now = await fresh(context, row);
  if (!now) tell(say('findings.gone'));
  else if (now.finding.key === null) await goTo(now);
  else await resolveFinding(context, now);
};

const copyFinding = async (context: FindingContext, row: FindingRow | undefined, all: readonly unknown[] | undefined): Promise<void> => {
  const isRow = (each: unknown): each is FindingRow => typeof each === 'object' && each !== null && (each as { kind?: unknown }).kind === 'finding';
  const several = (all ?? []).filter(isRow);
  const rows = several.length > 0 ? several : row ? [row] : context.view.selected();
  if (rows.length === 0) {
    tell(say('findings.chooseFirst'));
    return;
  }
  await env.clipboard.writeText(rows.map((each) => copyText(each)).join('\n'));
  tell(counted('findings.copied', rows.length));
};

const groupFindings = async ({ view }: FindingContext): Promise<void> => {
  const rows = groupings.map((by) => ({ label: say(`group.${by}`), description: by === view.grouping() ? say('group.now') : '', by }));
  const chosen = await window.showQuickPick(rows, { title: say('group.title') });
  if (chosen) view.group(chosen.by);
};

/** The words in the box are the filter of words; what is ticked is shown. One box for both, and empty clears it. */
const filterFindings = ({ view }: FindingContext): void => {
  const before = view.filter();
  const pick = window.createQuickPick<QuickPickItem & { readonly severity: (typeof severities)[number] }>();
  pick.title = say('filter.title');
  pick.placeholder = say('filter.placeholder');
  pick.canSelectMany = true;
  pick.value = before.words;
  // The words are not a search among the severities.
  pick.items = severities.map((severity) => ({ label: say(`severities.${severity}`), severity, alwaysShow: true }));
  pick.selectedItems = pick.items.filter(({ severity }) => !before.hidden.includes(severity));
  let accepted = false;
  const now = (): void =>
    view.narrow({ hidden: severities.filter((severity) => !pick.selectedItems.some((item) => item.severity === severity)), words: pick.value.trim() });
  pick.onDidChangeValue(now);
  pick.onDidChangeSelection(now);
  pick.onDidAccept(() => {
    accepted = true;
    pick.hide();
  });
  pick.onDidHide(() => {
    if (!accepted) view.narrow(before);
    pick.dispose();
  });
  pick.show();
};

/** Commands of the tree. Those without a title in the manifest are for its rows and links alone. */
export const findingCommands = (context: FindingContext): Readonly<Record<string, (...parameters: readonly never[]) => unknown>> => ({
  'pedigree.openFinding': (row: FindingRow) => openFinding(context, row),
  'pedigree.resolveFinding': (row?: FindingRow) => resolveFinding(context, row),
  'pedigree.copyFinding': (row?: FindingRow, all?: readonly unknown[]) => copyFinding(context, row, all),
  'pedigree.groupFindings': () => groupFindings(context),
  'pedigree.filterFindings': () => filterFindings(context),
  'pedigree.clearFilter': () => context.view.narrow(noFilter),
});
