import { scanLines } from './lines.ts';

/**
 * Whether the text is a template of Helm, Jinja or the like: `{{ … }}` or `{% … %}` where YAML would be. In
 * comments and in text of block scalars (a script, an alert's message) braces are just text.
 */
export function isTemplate(text: string): boolean {
  // Encrypted by SOPS, or a patch of kustomize: a part of an object, or one that is made whole later.
  if (/^sops:\s*$/m.test(text) || /^\s*(?:- )?\$patch:/m.test(text)) return true;
  if (!text.includes('{{') && !text.includes('{%')) return false;
  for (const line of scanLines(text)) {
    if (line.literal || line.text.trimStart().startsWith('#')) continue;
    const code = line.text.replace(/\s#.*$/, '');
    if (/\{\{(?:-\s)?\s*[\w.$(/"!`]|\{%/.test(code)) return true;
  }
  return false;
}
