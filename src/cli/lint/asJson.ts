import { plainFinding } from '../../rules/plainFinding.ts';
import type { Finding } from '../../rules/index.ts';

/** The findings by the contract of `podnet lint -o json`: lines and characters from 0. */
export function asJson(findings: readonly Finding[]): string {
  const plain = findings.map((finding) => ({ file: finding.file, ...plainFinding(finding) }));
  return `${JSON.stringify(plain, null, 2)}\n`;
}
