import { ambiguousLicence } from './ambiguous-licence.ts';
import { attributionNotice } from './attribution-notice.ts';
import { borrowedBadge } from './borrowed-badge.ts';
import { copiedCode } from './copied-code.ts';
import { copyleftDependency } from './copyleft-dependency.ts';
import { copyleftWork } from './copyleft-work.ts';
import { danglingLicenceReference } from './dangling-licence-reference.ts';
import { deniedLicence } from './denied-licence.ts';
import { deprecatedLicenceId } from './deprecated-licence-id.ts';
import { derivativeNaming } from './derivative-naming.ts';
import { disputedCorpus } from './disputed-corpus.ts';
import { extractionPattern } from './extraction-pattern.ts';
import { fieldOfUse } from './field-of-use.ts';
import { forkedSubmodule } from './forked-submodule.ts';
import { gatedRedistribution } from './gated-redistribution.ts';
import { invalidLicenceId } from './invalid-licence-id.ts';
import { invalidSuppression } from './invalid-suppression.ts';
import { licenceLaundering } from './licence-laundering.ts';
import { licenceMismatch } from './licence-mismatch.ts';
import { licenceMissing } from './licence-missing.ts';
import { licenceTextMissing } from './licence-text-missing.ts';
import { mergeConflict } from './merge-conflict.ts';
import { modifiedLicence } from './modified-licence.ts';
import { noncommercialCode } from './noncommercial-code.ts';
import { noncommercialData } from './noncommercial-data.ts';
import { noncommercialWeights } from './noncommercial-weights.ts';
import { openSourceClaim } from './open-source-claim.ts';
import { outputTerms } from './output-terms.ts';
import { remoteCode } from './remote-code.ts';
import { restrictedWeights } from './restricted-weights.ts';
import { serviceOutputData } from './service-output-data.ts';
import { serviceOutputPublished } from './service-output-published.ts';
import { serviceOutputTraining } from './service-output-training.ts';
import { shareAlike } from './share-alike.ts';
import { termsFlowDown } from './terms-flow-down.ts';
import { territoryExclusion } from './territory-exclusion.ts';
import { trainingDataDisclosure } from './training-data-disclosure.ts';
import { unknownOrigin } from './unknown-origin.ts';
import { unknownTerms } from './unknown-terms.ts';
import { unlicensedData } from './unlicensed-data.ts';
import { unofficialMirror } from './unofficial-mirror.ts';
import { unpinnedRevision } from './unpinned-revision.ts';
import { userThreshold } from './user-threshold.ts';
import { weightsDigestMismatch } from './weights-digest-mismatch.ts';
import { withdrawnData } from './withdrawn-data.ts';
import type { Rule } from './types.ts';

/** All rules, by id. A test holds the order and that each has its page and its test. */
export const rules: readonly Rule[] = [
  ambiguousLicence,
  attributionNotice,
  borrowedBadge,
  copiedCode,
  copyleftDependency,
  copyleftWork,
  danglingLicenceReference,
  deniedLicence,
  deprecatedLicenceId,
  derivativeNaming,
  disputedCorpus,
  extractionPattern,
  fieldOfUse,
  forkedSubmodule,
  gatedRedistribution,
  invalidLicenceId,
  invalidSuppression,
  licenceLaundering,
  licenceMismatch,
  licenceMissing,
  licenceTextMissing,
  mergeConflict,
  modifiedLicence,
  noncommercialCode,
  noncommercialData,
  noncommercialWeights,
  openSourceClaim,
  outputTerms,
  remoteCode,
  restrictedWeights,
  serviceOutputData,
  serviceOutputPublished,
  serviceOutputTraining,
  shareAlike,
  termsFlowDown,
  territoryExclusion,
  trainingDataDisclosure,
  unknownOrigin,
  unknownTerms,
  unlicensedData,
  unofficialMirror,
  unpinnedRevision,
  userThreshold,
  weightsDigestMismatch,
  withdrawnData,
];

export const ruleById = (id: string): Rule | undefined => rules.find((rule) => rule.id === id);
