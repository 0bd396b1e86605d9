// The page of the report. It lays out what the extension sends and writes all of it as text: nothing here parses HTML.
(() => {
  const vscode = acquireVsCodeApi();
  const root = document.getElementById('report');
  /** Rows that are drawn at once; a report may hold thousands. */
  const portion = 150;
  const severities = ['error', 'warning', 'information'];
  const names = { error: 'Error', warning: 'Warning', information: 'Information' };
  /** What the reader chose; it outlives the page, which ends whenever it is hidden. */
  let state = { hidden: [], words: '', scroll: 0, report: 0, ...vscode.getState() };

  const keep = (change) => {
    state = { ...state, ...change };
    vscode.setState(state);
  };

  /** An element with classes, properties and children; strings become text. */
  const make = (tag, classes = '', ...children) => {
    const element = document.createElement(tag);
    if (classes !== '') element.className = classes;
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
    return element;
  };

  const link = ({ id, text }, label = '') => {
    if (id === null) return make('span', 'place', text);
    const button = make('button', 'place', text);
    button.type = 'button';
    if (label !== '') button.setAttribute('aria-label', `${label}, ${text}`);
    button.addEventListener('click', () => vscode.postMessage({ type: 'open', id }));
    return button;
  };

  const badge = (tone, text) => make('span', `badge ${tone}`, text);
  const isolated = (classes, text) => make('bdi', classes, text);

  /** A text with its `code` set as code. */
  const prose = (text) =>
    text.split('`').map((part, at, all) => (at % 2 === 1 && at < all.length - 1 ? make('code', '', part) : at % 2 === 1 ? `\`${part}` : part));

  const details = (label, items) => {
    if (items.length === 0) return null;
    const list = make('ul', 'plain');
    const box = make('details', '', make('summary', '', `${label} (${items.length.toLocaleString('en-GB')})`), list);
    // Filled when it is opened: most readers never do.
    box.addEventListener('toggle', () => {
      if (box.open && list.childElementCount === 0) draw(list, items, ({ where, text }) => make('li', '', link(where), make('span', 'quiet', ` ${text}`)));
    });
    return box;
  };

  /** Draws a portion of the items into `parent`, and a button for the next one. */
  const draw = (parent, items, view, from = 0) => {
    parent.append(...items.slice(from, from + portion).map(view));
    const left = items.length - from - portion;
    if (left <= 0) return;
    const cell = parent.tagName === 'TBODY' ? make('td') : null;
    if (cell) cell.colSpan = 7;
    const button = make('button', 'more', `Show ${Math.min(left, portion)} more of ${left.toLocaleString('en-GB')}`);
    button.type = 'button';
    cell?.append(button);
    const row = cell ? make('tr', '', cell) : make(parent.tagName === 'UL' ? 'li' : 'div', '', button);
    button.addEventListener('click', () => {
      row.remove();
      const before = parent.lastElementChild;
      draw(parent, items, view, from + portion);
      // The keyboard goes on where the button was.
      before?.nextElementSibling?.querySelector('button, a')?.focus();
    });
    parent.append(row);
  };

  /** A section whose heading names it for a screen reader too. */
  const section = (id, title, ...children) => {
    const heading = make('h2', '', title);
    heading.id = id;
    const element = make('section', '', heading, ...children);
    element.setAttribute('aria-labelledby', id);
    return element;
  };

  /** Of headings inside a folder: where there are several, its name stands above them. */
  let inner = 'h3';

  const eachFolder = (folders, view) =>
    folders.map((folder) => make('div', 'folder', folders.length > 1 ? make('h3', 'folder-name', isolated('', folder.name)) : null, ...view(folder)));

  // Summary

  const figure = ({ label, value, tone }) => make('li', `figure ${tone}`, make('span', 'number', value.toLocaleString('en-GB')), make('span', 'label', label));

  const publish = ({ work, as, why }) =>
    make(
      'li',
      '',
      make(
        'div',
        'publish',
        isolated('strong', work),
        as.length === 0 ? badge('error', 'nothing known permits it') : make('span', 'licences', ...as.map((id) => isolated('licence', id))),
      ),
      make('p', 'quiet', why),
    );

  const summary = (folder) => [
    make('p', 'lead', folder.sentences.join(' ')),
    folder.incomplete ? make('p', 'notice', 'Incomplete: what was not read may change these answers.') : null,
    make('ul', 'figures', ...folder.figures.map(figure)),
    folder.publishable.length > 0 ? make(inner, '', 'What it may be published as') : null,
    folder.publishable.length > 0 ? make('ul', 'plain published', ...folder.publishable.map(publish)) : null,
    details('Not read', folder.skipped),
    details('Held back', folder.suppressed),
  ];

  // Obligations

  const marks = { open: ['○', 'Not seen here', 'warning'], unseen: ['?', 'Cannot be seen', 'quiet-badge'], met: ['✓', 'Met', 'met'] };

  const obligation = ({ state: at, duty, basis, owedBy, where }) => {
    const [mark, words, tone] = marks[at];
    const sign = make('span', `mark ${tone}`, mark);
    sign.setAttribute('aria-hidden', 'true');
    return make(
      'li',
      `obligation ${at}`,
      sign,
      make(
        'div',
        'body',
        make('div', 'first', make('span', 'duty', duty), badge(tone, words)),
        make('p', 'quiet', basis, ' · owed by ', isolated('', owedBy), where ? ' · ' : null, where ? link(where) : null),
      ),
    );
  };

  const obligations = (folder) => {
    if (folder.obligations.length === 0) return [make('p', 'empty', 'No duties of others’ terms reach what is here, so far as is known.')];
    const list = make('ul', 'plain obligations');
    draw(list, folder.obligations, obligation);
    return [list];
  };

  // Findings

  const finding = ({ severity, ruleId, page, message, where, basis, see, fixes }, heading) => {
    const rule = page === null ? make('span', 'rule', ruleId) : make('a', 'rule', ruleId);
    if (page !== null) rule.href = page;
    const related = see.slice(0, 5).flatMap((place, at) => [at === 0 ? 'See ' : ', ', link(place, place.message)]);
    return make(
      'li',
      heading ? 'finding new-file' : 'finding',
      heading,
      make('div', 'first', badge(severity, names[severity]), link(where, `${names[severity]}, ${ruleId}`), rule),
      make('p', 'message', ...prose(message)),
      make('p', 'quiet', basis, related.length > 0 ? ' · ' : null, ...related),
      ...fixes.map((title) => make('p', 'fix', make('span', 'quiet', 'Quick fix: '), title)),
    );
  };

  const fits = (path, { severity, ruleId, message }) => {
    if (state.hidden.includes(severity)) return false;
    const words = state.words.toLowerCase().split(/\s+/).filter(Boolean);
    const text = `${path} ${ruleId} ${message}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };

  const findings = (folder) => {
    if (folder.files.length === 0)
      return [make('p', 'empty', 'No findings. Works of unknown terms, if there are any, are listed below: of these nothing can be said.')];
    const rows = folder.files.flatMap(({ path, findings: all }) => {
      const some = all.filter((item) => fits(path, item));
      return some.map((item, at) => ({
        item,
        heading: at === 0 ? make(inner, 'file-name', isolated('', path), make('span', 'count', String(some.length))) : null,
      }));
    });
    if (rows.length === 0) return [make('p', 'empty', 'No finding fits what is chosen above.')];
    const list = make('ul', 'plain findings');
    draw(list, rows, ({ item, heading }) => finding(item, heading));
    return [list];
  };

  /** Buttons for severities and a box for words, above the findings. */
  const filters = (view, redraw) => {
    const all = view.folders.flatMap((folder) => folder.files.flatMap((file) => file.findings));
    if (all.length < 2) return null;
    const buttons = severities.map((severity) => {
      const number = all.filter((item) => item.severity === severity).length;
      const button = make('button', `filter ${severity}`, `${names[severity]} `, make('span', 'count', number.toLocaleString('en-GB')));
      button.type = 'button';
      button.setAttribute('aria-pressed', String(!state.hidden.includes(severity)));
      button.addEventListener('click', () => {
        keep({ hidden: state.hidden.includes(severity) ? state.hidden.filter((name) => name !== severity) : [...state.hidden, severity] });
        button.setAttribute('aria-pressed', String(!state.hidden.includes(severity)));
        redraw();
      });
      return button;
    });
    const box = make('input', 'words');
    box.type = 'search';
    box.placeholder = 'Filter by file, rule or word';
    box.setAttribute('aria-label', 'Filter findings by file, rule or word');
    box.value = state.words;
    box.addEventListener('input', () => {
      keep({ words: box.value });
      redraw();
    });
    const group = make('div', 'filters', ...buttons, box);
    group.setAttribute('role', 'group');
    group.setAttribute('aria-label', 'Which findings are shown');
    return group;
  };

  // Works

  const columns = ['Work', 'Kind', 'Licence', 'Evidence', 'As of', 'Source', 'Where'];

  const work = (item) => {
    const name = isolated('work-name', item.name);
    name.title = item.id;
    const cells = [
      [name, item.origin === '' ? null : make('div', 'quiet', item.origin)],
      [item.kind],
      [
        item.state === 'unknown' ? badge('warning', 'unknown') : isolated(item.licence.includes(' ') ? 'quiet' : 'licence', item.licence),
        item.reachedBy === '' ? null : make('div', 'quiet', 'reached by ', item.reachedBy),
      ],
      [item.evidence],
      [item.asOf],
      [item.source],
      [item.where ? link(item.where, item.name) : null],
    ];
    const row = make(
      'tr',
      item.state,
      ...cells.map((children, at) => {
        const cell = make(at === 0 ? 'th' : 'td', children.every((child) => child === null || child === '') ? 'none' : '', ...children);
        if (at === 0) cell.scope = 'row';
        cell.setAttribute('role', at === 0 ? 'rowheader' : 'cell');
        cell.dataset.label = columns[at];
        return cell;
      }),
    );
    row.setAttribute('role', 'row');
    return row;
  };

  const works = (folder) => {
    if (folder.works.length === 0) return [make('p', 'empty', 'No works were found.')];
    const head = make(
      'tr',
      '',
      ...columns.map((name) => {
        const cell = make('th', '', name);
        cell.scope = 'col';
        cell.setAttribute('role', 'columnheader');
        return cell;
      }),
    );
    head.setAttribute('role', 'row');
    const body = make('tbody');
    draw(body, folder.works, work);
    const table = make('table', '', make('thead', '', head), body);
    table.setAttribute('role', 'table');
    table.setAttribute('aria-label', `Works of ${folder.name}`);
    return [table];
  };

  const show = (view) => {
    const { folders } = view;
    inner = folders.length > 1 ? 'h4' : 'h3';
    const found = make('div');
    const redraw = () => found.replaceChildren(...eachFolder(folders, findings));
    redraw();
    const header = make('header', '', make('h1', '', view.title), make('p', 'quiet', view.subtitle));
    const footer = make('footer', '', 'This informs; it is not legal advice.');
    if (folders.length === 0) root.replaceChildren(header, make('p', 'empty', 'No folder is open. Open one and audit again.'), footer);
    else {
      root.replaceChildren(
        header,
        section('summary', 'Summary', ...eachFolder(folders, summary)),
        section('obligations', 'Obligations', ...eachFolder(folders, obligations)),
        section('findings', 'Findings', filters(view, redraw), found),
        section('works', 'Works', ...eachFolder(folders, works)),
        footer,
      );
    }
    root.removeAttribute('aria-busy');
    // A new report is read from its beginning.
    if (state.report !== view.number) keep({ report: view.number, scroll: 0 });
    window.scrollTo(0, state.scroll);
  };

  window.addEventListener('message', ({ data }) => {
    if (data?.type === 'show') show(data.view);
  });
  let waiting = 0;
  window.addEventListener(
    'scroll',
    () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep({ scroll: Math.round(window.scrollY) }), 200);
    },
    { passive: true },
  );
  vscode.postMessage({ type: 'ready' });
})();
