/** A sentence that can be translated: the English text is the key, `{0}` and so on stand for the arguments. */
export interface Sentence {
  readonly template: string;
  readonly args: readonly string[];
}

/** Says a text in some language. The interface has one that asks VS Code for the translation. */
export type Say = (template: string, ...args: readonly (string | number)[]) => string;

/**
 * Says it in English. What the arguments hold is never read as a placeholder. Rules do this at every keystroke, hence no
 * regular expression.
 */
export const inEnglish: Say = (template, ...args) => {
  let said = '';
  let done = 0;
  for (let at = template.indexOf('{'); at !== -1; at = template.indexOf('{', at + 1)) {
    const value = template[at + 2] === '}' ? args[template.charCodeAt(at + 1) - zero] : undefined;
    if (value === undefined) continue;
    said += template.slice(done, at) + String(value);
    done = at + 3;
  }
  return done === 0 ? template : said + template.slice(done);
};

const zero = '0'.charCodeAt(0);
