import { asString, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { limits } from '../text/limits.ts';
import { readYaml } from '../text/yaml.ts';
import { addProblems, draftOf, moreThan, nothingRead, readingOf } from './draft.ts';
import { roleOfPath } from './hub-id.ts';
import { tellingOf } from './shell/facts.ts';
import type { Telling } from './shell/facts.ts';
import { tellShell } from './shell/reader.ts';
import type { Definition } from './shell/statements.ts';
import { mayNameWorks } from './shell/table.ts';
import { environmentOf, matrixOf, scalarsOf, shellOf } from './shell/yaml-text.ts';
import type { Reader, Reading, Role } from './types.ts';

/** A workflow that hands something on: the others build and test, and choose nothing for anybody. */
const deciding = /deploy|publish|release|serve|serving|train|finetun|fine-tun|upload|convert|quanti|docker|image|build-and-push|sync|inference/i;
const testing = /test|check|lint|bench|eval|validat|verify|nightly|smoke|integration|(?:^|[^a-z])ci(?:$|[^a-z])/i;

const roleOf = (path: string, names: string): Role => {
  const role = roleOfPath(path);
  if (role !== 'decision') return role;
  return deciding.test(names) && !testing.test(names) ? 'decision' : 'evaluation';
};

interface Run {
  readonly telling: Telling;
  readonly text: string;
  left: number;
}

const tellRun = (run: Run, node: DataNode | undefined, definitions: readonly Definition[], role: Role): void => {
  for (const scalar of scalarsOf(node)) {
    if (typeof scalar.value !== 'string' || !mayNameWorks(scalar.value)) continue;
    run.left -= 1;
    if (run.left < 0) return;
    tellShell({ ...run.telling, role }, shellOf(run.text, scalar), definitions);
  }
};

const entriesOf = (node: DataNode | undefined): readonly { readonly key: string; readonly value: DataNode }[] => (node?.kind === 'map' ? node.entries : []);

/** Jobs of a workflow, or the steps of an action. */
const tellJobs = (run: Run, root: DataNode, path: string): void => {
  const { text } = run;
  const common = environmentOf(text, get(root, 'env'));
  const title = `${path} ${asString(get(root, 'name')) ?? ''}`;
  const jobs = [...entriesOf(get(root, 'jobs')), ...(get(root, 'runs') ? [{ key: '', value: get(root, 'runs') as DataNode }] : [])];
  for (const { key, value: job } of jobs) {
    const own = [...common, ...environmentOf(text, get(job, 'env')), ...matrixOf(text, get(job, 'strategy', 'matrix'))];
    const steps = get(job, 'steps');
    for (const step of steps?.kind === 'sequence' ? steps.items : []) {
      const names = `${title} ${key} ${asString(get(job, 'name')) ?? ''} ${asString(get(step, 'name')) ?? ''}`;
      tellRun(run, get(step, 'run'), [...own, ...environmentOf(text, get(step, 'env'))], roleOf(path, names));
    }
  }
};

/** Jobs of other runners keep their commands in lists. */
const tellScripts = (run: Run, root: DataNode, path: string): void => {
  const { text } = run;
  const common = environmentOf(text, get(root, 'variables'));
  for (const { key, value: job } of entriesOf(root)) {
    const own = [...common, ...environmentOf(text, get(job, 'variables'))];
    const names = `${key} ${asString(get(job, 'stage')) ?? ''}`;
    for (const part of ['before_script', 'script', 'after_script']) tellRun(run, get(job, part), own, roleOf(path, names));
  }
};

const isRunner = (name: string): boolean => name === '.gitlab-ci.yml' || name.endsWith('.gitlab-ci.yml');

/** Workflows and actions of GitHub, jobs of GitLab: commands that run there. */
export const workflowReader: Reader = {
  id: 'workflow',
  version: 2,
  matches: (path, name) => /(?:^|\/)\.(?:github|gitea|forgejo)\/(?:workflows|actions)\/.*\.ya?ml$/.test(path) || /^action\.ya?ml$/.test(name) || isRunner(name),
  wants: 'text',
  maximum: limits.shellBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!mayNameWorks(text)) return nothingRead;
    const { root, problems } = readYaml(text);
    if (!root) return { ...nothingRead, problems: problems.filter((problem) => problem.limit) };
    const draft = draftOf('workflow', path, knowledge);
    const run: Run = { telling: tellingOf(draft, path), text, left: limits.workflowSteps };
    addProblems(draft, problems);
    if (isRunner(path)) tellScripts(run, root, path);
    else tellJobs(run, root, path);
    return readingOf(draft, run.left < 0 ? [moreThan(limits.workflowSteps, 'steps')] : []);
  },
};
