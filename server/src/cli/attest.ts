import { basename, join, resolve } from 'node:path';
import { homepage } from '../../../package.json';
import { isBinaryName } from '../artefacts/weights-names.ts';
import { fileDigest } from '../host/file-digest.ts';
import type { Workspace } from '../host/workspace.ts';
import { statementOf } from '../report/statement.ts';
import type { FileDigest } from '../report/statement.ts';
import { askedTime } from './bill.ts';

export interface AttestOptions {
  readonly workspace: Workspace;
  /** Where a policy was given that is not the tree's own. */
  readonly policyPath: string | undefined;
  readonly failOn: string;
  readonly passed: boolean;
}

/** The statement, or why there is none: what cannot be read cannot be attested. */
export const attestation = async ({
  workspace,
  policyPath,
  failOn,
  passed,
}: AttestOptions): Promise<{ readonly text: string } | { readonly failed: string }> => {
  const { root } = workspace;
  const files: FileDigest[] = [];
  for (const path of workspace.paths()) {
    const sha256 = await fileDigest(join(root, path));
    if (sha256 === undefined) return { failed: `"${path}" cannot be read, so nothing can be said of the whole` };
    files.push({ path, sha256 });
  }
  const { report } = workspace.analysis();
  const policyFile = policyPath ?? report.inputs.policy;
  const policy = policyFile === null ? undefined : await fileDigest(policyPath === undefined ? join(root, policyFile) : resolve(policyPath));
  const text = statementOf({
    report,
    name: basename(root),
    files,
    weights: new Set(files.map(({ path }) => path).filter(isBinaryName)),
    policy: policyFile === null || policy === undefined ? null : { path: basename(policyFile), sha256: policy },
    failOn,
    passed,
    created: askedTime(),
    home: homepage,
  });
  return { text };
};
