import { t } from '../../base/l10n.ts';
import { integerOf, mapOf, mapsOf, placeOf } from '../read.ts';
import { replaceFix } from '../edits.ts';
import type { Rule } from '../rule.ts';

/** A service account token lives at least ten minutes. */
export const tokenExpiration: Rule = {
  code: 'token-expiration',
  title: 'A service account token that expires too soon',
  severity: 'error',
  kinds: 'pods',
  check({ pod, report }) {
    for (const volume of mapsOf(pod?.spec.get('volumes'))) {
      for (const source of mapsOf(mapOf(volume.get('projected'))?.get('sources'))) {
        const token = mapOf(source.get('serviceAccountToken'));
        const seconds = integerOf(token?.get('expirationSeconds'));
        if (token === undefined || seconds === undefined) continue;
        const at = placeOf(token, 'expirationSeconds');
        if (seconds < 600)
          report(at, t('A token must live at least 600 seconds (10 minutes); this one lives {0}.', seconds), {
            fixes: [replaceFix(t('Write 600'), at, '600', true)],
          });
        else if (seconds > 2 ** 32) report(at, t('A token can live at most 4294967296 seconds.'));
      }
    }
  },
};
