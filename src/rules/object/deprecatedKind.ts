import { t } from '../../base/l10n.ts';
import type { Rule } from '../rule.ts';

/** Kinds that are still served, but that others took the place of. */
export const deprecatedKind: Rule = {
  code: 'deprecated-kind',
  title: 'A kind that another took the place of',
  severity: 'warning',
  kinds: ['Endpoints'],
  check({ object, cluster, report }) {
    if (object.apiVersion !== 'v1' || (cluster.minorVersion ?? 36) < 33) return;
    report(
      object.entryAt(['kind'])?.value ?? object.root,
      t('Endpoints are deprecated since 1.33: use an EndpointSlice of discovery.k8s.io/v1.'),
    );
  },
};
