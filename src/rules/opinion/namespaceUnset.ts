import { t } from '../../base/l10n.ts';
import { isForeignGroup } from '../../manifest/schema/kinds.ts';
import { filledText, keyPlace, mapOf, placeOf } from '../read.ts';
import type { Rule } from '../rule.ts';

const clusterWide = new Set(
  'Namespace Node PersistentVolume StorageClass IngressClass ClusterRole ClusterRoleBinding IPAddress ServiceCIDR CustomResourceDefinition PriorityClass RuntimeClass CSIDriver'.split(
    ' ',
  ),
);

/** An object that does not say its namespace, or is in default. */
export const namespaceUnset: Rule = {
  code: 'namespace-unset',
  title: 'The object does not say its namespace, or is in default',
  severity: 'hint',
  opinion: true,
  check({ object, neighbours, report }) {
    if (neighbours.self.kind === 'List' || isForeignGroup(object.group) || clusterWide.has(object.kind))
      return;
    const metadata = mapOf(object.at(['metadata']));
    if (metadata === undefined) return;
    const namespace = filledText(metadata.get('namespace'));
    if (namespace === undefined)
      report(
        keyPlace(metadata, 'name'),
        t('This {0} goes into whatever namespace is current when it is applied.', object.kind),
      );
    else if (namespace === 'default')
      report(
        placeOf(metadata, 'namespace'),
        t('The namespace default is for first steps. Use one of your own.'),
      );
  },
};
