import type { ManifestFile } from '../manifest/file.ts';

/** Says which codes a comment `# podnet-ignore: CODE[, CODE] reason` switches off, and where. */
export interface Suppressions {
  isIgnored(code: string, line: number): boolean;
}

const comment = /#\s*podnet-ignore:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)/;
const nothing: Suppressions = { isIgnored: () => false };

/**
 * The comment counts for its own line, for the next line with content when it stands alone, and for the whole
 * document when it stands before everything else in it.
 */
export function suppressionsOf(file: ManifestFile): Suppressions {
  if (!file.text.includes('podnet-ignore')) return nothing;
  const byLine = new Map<number, Set<string>>();
  const byDocument: { first: number; last: number; codes: Set<string> }[] = [];
  for (const document of file.documents) {
    const first = file.lines.lineAt(document.start);
    const last = file.lines.lineAt(Math.max(document.start, document.end - 1));
    const whole = { first, last, codes: new Set<string>() };
    byDocument.push(whole);
    let waiting: string[] = [];
    let started = false;
    for (let line = first; line <= last; line++) {
      const text = file.lines.lineText(line);
      const codes = comment.exec(text)?.[1]?.split(/\s*,\s*/) ?? [];
      const alone = /^\s*(?:#|$)/.test(text);
      if (alone) {
        if (started) waiting.push(...codes);
        else for (const code of codes) whole.codes.add(code);
        continue;
      }
      if (!/^(?:---|%)/.test(text) || /^---\s+[^#\s]/.test(text)) started = true;
      if (codes.length + waiting.length > 0) byLine.set(line, new Set([...waiting, ...codes]));
      waiting = [];
    }
  }
  return {
    isIgnored: (code, line) =>
      byLine.get(line)?.has(code) === true ||
      byDocument.some((entry) => line >= entry.first && line <= entry.last && entry.codes.has(code)),
  };
}
