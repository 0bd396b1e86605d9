import type { Knowledge } from '../../knowledge/types.ts';
import { readLicenceIndex } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import { readNoticeIndex } from './grammar-names.ts';
import type { NoticeIndex } from './grammar-names.ts';
import { writeStore } from './store.ts';

/** All that recognition needs, laid over the index file. */
export interface Recogniser {
  readonly index: LicenceIndex;
  readonly notices: NoticeIndex;
}

const made = new WeakMap<Knowledge, Recogniser>();

/** The recogniser of a knowledge, made when it is first asked for. Without an index, which a damaged installation lacks, it knows nothing. */
export const recogniserOf = (knowledge: Knowledge): Recogniser => {
  const known = made.get(knowledge);
  if (known) return known;
  const index = readLicenceIndex(knowledge.licenceIndex()) ?? readLicenceIndex(writeStore({}));
  if (!index) throw new Error('an index without sections can always be read');
  const built = { index, notices: readNoticeIndex(index.store, index.vocabulary) };
  made.set(knowledge, built);
  return built;
};
