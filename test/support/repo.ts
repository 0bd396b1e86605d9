import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { analyse } from '../../server/src/analysis/analyse.ts';
import type { Analysis } from '../../server/src/analysis/types.ts';
import type { Artefact } from '../../server/src/artefacts/artefact.ts';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { digestClaims } from '../../server/src/lineage/digests.ts';
import type { Resolution } from '../../server/src/lineage/resolutions.ts';
import { memo } from '../../server/src/knowledge/lookup.ts';
import { noPolicy, readPolicy } from '../../server/src/policy/read.ts';
import type { Policy } from '../../server/src/policy/types.ts';
import type { Finding } from '../../server/src/protocol/report.ts';
import { digest } from '../../server/src/text/digest.ts';
import { testKnowledge } from './knowledge.ts';
import { writeCoreMl, writeOnnx, writeTflite } from './models.ts';
import { writeGguf, writeSafetensors } from './weights.ts';

/**
 * A whole small repository as one text, with the expected findings marked in place:
 *
 *     --- README.md
 *     license: mit
 *              ^^^ error licence-laundering
 *
 * `--- PATH` begins a file; `--- PATH gguf {"general.name": "x"}` (or `safetensors`) makes a real weights file of that metadata (`onnx` too; `coreml`
 * and `tflite` take a licence alone);
 * `--- PATH crlf` gives it CRLF line ends. A line of carets marks the columns of the line above it. `! SEVERITY RULE` expects a finding at
 * the file's first line (something is absent), `!KEY SEVERITY RULE` one at a metadata key. Marker lines are not part of the file.
 * A line `[text of MIT]` stands for the lines of that licence as the list's package ships them, since no text of others is kept here.
 */
export interface Repo {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly expected: readonly string[];
}

export const today = '2026-11-24';

const marker = /^(\s*)(\^+) (error|warning|information) ([\w-]+)$/;
const absent = /^!(\S*) (error|warning|information) ([\w-]+)$/;

export const isMark = (line: string): boolean => marker.test(line) || absent.test(line);

const shipped = memo(
  () => JSON.parse(readFileSync('node_modules/spdx-license-list/spdx-full.json', 'utf8')) as Readonly<Record<string, { readonly licenseText: string }>>,
);

/** The lines that a line of such a repository stands for. */
export const linesOf = (line: string): readonly string[] => {
  const id = /^\[text of ([\w.-]+)\]$/.exec(line)?.[1];
  const text = id === undefined ? undefined : shipped()[id]?.licenseText;
  return text === undefined ? [line] : text.trimEnd().split('\n');
};

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export const parseRepo = (text: string): Repo => {
  const files = new Map<string, Uint8Array>();
  const expected: string[] = [];
  for (const part of `\n${text}`.split(/\n--- /).slice(1)) {
    const [head = '', ...rest] = part.split('\n');
    const [path = '', kind = '', ...metadata] = head.trim().split(' ');
    const lines: string[] = [];
    for (const line of rest) {
      const found = marker.exec(line);
      const missing = absent.exec(line);
      if (found) {
        const start = (found[1] ?? '').length + 1;
        expected.push(`${path}:${lines.length}:${start}-${start + (found[2] ?? '').length} ${found[3]} ${found[4]}`);
      } else if (missing) expected.push(`${path}:${missing[1] === '' ? '1:1-1' : missing[1]} ${missing[2]} ${missing[3]}`);
      else lines.push(...linesOf(line));
    }
    while (lines.at(-1) === '') lines.pop();
    if (kind === 'gguf') files.set(path, writeGguf(JSON.parse(metadata.join(' '))));
    else if (kind === 'safetensors') files.set(path, writeSafetensors(JSON.parse(metadata.join(' '))));
    else if (kind === 'onnx') files.set(path, writeOnnx(JSON.parse(metadata.join(' '))));
    else if (kind === 'coreml' || kind === 'tflite') files.set(path, (kind === 'coreml' ? writeCoreMl : writeTflite)(JSON.parse(metadata.join(' '))));
    else files.set(path, bytesOf(lines.map((line) => line + (kind === 'crlf' ? '\r\n' : '\n')).join('')));
  }
  return { files, expected };
};

/** Digests as the host takes them: only of files that some list makes a claim about. */
const measuredIn = (files: ReadonlyMap<string, Uint8Array>, artefacts: ReadonlyMap<string, Artefact>): Map<string, Record<string, string>> => {
  const out = new Map<string, Record<string, string>>();
  for (const { path, algorithm, via, isThere } of digestClaims(artefacts)) {
    const bytes = files.get(path);
    if (!isThere || via === 'pointer' || !bytes || bytes.length <= 1024) continue;
    out.set(path, { ...out.get(path), [algorithm]: createHash(algorithm).update(bytes).digest('hex') });
  }
  return out;
};

export const analyseFiles = (
  files: ReadonlyMap<string, Uint8Array>,
  previous?: Analysis,
  given?: Policy,
  resolutions: readonly Resolution[] = [],
): Analysis => {
  const knowledge = testKnowledge();
  const artefacts = new Map<string, Artefact>();
  for (const path of [...files.keys()].toSorted())
    artefacts.set(path, readArtefact({ path, bytes: files.get(path) ?? new Uint8Array(), size: files.get(path)?.length ?? 0 }, knowledge));
  const policyBytes = files.get('pedigree.yaml');
  const policyText = policyBytes ? new TextDecoder().decode(policyBytes) : undefined;
  const policy = given ?? (policyText === undefined ? noPolicy : readPolicy(policyText, 'pedigree.yaml', digest(policyText)));
  return analyse(
    { artefacts, policy, today, version: '0.0.0', skipped: [], inlineSuppressions: true, measured: measuredIn(files, artefacts), resolutions },
    knowledge,
    previous,
  );
};

export const shown = (finding: Finding): string => {
  const at =
    finding.key ?? `${finding.line}:${finding.column}-${finding.endLine === finding.line ? finding.endColumn : `${finding.endLine}:${finding.endColumn}`}`;
  return `${finding.path}:${finding.cell === null ? '' : `[${finding.cell}]`}${at} ${finding.severity} ${finding.ruleId}`;
};

/** Analyses the repository and compares its findings, all or those of one rule, with the marks. */
export const check = (text: string, rule?: string): readonly Finding[] => {
  const repo = parseRepo(text);
  const findings = analyseFiles(repo.files).report.findings.filter((finding) => rule === undefined || finding.ruleId === rule);
  const expected = repo.expected.filter((line) => rule === undefined || line.endsWith(` ${rule}`));
  assert.deepEqual(findings.map(shown).toSorted(), [...expected].toSorted(), findings.map((finding) => `${shown(finding)}\n    ${finding.message}`).join('\n'));
  return findings;
};

/** The text of a file after one fix of one finding. */
export const fixed = (text: string, rule: string, title: RegExp, path: string): string => {
  const repo = parseRepo(text);
  const fix = analyseFiles(repo.files)
    .report.findings.filter((finding) => finding.ruleId === rule)
    .flatMap((finding) => finding.fixes)
    .find((entry) => title.test(entry.title));
  assert.ok(fix, `no fix of ${rule} matches ${title}`);
  let content = new TextDecoder().decode(repo.files.get(path) ?? new Uint8Array());
  for (const create of fix.creates) if (create.path === path) content += create.text;
  const lines = content.split('\n');
  for (const edit of fix.edits.filter((entry) => entry.path === path).toSorted((a, b) => b.line - a.line || b.column - a.column)) {
    const before = [...lines.slice(0, edit.line - 1), (lines[edit.line - 1] ?? '').slice(0, edit.column - 1)].join('\n');
    const after = [(lines[edit.endLine - 1] ?? '').slice(edit.endColumn - 1), ...lines.slice(edit.endLine)].join('\n');
    lines.splice(0, lines.length, ...(before + edit.text + after).split('\n'));
  }
  return lines.join('\n');
};
