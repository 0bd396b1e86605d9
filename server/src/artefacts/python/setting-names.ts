/** Words that tell what a setting is, by where they stand in its name. */
export interface SettingWords {
  /** What the last word has to be. */
  readonly heads: ReadonlySet<string>;
  /** What may stand behind that. */
  readonly tails: ReadonlySet<string>;
  /** Words with which it is something else. */
  readonly others: ReadonlySet<string>;
}

/** Names of settings are short. */
export const longestSetting = 60;

/** Whether a name says what is asked for: `base_model`, `MODEL_NAME`, `llmModel`, `--pretrained-model-name-or-path`. */
export const isCalledFor = (name: string, { heads, tails, others }: SettingWords): boolean => {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  if (words.some((word) => others.has(word))) return false;
  while (words.length > 1 && tails.has(words.at(-1) ?? '')) words.pop();
  return heads.has(words.at(-1) ?? '');
};
