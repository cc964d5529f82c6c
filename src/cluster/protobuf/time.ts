import { t } from '../../base/l10n.ts';
import { malformed } from '../transport/malformed.ts';

/** As meta/v1 Time is written in JSON: RFC 3339 in whole seconds. @throws ExplainedError `malformed-answer` */
export function timeText(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) throw malformed(t('a time is beyond all calendars'));
  return `${date.toISOString().slice(0, -5)}Z`;
}
