/** What a record holds itself: keys come from files, and one may be called `constructor`. */
export const held = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);
