import type { Finding, Fix, Severity } from './finding.ts';

/** A finding by the contract of `podnet lint -o json`: lines and characters count from 0. */
export interface PlainFinding {
  readonly range: Finding['range'];
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly Pick<Fix['edits'][number], 'range' | 'newText'>[];
  }[];
}

export function plainFinding({ range, severity, code, message, fixes }: Finding): PlainFinding {
  return {
    range,
    severity,
    code,
    message,
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => ({ range: edit.range, newText: edit.newText })),
    })),
  };
}
