import { setElsewhere } from '../artefacts/via.ts';
import type { DocumentLink } from 'vscode-languageserver/node';
import type { Fact } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { isSpdxId } from '../licence/spdx.ts';
import { hubOf } from '../lineage/remote.ts';
import { rulePage } from '../protocol/requests.ts';
import { ruleById } from '../rules/index.ts';
import { limits } from '../text/limits.ts';
import { rangeOf } from './convert.ts';
import type { Settled } from './folders.ts';
import { placedFacts } from './lookup.ts';
import { uriOf } from './uris.ts';

interface Target {
  readonly target: string;
  readonly tooltip: string;
}

const https = (address: string | null | undefined): string | undefined => (address?.startsWith('https://') ? address : undefined);

const file = (settled: Settled, path: string): Target | undefined =>
  settled.folder.workspace.artefact(path) ? { target: uriOf(settled.folder.root, path), tooltip: `Open ${path}` } : undefined;

const page = (address: string): Target => ({ target: address, tooltip: 'Open its page' });

/** The page of a work, at the revision that is used; the file of a local one. */
const workTarget = (settled: Settled, work: string, revision: string | null): Target | undefined => {
  const hub = hubOf(work);
  if (hub) {
    const at = revision !== null && revision !== setElsewhere && /^[\w./-]+$/.test(revision) ? `/tree/${revision}` : '';
    return page(`https://huggingface.co/${hub.type === 'dataset' ? 'datasets/' : ''}${hub.id}${at}`);
  }
  const [, kind, name] = /^pkg:(github|pypi|npm)\/([\w./@%-]+)$/.exec(work) ?? [];
  if (kind === 'github' && name !== undefined) return page(`https://github.com/${name}`);
  if (kind === 'pypi' && name !== undefined) return page(`https://pypi.org/project/${name}/`);
  if (kind === 'npm' && name !== undefined) return page(`https://www.npmjs.com/package/${name.replace('%40', '@')}`);
  return work.startsWith('local:') ? localTarget(settled, work.slice('local:'.length)) : undefined;
};

/** A folder is shown by what describes it. */
const localTarget = (settled: Settled, path: string): Target | undefined => {
  if (path.includes('#') || path === settled.path) return undefined;
  const folder = path === '.' ? '' : `${path.replace(/\/$/, '')}/`;
  for (const candidate of [path, `${folder}README.md`, `${folder}adapter_config.json`, `${folder}config.json`]) {
    const found = candidate === settled.path ? undefined : file(settled, candidate);
    if (found) return found;
  }
  return undefined;
};

const licenceTarget = (id: string | undefined, knowledge: Knowledge): Target | undefined => {
  if (id === undefined) return undefined;
  const target = https(knowledge.terms(id)?.link) ?? (isSpdxId(id) ? `https://spdx.org/licenses/${id}.html` : undefined);
  return target === undefined ? undefined : { target, tooltip: 'Open the text' };
};

const targetOf = (settled: Settled, fact: Fact, knowledge: Knowledge): Target | undefined => {
  if (fact.kind === 'relation') return workTarget(settled, fact.to, fact.revision);
  if (fact.kind === 'reference') return fact.to.repository === null && fact.to.path !== null ? file(settled, fact.to.path) : undefined;
  if (fact.kind === 'licence' && !['text', 'prose', 'badge'].includes(fact.via) && fact.licences.length === 1)
    return licenceTarget(fact.licences[0], knowledge);
  return undefined;
};

/** A policy is no artefact: ids, rules, licences and paths are told from its text. */
const policyWord = /[\w./:@+-]+/g;

const policyLinks = (settled: Settled, source: string, knowledge: Knowledge): readonly DocumentLink[] =>
  source
    .slice(0, limits.structuredBytes)
    .split(/\r\n|\r|\n/)
    .flatMap((line, at) =>
      [...line.replace(/(?:^|\s)#.*$/, (comment) => ' '.repeat(comment.length)).matchAll(policyWord)].flatMap(({ 0: word, index }): readonly DocumentLink[] => {
        const text = word.replace(/[:.]+$/, '');
        const [work = '', revision] = text.startsWith('pkg:') ? text.split(/@(?=[\w.-]+$)/) : [text];
        const found = ruleById(text)
          ? page(rulePage(text))
          : (workTarget(settled, work, revision ?? null) ?? licenceTarget(text, knowledge) ?? (text.includes('.') ? file(settled, text) : undefined));
        return found ? [{ ...found, range: { start: { line: at, character: index }, end: { line: at, character: index + text.length } } }] : [];
      }),
    );

/** Pages of the works and licences that a document names, and files of the tree. Opened by a click only; nothing is fetched. */
export const linksOf = (settled: Settled, source: string, knowledge: Knowledge): readonly DocumentLink[] => {
  if (settled.path === settled.folder.workspace.policy().path) return policyLinks(settled, source, knowledge);
  const artefact = settled.folder.workspace.artefact(settled.path);
  if (!artefact) return [];
  const out = new Map<string, DocumentLink>();
  for (const { fact, place } of placedFacts(artefact, settled.cell)) {
    if (place.line !== place.endLine || place.column === place.endColumn) continue;
    const found = targetOf(settled, fact, knowledge);
    const key = `${place.line}:${place.column}:${place.endColumn}`;
    if (found && !out.has(key)) out.set(key, { ...found, range: rangeOf(place) });
  }
  return [...out.values()];
};
