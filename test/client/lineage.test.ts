import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginning, bestLayout, brought, fitted, layoutOf, nextBox, pathOf, zoomed } from '../../client/src/lineage/layout.ts';
import type { Point } from '../../client/src/lineage/layout.ts';
import { graphView } from '../../client/src/lineage/model.ts';
import { beginsWithOrigins, mostNodes, select } from '../../client/src/lineage/select.ts';
import { createPlaces } from '../../client/src/report/places.ts';
import type { LineageFolder, LineageRelation, LineageWork } from '../../server/src/protocol/views.ts';

const work = (id: string, part: Partial<LineageWork> = {}): LineageWork => ({
  id,
  name: id,
  kind: 'model',
  own: id.startsWith('local:'),
  publishable: null,
  licence: null,
  verdict: 'open',
  answer: 'Not known',
  points: [],
  duties: [],
  says: [],
  findings: { error: 0, warning: 0, information: 0 },
  at: null,
  ...part,
});
const relation = (from: string, to: string, type: string, words = type, at: LineageRelation['at'] = null): LineageRelation => ({ from, to, type, words, at });

const folderOf = (works: readonly LineageWork[], relations: readonly LineageRelation[], name = 'w'): LineageFolder => ({
  uri: 'file:///w',
  name,
  use: '',
  works,
  relations,
});
const graph = (works: readonly LineageWork[], relations: readonly LineageRelation[], places = createPlaces(3)) => {
  const [only] = graphView({ folders: [folderOf(works, relations)] }, places).folders;
  assert.ok(only);
  return only;
};

const target = work('local:.', { publishable: { as: ['L'], why: 'because' }, findings: { error: 1, warning: 2, information: 0 } });

describe('the lineage as its page draws it', () => {
  it('joins two works by one line, whatever is said of them, origins first', () => {
    const places = createPlaces(3);
    const { edges } = graph(
      [target, work('b')],
      [
        relation('local:.', 'b', 'loads', 'loads', { path: 'x.py', line: 4 }),
        relation('local:.', 'b', 'finetune', 'fine-tune of', { path: 'README.md', line: 2 }),
      ],
      places,
    );
    assert.equal(edges.length, 1);
    assert.deepEqual([edges[0]?.words, edges[0]?.origin, edges[0]?.stated], ['fine-tune of, loads', true, true]);
    assert.deepEqual(
      edges[0]?.where.map(({ text }) => text),
      ['README.md:2', 'x.py:4'],
    );
    assert.equal(places.find(edges[0]?.where[1]?.id ?? '')?.path, 'x.py');
  });

  it('says what is handed on and as what, and how many findings there are', () => {
    const { nodes } = graph([target, work('b', { publishable: { as: [], why: '' } })], []);
    assert.deepEqual(
      nodes.map(({ publish, publishAs, findings }) => [publish, publishAs, findings]),
      [
        ['handed on: may be published as L', 'publish as L', '1 error, 2 warnings'],
        ['handed on: no licence known to permit it', 'no licence known to permit it', ''],
      ],
    );
  });

  it('leaves out what is ours and joined to nothing, and loops', () => {
    const { nodes, edges } = graph([target, work('local:alone'), work('other')], [relation('other', 'other', 'loads')]);
    assert.deepEqual([nodes.map(({ title }) => title), edges.length], [['local:.', 'other'], 0]);
  });

  it('gives places by ids alone, and none that leads out of the folder', () => {
    const { nodes } = graph(
      [work('a', { at: { path: '../../etc/passwd', line: 1 } }), work('b', { at: { path: 'x.py', line: 1 } })],
      [relation('a', 'b', 'loads')],
    );
    assert.deepEqual(
      nodes.map(({ where }) => where?.id !== null),
      [false, true],
    );
    assert.ok(!nodes.some(({ id }) => id.includes('/')));
  });

  it('is plain text whatever the works are called', () => {
    const text = JSON.stringify(
      graph([work('__proto__', { name: 'a\u202eb', licence: '\u0007' }), work('constructor')], [relation('__proto__', 'constructor', 'toString', '\u2028')]),
    );
    assert.doesNotMatch(text, /\u202e|\u2028|\\u0007/);
  });
});

describe('what is drawn of a lineage', () => {
  const chain = graph(
    [target, work('b'), work('c'), work('judge'), work('d')],
    [relation('local:.', 'b', 'finetune'), relation('b', 'c', 'finetune'), relation('local:.', 'judge', 'testedOn'), relation('d', 'c', 'merge')],
  );
  const titles = (choice: Parameters<typeof select>[1]): readonly string[] => select(chain, choice).nodes.map(({ title }) => title);
  const id = (title: string): string => chain.nodes.find((node) => node.title === title)?.id ?? '';

  it('is all of it, or origins alone, or what is around one work', () => {
    assert.deepEqual(titles({ originsOnly: false, around: null }), ['local:.', 'b', 'c', 'judge', 'd']);
    assert.deepEqual(titles({ originsOnly: true, around: null }), ['local:.', 'b', 'c', 'd']);
    // Its line alone: what else came from the same base is no relative.
    assert.deepEqual(titles({ originsOnly: false, around: id('b') }), ['local:.', 'b', 'c']);
    assert.deepEqual(titles({ originsOnly: false, around: 'gone' }), ['local:.', 'b', 'c', 'judge', 'd']);
  });

  it('begins with origins alone where there is much beside them', () => {
    const of = (loads: number, origins: number): boolean =>
      beginsWithOrigins(
        graph(
          [target, ...Array.from({ length: loads + origins }, (_, at) => work(`x${at}`))],
          Array.from({ length: loads + origins }, (_, at) => relation('local:.', `x${at}`, at < loads ? 'loads' : 'finetune')),
        ),
      );
    assert.deepEqual([of(3, 2), of(80, 10), of(80, 0)], [false, true, false]);
  });

  it('is at most what a picture can hold, nearest to what is handed on, without lines that lead nowhere', () => {
    const many = graph(
      [...Array.from({ length: 400 }, (_, at) => work(`x${at}`)), target],
      [relation('local:.', 'x399', 'finetune'), ...Array.from({ length: 399 }, (_, at) => relation('x399', `x${at}`, 'merge'))],
    );
    const { nodes, edges, left } = select(many, { originsOnly: false, around: null });
    assert.deepEqual([nodes.length, left], [mostNodes, 401 - mostNodes]);
    assert.ok(nodes.some(({ title }) => title === 'local:.') && nodes.some(({ title }) => title === 'x399'));
    const shown = new Set(nodes.map((node) => node.id));
    assert.ok(edges.every(({ from, to }) => shown.has(from) && shown.has(to)));
  });
});

const boxes = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `n${at}`, width: 120 + (at % 5) * 20, height: 60 }));
const line = (at: number, from: number, to: number) => ({ id: `e${at}`, from: `n${from}`, to: `n${to}`, width: 60, height: 18 });
const frame = { width: 900, height: 600 };

describe('the layout of a lineage', () => {
  it('puts no box over another and what a work was made from behind it, across or down', () => {
    const edges = [line(0, 0, 1), line(1, 0, 2), line(2, 1, 3), line(3, 2, 3), line(4, 0, 4)];
    for (const flow of ['across', 'down'] as const) {
      const { nodes, width, height } = layoutOf(boxes(5), edges, flow);
      const all = boxes(5).map((box) => ({ ...box, ...(nodes.get(box.id) ?? { x: 0, y: 0 }) }));
      for (const [at, a] of all.entries()) {
        assert.ok(a.x - a.width / 2 >= 0 && a.x + a.width / 2 <= width && a.y - a.height / 2 >= 0 && a.y + a.height / 2 <= height);
        for (const b of all.slice(at + 1))
          assert.ok(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= (a.height + b.height) / 2, `${a.id} over ${b.id}`);
      }
      for (const { from, to } of edges) {
        const [a, b] = [nodes.get(from), nodes.get(to)];
        assert.ok(a && b && (flow === 'across' ? a.x < b.x : a.y < b.y));
      }
    }
  });

  it('is the same for the same works, survives rings and stands alone', () => {
    const edges = [line(0, 0, 1), line(1, 1, 2), line(2, 2, 0), line(3, 1, 0)];
    assert.deepEqual(layoutOf(boxes(4), edges, 'down'), layoutOf(boxes(4), edges, 'down'));
    assert.equal(layoutOf([], [], 'across').nodes.size, 0);
  });

  it('goes the way in which more is seen: a fan across, a chain down where that is worth it', () => {
    const fan = Array.from({ length: 12 }, (_, at) => line(at, 0, at + 1));
    const chain = Array.from({ length: 7 }, (_, at) => line(at, at, at + 1));
    assert.equal(bestLayout(boxes(13), fan, frame).flow, 'across');
    assert.equal(bestLayout(boxes(8), chain, { width: 400, height: 800 }).flow, 'down');
  });

  it('is quick enough for the largest picture', () => {
    const edges = Array.from({ length: 200 }, (_, at) => line(at, Math.floor(at / 3), (at % (mostNodes - 1)) + 1)).filter(({ from, to }) => from !== to);
    const started = performance.now();
    bestLayout(boxes(mostNodes), edges, frame);
    assert.ok(performance.now() - started < 4_000);
  });

  it('never throws, whatever is joined to what', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 }), (pairs) => {
        const { nodes, width, height } = layoutOf(
          boxes(12),
          pairs.filter(([from, to]) => from !== to).map(([from, to], at) => line(at, from, to)),
          'across',
        );
        assert.ok([...nodes.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) && Number.isFinite(width + height));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the view of a picture', () => {
  const picture = { width: 3_000, height: 500 };
  it('fits all of it, but never larger than life', () => {
    assert.deepEqual(fitted({ width: 100, height: 100 }, frame), { scale: 1, x: 400, y: 250 });
    assert.equal(fitted(picture, frame).scale, 0.3);
    assert.deepEqual(fitted(picture, { width: 0, height: 0 }), { scale: 1, x: 0, y: 0 });
  });
  it('begins where it can be read, with no more empty room than there has to be', () => {
    const { scale, x, y } = beginning(picture, { x: 100, y: 250 }, frame);
    assert.ok(scale >= 0.7);
    assert.equal(x, 0);
    assert.equal(y, (frame.height - picture.height * scale) / 2);
    assert.deepEqual(beginning({ width: 100, height: 100 }, { x: 0, y: 0 }, frame), fitted({ width: 100, height: 100 }, frame));
  });
  it('zooms about a point that stays where it is, within limits', () => {
    const about = { x: 300, y: 200 };
    const before = { scale: 1, x: 10, y: 20 };
    const after = zoomed(before, 2, about);
    const under = ({ scale, x, y }: typeof before): Point => ({ x: (about.x - x) / scale, y: (about.y - y) / scale });
    assert.deepEqual(under(after), under(before));
    assert.equal(zoomed(before, 1_000, about).scale, 3);
    assert.ok(zoomed(before, 0.000_1, about).scale > 0);
  });
  it('moves as little as it takes to see a box whole', () => {
    const view = { scale: 1, x: 0, y: 0 };
    const box = { id: 'a', width: 100, height: 50 };
    assert.deepEqual(brought(view, { ...box, x: 200, y: 200 }, frame), view);
    assert.equal(brought(view, { ...box, x: 1_000, y: 200 }, frame).x, -166);
    assert.equal(brought(view, { ...box, x: -100, y: 200 }, frame).x, 166);
  });
  it('finds the box that an arrow key means', () => {
    const places = new Map<string, Point>([
      ['here', { x: 0, y: 0 }],
      ['right', { x: 100, y: 10 }],
      ['far', { x: 300, y: 0 }],
      ['below', { x: 10, y: 100 }],
    ]);
    assert.deepEqual(
      (['right', 'down', 'left', 'up'] as const).map((direction) => nextBox('here', direction, places)),
      ['right', 'below', undefined, undefined],
    );
    assert.equal(nextBox('gone', 'right', places), undefined);
  });
  it('draws a line through its points', () => {
    assert.equal(pathOf([], 'across'), '');
    assert.equal(
      pathOf(
        [
          { x: 0, y: 0 },
          { x: 10, y: 20 },
        ],
        'across',
      ),
      'M0,0 C5,0 5,20 10,20',
    );
  });
});
