import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { registerTools } from '../../client/src/tools.ts';
import { allTools, toolRequest } from '../../server/src/protocol/tools.ts';

interface Registered {
  readonly name: string;
  readonly prepareInvocation: () => { readonly invocationMessage: string };
  readonly invoke: (options: { readonly input: unknown }, token: unknown) => Promise<object>;
}

class Part {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}
class Result {
  readonly parts: readonly Part[];
  constructor(parts: readonly Part[]) {
    this.parts = parts;
  }
}

const read = (path: string): string => readFileSync(path, 'utf8');

describe('tools for language models in the editor', () => {
  it('are named in the manifest as the server knows them', () => {
    const strings = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
    const manifest = JSON.parse(read('package.json'), (_, value: unknown) =>
      typeof value === 'string' && /^%[^%]+%$/.test(value) ? (strings[value.slice(1, -1)] ?? `missing: ${value}`) : value,
    ) as { contributes: { languageModelTools: readonly Readonly<Record<string, unknown>>[] } };
    const contributed = manifest.contributes.languageModelTools;
    assert.deepEqual(
      contributed.map(({ name, displayName, modelDescription, inputSchema }) => ({ name, title: displayName, description: modelDescription, inputSchema })),
      allTools,
    );
    for (const { name, userDescription, canBeReferencedInPrompt, toolReferenceName } of contributed) {
      assert.match(String(name), /^pedigree_[a-z_]+$/);
      assert.match(String(toolReferenceName), /^pedigree[A-Za-z]+$/);
      assert.equal(canBeReferencedInPrompt, true);
      assert.ok(String(userDescription).length > 20);
      assert.doesNotMatch(String(userDescription), /^missing/);
    }
  });

  it('leave no string of the manifest without its text, and no text unused', () => {
    const used = new Set([...read('package.json').matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ''));
    assert.deepEqual([...used].toSorted(), Object.keys(JSON.parse(read('package.nls.json')) as object).toSorted());
  });

  for (const [title, editor] of [
    ['has no language models', {}],
    ['has language models and no tools', { lm: {} }],
    ['has tools and none of their results', { lm: { registerTool: () => assert.fail('registered') } }],
  ] as const) {
    it(`are left out where the editor ${title}`, () => {
      registerTools(editor, () => assert.fail('the server was asked')).dispose();
    });
  }

  it('ask the server and hand its text on', async () => {
    const registered: Registered[] = [];
    let disposed = 0;
    const editor = {
      lm: {
        registerTool: (name: string, tool: Omit<Registered, 'name'>) => {
          registered.push({ name, ...tool });
          return { dispose: () => (disposed += 1) };
        },
      },
      LanguageModelToolResult: Result,
      LanguageModelTextPart: Part,
    };
    const asked: unknown[] = [];
    const disposable = registerTools(editor, () =>
      Promise.resolve({
        request: <T>(method: string, parameters: object, token: unknown): Promise<T> => {
          asked.push([method, parameters, token]);
          return Promise.resolve({ text: 'an answer', isError: false } as T);
        },
      }),
    );
    assert.deepEqual(
      registered.map(({ name }) => name),
      allTools.map(({ name }) => name),
    );
    const token = { isCancellationRequested: false };
    const result = (await registered[1]?.invoke({ input: { work: 'a/b' } }, token)) as Result;
    assert.deepEqual(asked, [[toolRequest, { name: 'pedigree_lineage', input: { work: 'a/b' } }, token]]);
    assert.deepEqual(
      result.parts.map(({ value }) => value),
      ['an answer'],
    );
    assert.equal(registered[0]?.prepareInvocation().invocationMessage, 'Pedigree: Check licences');
    disposable.dispose();
    assert.equal(disposed, allTools.length);
  });
});
