import { t } from '../base/l10n.ts';
import type { CheckRecord } from '../probe/check.ts';
import { summaryIn } from '../probe/summary.ts';

/** The sentence of a check's record in the user's language; the record's own `summary` stays English. */
export function recordText(record: CheckRecord): string {
  return summaryIn(record, t);
}
