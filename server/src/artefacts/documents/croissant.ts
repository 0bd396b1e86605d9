import { asString, get, stringScalars } from '../../text/data.ts';
import type { DataNode, DataScalar } from '../../text/data.ts';
import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import { addLicence, addRelation, addWork, draftOf, nothingRead, placeOf, readingOf, tooLong } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { workOfLink } from '../purl.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';

type Text = DataScalar & { readonly value: string };

/** Properties carry a prefix or not, and hold one value or several, each a string or an object with an address or a name. */
const valuesOf = (root: DataNode, ...names: readonly string[]): readonly Text[] =>
  names.flatMap((name) => {
    const node = root.kind === 'map' ? root.entries.findLast((entry) => entry.key === name || entry.key.endsWith(`:${name}`))?.value : undefined;
    const items = node?.kind === 'sequence' ? node.items : node ? [node] : [];
    return items.flatMap((item) => {
      if (item.kind === 'scalar') return stringScalars(item);
      const [first] = ['url', '@id', 'name'].flatMap((key) => stringScalars(get(item, key)));
      return first ? [first] : [];
    });
  });

const describesData = (root: DataNode): boolean => {
  const types = stringScalars(get(root, '@type')).map((entry) => entry.value);
  return types.some((type) => /(?:^|[:/])Dataset$/.test(type)) && valuesOf(root, 'conformsTo').some((entry) => entry.value.includes('mlcommons.org/croissant'));
};

/** What the description is of: a data set of the hub, else the data of the folder that it lies in. */
const subjectOf = (root: DataNode, path: string): WorkId => {
  for (const url of valuesOf(root, 'url')) {
    const found = workOfLink(url.value);
    if (found?.work.includes('/datasets/')) return found.work;
  }
  const slash = path.lastIndexOf('/');
  return slash < 0 ? here : `local:${path.slice(0, slash)}`;
};

/** A description in a folder of descriptions, whose data all lie elsewhere, speaks of others' data; one at the top is the tree's own. */
const liesElsewhere = (root: DataNode, path: string): boolean => {
  const files = get(root, 'distribution');
  const urls = (files?.kind === 'sequence' ? files.items : []).flatMap((file) => asString(get(file, 'contentUrl')) ?? []);
  return path.includes('/') && urls.length > 0 && urls.every((url) => url.includes('://'));
};

const addOrigins = (draft: Draft, root: DataNode, subject: WorkId): void => {
  for (const origin of valuesOf(root, 'wasDerivedFrom', 'isBasedOn')) {
    const found = workOfLink(origin.value);
    if (!found) continue;
    const to = { from: subject, to: found.work, type: 'copiedFrom', via: 'isBasedOn', revision: found.revision } as const;
    addRelation(draft, subject.startsWith('pkg:') ? { ...to, role: 'mention' } : to, placeOf(origin));
  }
};

/** Croissant: JSON-LD that describes a data set, its licence and what it was derived from. */
export const croissantReader: Reader = {
  id: 'croissant',
  version: 1,
  matches: (_path, name) => /croissant[\w.-]*\.json(?:ld)?$|^metadata\.json(?:ld)?$/.test(name),
  wants: 'text',
  maximum: limits.descriptionBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    if (!text.includes('mlcommons.org/croissant')) return nothingRead;
    if (size > limits.descriptionBytes) return tooLong(limits.descriptionBytes);
    const { root, problems } = readJson(text);
    if (root?.kind !== 'map' || !describesData(root)) return { ...nothingRead, problems: root ? [] : problems };
    const draft = draftOf('croissant', path, knowledge);
    const subject = subjectOf(root, path);
    const foreign = subject.startsWith('pkg:') || liesElsewhere(root, path);
    const speaker = foreign ? 'other' : 'licensor';
    if (subject.startsWith('local:') && !foreign) addWork(draft, subject, 'dataset', 'config', { span: { start: root.span.start, end: root.span.start } });
    for (const licence of valuesOf(root, 'license'))
      addLicence(draft, { work: subject, scope: 'data', speaker, via: 'document', stated: licence.value, field: 'free' }, placeOf(licence));
    addOrigins(draft, root, subject);
    const name = asString(get(root, 'name'));
    if (subject.startsWith('pkg:') && name !== undefined) {
      const [url] = valuesOf(root, 'url');
      if (url) addRelation(draft, { from: here, to: subject, type: 'loads', via: 'description', role: 'mention' }, placeOf(url));
    }
    return readingOf(draft, problems);
  },
};
