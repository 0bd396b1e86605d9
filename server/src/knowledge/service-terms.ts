import type { ServiceTerms } from './types.ts';

/** What holds for the outputs of one model of a service, at a day: its own terms, else those of that day, else the present ones. */
export const serviceTerms = (service: ServiceTerms, model: string | null, date: string | null): ServiceTerms => {
  const own = model === null ? undefined : service.byModel.find((row) => new RegExp(row.pattern).test(model));
  if (own) return { ...service, trainAnyModel: own.trainAnyModel, clause: own.clause, summary: own.summary };
  const earlier = date === null ? undefined : service.earlier.find((row) => date < row.until);
  return earlier
    ? { ...service, trainAnyModel: earlier.trainAnyModel, clause: null, summary: earlier.summary, source: earlier.source, asOf: earlier.until }
    : service;
};
