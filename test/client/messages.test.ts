import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { Node, SourceFile } from 'typescript/unstable/ast';
import { isCallExpression, isFunctionLikeDeclaration, isIdentifier, isStringLiteral, isTemplateExpression } from 'typescript/unstable/ast/is';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API, NodeBuilderFlags } from 'typescript/unstable/sync';
import type { Checker } from 'typescript/unstable/sync';
import { messages as ofPages } from '../../client/pages/messages.ts';
import { messages as ofExtension } from '../../client/src/messages.ts';
import { counted, say, together } from '../../client/src/say.ts';
import { grouped, speaker } from '../../client/src/speaker.ts';
import type { Messages } from '../../client/src/speaker.ts';
import { inlineStrings, nodesOf } from '../support/inline-strings.ts';

interface Side {
  readonly folder: string;
  readonly project: string;
  readonly table: Messages;
  /** Whose words are no messages, each for its reason. */
  readonly apart: readonly string[];
}

const sides: readonly Side[] = [
  {
    folder: 'client/src/',
    project: 'tsconfig.json',
    table: ofExtension,
    apart: [
      // The skeleton of a page holds no words.
      'client/src/pages/html.ts',
      // The comments in a new pedigree.yaml belong to a document, which stays as it is whatever language the editor speaks.
      'client/src/policy/text.ts',
      // How a process of the server ended goes to the log.
      'client/src/process.ts',
    ],
  },
  { folder: 'client/pages/', project: 'client/pages/tsconfig.json', table: ofPages, apart: [] },
];

interface Source {
  readonly path: string;
  readonly file: SourceFile;
  readonly nodes: readonly Node[];
}

interface Read {
  readonly sources: readonly Source[];
  readonly checker: Checker;
}

const textsOf = (table: Messages): readonly (readonly [id: string, text: string])[] =>
  Object.entries(table).flatMap(([id, message]) =>
    typeof message === 'string'
      ? [[id, message]]
      : ([
          [id, message.one],
          [id, message.other],
        ] as const),
  );

/** The first parameters of all that says something. */
const idsSaid = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node) =>
    isCallExpression(node) && isIdentifier(node.expression) && ['say', 'counted', 'parts'].includes(node.expression.text) ? node.arguments.slice(0, 1) : [],
  );

const isInFunction = (node: Node | undefined): boolean => node !== undefined && (isFunctionLikeDeclaration(node) || isInFunction(node.parent));

const placeholders = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted();

describe('the tables of messages', () => {
  const api = new API({ cwd: process.cwd() });
  const read = new Map<string, Read>();
  before(() => {
    const snapshot = api.updateSnapshot({ openProjects: sides.map(({ project }) => resolve(project)) });
    for (const { folder, project } of sides) {
      const opened = snapshot.getProject(resolve(project));
      assert.ok(opened, project);
      const sources = opened.rootFiles
        .filter((path) => path.startsWith(resolve(folder).replaceAll('\\', '/')))
        .flatMap((path): Source[] => {
          const file = opened.program.getSourceFile(path);
          return file ? [{ path: path.slice(path.indexOf(folder)), file, nodes: nodesOf(file) }] : [];
        });
      read.set(folder, { sources, checker: opened.checker });
    }
  });
  after(() => api.close());
  const of = (folder: string): Read => read.get(folder) ?? assert.fail(folder);

  for (const { folder, table, apart } of sides) {
    it(`hold all that a person sees of ${folder}`, () => {
      const { sources } = of(folder);
      const seen = sources.filter(({ path }) => path !== `${folder}messages.ts` && !apart.includes(path));
      assert.ok(seen.length > 10);
      assert.deepEqual(
        seen.flatMap(({ path, file }) => inlineStrings(file).map((string) => `${path}:${string}`)),
        [],
      );
      for (const path of apart)
        assert.ok(
          sources.some((source) => source.path === path && inlineStrings(source.file).length > 0),
          `${path} needs no exception`,
        );
    });

    it(`hold nothing that ${folder} does not say`, () => {
      const { sources, checker } = of(folder);
      const nodes = sources.filter(({ path }) => path !== `${folder}messages.ts`).flatMap((source) => source.nodes);
      const used = new Set(nodes.filter(isStringLiteral).map(({ text }) => text));
      for (const id of idsSaid(nodes).filter(isTemplateExpression)) {
        const type = checker.getTypeAtLocation(id);
        const ids = type ? checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation).replaceAll('"', '').split(' | ') : [];
        assert.ok(ids.length > 0 && ids.every((each) => each in table), `${ids.join(', ')} is not in the table`);
        for (const each of ids) used.add(each);
      }
      assert.deepEqual(
        Object.keys(table).filter((id) => !used.has(id)),
        [],
      );
    });

    it(`are asked while something is shown, not while ${folder} loads`, () => {
      const { sources } = of(folder);
      const early = sources.flatMap(({ path, nodes }) => idsSaid(nodes).flatMap((id) => (isInFunction(id) ? [] : [`${path}: ${id.getText()}`])));
      assert.deepEqual(early, []);
    });

    it(`have no brace in ${folder} that is none of a placeholder, and the same placeholders for one and for several`, () => {
      for (const [id, text] of textsOf(table)) assert.doesNotMatch(text.replaceAll(/\{[a-z]\w*\}/gi, ''), /[{}]/, id);
      for (const [id, message] of Object.entries(table)) {
        if (typeof message === 'string') continue;
        const others = (text: string): readonly string[] => placeholders(text).filter((name) => name !== 'count');
        assert.deepEqual(others(message.one), others(message.other), id);
      }
    });
  }
});

describe('what finds a string outside of the tables', () => {
  const found = (code: string): readonly string[] => {
    const files = { '/tsconfig.json': '{ "compilerOptions": { "noLib": true, "types": [] }, "files": ["page.ts"] }', '/page.ts': code };
    const api = new API({ cwd: '/', fs: createVirtualFileSystem(files) });
    try {
      const [project] = api.updateSnapshot({ openProjects: ['/tsconfig.json'] }).getProjects();
      const file = project?.program.getSourceFile('/page.ts');
      return file ? inlineStrings(file) : assert.fail('no file');
    } finally {
      api.close();
    }
  };

  it('sees sentences wherever they stand, and words where they are shown', () =>
    assert.deepEqual(
      found(
        [
          "const a = 'Two words';",
          'const b = `${n} findings`;',
          'throw new Error(`there is no ${name}`);',
          "make('li', 'quiet', n > 1 ? 'more' : null);",
          "button('choice', 'fit', go);",
          "box.setAttribute('aria-label', 'works');",
          "const item = { label: `${n ?? 'none'}`, title: known ? [name, 'open'] : '' };",
          "box.title = 'here';",
          "names.join(' and ');",
          "const names = { one: 'Rule' };",
          'window.setStatusBarMessage(`${name}: gone`);',
        ].join('\n'),
      ).map((line) => line.replace(/:.*/, '')),
      ['1', '2', '3', '4', '5', '6', '7', '7', '8', '9', '10', '11'],
    ));

  it('passes over what nobody reads', () =>
    assert.deepEqual(
      found(
        [
          "import { a } from './two words';",
          "type Kind = 'data set' | 'code';",
          "if (kind === 'data set' || kind === 'Code') log.warn(`it says ${kind} twice`);",
          "make('li', `plain ${tone} works`, say('one.two'), ' · ', `${name}, ${place}`);",
          "draw('path', { class: 'shape own', d: `M 0 0 ${width} H`, transform: `translate(${x} ${y})` });",
          "element.setAttribute('transform', `translate ${x}`);",
          "element.className = on ? 'near now' : '';",
          "root.querySelector('button, a');",
          "window.createOutputChannel('Pedigree');",
          "commands.executeCommand('pedigree.showOutput');",
        ].join('\n'),
      ),
      [],
    ));
});

describe('what is said', () => {
  const table = {
    plain: 'as it is',
    twice: '{name} and {name}, of {all}',
    'kind.model': 'a model',
    'kind.data': 'a data set',
    works: { one: '{count} work of {all}', other: '{count} works of {all}' },
    label: { one: 'error', other: 'errors' },
  } as const;
  const words = speaker<typeof table, readonly number[] | boolean>(table);

  it('has its values in their places, as often as they are named', () => {
    assert.equal(words.say('plain'), 'as it is');
    assert.equal(words.say('twice', { name: 'a', all: 1_000 }), 'a and a, of 1000');
    for (const kind of ['model', 'data'] as const) assert.equal(words.say(`kind.${kind}`), kind === 'model' ? 'a model' : 'a data set');
  });

  it('leaves a value as it is, whatever stands in it', () => {
    for (const name of ['{all}', '{name}', '{', '}', '{{all}}', '$&', '$1', '\\{all}', '__proto__', ''])
      assert.equal(words.say('twice', { name, all: '{name}' }), `${name} and ${name}, of {name}`);
    assert.equal(say('resolve.title', { rule: '{place}', place: '{rule}' }), '{place} at {rule}');
  });

  it('has words for one and for several, nothing among the latter', () => {
    assert.deepEqual(
      [0, 1, 2, 1_000].map((count) => words.counted('works', count, { all: 2_000 })),
      ['0 works of 2000', '1 work of 2000', '2 works of 2000', '1000 works of 2000'],
    );
    assert.deepEqual([words.counted('label', 1), words.counted('label', 0)], ['error', 'errors']);
    assert.equal(counted('findings.copied', 1), 'Pedigree: finding copied');
    assert.equal(counted('findings.copied', 3), 'Pedigree: 3 findings copied');
  });

  it('comes in pieces where a value is more than text', () =>
    assert.deepEqual(words.parts('twice', { name: [true, [7]], all: false }), [true, [7], ' and ', true, [7], ', of ', false]));

  it('joins names as a sentence does, and groups long numbers', () => {
    assert.deepEqual([together([]), together(['a']), together(['{last}', 'b', 'c'])], ['', 'a', '{last} and b and c']);
    assert.equal(grouped(1_234_567), '1,234,567');
  });

  it('takes ids of the table and their values alone, as the compiler sees to', () => {
    const wrong = [
      // @ts-expect-error no such id
      () => words.say('plan'),
      // @ts-expect-error no placeholder
      () => words.say('plain', { name: 'a' }),
      // @ts-expect-error a value is missing
      () => words.say('twice', { name: 'a' }),
      // @ts-expect-error all are missing
      () => words.say('twice'),
      // @ts-expect-error one too many
      () => words.say('twice', { name: 'a', all: 1, more: 2 }),
      // @ts-expect-error it depends on a number
      () => words.say('label'),
      // @ts-expect-error it does not depend on a number
      () => words.counted('plain', 2),
      // @ts-expect-error the number is there, and a value is missing
      () => words.counted('works', 2),
    ];
    assert.equal(wrong.length, 8);
  });
});
