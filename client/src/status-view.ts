import type { StatusParameters } from '../../server/src/protocol/requests.ts';

/** What the language status item shows; plain data, so that it is tested without an editor. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly severity: 'information' | 'warning' | 'error';
  readonly command: { readonly title: string; readonly id: string };
}

const output = { title: 'Show Output', id: 'pedigree.showOutput' };

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

const worksText = ({ known, unknown }: StatusParameters['works']): string => {
  if (known + unknown === 0) return 'no works of others';
  return `${count(known + unknown, 'work')} of others, ${unknown === 0 ? 'all of known terms' : `${unknown} of unknown terms`}`;
};

export const statusView = ({ state, files, works, knowledge, message }: StatusParameters): StatusView => {
  const of = `Knowledge of ${knowledge}`;
  if (state === 'starting') return { text: 'Pedigree: starting', detail: '', busy: true, severity: 'information', command: output };
  if (state === 'reading') return { text: 'Pedigree: reading the workspace', detail: of, busy: true, severity: 'information', command: output };
  if (state === 'failed')
    return {
      text: `Pedigree: ${message ?? 'stopped'}`,
      detail: '',
      busy: false,
      severity: 'error',
      command: { title: 'Restart', id: 'pedigree.restartServer' },
    };
  const audit = { title: 'Audit Workspace', id: 'pedigree.auditWorkspace' };
  // Little room: what is wrong comes first.
  if (message !== null)
    return { text: `Pedigree: skips ${message}`, detail: 'its server did not get through it', busy: false, severity: 'warning', command: output };
  return {
    text: `Pedigree: ${worksText(works)}`,
    detail: `${count(files, 'file')} read, ${of.toLowerCase()}`,
    busy: false,
    severity: 'information',
    command: audit,
  };
};

/** Before the server says anything, and after it is gone. */
export const stateOnly = (state: 'starting' | 'failed', message: string | null = null): StatusParameters => ({
  state,
  files: 0,
  works: { known: 0, unknown: 0 },
  findings: { error: 0, warning: 0, information: 0 },
  knowledge: '',
  message,
});
