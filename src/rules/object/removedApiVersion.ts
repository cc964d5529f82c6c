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
      `Servers from 1.${removed.since} on do not serve ${apiVersion} ${kind}; it is in ${now} now, where some fields may be named differently.`,
      {
        fixes: [replaceFix(`Write ${now}`, at, now, true)],
      },
    );
  },
};
