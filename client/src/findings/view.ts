import { EventEmitter, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri, commands, window } from 'vscode';
import type { Disposable, Memento, TreeDataProvider } from 'vscode';
import type { Severity } from '../../../server/src/protocol/report.ts';
import type { StatusParameters } from '../../../server/src/protocol/requests.ts';
import type { Live } from '../live.ts';
import { counted, say } from '../say.ts';
import { badgeOf, filterText, groupings, noFilter, treeOf } from './model.ts';
import type { Filter, FindingRow, GroupRow, Grouping, Row, Tree } from './model.ts';

export interface FindingsView extends Disposable {
  readonly grouping: () => Grouping;
  readonly filter: () => Filter;
  readonly group: (by: Grouping) => void;
  readonly narrow: (filter: Filter) => void;
  /** Whether there is anything here to look at, and how much of it. */
  readonly told: (status: StatusParameters) => void;
  /** Nobody reads any more: what was found is no longer how things are. */
  readonly gone: () => void;
  /** What is selected: the rows that a command of the palette is about. */
  readonly selected: () => readonly FindingRow[];
}

const icons: Readonly<Record<Severity, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
};

const groupIcons: Readonly<Record<Exclude<GroupRow['by'], 'severity' | 'file' | 'folder'>, ThemeIcon>> = {
  rule: new ThemeIcon('law'),
  work: new ThemeIcon('package'),
};

const groupItem = ({ id, by, folder, key, label, description, severity, count }: GroupRow): TreeItem => {
  const item = new TreeItem(label, severity === 'information' && by !== 'folder' ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded);
  item.id = id;
  item.description = [String(count), description].filter((part) => part !== '').join(' · ');
  item.contextValue = 'group';
  item.accessibilityInformation = { label: `${label}, ${counted('count.findings', count)}` };
  if (by === 'file' && folder) {
    // The icon of the file's own kind.
    item.resourceUri = Uri.joinPath(Uri.parse(folder.uri, true), ...key.split('/'));
    item.iconPath = ThemeIcon.File;
  } else item.iconPath = by === 'folder' ? ThemeIcon.Folder : by === 'severity' ? icons[severity] : by === 'file' ? ThemeIcon.File : groupIcons[by];
  return item;
};

const findingItem = (row: FindingRow): TreeItem => {
  const { id, finding, label, description, tooltip } = row;
  const item = new TreeItem(label);
  item.id = id;
  item.description = description;
  // A string, not Markdown: nothing in a message becomes a link.
  item.tooltip = tooltip;
  item.iconPath = icons[finding.severity];
  item.contextValue = 'finding';
  item.accessibilityInformation = { label: `${say(`severity.${finding.severity}`)}: ${label}, ${description}` };
  item.command = { title: say('findings.goTo'), command: 'pedigree.openFinding', arguments: [row] };
  return item;
};

const isGrouping = (value: unknown): value is Grouping => groupings.some((known) => known === value);

/** The tree of findings. It is filled when it is first looked at, and follows what is typed while it is in sight. */
export const createFindingsView = (live: Live, state: Memento): FindingsView => {
  const stored: unknown = state.get('findings.grouping');
  let by: Grouping = isGrouping(stored) ? stored : 'severity';
  let filter: Filter = noFilter;
  let tree: Tree | undefined;
  let parents: ReadonlyMap<string, Row> = new Map();
  let relevant = false;
  let isGone = false;
  const changed = new EventEmitter<void>();
  const provider: TreeDataProvider<Row> = {
    onDidChangeTreeData: changed.event,
    getChildren: (row) => (row === undefined ? [...(tree?.rows ?? [])] : row.kind === 'group' ? [...row.rows] : []),
    getTreeItem: (row) => (row.kind === 'group' ? groupItem(row) : findingItem(row)),
    getParent: (row) => parents.get(row.id),
  };
  const view = window.createTreeView('pedigree.findings', { treeDataProvider: provider, showCollapseAll: true, canSelectMany: true });

  const index = (rows: readonly Row[], out: Map<string, Row>): Map<string, Row> => {
    for (const row of rows)
      if (row.kind === 'group') {
        for (const child of row.rows) out.set(child.id, row);
        index(row.rows, out);
      }
    return out;
  };
  const context = (key: string, value: unknown): void => void commands.executeCommand('setContext', `pedigree.${key}`, value);
  const show = (): void => {
    const folders = live.folders();
    tree = isGone ? undefined : folders && treeOf(folders, by, filter);
    parents = index(tree?.rows ?? [], new Map());
    view.description = say(`groupedBy.${by}`);
    view.message = (tree && tree.shown > 0 ? filterText(tree, filter) : undefined) ?? '';
    // Which welcome stands where there are no rows.
    context('findings', tree === undefined ? 'unread' : tree.all === 0 ? 'none' : tree.shown === 0 ? 'filtered' : 'some');
    changed.fire();
  };
  live.onChange(show);
  const looking = view.onDidChangeVisibility(({ visible }) => live.watch('findings', visible));
  live.watch('findings', view.visible);
  show();

  return {
    grouping: () => by,
    filter: () => filter,
    group: (next) => {
      by = next;
      void state.update('findings.grouping', next);
      show();
    },
    narrow: (next) => {
      filter = next;
      show();
    },
    told: ({ state: now, findings, works }) => {
      context('server', now);
      if (now !== 'ready') return;
      if (isGone) {
        isGone = false;
        show();
      }
      view.badge = badgeOf(findings);
      // A folder in which nothing of this field is found gets no icon in the side bar; one that had it keeps it.
      if (!relevant && findings.error + findings.warning + findings.information + works.known + works.unknown > 0) {
        relevant = true;
        context('relevant', true);
      }
      live.stale();
    },
    gone: () => {
      isGone = true;
      view.badge = undefined;
      show();
    },
    selected: () => view.selection.filter((row) => row.kind === 'finding'),
    dispose: () => {
      looking.dispose();
      view.dispose();
      changed.dispose();
    },
  };
};
