import { t } from '../../base/l10n.ts';
import { kindsByName, removedVersions } from '../../manifest/schema/kinds.ts';
import { replaceFix } from '../edits.ts';
import { placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

/** An apiVersion that servers no longer serve. */
export const removedApiVersion: Rule = {
  code: 'removed-api-version',
  title: 'An apiVersion that is no longer served',
  severity: 'error',
  check({ object, cluster, report }) {
    const { apiVersion, kind } = object;
    const removed = removedVersions.find(
      (version) =>
        version.apiVersion === apiVersion && (version.kinds.length === 0 || version.kinds.includes(kind)),
    );
    if (!removed || removed.since > (cluster.minorVersion ?? 36)) return;
    const now = removed.now ?? kindsByName.get(kind.toLowerCase())?.apiVersions[0];
    if (now === undefined) return;
    const at = placeOf(object.root, 'apiVersion');
    report(
      at,
      t(
        'Servers from 1.{0} on do not serve {1} {2}; it is in {3} now, where some fields may be named differently.',
        removed.since,
        apiVersion,
        kind,
        now,
      ),
      {
        fixes: [replaceFix(t('Write {0}', now), at, now, true)],
      },
    );
  },
};
