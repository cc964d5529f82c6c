import type { Finding } from '../../rules/index.ts';

/** The findings by the contract of `podnet lint -o json`: lines and characters from 0. */
export function asJson(findings: readonly Finding[]): string {
  const plain = findings.map(({ file, range, severity, code, message, fixes }) => ({
    file,
    range,
    severity,
    code,
    message,
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ range: edit.range, newText: edit.newText })),
    })),
  }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}
