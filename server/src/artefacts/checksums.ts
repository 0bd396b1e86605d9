import { limits } from '../text/limits.ts';
import { factIds, localWork } from './hub-id.ts';
import { isBinaryName } from './weights-names.ts';
import type { Anchor, DigestAlgorithm, Fact, Reader, Reading } from './types.ts';

/** SHA256SUMS, sha256.txt, checksums.txt, model.safetensors.sha256, model.md5, and the list that some weights were handed out with. */
const listName =
  /^(?:md5|sha1|sha256|sha512)(?:[-_]?(?:sums?|checksums?))?(?:\.txt)?$|^(?:.*[-_.])?checksums?(?:\.txt)?$|^checklist\.chk$|\.(?:md5|sha1|sha256|sha512)(?:sums?)?(?:\.txt)?$/;
/** `model.safetensors.sha256` speaks of `model.safetensors`. */
const ofOneFile = /\.(?:md5|sha1|sha256|sha512)(?:sums?)?(?:\.txt)?$/i;

const byLength: ReadonlyMap<number, DigestAlgorithm> = new Map([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
  [128, 'sha512'],
]);

const hex = '([0-9a-fA-F]{128}|[0-9a-fA-F]{64}|[0-9a-fA-F]{40}|[0-9a-fA-F]{32})';
/** `DIGEST  name`, `DIGEST *name`; `SHA256 (name) = DIGEST`; `name: DIGEST`; a digest alone. */
const coreutils = new RegExp(`^\\\\?${hex}[ \\t]+\\*?(\\S.{0,400})$`);
const bsd = new RegExp(`^[A-Z0-9-]{3,10}[ \\t]*\\((.{1,400})\\)[ \\t]*=[ \\t]*${hex}$`);
const reversed = new RegExp(`^(\\S{1,400}?)[ \\t]*[: \\t][ \\t]*${hex}$`);
const alone = new RegExp(`^(?:sha(?:1|256|512):|md5:)?${hex}$`);

interface Line {
  readonly name: string | null;
  readonly digest: string;
}

const lineOf = (text: string): Line | undefined => {
  const only = alone.exec(text);
  if (only) return { digest: only[1] ?? '', name: null };
  const first = coreutils.exec(text);
  // `-` stands for what came in by a pipe.
  if (first) return { digest: first[1] ?? '', name: first[2] === '-' ? null : (first[2] ?? null) };
  const second = bsd.exec(text) ?? reversed.exec(text);
  return second ? { digest: second[2] ?? '', name: second[1] ?? null } : undefined;
};

/** A name in a list as paths from the root: from the list's own folder, else as it stands. */
const pathsOf = (list: string, name: string): readonly string[] => {
  const folder = list.slice(0, list.lastIndexOf('/') + 1);
  const paths = [`${folder}${name}`, name].flatMap((path) => localWork(path)?.slice('local:'.length) ?? []);
  return [...new Set(paths)];
};

/** Lists of digests as `sha256sum`, `md5sum` and their kin write them. Only of files that are the same everywhere: texts may change their line ends. */
export const checksumsReader: Reader = {
  id: 'checksums',
  version: 1,
  matches: (_path, name) => listName.test(name),
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('checksums');
    const single = ofOneFile.test(path) ? path.replace(ofOneFile, '') : null;
    for (const { 0: whole, index } of text.matchAll(/[^\r\n]+/g)) {
      if (whole.length > limits.lineLength || /^\s*[#;]/.test(whole)) continue;
      const line = lineOf(whole.trim());
      const algorithm = byLength.get(line?.digest.length ?? 0);
      if (!line || algorithm === undefined) continue;
      const files = line.name === null ? (single === null ? [] : [single]) : pathsOf(path, line.name.replace(/^\.\//, ''));
      const [file] = files;
      if (file === undefined || !isBinaryName(file)) continue;
      const id = idOf('digest', `${file} ${line.digest.toLowerCase()}`);
      facts.push({ kind: 'digest', id, files, algorithm, digest: line.digest.toLowerCase(), via: 'list' });
      const start = index + whole.indexOf(line.digest);
      anchors[id] = { span: { start, end: start + line.digest.length } };
    }
    return { facts, anchors, problems: [] };
  },
};
