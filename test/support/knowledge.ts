import { knowledgeDirectory, openKnowledge } from '../../server/src/host/knowledge.ts';
import { memo } from '../../server/src/knowledge/lookup.ts';
import type { Knowledge } from '../../server/src/knowledge/types.ts';

/** The project's own tables, opened once for all tests of a run. */
export const testKnowledge: () => Knowledge = memo(() => openKnowledge(knowledgeDirectory()));
