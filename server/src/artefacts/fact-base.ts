/** What every fact has. */
export interface FactBase {
  /** Unique in its file and stable while the text only moves: reader, kind, content and an ordinal, never an offset. */
  readonly id: string;
  /** Pedigree itself wrote it, from what the rest of the tree said then: it counts where the rest says nothing. */
  readonly echo?: true;
}
