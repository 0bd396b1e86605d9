import type { StatusParameters } from '../../server/src/protocol/requests.ts';
import { counted, say } from './say.ts';

/** What the language status item shows; plain data, so that it is tested without an editor. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly severity: 'information' | 'warning' | 'error';
  readonly command: { readonly title: string; readonly id: string };
}

const worksText = ({ known, unknown }: StatusParameters['works']): string => {
  if (known + unknown === 0) return say('status.noWorks');
  return unknown === 0 ? counted('status.allKnown', known) : counted('status.someUnknown', known + unknown, { unknown });
};

export const statusView = ({ state, files, works, knowledge, message }: StatusParameters): StatusView => {
  const output = { title: say('button.showOutput'), id: 'pedigree.showOutput' };
  if (state === 'starting') return { text: say('status.starting'), detail: '', busy: true, severity: 'information', command: output };
  if (state === 'reading')
    return {
      text: say('status.reading'),
      detail: say('status.knowledge', { date: knowledge }),
      busy: true,
      severity: 'information',
      command: output,
    };
  if (state === 'failed')
    return {
      text: say('status.failed', { reason: message ?? say('status.stopped') }),
      detail: '',
      busy: false,
      severity: 'error',
      command: { title: say('button.restart'), id: 'pedigree.restartServer' },
    };
  const audit = { title: say('status.audit'), id: 'pedigree.auditWorkspace' };
  // Little room: what is wrong comes first.
  if (message !== null)
    return { text: say('status.skips', { path: message }), detail: say('status.skipsWhy'), busy: false, severity: 'warning', command: output };
  return {
    text: worksText(works),
    detail: counted('status.read', files, { date: knowledge }),
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
