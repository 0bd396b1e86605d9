import names from './data/python-names.json';

const models = new Map(Object.entries(names.models));
const handles = new Map(Object.entries(names.kaggle));

/** Names by which a library knows models of the hub, where it has a list of its own, and how handles of another platform begin. */
export const libraryNames: readonly string[] = [...models.keys(), ...[...handles.keys()].map((name) => `${name}/`)];

/** `owner/name/framework/variation`: the model is told by the first two. */
const handled = /^([\w.-]{1,40}\/[\w.-]{1,60})\/[A-Za-z]\w{1,20}(?:\/|$)/;

export const modelOfLibrary = (name: string): string | undefined =>
  models.get(name) ?? (name.length <= 160 ? handles.get(handled.exec(name)?.[1] ?? '') : undefined);
