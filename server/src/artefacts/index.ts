import { adapterConfigReader } from './adapter-config.ts';
import { cardReader } from './card/reader.ts';
import { checksumsReader } from './checksums.ts';
import { datasetInfoReader } from './dataset-info.ts';
import { displayReader } from './display.ts';
import { croissantReader } from './documents/croissant.ts';
import { cyclonedxReader } from './documents/cyclonedx.ts';
import { datasetInfosReader } from './documents/dataset-infos.ts';
import { dvcReader } from './documents/dvc.ts';
import { mlflowReader } from './documents/mlflow.ts';
import { spdxDocumentReader } from './documents/spdx.ts';
import { ggufReader } from './gguf.ts';
import { gitmodulesReader } from './gitmodules.ts';
import { lfsPointerReader } from './lfs-pointer.ts';
import { licenceFileReader } from './licence-file.ts';
import { manifestReader } from './manifest.ts';
import { modelConfigReader } from './model-config.ts';
import { notebookReader } from './notebook.ts';
import { linksReader } from './prose/links.ts';
import { proseReader } from './prose/reader.ts';
import { pythonReader } from './python/reader.ts';
import { requirementsReader } from './requirements.ts';
import { safetensorsReader } from './safetensors.ts';
import { spdxTagReader } from './spdx-tag.ts';
import { suppressionReader } from './suppressions.ts';
import { trainerConfigReader } from './trainer-config.ts';
import type { Reader } from './types.ts';

/** All readers; several may read one file. A new format is one line here. */
export const readers: readonly Reader[] = [
  adapterConfigReader,
  cardReader,
  checksumsReader,
  croissantReader,
  cyclonedxReader,
  datasetInfoReader,
  datasetInfosReader,
  displayReader,
  dvcReader,
  ggufReader,
  gitmodulesReader,
  lfsPointerReader,
  licenceFileReader,
  linksReader,
  manifestReader,
  mlflowReader,
  modelConfigReader,
  notebookReader,
  proseReader,
  pythonReader,
  requirementsReader,
  safetensorsReader,
  spdxDocumentReader,
  spdxTagReader,
  suppressionReader,
  trainerConfigReader,
];

export const readersFor = (path: string): readonly Reader[] => {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return readers.filter((reader) => reader.matches(path, name));
};

/** Part of every cache key: an answer of an older reader is never mixed with those of a newer one. */
export const readersVersion: string = readers.map((reader) => `${reader.id}@${reader.version}`).join(' ');
