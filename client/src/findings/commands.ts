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
import { copyText, groupings, noFilter, severities } from './model.ts';
import type { FindingRow, Grouping } from './model.ts';
import type { FindingsView } from './view.ts';

export interface FindingContext {
  readonly server: () => Promise<Server>;
  readonly live: Live;
  readonly view: FindingsView;
}

const briefly = 5_000;
const say = (text: string): void => void window.setStatusBarMessage(`Pedigree: ${text}`, briefly);

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
    await window.showWarningMessage(`Pedigree did not change anything: ${answer.refused}.`);
    return;
  }
  const edit: WorkspaceEdit = await server.toEdit(answer.edit);
  const [first] = edit.entries();
  if (!(await workspace.applyEdit(edit))) {
    await window.showWarningMessage('Pedigree did not change anything: the editor refused the edit.');
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
    title: `Accept ${plain(row.finding.ruleId)}`,
    prompt: 'Why may it stay so? The reason goes into pedigree.yaml and into every report.',
    placeHolder: 'measured in the lab only',
    validateInput: (text) => (text.trim() === '' ? 'An acceptance without a reason holds nothing back.' : undefined),
  });
  if (reason === undefined) return;
  const until = await window.showInputBox({
    title: `Accept ${plain(row.finding.ruleId)}`,
    prompt: 'Until when? A date such as 2027-01-31; empty for no end.',
    validateInput: (text) =>
      text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text))) ? undefined : 'A date such as 2027-01-31, or nothing.',
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
      description: safe ? 'states a fact' : '',
      iconPath: new ThemeIcon('lightbulb'),
      run: () => apply(context, row, { kind: 'fix', title }),
    })),
    {
      label: `Accept it in ${plain(finding.path)}…`,
      description: 'with a reason, in pedigree.yaml',
      iconPath: new ThemeIcon('check'),
      run: () => accept(context, row, null),
    },
    ...works.map((work): Choice => ({
      label: `Accept it wherever ${plain(held(folder.content.summary.names, work) ?? work)} is concerned…`,
      description: 'with a reason, in pedigree.yaml',
      iconPath: new ThemeIcon('check-all'),
      run: () => accept(context, row, work),
    })),
    { label: 'Go to the line', iconPath: new ThemeIcon('go-to-file'), run: () => goTo(row) },
    {
      label: `Read what ${plain(finding.ruleId)} says`,
      description: 'opens its page in the browser',
      iconPath: new ThemeIcon('book'),
      run: async () => void (await env.openExternal(Uri.parse(rulePage(finding.ruleId), true))),
    },
  ];
};

const resolveFinding = async (context: FindingContext, row: FindingRow | undefined): Promise<void> => {
  const chosen = row ?? context.view.selected()[0];
  if (!chosen) {
    say('choose a finding first');
    return;
  }
  const now = await fresh(context, chosen);
  if (!now) {
    say('this finding is gone');
    return;
  }
  const choice = await window.showQuickPick(choicesOf(context, now), {
    title: `${plain(now.finding.ruleId)} at ${plain(placeText(now.finding.path, now.finding.line, now.finding.cell, now.finding.key))}`,
    placeHolder: plain(now.finding.message, 300),
  });
  await choice?.run();
};

/** To its line; what stands in weights has none that an editor shows, so what can be done about it is offered, and the tree stays in sight. */
const openFinding = async (context: FindingContext, row: FindingRow): Promise<void> => {
  const now = await fresh(context, row);
  if (!now) say('this finding is gone');
  else if (now.finding.key === null) await goTo(now);
  else await resolveFinding(context, now);
};

const copyFinding = async (context: FindingContext, row: FindingRow | undefined, all: readonly unknown[] | undefined): Promise<void> => {
  const isRow = (each: unknown): each is FindingRow => typeof each === 'object' && each !== null && (each as { kind?: unknown }).kind === 'finding';
  const several = (all ?? []).filter(isRow);
  const rows = several.length > 0 ? several : row ? [row] : context.view.selected();
  if (rows.length === 0) {
    say('choose a finding first');
    return;
  }
  await env.clipboard.writeText(rows.map((each) => copyText(each)).join('\n'));
  say(rows.length === 1 ? 'finding copied' : `${rows.length} findings copied`);
};

const groupingNames: Readonly<Record<Grouping, string>> = { severity: 'Severity', rule: 'Rule', file: 'File', work: 'Work' };

const groupFindings = async ({ view }: FindingContext): Promise<void> => {
  const rows = groupings.map((by) => ({ label: groupingNames[by], description: by === view.grouping() ? 'now' : '', by }));
  const chosen = await window.showQuickPick(rows, { title: 'Group findings by' });
  if (chosen) view.group(chosen.by);
};

/** The words in the box are the filter of words; what is ticked is shown. One box for both, and empty clears it. */
const filterFindings = ({ view }: FindingContext): void => {
  const before = view.filter();
  const pick = window.createQuickPick<QuickPickItem & { readonly severity: (typeof severities)[number] }>();
  pick.title = 'Filter findings';
  pick.placeholder = 'Words of a file, a rule, a work or a message';
  pick.canSelectMany = true;
  pick.value = before.words;
  // The words are not a search among the severities.
  pick.items = severities.map((severity) => ({
    label: severity === 'information' ? 'Information' : `${severity.charAt(0).toUpperCase()}${severity.slice(1)}s`,
    severity,
    alwaysShow: true,
  }));
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
