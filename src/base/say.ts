/** A sentence that can be translated: the English text is the key, `{0}` and so on stand for the arguments. */
export interface Sentence {
  readonly template: string;
  readonly args: readonly string[];
}

/** Says a text in some language. The interface has one that asks VS Code for the translation. */
export type Say = (template: string, ...args: readonly (string | number)[]) => string;

/** Says it in English. What the arguments hold is never read as a placeholder. */
export const inEnglish: Say = (template, ...args) =>
  template.replace(/\{(\d)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
