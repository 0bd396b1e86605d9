import { adapterConfigReader } from './adapter-config.ts';
import { cardReader } from './card/reader.ts';
import { cellsReader } from './cells.ts';
import { checksumsReader } from './checksums.ts';
import { codeSettingsReader } from './code-settings.ts';
import { addressesReader } from './addresses.ts';
import { dataFileReader, dataSettingsReader } from './data-settings.ts';
import { datasetInfoReader } from './dataset-info.ts';
import { deploymentReader } from './deployment.ts';
import { disclosureReader } from './disclosure.ts';
import { displayReader } from './display.ts';
import { dockerReader } from './docker.ts';
import { croissantReader } from './documents/croissant.ts';
import { cyclonedxReader } from './documents/cyclonedx.ts';
import { datasetInfosReader } from './documents/dataset-infos.ts';
import { dvcReader } from './documents/dvc.ts';
import { importsReader } from './imports.ts';
import { mlflowReader } from './documents/mlflow.ts';
import { spdxDocumentReader } from './documents/spdx.ts';
import { ggufReader } from './gguf.ts';
import { gitmodulesReader } from './gitmodules.ts';
import { namedFilesReader } from './named-files.ts';
import { installsReader, notebookInstallsReader } from './installs.ts';
import { notebookOriginsReader } from './origins/notebook.ts';
import { dataTermsReader } from './origins/data-terms.ts';
import { noticesReader } from './origins/notices.ts';
import { originsReader } from './origins/reader.ts';
import { dep5Reader, reuseReader } from './origins/reuse.ts';
import { javascriptReader } from './javascript/reader.ts';
import { instructionsReader } from './instructions.ts';
import { lfsPointerReader } from './lfs-pointer.ts';
import { licenceFileReader } from './licence-file.ts';
import { manifestReader } from './manifest.ts';
import { modelConfigReader } from './model-config.ts';
import { modelSignatureReader } from './model-signature.ts';
import { modelfileReader } from './modelfile.ts';
import { modulesReader } from './modules.ts';
import { packageFileReader } from './package-files.ts';
import { notebookReader } from './notebook.ts';
import { notebookSuppressionReader } from './notebook-suppressions.ts';
import { claimsReader } from './prose/claims.ts';
import { creditsReader } from './prose/credits.ts';
import { documentsReader } from './prose/documents.ts';
import { fetchedDataReader } from './prose/fetched-data.ts';
import { linksReader } from './prose/links.ts';
import { proseReader } from './prose/reader.ts';
import { shownCodeReader } from './shown-code.ts';
import { shownReader } from './prose/shown.ts';
import { straysReader } from './prose/strays.ts';
import { takingsReader } from './prose/takings.ts';
import { dataSourcesReader } from './prose/data-sources.ts';
import { trainingReader } from './prose/training.ts';
import { putFoldersReader } from './put-folders.ts';
import { pythonReader } from './python/reader.ts';
import { redirectsReader } from './redirects.ts';
import { requirementsReader } from './requirements.ts';
import { safetensorsReader } from './safetensors.ts';
import { settingsReader } from './settings.ts';
import { setupRequirementsReader } from './setup-requirements.ts';
import { shellReader } from './shell/reader.ts';
import { spdxTagReader } from './spdx-tag.ts';
import { suppressionReader } from './suppressions.ts';
import { trainerConfigReader } from './trainer-config.ts';
import { trainerOutputReader } from './trainer-output.ts';
import { checkpointReader } from './weights/checkpoint.ts';
import { coreMlReader } from './weights/core-ml.ts';
import { kerasReader } from './weights/keras.ts';
import { nemoReader } from './weights/nemo.ts';
import { onnxReader } from './weights/onnx.ts';
import { tfliteReader } from './weights/tflite.ts';
import { weightsSettingsReader } from './weights-settings.ts';
import type { Reader } from './types.ts';
import { workflowReader } from './workflow.ts';

/** All readers; several may read one file. A new format is one line here. */
export const readers: readonly Reader[] = [
  adapterConfigReader,
  cardReader,
  cellsReader,
  claimsReader,
  creditsReader,
  checksumsReader,
  codeSettingsReader,
  croissantReader,
  cyclonedxReader,
  addressesReader,
  dataFileReader,
  dataSettingsReader,
  dataTermsReader,
  dataSourcesReader,
  fetchedDataReader,
  datasetInfoReader,
  datasetInfosReader,
  deploymentReader,
  disclosureReader,
  displayReader,
  dockerReader,
  documentsReader,
  dvcReader,
  ggufReader,
  gitmodulesReader,
  importsReader,
  namedFilesReader,
  noticesReader,
  originsReader,
  dep5Reader,
  reuseReader,
  javascriptReader,
  installsReader,
  instructionsReader,
  lfsPointerReader,
  licenceFileReader,
  linksReader,
  manifestReader,
  mlflowReader,
  modelConfigReader,
  modelSignatureReader,
  modelfileReader,
  modulesReader,
  notebookReader,
  notebookSuppressionReader,
  notebookOriginsReader,
  notebookInstallsReader,
  packageFileReader,
  proseReader,
  putFoldersReader,
  pythonReader,
  redirectsReader,
  requirementsReader,
  safetensorsReader,
  settingsReader,
  setupRequirementsReader,
  shellReader,
  shownCodeReader,
  shownReader,
  spdxDocumentReader,
  spdxTagReader,
  suppressionReader,
  straysReader,
  takingsReader,
  trainingReader,
  trainerConfigReader,
  trainerOutputReader,
  workflowReader,
  checkpointReader,
  coreMlReader,
  kerasReader,
  nemoReader,
  onnxReader,
  tfliteReader,
  weightsSettingsReader,
];

/** Each path is asked for several times in a row: those of the files that are read at once are kept. */
const kept = new Map<string, readonly Reader[]>();
const mostKept = 1_000;

export const readersFor = (path: string): readonly Reader[] => {
  const known = kept.get(path);
  if (known) return known;
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const found = readers.filter((reader) => reader.matches(path, name));
  if (kept.size >= mostKept) kept.clear();
  kept.set(path, found);
  return found;
};

/** Part of every cache key: an answer of an older reader is never mixed with those of a newer one. */
export const readersVersion: string = readers.map((reader) => `${reader.id}@${reader.version}`).join(' ');
