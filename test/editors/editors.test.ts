import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { layOut } from '../support/cli.ts';
import { drive, needs, readmeBlock } from '../support/editors.ts';
import type { Session } from '../support/editors.ts';

const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# support-bot\n';

/** Where Debian keeps eglot for an Emacs that is older than it, which `-Q` hides. */
const elpa = '/usr/share/emacs/site-lisp/elpa-src';

describe('editors of other kinds, with the lines of the README', function () {
  this.timeout(120_000);
  let folder = '';
  beforeEach(() => (folder = layOut(`--- README.md\n${card}`)));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const check = (session: Session): void => {
    assert.equal(session.failure, undefined);
    assert.equal(session.diagnostic?.line, 2);
    assert.equal(session.diagnostic.column, 10);
    assert.match(session.diagnostic.message, /is declared MIT License, but .* reaches it/);
    assert.match(session.hover ?? '', /Llama 3\.1[\s\S]*Commercial use/);
    assert.match(session.chosen ?? '', /^Declare the inherited terms: llama3\.1/);
    assert.equal(session.gone, true);
    assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), card.replace('license: mit', 'license: llama3.1'));
  };

  it('Neovim: a card, its diagnostic, a hover, the quick fix, saved, clean', function () {
    needs(this, 'nvim', 'apt-get install neovim');
    const lua = join(folder, 'pedigree.lua');
    writeFileSync(lua, readmeBlock('lua'));
    const session = drive(folder, 'nvim', ['--headless', '--clean', '-n', '-S', resolve('test/editors/drive.lua')], { PEDIGREE_LUA: lua });
    check(session);
    // From 0.11 on it is the README's lines that start the server.
    assert.equal(session.way, Number(session.editor.split('.')[1]) >= 11 ? 'README' : 'older');
  });

  it('Emacs with eglot: a card, its diagnostic, a hover, the quick fix, saved, clean', function () {
    needs(this, 'emacs', 'apt-get install emacs-nox elpa-eglot');
    const el = join(folder, 'pedigree.el');
    writeFileSync(el, readmeBlock('elisp'));
    const major = Number(/Emacs (\d+)/.exec(spawnSync('emacs', ['--version'], { encoding: 'utf8' }).stdout)?.[1]);
    const paths = major < 29 && existsSync(elpa) ? readdirSync(elpa).flatMap((name) => ['-L', join(elpa, name)]) : [];
    check(drive(folder, 'emacs', ['--batch', '-Q', ...paths, '-l', resolve('test/editors/drive.el')], { PEDIGREE_EL: el }));
  });
});
