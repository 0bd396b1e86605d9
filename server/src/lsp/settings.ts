/** What a client sends as settings: our section of them, or that section alone. Nothing of it is known to hold. */
export const sectionOf = (settings: unknown): Readonly<Record<string, unknown>> => {
  if (typeof settings !== 'object' || settings === null) return {};
  const section: unknown = (settings as { readonly pedigree?: unknown }).pedigree ?? settings;
  return typeof section === 'object' && section !== null ? (section as Readonly<Record<string, unknown>>) : {};
};

/** What a client wants to be shown beside the text; off where it says nothing. */
export interface Shown {
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
}

export const shownByDefault: Shown = { codeLens: false, inlayHints: false };

/** From its initialization options, or the section `pedigree` of its settings; settings that speak of something else leave it as it is. */
export const shownBy = (settings: unknown, before: Shown = shownByDefault): Shown => {
  const { codeLens, inlayHints } = sectionOf(settings);
  return {
    codeLens: typeof codeLens === 'boolean' ? codeLens : before.codeLens,
    inlayHints: typeof inlayHints === 'boolean' ? inlayHints : before.inlayHints,
  };
};
