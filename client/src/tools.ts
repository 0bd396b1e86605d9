import type { CancellationToken, Disposable } from 'vscode';
import { allTools, toolRequest } from '../../server/src/protocol/tools.ts';
import type { ToolAnswer } from '../../server/src/protocol/tools.ts';
import type { Server } from './client.ts';
import { say } from './say.ts';

interface LanguageModelTool {
  readonly prepareInvocation: () => { readonly invocationMessage: string };
  readonly invoke: (options: { readonly input: unknown }, token: CancellationToken) => Promise<object>;
}

/** What of the editor's API is younger than the oldest editor that runs this, and absent in some that are built from it. */
interface LanguageModels {
  readonly lm?: { readonly registerTool?: (name: string, tool: LanguageModelTool) => Disposable };
  readonly LanguageModelToolResult?: new (parts: readonly object[]) => object;
  readonly LanguageModelTextPart?: new (value: string) => object;
}

/** The tools that language models in the editor may call. Where there are none of them, nothing is registered and nothing is missed. */
export const registerTools = (editor: object, server: () => Promise<Pick<Server, 'request'>>): Pick<Disposable, 'dispose'> => {
  const { lm, LanguageModelToolResult: Result, LanguageModelTextPart: TextPart } = editor as LanguageModels;
  if (typeof lm?.registerTool !== 'function' || !Result || !TextPart) return { dispose: () => undefined };
  const registered = allTools.map(({ name, title }) =>
    lm.registerTool?.(name, {
      prepareInvocation: () => ({ invocationMessage: say('tool.running', { title }) }),
      // A wrong input is an answer too: its text says what would be right.
      invoke: async ({ input }, token) => {
        const { text } = await (await server()).request<ToolAnswer>(toolRequest, { name, input }, token);
        return new Result([new TextPart(text)]);
      },
    }),
  );
  return { dispose: () => registered.forEach((each) => each?.dispose()) };
};
