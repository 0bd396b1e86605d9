// The page of the lineage: a picture of what came from what, and the same as a list. All words are the extension's and are written as text.
import type { View } from '../../src/lineage/layout.ts';
import { beginsWithOrigins, select } from '../../src/lineage/select.ts';
import type { GraphFolder, GraphView, NodeView } from '../../src/lineage/view.ts';
import { grouped } from '../../src/speaker.ts';
import { button, make, pageRoot } from '../dom.ts';
import type { Child } from '../dom.ts';
import { keep, onShow, post } from '../host.ts';
import { say } from '../say.ts';
import { createCard } from './card.ts';
import { listOf } from './list.ts';
import { createPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { nameOf, order, signs } from './words.ts';

interface State {
  readonly as: 'picture' | 'list';
  readonly folder: number;
  /** Null = as it is best for the lineage at hand. */
  readonly originsOnly: boolean | null;
  readonly around: string | null;
  readonly selected: string | null;
  readonly view: View | null;
  /** What was shown when `view` was chosen: another picture is fitted anew. */
  readonly of: string;
}

const kept = keep<State>({ as: 'picture', folder: 0, originsOnly: null, around: null, selected: null, view: null, of: '' });
const root = pageRoot();
let shown: GraphView | undefined;
let picture: Picture | undefined;

const onlyOrigins = (folder: GraphFolder): boolean => kept.get().originsOnly ?? beginsWithOrigins(folder);

const open = ({ where }: NodeView): void => {
  if (where?.id) post({ type: 'open', id: where.id });
};

const pressed = (element: HTMLButtonElement, on: boolean): HTMLButtonElement => {
  element.setAttribute('aria-pressed', String(on));
  return element;
};

const titled = (element: HTMLButtonElement, title: string): HTMLButtonElement => {
  element.title = title;
  element.setAttribute('aria-label', title);
  return element;
};

/** Changes what is shown, and keeps the keyboard where it was. */
const change = (next: Partial<State>): void => {
  const focused = document.activeElement?.getAttribute('data-key');
  kept.set(next);
  show();
  if (focused) root.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
};

const keyed = (element: HTMLButtonElement, key: string): HTMLButtonElement => {
  element.dataset['key'] = key;
  return element;
};

const folderChoice = (folders: readonly GraphFolder[]): HTMLElement | null => {
  if (folders.length < 2) return null;
  const choice = make('select', 'folders', ...folders.map(({ name }, at) => Object.assign(make('option', '', name), { value: String(at) })));
  choice.value = String(kept.get().folder);
  choice.setAttribute('aria-label', say('lineage.folder'));
  choice.addEventListener('change', () => change({ folder: Number(choice.value), around: null, selected: null }));
  return choice;
};

const toolbar = (folders: readonly GraphFolder[], folder: GraphFolder): HTMLElement => {
  const { as, around } = kept.get();
  const originsOnly = onlyOrigins(folder);
  const inPicture = as === 'picture';
  const bar = make(
    'div',
    'toolbar',
    folderChoice(folders),
    keyed(
      pressed(
        button('choice', say('lineage.picture'), () => change({ as: 'picture' })),
        inPicture,
      ),
      'picture',
    ),
    keyed(
      pressed(
        button('choice', say('lineage.list'), () => change({ as: 'list' })),
        !inPicture,
      ),
      'list',
    ),
    inPicture
      ? keyed(
          pressed(
            button('choice', say('lineage.originsOnly'), () => change({ originsOnly: !originsOnly })),
            originsOnly,
          ),
          'origins',
        )
      : null,
    inPicture && around !== null
      ? keyed(
          button('choice', say('lineage.around', { work: nameOf(folder, around) }), () => change({ around: null })),
          'around',
        )
      : null,
    make('span', 'space'),
    inPicture
      ? titled(
          button('tool', '−', () => picture?.zoom(0.8)),
          say('lineage.smaller'),
        )
      : null,
    inPicture
      ? titled(
          button('tool', '+', () => picture?.zoom(1.25)),
          say('lineage.larger'),
        )
      : null,
    inPicture
      ? titled(
          button('tool', say('lineage.fit'), () => picture?.fit()),
          say('lineage.fitPage'),
        )
      : null,
  );
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', say('lineage.how'));
  return bar;
};

const legend = (folder: GraphFolder): HTMLElement => {
  const present = order.filter((verdict) => folder.nodes.some((node) => node.verdict === verdict));
  const list = make('ul', 'legend', ...present.map((verdict) => make('li', verdict, make('span', 'sign', signs[verdict]), say(`sign.${verdict}`))));
  list.setAttribute('aria-label', say('signs.title'));
  return list;
};

const drawn = (folder: GraphFolder): readonly Child[] => {
  const { around, selected, view, of } = kept.get();
  const originsOnly = onlyOrigins(folder);
  const selection = select(folder, { originsOnly, around });
  const frame = make('div', 'frame');
  const card = createCard(frame);
  // Boxes are named by number: in another lineage the same number is another work.
  const now = JSON.stringify([
    selection.nodes
      .map(({ title }) => title)
      .join(' ')
      .slice(0, 2_000),
    selection.nodes.length,
    originsOnly,
    around,
  ]);
  picture = createPicture({
    folder,
    selection,
    // The frame has no size before it is on the page: about what the rest leaves of it.
    room: { width: window.innerWidth - 44, height: Math.max(200, window.innerHeight - 190) },
    view: of === now ? view : null,
    selected,
    onLook: (node, element) => (node && element ? card.show(node, element) : card.hide()),
    onOpen: open,
    onSelect: (id) => kept.set({ selected: id }),
    onView: (next) => kept.set({ view: next, of: now }),
  });
  frame.append(picture.element, card.element);
  const note =
    selection.left > 0
      ? make('p', 'notice', say('lineage.some', { shown: selection.nodes.length, all: grouped(selection.nodes.length + selection.left) }))
      : null;
  return [note, frame, legend(folder)];
};

const begin = (): void => picture?.begin();

const show = (): void => {
  const folders = shown?.folders ?? [];
  const folder = folders[kept.get().folder] ?? folders[0];
  picture = undefined;
  root.removeAttribute('aria-busy');
  if (!folder || folder.nodes.length === 0) {
    const text = folder ? say('lineage.none') : say('noFolder.lineage');
    root.replaceChildren(make('h1', '', say('lineage.title')), make('p', 'empty', text));
    return;
  }
  const { as } = kept.get();
  root.className = as;
  const around = (id: string): void => change({ as: 'picture', around: id, selected: id });
  const parts = as === 'picture' ? drawn(folder) : [listOf(folder, around)];
  const head = make(
    'header',
    '',
    make('h1', '', say('lineage.title')),
    make('p', 'quiet', folder.use === '' ? '' : say('lineage.use', { use: folder.use })),
    toolbar(folders, folder),
  );
  root.replaceChildren(head, ...parts.filter((child): child is Node | string => child !== null && child !== undefined));
  begin();
};

/** Milliseconds after which another size of the page counts. */
const settled = 150;
let resizing = 0;
window.addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    // A picture that somebody arranged stays as it is; any other is put to use the new room.
    if (!picture || picture.isChosen()) return;
    const inPicture = picture.element.contains(document.activeElement);
    show();
    if (inPicture) root.querySelector<SVGElement>('.node[tabindex="0"]')?.focus();
  }, settled);
});

onShow<GraphView>((view) => {
  shown = view;
  show();
});
