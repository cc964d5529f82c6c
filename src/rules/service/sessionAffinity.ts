import { t } from '../../base/l10n.ts';
import { removeFix } from '../edits.ts';
import { filledText, integerOf, isSet, keyPlace, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';
import { serviceView } from './serviceView.ts';

/** The time-out of client IP affinity; its config without ClientIP is dropped by the server. */
export const sessionAffinity: Rule = {
  code: 'session-affinity',
  title: 'The session affinity is out of range, or its config has no effect',
  severity: 'error',
  kinds: ['Service'],
  check({ object, report }) {
    const spec = serviceView(object)?.spec;
    const config = spec?.get('sessionAffinityConfig');
    if (spec === undefined || !isSet(config)) return;
    if (filledText(spec.get('sessionAffinity')) !== 'ClientIP') {
      report(
        keyPlace(spec, 'sessionAffinityConfig'),
        t('sessionAffinityConfig has no effect without sessionAffinity: ClientIP; the server drops it.'),
        {
          severity: 'warning',
          fixes: removeFix(spec, 'sessionAffinityConfig'),
        },
      );
      return;
    }
    const client = mapOf(mapOf(config)?.get('clientIP'));
    const seconds = integerOf(client?.get('timeoutSeconds'));
    if (client && seconds !== undefined && (seconds < 1 || seconds > 86_400)) {
      report(
        placeOf(client, 'timeoutSeconds'),
        t('timeoutSeconds is {0}, but must be between 1 and 86400 (a day).', seconds),
      );
    }
  },
};
