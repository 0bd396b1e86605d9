import type { DebugInformation } from '../../server/src/protocol/requests.ts';
import { say } from './say.ts';

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
    [say('debug.version'), editor.version],
    [say('debug.editor'), editor.editor],
    [say('debug.platform'), editor.remote === undefined ? editor.platform : say('debug.remote', { platform: editor.platform, remote: editor.remote })],
    [say('debug.trusted'), editor.trusted ? say('debug.yes') : say('debug.no')],
    ...(typeof server === 'string'
      ? [[say('debug.server'), server] as const]
      : ([
          [say('debug.server'), server.version],
          [say('debug.runsOn'), say('debug.node', { version: server.node })],
          [say('debug.knowledge'), server.knowledge],
          [say('debug.folders'), server.folders],
          [say('debug.files'), server.files],
          [say('debug.heap'), say('debug.megabytes', { number: server.heapMegabytes })],
        ] as const)),
  ];
  return rows.map(([name, value]) => `${name}: ${value}\n`).join('');
};
