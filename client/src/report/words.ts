import type { Report } from '../../../server/src/protocol/report.ts';

export const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

/** A work as people write it: the hub's id, the service's model, the path. */
export const workName = (id: string): string => {
  if (id === 'local:.') return 'this repository';
  // A script or a configuration is no work itself: what it makes is.
  const made = /^local:(.*\.(?:ya?ml|py|ipynb))(?:#(model|outputs))?$/.exec(id);
  if (made) return `${made[2] === 'outputs' ? 'the data' : 'the model'} of ${made[1]}`;
  return id.replace(/^(?:pkg:huggingface\/(?:datasets\/)?|service:|local:)/, '');
};

const relations: Readonly<Record<string, string>> = {
  finetune: 'fine-tune of',
  adapter: 'adapter of',
  quantized: 'quantised from',
  merge: 'merge of',
  distilledFrom: 'distilled from',
  trainedOn: 'trained on',
  testedOn: 'tested on',
  generatedBy: 'written by',
  copiedFrom: 'copied from',
};

/** What a work came from, or nothing where the relation says only that it is used. */
export const originText = (type: string, to: string): string | undefined => {
  const words = relations[type];
  return words === undefined ? undefined : `${words} ${workName(to)}`;
};

const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`);

const worksSentence = ({ known, unknown }: Report['summary']['works']): string => {
  if (known + unknown === 0) return 'No models, data sets or services of others were found in it.';
  const takes = `It takes from ${count(known + unknown, 'work')} of others`;
  if (unknown === 0) return `${takes}; the terms of ${known === 1 ? 'it' : 'all of them'} are known.`;
  if (known > 0) return `${takes}; for ${unknown.toLocaleString('en-GB')} of them nothing says what is allowed.`;
  return `${takes}; nothing says what is allowed for ${unknown === 1 ? 'it' : 'any of them'}.`;
};

const findingsSentence = ({ error, warning, information }: Report['summary']['findings']): string => {
  if (error + warning + information === 0) return 'Nothing that was read contradicts itself or the terms that reach it.';
  const parts = [
    ...(error > 0 ? [`${count(error, 'contradiction')} to settle (errors)`] : []),
    ...(warning > 0 ? [`${count(warning, 'point')} to decide (warnings)`] : []),
    ...(information > 0 ? [`${count(information, 'note')} to know of`] : []),
  ];
  return `${listed(parts)}.`;
};

const publishSentence = (report: Report): string | undefined => {
  const whole = report.publishable.find((row) => row.work === 'local:.');
  if (!whole) return undefined;
  if (whole.as.length === 0) return 'Nothing known permits to publish it as it stands.';
  // What is unknown may forbid what the rest allows.
  return report.summary.works.unknown === 0
    ? `So far as is known, it may be published under ${listed(whole.as)}.`
    : `The known terms alone would let it be published under ${listed(whole.as)}; the unknown ones may not.`;
};

const readSentence = ({ files, read }: Report['summary']): string => {
  if (files === read) return `${count(files, 'file')} ${files === 1 ? 'was' : 'were'} read.`;
  return `Of ${count(files, 'file')}, the ${read === 1 ? 'one' : read.toLocaleString('en-GB')} that can say something ${read === 1 ? 'was' : 'were'} read.`;
};

const completeSentence = ({ summary, skipped }: Report): string => {
  if (summary.complete) return readSentence(summary);
  if (skipped.length === 0) return 'The audit is incomplete: a limit was reached.';
  return `The audit is incomplete: ${count(skipped.length, 'file was', 'files were')} not read, and what ${skipped.length === 1 ? 'it says' : 'they say'} is missing here.`;
};

const suppressedSentence = (suppressed: number): string | undefined =>
  suppressed === 0 ? undefined : `${count(suppressed, 'finding is', 'findings are')} held back by a policy or a comment here; the reasons are below.`;

/** What somebody who reads nothing else should know. */
export const summarySentences = (report: Report): readonly string[] =>
  [
    findingsSentence(report.summary.findings),
    worksSentence(report.summary.works),
    publishSentence(report),
    completeSentence(report),
    suppressedSentence(report.summary.suppressed),
  ].filter((sentence) => sentence !== undefined);
