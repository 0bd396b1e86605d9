import type { DebugInformation } from '../../server/src/protocol/requests.ts';

export interface EditorInformation {
  readonly version: string;
  readonly editor: string;
  readonly platform: string;
  readonly remote: string | undefined;
  readonly trusted: boolean;
}

/** For a bug report: no paths, no names of folders or models. */
export const debugText = (editor: EditorInformation, server: DebugInformation | string): string => {
  const rows: readonly (readonly [string, string | number])[] = [
    ['Pedigree', editor.version],
    ['Editor', editor.editor],
    ['Platform', editor.remote === undefined ? editor.platform : `${editor.platform}, remote: ${editor.remote}`],
    ['Workspace trusted', editor.trusted ? 'yes' : 'no'],
    ...(typeof server === 'string'
      ? [['Server', server] as const]
      : ([
          ['Server', server.version],
          ['Server runs on', `Node ${server.node}`],
          ['Knowledge', server.knowledge],
          ['Folders', server.folders],
          ['Files read', server.files],
          ['Heap', `${server.heapMegabytes} MB`],
        ] as const)),
  ];
  return rows.map(([name, value]) => `${name}: ${value}\n`).join('');
};
