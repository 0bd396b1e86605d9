import { asString, get } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { readYaml } from '../../text/yaml.ts';
import { addRelation, addWork, draftOf, nothingRead, placeOf, readingOf } from '../draft.ts';
import { hubReference, modelWork } from '../hub-id.ts';
import type { Reader, Reading, WorkId } from '../types.ts';

/**
 * MLmodel of MLflow: what a logged model was made from. With `model_binary` the weights lie beside it; with a revision in its place they are
 * fetched from the hub each time.
 */
export const mlflowReader: Reader = {
  id: 'mlflow',
  version: 1,
  matches: (_path, name) => name === 'mlmodel',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!text.includes('flavors')) return nothingRead;
    const { root, problems } = readYaml(text);
    const flavors = get(root, 'flavors');
    if (flavors?.kind !== 'map') return { ...nothingRead, problems: root ? [] : problems };
    const draft = draftOf('mlflow', path, knowledge);
    const slash = path.lastIndexOf('/');
    const work: WorkId = `local:${slash < 0 ? '.' : path.slice(0, slash)}`;
    for (const { value: flavor } of flavors.entries) {
      const node = get(flavor, 'source_model_name');
      const found = hubReference(asString(node) ?? '');
      if (!found || node?.kind !== 'scalar') continue;
      const stored = get(flavor, 'model_binary') !== undefined;
      const revision = asString(get(flavor, 'source_model_revision')) ?? found.revision;
      if (stored) addWork(draft, work, 'model', 'config', placeOf(node));
      addRelation(
        draft,
        { from: work, to: modelWork(found.id), type: stored ? 'finetune' : 'loads', via: 'source_model_name', revision, pinnable: !stored },
        placeOf(node),
      );
    }
    return readingOf(draft, problems);
  },
};
