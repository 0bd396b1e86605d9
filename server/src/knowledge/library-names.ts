import names from './data/python-names.json';

const models = new Map(Object.entries(names.models));

/** Names by which a library knows models of the hub, where it has a list of its own. */
export const libraryNames: readonly string[] = [...models.keys()];

export const modelOfLibrary = (name: string): string | undefined => models.get(name);
