/** The date in UTC, so that two machines in two time zones agree. PEDIGREE_TODAY sets it for tests and reproducible reports. */
export const today = (): string => {
  const set = process.env['PEDIGREE_TODAY'];
  return set !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(set) ? set : new Date().toISOString().slice(0, 10);
};
