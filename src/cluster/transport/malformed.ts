import { ExplainedError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';

/** What came is no answer of the API, or was changed on the way. */
export function malformed(why: string): ExplainedError {
  return new ExplainedError('malformed-answer', t("The cluster's answer cannot be read: {0}.", why), {
    remedy: t('It is tried again; if it lasts, look for a proxy that changes answers on the way.'),
  });
}
