import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseAllDocuments, parse } from 'yaml';
import type { Merged } from '../../server/src/report/merge.ts';
import { pedigree } from '../support/cli.ts';

interface Container {
  readonly args: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: unknown;
  readonly volumeMounts: readonly { readonly name: string }[];
}
interface Job {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completionMode: string;
    readonly completions: number;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly automountServiceAccountToken: boolean;
        readonly securityContext: { readonly runAsNonRoot: boolean };
        readonly containers: readonly [Container];
        readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
      };
    };
  };
}
interface List {
  readonly metadata: { readonly name: string };
  readonly data: { readonly list: string };
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>>;
}

describe('many repositories', function () {
  this.timeout(60_000);
  const blocks = [...readFileSync('docs/scale.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const workflow = parse(blocks[0] ?? '') as Workflow;
  const documents = parseAllDocuments(blocks[1] ?? '');
  const [list, job] = documents.map((document) => document.toJS() as unknown) as [List, Job];
  const pod = job.spec.template.spec;
  const [container] = pod.containers;

  const fields: readonly (readonly [string, () => unknown, unknown])[] = [
    ['is YAML', () => documents.flatMap(({ errors }) => errors), []],
    ['is a Job', () => [job.apiVersion, job.kind], ['batch/v1', 'Job']],
    ['is indexed, with an index for each line', () => [job.spec.completionMode, job.spec.completions], ['Indexed', list.data.list.trim().split('\n').length]],
    ['is not restarted in place', () => pod.restartPolicy, 'Never'],
    ['has no rights', () => [pod.automountServiceAccountToken, pod.securityContext.runAsNonRoot], [false, true]],
    ['has no abilities', () => container.securityContext, { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }],
    ['mounts what it names', () => container.volumeMounts.map(({ name }) => name), pod.volumes.map(({ name }) => name)],
    ['reads the list', () => pod.volumes.find(({ name }) => name === 'list')?.configMap?.name, list.metadata.name],
  ];
  for (const [title, actual, expected] of fields) it(`in a Job that ${title}`, () => assert.deepEqual(actual(), expected));

  it('in a workflow that names actions by a commit and puts nothing into a line of a shell', () => {
    for (const { uses, run } of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) {
      if (uses !== undefined) assert.match(uses, /@[0-9a-f]{40}$/);
      assert.ok(!run?.includes('${{'), run);
    }
  });

  it('are audited by the script of the pod, a line each, and joined', function () {
    if (process.platform === 'win32') this.skip();
    const root = mkdtempSync(join(tmpdir(), 'pedigree-scale-'));
    try {
      const names = ['one', 'two', 'three'];
      for (const name of names) {
        mkdirSync(join(root, name));
        writeFileSync(join(root, name, 'README.md'), '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n');
        for (const words of [
          ['init', '--quiet'],
          ['add', '.'],
          ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message', 'x'],
        ])
          assert.equal(spawnSync('git', ['-C', join(root, name), ...words]).status, 0);
      }
      writeFileSync(join(root, 'list'), names.map((name) => `${name} file://${join(root, name)}\n`).join(''));
      mkdirSync(join(root, 'bin'));
      writeFileSync(join(root, 'bin', 'pedigree'), `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/cli.js')}" "$@"\n`);
      chmodSync(join(root, 'bin', 'pedigree'), 0o755);
      mkdirSync(join(root, 'reports'));
      const [shell = '', ...options] = container.command;
      for (const at of names.keys()) {
        const work = mkdtempSync(join(root, 'work-'));
        const run = spawnSync(shell, [...options, ...container.args], {
          encoding: 'utf8',
          env: {
            ...process.env,
            ...Object.fromEntries(container.env.map(({ name, value }) => [name, value])),
            PATH: [join(root, 'bin'), process.env['PATH']].join(delimiter),
            HOME: work,
            WORK: work,
            LIST: join(root, 'list'),
            REPORTS: join(root, 'reports'),
            JOB_COMPLETION_INDEX: String(at),
          },
        });
        assert.equal(run.status, 0, run.stderr);
      }
      assert.deepEqual(readdirSync(join(root, 'reports')), ['one.json', 'three.json', 'two.json']);
      const merged = JSON.parse(pedigree('merge', '--format', 'json', ...names.map((name) => join(root, 'reports', `${name}.json`))).out) as Merged;
      assert.deepEqual(merged.works.find(({ id }) => id.endsWith('Llama-3.1-8B'))?.usedBy.length, 3);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
